"""The words of an English sentence as the check of support compares them.

The word lists and constants were set on tests/support.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from brief.summarize.english import STOP_WORDS, WORD
from brief.translate.numbers import numbers

__all__ = [
    "CONDITIONS",
    "DETERMINERS",
    "FREE",
    "JOINED",
    "LEAVING",
    "OPENING",
    "PAUSE",
    "PRONOUNS",
    "REPORTED",
    "Token",
    "same",
    "tokens",
]

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


def same(want: Token, have: Token) -> bool:
    """Tell whether two words are the same but for inflection or the spelling of a name."""
    if want.stem == have.stem:
        return True
    return want.kind == have.kind == "name" and _same_name(want.stem, have.stem)


def _same_name(one: str, two: str) -> bool:
    heard = {UNHEARD.sub("", name.translate(SOUNDS)) for name in (one, two)}
    return len(heard) == 1 and fuzz.ratio(one, two) >= SAME_NAME


def tokens(text: str) -> tuple[Token, ...]:
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
