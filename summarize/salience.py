"""Which sentences say most of what a document says: for ranking candidates of a brief."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from brief.summarize.english import content_words

__all__ = ["Salience", "overlap"]

# Weights of the four measures of a sentence: ridge regression on 1,213 CNN/DailyMail training
# articles, but for the position, raised by hand because news without bylines on top has a stronger
# lead. benchmarks/salience.py scores them: on 200 other training articles a brief of about 65 words
# has ROUGE-1 and ROUGE-2 of 37.1 and 15.2, the lead cut at the same length 35.5 and 14.1. Its own
# fit, without the ridge, gives 6.04, 11.7, -0.067 and -0.201.
SPREAD, FREQUENCY, POSITION, FRAGMENT = 3.84, 16.5, -0.25, -0.226

# Sentences of fewer words are often captions, bylines and cries.
FRAGMENT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Salience:
    """Scores sentences against a document by the frequency of its content words.

    The frequency measure is SumBasic's (Nenkova and Vanderwende 2005): the mean share that its
    words have of the document; beside it stand the same with less discount for length, how far
    down a sentence is, and whether it is a fragment. The score is the exponential of their
    weighted sum.
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
        return math.exp(
            SPREAD * mass / math.sqrt(len(known))
            + FREQUENCY * mass / len(known)
            + POSITION * math.log1p(position)
            + (FRAGMENT if len(text.split()) < FRAGMENT_WORDS else 0.0)
        )


def overlap(one: str, other: str) -> float:
    """Return the share of the shorter text's content words that the other has too, 0 to 1."""
    first, second = set(content_words(one)), set(content_words(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
