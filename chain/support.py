"""How well the article supports a sentence of the brief, and which sentences do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz.distance import LCSseq

from brief.chain.wording import (
    CONDITIONS,
    DETERMINERS,
    FREE,
    JOINED,
    LEAVING,
    OPENING,
    PAUSE,
    PRONOUNS,
    REPORTED,
    Token,
    same,
    tokens,
)
from brief.summarize.english import WORD

__all__ = ["FLOOR", "Source", "Support", "find_support"]

Chain: TypeAlias = tuple[tuple[int, int], ...]

# Set on tests/support.tsv, whose figures test_support.py pins. At a floor of 0.9, 7 of its 18
# sentences with one wrong word among many right ones pass; at 1, none.
FLOOR = 1.0

# Only so many sentences, those with most of the words in order, are looked at closely.
SHORTLIST = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A translated sentence, ready to be compared with."""

    index: int
    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, index: int, text: str) -> Source:
        """Prepare sentence `index` of the translation."""
        return cls(index, text, tokens(text))


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a sentence.

    evidence: indices of the translated sentences that it rests on, in document order; the
    first entry of `ranked` has most of its words.
    share: of the sentence's content words, those that have a place in the evidence, 0 to 1.
    numbers, names: those of the sentence that have no place there; first those that the
    evidence does not have at all.
    negated: it denies, doubts or foretells what its evidence does not, or the other way round.
    """

    evidence: tuple[int, ...]
    ranked: tuple[int, ...]
    share: float
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    negated: bool

    @property
    def sufficient(self) -> bool:
        """Whether the sentence may be shown."""
        return self.share >= FLOOR and not (self.numbers or self.names or self.negated)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence laid on a source; `places` are positions among either's tokens."""

    tokens: Sequence[Token]
    source: Source
    places: Chain

    @property
    def loose(self) -> list[Token]:
        """The words that have no place."""
        placed = {i for i, _ in self.places}
        return [token for i, token in enumerate(self.tokens) if i not in placed]

    @property
    def turned(self) -> bool:
        """Whether a word is left out that turns what is kept."""
        words, kept = self.source.tokens, {j for _, j in self.places}
        if any(t.stem in CONDITIONS for j, t in enumerate(words) if j not in kept):
            return True
        return any(
            words[j].kind == "turn"
            and not any(PAUSE.search(t.before) for t in words[j + 1 : here + 1])
            for last, here in pairwise([-1, *sorted(kept)])
            for j in range(last + 1, here)
        )


def find_support(sentence: str, sources: Sequence[Source]) -> Support:
    """Find the evidence for `sentence` among `sources`.

    The share is the precision of ROUGE-L (Lin 2004: the longest common subsequence) over content
    words, with limits on what may be skipped: a word must belong to what stands before it in the
    same way, an object or the rest of a compound stays with its word, and who leaves a clause
    goes on where another opens. The sentence may be cut once, at "and", "but" or "while"; the
    second piece then rests on the beginning of another source.

    It cannot see what a dropped end of a clause would have changed ("resigned [from the
    committee]"), whom a pronoun means, or another sense of the same words. It does not know
    synonyms beyond a few: a free paraphrase is taken for unsupported.
    """
    wanted = tokens(sentence)
    ranked = sorted(sources, key=lambda source: (-_likeness(wanted, source), source.index))
    pieces = _lay(wanted, ranked[:SHORTLIST])
    known = {token.stem for piece in pieces for token in piece.source.tokens}
    loose = sorted((t for piece in pieces for t in piece.loose), key=lambda t: t.stem in known)
    return Support(
        evidence=tuple(sorted(piece.source.index for piece in pieces)),
        ranked=tuple(source.index for source in ranked),
        share=_placed(pieces) / max(1, len(wanted)),
        numbers=tuple(token.text for token in loose if token.kind == "number"),
        names=tuple(token.text for token in loose if token.kind == "name"),
        negated=any(t.kind == "turn" for t in loose) or any(piece.turned for piece in pieces),
    )


def _likeness(wanted: Sequence[Token], source: Source) -> int:
    return LCSseq.similarity([t.stem for t in wanted], [t.stem for t in source.tokens])


def _placed(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.places) for piece in pieces)


def _lay(wanted: Sequence[Token], sources: Sequence[Source]) -> list[Piece]:
    """Lay the sentence on one source or, where that places more, its two halves on two."""
    cuts = [i for i, t in enumerate(wanted) if i and (t.small & JOINED or ";" in t.before)]
    whole = _lay_piece(wanted, 0, len(wanted), sources)
    plans = [whole[:1]]
    for cut in cuts:
        for first in _lay_piece(wanted, 0, cut, sources)[:1]:
            others = [source for source in sources if _stands(source, first.source.index)]
            plans.append([first, *_lay_piece(wanted, cut, len(wanted), others)[:1]])
    return max(plans, key=_placed)


def _lay_piece(
    wanted: Sequence[Token], start: int, end: int, sources: Sequence[Source]
) -> list[Piece]:
    """Lay a piece on every source, the one that has most of it first."""
    pieces = [
        Piece(wanted[start:end], source, _align(wanted, start, end, source.tokens))
        for source in sources
    ]
    return sorted(pieces, key=lambda piece: -len(piece.places))


def _stands(source: Source, first: int) -> bool:
    """Tell whether a source can come after sentence `first`: "he" is known only in the next."""
    if source.index == first:
        return False
    word = WORD.search(source.text)
    return not word or word.group().lower() not in PRONOUNS or source.index == first + 1


def _align(wanted: Sequence[Token], start: int, end: int, source: Sequence[Token]) -> Chain:
    """Return the longest chain of places for `wanted[start:end]`, counted from `start`."""
    best: dict[tuple[int, int], Chain] = {}
    for i, want in enumerate(wanted[start:end]):
        for j, have in enumerate(source):
            if not same(want, have):
                continue
            chains = [
                chain
                for (before, last), chain in best.items()
                if before < i and last < j and _follows(want, source, last, j)
            ]
            if _begins(wanted, start + i, source, j) if start else _opens(want, source, j):
                chains.append(())
            if chains and (start + i < end - 1 or not any(map(_is_bound, source[j + 1 : j + 2]))):
                best[i, j] = (*max(chains, key=lambda c: (len(c), c[-1:])), (i, j))
    return max(best.values(), key=len, default=())


def _opens(want: Token, source: Sequence[Token], j: int) -> bool:
    """Tell whether a sentence may begin at `j`: where a clause does, but for names before."""
    for token in reversed(source[: j + 1]):
        if token.opens or token.link:
            return token.opens and token.link == want.link
        if token is not source[j] and token.kind != "name":
            return False
    return True


def _begins(wanted: Sequence[Token], i: int, source: Sequence[Token], j: int) -> bool:
    """Tell whether a later piece may begin at `j`: with the source, or after its subject.

    The subject may be left out where the sentence itself begins with it.
    """
    if wanted[i].small & REPORTED and not any(t.small & REPORTED for t in source[: j + 1]):
        return False
    return j < i and all(same(want, have) for want, have in zip(wanted, source[:j], strict=False))


def _follows(want: Token, source: Sequence[Token], last: int, j: int) -> bool:
    """Tell whether place `j` may come next after place `last`."""
    skipped, have = source[last + 1 : j], source[j]
    if want.small & REPORTED and not any(t.small & REPORTED for t in (*skipped, have)):
        return False
    if not skipped:
        return want.link == have.link
    if _is_bound(skipped[0]) or not _rejoins(skipped, have):
        return False
    return want.link == have.link or (not have.link and want.link in {t.link for t in skipped})


def _rejoins(skipped: Sequence[Token], have: Token) -> bool:
    """Tell whether `have` goes on after what is skipped: a clause that was left stays whole.

    Otherwise "A met B and C met D" would support "A met D".
    """
    if any(t.small & LEAVING for t in skipped):
        return not have.small.isdisjoint(OPENING)
    return have.opens or not any(t.opens for t in skipped)


def _is_bound(token: Token) -> bool:
    """Tell whether what stands before `token` needs it: an object, or the rest of a compound."""
    if token.opens or token.kind == "turn" or FREE.search(token.text):
        return False
    return token.small <= DETERMINERS and (token.kind != "number" or bool(token.small))
