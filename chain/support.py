"""How well the article supports a sentence of the brief, and which sentences do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from brief.summarize.english import STOP_WORDS, WORD
from brief.translate.numbers import numbers

__all__ = ["FLOOR", "Source", "Support", "find_support"]

Chain: TypeAlias = tuple[tuple[int, int], ...]

# The floor, the other constants and the word lists were set on tests/support.tsv, whose figures
# test_support.py pins. At a floor of 0.9, 7 of its 18 sentences with one wrong word among many
# right ones pass; at 1, none.
FLOOR = 1.0

# Only so many sentences, those with most of the words in order, are looked at closely.
SHORTLIST = 5

# Two spellings of one name have the same consonants and this similarity: Lavrov and Lavrof
# score 83, Gaza and Giza 75. A last vowel counts as a consonant: Niger is not Nigeria.
SAME_NAME = 80.0
UNHEARD = re.compile(r"(?<=.)[aeiouy](?=.)|(.)(?=\1)")
SOUNDS = str.maketrans("vqc", "fkk")

# Words that turn what follows; those of one group are the same. What is said on a condition or
# with an exception must not be said without.
TURNS = {
    word: group.split()[0]
    for group in (
        "not no never none neither nor without cannot|may might could|will would shall|"
        "deny denies denied denying denial reject rejects rejected rejecting|"
        "claim claims claimed allege alleges alleged allegedly|rumour rumours rumor rumors|"
        "nearly almost|least|most|former|deputy|vice|acting|suspected|if unless|except excluding"
    ).split("|")
    for word in group.split()
}
CONDITIONS = frozenset({"if", "except"})

# Small words that say how the next word belongs to what stands before it.
LINKS = dict.fromkeys("is are was were been being be".split(), "be") | {
    word: word
    for word in (
        "of by for to with from against between among before after than despite until over "
        "under because since"
    ).split()
}

# Where a clause may begin: after a pause, or with one of these words.
PAUSE = re.compile(r"[,;:()\"“”«»…–—!?.]")
REPORTED = frozenset("said says saying told added according stated".split())
JOINED = frozenset("and but while".split())
LEAVING = JOINED | frozenset("or as after before when because although though since if".split())
OPENING = LEAVING | REPORTED | frozenset("that which who whose where".split())

SMALL = STOP_WORDS | REPORTED | frozenset(LINKS)
DETERMINERS = frozenset("the a an any all some its his her their this these no".split())
PRONOUNS = frozenset("he she it they this these that those his her its their".split())

# What may be left out although nothing parts it from the word before: "Hadi [promised ...] and".
FREE = re.compile(r"(?:ed|ing|ly)$|^(?:next|last|today|yesterday|tomorrow)$")

# Words that may be said for one another, or are forms of one word that endings do not show.
SAME_WORDS = (
    "rise rose risen increase climb grow grew grown|fall fell fallen decline drop decrease|"
    "begin began begun start|announce declare|beat beaten defeat|injure wound hurt|hold held|"
    "stress emphasise emphasize underline affirm|meet met|win won|lose lost|leave left|sell sold|"
    "buy bought purchase|take took taken|give gave given|make made|build built|show shown"
)
ENDINGS = re.compile(r"(?<=\w{3})(?:ing|ed|es|e|s)$")
POSSESSIVE = re.compile(r"['’]s$")
ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|an|ad|at|az)[-’'](?=\w{3})")
APART = re.compile(r"\b([AE]l) (?=[A-Z])")
PLACE = re.compile(r"\b(?:the )?(?:city|town|village) of (?=[A-Z])")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
SHORT = {"United Nations": "UN", "United States": "US", "European Union": "EU"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word that is compared.

    stem: what must be the same; "#" and the value for a number.
    before: the text since the last token; small: its words; link: how the word belongs to it.
    opens: a clause may begin here.
    """

    text: str
    stem: str
    before: str
    small: frozenset[str]
    link: str
    opens: bool

    @property
    def kind(self) -> str:
        """One of "number", "turn", "name" and "word"."""
        if self.stem[0] == "#":
            return "number"
        return "turn" if self.stem in TURNS else "name" if self.text[0].isupper() else "word"


@dataclass(frozen=True, slots=True)
class Source:
    """A translated sentence, ready to be compared with."""

    index: int
    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, index: int, text: str) -> Source:
        """Prepare sentence `index` of the translation."""
        return cls(index, text, _tokens(text))


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
        tokens, kept = self.source.tokens, {j for _, j in self.places}
        if any(t.stem in CONDITIONS for j, t in enumerate(tokens) if j not in kept):
            return True
        return any(
            tokens[j].kind == "turn"
            and not any(PAUSE.search(t.before) for t in tokens[j + 1 : here + 1])
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
    wanted = _tokens(sentence)
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
            if not _same(want, have):
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
    return j < i and all(_same(want, have) for want, have in zip(wanted, source[:j], strict=False))


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


def _same(want: Token, have: Token) -> bool:
    if want.stem == have.stem:
        return True
    return want.kind == have.kind == "name" and _same_name(want.stem, have.stem)


def _same_name(one: str, two: str) -> bool:
    heard = {UNHEARD.sub("", name.translate(SOUNDS)) for name in (one, two)}
    return len(heard) == 1 and fuzz.ratio(one, two) >= SAME_NAME


def _tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `text` that carry meaning or turn it."""
    text = DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = APART.sub(r"\1-", PLACE.sub("", text))
    for long, short in SHORT.items():
        text = text.replace(long, short)
    found: list[Token] = []
    end = 0
    for mark in WORD.finditer(text):
        if not _is_small(mark.group()):
            _append(found, mark.group(), text[end : mark.start()])
            end = mark.end()
    return tuple(found)


def _append(found: list[Token], word: str, before: str) -> None:
    """Add a word to `found`, or make one number of "3" and "million"."""
    token = _token(word, before, not found)
    if found and found[-1].kind == token.kind == "number":
        both = f"{found[-1].text}{before}{word}"
        if sum(numbers(both).values()) == 1:
            token = _token(both, found.pop().before, not found)
    found.append(token)


def _is_small(word: str) -> bool:
    """Tell whether `word` is not compared: "us" is not, US is."""
    lower = word.lower()
    return lower in SMALL and lower not in TURNS and lower != "one" and not word[1:].isupper()


def _token(word: str, before: str, first: bool) -> Token:
    small = [match.group().lower() for match in WORD.finditer(before)]
    return Token(
        text=word,
        stem=_stem(word),
        before=before,
        small=frozenset(small),
        link=_link(word, small),
        opens=first or bool(PAUSE.search(before) or OPENING.intersection(small)),
    )


def _link(word: str, small: Sequence[str]) -> str:
    """Return the last link among `small`; "is sending" is as "sends", unlike "is sent"."""
    links = [LINKS[other] for other in small if other in LINKS]
    return next((link for link in reversed(links) if link != "be" or word[-3:] != "ing"), "")


def _stem(word: str) -> str:
    """Return what inflections of `word` share; "#" and the value of a number."""
    lower = ARTICLE.sub("", POSSESSIVE.sub("", word.lower()))
    if value := next(iter(numbers(lower)), ""):
        return f"#{value}"
    if lower.endswith(("n't", "n’t")):
        return "not"
    if word != "May" and lower in TURNS:
        return TURNS[lower]
    return HEADS.get(lower) or HEADS.get(_root(lower)) or _root(lower)


def _root(word: str) -> str:
    root = ENDINGS.sub("", word)
    if root[-1] == root[-2:-1]:
        return root[:-1]
    return root[:-1] + "i" if root[-1] == "y" else root


HEADS = {
    form: group.split()[0]
    for group in SAME_WORDS.split("|")
    for word in group.split()
    for form in (word, _root(word))
}
