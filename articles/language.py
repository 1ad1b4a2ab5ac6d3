"""Whether a text is Arabic, and not English or another language in the Arabic script.

Judged by the share of Arabic letters, then by words: each language's commonest function words
and the letters that only it uses, against the endings and particles of Arabic. Letters alone
would not do, since many Arabic keyboards type the Persian kaf and yeh.
"""

from __future__ import annotations

import re

from brief.articles.letters import ARABIC_LETTERS
from brief.articles.normalize import fold_persian_letters, remove_diacritics, remove_tatweel
from brief.articles.vocabulary import words
from brief.errors import InputError

__all__ = ["arabic_share", "check_arabic"]

# Least share of Arabic-script letters among the letters; the lowest of 119 news articles, with
# addresses and English names in them, has 0.83.
LEAST_SHARE = 0.3

SAMPLE = 500_000  # characters looked at: enough to tell, in the same time for any length

LETTER = re.compile(r"[^\W\d_\u0640]")
ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
WORD = re.compile(r"[^\W\d_]+")

ARABIC_WORDS = words(
    "في من على إلى عن أن إن ان التي الذي هذا هذه ذلك كان كانت قد لا لم ما بين بعد مع قال وقال كما "
    "عند كل أو ثم هو هي خلال حيث منذ غير أي حتى وهو وهي وفي ومن وعلى أنه لكن ولا يوم اليوم"
)
ARABIC_FORM = re.compile("(?:[وفبك]?ال|لل|ولل).{2,}|.{2,}[ةى]|.{2,}(?:ات|ية|ون|ين)")

# Written with the Arabic kaf and yeh, as the words are compared after folding.
FOREIGN = {
    "Persian": (
        re.compile("[پچژگ]"),
        words(
            "كه است اين را مي از با براي در آن شد شده كرد كرده بود هاي ها خود هم تا نيز يك ميشود "
            "كند كنند گفت بايد شود دارد اند نيست"
        ),
    ),
    "Urdu": (
        re.compile("[ٹڈڑےںہھ]"),
        words("كے مي كي كا ہے ہيں ميں سے نے اور كو پر يہ كہ اس ہو تها اپنے كر بهي جو"),
    ),
    "Pashto": (
        re.compile("[ښځړټډڼېۍ]"),
        words("د په چې دې او سره كې يې هغه كړي"),
    ),
    "Kurdish": (
        re.compile("[ێۆڕڵڤە]"),
        words("لە بۆ كە بە ئەو و ئەم بوو دەكات"),
    ),
}


def check_arabic(text: str, origin: str) -> None:
    """Raise InputError unless `text` is Arabic; `origin` names it in the message."""
    if not text.strip():
        raise InputError(f"{origin} is empty: give a file that holds an Arabic article.")
    text = text[:SAMPLE]
    share = arabic_share(text)
    if share < LEAST_SHARE:
        raise InputError(
            f"{origin} does not look like Arabic: {share:.0%} of its letters are Arabic "
            f"(at least {LEAST_SHARE:.0%} needed); give an Arabic article, or the right --encoding."
        )
    if language := foreign_language(text):
        raise InputError(
            f"{origin} looks like {language}, not Arabic; only Arabic articles can be briefed."
        )


def arabic_share(text: str) -> float:
    """Return the share, 0 to 1, of letters of the Arabic script among the letters of `text`."""
    letters = len(LETTER.findall(text))
    return len(ARABIC_LETTER.findall(text)) / letters if letters else 0.0


def foreign_language(text: str) -> str | None:
    """Return the language that `text` looks like more than like Arabic, or None."""
    plain = fold_persian_letters(remove_tatweel(remove_diacritics(text)))
    found = WORD.findall(plain)
    counts = {language: count_foreign(found, language) for language in FOREIGN}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > sum(map(looks_arabic, found)) else None


def looks_arabic(word: str) -> bool:
    """Say whether `word` is a common Arabic word or has an Arabic article or ending."""
    return word in ARABIC_WORDS or ARABIC_FORM.fullmatch(word) is not None


def count_foreign(found: list[str], language: str) -> int:
    """Count the words that `language` marks as its own, by a letter or as a whole.

    One word alone counts for nothing, nor do letters without such words: foreign names in an
    Arabic text have them too.
    """
    letters, own = FOREIGN[language]
    function_words = sum(word in own for word in found)
    lettered = sum(word not in own and letters.search(word) is not None for word in found)
    return function_words + lettered if function_words + lettered > 1 and function_words else 0
