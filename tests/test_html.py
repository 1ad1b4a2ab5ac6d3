"""Web pages to title and text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.articles import extract
from brief.articles.html import decode_page, extract_blocks, looks_like_html
from brief.errors import InputError

TITLE = "سوق قديم يعود إلى الحياة"
PARAGRAPHS = [
    "عادت الحركة أمس إلى السوق القديم في وسط المدينة بعد أعمال ترميم استمرت ثلاث سنوات.",
    "وقال رئيس البلدية إن مئتي متجر فتحت أبوابها في اليوم الأول، وإن الباقي سيفتح قريبا.",
    "وينتظر التجار أن يزور السوق نصف مليون سائح في الصيف المقبل، بحسب تقديرات الغرفة.",
    "أما السكان فيأملون أن تبقى الأسعار كما كانت قبل أن تغلق الشوارع المؤدية إلى المكان.",
]
MENU = '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">الرياضة</a></li></ul></nav>'
FOOT = "<footer>جميع الحقوق محفوظة</footer><script>var x = 'نص';</script>"
TEXT = "\n".join([TITLE, *PARAGRAPHS])


def page(head: str = "", body: str | None = None, kind: str = "<!DOCTYPE html><html>") -> str:
    """Return a whole page with menu and footer around an article."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = body if body is not None else f"<article><h1>{TITLE}</h1>{story}</article>"
    return f"{kind}<head>{head}</head><body>{MENU}{body}{FOOT}</body></html>"


def test_page_gives_title_and_paragraphs() -> None:
    """Title and paragraphs come out a line each; menu, footer and script do not."""
    assert extract(page(f"<title>{TITLE} - صحيفة المثال</title>"), "a.html") == (TITLE, TEXT)


def test_title_comes_once() -> None:
    """A title that the body repeats as a paragraph is not printed twice."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in [TITLE, *PARAGRAPHS])
    _, text = extract(page(f"<title>{TITLE}</title>", story), "a.html")
    assert text.count(TITLE) == 1
    assert text.startswith(TITLE + "\n")


@pytest.mark.parametrize(
    "kind",
    [
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml">',
        "<!-- نسخة --><!DOCTYPE html><html>",
        '\n <HTML lang="ar">',
    ],
    ids=["xhtml", "comment", "upper-case"],
)
def test_page_may_begin_in_several_ways(kind: str) -> None:
    """The usual beginnings are known for pages and do no harm."""
    source = page(f"<title>{TITLE}</title>", kind=kind)
    assert looks_like_html(source)
    assert extract(source, "a.html")[1] == TEXT


@pytest.mark.parametrize(
    ("fragment", "title", "text"),
    [
        pytest.param("<p>نص قصير.</p>", "", "نص قصير.", id="paragraph"),
        pytest.param("<p>أول</p><p>ثان</p>", "", "أول\nثان", id="paragraphs"),
        pytest.param("<div>أول<br>ثان</div>", "", "أول\nثان", id="break"),
        pytest.param("<ul><li>أول<li>ثان</ul>", "", "أول\nثان", id="list"),
        pytest.param("<p>نص <b>مهم</b> جدا</p>", "", "نص مهم جدا", id="inline"),
        pytest.param("<p>خبر&nbsp;عاجل &amp; مهم</p>", "", "خبر عاجل & مهم", id="entities"),
        pytest.param("<p>سطر\nواحد\r\nفقط</p>", "", "سطر واحد فقط", id="line-ends"),
        pytest.param("<p>نص<script>x</script></p>", "", "نص", id="script"),
        pytest.param("<h1>عنوان</h1><p>نص</p>", "عنوان", "عنوان\nنص", id="heading"),
        pytest.param("<p>نص غير مغلق", "", "نص غير مغلق", id="unclosed"),
        pytest.param("&#1606;&#1589;", "", "نص", id="numeric-entities"),
        pytest.param("<p>نص\x00 آخر</p>", "", "نص آخر", id="control"),
    ],
)
def test_fragment_gives_its_blocks(fragment: str, title: str, text: str) -> None:
    """A fragment that is no page gives a line for each block."""
    assert extract(fragment, "a.html") == (title, text)


def test_blocks_take_the_page_title_without_heading() -> None:
    """The <title> serves where there is no heading, and is not part of the body."""
    source = f"<title>{TITLE}</title><p>نص</p>"
    assert extract_blocks(source) == (TITLE, "نص")


@pytest.mark.parametrize(
    "source",
    ["", " ", "<html></html>", "<script>var x = 'نص';</script>", "<p> </p>"],
    ids=["empty", "blank", "no-body", "script", "blank-paragraph"],
)
def test_page_without_text_is_refused(source: str) -> None:
    """A page that holds no text is an error that says so."""
    with pytest.raises(InputError, match=r"a\.html holds no text"):
        extract(source, "a.html")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!doctype HTML><p>", True),
        ("\n<html>", True),
        ("<div class='x'>", True),
        ("<p>نص", True),
        ("<pre>", False),
        ("< خبر", False),
        ("نص <p> نص", False),
        ("", False),
    ],
)
def test_html_is_known_by_its_beginning(text: str, expected: bool) -> None:
    """Only text that begins with a tag of a page or fragment counts as HTML."""
    assert looks_like_html(text) is expected


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        pytest.param('<meta charset="utf-8">', "utf-8", id="utf-8"),
        pytest.param('<meta charset="windows-1256">', "cp1256", id="windows"),
        pytest.param("<META CHARSET=iso-8859-6>", "iso8859-6", id="iso"),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">',
            "cp1256",
            id="http-equiv",
        ),
        pytest.param("", "cp1256", id="none"),
        pytest.param('<meta charset="utf-8">', "cp1256", id="false"),
        pytest.param('<meta charset="iso-8859-1">', "cp1256", id="western"),
        pytest.param('<meta charset="martian">', "cp1256", id="unknown"),
    ],
)
def test_declared_encoding_is_heeded_where_it_can_be_true(head: str, codec: str) -> None:
    """A declaration is believed if it decodes to Arabic; otherwise the bytes decide."""
    source = page(head)
    assert decode_page(source.encode(codec), "a.html") == (source, codec)


def test_given_encoding_beats_the_declared_one() -> None:
    """An encoding that the user gives is used, whatever the page says."""
    source = page('<meta charset="iso-8859-6">')
    assert decode_page(source.encode("cp1256"), "a.html", "cp1256") == (source, "cp1256")


def test_byte_order_mark_beats_the_declared_encoding() -> None:
    """A byte order mark is surer than a declaration."""
    source = page('<meta charset="windows-1256">')
    assert decode_page(source.encode("utf-8-sig"), "a.html") == (source, "utf-8-sig")


def test_short_page_is_extracted_quietly(caplog: pytest.LogCaptureFixture) -> None:
    """What the extraction library thinks of a short page is not printed."""
    extract(page(body="<p>نص قصير.</p>"), "a.html")
    assert not caplog.records


@pytest.mark.parametrize("mark", ["<![;", "<![if gte mso 9]>", "<![endif]>", "<![CDATA["])
def test_a_marked_section_is_no_crash(mark: str) -> None:
    """Office pages hold such marks; one without an end takes no text with it."""
    assert "قتل 12 شخصا." in extract(f"{mark} قتل 12 شخصا.", "a.html")[1]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="<>/!-[]&;#\"' =pبdiv \n") | st.text())
def test_any_markup_is_extracted_or_refused(source: str) -> None:
    """However broken the markup, there is a text or one clear error."""
    try:
        title, text = extract(source, "a.html")
    except InputError:
        return
    assert text.strip() == text
    assert "\n" not in title
