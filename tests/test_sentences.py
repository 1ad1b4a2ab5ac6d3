"""Division into sentences: a table of cases by rule, and properties of any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.articles import read, split

# A line is a case, "⏎" stands right after each expected boundary, "#" names the rule; a
# backslash joins a case that is too long for one line.
TABLE = """
# full stop
وصل الوفد إلى العاصمة مساء أمس.⏎ ويعقد اليوم أول اجتماعاته.
انتهت الجلسة.⏎ بدأت المشاورات.⏎ لم يعلن شيء.
أغلقت المدارس أبوابها .⏎ وعاد الطلاب إلى بيوتهم .
هطل المطر بغزارة.⏎   ثم أشرقت الشمس.
بلغ عدد المشاركين ألفين.⏎ 300 منهم من الشباب.
كان ذلك في عام 2015.⏎ وبعدها تغير كل شيء.
سجلت الشركة أرباحا بلغت 25%.⏎ وتراجعت ديونها.
زار الوزير مدينة حلب.⏎ حلب مدينة قديمة.
عاد إلى بيته.⏎ لم يجد أحدا فيه.
هذه جملة واحدة بلا نقطة في آخرها
هذه جملة واحدة تنتهي بنقطة.
قُتِلَ الجُنْدِيُّ.⏎ وَنَجَا رِفَاقُهُ.
أعلنت الهيئة ذلك رسميًّا.⏎ وأيّدت النقابة القرار.
تراجع الســوق.⏎ وارتفع الذهـــب.
ذكرت وكالة رويترز.⏎ إن الاجتماع تأجل.
صدر البيان باسم الحكومة.⏎ (انظر الصفحة الثانية)
صدر البيان أمس.⏎ - لم يعلق أحد عليه.
صدر البيان أمس.⏎ * لم يعلق أحد عليه.
یہ تجربہ ہے۔⏎ وهذا نص عربي.
# glued full stop
وصل الوفد إلى العاصمة.⏎ويعقد اليوم اجتماعه.
انتهى اللقاء بالتعادل.⏎وقال المدرب إنه راض.
وقع الحادث عام 2014.⏎وأصيب فيه ثلاثة.
انتهى البيان.⏎(وكالات)
عاد الفريق من المعسكر .⏎وسيلعب غدا.
شارك في القمة.⏎25 رئيسا حضروا الافتتاح.
تحدث عن قناة CNN.⏎وقال إنها أخطأت.
نشر الخبر.⏎Reuters أكدت ذلك.
قال «سنعود».⏎وخرج من القاعة.
ختم كلمته بالشكر.⏎«نحن معكم» هكذا أنهى حديثه.
هل جاء الوزير؟⏎لم يأت أحد.
يا للعجب!⏎دعها في مكانها.
زار باريس؛⏎لندن كانت المحطة التالية.
# question and exclamation marks
هل ينجح الاتفاق؟⏎ لا أحد يعلم.
لماذا تأخر الرد؟⏎ ولماذا غضب الناس؟
أين كنتم؟؟⏎ كنا في الطريق.
كيف حدث هذا؟!⏎ لا جواب حتى الآن.
يا له من هدف!!⏎ صفق الجمهور طويلا.
ما أجمل الربيع!⏎ الأزهار في كل مكان.
هل تسمعني ؟⏎ نعم أسمعك .
هل تسمعني ؟ !⏎ نعم أسمعك .
من أين لك هذا ؟!⏎ سؤال قديم.
ما الحل؟.⏎ لا حل في الأفق.
كانت مباراة رائعة!.⏎ فاز فيها الأفضل.
هل قرأت الخبر?⏎ نشر صباح اليوم.
مطابق أم غير مطابق!!
ماذا تعني كلمة (ديمقراطية)؟⏎ إنها حكم الشعب.
أهو السلام؟، سأل الرجل نفسه.
متى تنتهي الحرب؟⏎ - قريبا إن شاء الله.
# semicolon
تأخرت الطائرة؛⏎ فألغي الاجتماع.
نجح المشروع؛⏎ لأن الجميع شارك فيه.
غاب الوزير ؛⏎ وحضر نائبه .
ضمت القائمة (مصر؛ لبنان؛ تونس) ودولا أخرى.
قال إن «الأمر صعب؛ لكنه ممكن» في نهاية المطاف.
# ellipsis
محادثات جديدة في جنيف..⏎ والنتائج غامضة
محادثات جديدة في جنيف...⏎ والنتائج غامضة
محادثات جديدة في جنيف…⏎ والنتائج غامضة
الصور الأولى..⏎الزلزال يضرب الساحل
مران الفريق الأخير ..⏎ ومؤتمر المدربين اليوم
خرق جديد للهدنة! …⏎ مجلس الأمن يجتمع غدا
خرق جديد للهدنة! ..⏎ مجلس الأمن يجتمع غدا
هل انتهت الأزمة؟..⏎ لا أظن ذلك.
باع التفاح والموز والبرتقال... وغيرها من الفواكه.
سافر إلى روما وباريس.. إلخ من المدن.
لم يبق في البيت أحد... سوى الجدة.
وعد بالعودة.. أو هكذا قال لنا.
قرأ الفقرة الأولى (...) ثم صمت.
قرأ الفقرة الأولى [...] ثم صمت.
... وبعد ساعة عاد الهدوء.
قال: "...ولم يعد أحد إلى القرية بعد ذلك اليوم.
الأعداد من 1 .. 10 مكتوبة على اللوح.
تحدثوا عن السلام...، ثم افترقوا.
انتظرنا طويلا . . .⏎ لم يصل أحد.
غنى الأطفال..⏎ رقصوا..⏎ ثم ناموا.
wait... what happened بالإنجليزية.
# colon and comma
وقال المتحدث: إن القرار نهائي.
قال الرئيس: نعم، ثم أضاف: لا.
اشترى خبزا، وجبنا، وزيتونا.
# quotes, mark outside
قال «لن ننسحب».⏎ وغادر القاعة.
قال "لن ننسحب".⏎ وغادر القاعة.
قال “لن ننسحب”.⏎ وغادر القاعة.
قال ”لن ننسحب“.⏎ وغادر القاعة.
وصف الاتفاق بأنه «تاريخي»!⏎ ولم يصدقه أحد.
هل هو «خط أحمر»؟⏎ لم يجب الوزير.
سموه "الحل الأخير"..⏎ ولم يكن كذلك.
زار صحيفة « الصباح » .⏎ ثم التقى المحررين.
قال " سنعود ".⏎ ثم صمت.
# quotes, mark inside
قال: «انتهى كل شيء.»⏎ ثم خرج من الباب.
قال: "انتهى كل شيء."⏎ ثم خرج من الباب.
قال: “انتهى كل شيء.”⏎ ثم خرج من الباب.
«هل تذهب؟» سأل المعلم تلميذه.
"هل تذهب؟" سألت الأم ابنها.
«هل تذهب؟» وقال المعلم إنه مستعد.
«سنعود قريبا.» قال اللاجئ لأطفاله.
«سنعود قريبا.»⏎ وقال الوزير إن الوقت مبكر.
«توقفوا!» صاح الحارس.
«ما العمل؟»، تساءل الكاتب.
«ما العمل؟» - تساءل الكاتب.
«ما العمل؟»⏎ الجواب ليس سهلا.
في برنامج «ماذا بعد؟» الذي يبث كل خميس.
كتب مقالا بعنوان «لماذا الآن؟» في صحيفة محلية.
سأل: «لماذا تأخرتم؟».⏎ فلم يجب أحد.
سأل: «لماذا تأخرتم؟»؛⏎ فلم يجب أحد.
قال: «لن نستسلم. سنعود. هذا وعد.»⏎ ثم جلس.
قال: «لن نستسلم. سنعود. هذا وعد».⏎ ثم جلس.
قال: "لن نستسلم. سنعود" ثم جلس.
قال: «نعم.. سنعود قريبا» وهو يبتسم.
قال إن «الوضع خطير. والحل بعيد» بحسب رأيه.
هتفوا «حرية!» في الساحة.
قال: «هل قرأت (الأيام؟) أم لا» ثم مضى.
انتهى كل شيء . »⏎ ثم خرج.
# long quotes
قال: «دخلت القوات المدينة فجر اليوم بعد معارك استمرت أسبوعين كاملين.⏎ \
وسوف تبقى هناك حتى إزالة الألغام من الشوارع والبيوت.⏎ هذا قرار نهائي».⏎ وأضاف أنه واثق.
قال: "دخلت القوات المدينة فجر اليوم بعد معارك استمرت أسبوعين كاملين.⏎ \
وسوف تبقى هناك حتى إزالة الألغام من الشوارع والبيوت والمدارس".⏎ وأضاف أنه واثق.
# brackets
وصل (أمس.) إلى المدينة.
قال الرجل (وهو يبتسم!) إنه بخير.
صرح مصدر (طلب عدم ذكر اسمه. وهو مسؤول كبير) أن اللقاء ألغي.
(صدر هذا البيان أمس.)⏎ ثم سحبته الوزارة.
فاز الفريق (2-1).⏎ وتأهل إلى النهائي.
عرض «حلا» (!) للأزمة.
قال إنه «خبير» (؟) في الشؤون الدولية.
هذا خبر مهم.[1]⏎ نشرته الصحف.
# numbers
بلغت النسبة 3.5 في المئة.
بلغت النسبة ٣٫٥ في المئة.
بلغت النسبة ٣.٥ في المئة.
بلغت النسبة ۳.۵ في المئة.
بلغ الإنفاق 1.200.000 دينار.
بلغ الإنفاق ١٬٢٠٠٬٠٠٠ دينار.
بلغ الإنفاق ١.٢٠٠.٠٠٠ دينار.⏎ وهو رقم قياسي.
صدرت النسخة v2.0 من البرنامج.
صدر الإصدار 10.4.1 أمس.
بدأ الاجتماع في الساعة 10.30 صباحا.
ولد في 12.6.2016 في بيروت.
ولد في ١٢.٦.٢٠١٦ في بيروت.
ولد في 12. 6. 2016 في بيروت.
ارتفع المؤشر بنسبة .5 في المئة.
كانت النتيجة 3.⏎ ولم يسجل غيرها.
سعر الصرف 9.1 %.⏎ وهو الأعلى.
# units and eras
توفي عام 1948م.⏎ ودفن في القاهرة.
توفي عام ١٣٦٧هـ.⏎ ودفن في مكة.
توفي سنة 1367 هـ.⏎ ودفن في مكة.
عاش نحو سنة 300 ق.م.⏎ وكان فيلسوفا.
عاش سنة 300 ق.م. في بلاد اليونان.
ولد سنة 70 ب.م. في روما.
يبدأ الحفل الساعة 5 م. في قاعة المدينة.
يبدأ الحفل الساعة 9 ص.⏎ وينتهي ظهرا.
يبلغ ارتفاع البرج 120 م.⏎ ويعد الأعلى في البلاد.
يبلغ ارتفاع البرج 120 م.
# abbreviations
قال د. سامي إن المرض تحت السيطرة.
قال د.سامي إن المرض تحت السيطرة.
حضر م. خالد وأ. ليلى الحفل.
شكر أ.د. محمود الحاضرين.
شكر أ. د. محمود الحاضرين.
انظر ص. 45 من الكتاب.
الأسعار بالدينار (د. ك. 500) فقط.
ص.ب. 1234 بيروت.
شركة الغد ش.م.م. تعلن عن وظائف.
راجع المادة رقم. 17 من القانون.
لا أعرف هذا الرقم.⏎ اتصل غدا.
اشترى الخبز واللبن إلخ. من السوق.
ناقشوا السياسة والاقتصاد إلخ.⏎ وانتهى اللقاء.
التقى Mr. Smith في لندن.
التقى Dr. Brown في لندن.
زار U.S. Steel قبل عام.
وصل عند 9 a.m. إلى المطار.
اشترت Apple Inc. حصة في الشركة.
عمل في شركة Apple Inc.⏎ ويعمل اليوم في بيته.
العنوان: No. 5 شارع النصر.
كتب Jones et al. هذا البحث.
# initials
صدرت رواية للكاتبة ج. ك. رولينغ.⏎ وترجمت إلى العربية.
صدرت رواية للكاتبة J. K. Rowling أمس.
صدرت رواية للكاتب جورج آر. آر. مارتن.
كتاب سي. إس. لويس الجديد.
زار متحف جون إف. كينيدي.
تحدث إلى قناة سي بي إس.⏎ ثم غادر.
تحدث إلى سي إن إن.⏎ ثم غادر.
تحدث إلى بي بي سي.⏎ وأضاف أنه متفائل.
اعتقل الطفل راشد س. (11 عاما) أمس.
# lists
1. افتح الباب ببطء.
1. افتح الباب.⏎ 2. أغلق النافذة.
١. افتح الباب ببطء.
١) افتح الباب ببطء.
(1) افتح الباب ببطء.
1- افتح الباب ببطء.
أ. افتح الباب ببطء.
أ- افتح الباب ببطء.
• افتح الباب ببطء.
- افتح الباب ببطء.⏎ ثم أغلقه.
12. افتح الباب ببطء.
IV. افتح الباب ببطء.
الأسباب هي: 1. الفقر، 2. الجهل، 3. المرض.
1.افتح الباب ببطء.
# addresses
زوروا https://example.org/a.b?c=d! للمزيد.
زوروا https://example.org/a.b?c=d.⏎ ثم عودوا.
زوروا www.example.org للمزيد.
زوروا www.example.org.⏎ ثم عودوا.
زوروا (http://www.example.org/news.html).⏎ ثم عودوا.
راسلونا على news.desk@example.co.uk للاستفسار.
راسلونا على desk@example.org.⏎ نرد خلال يوم.
نقلا عن CNN.com أمس.
نقلا عن OurSite.ai.⏎ وأضاف الموقع أنه متاح.
نقلا عن موقع الأخبار.نت قبل قليل.
افتح الملف تقرير.pdf من فضلك.
افتح الملف report.final.docx من فضلك.
الصورة pic.example.com/Ab1.c?d متاحة.
يعمل ببرنامج .NET منذ سنوات.
تصدر وسم #كلنا_معكم!⏎ وشارك فيه الآلاف.
شكر @user.name على الخبر.
# Latin text
وقال Hello there. this is one بالإنجليزية.
شعار الحملة Think different.⏎ وقد نجحت.
حمل الجهاز نظام Android 4.5 OS.⏎ ويأتي بلونين.
انتهى العرض.⏎ The End كتبت على الشاشة.
# signs
***
انتهى الخبر. ***
انتهى الخبر. …
!!! عاجل !!!⏎ انفجار في المدينة
"""

GLUED = "كلمة.كلمة"
MIXED = st.text(alphabet='ابوقالم د12٣.،؛؟!…"«»“”()[]:-\n \t\u200faA@/\u064e')


def cases() -> list[object]:
    """Return the cases of the table, named by rule and number."""
    found: list[object] = []
    rule, number = "", 0
    for line in TABLE.strip().splitlines():
        if line.startswith("# "):
            rule, number = line[2:].replace(" ", "-").replace(",", ""), 0
        else:
            number += 1
            found.append(pytest.param(line, id=f"{rule}-{number}"))
    return found


@pytest.mark.parametrize("case", cases())
def test_divides_by_the_rules(case: str) -> None:
    """Each case is divided where its boundary signs stand, and nowhere else."""
    expected = [piece.strip() for piece in case.split("⏎")]
    assert [s.text for s in split(case.replace("⏎", ""))] == expected


def test_table_is_large() -> None:
    """The table holds the cases that it is supposed to hold."""
    assert len(cases()) >= 150


@pytest.mark.parametrize(
    "newline",
    ["\n", "\r\n", "\r", "\u2028", "\u2029", "\n\n", "\r\n \r\n"],
    ids=["lf", "crlf", "cr", "line-separator", "paragraph-separator", "blank", "blank-crlf"],
)
def test_a_line_is_a_paragraph(newline: str) -> None:
    """Every kind of line end divides paragraphs, and blank lines do not count."""
    text = newline.join(["عنوان الخبر", "جملة أولى. جملة ثانية.", "خاتمة"])
    found = [(s.paragraph, s.text) for s in split(text)]
    assert found == [(0, "عنوان الخبر"), (1, "جملة أولى."), (1, "جملة ثانية."), (2, "خاتمة")]


def test_offsets_count_characters() -> None:
    """Offsets point into the text that was given, white space around sentences left out."""
    text = "  عنوان \n\n أولى.  ثانية. \n"
    assert [(s.index, s.start, s.end) for s in split(text)] == [
        (0, 2, 7),
        (1, 11, 16),
        (2, 18, 24),
    ]


def test_a_glued_boundary_has_no_gap() -> None:
    """Two sentences may touch where no white space was typed."""
    first, second = split(GLUED)
    assert first.end == second.start == 5


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028"], ids=["empty", "space", "lf", "ls"])
def test_white_space_holds_no_sentence(text: str) -> None:
    """A blank text gives no sentence."""
    assert split(text) == []


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        pytest.param("كلمة ", 50_000, id="words"),
        pytest.param(".", 200_000, id="dots"),
        pytest.param(". ", 100_000, id="spaced-dots"),
        pytest.param("a.", 50_000, id="dotted-letters"),
        pytest.param("a@", 50_000, id="at-signs"),
        pytest.param('"', 100_000, id="quotes"),
        pytest.param("(", 100_000, id="brackets"),
        pytest.param("« .", 50_000, id="open-quotes"),
        pytest.param("1. ", 50_000, id="list-markers"),
    ],
)
def test_long_lines_are_divided_in_linear_time(unit: str, count: int) -> None:
    """Lines that would keep a careless pattern busy for hours come out whole."""
    text = unit * count
    assert_rebuilds(text)


def assert_rebuilds(text: str) -> None:
    """Check that sentences lie in order, that only white space lies between, and no more."""
    sentences = split(text)
    position = paragraph = 0
    for number, sentence in enumerate(sentences):
        assert sentence.index == number
        assert paragraph <= sentence.paragraph <= number
        assert not text[position : sentence.start].strip()
        assert position <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        position, paragraph = sentence.end, sentence.paragraph
    assert not text[position:].strip()


@given(st.text() | MIXED)
def test_any_text_is_rebuilt(text: str) -> None:
    """Whatever the text, its sentences and the white space between them are all of it."""
    assert_rebuilds(text)


@given(st.text() | MIXED)
def test_no_sentence_crosses_a_line(text: str) -> None:
    """No sentence holds a line end."""
    assert not [s for s in split(text) if len(s.text.splitlines()) != 1]


@given(st.text(alphabet=st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)))
def test_surrogates_do_no_harm(text: str) -> None:
    """Lone surrogates, which reading refuses, are divided like other characters."""
    assert_rebuilds(text)


@given(st.lists(st.sampled_from(["نص قصير.", "هل جاء أحد؟", "يا للعجب!"]), max_size=8))
def test_plain_sentences_are_all_found(pieces: list[str]) -> None:
    """Plain sentences come out as they went in."""
    assert [s.text for s in split(" ".join(pieces))] == pieces


def test_seed_article_is_divided_as_its_translation(shared: Path) -> None:
    """The seed article is divided as its reference translation expects."""
    seed = shared / "seed"
    table = (seed / "translation.tsv").read_text(encoding="utf-8")
    expected = [line.split("\t")[0] for line in table.splitlines() if line.strip()]
    assert [s.text for s in read(seed / "article.txt").sentences] == expected


def test_table_has_no_duplicates() -> None:
    """No case is counted twice."""
    lines = [line for line in TABLE.splitlines() if not re.match("#|$", line)]
    assert len(lines) == len(set(lines))
