"""Files, folders and standard input to articles."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from brief.articles import Article, find, make_article, read
from brief.articles import reading as module
from brief.errors import InputError

TITLE = "مكتبة جديدة في قلب المدينة"
BODY = "افتتحت البلدية أمس مكتبة عامة. وتضم المكتبة عشرين ألف كتاب."
TEXT = f"{TITLE}\n\n{BODY}\n"
PAGE = f"<!DOCTYPE html><html><body><h1>{TITLE}</h1><p>{BODY}</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with articles, hidden files, a sub-folder and files of other kinds."""
    for name in ["b.txt", "a.md", "c.HTML", "d.pdf", ".e.txt", "deep/f.htm", ".git/g.txt"]:
        file = tmp_path / "news" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    return tmp_path / "news"


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write a file with exactly these characters and return its path."""
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let `data` stand on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_read_text(tmp_path: Path) -> None:
    """A text file becomes an article with title, sentences, origin and encoding."""
    file = write(tmp_path, "news.txt", TEXT, "cp1256")
    article = read(file)
    assert article == Article(
        id="58c8f2c0610af87e",  # as sha256sum gives it
        title=TITLE,
        title_end=len(TITLE),
        text=TEXT,
        sentences=article.sentences,
        origin=str(file),
        encoding="cp1256",
    )
    assert [s.text for s in article.body] == [BODY[:30], BODY[31:]]


def test_id_does_not_depend_on_the_encoding(tmp_path: Path) -> None:
    """The same text has the same id however it was stored."""
    files = [write(tmp_path, f"{codec}.txt", TEXT, codec) for codec in ("utf-8", "utf-16")]
    assert len({read(file).id for file in files}) == 1


def test_encoding_is_passed_on(tmp_path: Path) -> None:
    """An encoding that is given is used, and refused where it does not fit."""
    file = write(tmp_path, "news.txt", TEXT, "cp1256")
    assert read(file, encoding="windows-1256").text == TEXT
    with pytest.raises(InputError, match="not valid utf-8"):
        read(file, encoding="utf-8")


def test_line_ends_count(tmp_path: Path) -> None:
    """Offsets refer to the text with the line ends that it has."""
    article = read(write(tmp_path, "news.txt", TEXT.replace("\n", "\r\n")))
    assert article.text[article.title_end :].startswith("\r\n\r\n")
    assert all(article.text[s.start : s.end] == s.text for s in article.sentences)


def test_read_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """The path "-" reads bytes from standard input and finds their encoding."""
    feed(monkeypatch, TEXT.encode("utf-16"))
    article = read("-")
    assert (article.text, article.origin, article.encoding) == (TEXT, "-", "utf-16")


def test_standard_input_may_be_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on standard input is known by its beginning."""
    feed(monkeypatch, PAGE.encode())
    assert read("-").title == TITLE


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.HTML", "a.txt", "a"])
def test_pages_are_known_by_name_or_beginning(tmp_path: Path, name: str) -> None:
    """A page is stripped to its text, whatever its file is called."""
    article = read(write(tmp_path, name, PAGE))
    assert article.text == f"{TITLE}\n{BODY}"
    assert (article.title, article.title_end) == (TITLE, len(TITLE))


def test_markdown_heading_is_the_title(tmp_path: Path) -> None:
    """The sign before a heading belongs neither to the title nor to a sentence."""
    text = f"# {TITLE}\n\n{BODY}\n\n## تفاصيل أخرى\n\n- مقعد للقراءة\n"
    article = read(write(tmp_path, "news.md", text))
    assert article.title == TITLE
    assert article.text[: article.title_end] == TITLE
    assert [s.text for s in article.sentences][-2:] == ["تفاصيل أخرى", "- مقعد للقراءة"]
    assert "#" not in article.text


def test_markdown_heading_may_end_in_a_full_stop(tmp_path: Path) -> None:
    """A marked heading is the title even where a plain first line would not be."""
    assert read(write(tmp_path, "news.md", f"# عاد النهر.\n\n{BODY}")).title == "عاد النهر."


def test_markdown_without_heading(tmp_path: Path) -> None:
    """Markdown that begins without a heading is treated like plain text."""
    assert read(write(tmp_path, "news.md", TEXT)).title == TITLE


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is named in the message."""
    with pytest.raises(InputError, match=r"none\.txt does not exist: check the name"):
        read(tmp_path / "none.txt")


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    """A folder cannot be read as one article."""
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        pytest.param(PermissionError(13, "denied"), "may not be read", id="permission"),
        pytest.param(OSError(5, "disk on fire"), r"cannot be read \(disk on fire\)", id="disk"),
    ],
)
def test_unreadable_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    """What the system says about a file becomes one clear sentence."""

    def refuse(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=f"news.txt {message}"):
        read("news.txt")


def test_impossible_name_is_refused() -> None:
    """A name that no file can have is an error of input, not of the program."""
    with pytest.raises(InputError, match="cannot be read"):
        read("a\0b.txt")
    with pytest.raises(InputError, match="cannot be read"):
        find(["a\0b.txt"])


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"], ids=["empty", "blank", "bom"])
def test_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file without text is no article."""
    with pytest.raises(InputError, match="is empty"):
        read(write(tmp_path, "news.txt", text))


def test_find_expands_folders(folder: Path) -> None:
    """A folder stands for its articles, sorted, sub-folders included, hidden names left out."""
    names = ["a.md", "b.txt", "c.HTML", "deep/f.htm"]
    assert find([str(folder)]) == [str(folder / name) for name in names]


def test_find_keeps_order_and_drops_duplicates(folder: Path) -> None:
    """Files come in the order given, each once, by whatever spelling; any suffix will do."""
    first, second = str(folder / "d.pdf"), str(folder / "b.txt")
    again = str(folder / "deep" / ".." / "b.txt")
    found = find([first, second, "-", again, str(folder), "-"])
    assert found[:4] == [first, second, "-", str(folder / "a.md")]
    assert len(found) == len(set(found)) == 6


def test_find_survives_links_in_a_circle(folder: Path) -> None:
    """A folder that is linked into itself is walked once."""
    (folder / "deep" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    found = find([str(folder)])
    assert [os.path.relpath(file, folder) for file in found] == [
        "a.md",
        "b.txt",
        "c.HTML",
        "deep/f.htm",
        "loop.txt",
    ]


def test_find_follows_links_to_other_folders(folder: Path, tmp_path: Path) -> None:
    """A link to a folder elsewhere is followed."""
    other = tmp_path / "other"
    other.mkdir()
    write(other, "z.txt", TEXT)
    (folder / "link").symlink_to(other, target_is_directory=True)
    assert str(folder / "link" / "z.txt") in find([str(folder)])


def test_find_refuses_a_folder_without_articles(tmp_path: Path) -> None:
    """A folder that holds no article is a mistake worth telling."""
    with pytest.raises(InputError, match="holds no article"):
        find([str(tmp_path)])


def test_find_refuses_a_missing_path(tmp_path: Path) -> None:
    """A path that is not there is named in the message."""
    with pytest.raises(InputError, match="does not exist"):
        find([str(tmp_path / "none")])


def test_find_refuses_a_closed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed is not passed over in silence."""
    closed = folder / "deep"
    listed = Path.iterdir

    def refuse(path: Path) -> object:
        if path == closed:
            raise PermissionError(13, "denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError, match="deep may not be read"):
        find([str(folder)])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("مكتبة جديدة في قلب المدينة", id="plain"),
        pytest.param("مكتبة جديدة.. والقراء سعداء", id="two-dots"),
        pytest.param("مكتبة جديدة...", id="final-dots"),
        pytest.param("هل تعود المكتبات؟", id="question"),
        pytest.param("مكتبة جديدة!", id="exclamation"),
        pytest.param('"المكتبة".. بيت القراء', id="quotes"),
        pytest.param("مكتبة بقيمة 3.5 مليون دينار", id="decimal"),
        pytest.param(" ".join(["كلمة"] * 30), id="thirty-words"),
    ],
)
def test_first_line_may_be_a_headline(line: str) -> None:
    """A short first line without a final full stop is the title, and ends where it ends."""
    article = make_article(f"\n  {line} \n{BODY}", origin="news.txt")
    assert (article.title, article.title_end) == (line, 3 + len(line))
    assert article.body[0].text == BODY[:30]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"افتتحت البلدية مكتبة.\n{BODY}", id="full-stop"),
        pytest.param(f"قال المدير: «افتتحنا مكتبة».\n{BODY}", id="full-stop-after-quote"),
        pytest.param(f"قال المدير أمس:\n{BODY}", id="colon"),
        pytest.param(f"{' '.join(['كلمة'] * 31)}\n{BODY}", id="long"),
        pytest.param(TITLE, id="nothing-follows"),
        pytest.param(f"{TITLE}\n \n", id="blank-follows"),
        pytest.param(f"EXAMPLE.COM\n{BODY}", id="not-arabic"),
        pytest.param(f"12/6/2016\n{BODY}", id="date"),
    ],
)
def test_first_line_may_be_no_headline(text: str) -> None:
    """A first line that is a sentence, too long, foreign or alone is not the title."""
    article = make_article(text, origin="news.txt")
    assert (article.title, article.title_end) == ("", 0)
    assert article.body == article.sentences


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param(TITLE, (TITLE, len(TITLE)), id="first-line"),
        pytest.param(f" {TITLE}\n", (TITLE, len(TITLE)), id="untrimmed"),
        pytest.param("عنوان آخر", ("عنوان آخر", 0), id="elsewhere"),
        pytest.param("", ("", 0), id="none"),
    ],
)
def test_title_may_be_given(title: str, expected: tuple[str, int]) -> None:
    """A title that is given is kept, and placed where it begins the text."""
    article = make_article(TEXT, origin="news.txt", title=title)
    assert (article.title, article.title_end) == expected


@pytest.mark.parametrize("fields", [{"text": TEXT + "\ud800"}, {"text": TEXT, "title": "\udfff"}])
def test_surrogates_are_refused(fields: dict[str, str]) -> None:
    """Half characters are refused before anything is made of them."""
    with pytest.raises(InputError, match="surrogates"):
        make_article(fields.pop("text"), origin="news.txt", **fields)


def test_names_are_sorted() -> None:
    """The public names are in order and exist."""
    assert module.__all__ == sorted(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)
