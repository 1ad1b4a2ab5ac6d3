"""The configuration of one model: a small TOML file, read into frozen dataclasses."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["Augment", "Config", "Network", "Phase", "load"]


@dataclass(frozen=True, slots=True)
class Network:
    """The shape of a Marian-type transformer.

    pieces: subword units a side; shared: one vocabulary and one embedding for both sides;
    width, inner: model and feed-forward dimensions; positions: most tokens on either side.
    """

    pieces: int
    shared: bool
    encoder_layers: int
    decoder_layers: int
    width: int
    inner: int
    heads: int
    positions: int
    dropout: float


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of training on prepared files.

    data: their names, joined by "+".
    batch_tokens counts source and target tokens, padding included.
    """

    data: str
    updates: int
    batch_tokens: int
    learning_rate: float


@dataclass(frozen=True, slots=True)
class Augment:
    """How often a pair also appears in another form; 0 does nothing.

    terms: share of the sentences with known names or terms in which they are marked with their
        translation (Dinu et al. 2019); numbers: share of those with numbers in which these are
        others, the same on both sides; spelling: share of sources spelt as hurried writers do;
    joined: share of neighbours that become one pair of two sentences.
    segmentation: smoothing exponent of subword sampling (Kudo 2018) on the source side.
    """

    terms: float = 0.0
    numbers: float = 0.0
    spelling: float = 0.0
    joined: float = 0.0
    segmentation: float = 0.0


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that decides what a model becomes.

    warmup: updates over which the learning rate rises; cooldown: updates over which it falls
    to zero before an export; max_words: longest source or target that is trained on.
    cooldown_data: prepared files of the cool-down, as in `Phase`; "" for those of the phase.
    weights: sampling weight of a corpus, where it differs from the manifest's.
    news: corpora whose rows are prepared as `news.tsv` too, to learn the register of news last.
    reverse: source and target swapped, for back-translation.
    prompts: what a source begins with where the model is asked for a "headline", or for a "short"
        or "long" form: text that it is trained with, not units of its vocabulary.
    caution: a sentence that every reader of the model's output should see; "" for none.
    """

    name: str
    task: str
    seed: int
    max_words: int
    label_smoothing: float
    weight_decay: float
    warmup: int
    cooldown: int
    network: Network
    phases: tuple[Phase, ...]
    cooldown_data: str = ""
    weights: dict[str, float] = field(default_factory=dict)
    news: tuple[str, ...] = ()
    augment: Augment = Augment()
    reverse: bool = False
    prompts: dict[str, str] = field(default_factory=dict)
    caution: str = ""
    digest: str = ""


def load(path: Path) -> Config:
    """Read `path`; an unknown or missing key raises `TypeError` naming it."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    raw["network"] = Network(**raw["network"])
    raw["phases"] = tuple(Phase(**phase) for phase in raw["phases"])
    raw["augment"] = Augment(**raw.get("augment", {}))
    raw["news"] = tuple(raw.get("news", ()))
    known = {f.name for f in fields(Config)}
    if unknown := set(raw) - known:
        raise TypeError(f"{path.name}: unknown keys {sorted(unknown)}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return Config(**raw, digest=digest)
