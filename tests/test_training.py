"""The recipe, rehearsed on a sliver of data: every stage, and the models that come out of it."""

import csv
import json
import lzma
import random
from pathlib import Path

import pytest
import torch

from brief.models import Decoding, load
from training import batches, config, evaluate, export, network, prepare, train, vocabulary
from training.corpora import usable

NOUNS = dict(
    zip(
        "الوزير الرئيس الجيش البنك السفير الطبيب القاضي المدرب العالم الكاتب".split(),
        "minister president army bank envoy doctor judge coach scientist writer".split(),
        strict=True,
    )
)
VERBS = dict(
    zip(
        "زار دعم غادر راقب انتقد مدح أنقذ وصف".split(),
        "visited supported left watched criticised praised rescued described".split(),
        strict=True,
    )
)
PLACES = dict(
    zip(
        "القاهرة بغداد دمشق تونس بيروت طرابلس الخرطوم الرباط عمان مسقط".split(),
        "Cairo Baghdad Damascus Tunis Beirut Tripoli Khartoum Rabat Amman Muscat".split(),
        strict=True,
    )
)


def pair(rng: random.Random) -> tuple[str, str]:
    """Return a made-up sentence in both languages."""
    noun, verb, place = (rng.choice(list(d.items())) for d in (NOUNS, VERBS, PLACES))
    year = rng.randrange(1990, 2027)
    return (
        f"{verb[0]} {noun[0]} {place[0]} في عام {year}.",
        f"The {noun[1]} {verb[1]} {place[1]} in {year}.",
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of corpora with a manifest, as the real one is laid out."""
    folder = tmp_path_factory.mktemp("data")
    rng = random.Random(1)
    fields = ["file", "licence", "open", "suggested_weight"]
    files = {"parallel/news": "yes", "parallel/un_testset": "yes", "parallel/closed": "no"}
    with (folder / "MANIFEST.tsv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter="\t")
        rows.writerow(fields)
        rows.writerows([f"{name}.tsv.xz", "test", state, "1"] for name, state in files.items())
    (folder / "parallel").mkdir()
    for name in files:
        marked = "SECRET" if name.endswith("closed") else ""
        with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as out:
            out.writelines("\t".join(pair(rng)) + marked + "\n" for _ in range(400))
    (folder / "summaries").mkdir()
    for name in (*prepare.WHOLE, *prepare.DESCRIBED):
        with lzma.open(folder / "summaries" / f"{name}.jsonl.xz", "wt", encoding="utf-8") as out:
            for number in range(60):
                text = " ".join(pair(rng)[1] for _ in range(8))
                row = {"id": number, "text": text, "summary": " ".join(text.split()[:12])}
                out.write(json.dumps(row) + "\n")
    return folder


TOML = """
name = "tiny-{task}"
task = "{task}"
seed = 1
max_words = 60
label_smoothing = 0.1
weight_decay = 0.01
warmup = 20
cooldown = 10
caution = "A rehearsal."

[network]
pieces = {pieces}
shared = {shared}
encoder_layers = 2
decoder_layers = 1
width = 32
inner = 64
heads = 2
positions = 400
dropout = 0.0
{phases}
"""
PHASE = """
[[phases]]
data = "{data}"
updates = {updates}
batch_tokens = 400
learning_rate = 5.0e-3
"""


def settings(folder: Path, task: str, pieces: int, phases: dict[str, int]) -> config.Config:
    """Write a tiny configuration and read it."""
    path = folder / f"{task}.toml"
    stretches = "".join(PHASE.format(data=d, updates=n) for d, n in phases.items())
    shared = "true" if task == "summarize" else "false"
    path.write_text(TOML.format(task=task, pieces=pieces, shared=shared, phases=stretches))
    return config.load(path)


@pytest.fixture(scope="module")
def rehearsal(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[config.Config, Path]:
    """Run prepare, vocabulary, train and cool-down for translation; return where it all is."""
    work = tmp_path_factory.mktemp("work")
    tiny = settings(work, "translate", 56, {"train.tsv": 500})
    prepare.prepare(tiny, data, work)
    vocabulary.build(tiny, work)
    train.train(tiny, work, updates=100)
    train.train(tiny, work)
    train.cool_down(tiny, work)
    return tiny, work


def test_only_open_corpora_are_used(rehearsal: tuple[config.Config, Path]) -> None:
    """What the manifest does not mark open is nowhere in the training files."""
    _, work = rehearsal
    text = (work / "train.tsv").read_text(encoding="utf-8")
    assert "Cairo" in text
    assert "SECRET" not in text


def test_held_out_lines_are_not_trained_on(rehearsal: tuple[config.Config, Path]) -> None:
    """The held-out pairs and the training pairs have none in common."""
    _, work = rehearsal
    rows = {
        name: {line.partition("\t")[2] for line in (work / name).read_text("utf-8").splitlines()}
        for name in ("train.tsv", "held_out.tsv")
    }
    assert rows["held_out.tsv"]
    assert not rows["train.tsv"] & rows["held_out.tsv"]


def test_training_resumes_and_logs(rehearsal: tuple[config.Config, Path]) -> None:
    """A second call goes on where the first one stopped; the log says what was done."""
    tiny, work = rehearsal
    log = [json.loads(line) for line in (work / "log.jsonl").read_text().splitlines()]
    assert [row["update"] for row in log] == [100, 200, 300, 400, 500]
    assert log[-1]["loss"] < log[0]["loss"]
    assert {row["config"] for row in log} == {tiny.digest}
    last = torch.load(work / train.LAST, weights_only=True)
    final = torch.load(work / train.FINAL, weights_only=True)
    assert (last["update"], final["update"]) == (500, 510)


def test_the_export_translates(rehearsal: tuple[config.Config, Path], tmp_path: Path) -> None:
    """The exported model has begun to learn the toy language: noise scores about 5 chrF."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "tiny", "int8")
    model = load("tiny", root=tmp_path)
    assert model.info.caution == "A rehearsal."
    rng = random.Random(1)
    rows = [pair(rng) for _ in range(40)]
    scores = evaluate.score_translation(model, [a for a, _ in rows], [e for _, e in rows])
    assert scores["chrf2"] > 18


def test_a_target_limit_over_the_models_own_is_safe(
    rehearsal: tuple[config.Config, Path], tmp_path: Path
) -> None:
    """Asking for more tokens than the model has positions does not break the engine."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "tiny", "int8")
    found = load("tiny", root=tmp_path).generate(["غادر"], Decoding(max_target_tokens=5000))
    assert len(found) == 1


@pytest.mark.parametrize("beam", [1, 4], ids=["greedy", "beam"])
def test_both_engines_agree(
    rehearsal: tuple[config.Config, Path], tmp_path: Path, beam: int
) -> None:
    """In float32, CTranslate2 and `transformers` give the same tokens for the same weights."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "exact", "float32")
    model = load("exact", root=tmp_path)
    reference = export.load_checkpoint(tiny, work / train.FINAL)
    rng = random.Random(7)
    for arabic, _ in (pair(rng) for _ in range(12)):
        ids = [*model.source_pieces.encode(arabic), vocabulary.END]
        made = reference.generate(torch.tensor([ids]), num_beams=beam, max_new_tokens=60)
        expected = model.target_pieces.decode(
            [i for i in made[0].tolist() if i not in (vocabulary.END, tiny.network.pieces)]
        )
        decoding = Decoding(beam=beam, max_target_tokens=60)
        assert model.generate([arabic], decoding)[0].text == expected


def test_scores_are_mean_log_probabilities(
    rehearsal: tuple[config.Config, Path], tmp_path: Path
) -> None:
    """A hypothesis's score is the mean log-probability that the reference model gives it."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "exact", "float32")
    model = load("exact", root=tmp_path)
    reference = export.load_checkpoint(tiny, work / train.FINAL)
    arabic = pair(random.Random(3))[0]
    found = model.generate([arabic], Decoding(beam=4, max_target_tokens=60))[0]
    source = torch.tensor([[*model.source_pieces.encode(arabic), vocabulary.END]])
    target = torch.tensor([[*model.target_pieces.encode(found.text), vocabulary.END]])
    start = torch.full_like(target[:, :1], tiny.network.pieces)
    with torch.no_grad():
        logits = reference(
            input_ids=source, decoder_input_ids=torch.cat([start, target[:, :-1]], dim=1)
        ).logits
    each = logits.log_softmax(-1).gather(-1, target[..., None])
    assert found.score == pytest.approx(float(each.mean()), abs=5e-3)


def test_the_summarisers_stages(data: Path, tmp_path: Path) -> None:
    """Prepare, vocabulary, three phases, cool-down and export of a summariser."""
    phases = {"copy.tsv": 20, "principal.tsv": 20, "description.tsv": 20}
    tiny = settings(tmp_path, "summarize", 56, phases)
    counts = prepare.prepare(tiny, data, tmp_path, limit=50)
    assert all(counts.values())
    vocabulary.build(tiny, tmp_path)
    train.train(tiny, tmp_path)
    train.cool_down(tiny, tmp_path)
    export.export(tiny, tmp_path, tmp_path / train.FINAL, tmp_path / "tiny", "int8")
    found = load("tiny", root=tmp_path).generate(
        ["The minister visited Cairo in 1999."], Decoding(max_target_tokens=20)
    )
    assert len(found) == 1


def test_an_interrupted_save_leaves_the_last_checkpoint(
    rehearsal: tuple[config.Config, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint is replaced whole or not at all."""
    _, work = rehearsal
    before = (work / train.LAST).read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full_disk)
    longer = settings(work, "translate", 56, {"train.tsv": 501})
    with pytest.raises(OSError, match="No space"):
        train.train(longer, work)
    assert (work / train.LAST).read_bytes() == before


def test_a_file_without_a_fitting_example_is_an_error(
    rehearsal: tuple[config.Config, Path],
) -> None:
    """Training on nothing ends with a reason; it used to go round for ever."""
    _, work = rehearsal
    with pytest.raises(ValueError, match=r"train\.tsv: no example has at most 2 tokens"):
        batches.read_examples(work / "train.tsv", work, 2)


def test_padding_changes_nothing() -> None:
    """A source gives the same output alone and padded in a batch."""
    tiny = config.Network(50, False, 2, 1, 32, 64, 2, 64, 0.0)
    torch.manual_seed(0)
    model = network.build(tiny)
    model.train(False)
    short, long = [5, 6, 7, 0], [8, 9, 10, 11, 12, 13, 14, 0]
    batch = batches.collate(
        [batches.Example(1, short, [0]), batches.Example(1, long, [0])], tiny.pieces
    )
    start = torch.full((2, 1), tiny.pieces)
    with torch.no_grad():
        both = model(
            input_ids=batch.source,
            attention_mask=(batch.source != tiny.pieces).long(),
            decoder_input_ids=start,
        ).logits
        alone = model(input_ids=torch.tensor([short]), decoder_input_ids=start[:1]).logits
    assert torch.allclose(both[0], alone[0], atol=1e-5)


def test_batches_respect_their_size() -> None:
    """No batch holds more padded tokens than asked for, and no example is lost."""
    rng = random.Random(0)
    examples = [
        batches.Example(1, [1] * rng.randrange(1, 40), [2] * rng.randrange(1, 40))
        for _ in range(500)
    ]
    made = list(batches.batches(examples, 300, 99, random.Random(1)))
    assert sum(batch.source.shape[0] for batch in made) == 500
    assert all(b.source.numel() + b.target.numel() <= 300 + 80 for b in made)


@pytest.mark.parametrize(
    ("arabic", "english", "expected"),
    [
        ("عاد الوزير", "The minister returned", True),
        ("", "The minister returned", False),
        ("minister", "The minister returned", False),
        ("عاد الوزير", "عاد الوزير", False),
        ("عاد", "The minister returned to the capital on Sunday after a long visit", False),
        ("عاد " * 100, "The minister returned " * 30, False),
    ],
    ids=["good", "empty", "no Arabic", "not English", "too long for it", "too long"],
)
def test_usable(arabic: str, english: str, expected: bool) -> None:
    """Pairs in the wrong script or of implausible lengths are not trained on."""
    assert usable(arabic, english, 90) is expected


def test_the_principal_sentence_shares_most_with_the_rest() -> None:
    """Of three sentences the one about what the others are about is chosen."""
    window = ["It was sunny.", "The dam in Ramla broke.", "The dam flooded Ramla's fields."]
    assert prepare.principal_sentence(window) == "The dam in Ramla broke."


def test_an_unknown_key_is_an_error(tmp_path: Path) -> None:
    """A misspelt setting does not pass unseen."""
    path = tmp_path / "wrong.toml"
    path.write_text(TOML.format(task="translate", pieces=9, shared="false", phases="[[phases]]"))
    with pytest.raises(TypeError):
        config.load(path)
