"""Which numbers a text has, and which of them its translation has lost.

A first honest version: numbers written in Arabic words are not looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from brief.translate.numerals import SMALL, Term, canonical, clock, groups, plain, terms, total

__all__ = ["added", "lost", "numbers"]

# Right after a digit a letter may be a scale, but may be metres or bytes too.
SCALED_BY_LETTER = re.compile(r"\d\s?([kmb])\b")
SCALE_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}

# Words that can stand in English for a digit in Arabic, but never join to a larger number.
SYNONYMS = {
    "once": "1", "single": "1", "twice": "2", "double": "2", "both": "2",
    "pair": "2", "couple": "2", "half": "2", "thrice": "3", "triple": "3", "quarter": "4",
    "quarters": "4", "decade": "10", "dozen": "12", "noon": "12", "midnight": "0",
    "century": "100",
}  # fmt: skip

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip

DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
LARGEST_SMALL = 12

# Stems of Arabic words for large numbers and decades, of which any number may come; and of words
# for small ones, of which none above 99 can.
LARGE_WORD = re.compile(
    "عقد|قرن|ين[ي]?ات|مئة|مائة|مية|مئت|مائت|مئات|[اأآ]لف|[اآ]لاف|مليون|ملايين|مليار|بليون|تريليون"
)
SMALL_WORD = re.compile(
    "[اأ]ربع|خمس|ست[ةه]|ستين|ستون|سبع|ثمان|تسع|ثلاث|ثلث|عشر|نصف|واحد|[اإ]حد[ىي]|[اإ]ثن|ضعف|دزين"
)

DOZENS = re.compile(r"([a-z]+)[\s-]dozen")
WORD = re.compile(r"[^\W\d_]+")

DATE = re.compile(
    r"(?<![\d/-])(?:\d{1,2}([/-])\d{1,2}(?:\1\d{2,4})?|\d{4}([/-])\d{1,2}\2\d{1,2})(?![\d/-])"
)
SHORT_YEAR = re.compile(r"\d[/-]\d\d(?!\d)")
YEAR_RANGE = re.compile(r"(?<!\d)(\d\d)\d\d[/-](\d\d)(?!\d)")

TIME = re.compile(r"(?P<hour>[01]?\d|2[0-4])(?P<mark>[:.])(?P<minute>[0-5]\d)")

# Groups of three digits in the wrong order, as some Arabic word processors leave them: "000 10".
REVERSED = re.compile(r"(?<![\d.,])\d{3}(?: \d{3})* \d{1,3}(?![\d.,]*\d)")

# "3- " or "(3) " before the first word, which an English sentence does without, and the
# exponent of a unit of area or volume.
LIST_MARK = re.compile(r"^\W*\d{1,3}\s*[-.)]+\s*(?=[^\W\d])")
EXPONENT = re.compile(r"(?<!\w)(?:كم|سم|مم|م)\s?[23](?!\w)")

# Roman numerals up to 89. "I" alone is nearly always the pronoun, so it needs a hyphen: "type-I".
ROMAN = re.compile(
    r"\b(?:(?:XL|L?X{1,3}|L(?=[IVX]))(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3}|(?<=-)I)\b"
)
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def numbers(text: str) -> Counter[str]:
    """Count the numbers of Arabic or English `text` by value, in canonical form.

    The canonical form has Western digits, a point before decimals and no other mark: "1200",
    "3.5"; a time of day keeps its minutes ("10:30") unless they are zero. Where a mark can be
    read in two ways, a comma before exactly three digits groups thousands and a point is a
    decimal one. A percentage counts as its number; a range, a score or a date as each of its
    numbers.
    """
    return Counter(total(group) for group in groups(terms(plain(text))))


def added(source: str, hypothesis: str) -> list[str]:
    """Return the digit numbers of the English that the Arabic `source` has in no form.

    Numbers in Arabic words are not read yet: where the Arabic may hold a large one nothing is
    returned, where it may hold a small one only numbers above 99 are. Numbers up to 12 never
    are: clocks, months and ordinals bring them along. On the references of FLORES dev and
    devtest (2,009 sentences) it speaks once, of a row whose Arabic is another sentence's.
    """
    arabic = plain(source)
    if LARGE_WORD.search(arabic):
        return []
    small = 99 if SMALL_WORD.search(arabic) else LARGEST_SMALL
    known = {_digits(run) for run in DIGITS.findall(arabic)}
    known |= {run[-2:] for run in known if len(run) == 4}
    values = numbers(arabic)
    return [
        run
        for run in dict.fromkeys(DIGITS.findall(plain(hypothesis)))
        if _digits(run) not in known
        and not values.keys() & numbers(run).keys()
        and int(_digits(run)) > small
    ]


def _digits(run: str) -> str:
    """Return a number's digits without its marks; times and decimals compare by their digits."""
    return re.sub(r"\D", "", run)


def lost(source: str, hypothesis: str) -> list[str]:
    """Return the digit numbers of the Arabic `source` that the English has in no form.

    Lenient where translators are: "2" may be "both", "15/6" may be "June 15", 14:00 may be
    2 pm, and "10 to 12 million" may repeat the million or not. Numbers that head a list item
    and exponents of units are not looked for. How often a number occurs is not compared.
    """
    arabic = EXPONENT.sub(" ", LIST_MARK.sub("", plain(source)))
    wanted = list(groups(terms(arabic)))
    known = _Known.of(hypothesis, {term.scale for group in wanted for term in group})
    places = _Places.of(arabic)
    missing = [
        term.label
        for group in wanted
        if total(group) not in known.values
        for term in group
        if term.digits and not known.has(term, _forms(term, arabic, places))
    ]
    return list(dict.fromkeys(missing))


@dataclass(frozen=True, slots=True)
class _Known:
    """What an English text offers as equivalents of numbers.

    values: of its numbers, of words such as "both", and of its months as "month 6".
    bare, scaled: the mantissas of its numbers without a scale, and of those with a scale that
        the Arabic has too; scales: all that it has. They match "10 to 12 million" with
        "10 million to 12 million".
    """

    values: frozenset[str]
    bare: frozenset[str]
    scaled: frozenset[str]
    scales: frozenset[int]

    @classmethod
    def of(cls, text: str, scales: set[int]) -> _Known:
        """Read the English `text` for an Arabic one that has `scales`."""
        english = plain(text)
        sums = list(groups(terms(english)))
        found = [term for group in sums for term in group]
        letters = (SCALE_LETTERS[m.group(1)] for m in SCALED_BY_LETTER.finditer(english))
        return cls(
            values=frozenset(
                [
                    *(value for term in found for value in term.values),
                    *(total(group) for group in sums),
                    *_number_like(english),
                    *(_roman(match.group()) for match in ROMAN.finditer(text)),
                ]
            ),
            bare=frozenset(r for term in found if term.scale == 1 for r in term.readings),
            scaled=frozenset(r for t in found if t.scale in scales for r in t.readings),
            scales=frozenset([*(term.scale for term in found), *letters]),
        )

    def has(self, term: Term, forms: Iterable[str]) -> bool:
        """Tell whether the text has one of `forms`, or the mantissa and scale of `term` apart."""
        if not self.values.isdisjoint(forms):
            return True
        if ":" in term.readings[0]:
            # What looks like a time may be a score: "21:20" is "21-20".
            return self.values.issuperset(map(canonical, term.readings[0].split(":")))
        if term.scale == 1:
            return not self.scaled.isdisjoint(term.readings)
        return term.scale in self.scales and not self.bare.isdisjoint(term.readings)


def _number_like(english: str) -> Iterator[str]:
    """Yield the values that a plain English text has in other words than numbers."""
    for word in WORD.findall(english):
        if word in SYNONYMS:
            yield SYNONYMS[word]
        if word in MONTHS:
            yield f"month {MONTHS[word]}"
    for word in DOZENS.findall(english):
        if word in SMALL:
            yield str(12 * SMALL[word])
    for century, year in YEAR_RANGE.findall(english):
        yield century + year


@dataclass(frozen=True, slots=True)
class _Places:
    """Where an Arabic text has numbers that English writes differently, by their offsets."""

    dates: frozenset[int]
    regrouped: dict[int, str]

    @classmethod
    def of(cls, text: str) -> _Places:
        """Find the dates and the reversed groups of digits in a plain text."""
        return cls(
            frozenset(i for m in DATE.finditer(text) for i in range(m.start(), m.end())),
            {
                i: canonical("".join(reversed(m.group().split())))
                for m in REVERSED.finditer(text)
                for i in range(m.start(), m.end())
            },
        )


def _forms(term: Term, text: str, places: _Places) -> Iterator[str]:
    """Yield the values that stand for `term` in English, its own first."""
    yield from term.values
    yield from _clock_forms(term.printed)
    if term.start in places.dates:
        yield f"month {term.readings[0]}"
    if term.start in places.regrouped:
        yield places.regrouped[term.start]
    if term.start >= 2 and SHORT_YEAR.match(text, term.start - 2):
        yield from (f"19{term.printed}", f"20{term.printed}")


def _clock_forms(printed: str) -> Iterator[str]:
    """Yield how else a time of day may be written: on the other dial, with a point, bare."""
    found = TIME.fullmatch(printed)
    if not found:
        return
    hour, mark, minute = int(found["hour"]), found["mark"], found["minute"]
    for other in (h for h in (hour, hour + 12, hour - 12) if 0 <= h <= 24):
        yield clock(f"{other}:{minute}")
        # With a point it may be no time at all, and 3.15 must not pass as 315.
        if mark == ":":
            yield canonical(f"{other}.{minute}")
            yield canonical(f"{other}{minute}")


def _roman(numeral: str) -> str:
    values = [ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return str(sum(-v if v < n else v for v, n in zip(values, following, strict=True)))
