"""Where a node of the tree was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node was written: template file and line, from 1."""

    file: str
    line: int


class FileLine(TypedDict):
    """Where a finding is, as ``Diagnostic`` takes it."""

    file: str | None
    line: int | None


def place_of(origin: Origin | None) -> FileLine:
    """Return the file and line of an origin, None for what no template wrote."""
    return FileLine(file=origin.file, line=origin.line) if origin else FileLine(file=None, line=None)
