"""Division of Arabic news text into sentences, by own rules, with character offsets.

1. A paragraph is a line; a sentence never crosses a line's end. A line without an end mark
   (a headline, a list item) is one sentence.
2. `.` `!` `?` `؟` `؛` `…` `..` end a sentence; a run of marks, also with spaces inside it, is
   one mark. Commas and colons do not. A full stop glued between two Arabic words does.
3. Quotation marks and brackets that close right after the mark stay with the sentence. A verb
   that names the speaker (`«…؟» سأل`) continues it, and so does a comma. A bracket in the middle
   of a sentence never ends it.
4. A quote or bracket of at most `quotes.SHORT` characters is never divided. A longer one is a
   speech and is divided like other text.
5. Numbers, dates, addresses, file names, initials, abbreviations and list markers keep their
   full stops.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from brief.articles import vocabulary as words
from brief.articles.article import Sentence
from brief.articles.letters import ARABIC_LETTERS
from brief.articles.normalize import remove_controls, remove_diacritics, remove_tatweel
from brief.articles.quotes import BRACKETS, CLOSING, OPENING, Pairs, find_pairs

__all__ = ["split"]

MARKS = ".!?؟؛…۔"
EITHER_WAY = "\"“'"  # close a quote where they do not open one
ONE_WAY = "»›)]}"  # never open a quote
LINKING = "،,;؛:-–—_/\\%٪&=+~^|'"  # after a mark, these continue the sentence
WINDOW = 40  # characters looked at on either side of a mark; longer than any abbreviation

MARK_RUN = re.compile(rf"[{MARKS}]+(?:\s+[.!?؟…]+(?=[\s\"{re.escape(CLOSING)}]|\Z))*")
GLUED_MARKS = re.compile(rf"[{MARKS}]+")
FOOTNOTE = re.compile(r"\[\d{1,3}\]")
SPACES = re.compile(r"\s*")
WORD_CHARACTER = re.compile(r"[^\W_]")
ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")

LAST_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
TOKEN_BEFORE_LAST = re.compile(r"([^\W_]+)\s+[^\W_]+\Z")
ADDRESS_PART = re.compile(r"[=/@&#_][\w.]*\Z")
NUMBER_BEFORE_LETTERS = re.compile(rf"\d(\s*)(?:[{ARABIC_LETTERS}]\.)*[{ARABIC_LETTERS}]\Z")
NEXT_WORD = re.compile(r"[^\W_]+")
LIST_MARKER = re.compile(rf"(?:\W*)(?:\d{{1,3}}|[{ARABIC_LETTERS}A-Za-z]|[ivxIVX]{{1,4}})")
NUMBER_AFTER_COLON = re.compile(r"[:،؛]\s*\d{1,2}\Z")
AFTER_OPENING = re.compile(rf":\s*[\"”]\Z|[{re.escape(OPENING)}]\Z")
ARABIC_DOMAIN = re.compile(r"(?:نت|كوم|أورغ)\b")

ADDRESS_END = r"[^\s«»\"“”<>،؛]"
PROTECTED = re.compile(
    rf"(?:https?|ftp)://{ADDRESS_END}+|(?<![\w.])www\.{ADDRESS_END}+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w.-])(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,}}/{ADDRESS_END}*"
    r"|(?<![\d.])\d{1,2}\.\s\d{1,2}\.\s\d{4}(?!\d)"
)
ADDRESS_TAIL = ".?؟؛…)]'’"  # an address may well end in "!"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands around a mark: up to `WINDOW` characters, without vowel and direction signs.

    before: from the sentence's start, or nearer, to the mark.
    mark: the run of marks, without spaces.
    after: what follows the mark, the quotes that close after it, and white space.
    glued: whether no white space stands before `after`.
    """

    before: str
    mark: str
    after: str
    glued: bool

    @property
    def left(self) -> str:
        """The character before the mark, or ""."""
        return self.before[-1:]

    @property
    def right(self) -> str:
        """The first character of what follows, or ""."""
        return self.after[:1]

    @property
    def token(self) -> str:
        """The word before the mark, with its inner full stops, or ""."""
        found = LAST_TOKEN.search(self.before)
        return found.group() if found else ""

    @property
    def next_word(self) -> str:
        """The word after the mark, or "" where something else follows."""
        found = NEXT_WORD.match(self.after)
        return found.group() if found else ""


def split(text: str) -> list[Sentence]:
    """Return the sentences of `text`, in order; offsets are in characters.

    White space alone stands before, between and after them, so the text can be rebuilt. A line
    that holds only signs is a sentence too. Takes time linear in the length of `text`.
    """
    sentences: list[Sentence] = []
    paragraph = offset = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            for start, end in pieces(line):
                place = (offset + start, offset + end)
                sentences.append(Sentence(len(sentences), paragraph, *place, line[start:end]))
            paragraph += 1
        offset += len(line)
    return sentences


def pieces(line: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of `line`, white space trimmed."""
    start = 0
    for end in (*cuts(line), len(line)):
        piece = line[start:end]
        left = len(piece) - len(piece.lstrip())
        if left < len(piece):
            yield start + left, start + len(piece.rstrip())
        start = end


def cuts(line: str) -> list[int]:
    """Return the positions after which a new sentence begins, in order."""
    pairs, protected = find_pairs(line), protected_spans(line)
    found: list[int] = []
    start = seen = 0
    filled = False
    for run in MARK_RUN.finditer(line):
        if run.start() < seen or is_inside(run.start(), protected):
            continue
        filled = filled or bool(WORD_CHARACTER.search(line, seen, run.start()))
        seen, opener = ending(line, run.end(), pairs)
        if filled and ends_sentence(line, start, run, seen, opener, pairs):
            found.append(seen)
            start, filled = seen, False
    if found and not WORD_CHARACTER.search(line, found[-1]):
        found.pop()
    return found


def protected_spans(line: str) -> list[tuple[int, int]]:
    """Return start and end of the addresses and spaced dates in `line`, end marks left out."""
    return [
        (found.start(), found.start() + len(found.group().rstrip(ADDRESS_TAIL)))
        for found in PROTECTED.finditer(line)
    ]


def is_inside(position: int, spans: list[tuple[int, int]]) -> bool:
    """Say whether `position` lies inside one of the sorted `spans`."""
    before = bisect_left(spans, (position + 1, 0))
    return before > 0 and position < spans[before - 1][1]


def ending(line: str, position: int, pairs: Pairs) -> tuple[int, int | None]:
    """Return where the sentence ends that has a mark before `position`, closing quotes included.

    Also returns where the quote opens that closes last: None where the mark comes last, -1
    where the closing quote has no partner.
    """
    opener: int | None = None
    while True:
        closing = closing_at(line, position, pairs)
        if closing is not None:
            opener = pairs.partner.get(closing, -1)
            position = closing + 1
        elif opener is not None and (marks := GLUED_MARKS.match(line, position)):
            opener, position = None, marks.end()
        elif note := FOOTNOTE.match(line, position):
            position = note.end()
        else:
            return position, opener


def closing_at(line: str, position: int, pairs: Pairs) -> int | None:
    """Return where a quote closes at `position`, or after the white space there, or None."""
    after = skip_spaces(line, position)
    if after in pairs.partner:
        return after
    mark, following = line[after : after + 1], line[after + 1 : after + 2]
    signs = CLOSING + EITHER_WAY if after == position else ONE_WAY
    loose = mark != "" and mark in signs and after not in pairs.openers
    return after if loose and not following.isalnum() else None


def ends_sentence(
    line: str, start: int, run: re.Match[str], end: int, opener: int | None, pairs: Pairs
) -> bool:
    """Say whether the sentence from `start` ends at `end`, after the marks of `run`."""
    if pairs.divides_short(end) or run.start() - 1 in pairs.openers:
        return False
    place = look_around(line, start, run, end)
    if not place.after:
        return False
    if opener is not None and opener >= 0 and line[opener] in BRACKETS:
        return skip_spaces(line, start) == opener
    if opener is not None and resumes(place):
        return False
    return mark_ends(place, quoted=opener is not None)


def look_around(line: str, start: int, run: re.Match[str], end: int) -> Place:
    """Return what stands around the marks of `run`, in the sentence from `start` to `end`."""
    after = skip_spaces(line, end)
    return Place(
        before=clean(line[max(start, run.start() - WINDOW) : run.start()]),
        mark="".join(run.group().split()),
        after=clean(line[after : after + WINDOW]).lstrip(),
        glued=after == end,
    )


def skip_spaces(line: str, position: int) -> int:
    """Return where the white space from `position` on ends."""
    spaces = SPACES.match(line, position)
    return spaces.end() if spaces else position


def clean(text: str) -> str:
    """Return `text` without vowel signs, tatweel and direction signs."""
    return remove_controls(remove_diacritics(remove_tatweel(text)))


def resumes(place: Place) -> bool:
    """Say whether a sentence goes on after a quote that ends in a mark."""
    word = place.next_word
    if place.right in LINKING or word in words.REPORTING:
        return True
    if place.mark == ".":
        return False
    return word in words.CONTINUING or (word[:1] in ("و", "ف") and word[1:] in words.REPORTING)


def mark_ends(place: Place, *, quoted: bool) -> bool:
    """Say whether the mark ends a sentence, judged by its kind and by what stands around it."""
    if continues_in_latin(place):
        return False
    if place.mark in (".", "۔"):
        return quoted or full_stop_ends(place)
    if set(place.mark) <= set(".…"):
        return ellipsis_ends(place)
    return place.right not in LINKING or place.right in "-–—"


def continues_in_latin(place: Place) -> bool:
    """Say whether Latin text goes on: in lower case, or glued to the mark."""
    if not LATIN_LETTER.match(place.right) or not place.left.isascii():
        return False
    return place.right.islower() or (place.glued and place.left.isalnum())


def ellipsis_ends(place: Place) -> bool:
    """Say whether dots end a sentence: something new follows, not a continuation."""
    if AFTER_OPENING.search(place.before) or place.right in LINKING or place.right.islower():
        return False
    if place.before.rstrip()[-1:].isdigit() and place.right.isdigit():
        return False
    return place.next_word not in words.ENUMERATION_TAILS


def full_stop_ends(place: Place) -> bool:
    """Say whether a single full stop ends a sentence."""
    if is_list_marker(place) or is_abbreviation(place):
        return False
    return full_stop_divides(place) if place.glued else place.right not in "،,;؛:"


def full_stop_divides(place: Place) -> bool:
    """Say whether a full stop that the next text is glued to ends a sentence."""
    if place.right in LINKING or ARABIC_DOMAIN.match(place.after):
        return False
    if place.right.isdigit():
        return bool(ARABIC_LETTER.match(place.left))
    if LATIN_LETTER.match(place.right):
        return bool(ARABIC_LETTER.match(place.left)) and place.right.isupper()
    return True


def is_list_marker(place: Place) -> bool:
    """Say whether the full stop belongs to a list marker, such as `1.` or `أ.`."""
    return bool(LIST_MARKER.fullmatch(place.before) or NUMBER_AFTER_COLON.search(place.before))


def is_abbreviation(place: Place) -> bool:
    """Say whether the full stop belongs to an abbreviation or an initial."""
    last = place.token.rpartition(".")[2].lower()
    if not last or last.isdigit() or ADDRESS_PART.search(place.before):
        return False
    if unit := NUMBER_BEFORE_LETTERS.search(place.before):
        return is_unfinished_unit(place, spaced=bool(unit.group(1)))
    if last in words.TAILS:
        return place.next_word in words.CONTINUING
    if last in words.BEFORE_NUMBERS:
        return place.right.isdigit()
    return (
        len(last.removeprefix("و")) <= 1
        or is_letter_name(place, last)
        or is_latin_abbreviation(place, last)
    )


def is_unfinished_unit(place: Place, *, spaced: bool) -> bool:
    """Say whether the sentence goes on after a number and a unit of one letter."""
    if place.left not in words.UNITS:
        return True
    return spaced and place.next_word in words.CONTINUING


def is_letter_name(place: Place, last: str) -> bool:
    """Say whether `last` is an initial spelled in Arabic, not the end of a spelled acronym."""
    if last not in words.LETTER_NAMES:
        return False
    before = TOKEN_BEFORE_LAST.search(place.before)
    return not before or before.group(1) not in words.LETTER_NAMES | {"بي"}


def is_latin_abbreviation(place: Place, last: str) -> bool:
    """Say whether `last` is a Latin abbreviation that the sentence goes on after."""
    if last in words.BEFORE_NAMES:
        return True
    return last in words.LATIN_TAILS and not place.next_word.startswith("و")
