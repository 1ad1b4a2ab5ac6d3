"""Bytes to text: which encoding an Arabic file is in.

1. A byte order mark decides.
2. UTF-16 without one shows by the high bytes 00 and 06 in every second place.
3. UTF-8 decides where every byte is valid.
4. Among the 8-bit encodings, the one that gives the likeliest Arabic; charset-normalizer is
   asked where that is a close call.

The text keeps its line ends; only the byte order mark is dropped.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from brief.errors import InputError

__all__ = ["arabic_likelihood", "decode"]

BOMS = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# First bytes of files that are not text, and what to call them.
BINARY = (
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or Word document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word document"),
    (b"{\\rtf", "RTF document"),
    (b"\x89PNG\r\n", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
    (b"\x1f\x8b\x08", "gzip archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"SQLite format 3\x00", "SQLite database"),
)

# Letters by how often news text uses them, most frequent first.
FREQUENT = "اليمونرتبعدةهفسقكحأجشصخطذىزضغءإثئظآؤ"
WEIGHTS = {letter: 1 - rank / len(FREQUENT) for rank, letter in enumerate(FREQUENT)}
WEIGHTS |= dict.fromkeys("،؛؟«»“”‘’…–—\u00a0\u200c\u200d\u200e\u200fـ٠١٢٣٤٥٦٧٨٩٪", 0.2)
WEIGHTS |= dict.fromkeys("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", 0.2)
WEIGHTS |= dict.fromkeys("پچژگکٹڈڑںےھہ", -1.0)
UNLIKELY = -2.0  # a Latin letter within the word, with an accent or without, a sign, a box
CONTROL = -5.0  # no text holds these
CERTAIN_LEAD = 0.15  # a lead in likelihood that needs no second opinion

# With the Latin letters on either side: they stand in words that are not Arabic.
RUN = re.compile(r"[A-Za-z]?[^\x00-\x7f]+[A-Za-z]?")
SAMPLE = 20_000  # runs looked at
COMMON_WORD = re.compile("(?:و?(?:في|من|على|إلى|عن|أن|إن|أو|ما|لا|مع)|[وفبك]?ال.{2,}|لل.{2,})")
COMMON_WORD_BONUS = 0.5

SURROGATE = re.compile("[\ud800-\udfff]")
ARABIC_LETTER = re.compile("[\u0621-\u064a]")

# Letters stand in the same places in ISO-8859-6 and MacArabic; these bytes are controls, the
# soft hyphen or nothing in the first, punctuation and digits in the second.
NOT_ISO = re.compile(rb"[\x80-\x9f\xa1-\xa3\xa5-\xab\xad-\xba\xbc-\xbe\xc0\xdb-\xdf\xf3-\xff]")

CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19]")
UTF16_HIGH_BYTES = (b"\x00", b"\x06", b"\x20", b"\xfb", b"\xfe")
UTF16_SHARE = 0.8  # of every second byte; other encodings stay far below


def decode(data: bytes, origin: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text in `data` and Python's name of the codec that it was read with.

    `data.decode(name)` gives the same text, byte order mark apart. `encoding` overrides the
    guess; `origin` names the source in messages. Raises InputError where the bytes are no text,
    do not decode, or where no encoding gives Arabic.
    """
    refuse_binary(data, origin)
    name = codec_name(encoding, origin) if encoding else guess(data, origin)
    try:
        text = data.decode(name)
    except UnicodeError as error:
        raise InputError(undecodable(origin, name, error)) from error
    text = text.removeprefix("\ufeff")
    if SURROGATE.search(text):
        raise InputError(
            f"{origin} holds half characters (surrogates) in {name}: save it as UTF-8 again."
        )
    return text, name


def refuse_binary(data: bytes, origin: str) -> None:
    """Raise InputError where `data` begins like a file format that is not plain text."""
    for magic, kind in BINARY:
        if data.startswith(magic):
            raise InputError(
                f"{origin} is not text but a {kind}: extract its text first, "
                "and give the result as a .txt file."
            )


def codec_name(encoding: str, origin: str) -> str:
    """Return Python's name of the text codec `encoding`; raise InputError where there is none."""
    try:
        name = codecs.lookup(encoding).name
        " ".encode(name)
    except (LookupError, ValueError) as error:
        raise InputError(
            f"{origin} cannot be read with the unknown encoding {encoding!r}: "
            "try utf-8, cp1256, iso-8859-6 or utf-16, or leave --encoding out."
        ) from error
    return name


def undecodable(origin: str, name: str, error: UnicodeError) -> str:
    """Return the message for bytes that codec `name` cannot read."""
    place = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
    return (
        f"{origin} is not valid {name}{place}: repair the file, "
        "or name another encoding with --encoding."
    )


def guess(data: bytes, origin: str) -> str:
    """Return the codec that `data` is in; raise InputError where it is none that brief knows."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    if utf16 := utf16_name(data):
        return utf16
    if b"\0" in data or len(CONTROLS.findall(data)) > len(data) // 20:
        raise InputError(f"{origin} is not text: give a .txt, .md or .html file.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if is_damaged_utf8(data):
            raise InputError(undecodable(origin, "utf-8", error)) from error
        return guess_legacy(data, origin)
    return "utf-8"


def utf16_name(data: bytes) -> str | None:
    """Return the UTF-16 codec of `data` without a byte order mark, or None."""
    even, odd = data[0::2], data[1::2]
    for name, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        arabic_or_ascii = sum(high.count(byte) for byte in UTF16_HIGH_BYTES[:2])
        if not arabic_or_ascii or len(low) != len(high) or b"\0" in low:
            continue
        if sum(high.count(byte) for byte in UTF16_HIGH_BYTES) >= UTF16_SHARE * len(high):
            return name
    return None


def is_damaged_utf8(data: bytes) -> bool:
    """Say whether `data` is UTF-8 in the main, with a few bytes that are not."""
    text = data.decode("utf-8", errors="replace")
    return len(ARABIC_LETTER.findall(text)) > 4 * text.count("\ufffd")


def guess_legacy(data: bytes, origin: str) -> str:
    """Return the 8-bit codec that gives the likeliest Arabic; raise InputError if none does."""
    rival = "mac-arabic" if NOT_ISO.search(data) or has_mac_spaces(data) else "iso8859-6"
    scores = {name: arabic_likelihood(data.decode(name)) for name in ("cp1256", rival)}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] <= 0:
        raise InputError(
            f"{origin} is in no encoding that gives Arabic text: name it with --encoding, "
            "or save the file as UTF-8."
        )
    if abs(scores["cp1256"] - scores[rival]) < CERTAIN_LEAD:
        return second_opinion(data, rival)
    return best


def has_mac_spaces(data: bytes) -> bool:
    """Say whether most spaces are MacArabic's second one, which ISO-8859-6 uses for another."""
    return data.count(b"\xa0") > data.count(b" ")


def second_opinion(data: bytes, rival: str) -> str:
    """Return what charset-normalizer takes `data` for: cp1256 or `rival`."""
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=["cp1256", rival]).best()
    return codecs.lookup(match.encoding).name if match else "cp1256"


def arabic_likelihood(text: str) -> float:
    """Return how much the non-ASCII part of `text` looks like Arabic: above 0 likely, at most 1.5.

    The mean weight of its characters, by letter frequency, and a bonus for the share of words
    that are common or begin with the article.
    """
    runs = [run.group() for run in islice(RUN.finditer(text), SAMPLE)]
    characters = "".join(runs)
    if not characters:
        return 0.0
    letters = sum(map(weight, characters)) / len(characters)
    common = sum(1 for run in runs if COMMON_WORD.fullmatch(run)) / len(runs)
    return letters + COMMON_WORD_BONUS * common


def weight(character: str) -> float:
    """Return how likely `character` is in Arabic text, -5 to 1."""
    return WEIGHTS.get(character, CONTROL if "\x80" <= character <= "\x9f" else UNLIKELY)
