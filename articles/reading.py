"""Files, folders and standard input to articles."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from brief.articles.article import Article
from brief.articles.encodings import decode
from brief.articles.html import decode_page, extract, looks_like_html
from brief.articles.language import check_arabic
from brief.articles.sentences import split
from brief.errors import InputError

__all__ = ["STDIN", "SUFFIXES", "find", "make_article", "read"]

STDIN = "-"
PAGE_SUFFIXES = frozenset({".htm", ".html", ".xhtml"})
MARKDOWN_SUFFIXES = frozenset({".md"})
SUFFIXES = frozenset({".txt"}) | PAGE_SUFFIXES | MARKDOWN_SUFFIXES

# Characters. The longest of 119 news articles has 10,000; what is a hundred times as long is a
# dump or a mistake, and would take hours.
LONGEST_ARTICLE = 1_000_000
LONGEST_TITLE = 30  # words; the longest headline of 119 news articles has 20
FIRST_LINE = re.compile(r"\s*(\S[^\r\n\u2028\u2029]*)")
HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
BEGINS_WITH_HEADING = re.compile(r"\s*#{1,6}[ \t]+\S")
ENDS_AS_SENTENCE = re.compile(r"(?<![.])[.،:][»”\"')\]]*\Z")
ARABIC_LETTER = re.compile("[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
SURROGATE = re.compile("[\ud800-\udfff]")


def read(path: str | Path, *, encoding: str | None = None) -> Article:
    """Read one article from the file `path`, or from standard input where it is "-".

    Pages (.html, .htm, .xhtml, or whatever begins like one) are stripped to title and text. In
    Markdown (.md) the signs before headings are dropped, so that offsets refer to the text
    without them; the rest is kept. `encoding` overrides the guess. Raises InputError where the
    file cannot be read or decoded, or is not Arabic.
    """
    origin = str(path)
    suffix = Path(path).suffix.lower()
    data = read_bytes(origin)
    if suffix in PAGE_SUFFIXES:
        return read_page(data, origin, encoding)
    text, name = decode(data, origin, encoding)
    if suffix in MARKDOWN_SUFFIXES:
        return read_markdown(text, origin, name)
    if looks_like_html(text):
        return read_page(data, origin, encoding)
    return make_article(text, origin=origin, encoding=name)


def read_page(data: bytes, origin: str, encoding: str | None) -> Article:
    """Read one article from the bytes of a web page."""
    page, name = decode_page(data, origin, encoding)
    title, text = extract(page, origin)
    return make_article(text, origin=origin, encoding=name, title=title or None)


def read_markdown(text: str, origin: str, encoding: str) -> Article:
    """Read one article from Markdown: the signs of headings go, the first heading is the title."""
    plain = HEADING.sub("", text)
    title = first_line(plain)[0] if BEGINS_WITH_HEADING.match(text) else None
    return make_article(plain, origin=origin, encoding=encoding, title=title)


def read_bytes(origin: str) -> bytes:
    """Return the bytes of the file `origin`, or of standard input; raise InputError."""
    if origin == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(origin).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(unreadable(origin, error)) from error


def unreadable(origin: str, error: OSError | ValueError) -> str:
    """Return the message for a file or folder that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return f"{origin} does not exist: check the name, or give a folder of articles."
    if isinstance(error, PermissionError):
        return f"{origin} may not be read: give yourself permission to read it, or copy it."
    if isinstance(error, IsADirectoryError):
        return f"{origin} is a folder: name the files in it, or give the folder to `brief`."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return f"{origin} cannot be read ({reason}): check the name and the disk."


def find(paths: Sequence[str]) -> list[str]:
    """Return the files that `paths` name, in order and each once; "-" stays as it is.

    A folder stands for the .txt, .md, .html, .htm and .xhtml files in it and its sub-folders,
    sorted by name; names that begin with a full stop are left out. Raises InputError for a path
    that does not exist or may not be read, and for a folder without articles.
    """
    found: dict[str, str] = {}
    for path in paths:
        for file in [path] if path == STDIN else files_at(path):
            found.setdefault(file if file == STDIN else os.path.realpath(file), file)
    return list(found.values())


def files_at(path: str) -> list[str]:
    """Return the file `path`, or the articles in the folder `path`; raise InputError."""
    try:
        if not Path(path).is_dir():
            Path(path).stat()
            return [path]
        files = [str(file) for file in walk(Path(path), frozenset())]
    except (OSError, ValueError) as error:
        name = getattr(error, "filename", None)
        raise InputError(unreadable(str(name or path), error)) from error
    if not files:
        raise InputError(f"{path} holds no article: put .txt, .md or .html files into it.")
    return files


def walk(folder: Path, above: frozenset[str]) -> Iterator[Path]:
    """Yield the articles in `folder`; `above` holds the real folders that are being walked."""
    real = os.path.realpath(folder)
    if real in above:
        return
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from walk(entry, above | {real})
        elif entry.suffix.lower() in SUFFIXES:
            yield entry


def make_article(
    text: str, *, origin: str, encoding: str = "utf-8", title: str | None = None
) -> Article:
    """Make an article from `text`, which `origin` names in messages.

    `title` None takes the first line where it looks like a headline; a `title` that does not
    begin the text is kept beside it, and "" says that there is none. Raises InputError where
    the text is empty, too long, not Arabic, or holds surrogates.
    """
    if SURROGATE.search(text + (title or "")):
        raise InputError(f"{origin} holds half characters (surrogates): read it as UTF-8 again.")
    if len(text) > LONGEST_ARTICLE:
        raise InputError(
            f"{origin} has {len(text):,} characters, and an article may have {LONGEST_ARTICLE:,}: "
            "cut it into articles, and give the folder."
        )
    check_arabic(text, origin)
    name, end = find_title(text) if title is None else place_title(text, title)
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        title=name,
        title_end=end,
        text=text,
        sentences=tuple(split(text)),
        origin=origin,
        encoding=encoding,
    )


def first_line(text: str) -> tuple[str, int]:
    """Return the first line of `text` that is not blank, and where it ends, in characters."""
    found = FIRST_LINE.match(text)
    if not found:
        return "", 0
    line = found.group(1).rstrip()
    return line, found.start(1) + len(line)


def find_title(text: str) -> tuple[str, int]:
    """Return the headline that begins `text` and where it ends; "" and 0 where there is none."""
    line, end = first_line(text)
    return (line, end) if is_headline(line) and text[end:].strip() else ("", 0)


def is_headline(line: str) -> bool:
    """Say whether `line` looks like a headline: short, Arabic, and without a final full stop."""
    if len(line.split()) > LONGEST_TITLE or not ARABIC_LETTER.search(line):
        return False
    return not ENDS_AS_SENTENCE.search(line)


def place_title(text: str, title: str) -> tuple[str, int]:
    """Return `title`, trimmed, and where it ends in `text`; 0 where it is not the first line."""
    line, end = first_line(text)
    title = title.strip()
    return title, end if title and line == title else 0
