"""Which sentences a reader would choose: for the weights of `summarize/salience.py`.

    python -m benchmarks.salience SHARED

Weights are fitted, by least squares within each document, to how many words and word pairs of
the highlights a sentence has, on lower-cased CNN/DailyMail training articles. On 200 other ones,
sentences chosen by salience alone are then scored against the lead cut at the same length, and so
are those of SHARED/eval with --report. No model is involved.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from brief.articles.normalize import plain_english
from brief.summarize import Candidate, Length, choose
from brief.summarize.english import content_words, split_sentences, words
from brief.summarize.salience import FRAGMENT_WORDS, Salience
from training.corpora import records
from training.evaluate import cased_documents, lead, rouge

Document = tuple[list[str], str]

# Sentences that are looked at, and words of a brief.
MOST_SENTENCES = 60
WORDS = (60, 80)


def main() -> None:
    """Print the fitted weights and ROUGE beside the lead's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder that holds data/ and eval/")
    parser.add_argument("--report", action="store_true", help="also score on SHARED/eval")
    options = parser.parse_args()
    summaries = options.shared / "data" / "summaries"
    fitted = fit(lower_cased(summaries / "cnndm_small_pg.jsonl.xz"))
    names = ("spread", "frequency", "position", "fragment")
    print({name: round(float(value), 3) for name, value in zip(names, fitted, strict=True)})
    rows = records(summaries / "cnndm_small_cased.jsonl.xz")
    compare("200 training articles", [cased(row["text"], row["summary"]) for row in rows])
    if options.report:
        held = cased_documents(options.shared / "eval" / "eval_cnndm_docs.jsonl.gz")
        compare("evaluation articles", [cased(row["text"], row["summary"]) for row in held])


def lower_cased(path: Path) -> list[Document]:
    """Read tokenised articles, whose sentences end in " . "."""
    found = []
    for row in records(path):
        sentences = [f"{s.strip()} ." for s in plain_english(row["text"]).split(" . ") if s.strip()]
        if len(sentences) > 5:
            found.append((sentences[:MOST_SENTENCES], plain_english(row["summary"])))
    return found


def cased(text: str, summary: str) -> Document:
    """Split an article; a line ends a sentence too."""
    lines = [plain_english(line) for line in text.split("\n")]
    return [s for line in lines for s in split_sentences(line)], plain_english(summary)


def fit(documents: Sequence[Document]) -> np.ndarray:
    """Return the four weights of `summarize/salience.py`."""
    measured, wanted = [], []
    for sentences, summary in documents:
        each = np.array([measures(sentences, index) for index in range(len(sentences))])
        target = np.array([found_in(sentence, summary) for sentence in sentences])
        measured.append(each - each.mean(0))
        wanted.append(target - target.mean())
    x, y = np.vstack(measured), np.concatenate(wanted)
    weights: np.ndarray = np.linalg.lstsq(x, y, rcond=None)[0]
    return weights


def measures(sentences: Sequence[str], index: int) -> list[float]:
    """Return what the four weights stand for, as `Salience.score` has it."""
    frequency = Salience.of(sentences).frequency
    known = set(content_words(sentences[index]))
    mass = sum(frequency[word] for word in known) / max(1, sum(frequency.values()))
    size = max(1, len(known))
    return [
        mass / np.sqrt(size),
        mass / size,
        np.log1p(index),
        len(sentences[index].split()) < FRAGMENT_WORDS,
    ]


def found_in(sentence: str, summary: str) -> float:
    """Return the share of the sentence's words that the summary has, word pairs counting twice."""
    here, there = words(sentence), words(summary)
    pairs = set(pairwise(there))
    size = max(len(here), FRAGMENT_WORDS)
    single = sum(word in there for word in set(here))
    return (single + 2 * sum(pair in pairs for pair in set(pairwise(here)))) / size


def compare(title: str, documents: Sequence[Document]) -> None:
    """Print ROUGE of briefs chosen by salience and of the lead at the same length."""
    references = [summary for _, summary in documents]
    for size in WORDS:
        chosen = [brief(sentences, size) for sentences, _ in documents]
        leads = [
            lead(sentences, text) for (sentences, _), text in zip(documents, chosen, strict=True)
        ]
        print(f"{title}, {size} words: chosen", rouge(chosen, references))
        print(f"{title}, {size} words: lead  ", rouge(leads, references))


def brief(sentences: Sequence[str], size: int) -> str:
    """Choose sentences for about `size` words by salience alone."""
    salience = Salience.of(sentences)
    candidates = [
        Candidate(text, (index,), salience.score(text, index), written=False)
        for index, text in enumerate(sentences)
    ]
    return " ".join(c.text for c in choose(candidates, Length(words=size)))


if __name__ == "__main__":
    main()
