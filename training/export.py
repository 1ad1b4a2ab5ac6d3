"""Stage 4: a checkpoint to what ships: CTranslate2 weights, pieces and a description."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import ctranslate2
import torch
from ctranslate2.converters.transformers import MarianMTLoader
from transformers import MarianMTModel

from training import network
from training.config import Config
from training.vocabulary import load_pieces

__all__ = ["export", "load_checkpoint"]


PAD = "<pad>"


class _Loader(MarianMTLoader):  # type: ignore[misc]
    def _remove_pad_weights(self, spec: object) -> None:
        """Keep the padding entry: see `export`."""


def load_checkpoint(config: Config, path: Path) -> MarianMTModel:
    """Return the model of a checkpoint, ready to generate."""
    model = network.build(config.network)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["model"])
    model.train(False)
    return model


def export(config: Config, work: Path, checkpoint: Path, out: Path, quantization: str) -> None:
    """Convert `checkpoint` to CTranslate2 in the folder `out`, replacing what is there.

    The decoder starts from the padding entry's embedding, as `transformers` does. Marian starts
    from zeros, but here the entry shares its row with the output layer, which trains it away
    from zero; so it stays in the vocabularies.
    """
    model = load_checkpoint(config, checkpoint)
    spec = _Loader().get_model_spec(model)
    spec.decoder.start_from_zero_embedding = False
    source = _tokens(work / "source.spm")
    if config.network.shared:
        spec.register_source_vocabulary(source)
        spec.register_target_vocabulary(source)
    else:
        spec.register_source_vocabulary(source)
        spec.register_target_vocabulary(_tokens(work / "target.spm"))
    spec.config.eos_token = "</s>"  # noqa: S105 (a token of text, not a secret)
    spec.config.bos_token = "<s>"  # noqa: S105
    spec.config.unk_token = "<unk>"  # noqa: S105
    spec.config.decoder_start_token = PAD
    spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization=quantization)
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    spec.save(str(out))
    for side in ("source.spm", "target.spm"):
        shutil.copyfile(work / side, out / side)
    _describe(config, checkpoint, out, quantization)


def _tokens(path: Path) -> list[str]:
    pieces = load_pieces(path)
    return [*(pieces.id_to_piece(i) for i in range(pieces.get_piece_size())), PAD]


def _describe(config: Config, checkpoint: Path, out: Path, quantization: str) -> None:
    """Write `brief.json`: what the run-time code and a signature need to know of the model."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    known = {
        "name": config.name,
        "revision": hashlib.sha256((out / "model.bin").read_bytes()).hexdigest()[:16],
        "quantization": quantization,
        # One position is the end token's.
        "max_source_tokens": config.network.positions - 1,
        "max_target_tokens": config.network.positions,
        "prompts": config.prompts,
        "caution": config.caution,
        "updates": state["update"],
        "config": config.digest,
        "ctranslate2": ctranslate2.__version__,
    }
    (out / "brief.json").write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
