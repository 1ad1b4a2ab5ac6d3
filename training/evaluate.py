"""Stage 5: scores of an exported model, as its model card reports them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sacrebleu
from rouge_score import rouge_scorer

from brief.articles.normalize import for_model, plain_english
from brief.models.ctranslate import CTranslateModel
from brief.models.generator import Decoding
from brief.summarize.english import split_sentences, words
from brief.summarize.summarizer import Length, Summarizer
from brief.translate.numbers import lost

__all__ = [
    "cased_documents",
    "hypotheses",
    "lead",
    "rouge",
    "runs",
    "score_hypotheses",
    "score_summaries",
    "score_translation",
]

ROUGE = ("rouge1", "rouge2", "rougeL")


def score_translation(
    model: CTranslateModel, sources: Sequence[str], references: Sequence[str], beam: int = 4
) -> dict[str, float]:
    """Translate `sources` with `model` alone, without the guards and retries of `brief.translate`.

    Returns the scores of `score_hypotheses` for one hypothesis a sentence.
    """
    return score_hypotheses(sources, hypotheses(model, sources, beam), references)


def hypotheses(model: CTranslateModel, sources: Sequence[str], beam: int = 4) -> list[str]:
    """Return the best hypothesis of `model` for each of `sources`."""
    decoding = Decoding(beam=beam, max_target_tokens=200)
    return [h.text for h in model.generate([for_model(s) for s in sources], decoding)]


def score_hypotheses(
    sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]
) -> dict[str, float]:
    """Return BLEU, chrF2, chrF++ and the percentage of sentences with a lost number.

    BLEU as sacrebleu computes it (Post 2018), chrF as of Popović (2015, 2017).
    """
    losing = sum(bool(lost(for_model(s), h)) for s, h in zip(sources, hypotheses, strict=True))
    return {
        "sentences": len(hypotheses),
        "bleu": round(sacrebleu.corpus_bleu(hypotheses, [list(references)]).score, 2),
        "chrf2": round(sacrebleu.corpus_chrf(hypotheses, [list(references)]).score, 2),
        "chrf++": round(
            sacrebleu.corpus_chrf(hypotheses, [list(references)], word_order=2).score, 2
        ),
        "numbers_lost_percent": round(100 * losing / len(hypotheses), 1),
    }


def score_summaries(
    model: CTranslateModel, documents: Path, limit: int | None = None
) -> dict[str, dict[str, float]]:
    """Return ROUGE of the model's briefs, of Lead-3 and of the lead at the same length.

    `documents` holds CNN/DailyMail articles with cased references; shortened ones and ones
    without a reference are passed over. The briefs are the summariser's own, unchecked.
    """
    rows = cased_documents(documents)[:limit]
    texts = [split_sentences(plain_english(row["text"])) for row in rows]
    references = [str(row["summary"]) for row in rows]
    briefs = [" ".join(s) for s in Summarizer(model).summarize(texts, Length(sentences=3))]
    return {
        "brief": rouge(briefs, references),
        "lead3": rouge([" ".join(sentences[:3]) for sentences in texts], references),
        "lead_same_length": rouge(list(map(lead, texts, briefs)), references),
    }


def lead(sentences: Sequence[str], brief: str) -> str:
    """Return the beginning of a document, of as many words as `brief` has."""
    return " ".join(" ".join(sentences).split()[: len(brief.split())])


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Return the distinct runs of `length` words in `text`, blind to case and punctuation."""
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def cased_documents(path: Path) -> list[dict[str, Any]]:
    """Return the documents of `path` that are whole, cased and have a reference."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [r for r in rows if r["summary"] and not (r["truncated"] or r["lowercased_tokenised"])]


def rouge(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, float]:
    """Return mean ROUGE F1 in percent (Lin 2004, with stemming), and the mean length in words."""
    scorer = rouge_scorer.RougeScorer(list(ROUGE), use_stemmer=True)
    scores = [scorer.score(r, h) for r, h in zip(references, hypotheses, strict=True)]
    means = {
        kind: round(100 * sum(s[kind].fmeasure for s in scores) / len(scores), 2) for kind in ROUGE
    }
    length = sum(len(h.split()) for h in hypotheses) / len(hypotheses)
    return {"documents": len(scores), "words": round(length, 1), **means}
