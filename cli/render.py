"""Briefs as a reader sees them: on a terminal, in a pipe, in Markdown, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

    from brief.chain import Brief, BriefSentence, TranslatedSentence

__all__ = ["Shown", "as_json", "as_markdown", "as_text"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown beside the brief: the Arabic evidence, the translation, the file's name."""

    evidence: bool = False
    translation: bool = False
    origin: bool = False


def as_json(brief: Brief) -> str:
    """Return the `brief/1` object on one line."""
    from brief.chain import to_json

    return json.dumps(to_json(brief), ensure_ascii=False)


def as_text(brief: Brief, shown: Shown) -> Text:
    """Return a brief as styled text, which prints plain where there is no terminal."""
    from rich.text import Text

    text = Text()
    if shown.origin:
        text.append(f"{brief.article.origin}\n", style="dim")
    text.append(f"{brief.headline}\n\n", style="bold")
    if shown.evidence:
        for number, sentence in enumerate(brief.sentences, 1):
            text.append(f"{number}. {sentence.text}\n")
            for source in _evidence(brief, sentence):
                text.append(f"   {source}\n", style="cyan")
            text.append("\n")
    else:
        text.append(f"{_marked(brief)}\n\n")
    for line in _notes(brief):
        text.append(f"{line}\n", style="yellow")
    if shown.translation:
        text.append("\nTranslation\n\n", style="bold")
        text.append("\n".join(map(_translated, brief.translation.sentences)) + "\n\n")
    text.append(f"{_coverage(brief)}\n", style="dim")
    return text


def as_markdown(brief: Brief, shown: Shown) -> str:
    """Return a brief as a Markdown section under a second-level heading."""
    lines = [f"## {_escaped(brief.headline)}", ""]
    if shown.origin:
        lines += [f"*{_escaped(brief.article.origin)}*", ""]
    if shown.evidence:
        for number, sentence in enumerate(brief.sentences, 1):
            lines += [f"{number}. {_escaped(sentence.text)}", ""]
            lines += [
                f'   > <span dir="rtl" lang="ar">{_escaped(source)}</span>\n'
                for source in _evidence(brief, sentence)
            ]
    else:
        lines += [_escaped(_marked(brief)), ""]
    if notes := _notes(brief):
        lines += [*(f"- {_escaped(note)}" for note in notes), ""]
    if shown.translation:
        lines += ["### Translation", ""]
        lines += [f"{_escaped(_translated(s))}\n" for s in brief.translation.sentences]
    lines += [f"*{_escaped(_coverage(brief))}*", ""]
    return "\n".join(lines)


def _evidence(brief: Brief, sentence: BriefSentence) -> list[str]:
    return [brief.translation.sentences[index].source.text for index in sentence.evidence]


def _translated(sentence: TranslatedSentence) -> str:
    """Return a sentence of the translation, followed by what the guards hold against it."""
    details = "; ".join(finding.detail for finding in sentence.findings)
    return f"{sentence.text} [{details}]".lstrip() if details else sentence.text


def _marked(brief: Brief) -> str:
    """Return the brief with [n] after each sentence that has findings, n its number."""
    return " ".join(
        f"{sentence.text} [{number}]" if sentence.findings else sentence.text
        for number, sentence in enumerate(brief.sentences, 1)
    )


def _notes(brief: Brief) -> list[str]:
    """Return the findings, each with the number of its sentence, and the warnings."""
    notes = [
        f"[{number}] {finding.detail}"
        for number, sentence in enumerate(brief.sentences, 1)
        for finding in sentence.findings
    ]
    return [*notes, *brief.warnings]


def _coverage(brief: Brief) -> str:
    """Say what became of the article's sentences, and which models did it."""
    c = brief.coverage
    parts = {"translated whole": c.translated, "split": c.split, "retried": c.retried}
    told = [f"{count} {name}" for name, count in parts.items() if count]
    told += [f"{c.failed} failed a check"] if c.failed else []
    noun = "sentence" if c.sentences == 1 else "sentences"
    return f"{c.sentences} {noun}: {', '.join(told) or 'none'}. {_models(brief)}"


def _models(brief: Brief) -> str:
    models = (brief.signature["translator"], brief.signature["summarizer"])
    return " + ".join(
        f"{model['name']} {model['revision'][:8]}" for model in models if isinstance(model, dict)
    )


def _escaped(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    for mark in "\\`*_[]#":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("&", "&amp;").replace("<", "&lt;")
