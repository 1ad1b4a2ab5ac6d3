"""The networks: Marian-type transformers, built with `transformers` so that it can load them."""

from __future__ import annotations

from transformers import MarianConfig, MarianMTModel

from training.config import Network
from training.vocabulary import END

__all__ = ["build"]


def build(network: Network) -> MarianMTModel:
    """Return an untrained model: post-norm, sinusoidal positions, swish (Junczys-Dowmunt 2018).

    Ids 0 to pieces-1 are subword units of the side's vocabulary; id `pieces` pads, and starts
    the decoder, as in every Marian checkpoint.
    """
    pad = network.pieces
    config = MarianConfig(
        vocab_size=pad + 1,
        decoder_vocab_size=pad + 1,
        share_encoder_decoder_embeddings=network.shared,
        tie_word_embeddings=True,
        encoder_layers=network.encoder_layers,
        decoder_layers=network.decoder_layers,
        d_model=network.width,
        encoder_ffn_dim=network.inner,
        decoder_ffn_dim=network.inner,
        encoder_attention_heads=network.heads,
        decoder_attention_heads=network.heads,
        max_position_embeddings=network.positions,
        activation_function="swish",
        scale_embedding=True,
        dropout=network.dropout,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=END,
        forced_eos_token_id=END,
    )
    return MarianMTModel(config)
