"""The `brief/1` form: a brief as a JSON object, as `brief-1.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from brief.chain.briefer import Brief
from brief.translate import Finding

__all__ = ["SCHEMA", "schema", "to_json"]

SCHEMA = "brief/1"


def to_json(brief: Brief) -> dict[str, Any]:
    """Return `brief` in the `brief/1` form: only strings, numbers, lists and dictionaries."""
    article = brief.article
    return {
        "schema": SCHEMA,
        "article": {
            "id": article.id,
            "title": article.title,
            "origin": article.origin,
            "encoding": article.encoding,
            "characters": len(article.text),
        },
        "headline": brief.headline,
        "brief": [
            {
                "text": sentence.text,
                "evidence": list(sentence.evidence),
                "support": sentence.support,
                "written": sentence.written,
                "findings": _findings(sentence.findings),
            }
            for sentence in brief.sentences
        ],
        "translation": [
            {
                "index": sentence.source.index,
                "start": sentence.source.start,
                "end": sentence.source.end,
                "source": sentence.source.text,
                "text": sentence.text,
                "status": sentence.status,
                "score": round(sentence.score, 4),
                "findings": _findings(sentence.findings),
            }
            for sentence in brief.translation.sentences
        ],
        "coverage": asdict(brief.coverage),
        "signature": brief.signature,
        "warnings": list(brief.warnings),
    }


def _findings(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"kind": finding.kind, "detail": finding.detail} for finding in findings]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the `brief/1` form."""
    text = files("brief.chain").joinpath("brief-1.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
