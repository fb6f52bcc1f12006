"""One version of a redline whose nodes still know where they stand in it, so that a writer can lay two versions side by side.

The blocks, items and rows are those of the version; the words of a paragraph keep their revisions, for the writer to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from snc_docs.document.nodes import Deletion, Document, Insertion, Revised, Section
from snc_docs.document.walk import child_names, field_names, word_names


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block, item or row stands in a redline: the same path in both versions, and the move it is part of ("" for none)."""

    path: str
    move: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One version; ``spots`` are those of its nodes, by ``id``: no node is there twice, and the document keeps them all."""

    document: Document
    spots: dict[int, Spot] = field(default_factory=dict)


def view_of(redline: Document, kept: type) -> View:
    """Return one version of a redline: ``kept`` is Insertion for the new one, Deletion for the old one."""
    shell = redline.was if redline.was is not None and kept is Deletion else redline
    view = View(replace(shell, was=None, revised=Revised(), sections=()))
    sections = tuple(_nodes(redline.sections, kept, Spot(""), view.spots))
    return replace(view, document=replace(view.document, sections=sections))


def _nodes(children: Sequence[Any], kept: type, at: Spot, spots: dict[int, Spot]) -> Iterator[Any]:
    for index, child in enumerate(children):
        if not isinstance(child, (Insertion, Deletion)):
            yield _node(child, kept, Spot(f"{at.path}.{index}", at.move), spots)
        elif isinstance(child, kept):
            for position, inner in enumerate(child.children):
                yield _node(inner, kept, Spot(f"{at.path}.{index}:{position}", child.move or at.move), spots)


def _node(node: Any, kept: type, at: Spot, spots: dict[int, Spot]) -> Any:
    """Return a copy of a node in one version, its own object, with its spot noted."""
    kind: Any = type(node)
    values = {name: getattr(node, name) for name in field_names(kind)}
    for name in child_names(kind):
        if values[name] and name not in word_names(kind):
            values[name] = tuple(_nodes(values[name], kept, Spot(f"{at.path}.{name}", at.move), spots))
    if isinstance(node, Section) and node.was is not None:
        shell = node.was if kept is Deletion else replace(node, was=None)
        copy: Any = replace(shell, title=values["title"], blocks=values["blocks"])
    else:
        copy = kind(**values)
    spots[id(copy)] = at
    return copy
