"""What is installed is whole: every room, the weights, the schema, the command."""

from importlib.metadata import entry_points, version
from importlib.resources import files

import pytest

from brief.chain import Briefer, schema
from brief.models import SUMMARIZER, TRANSLATOR, load

WEIGHTS = ("model.bin", "config.json", "brief.json", "source.spm", "target.spm")


@pytest.mark.parametrize("name", [TRANSLATOR, SUMMARIZER])
def test_the_weights_are_installed(name: str) -> None:
    """Each embedded model has its files, and they load."""
    folder = files("brief.models").joinpath("embedded", name)
    assert all(folder.joinpath(part).is_file() for part in WEIGHTS)
    assert load(name).info.revision


def test_the_weights_are_small() -> None:
    """Both models together take at most 48 MB."""
    folder = files("brief.models").joinpath("embedded")
    size = sum(
        len(part.read_bytes())
        for name in (TRANSLATOR, SUMMARIZER)
        for part in folder.joinpath(name).iterdir()
    )
    assert size <= 48_000_000


def test_the_schema_is_installed() -> None:
    """The JSON Schema travels with the package."""
    assert schema()["properties"]["schema"] == {"const": "brief/1"}


def test_the_command_is_installed() -> None:
    """The distribution gives the command `brief`, and its version."""
    commands = {e.name: e.value for e in entry_points(group="console_scripts")}
    assert commands["brief"] == "brief.cli:main"
    assert version("brief-ar")


def test_the_types_are_installed() -> None:
    """Type checkers find the marker in every room."""
    for room in ("articles", "chain", "cli", "errors", "models", "summarize", "translate"):
        assert files(f"brief.{room}").joinpath("py.typed").is_file()


def test_the_library_loads() -> None:
    """The Python API of the README works from the installed package."""
    assert Briefer.load().translator.generator.info.name == "embedded-ar-en"
