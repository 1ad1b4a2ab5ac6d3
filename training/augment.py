"""Pairs in the other forms that users will bring; pure functions of a pair and a random state."""

from __future__ import annotations

import random
import re

from brief.translate.terminology import Lexicon, Match, mark

__all__ = ["other_numbers", "other_spelling", "with_terms"]

# A whole number of two digits or more that stands alone: not a date, decimal or time.
NUMBER = re.compile(r"(?<![\w.,/:-])\d{2,6}(?![\w/:-]|[.,]\d)")
FIRST_YEAR, LAST_YEAR = 1900, 2029
FINAL_MARBUTA = re.compile(r"ة\b")

# At most so many terms are marked in a sentence: a glossary rarely knows more.
MOST_MARKED = 3
# Shorter words without a capital, such as "from", are no terms.
SHORTEST_TERM = 5


def with_terms(source: str, target: str, lexicon: Lexicon, rng: random.Random) -> str:
    """Return `source` with known terms marked where `target` has their translation."""
    found: list[tuple[Match, str]] = []
    for match in lexicon.find(source):
        usable = [
            english
            for english in match.translations
            if (len(english) >= SHORTEST_TERM or not english.islower())
            and _stands_in(english, target)
        ]
        if usable:
            found.append((match, max(usable, key=len)))
    chosen = sorted(rng.sample(range(len(found)), min(len(found), rng.randint(1, MOST_MARKED))))
    return mark(source, [found[index] for index in chosen])


def _stands_in(term: str, text: str) -> bool:
    start = text.find(term)
    while start >= 0:
        end = start + len(term)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            return True
        start = text.find(term, start + 1)
    return False


def other_numbers(source: str, target: str, rng: random.Random) -> tuple[str, str]:
    """Replace each number that stands once on either side by another of its kind, on both.

    A model that sees each sentence with many numbers learns to copy them. What may be a year
    stays a year.
    """
    in_target = NUMBER.findall(target)
    in_source = NUMBER.findall(source)
    others = {
        number: _another(number, rng)
        for number in in_source
        if in_source.count(number) == in_target.count(number) == 1
    }

    def replaced(found: re.Match[str]) -> str:
        return others.get(found.group(), found.group())

    return NUMBER.sub(replaced, source), NUMBER.sub(replaced, target)


def _another(number: str, rng: random.Random) -> str:
    if len(number) == 4 and FIRST_YEAR <= int(number) <= LAST_YEAR:
        return str(rng.randrange(FIRST_YEAR, LAST_YEAR + 1))
    first = str(rng.randrange(1, 10)) if number[0] != "0" else "0"
    return first + "".join(str(rng.randrange(10)) for _ in number[1:])


def other_spelling(source: str) -> str:
    """Return `source` with a final ة written ه, as hurried writers do."""
    return FINAL_MARBUTA.sub("ه", source)
