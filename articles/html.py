"""Web pages to title and text, without menus, comments and advertisements."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from brief.articles.encodings import BOMS, decode
from brief.articles.vocabulary import words
from brief.errors import InputError

__all__ = ["decode_page", "extract", "looks_like_html"]

BEGINNING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
ARABIC_LETTER = re.compile("[\u0621-\u064a\u0671-\u06d3]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
HEAD_BYTES = 4096  # where a page must declare its encoding, with room to spare

BLOCKS = words(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section table td th title tr ul"
)
SKIPPED = words("script style noscript template nav footer aside form button svg")


def looks_like_html(text: str) -> bool:
    """Say whether `text` begins like a page or a fragment of one."""
    return BEGINNING.match(text) is not None


def decode_page(data: bytes, origin: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the page in `data` and its codec: as `decode`, but heeding `<meta charset>`.

    A declaration that cannot be true (the bytes do not decode, or give no Arabic) is ignored.
    """
    declared = None if encoding or has_bom(data) else declared_codec(data)
    return decode(data, origin, encoding or declared)


def has_bom(data: bytes) -> bool:
    """Say whether `data` begins with a byte order mark."""
    return any(data.startswith(bom) for bom, _ in BOMS)


def declared_codec(data: bytes) -> str | None:
    """Return the codec that the page declares, or None where it declares none that fits."""
    found = DECLARED.search(data, 0, HEAD_BYTES)
    if not found:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
        text = data.decode(name)
    except (LookupError, ValueError):
        return None
    return name if text.isascii() or ARABIC_LETTER.search(text) else None


def extract(html: str, origin: str) -> tuple[str, str]:
    """Return the title of a page ("" where it has none) and its text, title included.

    The title is the first line of the text, once. Paragraphs are lines. `origin` names the page
    in messages. Raises InputError where the page holds no text.
    """
    page = CONTROLS.sub("", XML_DECLARATION.sub("", html))
    title, body = extract_article(page)
    if not ARABIC_LETTER.search(body):
        title, body = extract_blocks(page)
    if not body:
        raise InputError(f"{origin} holds no text: save the article itself as .txt or .html.")
    return title, with_title(title, body)


def with_title(title: str, body: str) -> str:
    """Return `body` with `title` as its first line, once."""
    first, _, rest = body.partition("\n")
    if not title or body == title:
        return body
    return f"{title}\n{rest}" if first.strip() == title else f"{title}\n{body}"


def extract_article(page: str) -> tuple[str, str]:
    """Return title and main text of a whole page by trafilatura; "" for what it does not find."""
    # Half a second to import, which a run on plain text need not pay.
    import logging

    from trafilatura import bare_extraction

    for noisy in ("trafilatura", "htmldate"):  # they print what they think of short pages
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    document = bare_extraction(page, include_comments=False, with_metadata=True)
    if document is None or isinstance(document, dict):
        return "", ""
    return one_line(document.title or ""), lines(document.text or "")


def extract_blocks(page: str) -> tuple[str, str]:
    """Return title and whole text of a page or fragment, a line for each block element."""
    blocks = Blocks()
    # The parser gives up with an AssertionError on a marked section that it cannot read; HTML
    # takes one for a comment. Of one without an end only the mark goes, not the text after it.
    blocks.feed(MARKED_SECTION.sub("", page))
    blocks.close()
    heading = one_line(" ".join(blocks.heading)) or one_line(" ".join(blocks.title))
    return heading, lines("".join(blocks.text))


def one_line(text: str) -> str:
    """Return `text` with single spaces and no line ends."""
    return " ".join(text.split())


def lines(text: str) -> str:
    """Return the lines of `text` that hold anything, with single spaces."""
    return "\n".join(line for line in map(one_line, text.split("\n")) if line)


MARKED_SECTION = re.compile(r"<!\[(?:[^<>]*>)?")


class Blocks(HTMLParser):
    """Collects the text of a page, the <title> and the first <h1>.

    text: pieces of the body, "\\n" where a block begins or ends.
    title, heading: pieces of the <title> and of the first <h1>.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.title: list[str] = []
        self.heading: list[str] = []
        self.inside: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or a part that is skipped or collected on its own."""
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in SKIPPED or tag in ("title", "h1"):
            self.inside.append(tag)
            self.headings += tag == "h1"

    def handle_endtag(self, tag: str) -> None:
        """End a block, or the part that was skipped or collected."""
        if tag in BLOCKS:
            self.text.append("\n")
        if tag in self.inside:
            del self.inside[self.inside.index(tag) :]

    def handle_data(self, data: str) -> None:
        """Collect `data` where it belongs; line ends in a page are spaces."""
        if SKIPPED.intersection(self.inside):
            return
        if "title" in self.inside:
            self.title.append(data)
            return
        if "h1" in self.inside and self.headings == 1:
            self.heading.append(data)
        self.text.append(data.replace("\n", " ").replace("\r", " "))
