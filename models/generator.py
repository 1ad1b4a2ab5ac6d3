"""What a model does for the rooms above: text in, hypotheses out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Decoding", "Generator", "Hypothesis", "ModelInfo"]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for a hypothesis.

    beam: beam width; 1 is greedy search.
    length_penalty: exponent of the length that divides a score; 0 does nothing.
    no_repeat_ngram: n-grams of this many tokens are never generated twice; 0 does nothing.
    repetition_penalty: divides the scores of tokens already generated; 1 does nothing.
    max_target_tokens: most tokens to generate; a hypothesis that needs more is unfinished.
    """

    beam: int = 4
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    max_target_tokens: int = 256


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One generated text.

    score: mean natural log-probability of a token, so never above 0.
    finished: whether the model ended it with its end token, rather than being cut off.
    """

    text: str
    score: float
    finished: bool


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What identifies a model in a signature.

    revision: a hash of the weights, or the hub's commit; quantization: of the weights.
    max_source_tokens: most tokens a source may have, the end token not counted.
    max_target_tokens: most tokens a hypothesis may have; one that needs more is unfinished.
    caution: a sentence that every reader of the model's output should see; "" for none.
    prompts: what a source begins with to ask for another form: "headline", "short", "long".
    """

    name: str
    revision: str
    quantization: str
    max_source_tokens: int
    max_target_tokens: int = 256
    caution: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict)


class Generator(Protocol):
    """A sequence-to-sequence model with its tokenizer."""

    @property
    def info(self) -> ModelInfo:
        """Name, revision and limits of the model."""

    def count_tokens(self, text: str) -> int:
        """Return how many source tokens `text` has, the end token not counted."""

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Return the best hypothesis for each of `sources`, in their order.

        A source of more than `info.max_source_tokens` tokens raises `ModelError`: nothing is
        ever cut. What a source gives does not depend on the others in the call.
        """
