"""Long sentences cut into pieces that a model can take, and translated pieces joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

__all__ = ["split", "stitch"]

# A word with the space after it. A comma or semicolon ends a word even where no space follows.
WORD = re.compile(r"[^\s،؛]+[،؛]*\s*|[،؛]+\s*|\s+")

# How softly a sentence can be cut at a boundary between two words; higher is softer.
STRONG, COMMA, CONJUNCTION, PLAIN, TIGHT, INSIDE = 5, 4, 3, 2, 1, 0

STRONG_END = re.compile(r"[؛;.!?؟][\"')\]]*\s*$")
COMMA_END = re.compile(r"[،,:][\"')\]]*\s*$")
DIGIT = re.compile(r"\d")

# Words that open a clause, in the spelling of `for_model`. A و before a verb does too: verbs of
# saying that news is full of, and the prefixes of the present tense.
CLAUSE_OPENERS = (
    "ثم حيث بينما فيما لكن ولكن لكنه لكنها كما اذ حين عندما بعدما قبلما مما علما فضلا غير الا "
    "وحيث وبينما وفيما وكما واذ وذلك وهو وهي وقد ولم ولن ولا وان وانه وانها"
)
CONJUNCTIONS = frozenset(CLAUSE_OPENERS.split())
AND_VERB = re.compile(
    r"و(?:[يتن]\w{3,}|كان|كانت|قال|قالت|اضاف|اضافت|اكد|اكدت|اشار|اشارت|اوضح|اوضحت|ذكر|ذكرت|"
    r"اعلن|اعلنت|جاء|جاءت|شدد|شددت|دعا|دعت|طالب|طالبت|نقل|نقلت|راي|لفت|صرح|بدا|اصبح)\W*$"
)

# A soft boundary is passed by where it would leave, before or after it, less than this share of
# the tokens of an even division: a scrap would be translated without context.
SMALLEST_SHARE = 0.3

# English words that are written small inside a sentence, whatever follows them.
FUNCTION_WORDS = (
    "a after also although an and as at because before but by during for from he her his however "
    "if in including into it its on or our she since so some such that the their there these they "
    "this those though to under until we when where which while who with without"
)
SMALL_WORDS = frozenset(FUNCTION_WORDS.split())
FIRST_WORD = re.compile(r"[A-Z][a-z]*(?=[\s,])")
ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|Jr|Sr|Co|Inc|Ltd|Gen|Col)|\.\.)\.$")
CLOSING = re.compile(r"^[,.;:!?)\]%]")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with the white space after it, and how softly the text can be cut after it."""

    text: str
    tokens: int
    softness: int = PLAIN


def split(text: str, limit: int, count: Callable[[str], int]) -> list[str]:
    """Cut `text` into pieces of at most `limit` tokens as `count` counts them.

    Joined, the pieces give `text` back exactly. A text within the limit is one piece; a longer
    one is cut where it is softest: after ؛ or a full stop, after ، or a colon, before a
    conjunction, between two words, and inside a word only where the word alone is too long.
    Every distinct word is counted once, so the time grows with the length of the text.
    """
    if not text or count(text) <= limit:
        return [text] if text else []
    words = _words(text, limit, cache(count))
    return [piece for group in _groups(words, limit) for piece in _fit(group, limit, count)]


def _fit(words: Sequence[_Word], limit: int, count: Callable[[str], int]) -> Iterator[str]:
    """Yield the words as one piece, or in halves where a tokenizer finds more than their sum."""
    text = "".join(word.text for word in words)
    if len(words) == 1 or count(text.strip()) <= limit:
        yield text
    else:
        middle = len(words) // 2
        yield from _fit(words[:middle], limit, count)
        yield from _fit(words[middle:], limit, count)


def _words(text: str, limit: int, count: Callable[[str], int]) -> list[_Word]:
    raw = WORD.findall(text)
    words: list[_Word] = []
    for word, following in zip(raw, [*raw[1:], ""], strict=True):
        softness = _softness(word, following)
        parts = list(_parts(word, limit, count))
        words += [_Word(part, count(part), INSIDE) for part in parts[:-1]]
        words.append(_Word(parts[-1], count(parts[-1].strip()), softness))
    return words


def _parts(word: str, limit: int, count: Callable[[str], int]) -> Iterator[str]:
    """Yield the word, or its halves' halves where it is too long: cut, never shortened."""
    if len(word) == 1 or count(word.strip()) <= limit:
        yield word
    else:
        middle = len(word) // 2
        yield from _parts(word[:middle], limit, count)
        yield from _parts(word[middle:], limit, count)


def _softness(word: str, following: str) -> int:
    if STRONG_END.search(word):
        return STRONG
    if COMMA_END.search(word):
        return COMMA
    if following.strip() in CONJUNCTIONS or AND_VERB.match(following):
        return CONJUNCTION
    # A number keeps to its neighbours: "3 ملايين" cut in two is another number.
    return TIGHT if DIGIT.search(word) or DIGIT.search(following) else PLAIN


def _groups(words: Sequence[_Word], limit: int) -> Iterator[Sequence[_Word]]:
    """Yield runs of words within the limit, as few and as even as soft boundaries allow."""
    start, rest = 0, sum(word.tokens for word in words)
    while start < len(words):
        end, taken = _next_cut(words, start, rest, limit)
        yield words[start:end]
        start, rest = end, rest - taken


def _next_cut(words: Sequence[_Word], start: int, rest: int, limit: int) -> tuple[int, int]:
    """Return where the piece that begins at `start` ends, and how many tokens it has."""
    if rest <= limit:
        return len(words), rest
    even = rest / -(-rest // limit)
    taken, best, cut = 0, (-1, 0.0), (start + 1, words[start].tokens)
    for index in range(start, len(words)):
        taken += words[index].tokens
        if taken > limit:
            break
        scrap = min(taken, rest - taken) < SMALLEST_SHARE * even
        softness = -1 if scrap else words[index].softness
        quality = (softness, -abs(taken - even))
        if index == start or quality > best:
            best, cut = quality, (index + 1, taken)
    return cut


def stitch(sources: Sequence[str], texts: Sequence[str]) -> str:
    """Join the translations of the pieces of one sentence into one sentence.

    A full stop that the model put where the source goes on becomes a comma, or nothing where
    the source has no mark there either; the next piece then begins small if it begins with a
    word such as "the". A word that was cut and came through unchanged is put together again.
    """
    joined = ""
    previous = ""
    for source, text in zip(sources, (text.strip() for text in texts), strict=True):
        if not text:
            continue
        joined = _join(joined, text, previous)
        previous = source
    return joined


def _join(head: str, tail: str, source: str) -> str:
    """Append `tail` to `head`, which translates the piece `source`."""
    if not head:
        return tail
    if not source[-1:].isspace() and head.endswith(source):
        return head + tail
    ends_sentence = source.rstrip().rstrip("\"')]")[-1:] in (".", "!", "?", "؟")
    if not ends_sentence:
        head, tail = _reopened(head, source), _small(tail)
    return head + tail if CLOSING.match(tail) else f"{head} {tail}"


def _reopened(head: str, source: str) -> str:
    """Take the full stop off a text that goes on; a comma stands in where the source has one."""
    if not head.endswith(".") or ABBREVIATION.search(head):
        return head
    mark = {"؛": ";", ";": ";", "،": ",", ",": ",", ":": ":"}.get(source.rstrip()[-1:], "")
    return head[:-1].rstrip() + mark


def _small(text: str) -> str:
    first = FIRST_WORD.match(text)
    if first and first.group().lower() in SMALL_WORDS:
        return text[0].lower() + text[1:]
    return text
