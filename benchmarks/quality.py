"""Translation quality on FLORES, side by side with other systems: the table of models/CARD.md.

One piece of code scores all outputs: ours, made here by the model alone at beam 4, and those of the
other systems that lie in SHARED/eval. Rows by length of the source follow, then inline terminology
(names and terms of SHARED/data/terms that the reference has too, marked in the source and not),
then the sources in a hurried spelling, then the held-out UN text where --held-out names a prepared
`held_out.tsv`.

    python -m benchmarks.quality SHARED [--split devtest] [--model DIR …] [--held-out FILE]
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import sacrebleu

from brief.articles.normalize import for_model
from brief.models import TRANSLATOR, CTranslateModel, Decoding, load
from brief.translate.terminology import CLOSE, LONGEST, OPEN, Lexicon
from training.augment import other_spelling, with_terms
from training.corpora import open_corpora, pairs
from training.evaluate import hypotheses, score_hypotheses

COLUMNS = ("sentences", "bleu", "chrf2", "chrf++", "numbers_lost_percent")

MARKED = re.compile(f"{OPEN} ([^{CLOSE}]+){CLOSE}")

# Source words of the rows by length.
BINS = ((1, 12), (13, 20), (21, 30), (31, 200))


def main() -> None:
    """Print the tables."""
    options = arguments()
    models = {path.name: load(path.name, root=path.parent) for path in options.model}
    if not models:
        models = {"embedded": load(TRANSLATOR)}
    prefix = options.shared / "eval" / f"flores-{options.split}"
    sources = lines(prefix.with_name(f"{prefix.name}.ar"))
    references = lines(prefix.with_name(f"{prefix.name}.en"))
    outputs = {name: hypotheses(model, sources) for name, model in models.items()}
    for path in sorted(prefix.parent.glob(f"{prefix.name}.*.en")):
        outputs[path.name.split(".")[1]] = lines(path)
    report(f"FLORES {options.split}", sources, outputs, references)
    for least, most in BINS:
        chosen = [i for i, s in enumerate(sources) if least <= len(s.split()) <= most]
        part = {name: [texts[i] for i in chosen] for name, texts in outputs.items()}
        report(
            f"{least} to {most} source words",
            [sources[i] for i in chosen],
            part,
            [references[i] for i in chosen],
        )
    for name, model in models.items():
        terminology(name, model, options.shared / "data", sources, references)
    hurried = [other_spelling(source) for source in sources]
    spelt = {name: hypotheses(model, hurried) for name, model in models.items()}
    report("spelt with ه for a final ة", sources, spelt, references)
    if options.held_out:
        held_out(options.held_out, models)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder that holds eval/")
    parser.add_argument("--split", default="devtest", help="dev or devtest")
    parser.add_argument("--model", type=Path, action="append", default=[], help="exported model")
    parser.add_argument("--held-out", type=Path, help="weighted pairs that were not trained on")
    return parser.parse_args()


def lines(path: Path) -> list[str]:
    """Return the lines of a file; only a line feed ends one."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def terminology(
    name: str, model: CTranslateModel, data: Path, sources: Sequence[str], references: Sequence[str]
) -> None:
    """Print how many terms come out as wanted, and chrF2, with the terms marked and without."""
    term_lists = [c for c in open_corpora(data, {}) if c.path.parent.name == "terms"]
    lexicon = Lexicon.of(pair for corpus in term_lists for pair in pairs(corpus, LONGEST))
    rng = random.Random(1)
    plain = [for_model(source) for source in sources]
    marked = [
        with_terms(source, reference, lexicon, rng)
        for source, reference in zip(plain, references, strict=True)
    ]
    wanted = [MARKED.findall(source) for source in marked]
    print(f"\nterminology, {name}: {sum(map(len, wanted))} terms in {len(sources)} sentences")
    for label, given in (("not marked", plain), ("marked", marked)):
        texts = [h.text for h in model.generate(given, Decoding(max_target_tokens=200))]
        obeyed = [term in text for terms, text in zip(wanted, texts, strict=True) for term in terms]
        chrf = sacrebleu.corpus_chrf(texts, [list(references)]).score
        print(f"{label:15}{100 * sum(obeyed) / len(obeyed):>10.1f}% as wanted{chrf:>10.1f} chrF2")


def held_out(path: Path, models: Mapping[str, CTranslateModel]) -> None:
    """Print the scores on UN text that was held out of the training."""
    rows = [line.split("\t") for line in lines(path)]
    sources, references = [row[1] for row in rows], [row[2] for row in rows]
    outputs = {name: hypotheses(model, sources) for name, model in models.items()}
    report("held-out UN text", sources, outputs, references)


def report(
    title: str,
    sources: Sequence[str],
    outputs: Mapping[str, Sequence[str]],
    references: Sequence[str],
) -> None:
    """Print a row a system, the best chrF2 first."""
    scores = {name: score_hypotheses(sources, texts, references) for name, texts in outputs.items()}
    print(f"\n{title}")
    print(f"{'':15}" + "".join(f"{column:>22}" for column in COLUMNS))
    for name, row in sorted(scores.items(), key=lambda item: -item[1]["chrf2"]):
        print(f"{name:15}" + "".join(f"{row[column]:>22}" for column in COLUMNS))


if __name__ == "__main__":
    main()
