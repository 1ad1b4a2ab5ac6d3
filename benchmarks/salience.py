"""Which lead bias chooses best: sets HALF_LIFE of `summarize/salience.py`.

    python -m benchmarks.salience SHARED

For 200 CNN/DailyMail training articles, three sentences are chosen by salience alone, with
different half-lives of the lead bias, and scored against the highlights. No model is involved.
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

from brief.articles.normalize import plain_english
from brief.summarize import Candidate, Length, choose, salience
from brief.summarize.english import split_sentences
from training.evaluate import rouge


def main(shared: Path) -> None:
    """Print ROUGE for Lead-3 and for each half-life."""
    path = shared / "data" / "summaries" / "cnndm_small_cased.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    documents = [split_sentences(plain_english(row["text"])) for row in rows]
    references = [plain_english(row["summary"]) for row in rows]
    print("lead-3", rouge([" ".join(d[:3]) for d in documents], references))
    for half_life in (1, 2, 4, 8, 16, 1e9):
        salience.HALF_LIFE = half_life
        print(f"half-life {half_life:g}", rouge([_chosen(d) for d in documents], references))


def _chosen(document: list[str]) -> str:
    measure = salience.Salience.of(document)
    candidates = [
        Candidate(text, (i,), measure.score(text, i), written=False)
        for i, text in enumerate(document)
    ]
    return " ".join(c.text for c in choose(candidates, Length(sentences=3)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
