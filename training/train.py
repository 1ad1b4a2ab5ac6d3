"""Stage 3: training, resumable at any moment, the same on CPU and GPU."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from transformers import MarianMTModel

from training import forward, network
from training.batches import Batch, batches, read_examples
from training.config import Config, Phase

__all__ = ["average", "cool_down", "train"]

LAST, FINAL, AVERAGED = "last.pt", "final.pt", "averaged.pt"
# Checkpoints on the way to the end of the cool-down, for averaging: so many, so far apart.
SNAPSHOTS, SNAPSHOT_SHARE = 4, 0.06
SAVE_SECONDS = 300
LOG_UPDATES = 100


@dataclass
class Run:
    """The state of a training run: what a checkpoint holds.

    start: the update from which the learning rate rises; not 0 after a warm start.
    """

    model: MarianMTModel
    optimizer: torch.optim.Optimizer
    dropout: forward.Dropout
    dtype: torch.dtype
    update: int = 0
    start: int = 0
    device: str = "cpu"


def train(config: Config, work: Path, updates: int | None = None) -> None:
    """Train from `last.pt`, or from nothing, to the end of the phases or to `updates`.

    The learning rate rises over the warm-up and then stays, so that a run can be stopped and
    taken up at any time; `cool_down` makes a model fit for use out of a checkpoint.
    """
    run = _start(config)
    if (work / LAST).exists():
        _load(run, work / LAST)
    end = sum(phase.updates for phase in config.phases)
    _advance(run, config, work, min(updates or end, end), _constant(config, run.start), LAST)


def cool_down(config: Config, work: Path) -> None:
    """Go on from `last.pt` while the learning rate falls to zero; write `final.pt`.

    Where the configuration has `cooldown_data`, that is what the model learns last and best.
    The last few checkpoints before it are written too, as `final-1.pt` and so on, for `average`.
    `last.pt` stays as it is: training can go on from there as if nothing had happened. The
    schedule is the warm-up, stable, decay one of Hu et al. (2024).
    """
    run = _start(config)
    _load(run, work / LAST)
    first = run.update
    if config.cooldown_data:
        config = _with_data(config, first, config.cooldown_data)
    constant = _constant(config, run.start)

    def falling(update: int) -> float:
        return constant(update) * max(0.0, 1 - (update - first) / config.cooldown)

    for number in range(SNAPSHOTS, 0, -1):
        end = first + round(config.cooldown * (1 - number * SNAPSHOT_SHARE))
        _advance(run, config, work, end, falling, snapshot(number))
        # In a short cool-down two of them fall on one update, at which nothing is left to do.
        _save(run, work / snapshot(number))
    _advance(run, config, work, first + config.cooldown, falling, FINAL)


def _with_data(config: Config, update: int, data: str) -> Config:
    """Return `config` with the phase that `update` falls in as its only one, on other files."""
    return replace(config, phases=(replace(_phase_at(config, update)[0], data=data),))


def snapshot(number: int) -> str:
    """Name the checkpoint that many steps before `final.pt`."""
    return FINAL.replace(".", f"-{number}.")


def average(work: Path) -> None:
    """Write `averaged.pt`: the mean of `final.pt` and the checkpoints before it.

    As in Vaswani et al. (2017), section 6.1.
    """
    names = [FINAL, *(snapshot(number + 1) for number in range(SNAPSHOTS))]
    states = [torch.load(work / name, map_location="cpu", weights_only=True) for name in names]
    mean = {
        name: torch.stack([state["model"][name].float() for state in states]).mean(0)
        for name in states[0]["model"]
    }
    torch.save({"model": mean, "update": states[0]["update"]}, work / AVERAGED)


def _start(config: Config) -> Run:
    torch.manual_seed(config.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = network.build(config.network)
    model.to(torch.device(device))  # type: ignore[arg-type]
    model.train()
    optimizer = torch.optim.AdamW(
        model.parameters(), betas=(0.9, 0.98), weight_decay=config.weight_decay, fused=True
    )
    dtype = torch.bfloat16 if forward.bfloat16_pays(device) else torch.float32
    dropout = forward.Dropout(config.network.dropout, device, dtype)
    return Run(model, optimizer, dropout, dtype, device=device)


def _load(run: Run, path: Path) -> None:
    state = torch.load(path, map_location=run.device, weights_only=True)
    run.model.load_state_dict(state["model"])
    if "optimizer" in state:  # `warm_start` leaves none.
        run.optimizer.load_state_dict(state["optimizer"])
    run.update, run.start = state["update"], state.get("start", 0)


def _save(run: Run, path: Path) -> None:
    """Write a checkpoint whole or not at all."""
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "model": run.model.state_dict(),
            "optimizer": run.optimizer.state_dict(),
            "update": run.update,
            "start": run.start,
        },
        partial,
    )
    partial.replace(path)


def _constant(config: Config, start: int) -> Callable[[int], float]:
    def rate(update: int) -> float:
        phase = _phase_at(config, update)[0]
        return phase.learning_rate * min(1.0, (update - start + 1) / config.warmup)

    return rate


def _phase_at(config: Config, update: int) -> tuple[Phase, int]:
    """Return the phase that `update` falls in, the last one past the end, and its first update."""
    first = 0
    for phase in config.phases[:-1]:
        if update < first + phase.updates:
            return phase, first
        first += phase.updates
    return config.phases[-1], first


def _stream(config: Config, work: Path, update: int) -> Iterator[Batch]:
    """Yield batches from `update` on, for ever.

    A run that is taken up again begins a new epoch, drawn by the update that it begins at: to
    read what was already seen would take minutes.
    """
    while True:
        phase, _ = _phase_at(config, update)
        paths = [work / name for name in phase.data.split("+")]
        examples = read_examples(paths, work, config.network.positions, config.augment.segmentation)
        rng = random.Random(f"{config.seed} {update}")
        for batch in batches(examples, phase.batch_tokens, config.network.pieces, rng):
            yield batch
            update += 1
            if _phase_at(config, update)[0] is not phase:
                break


def _advance(
    run: Run, config: Config, work: Path, end: int, rate: Callable[[int], float], name: str
) -> None:
    """Make updates until `end`, logging to `log.jsonl` and saving to `name` every few minutes."""
    if run.update >= end:
        return
    saved = time.monotonic()
    total, tokens, started = 0.0, 0, time.monotonic()
    for batch in _stream(config, work, run.update):
        for group in run.optimizer.param_groups:
            group["lr"] = rate(run.update)
        loss, count = _step(run, config, batch)
        run.update += 1
        total, tokens = total + loss * count, tokens + count
        now = time.monotonic()
        if run.update % LOG_UPDATES == 0:
            _log(config, work, run.update, total / tokens, tokens / (now - started))
            total, tokens, started = 0.0, 0, now
        if run.update >= end or now - saved > SAVE_SECONDS:
            _save(run, work / name)
            saved = now
        if run.update >= end:
            return


def _step(run: Run, config: Config, batch: Batch) -> tuple[float, int]:
    """Make one update; return the mean loss per target token and how many there were."""
    pad = config.network.pieces
    on_device = Batch(batch.source.to(run.device), batch.target.to(run.device))
    loss = forward.nll(
        run.model,
        on_device,
        pad=pad,
        smoothing=config.label_smoothing,
        drop=run.dropout,
        dtype=run.dtype,
    )
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.model.parameters(), 1.0)
    run.optimizer.step()
    return float(loss.detach()), int((batch.target != pad).sum())


def _log(config: Config, work: Path, update: int, loss: float, speed: float) -> None:
    phase, _ = _phase_at(config, update - 1)
    row = {
        "update": update,
        "data": phase.data,
        "loss": round(loss, 4),
        "target_tokens_per_second": round(speed),
        "config": config.digest,
    }
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(row) + "\n")
    print(row, flush=True)
