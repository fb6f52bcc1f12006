"""Sections as the lines that they are read in, and lines as sections again: ``nested(lines_of(sections)) == sections``.

A heading, a paragraph, a table: each is a line, which knows what it stands in. So two versions can be compared line by line, however
their lines stand: a heading put in before a paragraph touches the heading alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar, cast

from snc_docs.document.nodes import Block, BulletList, Frame, LineBlock, ListItem, ListShell, OrderedList, Section
from snc_docs.document.walk import with_fields

S = TypeVar("S", bound="Section | BulletList | OrderedList | ListItem")


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A section, list or item in its place in one version; two that are equal are two."""

    node: Section | ListShell


class Placed(NamedTuple):
    """A line of one version: its block (None where a list or item holds nothing), what it stands in, outermost first, and its frame.

    Of a heading the block is the section without its blocks; ``opened`` is the section that it begins.
    """

    block: LineBlock | None
    containers: tuple[Container, ...]
    frame: Frame
    opened: Container | None = None

    @property
    def section(self) -> Container:
        """Return the section that the line is in; a heading is in its own."""
        return self.opened or next(each for each in reversed(self.containers) if isinstance(each.node, Section))


def lines_of(sections: Sequence[Section]) -> list[Placed]:
    """Return the lines of sections, in reading order."""
    result: list[Placed] = []
    before: tuple[Container, ...] = ()
    for block, containers, opened in _lines(sections, ()):
        kept = shared_depth(before, containers)
        opens = tuple(cast("ListShell", empty(each.node)) for each in containers[kept:])
        result.append(Placed(block, containers, Frame(kept, opens), opened))
        before = containers if opened is None else (*containers, opened)
    return result


def shared_depth(one: Sequence[Container], other: Sequence[Container]) -> int:
    """Return how many containers, from the outermost one on, two lines stand in both."""
    return next((depth for depth, (a, b) in enumerate(zip(one, other, strict=False)) if a is not b), min(len(one), len(other)))


def _lines(blocks: Sequence[Block], containers: tuple[Container, ...]) -> Iterator[tuple[LineBlock | None, tuple[Container, ...], Container | None]]:
    for block in blocks:
        if isinstance(block, Section):
            own = Container(block)
            yield empty(block), containers, own
            yield from _lines(block.blocks, (*containers, own))
        elif isinstance(block, (BulletList, OrderedList)):
            own = Container(block)
            if not block.items:
                yield None, (*containers, own), None
            for item in block.items:
                inside = (*containers, own, Container(item))
                if not item.blocks:
                    yield None, inside, None
                yield from _lines(item.blocks, inside)
        else:
            yield cast("LineBlock", block), containers, None


def empty(node: S) -> S:
    """Return a section, list or item that holds nothing yet."""
    return filled_with(node, ())


def filled_with(node: S, children: tuple[Block | ListItem, ...]) -> S:
    """Return a section, list or item that holds other children."""
    return with_fields(node, {"items" if isinstance(node, (BulletList, OrderedList)) else "blocks": children})


# Told of each section, list and item that was filled: what it was while empty, and what it is now.
Filled = Callable[[Section | ListShell, Section | ListShell], None]


def nested(lines: Iterable[tuple[LineBlock | None, Frame]], filled: Filled = lambda _, __: None) -> tuple[Section, ...]:
    """Return the sections that lines make."""
    waiting = _Nesting(filled)
    for block, frame in lines:
        waiting.close(frame.kept)
        for shell in frame.opens:
            waiting.open(shell)
        if isinstance(block, Section):
            waiting.open(block)
        elif block is not None:
            waiting.children[-1].append(block)
    waiting.close(0)
    return cast("tuple[Section, ...]", tuple(waiting.children[0]))


class _Nesting:
    """What is open, outermost first, and the children so far of the document and of each."""

    def __init__(self, filled: Filled) -> None:
        self.shells: list[Section | ListShell] = []
        self.children: list[list[Block | ListItem]] = [[]]
        self.filled = filled

    def open(self, shell: Section | ListShell) -> None:
        self.shells.append(shell)
        self.children.append([])

    def close(self, kept: int) -> None:
        """Close all but the outermost ``kept``."""
        while len(self.shells) > kept:
            shell = self.shells.pop()
            node = filled_with(shell, tuple(self.children.pop()))
            self.filled(shell, node)
            self.children[-1].append(node)
