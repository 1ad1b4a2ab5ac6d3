"""The network's forward pass and loss, written for training speed.

The same function of the same weights as `transformers`' Marian model (a test compares them), but
in bfloat16 where the processor multiplies it faster, with the projections of one input in one
product, dropout masks cut from a pool, and the loss without float32 logits.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MarianMTModel

from training.batches import Batch

__all__ = ["Dropout", "bfloat16_pays", "nll"]

# Added to the attention scores of what must not be seen; bfloat16 holds it.
HIDDEN = -1e4


def bfloat16_pays(device: str) -> bool:
    """Tell whether `device` multiplies bfloat16 faster than float32."""
    return device == "cuda" or torch.cpu._is_amx_tile_supported()


class Dropout:
    """Dropout by masks cut at random places from one pool: drawing each anew is slow on CPUs.

    share: of the values that become zero; 0 does nothing.
    """

    SIZE = 1 << 23

    def __init__(self, share: float, device: str, dtype: torch.dtype) -> None:
        kept = torch.rand(self.SIZE if share else 0, device=device) >= share
        self.pool = kept.to(dtype) / (1 - share)

    def __call__(self, x: Tensor) -> Tensor:
        """Return `x` with values dropped; one larger than the pool is dropped in rows."""
        if not len(self.pool):
            return x
        repeats = -(-x.numel() // (self.SIZE // 2))
        if repeats > 1:
            return torch.cat([self(part) for part in x.chunk(repeats)])
        start = int(torch.randint(self.SIZE - x.numel() + 1, ()))
        return x * self.pool[start : start + x.numel()].view(x.shape)


class _SmoothedLoss(torch.autograd.Function):
    """Cross-entropy with label smoothing, from the last hidden states on.

    Returns the mean negative log-likelihood of the targets, in nats; the gradient is that of the
    smoothed loss (Szegedy et al. 2016). hidden: (tokens, width); weight: (pieces, width); bias:
    (pieces); target: (tokens), of which those equal to `pad` do not count. They are not taken
    out: products of ever new shapes would each be compiled anew.
    """

    @staticmethod
    def forward(
        ctx: Any,
        hidden: Tensor,
        weight: Tensor,
        bias: Tensor,
        target: Tensor,
        smoothing: float,
        pad: int,
    ) -> Tensor:
        padding = (target == pad).nonzero().squeeze(1)
        count = len(target) - len(padding)
        hidden = hidden.index_fill(0, padding, 0)
        probability = torch.softmax(torch.addmm(bias, hidden, weight.t()), 1)
        each = torch.arange(len(target), device=target.device)
        likelihood = probability[each, target].float().index_fill_(0, padding, 1)
        probability[each, target] -= 1 - smoothing
        probability.index_fill_(0, padding, 0)
        # The even share of every piece is taken off outside: one pass over the logits less.
        even = smoothing / len(weight)
        to_hidden = (probability @ weight - even * weight.sum(0)).index_fill_(0, padding, 0)
        to_weight = probability.t() @ hidden - even * hidden.sum(0)
        ctx.save_for_backward(to_hidden / count, to_weight / count)
        return -likelihood.clamp_min(1e-12).log().sum() / count

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> Any:
        to_hidden, to_weight = ctx.saved_tensors
        return outer[0] * to_hidden, outer[0] * to_weight, None, None, None, None


class _Pass:
    """One forward pass: `model`'s weights in `dtype`."""

    def __init__(self, model: MarianMTModel, drop: Dropout, dtype: torch.dtype) -> None:
        self.model, self.drop, self.dtype = model, drop, dtype
        self.heads = model.config.encoder_attention_heads
        self.width = model.config.d_model

    def linear(self, x: Tensor, *layers: Any) -> Tensor:
        """Apply `layers` side by side to `x`: (…, width) to (…, sum of their widths)."""
        weight = torch.cat([layer.weight for layer in layers]) if layers[1:] else layers[0].weight
        bias = torch.cat([layer.bias for layer in layers]) if layers[1:] else layers[0].bias
        return functional.linear(x, weight.to(self.dtype), bias.to(self.dtype))

    def add_norm(self, x: Tensor, made: Tensor, norm: Any) -> Tensor:
        weight, bias = norm.weight.to(self.dtype), norm.bias.to(self.dtype)
        return functional.layer_norm(x + self.drop(made), (self.width,), weight, bias, norm.eps)

    def split(self, x: Tensor, parts: int) -> list[Tensor]:
        """Cut (batch, length, parts x width) into (batch, heads, length, width / heads) each."""
        batch, length, _ = x.shape
        apart = x.view(batch, length, parts, self.heads, -1).permute(2, 0, 3, 1, 4)
        return list(apart.contiguous().unbind(0))

    def attend(self, query: Tensor, key: Tensor, value: Tensor, hidden: Tensor) -> Tensor:
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2) + hidden
        made = torch.softmax(scores, -1) @ value
        return made.transpose(1, 2).flatten(2)

    def self_attention(self, x: Tensor, layer: Any, hidden: Tensor) -> Tensor:
        query, key, value = self.split(self.linear(x, layer.q_proj, layer.k_proj, layer.v_proj), 3)
        return self.linear(self.attend(query, key, value, hidden), layer.out_proj)

    def cross_attention(self, x: Tensor, memory: Tensor, layer: Any, hidden: Tensor) -> Tensor:
        (query,) = self.split(self.linear(x, layer.q_proj), 1)
        key, value = self.split(self.linear(memory, layer.k_proj, layer.v_proj), 2)
        return self.linear(self.attend(query, key, value, hidden), layer.out_proj)

    def feed_forward(self, x: Tensor, layer: Any) -> Tensor:
        return self.linear(functional.silu(self.linear(x, layer.fc1)), layer.fc2)

    def embed(self, ids: Tensor, side: Any) -> Tensor:
        found = functional.embedding(ids, side.embed_tokens.weight) * math.sqrt(self.width)
        positions: Tensor = side.embed_positions.weight[: ids.shape[1]]
        return self.drop((found + positions).to(self.dtype))

    def encode(self, source: Tensor, hidden: Tensor) -> Tensor:
        x = self.embed(source, self.model.model.encoder)
        for layer in self.model.model.encoder.layers:
            x = self.add_norm(
                x, self.self_attention(x, layer.self_attn, hidden), layer.self_attn_layer_norm
            )
            x = self.add_norm(x, self.feed_forward(x, layer), layer.final_layer_norm)
        return x

    def decode(self, target: Tensor, memory: Tensor, hidden: Tensor) -> Tensor:
        x = self.embed(target, self.model.model.decoder)
        length = target.shape[1]
        ahead = torch.full((length, length), HIDDEN, dtype=self.dtype, device=target.device)
        ahead = ahead.triu_(1)
        for layer in self.model.model.decoder.layers:
            x = self.add_norm(
                x, self.self_attention(x, layer.self_attn, ahead), layer.self_attn_layer_norm
            )
            made = self.cross_attention(x, memory, layer.encoder_attn, hidden)
            x = self.add_norm(x, made, layer.encoder_attn_layer_norm)
            x = self.add_norm(x, self.feed_forward(x, layer), layer.final_layer_norm)
        return x


def nll(
    model: MarianMTModel,
    batch: Batch,
    *,
    pad: int,
    smoothing: float,
    drop: Dropout,
    dtype: torch.dtype,
) -> Tensor:
    """Return the mean negative log-likelihood of `batch.target`, in nats a token.

    Its gradient is that of the label-smoothed loss. The decoder starts from `pad`.
    """
    run = _Pass(model, drop, dtype)
    padding = batch.source == pad
    hidden = torch.zeros(padding.shape, dtype=dtype, device=padding.device)
    hidden = hidden.masked_fill_(padding, HIDDEN)[:, None, None, :]
    shifted = nn.functional.pad(batch.target[:, :-1], (1, 0), value=pad)
    states = run.decode(shifted, run.encode(batch.source, hidden), hidden)
    loss: Tensor = _SmoothedLoss.apply(  # type: ignore[no-untyped-call]
        states.flatten(0, 1),
        model.lm_head.weight.to(dtype),
        model.final_logits_bias[0].to(dtype),
        batch.target.flatten(),
        smoothing,
        pad,
    )
    return loss
