"""Stage 1: raw corpora to files of weighted pairs, `weight<TAB>source<TAB>target`."""

from __future__ import annotations

import random
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from brief.articles.normalize import plain_english
from brief.summarize.english import content_words, split_sentences
from training.config import Config
from training.corpora import open_corpora, pairs, records

__all__ = ["prepare"]

Row = tuple[float, str, str]

# Every fourth line of this UN document set is held out, about 1,000 in all.
HELD_OUT = "un_testset"

# Words a side of the sentences on which a model first learns which word stands for which.
SHORT = 12

# Articles with a description, and how often to sample them.
DESCRIBED = {
    "finescoop_dailymail": 1.0,
    "news_aggregator_2026": 1.0,
    "inshorts_ctext": 2.0,
}
# Whole articles, for learning to copy and to choose.
WHOLE = ("news_whenitson2016_titles", "news_allsides_titles", "news_reuters21578_titles")


def prepare(config: Config, data: Path, work: Path, limit: int | None = None) -> dict[str, int]:
    """Write the prepared files of `config` into `work`; return the rows of each.

    `limit` takes only so many rows of each corpus: for rehearsals.
    """
    work.mkdir(parents=True, exist_ok=True)
    if config.task == "translate":
        files = _translation_files(config, data, limit)
    else:
        files = _summary_files(config, data, limit)
    return {name: _write(work / name, rows) for name, rows in files.items()}


def _write(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for weight, source, target in rows:
            out.write(f"{weight:g}\t{source}\t{target}\n")
            count += 1
    return count


def _translation_files(config: Config, data: Path, limit: int | None) -> dict[str, list[Row]]:
    train: list[Row] = []
    held: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for corpus in open_corpora(data, config.weights):
        taken = 0
        for pair in pairs(corpus, config.max_words):
            if pair in seen or taken == limit:
                continue
            seen.add(pair)
            taken += 1
            hold = corpus.name == HELD_OUT and zlib.crc32(pair[0].encode()) % 4 == 0
            (held if hold else train).append((corpus.weight, *pair))
    short = [row for row in train if len(row[1].split()) <= SHORT >= len(row[2].split())]
    return {"train.tsv": train, "short.tsv": short, "held_out.tsv": held}


def _summary_files(config: Config, data: Path, limit: int | None) -> dict[str, list[Row]]:
    copy: list[Row] = []
    principal: list[Row] = []
    for name in WHOLE:
        for _, record in zip(range(limit or 15_000), records(_summaries(data, name)), strict=False):
            rng = random.Random(str(record["id"]))
            for window in _windows(str(record["text"]), config.max_words, rng):
                copy.append(_copy_row(window, rng))
                if len(window) > 2:
                    principal.append((1.0, " ".join(window), principal_sentence(window)))
    description = [
        row
        for name, weight in DESCRIBED.items()
        for _, row in zip(
            range(limit or 10**9), _described(data, name, weight, config.max_words), strict=False
        )
    ]
    held = description[::97]
    kept = [row for i, row in enumerate(description) if i % 97]
    return {
        "copy.tsv": copy,
        "principal.tsv": principal,
        "description.tsv": kept,
        "held_out.tsv": held,
    }


def _summaries(data: Path, name: str) -> Path:
    return data / "summaries" / f"{name}.jsonl.xz"


def _windows(text: str, max_words: int, rng: random.Random) -> Iterator[list[str]]:
    """Yield the opening window of sentences of an article and one from further down."""
    sentences = [s for s in split_sentences(plain_english(text)) if 4 <= len(s.split()) <= 45]
    for start in (0, rng.randrange(3, 9)):
        window: list[str] = []
        room = rng.randrange(max_words // 2, max_words)
        for sentence in sentences[start:]:
            room -= len(sentence.split())
            if room < 0:
                break
            window.append(sentence)
        if window:
            yield window


def _copy_row(window: list[str], rng: random.Random) -> Row:
    sentence = rng.choice(window)
    return 1.0, sentence, sentence


def principal_sentence(window: list[str]) -> str:
    """Return the sentence that shares most content words with the rest, the earliest of equals.

    The importance measure of gap-sentence generation (PEGASUS, Zhang et al. 2020): unigram F1
    of a sentence against the others.
    """
    bags = [Counter(content_words(sentence)) for sentence in window]
    total = sum(bags, Counter[str]())

    def importance(bag: Counter[str]) -> float:
        rest = total - bag
        common = sum((bag & rest).values())
        size = sum(bag.values()) + sum(rest.values())
        return 2 * common / size if size else 0.0

    scores = [importance(bag) for bag in bags]
    return window[scores.index(max(scores))]


def _described(data: Path, name: str, weight: float, max_words: int) -> Iterator[Row]:
    for record in records(_summaries(data, name)):
        target = plain_english(str(record["summary"]))
        source = _opening(plain_english(str(record["text"])), max_words)
        if not 8 <= len(target.split()) <= 70 or len(source.split()) < 20:
            continue
        known = set(content_words(source))
        wanted = content_words(target)
        # A description that the opening does not support would teach invention.
        if not wanted or sum(word in known for word in wanted) < 0.75 * len(wanted):
            continue
        yield weight * (0.7 if record.get("verbatim") else 1.5), source, target


def _opening(text: str, max_words: int) -> str:
    taken: list[str] = []
    for sentence in split_sentences(text):
        if len(" ".join([*taken, sentence]).split()) > max_words:
            break
        taken.append(sentence)
    return " ".join(taken)
