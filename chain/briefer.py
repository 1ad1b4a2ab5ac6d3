"""The two stages chained: articles in, checked briefs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version

from brief.articles import Article
from brief.chain.support import Source, Support, find_support
from brief.models import SUMMARIZER, TRANSLATOR, load
from brief.summarize import Candidate, Length, Summarizer, choose, is_own_brief
from brief.summarize.english import tidy
from brief.translate import Coverage, Finding, TranslatedSentence, Translation, Translator

__all__ = ["Brief", "BriefSentence", "Briefer"]

# What is wrong with a translation that must not be read as English at all.
UNREADABLE = frozenset({"empty", "repetition", "arabic-left"})


@dataclass(frozen=True, slots=True)
class BriefSentence:
    """One sentence of a brief and what it rests on.

    evidence: indices of the translation's sentences, in document order; never empty.
    support: share of the sentence's content words that the evidence has in the same order.
    written: by the summariser; otherwise it is the translated sentence itself.
    findings: what a reader must know: doubts about the evidence, or why it was replaced.
    """

    text: str
    evidence: tuple[int, ...]
    support: float
    written: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief and everything behind it.

    headline: the article's own in English; else one that the summariser wrote, where the
        translation supports it; else the first sentence of the brief.
    signature: names and values of everything that changed the output.
    warnings: sentences about the article as a whole.
    """

    article: Article
    headline: str
    sentences: tuple[BriefSentence, ...]
    translation: Translation
    signature: dict[str, object]
    warnings: tuple[str, ...]

    @property
    def coverage(self) -> Coverage:
        """What became of the article's sentences; the parts add up to their number."""
        return self.translation.coverage

    @property
    def text(self) -> str:
        """The brief's sentences, joined by spaces."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Checked:
    """A candidate after the check; what `choose` ranks."""

    sentence: BriefSentence
    score: float

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.text

    @property
    def sources(self) -> tuple[int, ...]:
        """The sentence's evidence."""
        return self.sentence.evidence


@dataclass(frozen=True, slots=True)
class Briefer:
    """Chains a translator and a summariser, and lets through only what the article supports.

    1. All sentences of all articles are translated in one stream.
    2. The readable ones after the headline are summarised into candidates.
    3. Each candidate is checked against the translation: what is not supported is replaced by
       the translated sentence that supports it best.
    4. The best checked candidates that do not repeat each other make the brief.
    5. An article without a headline gets one from the summariser, checked in the same way.
    """

    translator: Translator
    summarizer: Summarizer

    @classmethod
    def load(cls, *, threads: int = 0) -> Briefer:
        """Load the embedded models; `threads` 0 stands for all cores.

        Raises `ModelError` where their files are missing or damaged.
        """
        return cls(
            Translator(load(TRANSLATOR, threads=threads)),
            Summarizer(load(SUMMARIZER, threads=threads)),
        )

    def brief(self, article: Article, length: Length | None = None) -> Brief:
        """Return the brief of one article, of about 80 words where `length` is not given."""
        return self.briefs([article], length)[0]

    def briefs(
        self,
        articles: Sequence[Article],
        length: Length | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Brief]:
        """Return the briefs of `articles`, in their order.

        progress: called with the sentences translated so far and their number.
        """
        wanted = length or Length()
        translations = self.translator.translate(articles, progress)
        readable = [_readable(translation) for translation in translations]
        documents = [[tidy(sentence.text) for sentence in sentences] for sentences in readable]
        drafts = self.summarizer.candidates(documents, wanted)
        untitled = [[] if _title(t) else d for t, d in zip(translations, documents, strict=True)]
        headlines = self.summarizer.headlines(untitled)
        return [
            self._assemble(translation, sentences, document, draft, headline, wanted)
            for translation, sentences, document, draft, headline in zip(
                translations, readable, documents, drafts, headlines, strict=True
            )
        ]

    def _assemble(
        self,
        translation: Translation,
        readable: Sequence[TranslatedSentence],
        document: Sequence[str],
        draft: Sequence[Candidate],
        headline: str,
        length: Length,
    ) -> Brief:
        own = is_own_brief(document, length)
        checked = check(draft, translation, readable)
        chosen = checked if own else choose(checked, length)
        sentences = tuple(item.sentence for item in chosen)
        return Brief(
            article=translation.article,
            headline=_headline(translation, readable, headline, sentences),
            sentences=sentences,
            translation=translation,
            signature=self._signature(length),
            warnings=(*self._cautions(), *_warnings(translation, readable)),
        )

    def _cautions(self) -> list[str]:
        stages = (self.translator, self.summarizer)
        return [info.caution for stage in stages if (info := stage.generator.info).caution]

    def _signature(self, length: Length) -> dict[str, object]:
        return {
            "brief": version("brief-ar"),
            "translator": _model(self.translator) | {"good_tokens": self.translator.good_tokens},
            "summarizer": _model(self.summarizer),
            "words": length.words,
            "sentences": length.sentences,
        }


def _model(stage: Translator | Summarizer) -> dict[str, object]:
    info = stage.generator.info
    return {
        "name": info.name,
        "revision": info.revision,
        "quantization": info.quantization,
        "decoding": asdict(stage.decoding),
    }


def check(
    draft: Sequence[Candidate],
    translation: Translation,
    readable: Sequence[TranslatedSentence],
) -> list[Checked]:
    """Check each candidate of `draft` against the `readable` sentences of `translation`.

    A candidate that is a sentence of the translation rests on itself. Of those that the model
    wrote, the unsupported are replaced by the translated sentence that supports them best.
    """
    sources = [Source.of(s.source.index, s.text) for s in readable]
    return [
        Checked(
            _written(candidate, translation, sources)
            if candidate.written
            else _standing(translation, readable[candidate.sources[0]].source.index),
            candidate.score,
        )
        for candidate in draft
    ]


def _written(
    candidate: Candidate, translation: Translation, sources: Sequence[Source]
) -> BriefSentence:
    support = find_support(candidate.text, sources)
    if support.sufficient:
        return BriefSentence(
            candidate.text,
            support.evidence,
            round(support.share, 3),
            True,
            tuple(_doubts(translation, support.evidence)),
        )
    standing = _standing(translation, support.ranked[0])
    reason = Finding("replaced", _reason(support))
    return replace(standing, findings=(reason, *standing.findings))


def _standing(translation: Translation, index: int) -> BriefSentence:
    """Return a translated sentence as a sentence of the brief: it rests on itself."""
    text = tidy(translation.sentences[index].text)
    return BriefSentence(text, (index,), 1.0, False, tuple(_doubts(translation, (index,))))


def _doubts(translation: Translation, evidence: Sequence[int]) -> list[Finding]:
    return [finding for index in evidence for finding in translation.sentences[index].findings]


def _reason(support: Support) -> str:
    """Say in words why a sentence of the summariser was not shown."""
    if support.numbers:
        return f"The summariser's sentence had a number out of place: {support.numbers[0]}."
    if support.share < 0.5:
        return f"Only {support.share:.0%} of the summariser's sentence was found in its evidence."
    if support.names:
        return f"The summariser's sentence had a name out of place: {support.names[0]}."
    if support.negated:
        return "The summariser's sentence denied or foretold what its evidence does not."
    return f"Only {support.share:.0%} of the summariser's sentence was found in its evidence."


def _readable(translation: Translation) -> list[TranslatedSentence]:
    """Return the sentences to summarise: after the headline, and fit to be read.

    Where nothing is left after the headline, the headline is the article; where nothing is fit
    to be read, all that has any text is taken.
    """
    body = {sentence.index for sentence in translation.article.body}
    everything = [s for s in translation.sentences if s.text.strip()]
    inside = [s for s in everything if s.source.index in body] or everything
    return [s for s in inside if not any(f.kind in UNREADABLE for f in s.findings)] or inside


def _headline(
    translation: Translation,
    readable: Sequence[TranslatedSentence],
    written: str,
    sentences: Sequence[BriefSentence],
) -> str:
    title = [tidy(s.text) for s in _title(translation) if s.text.strip()]
    if title:
        return " ".join(title)
    if written:
        support = find_support(written, [Source.of(s.source.index, s.text) for s in readable])
        # Doubts about its evidence would not be printed with it.
        if support.sufficient and not _doubts(translation, support.evidence):
            return written
    return sentences[0].text if sentences else ""


def _title(translation: Translation) -> list[TranslatedSentence]:
    end = translation.article.title_end
    return [s for s in translation.sentences if s.source.end <= end]


def _warnings(translation: Translation, readable: Sequence[TranslatedSentence]) -> list[str]:
    coverage = translation.coverage
    found = [f"Headline: {finding.detail}." for s in _title(translation) for finding in s.findings]
    if coverage.failed:
        found.append(
            f"{coverage.failed} of {coverage.sentences} sentences failed a check of their "
            "translation, where each is marked with what is wrong."
        )
    if not readable:
        found.append("No sentence could be translated, so there is no brief.")
    return found
