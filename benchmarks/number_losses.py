"""How many sentences lose a number, for every system whose output is in ../shared/eval.

The reference's share is the rate of false alarms. Usage: python benchmarks/number_losses.py
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from brief.translate.numbers import lost

SHARED = Path(__file__).resolve().parents[2] / "shared"
DIGIT = re.compile(r"\d")


def main() -> None:
    """Print one row a system: sentences with a loss, and their share."""
    options = arguments()
    arabic = lines(options.eval / f"{options.set}.ar")
    with_digits = sum(DIGIT.search(text) is not None for text in arabic)
    print(f"{options.set}: {len(arabic)} sentences, {with_digits} with digits")
    print(f"{'system':<15} {'lost':>5} {'of all':>7} {'of those with digits':>21}")
    for path in outputs(options.eval, options.set):
        losses = [lost(*pair) for pair in zip(arabic, lines(path), strict=True)]
        count = sum(map(bool, losses))
        name = path.name.removeprefix(f"{options.set}.").removesuffix("en").strip(".")
        print(
            f"{name or 'reference':<15} {count:>5} {count / len(arabic):>7.2%} "
            f"{count / max(1, with_digits):>21.2%}"
        )
        if options.show:
            show(losses)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval", type=Path, default=SHARED / "eval", help="folder of the test set")
    parser.add_argument("--set", default="flores-devtest", help="name of the test set")
    parser.add_argument("--show", action="store_true", help="print the line and what it lost")
    return parser.parse_args()


def outputs(folder: Path, name: str) -> list[Path]:
    """List the English files of a test set, the reference first."""
    return [folder / f"{name}.en", *sorted(folder.glob(f"{name}.*.en"))]


def lines(path: Path) -> list[str]:
    """Return the lines of a file; only a line feed ends one."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def show(losses: Sequence[Sequence[str]]) -> None:
    """Print the number of each line with a loss and the numbers it lost."""
    for number, values in enumerate(losses, start=1):
        if values:
            print(f"    line {number}: {', '.join(values)}")


if __name__ == "__main__":
    main()
