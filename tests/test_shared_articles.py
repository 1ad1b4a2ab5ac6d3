"""The 119 real articles beside the repository: encodings, titles, offsets, sentences."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from brief.articles import Article, read

# The table's own names of encodings, where they are not Python's.
CODECS = {
    "mac_arabic": "mac-arabic",
    "utf-16be-bom": "utf-16",
    "utf-16le-bom": "utf-16",
    "utf-8-crlf": "utf-8",
}
# Titles that differ in the file: the table lost a quotation mark, or has other digits.
REPRINTED = {"037.txt", "063.txt", "099.txt", "119.txt", "217.txt", "235.txt"}

Table = list[tuple[dict[str, str], Article]]


@pytest.fixture(scope="module")
def articles(shared: Path) -> Table:
    """Return each row of the table of sources, with the article that it describes."""
    folder = shared / "articles"
    with (folder / "sources.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row, read(folder / row["file"])) for row in rows]


def test_all_articles_are_read(articles: Table) -> None:
    """Every file is read and taken for Arabic."""
    assert len(articles) == 119


def test_encodings_are_found(articles: Table) -> None:
    """Every encoding is the one that the table gives."""
    wrong = [
        (row["file"], article.encoding)
        for row, article in articles
        if article.encoding != CODECS.get(row["encoding"], row["encoding"])
    ]
    assert not wrong


def test_titles_are_found(articles: Table) -> None:
    """Every title is the one that the table gives, apart from its own slips."""
    wrong = {row["file"] for row, article in articles if article.title != row["title"]}
    assert wrong <= REPRINTED


def test_titles_end_where_they_end(articles: Table) -> None:
    """The text up to a title's end is the title."""
    for row, article in articles:
        assert article.text[: article.title_end].strip() == article.title, row["file"]


def test_sentences_are_rebuilt(articles: Table) -> None:
    """Sentences lie where their offsets say, with nothing but white space between."""
    for row, article in articles:
        position = 0
        for sentence in article.sentences:
            assert article.text[sentence.start : sentence.end] == sentence.text, row["file"]
            assert not article.text[position : sentence.start].strip(), row["file"]
            position = sentence.end
        assert not article.text[position:].strip(), row["file"]


def test_sentences_have_a_plausible_length(articles: Table) -> None:
    """Neither are articles left undivided nor are they shredded."""
    lengths = [len(s.text.split()) for _, article in articles for s in article.sentences]
    assert 15 < sum(lengths) / len(lengths) < 35
