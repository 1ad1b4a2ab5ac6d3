"""Prepared files to batches of token ids: weighted sampling, bucketing by length, padding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from training.vocabulary import END, load_pieces

__all__ = ["Batch", "Example", "batches", "collate", "read_examples"]

# Batches are cut from pools of so many examples sorted by length, to waste little on padding.
POOL = 6000


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of id sequences, each closed by the end token, and how often to sample it."""

    weight: float
    source: list[int]
    target: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids: `source` (batch, source length), `target` (batch, target length)."""

    source: torch.Tensor
    target: torch.Tensor


def read_examples(path: Path, work: Path, positions: int) -> list[Example]:
    """Read a prepared file as ids; examples longer than `positions` tokens are left out.

    Raises `ValueError` where none is left: an epoch of nothing would never end.
    """
    source_pieces = load_pieces(work / "source.spm")
    target_pieces = load_pieces(work / "target.spm")
    weights, sources, targets = [], [], []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            weight, source, target = line.rstrip("\n").split("\t")
            weights.append(float(weight))
            sources.append(source)
            targets.append(target)
    examples = [
        Example(weight, [*source, END], [*target, END])
        for weight, source, target in zip(
            weights, source_pieces.encode(sources), target_pieces.encode(targets), strict=True
        )
    ]
    fitting = [e for e in examples if max(len(e.source), len(e.target)) <= positions]
    if not fitting:
        raise ValueError(f"{path.name}: no example has at most {positions} tokens on either side")
    return fitting


def batches(examples: list[Example], tokens: int, pad: int, rng: random.Random) -> Iterator[Batch]:
    """Yield one epoch: each example as often as its weight, a fraction being a chance."""
    drawn = [e for e in examples for _ in range(int(e.weight + rng.random()))]
    rng.shuffle(drawn)
    for start in range(0, len(drawn), POOL):
        groups = _cut(sorted(drawn[start : start + POOL], key=_length), tokens)
        rng.shuffle(groups)
        for group in groups:
            yield collate(group, pad)


def _length(example: Example) -> tuple[int, int]:
    return len(example.source), len(example.target)


def _cut(ordered: list[Example], tokens: int) -> list[list[Example]]:
    groups: list[list[Example]] = []
    group: list[Example] = []
    widest = 0
    for example in ordered:
        widest = max(widest, len(example.source) + len(example.target))
        if group and widest * (len(group) + 1) > tokens:
            groups.append(group)
            group, widest = [], len(example.source) + len(example.target)
        group.append(example)
    return [*groups, group] if group else groups


def collate(group: list[Example], pad: int) -> Batch:
    """Pad the examples of `group` to one length a side."""
    return Batch(_padded([e.source for e in group], pad), _padded([e.target for e in group], pad))


def _padded(rows: list[list[int]], pad: int) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [pad] * (width - len(row)) for row in rows])
