"""Which sentences say most of what a document says: for ranking candidates of a brief."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from brief.summarize.english import content_words

__all__ = ["Salience", "overlap"]

# Sentences after which the lead bias halves: news puts the most important first. Measured by
# benchmarks/salience.py on 200 CNN/DailyMail training articles, three sentences chosen by
# salience alone: ROUGE-1 36.7 at 4 and 8, 35.1 at 2, 33.7 without bias, Lead-3 28.4.
HALF_LIFE = 8.0


@dataclass(frozen=True, slots=True)
class Salience:
    """Scores sentences against a document by the frequency of its content words.

    The frequency measure is SumBasic's (Nenkova and Vanderwende 2005), with a lead bias.
    """

    frequency: Counter[str]

    @classmethod
    def of(cls, sentences: Sequence[str]) -> Salience:
        """Count the content words of a document given as sentences."""
        return cls(Counter(word for text in sentences for word in content_words(text)))

    def score(self, text: str, position: float) -> float:
        """Score `text`, whose content stands at sentence `position` of the document, from 0.

        The score has no unit; it is 0 for a text without content words.
        """
        known = set(content_words(text))
        total = sum(self.frequency.values())
        if not known or not total:
            return 0.0
        mass: float = sum(self.frequency[word] for word in known) / total
        lead = math.exp(-math.log(2) * position / HALF_LIFE)
        return mass / math.sqrt(len(known)) * lead


def overlap(one: str, other: str) -> float:
    """Return the share of the shorter text's content words that the other has too, 0 to 1."""
    first, second = set(content_words(one)), set(content_words(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
