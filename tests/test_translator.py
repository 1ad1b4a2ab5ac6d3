"""Articles to translations: nothing missing, nothing out of order, nothing twice."""

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.articles.article import Article
from brief.errors import ModelError
from brief.models import Decoding, Hypothesis
from brief.translate import Coverage, TranslatedSentence, Translation, Translator
from brief.translate.stream import chunks
from tests.fakes import FakeGenerator, Fault, article, spelled

SENTENCE = "قال الوزير ان الاجتماع سيعقد في بيروت يوم الاحد"
OTHER = "ونفي المتحدث باسم الحكومة هذه الانباء جملة وتفصيلا"


def loop(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
    """Say one thing over and over, unless n-grams may not repeat."""
    return good if decoding.no_repeat_ngram else replace(good, text="of the " * 30)


def endless(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
    """Never come to an end, except in a greedy search."""
    return good if decoding.beam == 1 else replace(good, finished=False)


def empty(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
    """Say nothing, whatever the search."""
    return replace(good, text="")


def no_numbers(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
    """Leave the digits out, whatever the search."""
    return replace(good, text="".join(c for c in good.text if not c.isdigit()))


def arabic(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
    """Give the source back."""
    return replace(good, text=source)


def one(
    text: str, fault: Fault | None = None, good_tokens: int = 80
) -> tuple[Translation, FakeGenerator]:
    """Translate one sentence with a generator that has a fault with it."""
    generator = FakeGenerator(faults={text: fault} if fault else {})
    (translation,) = Translator(generator, good_tokens=good_tokens).translate([article(text)])
    return translation, generator


def test_a_sentence_is_translated_whole() -> None:
    """What the model says of a sentence stands beside it."""
    translation, _ = one(SENTENCE)
    (sentence,) = translation.sentences
    assert sentence.source == translation.article.sentences[0]
    assert (sentence.text, sentence.status, sentence.findings) == (spelled(SENTENCE), "whole", ())
    assert sentence.score == pytest.approx(-len(SENTENCE) / 1000)


def test_the_model_reads_normalised_text() -> None:
    """Diacritics and Eastern digits never reach the model, and the source stays as printed."""
    printed = "قُتِلَ ٣ أشخاص"
    translation, generator = one(printed)
    assert generator.sources == ["قتل 3 اشخاص"]
    assert translation.sentences[0].source.text == printed


def test_all_articles_go_in_one_sorted_stream() -> None:
    """Sentences of all articles share few calls, the longest first."""
    articles = [
        article(*(f"{SENTENCE} رقم {a} {s}" + " كلمة" * s for s in range(20))) for a in range(10)
    ]
    generator = FakeGenerator()
    translations = Translator(generator).translate(articles)
    lengths = [generator.count_tokens(source) for source in generator.sources]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) == 200
    assert len(generator.calls) <= 6
    assert [t.article for t in translations] == articles
    assert all(s.text == spelled(s.source.text) for t in translations for s in t.sentences)


def test_the_same_sentence_is_translated_once() -> None:
    """Repetitions, also in other articles, cost nothing and all get the translation."""
    generator = FakeGenerator()
    translations = Translator(generator).translate([article(SENTENCE, OTHER), article(SENTENCE)])
    assert sorted(generator.sources) == sorted([SENTENCE, OTHER])
    assert translations[1].sentences[0].text == translations[0].sentences[0].text


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        pytest.param("***", "***", id="stars"),
        pytest.param("…", "…", id="ellipsis"),
        pytest.param("ـــــ", "ـــــ", id="tatweel alone"),
        pytest.param("٢٠١٦", "2016", id="digits"),
        pytest.param("Photo: Reuters", "Photo: Reuters", id="english"),
    ],
)
def test_what_has_no_arabic_letter_stays(printed: str, text: str) -> None:
    """A sentence without Arabic letters needs no model."""
    translation, generator = one(printed)
    assert generator.calls == []
    assert (translation.sentences[0].text, translation.sentences[0].status) == (text, "whole")


def test_a_long_sentence_is_split_and_stitched() -> None:
    """A sentence beyond the good length comes back complete, as split."""
    text = "، ".join([SENTENCE] * 5)
    translation, generator = one(text, good_tokens=20)
    (sentence,) = translation.sentences
    assert sentence.status == "split"
    assert sentence.text == spelled(text)
    assert max(map(generator.count_tokens, generator.sources)) <= 20


def test_the_limit_of_the_model_applies_where_it_is_smaller() -> None:
    """No source has more tokens than the model takes."""
    generator = FakeGenerator(max_source_tokens=7)
    (translation,) = Translator(generator).translate([article(SENTENCE + " " + OTHER)])
    assert translation.coverage.split == 1


@pytest.mark.parametrize("fault", [loop, endless], ids=["loop", "endless"])
def test_another_search_helps(fault: Fault) -> None:
    """A fault that another search does not have is gone, and the status says so."""
    translation, _ = one(SENTENCE, fault)
    (sentence,) = translation.sentences
    assert (sentence.text, sentence.status, sentence.findings) == (
        spelled(SENTENCE),
        "retried",
        (),
    )


def test_halves_help() -> None:
    """A sentence that no search brings out whole is put together from its halves."""
    translation, _ = one("وقتل 12 جنديا في الهجوم الذي وقع قرب الحدود، وجرح 30 اخرون", no_numbers)
    (sentence,) = translation.sentences
    assert sentence.status == "retried"
    assert "12" in sentence.text
    assert "30" in sentence.text


@pytest.mark.parametrize(
    ("text", "fault", "kind", "kept"),
    [
        pytest.param("سقط المطر امس", empty, "empty", "", id="empty"),
        pytest.param("عام 2016 مضي", no_numbers, "number-lost", spelled("عام مضي"), id="number"),
        pytest.param("سقط المطر امس", arabic, "arabic-left", "سقط المطر امس", id="arabic"),
    ],
)
def test_what_never_passes_is_kept_and_reported(
    text: str, fault: Fault, kind: str, kept: str
) -> None:
    """The best of bad attempts stays, with what is wrong with it."""
    translation, _ = one(text, fault)
    (sentence,) = translation.sentences
    assert sentence.status == "failed"
    assert [finding.kind for finding in sentence.findings] == [kind]
    assert sentence.text.split() == kept.split()


def test_the_least_bad_attempt_wins() -> None:
    """Of attempts that all fail, the one with the least severe findings is kept."""

    def fault(source: str, decoding: Decoding, good: Hypothesis) -> Hypothesis:
        bad = empty if decoding.beam == 4 else no_numbers if decoding.beam == 1 else arabic
        return bad(source, decoding, good)

    translation, _ = one("عام 2016", fault)
    assert [finding.kind for finding in translation.sentences[0].findings] == ["number-lost"]


def test_retries_are_batched() -> None:
    """Ten failing sentences cost one more call a retry, not ten."""
    texts = [f"{SENTENCE} مع {number} وزراء" for number in range(10, 20)]
    generator = FakeGenerator(faults=dict.fromkeys(texts, no_numbers))
    (translation,) = Translator(generator).translate([article(*texts)])
    assert translation.coverage.retried == 10
    assert len(generator.calls) == 4


def test_a_fault_of_one_sentence_leaves_the_others_alone() -> None:
    """Only the sentence that fails is tried again."""
    generator = FakeGenerator(faults={SENTENCE: empty})
    (translation,) = Translator(generator).translate([article(OTHER, SENTENCE, "خبر عاجل")])
    assert [s.status for s in translation.sentences] == ["whole", "retried", "whole"]
    assert generator.sources.count(OTHER) == 1


def test_coverage_is_a_partition() -> None:
    """Each sentence is counted under one status."""
    texts = [OTHER, "، ".join([SENTENCE] * 9), SENTENCE, "خبر"]
    generator = FakeGenerator(faults={SENTENCE: loop, "خبر": empty})
    (translation,) = Translator(generator, good_tokens=40).translate([article(*texts)])
    assert translation.coverage == Coverage(sentences=4, translated=1, split=1, retried=1, failed=1)


def test_progress_rises_to_the_end() -> None:
    """Progress counts sentences, repeated ones too, and ends with all of them."""
    texts = [f"{SENTENCE} {'كلمة ' * n}" for n in range(200)] + [SENTENCE, "***", OTHER]
    generator = FakeGenerator(faults={OTHER: empty})
    reports: list[tuple[int, int]] = []
    Translator(generator).translate(
        [article(*texts)], lambda done, total: reports.append((done, total))
    )
    assert [done for done, _ in reports] == sorted({done for done, _ in reports})
    assert reports[-1] == (203, 203)
    assert {total for _, total in reports} == {203}
    assert len(reports) > 3


def test_no_articles_no_calls() -> None:
    """Nothing to do is done at once; an article without sentences is still there."""
    generator = FakeGenerator()
    assert Translator(generator).translate([]) == []
    (translation,) = Translator(generator).translate([article()])
    assert translation.sentences == ()
    assert generator.calls == []


def test_the_target_is_bounded_by_the_source() -> None:
    """A short source may not run away for as long as a long one, nor beyond the decoding's own."""
    generator = FakeGenerator()
    Translator(generator, Decoding(max_target_tokens=90)).translate(
        [article("خبر", " ".join(["كلمة"] * 30))]
    )
    assert [decoding.max_target_tokens for _, decoding in generator.calls] == [90, 64]


@dataclass
class Miscounting(FakeGenerator):
    """Returns a hypothesis too few."""

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Lose the last one."""
        return super().generate(sources, decoding)[:-1]


def test_a_generator_that_loses_a_source_is_an_error() -> None:
    """Hypotheses that cannot be told apart are refused, not guessed at."""
    with pytest.raises(ModelError, match="one hypothesis for each of 2 sources, was: 1"):
        Translator(Miscounting()).translate([article(SENTENCE, OTHER)])


@dataclass
class Junk(FakeGenerator):
    """Returns whatever it was told to, by a hash of the source."""

    texts: tuple[str, ...] = ("",)
    score: float = 0.0

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Pick a text for each source."""
        return [
            Hypothesis(self.texts[len(s) % len(self.texts)], self.score, len(s) % 2 == 0)
            for s in sources
        ]


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 600), max_size=60))
def test_chunks_hold_each_source_once(tokens: dict[str, int]) -> None:
    """Each source is in one chunk, with sources of its own length class only."""
    made = list(chunks(tokens))
    assert sorted(source for chunk in made for source in chunk.sources) == sorted(tokens)
    for chunk in made:
        for source in chunk.sources:
            assert tokens[source] <= chunk.most_tokens < max(17, 2 * tokens[source])


@settings(deadline=None)
@given(
    texts=st.lists(st.text(alphabet="ابت 12.،؛a\n*ـ", min_size=1, max_size=60), max_size=8),
    junk=st.lists(st.text(alphabet="ab 12.\nا", max_size=30), min_size=1, max_size=4),
    score=st.sampled_from([0.0, -1.0, 5.0, math.nan, -math.inf]),
    good_tokens=st.integers(1, 12),
)
def test_nothing_is_ever_missing(
    texts: list[str], junk: list[str], score: float, good_tokens: int
) -> None:
    """Whatever the model returns, each sentence is there, in order, with a status that is true."""
    generator = Junk(texts=tuple(junk), score=score)
    (translation,) = Translator(generator, good_tokens=good_tokens).translate([article(*texts)])
    assert [s.source for s in translation.sentences] == list(translation.article.sentences)
    for sentence in translation.sentences:
        assert (sentence.status == "failed") == bool(sentence.findings)
        assert sentence.text or sentence.findings or not sentence.source.text.strip()
        assert -100 <= sentence.score <= 0
    counts = translation.coverage
    parts = counts.translated + counts.split + counts.retried + counts.failed
    assert parts == counts.sentences == len(texts)


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng: random.Random) -> None:
    """Articles in another order, or alone, give the same translations."""
    texts = [f"{SENTENCE} {'كلمة ' * n}وعددهم {n}".strip() for n in range(1, 25)]
    faults = dict(zip(texts, itertools.cycle([loop, endless, empty, no_numbers]), strict=False))
    articles = [article(*texts[n : n + 4]) for n in range(0, 24, 4)]

    def translate(articles: list[Article]) -> dict[str, tuple[TranslatedSentence, ...]]:
        translator = Translator(FakeGenerator(faults=faults), good_tokens=25)
        return {t.article.text: t.sentences for t in translator.translate(articles)}

    shuffled = rng.sample(articles, len(articles))
    alone = translate([shuffled[0]])
    assert translate(shuffled) == translate(articles) == translate(articles) | alone
