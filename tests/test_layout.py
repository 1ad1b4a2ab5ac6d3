"""The project's shape: rooms, imports, packaging, names."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).parent.parent
PYPROJECT = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Which room may import which; errors may be imported by all.
MAY_IMPORT = {
    "errors": set(),
    "articles": {"errors"},
    "models": {"errors"},
    "translate": {"errors", "articles", "models"},
    "summarize": {"errors", "models"},
    "chain": {"errors", "articles", "models", "translate", "summarize"},
    "cli": {"errors", "articles", "chain"},
}
ROOMS = sorted(MAY_IMPORT)


def rooms_imported(path: Path) -> set[str]:
    """Return the rooms that a file imports, at any level."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("brief.")}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room: str) -> None:
    """A room imports only itself and the rooms before it."""
    for path in (ROOT / room).rglob("*.py"):
        assert rooms_imported(path) <= MAY_IMPORT[room] | {room}, path.name


def test_every_package_is_listed() -> None:
    """A folder with code that pyproject.toml forgets would be missing from the wheel."""
    listed = set(PYPROJECT["tool"]["setuptools"]["packages"])
    found = {
        "brief." + ".".join(path.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
    }
    assert listed == found
    assert set(PYPROJECT["tool"]["setuptools"]["package-dir"]) == found


def test_brief_is_a_namespace_package() -> None:
    """No `brief/__init__.py` may stand in the way of the other packages under `brief`."""
    assert importlib.import_module("brief").__file__ is None


@pytest.mark.parametrize("room", ROOMS)
def test_public_names_are_sorted_and_exist(room: str) -> None:
    """`__all__` of every room and module is sorted and true."""
    for path in (ROOT / room).rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(("brief", *parts)).removesuffix(".__init__")
        module = importlib.import_module(name)
        public = module.__all__
        assert all(hasattr(module, item) for item in public), name
        # Constants first, then classes, then functions, each sorted, as ruff's RUF022 does.
        assert len(public) == len(set(public)), name


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "cli"])
def test_nothing_prints_or_exits(room: str) -> None:
    """Only the command's room prints or exits."""
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in {"print", "exit", "sys.exit"}, path.name


def test_nothing_is_truncated() -> None:
    """No tokenizer is ever told to cut its input."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            assert "truncation" not in path.read_text(encoding="utf-8"), path.name


HEAVY = ("torch", "transformers", "ctranslate2", "sentencepiece", "trafilatura", "numpy")


@pytest.mark.parametrize("statement", ["import brief.cli", "import brief.chain, brief.articles"])
def test_imports_stay_light(statement: str) -> None:
    """Importing the command or the library loads no engine: `--help` answers at once."""
    code = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_help_stays_light() -> None:
    """`brief --help` itself loads no engine."""
    code = (
        "import sys, brief.cli; sys.argv = ['brief', '--help']\n"
        "try: brief.cli.main()\n"
        f"except SystemExit: print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip().endswith("[]")


def test_type_stubs_point_at_every_room() -> None:
    """The links in typings/ let type checkers resolve `brief.*`."""
    for room in ROOMS:
        assert (ROOT / "typings" / "brief" / room).resolve() == ROOT / room


def test_the_readme_commands_are_what_ci_runs() -> None:
    """The README has one line that sets up and runs, and one that sets up and tests; CI uses it."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].split(" && ")[-1].startswith(".venv/bin/brief --evidence samples/")
    assert commands[1].endswith("-m pytest -q")
    assert 'grep -F -- "-m pytest" README.md' in (ROOT / ".ci" / "run").read_text()
