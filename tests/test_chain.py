"""The two stages chained: what is shown is supported, and nothing is missing."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.articles import Article, make_article
from brief.chain import Brief, Briefer, Length, schema, to_json
from brief.models import Decoding, Hypothesis, ModelInfo
from brief.summarize import Summarizer
from brief.translate import Translator
from brief.translate.translator import GOOD_TOKENS

# A small article and what a translator makes of it, sentence by sentence.
PAIRS = {
    "انهيار سد قرب المدينة": "Dam collapses near the city",
    "انهار سد قرب مدينة الرملة يوم الأحد.": "A dam near the city of Ramla collapsed on Sunday.",
    "وقتل 12 شخصا وأصيب 30 آخرون.": "12 people were killed and 30 others were injured.",
    "وقال الوزير سامي حداد إن الحكومة سترسل مساعدات.": (
        "Minister Sami Haddad said that the government would send aid."
    ),
    "وأغلقت المدارس أبوابها في القرى المجاورة.": "Schools closed in the neighbouring villages.",
    "ولم تعرف بعد أسباب الانهيار.": "The causes of the collapse are not yet known.",
}


INFO = ModelInfo("scripted", "0", "none", 400)


@dataclass
class Scripted:
    """A generator that answers from a table; what is not in it comes back as `otherwise`."""

    answers: dict[str, str]
    otherwise: str = ""
    info: ModelInfo = INFO
    calls: list[list[str]] = field(default_factory=list)

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Look the answers up."""
        self.calls.append(list(sources))
        return [
            Hypothesis(self.answers.get(s, self.otherwise), -0.3, finished=True) for s in sources
        ]


def normal(pairs: dict[str, str]) -> dict[str, str]:
    """Key a table by what the translator hands to its generator."""
    from brief.articles.normalize import for_model

    return {for_model(arabic): english for arabic, english in pairs.items()}


def collapse() -> Article:
    """Return the article of the table."""
    return make_article("\n".join(PAIRS), origin="dam.txt")


def briefer(summary: str) -> Briefer:
    """Return a briefer whose summariser answers every window with `summary`."""
    return Briefer(Translator(Scripted(normal(PAIRS))), Summarizer(Scripted({}, summary)))


SHORT = Length(words=20)


def make(summary: str, length: Length = SHORT) -> Brief:
    """Return the brief of the article where the summariser says `summary`."""
    return briefer(summary).brief(collapse(), length)


def test_a_supported_sentence_is_shown_as_written() -> None:
    """What the article says may be said shorter; its evidence is found."""
    brief = make("A dam near Ramla collapsed on Sunday.")
    first = brief.sentences[0]
    assert first.text == "A dam near Ramla collapsed on Sunday."
    assert first.written
    assert first.evidence == (1,)
    assert first.findings == ()


UNSUPPORTED = {
    "number": ("A dam near Ramla collapsed on Sunday, and 45 people were killed.", "45"),
    "name": ("A dam near Ramla collapsed on Sunday, said Karim Nasser.", "Karim"),
    "salad": ("The Sunday of the city of the dam of the city collapsed the Sunday.", ""),
}


@pytest.mark.parametrize("case", UNSUPPORTED)
def test_an_unsupported_sentence_is_replaced(case: str) -> None:
    """What the article does not say is replaced by a sentence of the translation, with a reason."""
    summary, named = UNSUPPORTED[case]
    brief = make(summary)
    assert summary not in brief.text
    first = brief.sentences[0]
    assert not first.written
    assert first.text == brief.translation.sentences[first.evidence[0]].text
    reasons = [finding.detail for finding in first.findings if finding.kind == "replaced"]
    assert len(reasons) == 1
    assert named in reasons[0]


def test_a_sentence_about_something_else_leaves_no_trace() -> None:
    """It stands for nothing in the article, so the translation's own sentences come before it."""
    brief = make("Stock markets fell sharply after the bank raised interest rates.")
    assert brief.sentences
    assert all(not s.written and s.findings == () for s in brief.sentences)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            (
                "dam Ramla Sunday 12 30 45 Haddad Moscow government killed collapsed the of not "
                "Schools villages 2016 . , said "
            ).split()
        ),
        max_size=25,
    ),
    st.integers(1, 5),
)
def test_whatever_the_summariser_says_the_brief_is_supported(words: list[str], count: int) -> None:
    """Every sentence shown has evidence, and no number that its evidence lacks."""
    brief = make(" ".join(words), Length(sentences=count))
    assert brief.sentences
    for sentence in brief.sentences:
        evidence = " ".join(brief.translation.sentences[i].text for i in sentence.evidence)
        assert sentence.evidence
        for number in ("12", "30", "45", "2016"):
            assert number not in sentence.text or number in evidence


def test_no_sentence_is_shown_twice() -> None:
    """Two replaced sentences that rest on the same one give it once."""
    brief = make("Markets fell. Banks failed. Prices rose.", Length(sentences=4))
    texts = [sentence.text for sentence in brief.sentences]
    assert len(texts) == len(set(texts)) == 4


def test_coverage_counts_every_sentence() -> None:
    """The parts of the coverage add up to the sentences of the article."""
    brief = make("A dam near Ramla collapsed on Sunday.")
    c = brief.coverage
    assert c.sentences == len(brief.article.sentences) == 6
    assert c.translated + c.split + c.retried + c.failed == c.sentences


def test_the_headline_is_the_articles_own() -> None:
    """The English headline is the translated one; the headline is not in the brief."""
    brief = make("A dam near Ramla collapsed on Sunday.")
    assert brief.headline == "Dam collapses near the city."
    assert 0 not in {index for sentence in brief.sentences for index in sentence.evidence}


def test_an_article_without_headline_gets_one() -> None:
    """Where there is no headline the first sentence of the brief stands in."""
    text = "وقتل 12 شخصا وأصيب 30 آخرون.\nولم تعرف بعد أسباب الانهيار."
    brief = briefer("").brief(make_article(text, origin="-"))
    assert brief.article.title == ""
    assert brief.headline == brief.sentences[0].text == PAIRS["وقتل 12 شخصا وأصيب 30 آخرون."]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12 people were killed", "12 people were killed"),
        ("13 people were killed", PAIRS["وقتل 12 شخصا وأصيب 30 آخرون."]),
        ("12 people were killed in Ramla", PAIRS["وقتل 12 شخصا وأصيب 30 آخرون."]),
    ],
    ids=["supported", "another number", "another place"],
)
def test_a_written_headline_must_be_supported(written: str, expected: str) -> None:
    """A summariser that knows the prompt writes the headline; an unsupported one is not shown."""
    info = replace(INFO, prompts={"headline": "headline: "})
    text = "وقتل 12 شخصا وأصيب 30 آخرون.\nولم تعرف بعد أسباب الانهيار."
    asked = Scripted({}, written, info)
    made = Briefer(Translator(Scripted(normal(PAIRS))), Summarizer(asked))
    assert made.brief(make_article(text, origin="-")).headline == expected
    assert asked.calls[-1][0].startswith("headline: 12 people")


def test_a_written_headline_rests_on_nothing_doubtful() -> None:
    """Where its evidence lost a number, the first sentence stands in, with its finding."""
    source = "وقتل 12 شخصا وأصيب 30 آخرون."
    spoilt = "12 people were killed and others were injured."
    asked = Scripted({}, "12 people were killed", replace(INFO, prompts={"headline": "headline: "}))
    made = Briefer(Translator(Scripted(normal({**PAIRS, source: spoilt}))), Summarizer(asked))
    brief = made.brief(make_article(f"{source}\nولم تعرف بعد أسباب الانهيار.", origin="-"))
    assert brief.headline == brief.sentences[0].text == spoilt
    assert brief.sentences[0].findings


def test_an_article_of_two_sentences_is_its_own_brief() -> None:
    """Nothing is shortened, and each sentence rests on itself."""
    text = "وقتل 12 شخصا وأصيب 30 آخرون.\nولم تعرف بعد أسباب الانهيار."
    brief = briefer("Nonsense.").brief(make_article(text, origin="-"), Length(words=3))
    assert [s.evidence for s in brief.sentences] == [(0,), (1,)]


def test_a_headline_alone_is_the_article() -> None:
    """A text of one line has a brief too."""
    brief = briefer("").brief(make_article("انهيار سد قرب المدينة", origin="-"))
    assert brief.text == "Dam collapses near the city."


def test_doubts_about_the_evidence_reach_the_reader() -> None:
    """A number lost in translation is a finding of the brief's sentence."""
    pairs = PAIRS | {"وقتل 12 شخصا وأصيب 30 آخرون.": "People were killed and 30 others injured."}
    chained = Briefer(
        Translator(Scripted(normal(pairs))),
        Summarizer(Scripted({}, "People were killed and 30 others injured.")),
    )
    brief = chained.brief(collapse(), Length(sentences=4))
    doubts = [f for s in brief.sentences for f in s.findings if f.kind == "number-lost"]
    assert doubts
    assert "12" in doubts[0].detail
    assert any("1 of 6 sentences" in warning for warning in brief.warnings)


def test_an_untranslatable_article_is_reported_not_dropped() -> None:
    """With a translator that says nothing, every sentence is counted as failed."""
    mute = Briefer(Translator(Scripted({})), Summarizer(Scripted({})))
    brief = mute.brief(collapse())
    assert brief.sentences == ()
    assert brief.coverage.failed == 6
    assert any("no brief" in warning for warning in brief.warnings)
    jsonschema.validate(to_json(brief), schema())


def test_a_models_caution_is_among_the_warnings() -> None:
    """What a model's makers say of its weakness reaches every reader."""
    weak = replace(ModelInfo("weak", "0", "none", 400), caution="A first version.")
    chained = Briefer(
        Translator(Scripted(normal(PAIRS), info=weak)), Summarizer(Scripted({}, "No."))
    )
    assert "A first version." in chained.brief(collapse()).warnings


def test_the_json_form_is_what_its_schema_says() -> None:
    """The object validates, survives a round trip, and its offsets give the Arabic back."""
    brief = make("A dam near Ramla collapsed on Sunday.")
    form = json.loads(json.dumps(to_json(brief), ensure_ascii=False))
    jsonschema.validate(form, schema())
    for row in form["translation"]:
        assert brief.article.text[row["start"] : row["end"]] == row["source"]


def test_the_schema_refuses_what_it_should() -> None:
    """A sentence without evidence, or an unknown key, is not a `brief/1` object."""
    form = to_json(make("A dam near Ramla collapsed on Sunday."))
    jsonschema.Draft202012Validator.check_schema(schema())
    for spoilt in (
        form | {"extra": 1},
        form | {"brief": [form["brief"][0] | {"evidence": []}]},
        form | {"schema": "brief/2"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoilt, schema())


def test_articles_do_not_change_each_other() -> None:
    """An article's brief is the same alone and among others, in any order."""
    other = make_article(
        "ولم تعرف بعد أسباب الانهيار.\nوقتل 12 شخصا وأصيب 30 آخرون.", origin="other.txt"
    )
    chained = briefer("A dam near Ramla collapsed on Sunday.")
    alone = to_json(chained.brief(collapse(), SHORT))
    together = [to_json(b) for b in chained.briefs([other, collapse()], SHORT)]
    assert together[1] == alone


def test_the_signature_names_models_and_length() -> None:
    """Whatever changed the output is in the signature."""
    signature = make("It collapsed.", Length(sentences=2)).signature
    translator = signature["translator"]
    assert isinstance(translator, dict)
    assert translator["name"] == "scripted"
    assert translator["good_tokens"] == GOOD_TOKENS
    assert translator["decoding"] == asdict(Decoding())
    assert signature["sentences"] == 2


def test_doubts_about_the_headline_reach_the_reader() -> None:
    """A number lost in the headline is among the warnings: the headline is read first."""
    title = "مقتل 12 شخصا في انهيار سد"
    pairs = PAIRS | {title: "People killed in dam collapse"}
    article = make_article(title + "\n" + "\n".join(list(PAIRS)[1:]), origin="dam.txt")
    chained = Briefer(Translator(Scripted(normal(pairs))), Summarizer(Scripted({}, "No.")))
    warnings = chained.brief(article).warnings
    assert any(w.startswith("Headline: ") and "12" in w for w in warnings)
