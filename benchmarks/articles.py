"""All the articles of a folder through the command, and what must hold for each of them.

    python -m benchmarks.articles SHARED [OUTPUT.jsonl]

SHARED holds `articles/` with `sources.tsv` (columns file and encoding). Checks one valid
`brief/1` object an article, coverage that adds up, offsets, evidence, and encodings; prints what
became of the sentences, and exits with 1 where anything does not hold.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema

from brief.articles import read
from brief.chain import schema


def main(shared: Path, output: Path) -> int:
    """Run, check, print; return the exit code."""
    started = time.perf_counter()
    command = [str(Path(sys.executable).parent / "brief"), str(shared / "articles"), "--quiet"]
    done = subprocess.run(
        [*command, "--format", "json", "--output", str(output)], capture_output=True, text=True
    )
    seconds = time.perf_counter() - started
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    faults = [fault for row in rows for fault in _faults(row)]
    faults += _encodings(rows, shared / "articles" / "sources.tsv")
    print(f"exit code {done.returncode}, {len(rows)} articles, {seconds:.0f} s")
    print(done.stderr or "nothing on standard error")
    print(dict(sum((Counter(row["coverage"]) for row in rows), Counter())))
    shown = [sentence for row in rows for sentence in row["brief"]]
    print(f"{len(shown)} brief sentences, {sum(s['written'] for s in shown)} by the summariser")
    replaced = sum(any(f["kind"] == "replaced" for f in s["findings"]) for s in shown)
    print(f"{replaced} in place of a sentence of the summariser's that the check refused")
    print(f"{sum(len(s['text'].split()) for s in shown) / len(rows):.0f} words a brief")
    print("\n".join(faults) or "everything holds")
    return 1 if faults or done.returncode else 0


def _faults(row: dict[str, Any]) -> list[str]:
    jsonschema.validate(row, schema())
    origin = row["article"]["origin"]
    article = read(origin)
    c = row["coverage"]
    checks = {
        "coverage adds up": c["sentences"]
        == c["translated"] + c["split"] + c["retried"] + c["failed"]
        == len(row["translation"])
        == len(article.sentences),
        "offsets": all(
            article.text[r["start"] : r["end"]] == r["source"] for r in row["translation"]
        ),
        "evidence": bool(row["brief"]) and all(s["evidence"] for s in row["brief"]),
    }
    return [f"{origin}: {name}" for name, held in checks.items() if not held]


def _encodings(rows: list[dict[str, Any]], sources: Path) -> list[str]:
    """Compare the encodings found with those recorded; a mark is part of a codec's name."""
    with sources.open(encoding="utf-8", newline="") as lines:
        recorded = {row["file"]: row["encoding"] for row in csv.DictReader(lines, delimiter="\t")}
    found = {Path(r["article"]["origin"]).name: r["article"]["encoding"] for r in rows}
    missing = [f"{file}: no brief" for file in recorded if file not in found]
    wrong = [
        f"{file}: {name} instead of {recorded[file]}"
        for file, name in found.items()
        if _family(name) != _family(recorded[file])
    ]
    return missing + wrong


def _family(name: str) -> str:
    plain = name.lower().replace("_", "-")
    return next(
        (family for family in ("utf-16", "utf-8", "cp1256", "8859-6", "arabic") if family in plain),
        plain,
    )


if __name__ == "__main__":
    target = sys.argv[2] if len(sys.argv) > 2 else tempfile.mkstemp(suffix=".jsonl")[1]
    sys.exit(main(Path(sys.argv[1]), Path(target)))
