"""A shipped model back to a checkpoint, so that training can go on where no checkpoint is left."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training import network
from training.config import Config
from training.train import LAST

__all__ = ["read_variables", "warm_start"]

# The engine's numbers for the types of a variable.
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def warm_start(config: Config, model: Path, work: Path, update: int = 0) -> None:
    """Write `last.pt` and the vocabularies of the exported `model` into `work`.

    The shapes must be those of `config`. What int8 lost stays lost (0.4% of a row's largest
    weight at most), and the optimizer starts anew. update: where in the phases to go on; the
    learning rate rises again from there.
    """
    variables = read_variables(model / "model.bin")
    built = network.build(config.network)
    state = built.state_dict()
    for name, value in _named(variables, config).items():
        if state[name].shape != value.shape:
            raise ValueError(
                f"{model.name}: {name} must have the shape {tuple(state[name].shape)}, "
                f"was: {tuple(value.shape)}. Use the configuration that it was trained with."
            )
        state[name] = value
    built.load_state_dict(state)
    built.tie_weights()
    work.mkdir(parents=True, exist_ok=True)
    for side in ("source.spm", "target.spm"):
        (work / side).write_bytes((model / side).read_bytes())
    torch.save({"model": built.state_dict(), "update": update, "start": update}, work / LAST)


def read_variables(path: Path) -> dict[str, Tensor]:
    """Read a CTranslate2 `model.bin` (binary version 6) as float32, by the engine's names."""
    data = BytesIO(path.read_bytes())

    def number(kind: str) -> int:
        value: int = struct.unpack(kind, data.read(struct.calcsize(kind)))[0]
        return value

    def string() -> str:
        return data.read(number("<H"))[:-1].decode()

    version = number("<I")
    if version != 6:
        raise ValueError(f"{path} must be of binary version 6, was: {version}.")
    string()
    number("<I")
    raw: dict[str, np.ndarray] = {}
    for _ in range(number("<I")):
        name = string()
        shape = [number("<I") for _ in range(number("<B"))]
        kind = TYPES[number("<B")]
        raw[name] = np.frombuffer(data.read(number("<I")), dtype=kind).reshape(shape)
    aliases = {string(): string() for _ in range(number("<I"))}
    found = {
        name: torch.from_numpy(_unscaled(value, raw.get(f"{name}_scale")))
        for name, value in raw.items()
        if not name.endswith("_scale")
    }
    return found | {alias: found[name] for alias, name in aliases.items() if name in found}


def _unscaled(value: np.ndarray, scale: np.ndarray | None) -> np.ndarray:
    exact: np.ndarray = value.astype(np.float32)
    if scale is not None:
        exact /= scale.reshape(-1, *[1] * (value.ndim - 1))
    return exact


def _named(variables: dict[str, Tensor], config: Config) -> dict[str, Tensor]:
    """Return the variables by `transformers`' names for them."""
    found: dict[str, Tensor] = {}
    sides = {"encoder": config.network.encoder_layers, "decoder": config.network.decoder_layers}
    for side, layers in sides.items():
        embeddings = "embeddings_0" if side == "encoder" else "embeddings"
        found[f"model.{side}.embed_tokens.weight"] = variables[f"{side}/{embeddings}/weight"]
        for index in range(layers):
            found |= _layer(variables, f"{side}/layer_{index}", f"model.{side}.layers.{index}")
    if config.network.shared:
        found["model.shared.weight"] = found["model.encoder.embed_tokens.weight"]
    found["lm_head.weight"] = found["model.decoder.embed_tokens.weight"]
    return found


def _layer(variables: dict[str, Tensor], ours: str, theirs: str) -> dict[str, Tensor]:
    """Return one layer's variables: the engine keeps projections of one input in one matrix."""
    projections = {
        "self_attention/linear_0": "self_attn.q_proj self_attn.k_proj self_attn.v_proj",
        "self_attention/linear_1": "self_attn.out_proj",
        "attention/linear_0": "encoder_attn.q_proj",
        "attention/linear_1": "encoder_attn.k_proj encoder_attn.v_proj",
        "attention/linear_2": "encoder_attn.out_proj",
        "ffn/linear_0": "fc1",
        "ffn/linear_1": "fc2",
    }
    norms = {
        "self_attention/layer_norm": "self_attn_layer_norm",
        "attention/layer_norm": "encoder_attn_layer_norm",
        "ffn/layer_norm": "final_layer_norm",
    }
    found = {}
    for name, parts in projections.items():
        for part in ("weight", "bias"):
            if f"{ours}/{name}/{part}" in variables:
                chunks = variables[f"{ours}/{name}/{part}"].chunk(len(parts.split()))
                for target, chunk in zip(parts.split(), chunks, strict=True):
                    found[f"{theirs}.{target}.{part}"] = chunk.clone()
    for name, target in norms.items():
        if f"{ours}/{name}/gamma" in variables:
            found[f"{theirs}.{target}.weight"] = variables[f"{ours}/{name}/gamma"]
            found[f"{theirs}.{target}.bias"] = variables[f"{ours}/{name}/beta"]
    return found
