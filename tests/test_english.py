"""English sentences: where they end, what they say, how they look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.summarize.english import complete, content_words, split_sentences, tidy

SPLITS = {
    "two": "He left. She stayed.|",
    "title": "Dr. Hadi met Mr. Salem. They talked.",
    "initials": "J. K. Nasser spoke. The U.S. Senate voted.",
    "decimal": "It rose 3.5 percent. Then it fell.",
    "quote": 'He said: "We will go." Then he left.',
    "question": "Will it last? Nobody knows!",
    "month": "It began on Jan. 5 in Amman. It ended soon.",
    "number first": "Prices rose. 12 shops closed.",
    "ellipsis": "He waited... Then he left.",
    "no end": "It was late. The road",
    "lower case": "The site example.com is down. it says",
}
EXPECTED = {
    "two": ["He left.", "She stayed.|"],
    "title": ["Dr. Hadi met Mr. Salem.", "They talked."],
    "initials": ["J. K. Nasser spoke.", "The U.S. Senate voted."],
    "decimal": ["It rose 3.5 percent.", "Then it fell."],
    "quote": ['He said: "We will go."', "Then he left."],
    "question": ["Will it last?", "Nobody knows!"],
    "month": ["It began on Jan. 5 in Amman.", "It ended soon."],
    "number first": ["Prices rose.", "12 shops closed."],
    "ellipsis": ["He waited...", "Then he left."],
    "no end": ["It was late.", "The road"],
    "lower case": ["The site example.com is down. it says"],
}


@pytest.mark.parametrize("case", SPLITS)
def test_split_sentences(case: str) -> None:
    """A mark ends a sentence unless it belongs to an abbreviation, an initial or a number."""
    assert split_sentences(SPLITS[case]) == EXPECTED[case]


@given(st.text(alphabet="aB .!?\"'3)", max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    """The sentences hold every character of the text that is not white space."""
    joined = "".join("".join(split_sentences(text)).split())
    assert joined == "".join(text.split())


@pytest.mark.parametrize(
    ("rough", "neat"),
    [
        ("the talks  resume", "The talks resume."),
        ("It ended .", "It ended."),
        ("He came , and left .", "He came, and left."),
        ("Prices rose 3 .5", "Prices rose 3 .5."),
        ('He said "yes."', 'He said "yes."'),
        ("One, two,", "One, two."),
        ("", ""),
    ],
)
def test_tidy(rough: str, neat: str) -> None:
    """A sentence gets a capital, single spaces and a full stop; numbers are left alone."""
    assert tidy(rough) == neat


@given(st.text(max_size=80))
def test_tidy_twice_changes_nothing(text: str) -> None:
    """Tidying is idempotent, and what it gives is complete."""
    once = tidy(text)
    assert tidy(once) == once
    assert not once or complete(once)


def test_content_words() -> None:
    """Articles, pronouns, auxiliaries and reporting verbs carry no content; numbers do."""
    assert content_words("The minister said that he had met 1,200 people.") == [
        "minister",
        "met",
        "1,200",
        "people",
    ]
