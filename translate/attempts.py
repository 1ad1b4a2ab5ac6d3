"""The ladder of attempts: translate every piece, look at it, and try the suspicious ones again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from brief.models.generator import Decoding, Generator, Hypothesis
from brief.translate.guards import check, is_silent, needs_translation, severity
from brief.translate.pieces import split, stitch
from brief.translate.stream import stream
from brief.translate.translation import Finding

__all__ = ["Attempt", "attempt_all", "mean_score"]

# The second attempt looks further and may not say the same three tokens twice.
WIDER_BEAM = 8
NO_REPEAT = 3

# Pieces of fewer tokens are not halved for another attempt: too little context would be left.
SHORTEST_HALVED = 8

# Stands for a score that is no number: below that of any real hypothesis.
NO_SCORE = -100.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """A translation of one piece and what the guards hold against it.

    score: mean natural log-probability of a token; 0 for a text that needed no translation.
    retried: whether it replaced an earlier attempt.
    """

    text: str
    score: float = 0.0
    findings: tuple[Finding, ...] = ()
    retried: bool = False

    @property
    def rank(self) -> tuple[int, float]:
        """Order attempts: less severe findings are better, then the higher score."""
        return -severity(self.findings), self.score


def attempt_all(
    generator: Generator, pieces: Sequence[str], decoding: Decoding
) -> Iterator[dict[str, Attempt]]:
    """Yield the best attempt at each of the distinct `pieces`, as soon as it is settled.

    1. A piece without Arabic letters stays as it is.
    2. All others are translated in one stream; those that pass every guard are settled.
    3. The failing ones are tried again together: with a wider search, with a greedy one, in
       halves. After each of these the ones that pass are settled.
    4. What still fails keeps the attempt with the least severe findings; of equals, the one
       with the highest score.
    """
    yield {piece: Attempt(piece) for piece in pieces if not needs_translation(piece)}  # 1
    arabic = [piece for piece in pieces if needs_translation(piece)]
    failing: dict[str, Attempt] = {}
    for attempts in _search(generator, arabic, decoding):  # 2
        yield _passing(attempts)
        failing |= _failing(attempts)
    for retry in (_wider, _greedy, _halved):  # 3
        for attempts in retry(generator, list(failing), decoding):
            failing |= {piece: _better(failing[piece], new) for piece, new in attempts.items()}
        yield _passing(failing)
        failing = _failing(failing)
    yield failing  # 4


def mean_score(generator: Generator, pieces: Sequence[str], scores: Sequence[float]) -> float:
    """Return the mean of the scores of pieces, weighted by their source tokens."""
    weights = [max(1, generator.count_tokens(piece.strip())) for piece in pieces]
    return sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights)


def _passing(attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
    return {piece: attempt for piece, attempt in attempts.items() if not attempt.findings}


def _failing(attempts: Mapping[str, Attempt]) -> dict[str, Attempt]:
    return {piece: attempt for piece, attempt in attempts.items() if attempt.findings}


def _better(old: Attempt, new: Attempt) -> Attempt:
    return replace(new, retried=True) if new.rank > old.rank else old


def _search(
    generator: Generator, pieces: Iterable[str], decoding: Decoding
) -> Iterator[dict[str, Attempt]]:
    for hypotheses in stream(generator, pieces, decoding):
        yield {piece: _attempt(piece, found) for piece, found in hypotheses.items()}


def _attempt(piece: str, hypothesis: Hypothesis) -> Attempt:
    text = " ".join(hypothesis.text.split())
    score = hypothesis.score if math.isfinite(hypothesis.score) else NO_SCORE
    findings = check(piece, replace(hypothesis, text=text))
    return Attempt("" if is_silent(text) else text, min(0.0, score), findings)


def _wider(
    generator: Generator, pieces: Sequence[str], decoding: Decoding
) -> Iterator[dict[str, Attempt]]:
    beam = max(WIDER_BEAM, 2 * decoding.beam)
    return _search(generator, pieces, replace(decoding, beam=beam, no_repeat_ngram=NO_REPEAT))


def _greedy(
    generator: Generator, pieces: Sequence[str], decoding: Decoding
) -> Iterator[dict[str, Attempt]]:
    # A first attempt that was greedy would only be repeated.
    return _search(generator, pieces if decoding.beam > 1 else (), replace(decoding, beam=1))


def _halved(
    generator: Generator, pieces: Sequence[str], decoding: Decoding
) -> Iterator[dict[str, Attempt]]:
    """Translate the pieces in halves, all of these in one stream, and stitch them."""
    count = generator.count_tokens
    sizes = {piece: count(piece) for piece in pieces}
    cuts = {
        piece: split(piece, -(-size // 2), count)
        for piece, size in sizes.items()
        if size >= SHORTEST_HALVED
    }
    parts = dict.fromkeys(part.strip() for cut in cuts.values() for part in cut)
    found = {p: Hypothesis(p, 0.0, finished=True) for p in parts if not needs_translation(p)}
    for hypotheses in stream(generator, [p for p in parts if p not in found], decoding):
        found |= hypotheses
    yield {piece: _attempt(piece, _joined(generator, cut, found)) for piece, cut in cuts.items()}


def _joined(
    generator: Generator, cut: Sequence[str], found: Mapping[str, Hypothesis]
) -> Hypothesis:
    halves = [found[part.strip()] for part in cut]
    return Hypothesis(
        stitch(cut, [half.text for half in halves]),
        mean_score(generator, cut, [half.score for half in halves]),
        all(half.finished for half in halves),
    )
