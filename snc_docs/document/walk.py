"""Walking and rewriting trees without naming every node."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import is_
from typing import Final, TypeVar, cast

from snc_docs.document.nodes import (
    Block,
    Definition,
    Deletion,
    Document,
    Emphasis,
    FillIn,
    Inline,
    Insertion,
    Link,
    Node,
    Redline,
    Reference,
    Row,
    Section,
    Statement,
    Strong,
    Term,
    Text,
    Value,
    kinds_of,
)
from snc_docs.document.revised import HOLDS, WORDS
from snc_docs.kept import Kept

T = TypeVar("T")
# The kinds of all nodes below a document.
ALL_KINDS: Final = kinds_of(Node) | kinds_of(Inline) | kinds_of(Block)
# What takes the place of a node: another one, or several.
Change = Callable[[Node], Node | tuple[Node, ...]]
# What the sections of one kind that are kept may weigh: a dozen providers' clauses in two languages, or a table of 4,000 rows.
MOST_KEPT: Final = 8000


class _Names(dict[type, tuple[str, ...]]):
    """For each node class, the names of its fields, of those that hold nodes, or words alone; worked out at the first look-up."""

    def __init__(self, wanted: Callable[[Mapping[str, str]], bool]) -> None:
        """Take the fields whose metadata is ``wanted``."""
        super().__init__()
        self._wanted = wanted

    def __missing__(self, kind: type) -> tuple[str, ...]:
        dataclass = cast("type[Node]", kind)
        names = tuple(field.name for field in fields(dataclass) if self._wanted(field.metadata))
        self[kind] = names
        return names


_FIELD_NAMES = _Names(lambda _: True)
_CHILD_NAMES = _Names(lambda metadata: HOLDS in metadata)
_WORD_NAMES = _Names(lambda metadata: metadata == WORDS)


def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields, in order."""
    return _FIELD_NAMES[kind]


def child_names(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold tuples of nodes."""
    return _CHILD_NAMES[kind]


def word_names(kind: type) -> tuple[str, ...]:
    """Return the names of a node class's fields that hold the words of one line each."""
    return _WORD_NAMES[kind]


def walk(node: Node | Document | Redline) -> Iterator[Node | Document | Redline]:
    """Yield ``node`` and everything below it, parents first, in reading order."""
    waiting: list[Node | Document | Redline] = [node]
    while waiting:
        node = waiting.pop()
        yield node
        for name in reversed(_CHILD_NAMES[type(node)]):
            waiting.extend(reversed(getattr(node, name)))


def weight_of(node: object) -> int:
    """Return about how many paragraphs and rows a section holds, by which what is made of it is kept."""
    match node:
        case Section(_, _, _, inner):
            return 1 + sum(map(weight_of, inner))
        case _:
            return 1 + len(getattr(node, "rows", ()))


def blocks_in(section: Section) -> frozenset[type]:
    """Return the kinds of the blocks of a section and its parts, not of what blocks hold."""
    return _blocks.get(section, None, lambda: frozenset(map(type, blocks_of([section]))))


def named_in(section: Section) -> tuple[Reference | Term | Definition, ...]:
    """Return the references in a section and its parts, and the terms that it defines, in reading order."""
    return _named.get(section, None, lambda: tuple(_all_named(section, [])))


def _all_named(node: Node, found: list[Reference | Term | Definition]) -> list[Reference | Term | Definition]:
    """Add what is named in a node and below it to ``found``: there are many nodes, and most hold no others."""
    if isinstance(node, _NAMED):
        found.append(node)
    for name in _CHILD_NAMES[type(node)]:
        for child in getattr(node, name):
            kind = type(child)
            if kind is Row:
                for cell in child.cells:
                    for inline in cell.children:
                        if type(inline) not in _LEAVES:
                            _all_named(inline, found)
            elif kind not in _LEAVES:
                _all_named(child, found)
    return found


_NAMED: Final = (Reference, Term, Definition)
_LEAVES: Final = frozenset((Text, Value, FillIn))
_blocks: Final[Kept[frozenset[type]]] = Kept(MOST_KEPT, weight_of)
_named: Final[Kept[tuple[Reference | Term | Definition, ...]]] = Kept(MOST_KEPT, weight_of)


def rewrite(node: T, change: Change, kinds: Container[type] = ALL_KINDS) -> T:
    """Return ``node`` with ``change`` applied to every node of ``kinds`` below it, children first.

    ``change`` gives back a node, or a tuple of nodes that take the place of one. Nodes that nothing changes are
    kept as they are, not copied.
    """
    changed: dict[str, object] | None = None
    for name in _CHILD_NAMES[type(node)]:
        old = getattr(node, name)
        new = _rewrite_all(old, change, kinds)
        if new is not old:
            changed = changed or {}
            changed[name] = new
    return with_fields(node, changed) if changed else node


def with_fields(node: T, changed: Mapping[str, object]) -> T:
    """Return a copy of the node with other fields: what ``dataclasses.replace`` does, in half the time, and there are many nodes."""
    kind: type = type(node)
    copy: T = kind(*[changed[name] if name in changed else getattr(node, name) for name in field_names(kind)])
    return copy


def _rewrite_all(children: tuple[Node, ...], change: Change, kinds: Container[type]) -> tuple[Node, ...]:
    result: list[Node] = []
    same = True
    for child in children:
        kind = type(child)
        below = rewrite(child, change, kinds) if _CHILD_NAMES[kind] else child
        new = change(below) if kind in kinds else below
        if new is not child:
            same = False
        if isinstance(new, tuple):
            result += new
        else:
            result.append(new)
    return children if same else tuple(result)


def map_blocks(section: Section, change: Callable[[Block], tuple[Block, ...]]) -> Section:
    """Return the section with ``change`` applied to each of its blocks and those of its subsections, not to what they hold."""
    blocks: list[Block] = []
    for block in section.blocks:
        blocks += (map_blocks(block, change),) if isinstance(block, Section) else change(block)
    is_same = len(blocks) == len(section.blocks) and all(map(is_, blocks, section.blocks))
    return section if is_same else replace(section, blocks=tuple(blocks))


def blocks_of(sections: Iterable[Section]) -> Iterator[Block]:
    """Yield every block of every section and subsection, sections themselves left out, nor what blocks hold."""
    for section in sections_of(sections):
        yield from (block for block in section.blocks if not isinstance(block, Section))


def sections_of(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield every section and subsection in reading order."""
    for section in sections:
        yield section
        yield from sections_of(block for block in section.blocks if isinstance(block, Section))


def plain_text(inlines: Iterable[Inline | Definition]) -> str:
    """Return the words of inlines without their form, in a redline those of the new version; a fill-in field gives its prompt in brackets."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(node: Inline | Definition) -> str:
    match node:
        case Text(text) | Value(_, text):
            return text
        case Reference():
            return node.text
        case FillIn():
            return node.shown
        case Strong(children) | Emphasis(children) | Link(_, children) | Term(_, _, children) | Statement(_, children) | Insertion(children):
            return plain_text(children)
        case Deletion():
            return ""
        case Definition():
            return node.forms[0]
