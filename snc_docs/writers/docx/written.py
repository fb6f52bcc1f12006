"""What is written for a tree before it is text: paragraphs and tables, named as the schema names them, and what stands in them.

Values, compared as such: two versions of a document are laid side by side and merged as these (``tracked``), and a document of one
version and one of two are made text by the same functions (``serializing``). ``key`` names what something was written for, in both
versions of a redline, and ``move`` the move that it is part of; both are "" in a plain document and take no part in equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

# What only the old version has, what only the new one, and what both have.
OLD: Final = "-"
NEW: Final = "+"
BOTH: Final = "="


# ------------------------------------------------------------------------------------------- content of a paragraph


class R(NamedTuple):
    """A run of text (17.3.2.25): its ``w:rPr`` and its words; ``was`` is the ``w:rPr`` of the old version, None where it is the same."""

    look: str
    text: str
    was: str | None = None


class Field(NamedTuple):
    """A complex field (17.16.2) with the runs of its result."""

    look: str
    instruction: str
    result: tuple[Unit, ...]


class Raw(NamedTuple):
    """Runs written whole."""

    xml: str


class Holder(NamedTuple):
    """A hyperlink or a content control (its start tag with its properties), and what it holds."""

    start: str
    end: str
    content: tuple[Unit, ...]
    is_control: bool


class Mark(NamedTuple):
    """The start or the end of a bookmark (17.13.6): outside of all revisions."""

    tag: str
    name: str


Piece = R | Field | Raw | Holder | Mark
# What was written for one inline, and which version has it.
Unit = tuple[str, tuple[Piece, ...]]
Content = list[Unit]


# -------------------------------------------------------------------------------------------- paragraphs and tables


class PPr(NamedTuple):
    """Properties of a paragraph (CT_PPrBase): ``numbering`` is a ``w:num`` (or its token) and a level from 0, ``more`` what stands behind them."""

    style: str | None = None
    keep_next: bool = False
    page_break: bool = False
    numbering: tuple[int | str, int] | None = None
    more: str = ""


@dataclass(slots=True)
class P:
    """A paragraph (17.3.1.22).

    In a redline ``mark`` says which version has its paragraph mark; ``was`` are its properties in the old version, None where they are
    the same; ``was_move`` is the move that its old words are part of. ``section`` is the ``w:sectPr`` of the section that it ends; ``entry`` the table of contents that it is an entry of.
    """

    properties: PPr
    content: Content
    key: str = field(default="", compare=False)
    move: str = field(default="", compare=False)
    entry: str = field(default="", compare=False)
    mark: str = BOTH
    was: PPr | None = None
    was_move: str = field(default="", compare=False)
    section: str = ""
    # Whether it came with words that went elsewhere, and says so by its author (``tracked/copies``).
    is_copy: bool = field(default=False, compare=False)


@dataclass(slots=True)
class Tc:
    """A cell: what stands in its ``w:tcPr``, and its blocks."""

    properties: str
    blocks: Flow
    was: str | None = None


@dataclass(slots=True)
class Tr:
    """A row: what stands in its ``w:trPr``, and its cells; ``state`` is which version has it."""

    properties: str
    cells: list[Tc]
    key: str = field(default="", compare=False)
    move: str = field(default="", compare=False)
    state: str = BOTH
    was: str | None = None


@dataclass(slots=True)
class Tbl:
    """A table: what stands in its ``w:tblPr``, its columns in twips, its rows.

    In a plain document ``text`` has the rows already, but for the last ones: tables can be long, and so many objects at once take longer
    to keep than to write.
    """

    properties: str
    grid: tuple[int, ...]
    rows: list[Tr]
    key: str = field(default="", compare=False)
    move: str = field(default="", compare=False)
    was: str | None = None
    was_grid: tuple[int, ...] | None = None
    text: str = ""


Flow = list[P | Tbl]
# … of which some are text already.
PartlyText = list[P | Tbl | str]


def paragraphs(flow: Iterable[P | Tbl]) -> Iterator[P]:
    """Yield every paragraph of a flow, those in its tables included."""
    for each in flow:
        if type(each) is P:
            yield each
        elif type(each) is Tbl:
            for row in each.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)


def pieces(content: Iterable[Unit], outer: str = BOTH) -> Iterator[tuple[str, Piece]]:
    """Yield every piece of a content with the version that has it, those in links, controls and fields included."""
    for own, inside in content:
        state = own if outer == BOTH else outer
        for piece in inside:
            yield state, piece
            if type(piece) is Holder:
                yield from pieces(piece.content, state)
            elif type(piece) is Field:
                yield from pieces(piece.result, state)
