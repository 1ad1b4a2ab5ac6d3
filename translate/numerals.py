"""Numbers as they are written in Arabic and English, read from left to right.

Digits of every kind with their thousands and decimal marks, times of day, the scale words of
both languages ("3.5 مليون") and English number words; no Arabic ones yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from brief.articles.normalize import for_model

__all__ = ["SMALL", "Term", "canonical", "clock", "groups", "plain", "terms", "total"]

TO_NINETEEN = (
    "zero/one first/two second/three third thirds/four fourth/five fifth fifths/six sixth/"
    "seven seventh/eight eighth/nine ninth/ten tenth tenths/eleven eleventh/twelve twelfth/"
    "thirteen thirteenth/fourteen fourteenth/fifteen fifteenth/sixteen sixteenth/"
    "seventeen seventeenth/eighteen eighteenth/nineteen nineteenth"
)
FROM_TWENTY = (
    "twenty twentieth/thirty thirtieth/forty fortieth/fifty fiftieth/sixty sixtieth/"
    "seventy seventieth/eighty eightieth/ninety ninetieth"
)
SMALL = {
    word: value for value, words in enumerate(TO_NINETEEN.split("/")) for word in words.split()
} | {
    word: 10 * tens
    for tens, words in enumerate(FROM_TWENTY.split("/"), start=2)
    for word in words.split()
}

HUNDREDS = frozenset({"hundred", "hundreds", "hundredth"})

SCALES = {
    word: scale
    for scale, words in {
        10**3: "thousand thousands thousandth الف الفا الاف",
        10**6: "million millions millionth mn مليون مليونا ملايين",
        10**9: "billion billions billionth bn مليار مليارا مليارات بليون بليونا بلايين",
        10**12: "trillion trillions tn تريليون تريليونا تريليونات ترليون ترليونا ترليونات",
    }.items()
    for word in words.split()
}
SCALE_NAMES = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}

CLOCK = r"(?<![\d:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?!\d|[:.,]\d)"
SPACED = r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.,]*\d)"
TOKEN = re.compile(rf"(?P<clock>{CLOCK})|(?P<digits>{SPACED}|\d+(?:[.,،]\d+)*)|(?P<word>[^\W\d_]+)")

# What may stand between the parts of one number.
GLUE = re.compile(r"[\s-]*(?:and\s+|و\s*)?")

# Longer digit strings are names (accounts, identifiers) and are never multiplied.
LONGEST_FACTOR = 15


@dataclass(frozen=True, slots=True)
class _Atom:
    """A token that is a number or part of one; `readings` in order of plausibility."""

    role: Literal["clock", "digits", "small", "hundred", "scale"]
    readings: tuple[str, ...]
    printed: str
    start: int
    end: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A number as printed: one mantissa, possibly ambiguous, times one scale.

    joined: whether nothing but glue stands between this term and the one before.
    """

    readings: tuple[str, ...]
    printed: str
    start: int
    scale: int = 1
    digits: bool = True
    joined: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The readings times the scale, in canonical form."""
        return tuple(_times(reading, self.scale) for reading in self.readings)

    @property
    def label(self) -> str:
        """The number as an English reader would write it."""
        return " ".join([self.printed, SCALE_NAMES.get(self.scale, "")]).strip()


def plain(text: str) -> str:
    """Return `text` in the spelling that all functions here read: normalised, in lower case."""
    return for_model(text).lower()


def terms(text: str) -> Iterator[Term]:
    """Read the numbers of a plain text from left to right."""
    parts: list[_Atom] = []
    for atom in _atoms(text):
        if parts and _extends(parts, atom):
            parts.append(atom)
            continue
        if parts and atom.glued and atom.role == "scale" and parts[0].role != "clock":
            yield _term(parts, SCALES[atom.printed])
            parts = []
            continue
        if parts and atom.glued and atom.role == "hundred" and parts[-1].role == "small":
            factor = parts.pop()
            atom = replace(factor, role="hundred", readings=(f"{factor.readings[0]}00",))
        if parts:
            yield _term(parts)
        parts = [atom]
        if atom.role == "scale":
            yield _term([replace(atom, readings=("1",))], SCALES[atom.printed])
            parts = []
    if parts:
        yield _term(parts)


def total(group: Sequence[Term]) -> str:
    """Return the value of a group of terms as one number: "3 million 200 thousand"."""
    if len(group) == 1:
        return group[0].values[0]
    return canonical(format(sum(Decimal(term.values[0]) for term in group), "f"))


def groups(terms: Iterable[Term]) -> Iterator[list[Term]]:
    """Yield runs of terms that add up: each joined to the one before and below its scale."""
    group: list[Term] = []
    for term in terms:
        if group and not _adds_up(group[-1], term):
            yield group
            group = []
        group.append(term)
    if group:
        yield group


def _adds_up(high: Term, low: Term) -> bool:
    value = low.values[0]
    whole = value.partition(".")[0]
    return low.joined and whole.isdigit() and len(whole) < len(str(high.scale))


def _extends(parts: Sequence[_Atom], atom: _Atom) -> bool:
    """Tell whether `atom` adds to the number word before it: "two hundred and | fifty | six"."""
    last = parts[-1]
    if not (atom.glued and atom.role == "small" and last.role in ("small", "hundred")):
        return False
    high, low = int(last.readings[0]), int(atom.readings[0])
    return last.role == "hundred" or (20 <= high < 100 and high % 10 == 0 and 0 < low < 10)


def _term(parts: Sequence[_Atom], scale: int = 1) -> Term:
    first = parts[0]
    readings = first.readings
    if len(parts) > 1:
        readings = (str(sum(int(part.readings[0]) for part in parts)),)
    digits = first.role in ("clock", "digits")
    printed = first.printed if digits else readings[0]
    return Term(readings, printed, first.start, scale, digits, first.glued)


def _atoms(text: str) -> Iterator[_Atom]:
    """Yield the tokens of `text` that take part in numbers."""
    end: int | None = None
    for token in TOKEN.finditer(text):
        for atom in _read(token):
            glued = end is not None and GLUE.fullmatch(text, end, atom.start) is not None
            yield replace(atom, glued=glued)
            end = atom.end


def _read(token: re.Match[str]) -> Iterator[_Atom]:
    printed, start, end = token.group(), token.start(), token.end()
    if token.lastgroup == "clock":
        yield _Atom("clock", (clock(printed),), printed, start, end)
    elif token.lastgroup == "digits":
        yield from _digits(printed, start)
    elif printed in SMALL:
        yield _Atom("small", (str(SMALL[printed]),), printed, start, end)
    elif printed in HUNDREDS:
        yield _Atom("hundred", ("100",), printed, start, end)
    elif printed in SCALES:
        yield _Atom("scale", (), printed, start, end)


def _digits(printed: str, start: int) -> Iterator[_Atom]:
    """Yield the number that `printed` is, or each of its numbers: "12.05.2016" has three."""
    readings = _readings(printed)
    if readings:
        yield _Atom("digits", readings, printed, start, start + len(printed))
        return
    for run in re.finditer(r"\d+", printed):
        begin, end = start + run.start(), start + run.end()
        yield _Atom("digits", (canonical(run.group()),), run.group(), begin, end)


def _readings(printed: str) -> tuple[str, ...]:
    """Return the values that digits with marks can have, the likeliest first; () for several."""
    head, *tails = re.split(r"[.,،\s]", printed)
    marks = re.sub(r"\d", "", printed).replace("،", ",")
    decimal = canonical(f"{''.join([head, *tails[:-1]])}.{tails[-1]}") if tails else ""
    whole = canonical("".join([head, *tails]))
    threes = 1 <= len(head) <= 3 and not head.startswith("0")
    if not tails or marks[0] == " ":
        return (whole,)
    if len(tails) == 1:
        grouped = threes and len(tails[0]) == 3
        if not grouped:
            return (decimal,)
        return (whole, decimal) if marks == "," else (decimal, whole)
    if not threes or any(len(tail) != 3 for tail in tails[:-1]) or len(set(marks[:-1])) != 1:
        return ()
    if marks[-1] != marks[0]:
        return (decimal,)
    return (whole,) if len(tails[-1]) == 3 else ()


def clock(printed: str) -> str:
    """Return a time of day in canonical form: "09:30" is "9:30", "9:00" is "9"."""
    hour, _, minute = printed.partition(":")
    return canonical(hour) if minute == "00" else f"{canonical(hour)}:{minute}"


def canonical(printed: str) -> str:
    """Strip the zeros that do not change a value: "007.50" is "7.5"."""
    whole, _, decimals = printed.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _times(value: str, scale: int) -> str:
    if scale == 1 or len(value) > LONGEST_FACTOR:
        return value
    return canonical(format(Decimal(value) * scale, "f"))
