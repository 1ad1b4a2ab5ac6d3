"""What the guards hold against a hypothesis, and what they let pass."""

from pathlib import Path

import pytest

from brief.models import Hypothesis
from brief.translate.guards import check, is_silent, needs_translation, repeated_share, severity

SOURCE = "قال وزير الخارجية ان المفاوضات مع الوفد الزائر ستستانف الاسبوع المقبل في العاصمة"
GOOD = "The foreign minister said that talks with the visiting delegation will resume next week."


def kinds(source: str, text: str, finished: bool = True) -> list[str]:
    """Return the kinds of what is found."""
    return [finding.kind for finding in check(source, Hypothesis(text, -1.0, finished))]


def test_a_good_translation_passes() -> None:
    """Nothing is held against a translation that says what its source says."""
    assert kinds(SOURCE, GOOD) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param(" . ", "empty", id="only marks"),
        pytest.param("The minister said that the the the talks will resume.", "repetition", id="1"),
        pytest.param(
            "The minister said that talks of talks of talks of talks will resume.",
            "repetition",
            id="2-gram",
        ),
        pytest.param("He said in the city of in the city of in the city of", "repetition", id="4"),
        pytest.param("Minister of lalalalalalalala said talks resume soon", "repetition", id="la"),
        pytest.param(
            "The minister said that 201111111111 talks resume soon", "repetition", id="digit"
        ),
        pytest.param(
            "The talks will resume next week, he said, the talks will resume next week, he said.",
            "repetition",
            id="a clause twice",
        ),
        pytest.param("He said.", "length", id="too short"),
        pytest.param(GOOD + " And so on, and on they talk of that" * 5, "length", id="long"),
        pytest.param(GOOD.replace("talks", "المفاوضات"), "arabic-left", id="arabic"),
    ],
)
def test_faults(text: str, kind: str) -> None:
    """Each fault is found."""
    assert kind in kinds(SOURCE, text)


def test_unfinished() -> None:
    """A hypothesis without an end is held against the model."""
    assert kinds(SOURCE, GOOD, finished=False) == ["no-end"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("لا لا لا لا قالها مرارا", "No no no no, he said repeatedly", id="words"),
        pytest.param("نعم", "Yes", id="one word"),
        pytest.param("وفاة", "A death in the family", id="short and wordy"),
        pytest.param("هههههههههههههه ضحك", "Hahahahahahahaha laughed", id="laughter"),
    ],
)
def test_what_the_source_does_too_passes(source: str, text: str) -> None:
    """Repetition in the source excuses repetition; short sources may be outgrown."""
    assert kinds(source, text) == []


def test_a_lost_number_is_named() -> None:
    """The detail says which number."""
    (finding,) = check("في عام 2016 فاز الحزب", Hypothesis("The party won that year", -1, True))
    assert (finding.kind, finding.detail) == (
        "number-lost",
        "2016 is in the Arabic but not in the English",
    )


def test_an_empty_text_is_the_worst() -> None:
    """Severity puts an empty hypothesis behind any other, and a clean one first."""
    empty = check(SOURCE, Hypothesis("", 0, True))
    bad = check(SOURCE, Hypothesis("المفاوضات " * 60, 0, False))
    assert severity(empty) > severity(bad) > severity(check(SOURCE, Hypothesis(GOOD, 0, True))) == 0


@pytest.mark.parametrize(
    ("text", "share"), [("", 0), ("a b c", 0), ("a b c d", 0), ("a b c d e a b c d e", 2 / 7)]
)
def test_repeated_share(text: str, share: float) -> None:
    """The share counts four-word sequences that came before."""
    assert repeated_share(text) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "arabic", "silent"),
    [
        pytest.param("***", False, True, id="stars"),
        pytest.param("…", False, True, id="ellipsis"),
        pytest.param("2016", False, False, id="digits"),
        pytest.param("Reuters", False, False, id="latin"),
        pytest.param("ا", True, False, id="arabic"),
        pytest.param("پ", True, False, id="persian"),
    ],
)
def test_what_needs_translation(text: str, arabic: bool, silent: bool) -> None:
    """Only Arabic letters need a model; a text without letters and digits is silent."""
    assert (needs_translation(text), is_silent(text)) == (arabic, silent)


def test_real_pairs_pass(shared: Path) -> None:
    """Of the reference translations of FLORES dev at most 1 in 200 is suspicious."""
    arabic = (shared / "eval" / "flores-dev.ar").read_text(encoding="utf-8").splitlines()
    english = (shared / "eval" / "flores-dev.en").read_text(encoding="utf-8").splitlines()
    pairs = zip(arabic, english, strict=True)
    alarms = sum(bool(kinds(source, target)) for source, target in pairs)
    # Measured: 3 of 997, all of them rows whose Arabic is not the English sentence at all.
    assert alarms <= 5
