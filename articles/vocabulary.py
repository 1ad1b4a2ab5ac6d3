"""Words that decide whether a mark ends a sentence: abbreviations, reporting verbs, particles.

Arabic words are listed without vowel signs and without tatweel.
"""

from __future__ import annotations

__all__ = [
    "BEFORE_NAMES",
    "BEFORE_NUMBERS",
    "CONTINUING",
    "ENUMERATION_TAILS",
    "LATIN_TAILS",
    "LETTER_NAMES",
    "REPORTING",
    "TAILS",
    "UNITS",
    "words",
]


def words(text: str) -> frozenset[str]:
    """Return the words in `text`, which white space separates."""
    return frozenset(text.split())


# Letters that after a number stand for a unit, an era or a half of the day: metre, anno Domini,
# hijri, morning, pound, hour. Such a letter may well be a sentence's last word.
UNITS = words("م ه ص ج س")

# Abbreviations that may be a sentence's last word.
TAILS = words("إلخ الخ وإلخ")
LATIN_TAILS = words("inc ltd co corp jr sr etc plc al")

# Abbreviations that a number follows.
BEFORE_NUMBERS = words("رقم مج هاتف فاكس no nos vol fig art ch pp sec")

# Latin titles and months, which a name or a number follows.
BEFORE_NAMES = words(
    "mr mrs ms dr prof st mt gen col capt lt sgt maj adm sen rep gov hon rev messrs vs "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)

# Latin letters spelled in Arabic, as in initials. The letter B is missing: it is also the
# ordinary word "with me", which ends many sentences.
LETTER_NAMES = words(
    "إيه ايه سي دي إي اي إف اف جي إتش اتش آي جيه كيه كي إل ال إم ام إن ان أو او كيو آر ار إس اس "
    "تي يو في دبليو إكس اكس واي زد زي دابليو"
)

# Verbs that name the speaker after a quote; masculine and feminine, past and present.
REPORTING = words(
    "قال قالت قالوا قلت قلنا يقول تقول يقولون سأل سألت سألوا سألته سألتها سألني سألها يسأل تسأل "
    "تساءل تساءلت يتساءل تتساءل أضاف أضافت يضيف تضيف أكد أكدت يؤكد تؤكد تابع تابعت يتابع تتابع "
    "أوضح أوضحت يوضح توضح ذكر ذكرت يذكر تذكر صرح صرحت يصرح أجاب أجابت يجيب تجيب رد ردت يرد ترد "
    "كتب كتبت يكتب تكتب هتف هتفت هتفوا يهتف صاح صاحت صاحوا صرخ صرخت يصرخ همس همست علق علقت "
    "استطرد استطردت أردف أردفت شدد شددت نقل نقلت حسب بحسب وفق"
)

# Words that continue a clause rather than begin one: prepositions, relative pronouns,
# conjunctions.
CONTINUING = words(
    "في من على إلى الى عن مع حتى لدى عند منذ دون بدون سوى إلا الا أو او أم ام بل ثم كي لكي "
    "الذي التي الذين اللذين اللتين اللواتي اللاتي بين ضد مثل نحو فوق تحت حول خلال"
)

# Words that close an enumeration after three dots.
ENUMERATION_TAILS = words(
    "وغيرها وغيره وغيرهم وغيرهما وغيرهن وغير وهكذا إلخ الخ وإلخ والخ وهلم إلا الا أو او أم ام بل "
    "حتى دون سوى مقابل"
)
