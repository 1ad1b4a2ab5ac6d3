"""Inline terminology: a source term marked with the translation that the model should use.

The model is trained on sources in which known names and terms carry their translation, so that
at run time a glossary can steer it (Dinu et al. 2019, "Training Neural Machine Translation to
Apply Terminology Constraints"; Bergmanis and Pinnis 2021). The marks are characters that
`for_model` never lets through, so that no article can forge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["CLOSE", "LONGEST", "OPEN", "SYMBOLS", "SYNTHETIC", "Lexicon", "Match", "mark"]

OPEN, CLOSE = "‹", "›"

# Opens a source that was made by back-translation (Caswell et al. 2019): never at run time.
SYNTHETIC = "‹bt›"

# What a vocabulary must hold as units of their own.
SYMBOLS = (OPEN, CLOSE, SYNTHETIC)

WORD = re.compile(r"\w+")

# Words of a term, at most.
LONGEST = 6

ARTICLE = "ال"
CONJUNCTIONS = "وف"
PREPOSITIONS = "بلك"
# A stem shorter than this is not looked for behind a clitic: "ولي" is not "و" and "لي".
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a normalised source: `source[start:end]`, and what it may be in English."""

    start: int
    end: int
    translations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms by their folded Arabic words."""

    entries: Mapping[tuple[str, ...], tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Lexicon:
        """Build a lexicon from (normalised Arabic, English) pairs; several may share an Arabic."""
        entries: dict[tuple[str, ...], tuple[str, ...]] = {}
        for arabic, english in pairs:
            key = tuple(_fold(word) for word in WORD.findall(arabic))
            known = entries.get(key, ())
            if 0 < len(key) <= LONGEST and english and english not in known:
                entries[key] = (*known, english)
        return cls(entries)

    def find(self, source: str) -> Iterator[Match]:
        """Yield the terms in the normalised `source`, longest first at each word, not overlapping.

        The first word of a term may carry clitics: و ف before ب ل ك before the article.
        """
        words = list(WORD.finditer(source))
        folded = [_fold(word.group()) for word in words]
        index = 0
        while index < len(words):
            size, translations = self._at(folded, index)
            if size:
                yield Match(words[index].start(), words[index + size - 1].end(), translations)
            index += size or 1

    def _at(self, folded: Sequence[str], index: int) -> tuple[int, tuple[str, ...]]:
        stems = list(_stems(folded[index]))
        for size in range(min(LONGEST, len(folded) - index), 0, -1):
            rest = tuple(folded[index + 1 : index + size])
            for stem in stems:
                if found := self.entries.get((stem, *rest)):
                    return size, found
        return 0, ()


def mark(source: str, terms: Sequence[tuple[Match, str]]) -> str:
    """Return `source` with each match followed by its translation: "لافروف‹ Lavrov›"."""
    marked, end = "", 0
    for match, translation in terms:
        marked += f"{source[end : match.end]}{OPEN} {translation}{CLOSE}"
        end = match.end
    return marked + source[end:]


def _fold(word: str) -> str:
    """Fold what `for_model` keeps apart but writers do not: a final ة and ه."""
    return word[:-1] + "ه" if word.endswith("ة") else word


def _stems(word: str) -> Iterator[str]:
    """Yield the word, then what may be left of it without its clitics, article and all last."""
    seen = {word}
    queue = [word]
    while queue:
        stem = queue.pop(0)
        yield stem
        for shorter in _shorter(stem, whole=stem == word):
            if shorter not in seen and len(shorter) >= SHORTEST_STEM:
                seen.add(shorter)
                queue.append(shorter)


def _shorter(stem: str, *, whole: bool) -> Iterator[str]:
    if stem.startswith(ARTICLE):
        yield stem[2:]
    elif stem.startswith("لل"):
        yield ARTICLE + stem[2:]
    elif stem[:1] in PREPOSITIONS or (whole and stem[:1] in CONJUNCTIONS):
        yield stem[1:]
