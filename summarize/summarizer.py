"""English sentences to candidates for a brief, and candidates to a brief of a given length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from brief.errors import UsageError
from brief.models.generator import Decoding, Generator, Hypothesis
from brief.summarize.english import complete, split_sentences, tidy
from brief.summarize.salience import Salience, overlap
from brief.summarize.windows import Unit, Window, pack

__all__ = ["Candidate", "Length", "Summarizer", "choose", "is_own_brief"]

# Source tokens a window: the embedded model was trained on openings of at most 130 words.
WINDOW_TOKENS = 180

# Once the candidates hold at most so many times the words asked for, choosing does the rest.
ENOUGH = 4

# Where a brief of fewer words is asked for, the model is asked for its short form.
FEW_WORDS = 40

# A written sentence stands for a sentence of the document where the shorter of the two has more
# than this share of its content words in the other.
REWRITTEN = 0.5

# Two sentences that share more of their content words than this say the same thing.
REPETITION = 0.7


@dataclass(frozen=True, slots=True)
class Length:
    """How long a brief should be: about `words` words, or exactly `sentences` sentences.

    `sentences`, where given, decides; a document with fewer sentences gives fewer.
    """

    words: int = 80
    sentences: int | None = None

    def __post_init__(self) -> None:
        if self.words < 1:
            raise UsageError(f"A brief needs at least 1 word, was: {self.words}. Try 80.")
        if self.sentences is not None and self.sentences < 1:
            raise UsageError(f"A brief needs at least 1 sentence, was: {self.sentences}. Try 3.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand in the brief.

    sources: the document's sentences, by index, that the model read when it wrote this one.
    score: salience, comparable within a document only.
    written: by the model; otherwise it is a sentence of the document, as it stands.
    """

    text: str
    sources: tuple[int, ...]
    score: float
    written: bool


class Ranked(Protocol):
    """What `choose` needs to know of a candidate."""

    @property
    def text(self) -> str:
        """The sentence."""

    @property
    def score(self) -> float:
        """Its salience."""

    @property
    def sources(self) -> tuple[int, ...]:
        """The sentences behind it, by index."""


R = TypeVar("R", bound=Ranked)


@dataclass(frozen=True, slots=True)
class Summarizer:
    """Writes candidates with a sequence-to-sequence model, window by window.

    A document of up to two sentences, or of no more than was asked for, is its own brief. A
    longer one is read in windows of whole sentences; while what the windows gave is still too
    long it is read again in the same way (hierarchical summarisation, as in Zhang et al. 2022,
    "Summ^N"). Nothing is cut off: every sentence is in a window.
    """

    generator: Generator
    decoding: Decoding = field(
        default_factory=lambda: Decoding(beam=4, no_repeat_ngram=4, max_target_tokens=90)
    )

    def candidates(
        self, documents: Sequence[Sequence[str]], length: Length
    ) -> list[list[Candidate]]:
        """Return the candidates for a brief of each document, in document order.

        The windows of all documents go through the model together, level by level.
        """
        found: list[list[Candidate]] = [[] for _ in documents]
        reading = {
            number: _units(document)
            for number, document in enumerate(documents)
            if not is_own_brief(document, length)
        }
        while reading:
            reading = self._level(reading, documents, found, length)
        for number, document in enumerate(documents):
            found[number] += _as_they_stand(document)
        return found

    def summarize(self, documents: Sequence[Sequence[str]], length: Length) -> list[list[str]]:
        """Return the brief of each document as sentences, without any check of what they say."""
        return [
            [
                candidate.text
                for candidate in (
                    candidates if is_own_brief(document, length) else choose(candidates, length)
                )
            ]
            for document, candidates in zip(
                documents, self.candidates(documents, length), strict=True
            )
        ]

    def headlines(self, documents: Sequence[Sequence[str]]) -> list[str]:
        """Return a headline for each document from its opening; "" where the model knows no prompt.

        Nothing is checked: what a headline says may not be in the document.
        """
        prompt = self.generator.info.prompts.get("headline", "")
        if not prompt:
            return ["" for _ in documents]
        windows = [self._windows(_units(document), prompt)[:1] for document in documents]
        sources = [prompt + window[0].text for window in windows if window]
        made = iter(self.generator.generate(sources, self.decoding))
        return [_headline(next(made)) if window else "" for window in windows]

    def _level(
        self,
        reading: dict[int, list[Unit]],
        documents: Sequence[Sequence[str]],
        found: list[list[Candidate]],
        length: Length,
    ) -> dict[int, list[Unit]]:
        """Read each document's units once; return the units of those still too long."""
        prompt = self._prompt(length)
        windows = [
            (number, window)
            for number, units in reading.items()
            for window in self._windows(units, prompt)
        ]
        sources = [prompt + window.text for _, window in windows]
        hypotheses = self.generator.generate(sources, self.decoding)
        written: dict[int, list[Unit]] = {number: [] for number in reading}
        for (number, window), hypothesis in zip(windows, hypotheses, strict=True):
            written[number] += _sentences(hypothesis, window)
        again = {}
        for number, units in written.items():
            found[number] = _scored(units, documents[number])
            size = _word_count(units)
            # A level that shortened nothing would go on for ever.
            if ENOUGH * _words_wanted(length) < size < _word_count(reading[number]):
                again[number] = units
        return again

    def _prompt(self, length: Length) -> str:
        few = length.sentences is None and length.words < FEW_WORDS
        return self.generator.info.prompts.get("short", "") if few else ""

    def _windows(self, units: list[Unit], prompt: str) -> list[Window]:
        room = self.generator.info.max_source_tokens - self.generator.count_tokens(prompt)
        return pack(units, self.generator.count_tokens, min(WINDOW_TOKENS, room))


def is_own_brief(document: Sequence[str], length: Length) -> bool:
    """Tell whether a document is so short that shortening it would only lose something."""
    if length.sentences is not None:
        return len(document) <= max(2, length.sentences)
    return len(document) <= 2 or _word_count(_units(document)) <= length.words


def choose(candidates: Sequence[R], length: Length) -> list[R]:
    """Choose the best candidates that do not repeat each other, in document order.

    A candidate that would carry the brief further past the wanted length than leaving it out
    would leave it short is skipped, the first one excepted.
    """
    chosen: list[R] = []
    words = 0
    for candidate in sorted(candidates, key=lambda c: -c.score):
        size = len(candidate.text.split())
        if any(_repeats(candidate.text, other.text) for other in chosen):
            continue
        if length.sentences is not None:
            if len(chosen) == length.sentences:
                break
        elif chosen and words + size - length.words > length.words - words:
            continue
        chosen.append(candidate)
        words += size
    return sorted(chosen, key=lambda c: c.sources)


def _repeats(one: str, other: str) -> bool:
    return one.casefold() == other.casefold() or overlap(one, other) > REPETITION


def _units(document: Sequence[str]) -> list[Unit]:
    return [Unit(text, (index,)) for index, text in enumerate(document) if text.strip()]


def _word_count(units: Sequence[Unit]) -> int:
    return sum(len(unit.text.split()) for unit in units)


def _words_wanted(length: Length) -> int:
    """Return `length` in words; a sentence of English news has about 25."""
    return length.words if length.sentences is None else 25 * length.sentences


def _headline(hypothesis: Hypothesis) -> str:
    """Return a hypothesis as a headline; an unfinished one is none."""
    return tidy(hypothesis.text).rstrip(".") if hypothesis.finished else ""


def _sentences(hypothesis: Hypothesis, window: Window) -> list[Unit]:
    """Return the complete sentences of a hypothesis; an unfinished one's last is left out."""
    parts = split_sentences(hypothesis.text)
    if not hypothesis.finished and parts and not complete(parts[-1]):
        parts = parts[:-1]
    return [Unit(tidy(part), window.sources) for part in parts]


def _scored(units: Sequence[Unit], document: Sequence[str]) -> list[Candidate]:
    """Return what the model wrote as candidates, each with the score of what it stands for.

    That is the sentence that it shares most content words with; one that shares too few with any
    is scored for itself.
    """
    salience = Salience.of(document)
    found = []
    for unit in units:
        nearest = max(unit.sources, key=lambda index: overlap(unit.text, document[index]))
        if overlap(unit.text, document[nearest]) > REWRITTEN:
            score = salience.score(document[nearest], nearest)
        else:
            score = salience.score(unit.text, unit.sources[0])
        found.append(Candidate(unit.text, unit.sources, score, written=True))
    return found


def _as_they_stand(document: Sequence[str]) -> list[Candidate]:
    """Return the document's own sentences as candidates; among equals, what the model wrote wins.

    `benchmarks/summaries.py` scores what comes of it beside the model's own sentences alone.
    """
    salience = Salience.of(document)
    return [
        Candidate(
            tidy(unit.text), unit.sources, salience.score(unit.text, unit.sources[0]), written=False
        )
        for unit in _units(document)
    ]
