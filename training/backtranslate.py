"""Back-translation: English news sentences, the Arabic that a reverse model makes of them.

Sennrich et al. (2016), "Improving Neural Machine Translation Models with Monolingual Data"; the
Arabic is tagged (Caswell et al. 2019). It is the likeliest, not a sampled one: sampling helps where
pairs are plenty and harms where they are few (Edunov et al. 2018, section 5.2).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from brief.articles.normalize import for_model, plain_english
from brief.models.ctranslate import END, CTranslateModel
from brief.summarize.english import split_sentences
from brief.translate.terminology import SYNTHETIC
from training.corpora import records, usable

__all__ = ["SYNTHETIC_FILE", "back_translate", "monolingual"]

SYNTHETIC_FILE = "synthetic.tsv"

# English news, the files that are most like what Arabic papers report first.
NEWS = (
    "news_aggregator_2026",
    "news_whenitson2016_titles",
    "news_allsides_titles",
    "finescoop_dailymail",
)
FEWEST_WORDS, MOST_WORDS = 6, 34

# A sentence with one of these is about the part of the world that Arabic papers write about most,
# and kept; of those about other events one in so many, of the rest one in still more.
WORLD = re.compile(
    r"\b(?:Arab\w*|Syria\w*|Iraq\w*|Iran\w*|Egypt\w*|Saudi|Yemen\w*|Leban\w+|Israel\w*|Palestin\w+|"
    r"Gaza|Turk\w+|Libya\w*|Sudan\w*|Jordan\w*|Qatar\w*|Kuwait\w*|Emirat\w+|Tunis\w*|Algeria\w*|"
    r"Morocc\w+|Afghan\w*|Pakistan\w*|India\w*|Chin\w+|Russia\w*|Ukrain\w+|Fr(?:ance|ench)|"
    r"German\w*|Europe\w*|Africa\w*|Asia\w*|Japan\w*|Korea\w*|Brazil\w*|Spain|Spanish|Ital\w+|"
    r"United Nations|U\.N\.|Kurd\w*|Islam\w*|Muslim\w*)\b"
)
EVENT = re.compile(
    r"\b(?:minist\w+|parliament|army|troops|military|rebels|militants|attack\w*|killed|wounded|"
    r"bomb\w*|war|elections?|sanctions|oil|economy|banks?|billion|earthquake|floods?|refugees|"
    r"hospital|team|match|scientists|researchers|study|court|company|virus|vaccine|"
    r"temperatures?|species|century|city|river)\b"
)
EVENTS_ONE_IN, REST_ONE_IN = 5, 25


def monolingual(data: Path, seed: int) -> Iterator[str]:
    """Yield distinct English news sentences, the files in turn, the wider world preferred."""
    rng = random.Random(seed)
    seen: set[str] = set()
    for name in NEWS:
        for record in records(data / "summaries" / f"{name}.jsonl.xz"):
            for line in str(record["text"]).split("\n"):
                for sentence in split_sentences(plain_english(line)):
                    if sentence not in seen and _is_news(sentence, rng):
                        seen.add(sentence)
                        yield sentence


def _is_news(sentence: str, rng: random.Random) -> bool:
    return (
        FEWEST_WORDS <= len(sentence.split()) <= MOST_WORDS
        and sentence[0].isupper()
        and sentence[-1] in '.!"'
        and "?" not in sentence
        and rng.randrange(_one_in(sentence)) == 0
    )


def _one_in(sentence: str) -> int:
    if WORLD.search(sentence):
        return 1
    return EVENTS_ONE_IN if EVENT.search(sentence) else REST_ONE_IN


def back_translate(
    model: CTranslateModel, sentences: Iterator[str], out: Path, *, weight: float, size: int = 4000
) -> int:
    """Append to `out` a tagged pair for each of `sentences`, `size` at a time; return how many.

    What `out` already holds is passed over, so that a stopped run goes on.
    """
    done = len(out.read_text(encoding="utf-8").splitlines()) if out.exists() else 0
    known = _targets(out) if done else set()
    fresh = (sentence for sentence in sentences if sentence not in known)
    with out.open("a", encoding="utf-8") as rows:
        while chunk := list(islice(fresh, size)):
            for english, arabic in zip(chunk, _likeliest(model, chunk), strict=True):
                normal = for_model(arabic)
                if usable(normal, english, 90):
                    rows.write(f"{weight:g}\t{SYNTHETIC} {normal}\t{english}\n")
                    done += 1
            rows.flush()
            print({"pairs": done}, flush=True)
    return done


def _targets(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as rows:
        return {row.rstrip("\n").split("\t")[2] for row in rows}


def _likeliest(model: CTranslateModel, sentences: Sequence[str]) -> list[str]:
    results = model.engine.translate_batch(
        [[*model.source_pieces.encode(s, out_type=str), END] for s in sentences],
        max_batch_size=2048,
        batch_type="tokens",
        beam_size=1,
        max_input_length=0,
        max_decoding_length=110,
        disable_unk=True,
    )
    return [model.target_pieces.decode(result.hypotheses[0]) for result in results]
