"""The types that travel: an article and its sentences."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Article", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, as printed.

    `start` and `end` are character offsets into the article's text, which holds the sentence
    at `text[start:end]`; `index` counts sentences and `paragraph` counts paragraphs, from 0.
    """

    index: int
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text and its sentences.

    id: the first 16 hexadecimal digits of the SHA-256 of the text in UTF-8.
    title: the headline, "" where there is none.
    title_end: where the headline ends in `text`, in characters; 0 where it is not part of it.
    text: the whole text, headline included; sentence offsets refer to it.
    sentences: in order, not overlapping; between them stands white space only.
    origin: the file, "-" for standard input, or whatever the caller named.
    encoding: Python's name of the encoding that the text was read with.
    """

    id: str
    title: str
    title_end: int
    text: str
    sentences: tuple[Sentence, ...]
    origin: str
    encoding: str

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences after the headline."""
        return tuple(s for s in self.sentences if s.start >= self.title_end)
