"""The two stages chained: `Briefer`, `Brief`, evidence, checks, JSON form."""

from brief.chain.briefer import Brief, Briefer, BriefSentence
from brief.chain.jsonform import schema, to_json
from brief.summarize import Length
from brief.translate import TranslatedSentence

__all__ = ["Brief", "BriefSentence", "Briefer", "Length", "TranslatedSentence", "schema", "to_json"]
