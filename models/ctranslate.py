"""Models that run on CTranslate2 and sentencepiece alone, as the embedded ones do."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brief.errors import ModelError
from brief.models.generator import Decoding, Hypothesis, ModelInfo

if TYPE_CHECKING:
    import ctranslate2
    import sentencepiece

__all__ = ["SUMMARIZER", "TRANSLATOR", "CTranslateModel", "load"]

EMBEDDED = Path(__file__).parent / "embedded"
TRANSLATOR = "ar-en"
SUMMARIZER = "brief-en"

END = "</s>"

# Padded source tokens a batch, and one thread a batch with as many batches at once as there are
# cores. By benchmarks/batching.py on two cores: 4,200 source tokens/s, against 3,600 with batches
# of 4,096 tokens, and 700 to 1,700 with both threads on one batch.
BATCH_TOKENS = 512


@dataclass(frozen=True, slots=True)
class CTranslateModel:
    """A loaded model; satisfies `Generator`."""

    info: ModelInfo
    source_pieces: sentencepiece.SentencePieceProcessor = field(repr=False)
    target_pieces: sentencepiece.SentencePieceProcessor = field(repr=False)
    engine: ctranslate2.Translator = field(repr=False)

    def count_tokens(self, text: str) -> int:
        """Return how many source tokens `text` has, the end token not counted."""
        return len(self.source_pieces.encode(text))

    def generate(self, sources: Sequence[str], decoding: Decoding) -> list[Hypothesis]:
        """Return the best hypothesis for each of `sources`; see `Generator.generate`."""
        tokens = [self.source_pieces.encode(source, out_type=str) for source in sources]
        for source, pieces in zip(sources, tokens, strict=True):
            self._check_length(source, len(pieces))
        # The engine's own limits are off (0) or explicit: its defaults cut silently.
        results = self.engine.translate_batch(
            [[*pieces, END] for pieces in tokens],
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=decoding.beam,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_input_length=0,
            max_decoding_length=min(decoding.max_target_tokens, self.info.max_target_tokens),
            return_scores=True,
            return_end_token=True,
            disable_unk=True,
        )
        return [self._hypothesis(result, decoding) for result in results]

    def _check_length(self, source: str, count: int) -> None:
        if count > self.info.max_source_tokens:
            raise ModelError(
                f"{self.info.name} takes at most {self.info.max_source_tokens} tokens at a time, "
                f"was: {count} ({source[:40]!r}…). Split the text first."
            )

    def _hypothesis(self, result: Any, decoding: Decoding) -> Hypothesis:
        pieces: list[str] = result.hypotheses[0]
        finished = bool(pieces) and pieces[-1] == END
        text = self.target_pieces.decode(pieces[:-1] if finished else pieces)
        return Hypothesis(
            text, _mean_log_probability(result.scores[0], len(pieces), decoding), finished
        )


def _mean_log_probability(score: float, length: int, decoding: Decoding) -> float:
    """Undo the engine's length normalisation, then divide by the length in tokens."""
    if length == 0:
        return 0.0
    normalisation: float = length ** (decoding.length_penalty - 1)
    return min(0.0, score * normalisation)


def load(name: str, *, root: Path = EMBEDDED, threads: int = 0) -> CTranslateModel:
    """Load the embedded model `name` from `root`.

    threads: batches that run at once, each on one thread; 0 stands for all cores. Raises
    `ModelError` where a file is missing or damaged.
    """
    import ctranslate2
    import sentencepiece

    folder = root / name
    info = _info(folder)
    try:
        return CTranslateModel(
            info=info,
            source_pieces=sentencepiece.SentencePieceProcessor(
                model_proto=(folder / "source.spm").read_bytes()
            ),
            target_pieces=sentencepiece.SentencePieceProcessor(
                model_proto=(folder / "target.spm").read_bytes()
            ),
            engine=ctranslate2.Translator(
                str(folder),
                device="cpu",
                compute_type="default",
                inter_threads=threads or os.cpu_count() or 1,
                intra_threads=1,
            ),
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The model in {folder} cannot be loaded ({error}). Reinstall brief-ar."
        ) from error


def _info(folder: Path) -> ModelInfo:
    path = folder / "brief.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return ModelInfo(
            name=known["name"],
            revision=known["revision"],
            quantization=known["quantization"],
            max_source_tokens=known["max_source_tokens"],
            max_target_tokens=known["max_target_tokens"],
            caution=known["caution"],
            prompts=known.get("prompts", {}),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The model's description {path} is missing or damaged ({error}). Reinstall brief-ar."
        ) from error
