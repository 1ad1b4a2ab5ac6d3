"""The corpora: what the manifest lists, read, filtered and normalised as at run time."""

from __future__ import annotations

import csv
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brief.articles.normalize import for_model, plain_english

__all__ = ["NEWSWIRE", "Corpus", "open_corpora", "pairs", "records"]

# The name, among the weights, of the pairs that were written for the project: one file a subject.
NEWSWIRE = "newswire"
OWN = Path(__file__).parent / NEWSWIRE

ARABIC_LETTER = re.compile("[\u0621-\u064a]")
LATIN_LETTER = re.compile("[A-Za-z]")
# So many sentences of a corpus may begin with the same so many words.
OPENING, SAME_OPENING = 8, 12
BOX_DRAWING = re.compile("[\u2500-\u259f]")


@dataclass(frozen=True, slots=True)
class Corpus:
    """One row of the manifest: a file of pairs and how often to sample it."""

    name: str
    path: Path
    weight: float
    licence: str


def open_corpora(data: Path, weights: dict[str, float]) -> list[Corpus]:
    """List the corpora whose licence is marked `open` in `data`/MANIFEST.tsv, then the own ones.

    `weights` replaces the manifest's suggested sampling weight where it names a corpus; the
    project's own pairs are listed where it has a weight for `NEWSWIRE`.
    """
    with (data / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["open"] == "yes"]
    corpora = []
    for row in rows:
        name = Path(row["file"]).name.removesuffix(".tsv.xz")
        weight = weights.get(name, float(row["suggested_weight"]))
        corpora.append(Corpus(name, data / row["file"], weight, row["licence"]))
    return [*corpora, *_own_corpora(weights)]


def _own_corpora(weights: dict[str, float]) -> list[Corpus]:
    if NEWSWIRE not in weights:
        return []
    return [
        Corpus(f"{NEWSWIRE}-{path.stem}", path, weights[NEWSWIRE], "Apache-2.0")
        for path in sorted(OWN.glob("*.tsv"))
    ]


def pairs(corpus: Corpus, max_words: int) -> Iterator[tuple[str, str]]:
    """Yield the usable (Arabic, English) pairs of `corpus`, normalised.

    Of sentences made from one template, such as an exam's instructions, only the first few are
    yielded: a small model learns to say them whenever it is at a loss.
    """
    openings: Counter[str] = Counter()
    opened = lzma.open if corpus.path.suffix == ".xz" else open
    with opened(corpus.path, "rt", encoding="utf-8") as lines:
        for line in lines:
            arabic, _, english = line.rstrip("\n").partition("\t")
            pair = for_model(arabic), plain_english(english)
            if not usable(*pair, max_words):
                continue
            words = pair[1].split()
            opening = " ".join(words[:OPENING])
            openings[opening] += 1
            if len(words) < OPENING or openings[opening] <= SAME_OPENING:
                yield pair


def usable(arabic: str, english: str, max_words: int) -> bool:
    """Tell whether a pair can teach translation: right scripts, plausible lengths, no drawings."""
    source, target = len(arabic.split()), len(english.split())
    return (
        0 < source <= max_words
        and 0 < target <= max_words
        and target <= 3 * source + 5
        and source <= 2 * target + 5
        and ARABIC_LETTER.search(arabic) is not None
        and LATIN_LETTER.search(english) is not None
        and ARABIC_LETTER.search(english) is None
        and BOX_DRAWING.search(arabic) is None
    )


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of an xz-compressed JSON Lines file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
