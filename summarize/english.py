"""English sentences: where they end, what they say, how they look."""

import re

__all__ = ["complete", "content_words", "split_sentences", "tidy", "words"]

# Words whose full stop does not end a sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col sgt capt sen rep gov st jr sr vs etc no nos inc ltd co corp "
    "dept est fig jan feb mar apr jun jul aug sep sept oct nov dec al a.m p.m e.g i.e".split()
)

# A mark that may end a sentence, closing quotes and brackets, then space and a new beginning.
BOUNDARY = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
LAST_WORD = re.compile(r"([\w.]+)\.$")
INITIALS = re.compile(r"(?:^|\W)(?:[A-Z]\.)+$")

# "word ." as models that were trained on tokenised text write it; never inside "3 .5".
SPACE_BEFORE_MARK = re.compile(r"(?<=[^\W\d]) +([.,;:!?])(?=\s|$)")

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")

STOP_WORDS = frozenset(
    "a about after again against all also although am among an and another any are as at be "
    "because been before being between both but by can could did do does during each either else "
    "even ever for from had has have having he her here hers him himself his how however i if in "
    "into is it its itself just may me might more most much must my no nor not now of off on once "
    "one only or other others our out over own per same shall she should since so some such than "
    "that the their them themselves then there these they this those though through thus to too "
    "under until up upon us very was we were what when where whether which while who whom whose "
    "why will with within without would yet you your said says say saying added told according s "
    "t re ve ll d".split()
)


def split_sentences(text: str) -> list[str]:
    """Split English `text` into sentences; joined by spaces they give the text back."""
    sentences, start = [], 0
    for mark in BOUNDARY.finditer(text):
        head = text[start : mark.end()].rstrip()
        if not _ends_in_abbreviation(head):
            sentences.append(head)
            start = mark.end()
    tail = text[start:].strip()
    return [*sentences, tail] if tail else sentences


def _ends_in_abbreviation(head: str) -> bool:
    if INITIALS.search(head):
        return True
    last = LAST_WORD.search(head)
    return last is not None and last.group(1).lower() in ABBREVIATIONS


def words(text: str) -> list[str]:
    """Return the words and numbers of `text`, in lower case, without punctuation."""
    return [word.lower() for word in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """Return the words of `text` that carry its meaning: no articles, pronouns or auxiliaries."""
    return [word for word in words(text) if word not in STOP_WORDS]


def complete(sentence: str) -> bool:
    """Tell whether `sentence` ends as a sentence does."""
    return sentence.rstrip("\"'”’)] ").endswith((".", "!", "?"))


def tidy(sentence: str) -> str:
    """Return `sentence` with single spaces, an initial capital and a final full stop.

    Nothing else changes: what a number or name looks like is left alone.
    """
    text = SPACE_BEFORE_MARK.sub(r"\1", " ".join(sentence.split()))
    if text[:1].islower():
        text = text[0].upper() + text[1:]
    return text if not text or complete(text) else text.rstrip(",;:- ") + "."
