"""The types that travel: a translated article, its sentences and what became of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from brief.articles.article import Article, Sentence

__all__ = ["Coverage", "Finding", "Status", "TranslatedSentence", "Translation"]

Status = Literal["whole", "split", "retried", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader must know about a text.

    kind: a fixed word for programs, such as "number-lost".
    detail: a short English phrase for people, which names the value.
    """

    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One source sentence and its English text.

    score: mean natural log-probability of a token, never above 0; over the pieces of a split
        sentence, their mean weighted by source tokens.
    status: "whole" where the first attempt passed every guard; "split" where the sentence was
        too long and its pieces did; "retried" where a later attempt did; "failed" where none
        did, and `text` is then the best there is.
    findings: what the guards hold against `text`; empty unless `status` is "failed".
    """

    source: Sentence
    text: str
    score: float
    status: Status
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What became of the sentences, counted: the last four add up to the first."""

    sentences: int
    translated: int
    split: int
    retried: int
    failed: int


@dataclass(frozen=True, slots=True)
class Translation:
    """An article with one translated sentence for each of its sentences, in order."""

    article: Article
    sentences: tuple[TranslatedSentence, ...]

    @property
    def coverage(self) -> Coverage:
        """Count the sentences by status."""
        counts = Counter(sentence.status for sentence in self.sentences)
        return Coverage(
            sentences=len(self.sentences),
            translated=counts["whole"],
            split=counts["split"],
            retried=counts["retried"],
            failed=counts["failed"],
        )
