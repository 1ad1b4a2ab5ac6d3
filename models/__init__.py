"""Which models exist, where their weights come from, and how they run."""

from brief.models.ctranslate import SUMMARIZER, TRANSLATOR, CTranslateModel, load
from brief.models.generator import Decoding, Generator, Hypothesis, ModelInfo

__all__ = [
    "SUMMARIZER",
    "TRANSLATOR",
    "CTranslateModel",
    "Decoding",
    "Generator",
    "Hypothesis",
    "ModelInfo",
    "load",
]
