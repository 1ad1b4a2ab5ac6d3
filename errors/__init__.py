"""The errors that brief raises on purpose.

    BriefError
    ├── InputError      an article could not be read, decoded or recognised as Arabic
    ├── ModelError      a model's files are missing, damaged or of an unknown kind
    └── UsageError      the options contradict each other or hold an impossible value

Each message is one finished sentence that names the file or value and the next thing to try.
The library never prints and never exits: only `brief.cli` does.
"""

__all__ = ["BriefError", "InputError", "ModelError", "UsageError"]


class BriefError(Exception):
    """Root of the tree: catching it catches everything that brief raises on purpose."""


class InputError(BriefError):
    """An article could not be read, decoded or recognised as Arabic text."""


class ModelError(BriefError):
    """A model's files are missing, damaged or of an unknown kind."""


class UsageError(BriefError):
    """An option or argument holds a value that cannot be used."""
