"""What can be wrong with a hypothesis, found by looking at it and its source alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from brief.models.generator import Hypothesis
from brief.translate.numbers import added, lost
from brief.translate.translation import Finding

__all__ = ["check", "is_silent", "needs_translation", "repeated_share", "severity"]

# Which fault is worse when every attempt has one. A text that says nothing is the worst; one
# that says too much comes next, because it hides what it left out.
SEVERITIES = {
    "empty": 100,
    "repetition": 20,
    "no-end": 20,
    "length": 8,
    "arabic-left": 4,
    "number-lost": 2,
    "number-added": 2,
}

ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f]")
ARABIC_RUN = re.compile("[\u0620-\u06d3\u0750-\u077f]+")
WORD = re.compile(r"\w+")

# A syllable four times over, "lalalala", or a digit nine times.
STUTTER = re.compile(r"([^\W\d_]{2,6}?)\1{3,}|(\d)\2{8,}")

# An n-gram this many times back to back is a loop. None of 8,900 real pairs has one that its
# Arabic has not (FLORES dev, UN development set, Syrian Archive: the pairs of all figures here).
LOOP_TIMES = 3
LONGEST_LOOP = 8

# Share of four-word sequences that stood in the text before: 0.1 at most in 99.5% of the pairs,
# 0.22 in the worst one. A model that loops gives 0.9 and more.
MOST_REPEATED = 0.25

# English characters for n of Arabic: between n × 0.6 - 12 and n × 2.2 + 25. The ratio is 1.2 in
# the median; of pairs with 80 characters or more, 0.1% lie below 0.51 and 0.1% above 2.5, and
# short ones scatter wider, which the constants allow for.
LEAST_RATIO, LEAST_SLACK = 0.6, 12
MOST_RATIO, MOST_SLACK = 2.2, 25


def needs_translation(source: str) -> bool:
    """Tell whether a normalised source has Arabic letters: without any it is already done."""
    return ARABIC_LETTER.search(source) is not None


def is_silent(source: str) -> bool:
    """Tell whether a source says nothing: no letter and no digit, such as "***" or "…"."""
    return not any(character.isalnum() for character in source)


def check(source: str, hypothesis: Hypothesis) -> tuple[Finding, ...]:
    """Return what is wrong with `hypothesis` as a translation of the normalised `source`."""
    text = hypothesis.text
    if not WORD.search(text):
        return (Finding("empty", "the model returned no text"),)
    findings = list(_unfinished(hypothesis))
    findings += _repetition(source, text)
    findings += _length(source, text)
    findings += _arabic_left(text)
    findings += _numbers_lost(source, text)
    findings += _numbers_added(source, text)
    return tuple(findings)


def severity(findings: Sequence[Finding]) -> int:
    """Weigh findings so that the better of two attempts is the one with less; 0 for none."""
    return sum(SEVERITIES[finding.kind] for finding in findings)


def _unfinished(hypothesis: Hypothesis) -> Iterator[Finding]:
    if not hypothesis.finished:
        yield Finding("no-end", "the model did not come to an end")


def _repetition(source: str, text: str) -> Iterator[Finding]:
    repeated = _loop(text) or _stutter(text)
    if repeated and not (_loop(source) or _stutter(source)):
        yield Finding("repetition", f"“{repeated}” is repeated over and over")
    elif not repeated and repeated_share(text) > MOST_REPEATED >= repeated_share(source):
        yield Finding("repetition", "the same words come again and again")


def _loop(text: str) -> str:
    """Return the first n-gram that stands at least three times back to back, or ""."""
    words = WORD.findall(text.lower())
    for size in range(1, LONGEST_LOOP + 1):
        same = 0
        for index in range(size, len(words)):
            same = same + 1 if words[index] == words[index - size] else 0
            if same >= size * (LOOP_TIMES - 1):
                return " ".join(words[index - size + 1 : index + 1])
    return ""


def _stutter(text: str) -> str:
    found = STUTTER.search(text.lower())
    return (found.group(1) or found.group(2)) if found else ""


def repeated_share(text: str) -> float:
    """Return the share of four-word sequences that stood in `text` before, from 0 to 1."""
    words = WORD.findall(text.lower())
    grams = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    total = sum(grams.values())
    return 1 - len(grams) / total if total else 0.0


def _length(source: str, text: str) -> Iterator[Finding]:
    sizes = f"{len(text)} characters of English for {len(source)} of Arabic"
    if len(text) > MOST_RATIO * len(source) + MOST_SLACK:
        yield Finding("length", sizes)
    elif len(text) < LEAST_RATIO * len(source) - LEAST_SLACK:
        yield Finding("length", f"only {sizes}")


def _arabic_left(text: str) -> Iterator[Finding]:
    left = ARABIC_RUN.search(text)
    if left:
        yield Finding("arabic-left", f"“{left.group()}” is left in Arabic")


def _numbers_lost(source: str, text: str) -> Iterator[Finding]:
    for value in lost(source, text):
        yield Finding("number-lost", f"{value} is in the Arabic but not in the English")


def _numbers_added(source: str, text: str) -> Iterator[Finding]:
    for value in added(source, text):
        yield Finding("number-added", f"{value} is in the English but not in the Arabic")
