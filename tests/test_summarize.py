"""From sentences to windows, candidates and a brief of the length asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.errors import UsageError
from brief.models import Decoding, Hypothesis, ModelInfo
from brief.summarize import Candidate, Length, Summarizer, choose, is_own_brief
from brief.summarize.salience import Salience, overlap
from brief.summarize.windows import Unit, pack

INFO = ModelInfo("first-sentence", "0", "none", 60)


@dataclass
class FirstSentence:
    """A generator that gives back the first sentence of what it reads; tokens are words."""

    info: ModelInfo = INFO
    finished: bool = True
    calls: list[list[str]] = field(default_factory=list)

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Return everything up to the first full stop."""
        self.calls.append(list(sources))
        return [Hypothesis(s.split(".")[0] + ".", -0.5, self.finished) for s in sources]


def document(count: int) -> list[str]:
    """Return `count` sentences of ten words that differ in every content word."""
    return [
        " ".join(f"Word{chr(97 + n % 26)}{chr(97 + n // 26)}{chr(97 + k)}" for k in range(10)) + "."
        for n in range(count)
    ]


@given(
    st.lists(st.lists(st.sampled_from(["a", "bb", "ccc", "x" * 40]), min_size=1), max_size=30),
    st.integers(3, 50),
)
def test_windows_hold_everything_once(texts: list[list[str]], limit: int) -> None:
    """Windows keep every word in order, and none is over the limit."""
    units = [Unit(" ".join(words), (i,)) for i, words in enumerate(texts)]
    windows = pack(units, lambda text: len(text.split()), limit)
    assert " ".join(w.text for w in windows).split() == [w for words in texts for w in words]
    assert all(len(window.text.split()) <= limit for window in windows)


def test_a_word_over_the_limit_is_split() -> None:
    """A word longer than the model takes is cut between characters, not dropped."""
    windows = pack([Unit("x" * 1000, (0,))], len, 64)
    assert "".join(w.text for w in windows).replace(" ", "") == "x" * 1000
    assert all(len(window.text) <= 64 for window in windows)


def test_windows_are_even() -> None:
    """A document a little over the limit gives two halves, not a full window and a crumb."""
    units = [Unit("one two three four five", (i,)) for i in range(11)]
    sizes = [len(w.units) for w in pack(units, lambda text: len(text.split()), 50)]
    assert sorted(sizes) == [5, 6]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_short_article_is_its_own_brief(count: int) -> None:
    """One or two sentences are not shortened, whatever the length asked for."""
    generator = FirstSentence()
    brief = Summarizer(generator).summarize([document(count)], Length(words=5))
    assert brief == [document(count)]
    assert generator.calls == []


def test_an_article_within_the_length_is_its_own_brief() -> None:
    """Five sentences of ten words need no shortening to eighty words."""
    assert is_own_brief(document(5), Length(words=80))
    assert not is_own_brief(document(5), Length(words=40))


def test_a_long_article_is_read_level_by_level() -> None:
    """What the windows gave is read again while it is far too long; no sentence is left out."""
    generator = FirstSentence()
    Summarizer(generator).candidates([document(200)], Length(words=20))
    assert len(generator.calls) > 1
    assert " ".join(generator.calls[0]).split() == " ".join(document(200)).split()
    assert len(generator.calls[1]) < len(generator.calls[0])


def test_all_articles_go_through_the_model_together() -> None:
    """Two articles make one call a level, not one each."""
    generator = FirstSentence()
    Summarizer(generator).candidates([document(12), document(14)], Length())
    assert len(generator.calls) == 1


@dataclass
class Always(FirstSentence):
    """A generator that gives the same answer to everything."""

    answer: str = ""

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Return the answer."""
        return [Hypothesis(self.answer, -0.5, True) for _ in sources]


DAM = [
    "The dam above the old town of Ramla broke on Sunday morning after two weeks of rain.",
    "Schools in Lydda stayed open.",
    "Engineers had warned of cracks in the dam above Ramla a year ago.",
    "The mayor spoke to reporters in the evening.",
]


def test_a_rewritten_sentence_takes_the_place_of_its_source() -> None:
    """What the model shortens has the rank of what it shortened, and comes before it."""
    brief = Summarizer(Always(answer="The dam above Ramla broke on Sunday.")).summarize(
        [DAM], Length(sentences=1)
    )
    plain = Summarizer(Always(answer="")).summarize([DAM], Length(sentences=1))
    assert plain == [DAM[:1]]
    assert brief == [["The dam above Ramla broke on Sunday."]]


def test_what_stands_for_nothing_ranks_by_itself() -> None:
    """A sentence about something else does not push the document's own ones out."""
    brief = Summarizer(Always(answer="Stock markets fell.")).summarize([DAM], Length(sentences=1))
    assert brief == [DAM[:1]]


def test_an_unfinished_sentence_is_not_a_candidate() -> None:
    """A hypothesis that was cut off in the middle gives no sentence."""

    @dataclass
    class CutOff(FirstSentence):
        def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
            return [Hypothesis("Complete one. And then the", -1.0, False) for _ in sources]

    found = Summarizer(CutOff()).candidates([document(12)], Length())[0]
    assert {c.text for c in found if c.written} == {"Complete one."}


@given(st.integers(1, 40), st.integers(1, 300))
def test_the_length_in_words_is_kept(count: int, words: int) -> None:
    """With ten words a sentence, a brief is at most half a sentence off, if there is enough."""
    brief = Summarizer(FirstSentence()).summarize([document(count)], Length(words=words))[0]
    length = sum(len(sentence.split()) for sentence in brief)
    if count > 2 and words >= 10:
        assert abs(length - min(words, 10 * count)) <= 5


@given(st.integers(3, 30), st.integers(1, 6))
def test_the_length_in_sentences_is_kept(count: int, sentences: int) -> None:
    """So many sentences are given where the document has as many."""
    if is_own_brief(document(count), Length(sentences=sentences)):
        return
    brief = Summarizer(FirstSentence()).summarize([document(count)], Length(sentences=sentences))
    assert len(brief[0]) == min(sentences, count)


def test_nothing_is_said_twice() -> None:
    """Of two candidates with the same content only the better one is chosen."""
    twins = [
        Candidate("Floods hit the northern villages.", (0,), 2.0, written=True),
        Candidate("Floods hit northern villages hard.", (3,), 1.0, written=True),
        Candidate("The army sent boats.", (4,), 0.5, written=True),
    ]
    assert [c.text for c in choose(twins, Length(sentences=3))] == [
        "Floods hit the northern villages.",
        "The army sent boats.",
    ]


def test_the_brief_is_in_document_order() -> None:
    """The best candidate comes first only if it stands first."""
    late = Candidate("Alpha beta gamma.", (9,), 9.0, written=True)
    early = Candidate("Delta epsilon zeta.", (1,), 1.0, written=True)
    assert choose([late, early], Length(sentences=2)) == [early, late]


@pytest.mark.parametrize(
    ("length", "value"), [({"words": 0}, "0"), ({"words": -5}, "-5"), ({"sentences": 0}, "0")]
)
def test_an_impossible_length_names_its_value(length: dict[str, int], value: str) -> None:
    """A length below one is a usage error that ends with the value and a hint."""
    with pytest.raises(UsageError, match=rf"was: {value}\. Try"):
        Length(**length)


def test_salience_prefers_the_frequent_and_the_early() -> None:
    """The same sentence scores more further up; one with the document's words scores more."""
    salience = Salience.of(["The dam broke.", "The dam flooded fields.", "A dog barked."])
    assert salience.score("The dam broke.", 0) > salience.score("The dam broke.", 5)
    assert salience.score("The dam broke.", 0) > salience.score("A dog barked.", 0)
    assert salience.score("It is what it is.", 0) == 0.0


def test_overlap_is_of_the_shorter_text() -> None:
    """A sentence within another overlaps wholly; no content, no overlap."""
    assert overlap("The dam broke.", "The old dam broke near Derna.") == 1.0
    assert overlap("It is so.", "The dam broke.") == 0.0


def test_a_short_brief_is_asked_for_by_its_prompt() -> None:
    """A model that knows the short form is asked for it where few words are wanted, only there."""
    knowing = FirstSentence(replace(INFO, prompts={"short": "short: "}))
    Summarizer(knowing).candidates([document(6)], Length(words=20))
    assert all(source.startswith("short: ") for call in knowing.calls for source in call)
    knowing.calls.clear()
    Summarizer(knowing).candidates([document(12)], Length(words=80))
    assert not any(source.startswith("short: ") for call in knowing.calls for source in call)


def test_a_prompt_leaves_room_for_itself() -> None:
    """Prompt and window together stay within what the model takes."""
    knowing = FirstSentence(replace(INFO, max_source_tokens=24, prompts={"short": "short: "}))
    Summarizer(knowing).candidates([document(6)], Length(words=20))
    assert max(len(source.split()) for call in knowing.calls for source in call) <= 24


def test_no_headline_without_a_prompt() -> None:
    """A model that was not trained for headlines is not asked for one."""
    plain = FirstSentence()
    assert Summarizer(plain).headlines([document(3)]) == [""]
    assert plain.calls == []


@pytest.mark.parametrize("finished", [True, False])
def test_an_unfinished_headline_is_none(finished: bool) -> None:
    """A headline that the model did not end is not shown: what is cut may mean something else."""
    info = replace(INFO, prompts={"headline": "headline: "})
    made = Summarizer(FirstSentence(info, finished=finished)).headlines([document(3), []])
    assert [bool(headline) for headline in made] == [finished, False]
