"""English sentences to a brief: long documents, length, candidates for the chain to check."""

from brief.summarize.summarizer import Candidate, Length, Summarizer, choose, is_own_brief

__all__ = ["Candidate", "Length", "Summarizer", "choose", "is_own_brief"]
