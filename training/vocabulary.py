"""Stage 2: sentencepiece vocabularies from the prepared files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

from brief.translate.terminology import SYMBOLS
from training.config import Config

__all__ = ["END", "UNKNOWN", "build", "load_pieces"]

END, UNKNOWN = 0, 1

# Sentences that sentencepiece reads: enough for 8,000 pieces, and half a minute of work.
SAMPLE = 400_000


def build(config: Config, work: Path) -> None:
    """Write `source.spm` and `target.spm` into `work`; one and the same where shared."""
    if config.network.shared:
        _train(work / "source.spm", _texts(config, work, (1, 2)), config)
        (work / "target.spm").write_bytes((work / "source.spm").read_bytes())
    else:
        _train(work / "source.spm", _texts(config, work, (1,)), config)
        _train(work / "target.spm", _texts(config, work, (2,)), config)


def _texts(config: Config, work: Path, columns: tuple[int, ...]) -> Iterator[str]:
    """Yield the texts of the given columns as often as their weight, a fraction being a chance."""
    rng = random.Random(config.seed)
    for name in sorted({name for phase in config.phases for name in phase.data.split("+")}):
        if not (work / name).exists():
            continue
        with (work / name).open(encoding="utf-8") as lines:
            for line in lines:
                row = line.rstrip("\n").split("\t")
                times = int(float(row[0]) + rng.random())
                yield from (row[column] for _ in range(times) for column in columns)


def _train(path: Path, texts: Iterator[str], config: Config) -> None:
    with path.open("wb") as out:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=texts,
            model_writer=out,
            vocab_size=config.network.pieces,
            model_type="unigram",
            character_coverage=0.9998,
            split_digits=True,
            normalization_rule_name="identity",
            input_sentence_size=SAMPLE,
            shuffle_input_sentence=True,
            user_defined_symbols=list(SYMBOLS),
            eos_id=END,
            unk_id=UNKNOWN,
            bos_id=-1,
            pad_id=-1,
            minloglevel=2,
        )


def load_pieces(path: Path) -> sentencepiece.SentencePieceProcessor:
    """Load a sentencepiece model from a path with any characters in it."""
    processor = sentencepiece.SentencePieceProcessor()
    processor.LoadFromSerializedProto(path.read_bytes())
    return processor
