"""The `brief` command. The only room that prints or exits."""

from brief.cli.app import main

__all__ = ["main"]
