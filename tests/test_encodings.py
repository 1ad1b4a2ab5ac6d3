"""Bytes to text: every encoding guessed, overrides heeded, everything else refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from brief.articles import decode
from brief.errors import InputError

SHORT = "أعلنت وزارة الصحة أمس عن افتتاح ثلاثة مستشفيات جديدة في شمال البلاد"
LONG = "\n".join(
    [
        "قطار جديد يربط العاصمة بالساحل",
        "",
        "قالت وزارة النقل، في بيان صدر أمس، إن القطار الجديد سيقطع المسافة في ساعتين فقط.",
        "وأضاف البيان أن العمل بدأ عام 2019؛ ثم توقف سنة كاملة بسبب نقص المال.",
        "هل ينتهي المشروع في موعده؟ يجيب المدير: نعم، وربما قبل ذلك بشهر أو شهرين.",
    ]
)
CODECS = ["utf-8", "cp1256", "iso8859-6", "mac-arabic", "utf-16-le", "utf-16-be"]
WITH_BOM = {
    "utf-8-sig": (codecs.BOM_UTF8, "utf-8"),
    "utf-16-le": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16-be": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "utf-32-le": (codecs.BOM_UTF32_LE, "utf-32-le"),
    "utf-32-be": (codecs.BOM_UTF32_BE, "utf-32-be"),
}


def encode(text: str, codec: str) -> bytes:
    """Return `text` in `codec`, with the spaces that programs write in MacArabic."""
    data = text.encode(codec)
    return data.replace(b"\xa0", b" ") if codec == "mac-arabic" else data


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("text", [SHORT, LONG, LONG * 200], ids=["short", "long", "very-long"])
def test_encoding_is_guessed(text: str, codec: str) -> None:
    """Text comes back from every encoding, without a byte order mark to help."""
    found, name = decode(encode(text, codec), "news.txt")
    assert found == text
    # Without punctuation of its own a MacArabic text is an ISO-8859-6 text too.
    assert name == codec or (codec, name) == ("mac-arabic", "iso8859-6")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        pytest.param("قال المدير: «نعم، سنبدأ غدا» ثم خرج من القاعة", "mac-arabic", id="quotes"),
        pytest.param("بلغ عدد الركاب ٢٥٠٠ راكب في اليوم الأول", "mac-arabic", id="digits"),
        pytest.param("قال المدير: «نعم، سنبدأ غدا» ثم خرج من القاعة", "cp1256", id="windows"),
        pytest.param("زار café Zürich قبل أن يعود إلى بيته في المساء", "cp1256", id="accents"),
        pytest.param("كتب چارلز عن گلگامش وپاريس مقالا طويلا في المجلة", "cp1256", id="persian"),
        pytest.param("مَرَّ القِطارُ مِن هُنا قَبلَ ساعَةٍ وَلَم يَقِف", "iso8859-6", id="vowels"),
    ],
)
def test_peculiar_bytes_are_no_obstacle(text: str, codec: str) -> None:
    """Bytes that only one 8-bit encoding has, or that look foreign, do not mislead."""
    assert decode(text.encode(codec), "news.txt") == (text, codec)


@pytest.mark.parametrize(("mark", "codec"), WITH_BOM.values(), ids=WITH_BOM)
def test_byte_order_mark_decides_and_goes(mark: bytes, codec: str) -> None:
    """A byte order mark gives the encoding and is not part of the text."""
    data = mark + SHORT.encode(codec)
    text, name = decode(data, "news.txt")
    assert text == SHORT
    assert data.decode(name) == SHORT


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_are_kept(newline: str) -> None:
    """Line ends stay as they are, since offsets count them."""
    text = LONG.replace("\n", newline)
    assert decode(text.encode(), "news.txt")[0] == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")).map("ال".__add__))
def test_utf8_is_read_as_it_is(text: str) -> None:
    """Any text in UTF-8 comes back unchanged, if it is text at all."""
    try:
        found, name = decode(text.encode(), "news.txt")
    except InputError:
        assert sum(character < " " for character in text) > len(text.encode()) // 20
    else:
        assert (found, name) == (text, "utf-8")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever the bytes, there is a text that can be printed, or one clear error."""
    try:
        text, name = decode(data, "news.txt")
    except InputError:
        event("refused")
    else:
        assert text.encode().decode() == text
        assert data.decode(name).removeprefix("\ufeff") == text


@pytest.mark.parametrize("encoding", ["windows-1256", "CP1256", "cp1256"])
def test_override_is_heeded_under_every_name(encoding: str) -> None:
    """An encoding may be given by any name that Python knows; its own name is returned."""
    assert decode(SHORT.encode("cp1256"), "news.txt", encoding) == (SHORT, "cp1256")


def test_override_beats_the_guess() -> None:
    """An encoding that is given is used even where the guess would differ."""
    assert decode(SHORT.encode(), "news.txt", "cp1256")[0] != SHORT


def test_override_drops_the_byte_order_mark() -> None:
    """A byte order mark goes also when the encoding is given."""
    assert decode(codecs.BOM_UTF8 + SHORT.encode(), "news.txt", "utf-8")[0] == SHORT


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "ü", "a\0b", " "], ids=repr)
def test_unknown_encoding_is_refused(encoding: str) -> None:
    """A name that is no text encoding is refused with what to try instead."""
    with pytest.raises(InputError, match=r"news\.txt.*unknown encoding.*try utf-8"):
        decode(b"abc", "news.txt", encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16", "iso-8859-6"])
def test_override_that_does_not_decode_is_refused(encoding: str) -> None:
    """Bytes that the given encoding does not allow are refused, with the place."""
    with pytest.raises(InputError, match=r"news\.txt is not valid .* at byte"):
        decode("«نص»".encode("cp1256") + b"\xff", "news.txt", encoding)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "PDF", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00", "Word", id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word", id="doc"),
        pytest.param(b"{\\rtf1\\ansi", "RTF", id="rtf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "PNG", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "JPEG", id="jpeg"),
        pytest.param(b"\x7fELF\x02\x01", "program", id="elf"),
    ],
)
def test_known_binary_files_are_named(data: bytes, kind: str) -> None:
    """A file that is known not to be text is named for what it is."""
    with pytest.raises(InputError, match=f"not text but a .*{kind}.*extract its text first"):
        decode(data, "news.txt")


@pytest.mark.parametrize(
    "data",
    [b"\0\0\0\0", b"abc\0def", bytes(range(256)), b"\x01\x02\x03\x04\x05"],
    ids=["zeros", "zero-inside", "all-bytes", "controls"],
)
def test_other_binary_files_are_refused(data: bytes) -> None:
    """Zero bytes and controls show that a file is no text."""
    with pytest.raises(InputError, match=r"news\.txt is not text"):
        decode(data, "news.txt")


def test_damaged_utf8_is_not_taken_for_another_encoding() -> None:
    """UTF-8 that is cut in the middle of a letter is refused, not read as something else."""
    with pytest.raises(InputError, match="not valid utf-8 at byte"):
        decode(LONG.encode()[:-1] + b"\xd9", "news.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param((SHORT + "\ud800").encode("utf-8", "surrogatepass"), id="utf-8"),
        pytest.param((SHORT + "\ud800x").encode("utf-16-le", "surrogatepass"), id="utf-16-le"),
        pytest.param((SHORT + "\ud800x").encode("utf-16", "surrogatepass"), id="utf-16-bom"),
    ],
)
def test_surrogates_are_refused(data: bytes) -> None:
    """Half characters are refused at once and do not crash a later step."""
    with pytest.raises(InputError, match=r"news\.txt"):
        decode(data, "news.txt")


def test_surrogates_by_an_odd_codec_are_refused() -> None:
    """A codec that lets half characters through does not get them past the door."""
    with pytest.raises(InputError, match="surrogates"):
        decode(b"\\ud800", "news.txt", "unicode_escape")


def test_text_in_no_arabic_encoding_is_refused() -> None:
    """Western 8-bit text is not turned into Arabic letters."""
    with pytest.raises(InputError, match="no encoding that gives Arabic"):
        decode("Élève où à été reçu, déjà très fâché".encode("latin-1"), "news.txt")


def test_empty_file_is_empty_text() -> None:
    """No bytes are no characters; whether that will do is asked later."""
    assert decode(b"", "news.txt") == ("", "utf-8")
