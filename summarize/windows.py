"""Documents longer than the model: windows of whole sentences, nothing cut, nothing left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Unit", "Window", "pack", "split_long"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A text and the sentences of the document that it comes from, by index."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive units that the model reads together."""

    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """The units' texts, joined by spaces."""
        return " ".join(unit.text for unit in self.units)

    @property
    def sources(self) -> tuple[int, ...]:
        """The indices of all sentences behind the window, sorted."""
        return tuple(sorted({index for unit in self.units for index in unit.sources}))


def split_long(unit: Unit, count: Callable[[str], int], limit: int) -> list[Unit]:
    """Split a unit of more than `limit` tokens between words into parts that fit.

    A word that does not fit by itself is split between characters.
    """
    if count(unit.text) <= limit:
        return [unit]
    return [Unit(part, unit.sources) for part in _halves(unit.text, count, limit)]


def _halves(text: str, count: Callable[[str], int], limit: int) -> list[str]:
    if len(text) < 2 or count(text) <= limit:
        return [text]
    middle = text.rfind(" ", 1, len(text) // 2 + 1)
    if middle < 1:
        middle = text.find(" ", len(text) // 2)
    if middle < 1:
        middle = len(text) // 2
    left, right = text[:middle].rstrip(), text[middle:].lstrip()
    parts = [part for part in (left, right) if part]
    return [piece for part in parts for piece in _halves(part, count, limit)]


def pack(units: Sequence[Unit], count: Callable[[str], int], limit: int) -> list[Window]:
    """Pack `units`, in order, into windows of at most `limit` tokens, evenly filled.

    Every unit is in exactly one window; a unit over the limit is split first. Windows of about
    the same size give each part of the document the same say.
    """
    fitting = [part for unit in units for part in split_long(unit, count, limit)]
    sizes = [count(unit.text) for unit in fitting]
    total = sum(sizes)
    if not fitting:
        return []
    aim = total / -(-total // limit) if total > limit else limit
    windows: list[Window] = []
    group: list[Unit] = []
    filled = 0
    for unit, size in zip(fitting, sizes, strict=True):
        overshoots = filled + size - aim > aim - filled
        if group and (filled + size > limit or overshoots):
            windows.append(Window(tuple(group)))
            group, filled = [], 0
        group.append(unit)
        filled += size
    return [*windows, Window(tuple(group))]
