"""The recipe, rehearsed on a sliver of data: every stage, and the models that come out of it."""

import csv
import json
import lzma
import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import MarianMTModel

from benchmarks import contamination
from brief.articles.normalize import for_model
from brief.models import Decoding, load
from brief.translate.numbers import lost, numbers
from brief.translate.terminology import Lexicon
from training import (
    augment,
    backtranslate,
    batches,
    config,
    evaluate,
    export,
    forward,
    network,
    prepare,
    train,
    vocabulary,
    warmstart,
)
from training.corpora import NEWSWIRE, open_corpora, usable

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
    for name in {*prepare.WHOLE, *prepare.DESCRIBED, *prepare.HEADLINED, *backtranslate.NEWS}:
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


def test_news_is_prepared_apart_and_learnt_last(
    rehearsal: tuple[config.Config, Path], data: Path, tmp_path: Path
) -> None:
    """`news.tsv` has the rows of the named corpora, and the cool-down trains on it."""
    tiny, work = rehearsal
    telling = replace(tiny, news=("news",), cooldown_data="news.tsv")
    prepare.prepare(telling, data, tmp_path)
    rows = {
        name: (tmp_path / name).read_text(encoding="utf-8").splitlines()
        for name in ("train.tsv", "news.tsv")
    }
    assert 0 < len(rows["news.tsv"]) < len(rows["train.tsv"])
    assert set(rows["news.tsv"]) <= set(rows["train.tsv"])
    for name in ("source.spm", "target.spm", train.LAST, "news.tsv"):
        source = tmp_path if name == "news.tsv" else work
        (tmp_path / "cool").mkdir(exist_ok=True)
        (tmp_path / "cool" / name).write_bytes((source / name).read_bytes())
    train.cool_down(telling, tmp_path / "cool")
    assert torch.load(tmp_path / "cool" / train.FINAL, weights_only=True)["update"] == 510


def test_the_projects_own_pairs_are_usable(tmp_path: Path) -> None:
    """Every line of training/newswire is a pair, with the digits of the source in the target."""
    (tmp_path / "MANIFEST.tsv").write_text("file\topen\n")
    own = open_corpora(tmp_path, {NEWSWIRE: 2.0})
    assert open_corpora(tmp_path, {}) == []
    assert own
    for corpus in own:
        lines = corpus.path.read_text(encoding="utf-8").splitlines()
        assert len(set(lines)) == len(lines)
        for number, line in enumerate(lines, start=1):
            where = f"{corpus.path.name}:{number}"
            source, target = line.split("\t")
            assert usable(source, target, 90), where
            assert not lost(for_model(source), target), where


def test_what_was_written_for_training_is_not_tested_on() -> None:
    """No run of nine words of the gate or of a sample is trained on."""
    length = contamination.LENGTH
    kept = {run for text in contamination.own_texts() for run in evaluate.runs(text, length)}
    written = list(contamination.written_texts())
    assert len(kept) > 1000
    assert {Path(where.partition(":")[0]).suffix for where, _ in written} == {".tsv", ".jsonl"}
    for where, text in written:
        assert not evaluate.runs(text, length) & kept, where


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
    """In float32, CTranslate2 and `transformers` search the same scores for the same weights.

    Greedy, the tokens are the same. With a beam, CTranslate2 stops once it has as many finished
    hypotheses as beams, and `transformers` may find one that is a little better later.
    """
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "exact", "float32")
    model = load("exact", root=tmp_path)
    reference = export.load_checkpoint(tiny, work / train.FINAL)
    rng = random.Random(7)
    same = 0
    for arabic, _ in (pair(rng) for _ in range(12)):
        source = [*model.source_pieces.encode(arabic), vocabulary.END]
        # One more than the engine's limit: `transformers` counts the end token that it forces.
        made = reference.generate(torch.tensor([source]), num_beams=beam, max_new_tokens=61)[0]
        target = [i for i in made.tolist() if i not in (vocabulary.END, tiny.network.pieces)]
        found = model.generate([arabic], Decoding(beam=beam, max_target_tokens=60))[0]
        if found.text == model.target_pieces.decode(target):
            same += 1
        else:
            assert found.score > log_probability(reference, source, target) - 0.02
    assert same == 12 if beam == 1 else same > 8


def log_probability(model: MarianMTModel, source: list[int], target: list[int]) -> float:
    """Return the mean log-probability of a target and its end, by one forward pass."""
    labels = torch.tensor([[*target, vocabulary.END]])
    start = torch.full((1, 1), model.config.decoder_start_token_id)
    with torch.inference_mode():
        logits = model(
            input_ids=torch.tensor([source]),
            decoder_input_ids=torch.cat([start, labels[:, :-1]], dim=1),
        ).logits
    each = logits.log_softmax(-1).gather(-1, labels[..., None])
    return float(each.mean())


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
    source = [*model.source_pieces.encode(arabic), vocabulary.END]
    target = model.target_pieces.encode(found.text)
    assert found.score == pytest.approx(log_probability(reference, source, target), abs=5e-3)


def test_the_summarisers_stages(data: Path, tmp_path: Path) -> None:
    """Prepare, vocabulary, three phases, cool-down and export of a summariser."""
    phases = {"copy.tsv": 20, "principal.tsv": 20, "description.tsv": 20}
    tiny = settings(tmp_path, "summarize", 56, phases)
    counts = prepare.prepare(tiny, data, tmp_path, limit=50)
    assert all(rows for name, rows in counts.items() if name != "headline.tsv")
    vocabulary.build(tiny, tmp_path)
    train.train(tiny, tmp_path)
    train.cool_down(tiny, tmp_path)
    export.export(tiny, tmp_path, tmp_path / train.FINAL, tmp_path / "tiny", "int8")
    found = load("tiny", root=tmp_path).generate(
        ["The minister visited Cairo in 1999."], Decoding(max_target_tokens=20)
    )
    assert len(found) == 1


def test_the_projects_own_briefs_say_nothing_new() -> None:
    """In training/newsbriefs the numbers and most content words of an output are the passage's."""
    found = sorted(prepare.OWN_BRIEFS.glob("*.jsonl"))
    assert found
    for path in found:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            passage = row.pop("text")
            assert set(row) == {"brief", "short", "headline"}
            for output in row.values():
                where = f"{path.name}:{number}: {output}"
                assert not numbers(output) - numbers(passage), where
                assert prepare.support(passage, output) >= 0.5, where


def test_a_roughened_passage_keeps_its_names_and_numbers() -> None:
    """A name missing from the source would teach the model to invent one."""
    passage = "In 2019 the mayor of Aden said that 12 new schools had opened in Lahj and Taiz."
    kept = {"In", "2019", "Aden", "12", "Lahj", "Taiz."}
    rough = [prepare.roughened(passage, random.Random(seed)) for seed in range(300)]
    assert len(set(rough)) > 10
    assert all(kept <= set(text.split()) for text in rough)


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
        batches.read_examples([work / "train.tsv"], work, 2)


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
    """No batch holds more padded tokens than asked for, no example is lost, shapes come again."""
    rng = random.Random(0)
    examples = [
        batches.Example(1, [1] * rng.randrange(1, 40), [2] * rng.randrange(1, 40))
        for _ in range(500)
    ]
    made = list(batches.batches(examples, 300, 99, random.Random(1)))
    assert sum(batch.source.shape[0] for batch in made) == 500
    assert all(b.source.numel() + b.target.numel() <= 300 for b in made)
    assert all(
        b.source.shape[1] % batches.STEP == b.target.shape[1] % batches.STEP == 0 for b in made
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16], ids=["float32", "bfloat16"])
def test_the_fast_pass_is_the_same_function(dtype: torch.dtype) -> None:
    """Loss and gradients are those of `transformers`' own forward pass, padding and all."""
    tiny = config.Network(60, True, 2, 2, 32, 64, 2, 64, 0.0)
    torch.manual_seed(0)
    model = network.build(tiny)
    lengths = [(5, 9), (12, 3), (7, 7)]
    rows = [
        batches.Example(1, [*torch.randint(1, 60, (s,)).tolist(), 0], [*range(1, t), 0])
        for s, t in lengths
    ]
    batch = batches.collate(rows, tiny.pieces)
    shifted = torch.nn.functional.pad(batch.target[:, :-1], (1, 0), value=tiny.pieces)
    logits = model(
        input_ids=batch.source,
        attention_mask=(batch.source != tiny.pieces).long(),
        decoder_input_ids=shifted,
        use_cache=False,
    ).logits.flatten(0, 1)
    target = batch.target.flatten()
    smoothed = torch.nn.functional.cross_entropy(
        logits, target, ignore_index=tiny.pieces, label_smoothing=0.1
    )
    plain = torch.nn.functional.cross_entropy(logits, target, ignore_index=tiny.pieces)
    smoothed.backward()  # type: ignore[no-untyped-call]
    expected = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    drop = forward.Dropout(0.0, "cpu", dtype)
    loss = forward.nll(model, batch, pad=tiny.pieces, smoothing=0.1, drop=drop, dtype=dtype)
    loss.backward()  # type: ignore[no-untyped-call]
    # bfloat16 has three significant digits.
    tolerance = 1e-5 if dtype is torch.float32 else 3e-2
    assert float(loss.detach()) == pytest.approx(float(plain.detach()), rel=tolerance)
    largest = max(float(gradient.abs().max()) for gradient in expected.values())
    for name, parameter in model.named_parameters():
        if name in expected:
            assert parameter.grad is not None, name
            # `transformers` does not train the padding entry as an input; it starts the decoder.
            rows = tiny.pieces if name == "model.shared.weight" else None
            same = torch.allclose(
                parameter.grad[:rows], expected[name][:rows], atol=tolerance * largest
            )
            assert same, name


def test_dropout_keeps_the_mean() -> None:
    """The wanted share becomes zero and the rest makes up for it; 0 does nothing."""
    torch.manual_seed(0)
    ones = torch.ones(400, 500)
    dropped = forward.Dropout(0.25, "cpu", torch.float32)(ones)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.25, abs=0.01)
    assert float(dropped.mean()) == pytest.approx(1, abs=0.01)
    assert torch.equal(forward.Dropout(0.0, "cpu", torch.float32)(ones), ones)


def test_dropout_of_more_than_the_pool() -> None:
    """A tensor larger than the pool of masks keeps its shape."""
    small = forward.Dropout(0.5, "cpu", torch.float32)
    wide = torch.ones(3, small.SIZE // 2)
    assert small(wide).shape == wide.shape


def test_averaging(rehearsal: tuple[config.Config, Path]) -> None:
    """The averaged checkpoint is the mean of the last ones of the cool-down."""
    _, work = rehearsal
    train.average(work)
    name = "model.encoder.layers.0.fc1.weight"
    states = [
        torch.load(work / file, weights_only=True)["model"][name]
        for file in (train.FINAL, *(train.snapshot(n) for n in range(1, train.SNAPSHOTS + 1)))
    ]
    averaged = torch.load(work / train.AVERAGED, weights_only=True)["model"][name]
    assert torch.allclose(averaged, sum(states) / len(states), atol=1e-6)
    assert not torch.equal(states[0], states[-1])


def test_a_warm_start_gives_the_exported_model_back(
    rehearsal: tuple[config.Config, Path], tmp_path: Path
) -> None:
    """Exported, read back and exported again, the weights are the same; training goes on."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "one", "int8")
    again = tmp_path / "again"
    warmstart.warm_start(tiny, tmp_path / "one", again, update=498)
    export.export(tiny, again, again / train.LAST, tmp_path / "two", "int8")
    first, second = (
        warmstart.read_variables(tmp_path / name / "model.bin") for name in ("one", "two")
    )
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    (again / "train.tsv").write_bytes((work / "train.tsv").read_bytes())
    train.train(tiny, again)
    assert torch.load(again / train.LAST, weights_only=True)["update"] == 500


def test_a_warm_start_needs_the_same_shape(
    rehearsal: tuple[config.Config, Path], tmp_path: Path
) -> None:
    """A model of another width is refused by name."""
    tiny, work = rehearsal
    export.export(tiny, work, work / train.FINAL, tmp_path / "one", "int8")
    wider = replace(tiny, network=replace(tiny.network, width=64))
    with pytest.raises(ValueError, match="must have the shape"):
        warmstart.warm_start(wider, tmp_path / "one", tmp_path / "again")


def test_back_translation(data: Path, tmp_path: Path) -> None:
    """A reverse model makes tagged pairs of English news; a second call repeats none of them."""
    reverse = replace(settings(tmp_path, "translate", 56, {"train.tsv": 30}), reverse=True)
    prepare.prepare(reverse, data, tmp_path)
    vocabulary.build(reverse, tmp_path)
    train.train(reverse, tmp_path)
    train.cool_down(reverse, tmp_path)
    export.export(reverse, tmp_path, tmp_path / train.FINAL, tmp_path / "reverse", "int8")
    model = load("reverse", root=tmp_path)
    sentences = list(backtranslate.monolingual(data, seed=1))
    out = tmp_path / backtranslate.SYNTHETIC_FILE
    assert sentences
    backtranslate.back_translate(model, iter(sentences[:10]), out, weight=0.5)
    backtranslate.back_translate(model, iter(sentences[:20]), out, weight=0.5)
    rows = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert all(row[0] == "0.5" and row[1].startswith("‹bt› ") for row in rows)
    assert len({row[2] for row in rows}) == len(rows) <= 20
    assert {row[2] for row in rows} <= set(sentences)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("زار الوزير القاهرة.", "The minister visited Cairo.", "زار الوزير القاهرة‹ Cairo›."),
        ("عاد من القاهره", "He returned from Cairo", "عاد من القاهره‹ Cairo›"),
        ("وللقاهرة دور", "And Cairo has a role", "وللقاهرة‹ Cairo› دور"),
        ("زار الوزير القاهرة.", "The minister was there.", "زار الوزير القاهرة."),
        ("زار القاهرة", "He visited Cairokee", "زار القاهرة"),
    ],
    ids=["plain", "other spelling", "clitics", "not in the target", "inside a word"],
)
def test_terms_are_marked(source: str, target: str, expected: str) -> None:
    """A known term is followed by its translation where the target has it."""
    lexicon = Lexicon.of([("القاهرة", "Cairo"), ("الدور", "role")])
    assert augment.with_terms(source, target, lexicon, random.Random(0)) == expected


def test_other_numbers_are_the_same_on_both_sides() -> None:
    """A number that stands once on either side changes on both; years stay years."""
    source, target = augment.other_numbers(
        "قتل 130 في 2015 و 12.5 و 7", "130 were killed in 2015, 12.5 and 7", random.Random(3)
    )
    assert source != "قتل 130 في 2015 و 12.5 و 7"
    assert numbers(source) == numbers(target)
    assert "12.5" in source
    year = next(int(n) for n in numbers(source) if len(n) == 4)
    assert augment.FIRST_YEAR <= year <= augment.LAST_YEAR


def test_what_was_prepared_is_written_down(rehearsal: tuple[config.Config, Path]) -> None:
    """The configuration, the seed, the rows and their hashes can be traced."""
    tiny, work = rehearsal
    known = json.loads((work / prepare.PREPARED).read_text())
    assert (known["config"], known["seed"]) == (tiny.digest, tiny.seed)
    rows = (work / "train.tsv").read_text(encoding="utf-8").splitlines()
    assert known["files"]["train.tsv"]["rows"] == len(rows)


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        ("Talks To Resume In Geneva", "the talks to resume in Geneva", "Talks to resume in Geneva"),
        ("Assad Leaves", "Bashar Assad leaves", "Assad leaves"),
    ],
)
def test_headlines_are_written_as_sentences(title: str, source: str, expected: str) -> None:
    """What the article writes small, the headline writes small."""
    assert prepare._sentence_case(title, source) == expected


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
