"""Two versions of a block, and of the items or rows in it, as one with insertions and deletions; which blocks are one, ``pairing`` says.

Definitions are matched by their identifiers and rows by the keys of what they show; other things by being equal, and then, in
what is left between, by their likeness. What only changed place is a deletion and an insertion that name each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar, cast

from snc_docs.diff.inlines import merged_inlines
from snc_docs.diff.likeness import likeness_of, words_of
from snc_docs.diff.log import Log
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Deletion,
    Embed,
    Fact,
    Facts,
    ForeignDocument,
    Inline,
    Insertion,
    ListItem,
    Node,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Section,
    SideBySide,
    Signatory,
    Signatures,
    Table,
)
from snc_docs.document.sequences import aligned, by_key, common, regions
from snc_docs.document.walk import with_fields
from snc_docs.paths import DataPath

N = TypeVar("N", bound=Node)
Keyed = tuple[Hashable, Node]
Nodes = Sequence[Node]
# What merges two versions of one field, and writes down what changed.
Merge = Callable[["BlockMerger", tuple[Node, ...], tuple[Node, ...], Log], Nodes]


@dataclass(slots=True)
class BlockMerger:
    """Merges blocks, and writes down what changed in a Log; counts moves, so that each has a name of its own in the document."""

    moves: Iterator[int]

    def definitions(self, old: Nodes, new: Nodes, log: Log) -> Nodes:
        """Return definitions that hold both versions: they go by their identifiers."""
        return self._keyed(_by_identifier(old), _by_identifier(new), log)

    def blocks(self, old: Nodes, new: Nodes, log: Log) -> Nodes:
        """Return blocks or items without keys that hold both versions."""
        return self._between(_unkeyed(old), _unkeyed(new), {}, log)

    def _keyed(self, old: Sequence[Keyed], new: Sequence[Keyed], log: Log) -> Nodes:
        """Return two lists merged by keys; items without one (None) are compared between the items that stay in place.

        Keys that two items share tell nothing apart: then none of them counts.
        """
        keys, other_keys = ([key for key, _ in side] for side in (old, new))
        if _is_ambiguous(keys) or _is_ambiguous(other_keys):
            return self.blocks(_items(old), _items(new), log)
        still, moved = by_key(keys, other_keys, lambda index: 1.0 + len(words_of(old[index][1])))
        moves = {keys[one]: str(next(self.moves)) for one, _ in moved}
        result: list[Node] = []
        for gone, come, both in regions(old, new, still):
            result += [*self._between(gone, come, moves, log), *(self.paired(both[0][1], both[1][1], log) if both else ())]
        return result

    def _between(self, old: Sequence[Keyed], new: Sequence[Keyed], moves: Mapping[Hashable, str], log: Log) -> Nodes:
        """Return what stands between two items that stay: equal blocks without keys are kept, like ones compared inside, the others come and go."""
        kept = common([_equal_by(each) for each in old], [_equal_by(each) for each in new], lambda index: 1.0 + len(words_of(old[index][1])))
        result: list[Node] = []
        for gone, come, both in regions(old, new, kept):
            result += [*self._alike(gone, come, moves, log), *((both[1][1],) if both else ())]
        return result

    def _alike(self, old: Sequence[Keyed], new: Sequence[Keyed], moves: Mapping[Hashable, str], log: Log) -> Nodes:
        """Return what differs: the most alike blocks without keys paired in order, the others taken out or put in."""
        words, other_words = ([Counter(words_of(node)) if key is None else None for key, node in side] for side in (old, new))

        def likeness(one: int, other: int) -> float:
            mine, theirs = words[one], other_words[other]
            return 0.0 if mine is None or theirs is None else likeness_of(old[one][1], new[other][1], mine, theirs)

        result: list[Node] = []
        for gone, come, both in regions(old, new, aligned(len(old), len(new), likeness)):
            result += [*_whole(gone, come, log, moves), *(self.paired(both[0][1], both[1][1], log) if both else ())]
        return result

    def paired(self, old: Node, new: Node, log: Log) -> Nodes:
        """Return one node that holds both versions of a block, item, row or cell; both as they are where it can't."""
        if type(old) is not type(new) or (old != new and not can_merge(old, new)):
            return _whole(_unkeyed([old]), _unkeyed([new]), log)
        return [self.one(old, new, log)]

    def one(self, old: N, new: N, log: Log) -> N:
        """Return a node that holds both versions of two that can be merged."""
        if old == new:
            return new
        kind = KINDS[type(new)]
        merged: dict[str, object] = {name: tuple(merge(self, getattr(old, name), getattr(new, name), log)) for name, merge in kind.parts.items()}
        if isinstance(old, Column) and isinstance(new, Column) and old.width != new.width:
            merged["was"] = old.width
        return with_fields(new, merged)

    def words(self, old: Nodes, new: Nodes, log: Log) -> Nodes:
        """Return the words of one line, compared word by word."""
        if old == new:
            return new
        merged = merged_inlines(cast("tuple[Inline, ...]", old), cast("tuple[Inline, ...]", new))
        log.line(merged)
        return merged

    def pairs(self, old: Nodes, new: Nodes, log: Log) -> Nodes:
        """Return columns or cells, each compared with the one in its place: their frames say that there are as many."""
        pairs = zip(old, new, strict=True)
        return [self.one(one, other, log) for one, other in pairs]

    def rows(self, old: Nodes, new: Nodes, log: Log) -> Nodes:
        """Return rows, by the keys of what they show."""
        sides = [[row for row in side if isinstance(row, Row)] for side in (old, new)]
        doubled = {DataPath(row.key).shared for side in sides for row in side if DataPath(row.key).is_one_of_several}
        keyed, other_keyed = (list(zip(_row_keys(side, doubled), side, strict=True)) for side in sides)
        return self._keyed(keyed, other_keyed, log)


@dataclass(frozen=True, slots=True)
class Kind:
    """How two versions of a kind of node become one: what must be the same, and how each of its parts is merged.

    A kind without parts is kept where it is equal, and else replaced as a whole.
    """

    parts: Mapping[str, Merge] = field(default_factory=dict)
    frame: Callable[[Node], object] = lambda _: None


def _kind(of: type[N], parts: Mapping[str, Merge] = {}, frame: Callable[[N], object] = lambda _: None) -> tuple[type, Kind]:
    return of, Kind(parts, cast("Callable[[Node], object]", frame))  # a kind's frame is asked of nodes of that kind alone


_M: Final = BlockMerger
KINDS: Final[Mapping[type, Kind]] = dict(
    (
        _kind(Section, {"title": _M.words}),
        _kind(Paragraph, {"children": _M.words}, lambda each: each.role),
        _kind(BulletList, {"items": _M.blocks}),
        _kind(OrderedList, {"items": _M.blocks}),
        _kind(ListItem, {"blocks": _M.blocks}),
        _kind(Table, {"columns": _M.pairs, "rows": _M.rows}, lambda each: len(each.columns)),
        _kind(Column, {"title": _M.words}),
        _kind(Row, {"cells": _M.pairs}, lambda each: (DataPath(each.key).shared, each.group, len(each.cells))),
        _kind(Cell, {"children": _M.words}),
        _kind(Facts, {"rows": _M.blocks}),
        _kind(Fact, {"label": _M.words, "children": _M.words}, lambda each: bool(each.children)),
        _kind(Signatures, {"columns": _M.pairs}, lambda each: len(each.columns)),
        _kind(Signatory, {"heading": _M.words, "rows": _M.blocks}),
        _kind(DefinitionList, {"entries": _M.definitions}),
        _kind(Definition, {"blocks": _M.blocks}, lambda each: (each.id, each.forms)),
        _kind(Contents, {"title": _M.words}),
        _kind(SideBySide, {"left": _M.blocks, "right": _M.blocks}),
        _kind(PageBreak),
        _kind(Embed),
        _kind(Picture),
        _kind(ForeignDocument),
    )
)


def can_merge(old: Node, new: Node) -> bool:
    """Return whether one node can hold both versions of two of one kind."""
    kind = KINDS[type(new)]
    return bool(kind.parts) and kind.frame(old) == kind.frame(new)


def _unkeyed(nodes: Nodes) -> list[Keyed]:
    return [(None, node) for node in nodes]


def _by_identifier(nodes: Nodes) -> list[Keyed]:
    return [(node.id if isinstance(node, Definition) else None, node) for node in nodes]


def _items(keyed: Iterable[Keyed]) -> list[Node]:
    return [each for _, each in keyed]


def _row_keys(rows: Sequence[Row], doubled: set[str]) -> list[Hashable]:
    """Return the keys of rows by which they are matched, None for a row that no data stands behind.

    A key that several rows share but for their number (``#2``) tells no more than their order: none either.
    """
    return [row.key if row.key and DataPath(row.key).shared not in doubled else None for row in rows]


def _equal_by(keyed: Keyed) -> Hashable:
    """Return what makes two items between those that stay the same one: a key that is in one place alone makes none."""
    key, node = keyed
    return node if key is None else (key, id(node))


def _is_ambiguous(keys: Sequence[Hashable]) -> bool:
    known = [key for key in keys if key is not None]
    return len(set(known)) < len(known)


def _whole(gone: Sequence[Keyed], come: Sequence[Keyed], log: Log, moves: Mapping[Hashable, str] = {}) -> Nodes:
    """Return what was taken out and what was put in, one revision for each."""
    revisions = [Deletion((each,), moves.get(key, "")) for key, each in gone], [Insertion((each,), moves.get(key, "")) for key, each in come]
    log.whole((*revisions[0], *revisions[1]))
    return cast("Nodes", [*revisions[0], *revisions[1]])
