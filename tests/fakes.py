"""A generator without a model: it spells Arabic words in Latin letters, and can misbehave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from brief.articles.article import Article, Sentence
from brief.models.generator import Decoding, Hypothesis, ModelInfo

__all__ = ["FakeGenerator", "article", "spelled"]

LETTERS = str.maketrans(
    dict(
        zip(
            "ابتثجحخدذرزسشصضطظعغفقكلمنهويةءئؤى،؛؟",
            "abtvjHxdDrzsScpTZEgfqklmnhwyeOIUY,;?",
            strict=True,
        )
    )
)

Fault = Callable[[str, Decoding, Hypothesis], Hypothesis]


def spelled(text: str) -> str:
    """Return `text` with every Arabic letter written as a Latin one."""
    return text.translate(LETTERS)


@dataclass
class FakeGenerator:
    """Satisfies `Generator`; a token is a word, or ten characters of a longer one.

    faults: by source, what spoils the hypothesis; given the decoding, so that another search
        can do better. calls: the sources and decoding of every call of `generate`.
    """

    max_source_tokens: int = 512
    faults: Mapping[str, Fault] = field(default_factory=dict)
    calls: list[tuple[tuple[str, ...], Decoding]] = field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """Every source of every call, in order."""
        return [source for sources, _ in self.calls for source in sources]

    @property
    def info(self) -> ModelInfo:
        """Name the fake."""
        return ModelInfo("fake", "0", "none", self.max_source_tokens)

    def count_tokens(self, text: str) -> int:
        """Count words, and every ten characters of longer ones."""
        return sum(-(-len(word) // 10) for word in text.split())

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Spell the sources, spoiling those that have a fault."""
        assert all(self.count_tokens(source) <= self.max_source_tokens for source in sources)
        self.calls.append((tuple(sources), decoding))
        return [self._hypothesis(source, decoding) for source in sources]

    def _hypothesis(self, source: str, decoding: Decoding) -> Hypothesis:
        good = Hypothesis(spelled(source), -len(source) / 1000, finished=True)
        fault = self.faults.get(source)
        return fault(source, decoding, good) if fault else good


def article(*sentences: str) -> Article:
    """Return an article of these sentences, one paragraph each."""
    placed, start = [], 0
    for index, text in enumerate(sentences):
        placed.append(Sentence(index, index, start, start + len(text), text))
        start += len(text) + 1
    return Article("0" * 16, "", 0, "\n".join(sentences), tuple(placed), "-", "utf-8")
