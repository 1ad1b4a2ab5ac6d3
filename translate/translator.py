"""Articles in, translations out: one stream of pieces for all of them, put back in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from brief.articles.article import Article, Sentence
from brief.articles.normalize import for_model
from brief.models.generator import Decoding, Generator
from brief.translate.attempts import Attempt, attempt_all, mean_score
from brief.translate.guards import is_silent
from brief.translate.pieces import split, stitch
from brief.translate.translation import Status, TranslatedSentence, Translation

__all__ = ["GOOD_TOKENS", "Progress", "Translator"]

# Called with the sentences done and the sentences in all.
Progress = Callable[[int, int], None]

# Longer sentences are translated in pieces. Measured with the second embedded model by
# benchmarks/sentence_length.py on 200 FLORES-dev sentences, one to six joined: in one go they fall
# behind from 80 tokens on (39.6 chrF2 against 40.7; 26.0 against 44.5 at 256), and cut at 64 they
# do not (40.9 and 44.3). A better model will want a larger value.
GOOD_TOKENS = 64


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates articles with `generator`, and never loses a sentence.

    decoding: how the first attempt searches; its `max_target_tokens` bounds every attempt.
    good_tokens: longer sentences are translated in pieces, because quality falls beyond it;
        where the generator's own `max_source_tokens` is smaller, that applies.
    """

    generator: Generator
    decoding: Decoding = field(default_factory=Decoding)
    good_tokens: int = GOOD_TOKENS

    @property
    def max_tokens(self) -> int:
        """Most source tokens that are translated in one piece."""
        return min(self.good_tokens, self.generator.info.max_source_tokens)

    def translate(
        self, articles: Sequence[Article], progress: Progress | None = None
    ) -> list[Translation]:
        """Translate every sentence of every article: one translation each, in order.

        1. Normalise each sentence and cut it into pieces within `max_tokens`.
        2. Translate all distinct pieces in one stream sorted by length, the suspicious ones
           again in other ways (`attempt_all`).
        3. Stitch the pieces and put the sentences back in order.

        `progress` is called with the sentences done and the sentences in all. What a sentence
        gives depends neither on the other sentences nor on the order of the articles.
        """
        sources = [sentence for article in articles for sentence in article.sentences]
        texts = [for_model(source.text) for source in sources]  # 1
        count = self.generator.count_tokens
        plan = {text: split(text, self.max_tokens, count) for text in dict.fromkeys(texts)}
        tally = _Tally(texts, plan, progress)
        best: dict[str, Attempt] = {}
        for attempts in attempt_all(self.generator, list(tally.owners), self.decoding):  # 2
            best |= attempts
            tally.settle(attempts)
        translated = (
            self._sentence(source, plan[text], best)
            for source, text in zip(sources, texts, strict=True)
        )  # 3
        return [
            Translation(article, tuple(islice(translated, len(article.sentences))))
            for article in articles
        ]

    def _sentence(
        self, source: Sentence, cut: Sequence[str], best: Mapping[str, Attempt]
    ) -> TranslatedSentence:
        if is_silent(source.text) or not cut:
            return TranslatedSentence(source, source.text, 0.0, "whole", ())
        attempts = [best[piece.strip()] for piece in cut]
        return TranslatedSentence(
            source=source,
            text=stitch(cut, [attempt.text for attempt in attempts]),
            score=mean_score(self.generator, cut, [attempt.score for attempt in attempts]),
            status=_status(attempts),
            findings=tuple(dict.fromkeys(f for a in attempts for f in a.findings)),
        )


def _status(attempts: Sequence[Attempt]) -> Status:
    if any(attempt.findings for attempt in attempts):
        return "failed"
    if any(attempt.retried for attempt in attempts):
        return "retried"
    return "split" if len(attempts) > 1 else "whole"


class _Tally:
    """Counts the sentences whose pieces are all settled, and reports when the count rises."""

    def __init__(
        self, texts: Sequence[str], plan: Mapping[str, Sequence[str]], progress: Progress | None
    ) -> None:
        distinct = {text: {piece.strip() for piece in cut} for text, cut in plan.items()}
        self.progress = progress
        self.repeats = Counter(texts)
        self.total = len(texts)
        self.waiting = {text: len(pieces) for text, pieces in distinct.items()}
        self.done = sum(n for text, n in self.repeats.items() if not distinct[text])
        self.owners: dict[str, list[str]] = {}
        for text, pieces in distinct.items():
            for piece in pieces:
                self.owners.setdefault(piece, []).append(text)

    def settle(self, pieces: Iterable[str]) -> None:
        """Mark pieces as done, each of them once."""
        before = self.done
        for text in (text for piece in pieces for text in self.owners[piece]):
            self.waiting[text] -= 1
            if not self.waiting[text]:
                self.done += self.repeats[text]
        if self.progress and self.done > before:
            self.progress(self.done, self.total)
