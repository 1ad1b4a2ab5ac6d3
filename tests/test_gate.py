"""The quality gate: the embedded models stay at least as good as tests/gate/floors.toml says.

The sentences and documents were written for the project and are in no training file. A new model
needs an entry of its own in floors.toml: its floors, and, where one is lower than before, why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import tomli
import torch

from brief.models import SUMMARIZER, TRANSLATOR, CTranslateModel, load
from brief.models.ctranslate import EMBEDDED, END
from brief.summarize import Length, Summarizer, choose
from brief.summarize.english import split_sentences
from training import config, export, train, warmstart
from training.evaluate import rouge, score_translation

GATE = Path(__file__).parent / "gate"
FILES = ("translation.tsv", "summaries.jsonl", "floors.toml")

# A change to the gate must be made here too, so that nobody makes it unawares.
DIGESTS = {
    "translation.tsv": "4bd88cd1e255a9cc",
    "summaries.jsonl": "46ea54378e3b9332",
    "floors.toml": "c2a6894ad7e25e93",
}
# Higher is better for every floor but these.
CEILINGS = frozenset({"numbers_lost_percent"})


def digest(name: str) -> str:
    """Hash a file of the gate."""
    return hashlib.sha256((GATE / name).read_bytes()).hexdigest()[:16]


def history(task: str) -> list[dict[str, Any]]:
    """Return the entries of floors.toml for one task, oldest first."""
    floors: dict[str, list[dict[str, Any]]] = tomli.loads((GATE / "floors.toml").read_text("utf-8"))
    return floors[task]


def translation_scores(model: CTranslateModel) -> dict[str, float]:
    """Score a translator on the gate's sentences."""
    rows = (GATE / "translation.tsv").read_text(encoding="utf-8").splitlines()
    sources, references = zip(*(row.split("\t") for row in rows), strict=True)
    return score_translation(model, sources, references)


def summary_scores(model: CTranslateModel) -> dict[str, float]:
    """Score a summariser on the gate's documents.

    ROUGE of its own two sentences, unchecked: the documents' sentences, which a brief may show
    instead, would hide what the model cannot do. And `log_probability`, the mean over the pieces
    of the references (nats): ROUGE of six documents can rise by chance where a model gets worse.
    """
    lines = (GATE / "summaries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    documents = [split_sentences(row["text"]) for row in rows]
    references = [str(row["summary"]) for row in rows]
    wanted = Length(sentences=2)
    candidates = Summarizer(model).candidates(documents, wanted)
    briefs = [choose([c for c in found if c.written], wanted) for found in candidates]
    texts = [" ".join(sentence.text for sentence in brief) for brief in briefs]
    sources = [" ".join(document) for document in documents]
    return {
        **rouge(texts, references),
        "log_probability": log_probability(model, sources, references),
    }


def log_probability(
    model: CTranslateModel, sources: Sequence[str], references: Sequence[str]
) -> float:
    """Return what the model gives a piece of the references, on average."""
    found = model.engine.score_batch(
        [[*model.source_pieces.encode(text, out_type=str), END] for text in sources],
        [model.target_pieces.encode(text, out_type=str) for text in references],
        max_input_length=0,
    )
    each = [value for scored in found for value in scored.log_probs]
    return sum(each) / len(each)


def below(scores: dict[str, float], entry: dict[str, Any]) -> list[str]:
    """Name the scores that do not reach the floors of `entry`."""
    return [
        f"{name}: {scores[name]}, floor {floor}"
        for name, floor in entry["floors"].items()
        if (scores[name] > floor if name in CEILINGS else scores[name] < floor)
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_gate_is_as_pinned(name: str) -> None:
    """Neither the texts nor the floors change without a change here."""
    assert digest(name) == DIGESTS[name]


@pytest.mark.parametrize(("task", "name"), [("translate", TRANSLATOR), ("summarize", SUMMARIZER)])
def test_the_shipped_model_has_its_floors(task: str, name: str) -> None:
    """New weights need an entry of their own."""
    assert history(task)[-1]["revision"] == load(name).info.revision


@pytest.mark.parametrize("task", ["translate", "summarize"])
def test_no_floor_is_lowered_without_a_reason(task: str) -> None:
    """Where a floor is lower than in the entry before, the entry says why."""
    for before, after in pairwise(history(task)):
        worse = below(after["floors"], before)
        assert not worse or after.get("lowered_because"), worse


def test_the_translator_reaches_its_floors() -> None:
    """BLEU, chrF and lost numbers on the gate's sentences."""
    assert below(translation_scores(load(TRANSLATOR)), history("translate")[-1]) == []


def test_the_summariser_reaches_its_floors() -> None:
    """ROUGE on the gate's documents."""
    assert below(summary_scores(load(SUMMARIZER)), history("summarize")[-1]) == []


def with_noise(name: str, recipe: str, folder: Path) -> CTranslateModel:
    """Load a copy of an embedded model with noise added to its weights."""
    settings = config.load(Path(__file__).parent.parent / "training" / recipe)
    warmstart.warm_start(settings, EMBEDDED / name, folder)
    state = torch.load(folder / train.LAST, weights_only=True)
    torch.manual_seed(1)
    for value in state["model"].values():
        value += 0.15 * value.std(correction=0) * torch.randn_like(value)
    torch.save(state, folder / train.LAST)
    export.export(settings, folder, folder / train.LAST, folder / name, "int8")
    return load(name, root=folder)


def test_a_worse_translator_fails(tmp_path: Path) -> None:
    """The gate notices a model that still translates, but worse."""
    scores = translation_scores(with_noise(TRANSLATOR, "translate.toml", tmp_path))
    assert below(scores, history("translate")[-1])


def test_a_worse_summariser_fails(tmp_path: Path) -> None:
    """The gate notices a summariser that still writes, but worse."""
    scores = summary_scores(with_noise(SUMMARIZER, "summarize.toml", tmp_path))
    assert below(scores, history("summarize")[-1])
