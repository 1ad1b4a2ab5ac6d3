"""The letters of the Arabic script, as the inside of a character class."""

__all__ = ["ARABIC_LETTERS"]

# Letters of Arabic, Persian, Urdu and their kin, and their presentation forms; without the
# tatweel, vowel signs, digits and punctuation.
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\ufb50-\ufdfb\ufe70-\ufefc"
)
