"""The command: options in, briefs out, and the one place where errors become exit codes.

Exit codes: 0 all done; 1 some articles failed and the others were delivered; 2 wrong usage;
130 interrupted; 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from brief.cli.render import Shown, as_json, as_markdown, as_text
from brief.errors import BriefError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.text import Text

    from brief.articles import Article
    from brief.chain import Brief, Length

__all__ = ["main"]

FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


class Format(str, Enum):
    """The forms that a brief can be printed in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"brief {version('brief-ar')}")
        raise typer.Exit


@app.command(no_args_is_help=True)
def brief(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE",
            help="Files (.txt, .md, .html), folders of them, or - for standard input.",
            show_default=False,
        ),
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="Form of the output.")] = (
        Format.TEXT
    ),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not to the screen.")
    ] = None,
    words: Annotated[int, typer.Option(help="About how many words a brief should have.")] = 80,
    sentences: Annotated[
        int | None, typer.Option(help="How many sentences instead.", show_default=False)
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show the Arabic behind each sentence.")
    ] = False,
    translation: Annotated[
        bool, typer.Option("--translation", help="Add the whole English translation.")
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(help="Encoding of the articles, where it is known.", show_default="found out"),
    ] = None,
    threads: Annotated[
        int, typer.Option(min=0, help="Processor threads.", show_default="all cores")
    ] = 0,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress on standard error.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Turn Arabic news articles into short English briefs, offline.

    Every sentence of a brief is checked against the article and can be traced to it. Findings
    are printed below the brief, numbered by sentence.

    Examples: brief article.txt; brief folder --format json > briefs.jsonl;
    brief --evidence --words 120 article.html
    """
    with _errors_to_exit_codes():
        from brief.chain import Length

        length = Length(words, sentences)
        if output:
            _check_writable(output)
        found, failures = _read(articles, encoding)
        briefs = _make(found, length, threads, quiet) if found else []
        _write(briefs, form, Shown(evidence, translation, len(found) + failures > 1), output)
    if failures:
        raise typer.Exit(FAILED)


@contextmanager
def _errors_to_exit_codes() -> Iterator[None]:
    """Turn every failure that is expected into one sentence and an exit code."""
    try:
        yield
    except BriefError as error:
        _complain(error)
        raise typer.Exit(USAGE if isinstance(error, UsageError) else FAILED) from error
    except KeyboardInterrupt as error:
        typer.echo("brief: interrupted; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from error
    except BrokenPipeError as error:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from error


def _read(paths: Sequence[str], encoding: str | None) -> tuple[list[Article], int]:
    """Read what can be read, name the rest on standard error, and count it."""
    from brief.articles import find, read

    found: dict[str, Article] = {}
    failures = 0
    for path in paths:
        try:
            for file in find([path]):
                try:
                    found.setdefault(str(file), read(file, encoding=encoding))
                except InputError as error:
                    failures += _complain(error)
        except InputError as error:
            failures += _complain(error)
    return list(found.values()), failures


def _complain(error: BriefError) -> int:
    typer.echo(f"brief: {error}", err=True)
    return 1


def _make(articles: Sequence[Article], length: Length, threads: int, quiet: bool) -> list[Brief]:
    from brief.chain import Briefer

    briefer = Briefer.load(threads=threads)
    with _progress(quiet) as report:
        return briefer.briefs(articles, length, report)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show the share of sentences translated, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Translating", total=None)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield report


def _write(briefs: Sequence[Brief], form: Format, shown: Shown, output: Path | None) -> None:
    styled = output is None and sys.stdout.isatty()
    text = "".join(_rendered(brief, form, shown, styled) for brief in briefs)
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        _replace(output, text)


def _rendered(brief: Brief, form: Format, shown: Shown, styled: bool) -> str:
    if form is Format.JSON:
        return as_json(brief) + "\n"
    if form is Format.MARKDOWN:
        return as_markdown(brief, shown) + "\n"
    text = as_text(brief, shown)
    return (_styled(text) if styled else text.plain) + "\n"


def _styled(text: Text) -> str:
    from rich.console import Console

    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(text)
    return captured.get()


def _check_writable(output: Path) -> None:
    """Find out before the work, not after it, that its result cannot be written."""
    if output.is_dir() or not os.access(output.parent, os.W_OK):
        raise UsageError(
            f"The output {output} cannot be written: name a file in a folder that exists and "
            "that you may write to."
        )


def _replace(output: Path, text: str) -> None:
    """Write the file whole or not at all."""
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(output)
    except OSError as error:
        raise UsageError(
            f"The output {output} could not be written: {error.strerror}. Choose another with "
            "--output."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def main() -> None:
    """Run the command."""
    _use_utf8()
    app()


def _use_utf8() -> None:
    """Print English and Arabic whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
