"""Bytes, files and pages to `Article`: encodings, Arabic text, sentences with offsets."""

from brief.articles.article import Article, Sentence
from brief.articles.encodings import decode
from brief.articles.html import extract
from brief.articles.language import check_arabic
from brief.articles.reading import find, make_article, read
from brief.articles.sentences import split

__all__ = [
    "Article",
    "Sentence",
    "check_arabic",
    "decode",
    "extract",
    "find",
    "make_article",
    "read",
    "split",
]
