"""Walking and rewriting trees without naming every node."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from snc_docs.document.nodes import (
    Block,
    Definition,
    Emphasis,
    FillIn,
    Inline,
    Link,
    Origin,
    Properties,
    Reference,
    Resource,
    Section,
    Strong,
    Term,
    Text,
    Value,
)

_LEAVES = (str, int, float, bool, bytes, type(None), Origin, Properties, Resource)
T = TypeVar("T")


@cache
def field_names(kind: Any) -> tuple[str, ...]:
    """Return the names of a node class's fields, in order."""
    return tuple(field.name for field in fields(kind))


@cache
def _child_names(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields that hold tuples of nodes."""
    leaves = {"id", "forms", "origin"}
    return tuple(field.name for field in fields(kind) if "tuple[" in str(field.type) and field.name not in leaves)


def walk(node: Any) -> Iterator[Any]:
    """Yield ``node`` and everything below it, parents first, in reading order."""
    yield node
    if isinstance(node, _LEAVES):
        return
    kind: Any = type(node)
    for name in _child_names(kind):
        for child in getattr(node, name):
            yield from walk(child)


def rewrite(node: T, change: Callable[[Any], Any]) -> T:
    """Return ``node`` with ``change`` applied to every node below it, children first.

    ``change`` gives back a node, or a tuple of nodes that take the place of one. Nodes that nothing changes are
    kept as they are, not copied.
    """
    kind: Any = type(node)
    names = _child_names(kind)
    if not names:
        return node
    changed: dict[str, Any] = {}
    for name in names:
        old = getattr(node, name)
        new = _rewrite_all(old, change)
        if new is not old:
            changed[name] = new
    return replace(node, **changed) if changed else node  # type: ignore[type-var]  # T is any node; mypy can't bound it by Protocol


def _rewrite_all(children: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    result: list[Any] = []
    same = True
    for child in children:
        new = change(rewrite(child, change))
        same = same and new is child
        if isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return children if same else tuple(result)


def map_blocks(section: Section, change: Callable[[Block], tuple[Block, ...]]) -> Section:
    """Return the section with ``change`` applied to each of its blocks and those of its subsections, not to what they hold."""
    blocks: list[Block] = []
    for block in section.blocks:
        blocks += (map_blocks(block, change),) if isinstance(block, Section) else change(block)
    return replace(section, blocks=tuple(blocks))


def sections_of(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield every section and subsection in reading order."""
    for section in sections:
        yield section
        yield from sections_of(block for block in section.blocks if isinstance(block, Section))


def plain_text(inlines: Iterable[Inline | Definition]) -> str:
    """Return the words of inlines without their form; a fill-in field gives its prompt in brackets."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(node: Inline | Definition) -> str:
    match node:
        case Text(text) | Value(_, text):
            return text
        case Reference():
            return node.text
        case FillIn(_, prompt):
            return f"[{prompt}]"
        case Strong(children) | Emphasis(children) | Link(_, children) | Term(_, _, children):
            return plain_text(children)
        case Definition():
            return node.forms[0]
