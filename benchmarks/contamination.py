"""Whether the pairs and passages written for the project repeat a text that is tested on.

    python -m benchmarks.contamination SHARED

Looks for runs of nine words of FLORES (both sides), of the real articles and their reference
briefs, of the CNN/DailyMail documents and summaries that scores are reported on, of the gate's
texts and of the samples. Prints each and exits with 1. A paraphrase is not found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from brief.articles import read
from training.corpora import OWN
from training.evaluate import cased_documents, runs
from training.prepare import OWN_BRIEFS

ROOT = Path(__file__).parent.parent
LENGTH = 9


def main(shared: Path) -> int:
    """Print the repetitions; return the exit code."""
    tested_on = {
        run for text in chain(shared_texts(shared), own_texts()) for run in runs(text, LENGTH)
    }
    written = list(written_texts())
    found = [
        f"{where}: {' '.join(run)}"
        for where, text in written
        for run in sorted(runs(text, LENGTH) & tested_on)
    ]
    print(
        *found,
        f"{len(written)} texts written for the project, {len(found)} repeated runs",
        sep="\n",
    )
    return 1 if found else 0


def shared_texts(shared: Path) -> Iterator[str]:
    """Yield the texts of SHARED that scores are reported on."""
    folder = shared / "eval"
    for path in [*folder.glob("flores-*.ar"), *folder.glob("flores-dev*.en")]:
        if path.name.count(".") == 1:  # The others are systems' outputs.
            yield from path.read_text(encoding="utf-8").split("\n")
    for line in (folder / "gold_briefs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield from (str(row.get(key, "")) for key in ("brief", "brief2", "headline"))
    for document in cased_documents(folder / "eval_cnndm_docs.jsonl.gz"):
        yield from (str(document["text"]), str(document["summary"]))
    for path in [*(shared / "articles").glob("*.txt"), shared / "seed" / "article.txt"]:
        yield read(str(path)).text


def own_texts() -> Iterator[str]:
    """Yield the gate's texts and the samples."""
    gate = ROOT / "tests" / "gate"
    yield from (
        (gate / "translation.tsv").read_text(encoding="utf-8").replace("\t", "\n").split("\n")
    )
    for line in (gate / "summaries.jsonl").read_text(encoding="utf-8").splitlines():
        yield from map(str, json.loads(line).values())
    for path in sorted((ROOT / "samples").glob("*.*")):
        if path.suffix in {".txt", ".html"}:
            yield from (sentence.text for sentence in read(str(path)).sentences)


def written_texts() -> Iterator[tuple[str, str]]:
    """Yield each side of the pairs and each text of the passages, with where it stands."""
    for path in [*sorted(OWN.glob("*.tsv")), *sorted(OWN_BRIEFS.glob("*.jsonl"))]:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            texts = line.split("\t") if path.suffix == ".tsv" else json.loads(line).values()
            yield from ((f"{path.name}:{number}", text) for text in texts)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
