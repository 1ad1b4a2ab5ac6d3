"""Stage 1: raw corpora to files of weighted pairs, `weight<TAB>source<TAB>target`."""

from __future__ import annotations

import hashlib
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from brief.articles.normalize import plain_english
from brief.summarize.english import content_words, split_sentences
from brief.translate.terminology import Lexicon
from training.augment import other_numbers, other_spelling, with_terms
from training.config import Augment, Config
from training.corpora import open_corpora, pairs, records

__all__ = ["PREPARED", "prepare"]

# What was prepared from what: configuration, seed, rows and hashes.
PREPARED = "prepared.json"

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
# Articles with a headline in the usual capitals.
HEADLINED = ("news_allsides_titles", "news_whenitson2016_titles", "news_aggregator_2026")
HEADLINE_JUNK = re.compile(r"[?|:]|\b(?:I|You|We|Your|How|Why|What|Opinion|Video|Watch|Live)\b")

# Passages with a brief, a shorter one and a headline, written for the project.
OWN_BRIEFS = Path(__file__).parent / "newsbriefs"
# How often to sample them: a few thousand among tens of thousands.
OWN_WEIGHT = 3.0

# A description or headline whose opening does not support it would teach invention.
LEAST_SUPPORT = 0.75

# Words of descriptions that are short and long: a third of them each.
SHORT_WORDS, LONG_WORDS = 20, 30

# A question mark where some corpora lost a quotation mark or an apostrophe.
LOST_QUOTE = re.compile(r"\w\?\w|(?:^|[\s(])\?\w")

# Share of sources that are roughened.
ROUGH = 0.15

# Whole articles, for learning to copy and to choose.
WHOLE = ("news_whenitson2016_titles", "news_allsides_titles", "news_reuters21578_titles")


def prepare(config: Config, data: Path, work: Path, limit: int | None = None) -> dict[str, int]:
    """Write the prepared files of `config` into `work`; return the rows of each.

    `prepared.json` says what they were made from. `limit` takes only so many rows of each
    corpus: for rehearsals.
    """
    work.mkdir(parents=True, exist_ok=True)
    if config.task == "translate":
        files = _translation_files(config, data, limit)
    else:
        files = _summary_files(config, data, limit)
    counts = {name: _write(work / name, rows) for name, rows in files.items()}
    known = {
        "config": config.digest,
        "seed": config.seed,
        "manifest": _hash(data / "MANIFEST.tsv"),
        "files": {
            name: {"rows": rows, "sha256": _hash(work / name)} for name, rows in counts.items()
        },
    }
    (work / PREPARED).write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    return counts


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _write(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for weight, source, target in rows:
            out.write(f"{weight:g}\t{source}\t{target}\n")
            count += 1
    return count


def _translation_files(config: Config, data: Path, limit: int | None) -> dict[str, list[Row]]:
    corpora: dict[str, list[Row]] = {}
    held: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for corpus in open_corpora(data, config.weights):
        rows = corpora.setdefault(corpus.name, [])
        for pair in pairs(corpus, config.max_words):
            if pair in seen or len(rows) == limit:
                continue
            seen.add(pair)
            hold = corpus.name == HELD_OUT and zlib.crc32(pair[0].encode()) % 4 == 0
            (held if hold else rows).append((corpus.weight, *pair))
    if config.reverse:
        by_corpus = {name: [(w, t, s) for w, s, t in rows] for name, rows in corpora.items()}
        held = [(w, t, s) for w, s, t in held]
    else:
        by_corpus = _augmented(config, data, corpora)
    train = [row for rows in by_corpus.values() for row in rows]
    short = [row for row in train if len(row[1].split()) <= SHORT >= len(row[2].split())]
    news = [row for name, rows in by_corpus.items() if _is_news(name, config) for row in rows]
    return {"train.tsv": train, "news.tsv": news, "short.tsv": short, "held_out.tsv": held}


def _is_news(name: str, config: Config) -> bool:
    return name in config.news or name.partition("-")[0] in config.news


def _augmented(config: Config, data: Path, corpora: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the rows of each corpus and their other forms, as `config.augment` says."""
    terms = {corpus.name for corpus in open_corpora(data, {}) if corpus.path.parent.name == "terms"}
    lexicon = Lexicon.of((s, t) for name in terms for _, s, t in corpora[name])
    rng = random.Random(config.seed)
    augmented = {}
    for name, rows in corpora.items():
        forms = [form for row in rows for form in _forms(row, config.augment, lexicon, rng)]
        augmented[name] = rows if name in terms else [*forms, *_joined(rows, config, rng)]
    return augmented


def _forms(row: Row, augment: Augment, lexicon: Lexicon, rng: random.Random) -> Iterator[Row]:
    """Yield the forms of one row; their weights add up to the row's."""
    weight, source, target = row
    if rng.random() < augment.spelling:
        source = other_spelling(source)
    plain = weight
    for share, form in (
        (augment.terms, (with_terms(source, target, lexicon, rng), target)),
        (augment.numbers, other_numbers(source, target, rng)),
    ):
        if share and form != (source, target):
            plain -= weight * share
            yield weight * share, *form
    yield plain, source, target


def _joined(rows: Sequence[Row], config: Config, rng: random.Random) -> Iterator[Row]:
    """Yield neighbours as one pair: documents come in order, and segments hold two sentences."""
    for (weight, *one), (_, *other) in zip(rows[::2], rows[1::2], strict=False):
        if rng.random() < config.augment.joined:
            source, target = (f"{a} {b}" for a, b in zip(one, other, strict=True))
            if max(len(source.split()), len(target.split())) <= config.max_words:
                yield weight, source, target


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
            range(limit or 10**9), _described(config, data, name, weight), strict=False
        )
    ]
    headline = [
        row
        for name in HEADLINED
        for _, row in zip(range(limit or 10**9), _headlines(config, data, name), strict=False)
    ]
    briefs = list(_own_briefs(config, limit))
    held = description[::97]
    kept = [row for i, row in enumerate(description) if i % 97]
    return {
        "copy.tsv": copy,
        "principal.tsv": principal,
        "description.tsv": kept,
        "headline.tsv": headline,
        "briefs.tsv": briefs,
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


def _described(config: Config, data: Path, name: str, weight: float) -> Iterator[Row]:
    rng = random.Random(name)
    for record in records(_summaries(data, name)):
        text, target = plain_english(str(record["text"])), plain_english(str(record["summary"]))
        if LOST_QUOTE.search(text) or _has_lost_marks(text, target):
            continue
        source = _opening(text, config.max_words)
        if not 8 <= len(target.split()) <= 70 or len(source.split()) < 20:
            continue
        if support(source, target) >= LEAST_SUPPORT:
            prefix = _length_prompt(config, target, rng)
            share = 0.7 if record.get("verbatim") else 1.5
            yield weight * share, prefix + roughened(source, rng), target


def _own_briefs(config: Config, limit: int | None) -> Iterator[Row]:
    """Yield the project's own passages with each of their three outputs.

    The brief is asked for by its length as a description is. The others are asked for by their
    prompts, and left out where the configuration has none.
    """
    rng = random.Random(OWN_BRIEFS.name)
    prompts = config.prompts
    for path in sorted(OWN_BRIEFS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[:limit]:
            known = {key: plain_english(value) for key, value in json.loads(line).items()}
            asked = {"brief": _length_prompt(config, known["brief"], rng)}
            asked |= {key: prompts[key] for key in ("short", "headline") if key in prompts}
            for key, prompt in asked.items():
                yield OWN_WEIGHT, prompt + roughened(known["text"], rng), known[key]


def _headlines(config: Config, data: Path, name: str) -> Iterator[Row]:
    rng = random.Random(name)
    for record in records(_summaries(data, name)):
        target = plain_english(str(record.get("title") or record["summary"]))
        source = _opening(plain_english(str(record["text"])).removeprefix(target), config.max_words)
        if (
            5 <= len(target.split()) <= 14
            and len(source.split()) >= 20
            and not HEADLINE_JUNK.search(target)
            and not target.isupper()
            and support(source, target) >= LEAST_SUPPORT
        ):
            prefix = config.prompts.get("headline", "")
            yield 1.0, prefix + roughened(source, rng), _sentence_case(target, source)


def _sentence_case(title: str, source: str) -> str:
    """Write small what the article writes small: "Talks To Resume" becomes "Talks to resume"."""
    small = set(source.split())
    first, *rest = title.split()
    return " ".join([first, *(w.lower() if w.lower() in small else w for w in rest)])


def _has_lost_marks(text: str, target: str) -> bool:
    """Tell whether a description lost its quotation marks or apostrophes, as in some corpora."""
    stripped = {word.replace("'", "") for word in text.split() if "'" in word.strip("'")}
    return LOST_QUOTE.search(target) is not None or any(word in stripped for word in target.split())


def support(source: str, target: str) -> float:
    """Return the share of the target's content words that the source has, 0 for none at all."""
    known, wanted = set(content_words(source)), content_words(target)
    return sum(word in known for word in wanted) / len(wanted) if wanted else 0.0


def _length_prompt(config: Config, target: str, rng: random.Random) -> str:
    """Name the target's length in half of the rows, so that both ways of asking are learnt."""
    if rng.random() < 0.5:
        return ""
    size = len(target.split())
    form = "short" if size <= SHORT_WORDS else "long" if size >= LONG_WORDS else ""
    return config.prompts.get(form, "")


def roughened(source: str, rng: random.Random) -> str:
    """Roughen some sources as a translation is rough: words missing, words out of place.

    Names and numbers stay: without them the target would be an invention.
    """
    if rng.random() >= ROUGH:
        return source
    words = [word for word in source.split() if not word.islower() or rng.random() >= 0.04]
    for index in range(len(words) - 1):
        if rng.random() < 0.03:
            words[index], words[index + 1] = words[index + 1], words[index]
    return " ".join(words)


def _opening(text: str, max_words: int) -> str:
    taken: list[str] = []
    for sentence in split_sentences(text):
        if len(" ".join([*taken, sentence]).split()) > max_words:
            break
        taken.append(sentence)
    return " ".join(taken)
