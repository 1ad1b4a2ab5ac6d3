"""Whether a text is Arabic."""

from __future__ import annotations

import pytest

from brief.articles import check_arabic
from brief.articles.language import arabic_share
from brief.errors import InputError

ARABIC = {
    "plain": "أعلنت الحكومة أمس خطة جديدة لدعم المزارعين في المناطق البعيدة.",
    "short": "خرج ولم يعد",
    "two-words": "مات عمر",
    "vowels": "خَرَجَ الوَلَدُ إِلى المَدرَسَةِ مُبَكِّرًا",
    "persian-keyboard": "وقال الوزیر إن الحکومة ستبدأ العمل فی ۱۵ مشروعا جدیدا",
    "persian-quote": "هتف الحشد «مرگ بر جنگ» خلال الخطاب الذي ألقاه المرشد في الساحة",
    "persian-letters": "كتب چارلز وپاتريك وگريگور مذكراتهم في كتاب واحد",
    "urdu-name": "التقى الوزير بصحفي من جريدة ڈان الصادرة في كراتشي",
    "english-names": "أطلقت شركة Example Systems تطبيق NewsReader for Android أمس",
    "presentation-forms": "\ufe8d\ufedf\ufea8\ufe92\ufeae \ufe8d\ufedf\ufee0\ufe94",
    "maghreb": "اعتقلت الشرطة ثلاثة أشخاص بمدينة أگادير صباح اليوم",
}
FOREIGN = {
    "Persian": "وزیر بهداشت گفت که این بیمارستان تا پایان سال برای مردم باز می‌شود",
    "Persian-arabic-keyboard": "وزير بهداشت گفت كه اين بيمارستان تا پايان سال براي مردم باز مي‌شود",
    "Urdu": "وزیر صحت نے کہا کہ یہ ہسپتال سال کے آخر تک عوام کے لیے کھول دیا جائے گا",
    "Pashto": "د روغتيا وزير وويل چې دا روغتون به د کال تر پايه پورې خلکو ته پرانيستل شي",
    "Kurdish": "وەزیری تەندروستی وتی کە ئەم نەخۆشخانەیە تا کۆتایی ساڵ بۆ خەڵک دەکرێتەوە",
}


@pytest.mark.parametrize("text", ARABIC.values(), ids=ARABIC)
def test_arabic_passes(text: str) -> None:
    """Arabic passes, also with foreign letters, names and quotes in it."""
    check_arabic(text, "news.txt")


@pytest.mark.parametrize(("language", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_in_the_script_are_named(language: str, text: str) -> None:
    """Text in another language of the Arabic script is refused by its name."""
    with pytest.raises(InputError, match=rf"news\.txt looks like {language.partition('-')[0]}"):
        check_arabic(text, "news.txt")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param("The ministry said on Monday that it would open a library.", "0%", id="en"),
        pytest.param("Le ministère a déclaré que «السلام» reste possible.", "15%", id="fr"),
        pytest.param("הממשלה הודיעה אתמול על תוכנית חדשה", "0%", id="hebrew"),
        pytest.param("12345 67.8", "0%", id="numbers"),
    ],
)
def test_other_scripts_are_refused_with_their_share(text: str, share: str) -> None:
    """Text with few Arabic letters is refused, and the message says how few."""
    with pytest.raises(InputError, match=f"{share} of its letters are Arabic"):
        check_arabic(text, "news.txt")


@pytest.mark.parametrize("text", ["", "  \n\t", "\u2028"], ids=["empty", "blank", "separator"])
def test_empty_text_is_refused(text: str) -> None:
    """White space is no article."""
    with pytest.raises(InputError, match=r"news\.txt is empty"):
        check_arabic(text, "news.txt")


@pytest.mark.parametrize(
    ("text", "share"),
    [("نص", 1.0), ("نص ab", 0.5), ("abc", 0.0), ("نصٌّ ـ 12 ٣", 1.0), ("", 0.0)],
    ids=["arabic", "half", "latin", "signs", "empty"],
)
def test_share_counts_letters_only(text: str, share: float) -> None:
    """Digits, vowel signs and tatweel count neither way."""
    assert arabic_share(text) == pytest.approx(share)
