"""Settings of a run, validated once, and what is read from the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import RunError

DEFAULT_PATH = Path("seeds")
DEFAULT_STORE = Path("output/store")
DEFAULT_OUTPUT = Path("output")
DEFAULT_JUDGEMENTS = Path("judgements.jsonl")
DEFAULT_BASE = "urn:kg:"
"""What the IRIs of instances start with."""

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`?#\x00-\x20]*[:/]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is made. RunError when a value cannot be used.

    `base` is what IRIs of instances start with, an absolute IRI that ends in `:` or `/`; None for what the store
    was made with, at first `DEFAULT_BASE`. `workers` is the number of extracting processes, 1 for none beside this one;
    it never shows in the result.
    """

    base: str | None = None
    workers: int = 1

    def __post_init__(self) -> None:
        if self.base is not None and not _ABSOLUTE_IRI.fullmatch(self.base):
            raise RunError(
                f"base {self.base!r} is not an absolute IRI ending in ':' or '/'; give one like https://example.org/"
            )
        if self.workers < 1:
            raise RunError(f"workers is {self.workers}; give 1 or more")


def version() -> str:
    """The version of the installed package; `0+source` when it runs from a source tree that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("kg")
    except PackageNotFoundError:
        return "0+source"


def debug() -> bool:
    """Whether tracebacks of failures that cost one article are wanted: KG_DEBUG is set, and not to 0."""
    return os.environ.get("KG_DEBUG", "0") not in ("", "0")
