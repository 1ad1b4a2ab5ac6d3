"""Normalisation of Arabic text for the translation model, one pure function a step.

The original text is never changed: offsets always refer to the text as printed, and only
the copy that the model reads goes through `for_model`. The training data went through the
same function, so the model has never seen anything else.

The letter folding (alef, yeh) follows Habash and Sadat (2006), "Arabic Preprocessing Schemes
for Statistical Machine Translation": spelling varies there from writer to writer, and folding
it helps most where training data is scarce.
"""

import re
import unicodedata

__all__ = [
    "TRANSFORMS",
    "fold_alef",
    "fold_persian_letters",
    "fold_yeh",
    "for_model",
    "plain_english",
    "remove_controls",
    "remove_diacritics",
    "remove_tatweel",
    "unify_presentation_forms",
    "unify_punctuation",
    "unify_spaces",
    "western_digits",
]

TATWEEL = "\u0640"

# Short vowels, tanween, shadda, sukun, superscript alef, Quranic annotation signs.
DIACRITICS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)

# Arabic Presentation Forms-A and -B: letters stored by shape, as old PDF and DOS text has them.
PRESENTATION_FORMS = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]+")

# Direction marks, embeddings, isolates, zero-width characters, soft hyphen, byte order mark.
CONTROLS = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

SPACES = re.compile(r"\s+")

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
ARABIC_NUMBER_SIGNS = str.maketrans({"٫": ".", "٬": ",", "٪": "%"})

ALEF_VARIANTS = str.maketrans("أإآٱ", "اااا")
YEH_VARIANTS = str.maketrans("ى", "ي")
PERSIAN_LETTERS = str.maketrans("کیۀ", "كيه")

PUNCTUATION = str.maketrans(
    {
        "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‟": '"', "‹": '"', "›": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-",
        "…": "...",
    }
)  # fmt: skip


def unify_presentation_forms(text: str) -> str:
    """Replace letters stored by shape (U+FB50–U+FDFB, U+FE70–U+FEFC) by the letters themselves."""
    return PRESENTATION_FORMS.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)


def remove_controls(text: str) -> str:
    """Remove direction marks, zero-width characters and soft hyphens."""
    return CONTROLS.sub("", text)


def remove_tatweel(text: str) -> str:
    """Remove the tatweel (kashida) that stretches a word for looks."""
    return text.replace(TATWEEL, "")


def remove_diacritics(text: str) -> str:
    """Remove short vowels and other marks above and below the letters."""
    return DIACRITICS.sub("", text)


def western_digits(text: str) -> str:
    """Write Eastern and Persian digits and number signs (٫ ٬ ٪) the Western way."""
    return text.translate(DIGITS).translate(ARABIC_NUMBER_SIGNS)


def fold_alef(text: str) -> str:
    """Write every alef (أ إ آ ٱ) as a bare one (ا)."""
    return text.translate(ALEF_VARIANTS)


def fold_yeh(text: str) -> str:
    """Write alef maqsura (ى) as yeh (ي)."""
    return text.translate(YEH_VARIANTS)


def fold_persian_letters(text: str) -> str:
    """Write the Persian kaf and yeh, which some keyboards give, as the Arabic ones."""
    return text.translate(PERSIAN_LETTERS)


def unify_punctuation(text: str) -> str:
    """Write quotation marks, dashes and the ellipsis in their ASCII forms."""
    return text.translate(PUNCTUATION)


def unify_spaces(text: str) -> str:
    """Write every run of white space as one space, and none at either end."""
    return SPACES.sub(" ", text).strip()


TRANSFORMS = (
    unify_presentation_forms,
    remove_controls,
    remove_tatweel,
    remove_diacritics,
    western_digits,
    fold_alef,
    fold_yeh,
    fold_persian_letters,
    unify_punctuation,
    unify_spaces,
)


def for_model(text: str) -> str:
    """Return the copy of `text` that the translation model reads: every transform, in order.

    Idempotent: `for_model(for_model(text)) == for_model(text)`.
    """
    for transform in TRANSFORMS:
        text = transform(text)
    return text


def plain_english(text: str) -> str:
    """Return English `text` with ASCII punctuation and single spaces, as the models know it."""
    return unify_spaces(unify_punctuation(remove_controls(text)))
