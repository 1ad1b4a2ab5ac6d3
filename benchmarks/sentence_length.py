"""Where quality falls with the length of a source, to set `GOOD_TOKENS`.

For k = 1 to 6, k consecutive sentences of FLORES dev become one source. It is translated in one
go and sentence by sentence, and chrF2 (Popović 2016; sacrebleu) of both is printed by the number
of source tokens. The good length ends where "whole" falls below "sentences" by more than noise.
With --stitched, the source is also cut and stitched as `brief.translate` does it.

Usage: python benchmarks/sentence_length.py [--model DIR] [--limit N] [--stitched TOKENS]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from brief.articles.normalize import for_model
from brief.models import TRANSLATOR, Decoding, Generator, load
from brief.translate.pieces import split, stitch
from brief.translate.stream import stream

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
MOST_SENTENCES = 6
BUCKETS = (16, 32, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512)


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences, normalised, and their references."""

    sentences: tuple[str, ...]
    references: tuple[str, ...]

    @property
    def source(self) -> str:
        """The sentences as one source."""
        return " ".join(self.sentences)

    @property
    def reference(self) -> str:
        """The references as one text."""
        return " ".join(self.references)


def main() -> None:
    """Print chrF2 by length of the source."""
    options = arguments()
    model = (
        load(options.model.name, root=options.model.parent) if options.model else load(TRANSLATOR)
    )
    made = [
        passage
        for passage in passages(options.limit)
        if model.count_tokens(passage.source) <= model.info.max_source_tokens
    ]
    decoding = Decoding(beam=options.beam)
    outputs = {
        "whole": whole(made, model, decoding),
        "sentences": by_sentence(made, model, decoding),
    }
    if options.stitched:
        outputs["stitched"] = stitched(made, model, decoding, options.stitched)
    report(made, outputs, model)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of a model, instead of the embedded one")
    parser.add_argument("--limit", type=int, help="use only so many sentences of FLORES dev")
    parser.add_argument("--beam", type=int, default=4, help="beam width")
    parser.add_argument("--stitched", type=int, help="also cut at so many tokens and stitch")
    return parser.parse_args()


def passages(limit: int | None) -> Iterator[Passage]:
    """Yield passages of one sentence, of two, and so on, without overlap within each length."""
    arabic = lines(EVAL / "flores-dev.ar")[:limit]
    english = lines(EVAL / "flores-dev.en")[:limit]
    for size in range(1, MOST_SENTENCES + 1):
        for start in range(0, len(arabic) - size + 1, size):
            chosen = slice(start, start + size)
            yield Passage(tuple(map(for_model, arabic[chosen])), tuple(english[chosen]))


def lines(path: Path) -> list[str]:
    """Return the lines of a file; only a line feed ends one."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def translate(sources: Sequence[str], model: Generator, decoding: Decoding) -> dict[str, str]:
    """Return the text for each distinct source."""
    return {
        source: hypothesis.text
        for hypotheses in stream(model, dict.fromkeys(sources), decoding)
        for source, hypothesis in hypotheses.items()
    }


def whole(made: Sequence[Passage], model: Generator, decoding: Decoding) -> list[str]:
    """Translate each passage in one go."""
    texts = translate([passage.source for passage in made], model, decoding)
    return [texts[passage.source] for passage in made]


def by_sentence(made: Sequence[Passage], model: Generator, decoding: Decoding) -> list[str]:
    """Translate each passage sentence by sentence."""
    texts = translate([s for passage in made for s in passage.sentences], model, decoding)
    return [" ".join(texts[s] for s in passage.sentences) for passage in made]


def stitched(
    made: Sequence[Passage], model: Generator, decoding: Decoding, limit: int
) -> list[str]:
    """Translate each passage in pieces of at most `limit` tokens."""
    cuts = [split(passage.source, limit, model.count_tokens) for passage in made]
    texts = translate([piece.strip() for cut in cuts for piece in cut], model, decoding)
    return [stitch(cut, [texts[piece.strip()] for piece in cut]) for cut in cuts]


def report(made: Sequence[Passage], outputs: Mapping[str, Sequence[str]], model: Generator) -> None:
    """Print a row for each bucket of source tokens and a column for each output."""
    rows: dict[int, list[int]] = defaultdict(list)
    for index, passage in enumerate(made):
        tokens = model.count_tokens(passage.source)
        rows[next((most for most in BUCKETS if tokens <= most), BUCKETS[-1])].append(index)
    print(f"{'tokens':>7} {'sources':>8} " + " ".join(f"{name:>10}" for name in outputs))
    metric = CHRF()
    for most in sorted(rows):
        references = [made[index].reference for index in rows[most]]
        scores = [
            metric.corpus_score([texts[index] for index in rows[most]], [references]).score
            for texts in outputs.values()
        ]
        print(f"{most:>7} {len(rows[most]):>8} " + " ".join(f"{score:>10.1f}" for score in scores))


if __name__ == "__main__":
    main()
