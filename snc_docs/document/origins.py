"""Where a node of the tree was written."""

from __future__ import annotations

from collections.abc import Callable
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


# Which layer a file is of, from 0, the uppermost: what two layers do to each other is the fault of the upper one.
Rank = Callable[[str], int]


def as_written(_: str) -> int:
    """Return the same rank for every file."""
    return 0


def in_order_of_blame(one: Origin | None, other: Origin | None, rank: Rank) -> tuple[Origin | None, Origin | None]:
    """Return two places, first the one where a fault between them is to be mended: that of the higher layer, else the first."""
    swapped = one is not None and other is not None and rank(other.file) < rank(one.file)
    return (other, one) if swapped else (one, other)
