"""Texts sorted by length and handed to a generator in calls of a sensible size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from brief.errors import ModelError
from brief.models.generator import Decoding, Generator, Hypothesis

__all__ = ["Chunk", "chunks", "stream"]

# Padded source tokens in one call of the generator: enough for it to fill its own batches,
# few enough for progress to move every few seconds.
CHUNK_TOKENS = 8192

# Smallest length class, in source tokens.
SMALLEST_CLASS = 16

# Target tokens that a length class of n source tokens may have: n × 2 + 32. The longest real
# targets have 35, 65, 128 and 164 tokens in the classes 16 to 128 (8,900 pairs: FLORES dev, UN
# development set, Syrian Archive; pieces of the embedded translator).
TARGET_RATIO = 2
TARGET_SLACK = 32


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sources of one length class: at most `most_tokens` tokens, a power of two."""

    sources: tuple[str, ...]
    most_tokens: int


def stream(
    generator: Generator, sources: Iterable[str], decoding: Decoding
) -> Iterator[dict[str, Hypothesis]]:
    """Yield the hypotheses of the distinct `sources`, call by call, the longest sources first.

    How many target tokens a source may have depends on its own length class, never on the
    other sources: so even a hypothesis that runs away is the same in any company.
    """
    for chunk in chunks({source: generator.count_tokens(source) for source in sources}):
        most = min(decoding.max_target_tokens, TARGET_RATIO * chunk.most_tokens + TARGET_SLACK)
        hypotheses = generator.generate(chunk.sources, replace(decoding, max_target_tokens=most))
        yield _paired(chunk.sources, hypotheses, generator.info.name)


def chunks(tokens: dict[str, int]) -> Iterator[Chunk]:
    """Cut the keys of `tokens`, sorted by their tokens, into chunks of one length class each."""
    sources: list[str] = []
    width = most = 0
    for source in sorted(tokens, key=lambda source: (-tokens[source], source)):
        length_class = _length_class(tokens[source])
        if sources and (length_class != most or width * (len(sources) + 1) > CHUNK_TOKENS):
            yield Chunk(tuple(sources), most)
            sources = []
        if not sources:
            width, most = tokens[source], length_class
        sources.append(source)
    if sources:
        yield Chunk(tuple(sources), most)


def _length_class(tokens: int) -> int:
    return max(SMALLEST_CLASS, 1 << (tokens - 1).bit_length()) if tokens else SMALLEST_CLASS


def _paired(
    sources: Sequence[str], hypotheses: Sequence[Hypothesis], name: str
) -> dict[str, Hypothesis]:
    if len(hypotheses) != len(sources):
        raise ModelError(
            f"{name} must return one hypothesis for each of {len(sources)} sources, "
            f"was: {len(hypotheses)}. Reinstall the model or choose another."
        )
    return dict(zip(sources, hypotheses, strict=True))
