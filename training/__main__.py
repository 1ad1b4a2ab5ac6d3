"""`python -m training STAGE CONFIG`: one stage of the recipe; see README.md beside this file."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Annotated

import torch
import typer

from brief.models.ctranslate import load
from training import backtranslate as synthesis
from training import config as configuration
from training import evaluate as evaluation
from training import export as exporting
from training import prepare as preparation
from training import train as updating
from training import vocabulary, warmstart

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

ConfigPath = Annotated[
    Path, typer.Argument(help="A configuration, such as training/translate.toml.")
]
Work = Annotated[Path, typer.Option(help="Folder for everything that training makes.")]
Data = Annotated[Path, typer.Option(help="Folder with MANIFEST.tsv.")]


@app.command()
def prepare(config: ConfigPath, work: Work, data: Data, limit: int | None = None) -> None:
    """Filter, normalise and weight the corpora."""
    print(preparation.prepare(configuration.load(config), data, work, limit))


@app.command("vocabulary")
def make_vocabulary(config: ConfigPath, work: Work) -> None:
    """Learn the subword units."""
    vocabulary.build(configuration.load(config), work)


@app.command()
def train(
    config: ConfigPath, work: Work, updates: int | None = None, threads: int | None = None
) -> None:
    """Train, or go on training, from the last checkpoint."""
    if threads:
        torch.set_num_threads(threads)
    updating.train(configuration.load(config), work, updates)


@app.command("warm-start")
def warm_start(
    config: ConfigPath,
    model: Annotated[Path, typer.Argument(help="Folder of an exported model.")],
    work: Work,
    update: Annotated[int, typer.Option(help="Where in the phases to go on.")] = 0,
) -> None:
    """Go on from an exported model where no checkpoint is left."""
    warmstart.warm_start(configuration.load(config), model, work, update)


@app.command()
def cooldown(config: ConfigPath, work: Work, threads: int | None = None) -> None:
    """Make a model fit for use out of the last checkpoint."""
    if threads:
        torch.set_num_threads(threads)
    updating.cool_down(configuration.load(config), work)


@app.command()
def average(config: ConfigPath, work: Work) -> None:
    """Average the last checkpoints of the cool-down into averaged.pt."""
    configuration.load(config)
    updating.average(work)


@app.command("export")
def export_model(
    config: ConfigPath,
    work: Work,
    out: Annotated[Path, typer.Argument(help="Folder of the exported model.")],
    checkpoint: str = updating.FINAL,
    quantization: str = "int8",
) -> None:
    """Convert a checkpoint to CTranslate2."""
    loaded = configuration.load(config)
    exporting.export(loaded, work, work / checkpoint, out, quantization)


@app.command("back-translate")
def back_translate(
    config: ConfigPath,
    model: Annotated[Path, typer.Argument(help="Folder of the exported reverse model.")],
    work: Work,
    data: Data,
    limit: int = 300_000,
    weight: float = 1.0,
    threads: int = 0,
) -> None:
    """Make tagged pairs out of English news with a reverse model."""
    reverse = load(model.name, root=model.parent, threads=threads)
    sentences = islice(synthesis.monolingual(data, configuration.load(config).seed), limit)
    synthesis.back_translate(reverse, sentences, work / synthesis.SYNTHETIC_FILE, weight=weight)


@app.command("evaluate")
def evaluate_model(
    config: ConfigPath,
    model: Annotated[Path, typer.Argument(help="Folder of an exported model.")],
    shared: Annotated[Path, typer.Option(help="Folder that holds eval/.")],
    split: str = "dev",
    limit: int | None = None,
) -> None:
    """Score an exported model: BLEU and chrF on FLORES, or ROUGE on CNN/DailyMail."""
    loaded = configuration.load(config)
    embedded = load(model.name, root=model.parent)
    if loaded.task == "translate":
        sources, references = (
            (shared / "eval" / f"flores-{split}.{side}")
            .read_text(encoding="utf-8")
            .splitlines()[:limit]
            for side in ("ar", "en")
        )
        print(json.dumps(evaluation.score_translation(embedded, sources, references)))
    else:
        documents = shared / "eval" / "eval_cnndm_docs.jsonl.gz"
        print(json.dumps(evaluation.score_summaries(embedded, documents, limit), indent=2))


if __name__ == "__main__":
    app()
