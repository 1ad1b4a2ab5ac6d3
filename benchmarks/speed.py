"""Speed, side by side in one run: brief's engine against `transformers` on the same shape.

    python -m benchmarks.speed [--article FILE] [--sentences N] [--against DIR] [FILE ...]

The embedded translator translates the sentences of the given articles (the samples by default).
`transformers` then generates on a network of the same shape with random weights, forced to give
each sentence as many tokens as the embedded model gave it, first one sentence at a time, then in
batches sorted by length. With --against another exported translator, such as an earlier version,
translates the same sentences in brief's way. Beam 4 everywhere. Tokens are the embedded model's
source tokens.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from transformers import MarianMTModel

from brief.articles import read
from brief.articles.normalize import for_model
from brief.models import TRANSLATOR, CTranslateModel, Decoding, load
from training import config, network
from training.vocabulary import END

ROOT = Path(__file__).parent.parent
BEAM = 4
BATCH_TOKENS = 1024


def main() -> None:
    """Measure and print a table."""
    options = _options()
    files = options.files or sorted(map(str, (ROOT / "samples").glob("*.txt")))
    sentences = [for_model(s.text) for file in files for s in read(file).sentences]
    model = load(TRANSLATOR, threads=options.threads)
    torch.set_num_threads(options.threads)
    usable = [s for s in sentences if 2 < model.count_tokens(s) < 120][: options.sentences]
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.threads} threads")
    print(f"{len(usable)} sentences, {sum(map(model.count_tokens, usable))} source tokens")
    _table(model, usable, options.against)
    if options.article:
        _cold_process(options.article)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--against", type=Path, help="folder of another exported translator")
    parser.add_argument("--article", default=str(ROOT / "samples" / "politics.txt"))
    return parser.parse_args()


def _table(model: CTranslateModel, sentences: Sequence[str], against: Path | None) -> None:
    decoding = Decoding(beam=BEAM)
    hypotheses = model.generate(sentences, decoding)
    lengths = [len(model.target_pieces.encode(h.text)) + 1 for h in hypotheses]
    shape = config.load(ROOT / "training" / "translate.toml").network
    torch.manual_seed(0)
    reference = network.build(shape)
    reference.train(False)
    ids = [[*model.source_pieces.encode(s), END] for s in sentences]
    tokens = sum(map(len, ids))
    rows: dict[str, Callable[[], object]] = {
        "generate, one at a time": lambda: _one_by_one(reference, ids, lengths),
        "generate, sorted batches": lambda: _batched(reference, ids, lengths),
        "brief": lambda: model.generate(sentences, decoding),
    }
    if against:
        other = load(against.name, root=against.parent, threads=torch.get_num_threads())
        rows[f"brief with {against.name}"] = lambda: other.generate(sentences, decoding)
    seconds = {name: _seconds(work) for name, work in rows.items()}
    for name, taken in seconds.items():
        ratio = taken / seconds["brief"]
        print(f"{name:26} {tokens / taken:8.0f} tokens/s   brief is {ratio:5.1f} times as fast")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _one_by_one(model: MarianMTModel, ids: list[list[int]], lengths: list[int]) -> None:
    for row, length in zip(ids, lengths, strict=True):
        _generate(model, [row], length)


def _batched(model: MarianMTModel, ids: list[list[int]], lengths: list[int]) -> None:
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    group: list[int] = []
    for i in order:
        if group and len(ids[i]) * (len(group) + 1) > BATCH_TOKENS:
            _generate(model, [ids[j] for j in group], max(lengths[j] for j in group))
            group = []
        group.append(i)
    _generate(model, [ids[j] for j in group], max(lengths[j] for j in group))


def _generate(model: MarianMTModel, rows: list[list[int]], length: int) -> None:
    pad = model.config.pad_token_id or 0
    width = max(map(len, rows))
    source = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
    with torch.inference_mode():
        model.generate(
            source,
            attention_mask=torch.ne(source, pad).long(),
            num_beams=BEAM,
            min_new_tokens=length,
            max_new_tokens=length,
        )


def _cold_process(article: str) -> None:
    """Run the command once in a process of its own; print wall time and peak memory."""
    command = [str(Path(sys.executable).parent / "brief"), article, "--quiet"]
    taken = _seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"cold process, {Path(article).name}: {taken:.1f} s, {peak:.0f} MiB at most")


if __name__ == "__main__":
    main()
