"""Arabic articles into English: every sentence accounted for, every translation checked."""

from brief.translate.translation import (
    Coverage,
    Finding,
    Status,
    TranslatedSentence,
    Translation,
)
from brief.translate.translator import Translator

__all__ = [
    "Coverage",
    "Finding",
    "Status",
    "TranslatedSentence",
    "Translation",
    "Translator",
]
