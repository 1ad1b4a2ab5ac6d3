"""Threads and batch sizes of the embedded translator: sets BATCH_TOKENS of models/ctranslate.py.

    python -m benchmarks.batching [FILE ...]

Translates up to 240 sentences of the given articles (the samples by default) with each setting
in turn, beam 4, and prints source tokens a second.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import ctranslate2

from brief.articles import read
from brief.articles.normalize import for_model
from brief.models import TRANSLATOR, load

ROOT = Path(__file__).parent.parent
SETTINGS = ((1, 2), (2, 1), (1, 1))


def main(files: list[str]) -> None:
    """Print a line a setting."""
    pieces = load(TRANSLATOR).source_pieces
    texts = [for_model(s.text) for file in files for s in read(file).sentences]
    sources = [[*pieces.encode(text, out_type=str), "</s>"] for text in texts]
    sources = [source for source in sources if len(source) < 120][:240]
    for batches, threads in SETTINGS:
        engine = ctranslate2.Translator(
            str(ROOT / "models" / "embedded" / TRANSLATOR),
            inter_threads=batches,
            intra_threads=threads,
        )
        for size in (512, 1024, 2048, 4096):
            start = time.perf_counter()
            engine.translate_batch(
                sources,
                max_batch_size=size,
                batch_type="tokens",
                beam_size=4,
                max_input_length=0,
                max_decoding_length=160,
            )
            speed = sum(map(len, sources)) / (time.perf_counter() - start)
            print(f"{batches} at once, {threads} threads each, {size} tokens: {speed:.0f} tokens/s")


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(map(str, (ROOT / "samples").glob("*.txt"))))
