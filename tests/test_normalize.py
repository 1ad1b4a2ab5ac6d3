"""The steps of normalisation, one table a step, and what they promise together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.articles import normalize
from brief.articles.normalize import TRANSFORMS, for_model, plain_english

STEPS: dict[Callable[[str], str], list[tuple[str, str]]] = {
    normalize.unify_presentation_forms: [
        ("\ufe8d\ufedf\ufea8\ufe92\ufeae", "الخبر"),
        ("\ufefb", "لا"),
        ("سلام", "سلام"),
        ("²½", "²½"),
    ],
    normalize.remove_controls: [
        ("\u200fخبر\u200e", "خبر"),
        ("\u202bخبر\u202c", "خبر"),
        ("\u2067خبر\u2069", "خبر"),
        ("\ufeffخبر", "خبر"),
        ("مي\u200cشود", "ميشود"),
        ("خب\u00adر", "خبر"),
    ],
    normalize.remove_tatweel: [("خـــبر", "خبر"), ("هـ", "ه")],
    normalize.remove_diacritics: [
        ("كِتَابٌ", "كتاب"),
        ("مُدَرِّسَةٌ", "مدرسة"),
        ("هٰذا", "هذا"),
        ("شكراً", "شكرا"),
        ("ئؤ", "ئؤ"),
    ],
    normalize.western_digits: [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("٣٫٥٪", "3.5%"),
        ("١٬٢٠٠", "1,200"),
        ("42", "42"),
    ],
    normalize.fold_alef: [("أإآٱا", "ااااا"), ("ؤئء", "ؤئء")],
    normalize.fold_yeh: [("على مستشفى", "علي مستشفي")],
    normalize.fold_persian_letters: [("کیف", "كيف"), ("پچژگ", "پچژگ")],
    normalize.unify_punctuation: [
        ("«خبر»", '"خبر"'),
        ("“خبر”", '"خبر"'),
        ("‘خبر’", "'خبر'"),
        ("أ–ب—ج−د", "أ-ب-ج-د"),
        ("ثم…", "ثم..."),
        ("،؛؟", "،؛؟"),
    ],
    normalize.unify_spaces: [
        ("  خبر \t\n عاجل ", "خبر عاجل"),
        ("خبر\u00a0عاجل", "خبر عاجل"),
        ("", ""),
    ],
}
CASES = [
    pytest.param(step, before, after, id=f"{step.__name__}-{number}")
    for step, table in STEPS.items()
    for number, (before, after) in enumerate(table, 1)
]

ARABIC = st.text(
    alphabet=st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF)
    | st.sampled_from(" \n\u00a0\u200f\u00ad«»“”…–'`´")
)


@pytest.mark.parametrize(("step", "before", "after"), CASES)
def test_step(step: Callable[[str], str], before: str, after: str) -> None:
    """Each step changes what it names and leaves the rest."""
    assert step(before) == after


def test_every_step_has_a_table() -> None:
    """No step of `for_model` goes untested."""
    assert set(TRANSFORMS) == set(STEPS)


@pytest.mark.parametrize("step", TRANSFORMS, ids=lambda step: step.__name__)
@given(text=ARABIC | st.text())
def test_each_step_is_idempotent(step: Callable[[str], str], text: str) -> None:
    """Doing a step twice is doing it once."""
    once = step(text)
    assert step(once) == once


@given(ARABIC | st.text())
def test_all_steps_together_are_idempotent(text: str) -> None:
    """What the model reads is already normal."""
    once = for_model(text)
    assert for_model(once) == once


def test_ordinary_sentence_for_the_model() -> None:
    """A sentence of a real kind comes out in the letters that the model was trained on."""
    text = "\u200fأعلنَت «هيئة الإحصاء»  أنَّ النسبة بلغت ٣٫٥٪ على الأقـــل…"
    assert for_model(text) == 'اعلنت "هيئة الاحصاء" ان النسبة بلغت 3.5% علي الاقل...'


def test_english_keeps_its_letters() -> None:
    """English loses curled quotes, long dashes and double spaces, and nothing else."""
    assert plain_english("“It’s  over”  –\u200b he said…") == '"It\'s over" - he said...'
    assert plain_english("naïve café") == "naïve café"
