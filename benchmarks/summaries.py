"""Summary quality, side by side with the lead and with published systems: for models/CARD.md.

    python -m benchmarks.summaries SHARED [--model DIR] [--limit N] [--training]
    python -m benchmarks.summaries SHARED [--model DIR] --briefs OUTPUT.jsonl

First form: the CNN/DailyMail documents of SHARED/eval that are whole and cased, three sentences
each, unchecked, as the summariser chooses them among its own and the document's, and its own
alone. Published systems are scored on the documents that they have outputs for, and ours and the
lead once more on those same documents. Scoring is blind to case and punctuation (`rouge_score`), so
outputs in lower case are not at a disadvantage; tokenised ones ("wo n't") lose a few of their
copied 4-grams. With --training it is done on training articles of SHARED/data, for choosing how to
rank.

Second form: `OUTPUT.jsonl` holds `brief/1` rows (`benchmarks/articles.py` writes them). The briefs
are compared with the lead of the same translations, cut at the same length, against the two
references of SHARED/eval/gold_briefs.jsonl; the better one counts. Then the model is asked for a
headline to each translation without its first sentence, and what the chain's check lets through is
counted and printed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from brief.articles.normalize import plain_english
from brief.chain.support import Source, find_support
from brief.models import SUMMARIZER, CTranslateModel, load
from brief.summarize import Length, Summarizer, choose
from brief.summarize.english import split_sentences, tidy
from training.corpora import records
from training.evaluate import ROUGE, cased_documents, lead, rouge, runs

COPIED = 4
LENGTH = Length(sentences=3)

# A published system with fewer outputs than this on the documents says little.
FEWEST = 50


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder that holds eval/ and data/")
    parser.add_argument("--model", type=Path, help="exported model; the embedded one by default")
    parser.add_argument("--limit", type=int, help="only so many documents")
    parser.add_argument("--training", action="store_true", help="training articles instead")
    parser.add_argument("--briefs", type=Path, help="brief/1 rows of the gold articles")
    options = parser.parse_args()
    path = options.model
    model = load(path.name, root=path.parent) if path else load(SUMMARIZER)
    if options.briefs:
        lines = options.briefs.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        on_translations(options.shared / "eval" / "gold_briefs.jsonl", rows)
        headlines(model, rows)
    elif options.training:
        summaries = options.shared / "data" / "summaries"
        on_english(model, list(records(summaries / "cnndm_small_cased.jsonl.xz"))[: options.limit])
    else:
        documents = cased_documents(options.shared / "eval" / "eval_cnndm_docs.jsonl.gz")
        on_english(model, documents[: options.limit])


def on_english(model: CTranslateModel, documents: Sequence[dict[str, Any]]) -> None:
    """Compare with the lead and with each published system, on the documents it has."""
    texts = [split_sentences(plain_english(d["text"])) for d in documents]
    candidates = Summarizer(model).candidates(texts, LENGTH)
    briefs = [" ".join(c.text for c in choose(found, LENGTH)) for found in candidates]
    own = [
        " ".join(c.text for c in choose([c for c in found if c.written], LENGTH))
        for found in candidates
    ]
    ours = {
        model.info.name: briefs,
        "its own sentences alone": own,
        "Lead-3": [" ".join(text[:3]) for text in texts],
        "lead, same length": list(map(lead, texts, briefs)),
    }
    report(f"all {len(documents)} documents", ours, documents, range(len(documents)))
    for having, names in by_documents(documents).items():
        theirs = {name: [output_of(d, name) for d in documents] for name in names}
        report(f"{len(having)} documents", ours | theirs, documents, having)


def by_documents(documents: Sequence[dict[str, Any]]) -> dict[tuple[int, ...], list[str]]:
    """Return the published systems by the documents, as indices, that they have outputs for."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for name in sorted({name for d in documents for name in d.get("outputs", ())}):
        having = tuple(i for i, d in enumerate(documents) if output_of(d, name))
        if len(having) >= FEWEST:
            groups.setdefault(having, []).append(name)
    return groups


def output_of(document: dict[str, Any], system: str) -> str:
    """Return what a published system made of a document, "" where it is not recorded."""
    return str(document["outputs"].get(system) or "")


def report(
    title: str,
    outputs: dict[str, list[str]],
    documents: Sequence[dict[str, Any]],
    chosen: Sequence[int],
) -> None:
    """Print length, ROUGE and the share of copied 4-grams, a row a system."""
    print(f"\n{title:32}{'words':>8}" + "".join(f"{kind:>8}" for kind in ROUGE) + "  copied")
    references = [str(documents[i]["summary"]) for i in chosen]
    for name, texts in outputs.items():
        part = [texts[i] for i in chosen]
        scores = rouge(part, references)
        sources = [str(documents[i]["text"]) for i in chosen]
        row = "".join(f"{scores[kind]:>8.1f}" for kind in ("words", *ROUGE))
        print(f"{name:32}{row}{100 * copied(part, sources):>7.0f}%", flush=True)


def copied(hypotheses: Sequence[str], sources: Sequence[str]) -> float:
    """Return the share of the hypotheses' 4-grams that their source has, blind to case."""
    there = total = 0
    for hypothesis, source in zip(hypotheses, sources, strict=True):
        made = runs(hypothesis, COPIED)
        there, total = there + len(made & runs(source, COPIED)), total + len(made)
    return there / total if total else 0.0


def on_translations(gold: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Compare the briefs of real articles with the lead of the same translations."""
    made = {PurePath(row["article"]["origin"]).name: row for row in rows}
    wanted = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    wanted = [w for w in wanted if "skip" not in w and w["file"] in made]
    briefs, leads = [], []
    for item in wanted:
        row = made[item["file"]]
        briefs.append(" ".join(sentence["text"] for sentence in row["brief"]))
        leads.append(lead([s["text"] for s in row["translation"]], briefs[-1]))
    print(f"{len(wanted)} articles with reference briefs")
    for name, texts in (("brief", briefs), ("lead, same length", leads)):
        print(f"{name:20}", better(texts, wanted))


def better(texts: Sequence[str], wanted: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return mean ROUGE F1 against the better of two references."""
    totals = dict.fromkeys(ROUGE, 0.0)
    for text, item in zip(texts, wanted, strict=True):
        scores = [rouge([text], [item[key]]) for key in ("brief", "brief2")]
        for kind in ROUGE:
            totals[kind] += max(score[kind] for score in scores)
    return {kind: round(total / len(texts), 1) for kind, total in totals.items()}


def headlines(model: CTranslateModel, rows: Sequence[dict[str, Any]]) -> None:
    """Print the headlines that the chain's check lets through."""
    documents = [
        [tidy(s["text"]) for s in row["translation"][1:] if s["text"].strip()] for row in rows
    ]
    supported = [
        headline
        for document, headline in zip(
            documents, Summarizer(model).headlines(documents), strict=True
        )
        if headline
        and find_support(headline, [Source.of(i, s) for i, s in enumerate(document)]).sufficient
    ]
    print(f"\n{len(supported)} of {len(rows)} headlines are let through", *supported, sep="\n  ")


if __name__ == "__main__":
    main()
