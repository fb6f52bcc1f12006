"""Two versions of a list of blocks, items or rows, as one list with insertions and deletions.

Sections are matched by their identifiers and rows by the keys of what they show; other blocks by being equal, and then, in
what is left between, by their likeness. What only changed place is a deletion and an insertion that name each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from snc_docs.diff.inlines import merged_inlines
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
    Insertion,
    ListItem,
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
from snc_docs.document.walk import child_names, plain_text, walk
from snc_docs.language.tokens import tokens

# A node of any kind: which ones may stand where the tree's own types say; here kinds are looked up.
Node = Any
Keyed = tuple[Hashable, Node]
Merge = Callable[[Sequence[Node], Sequence[Node]], list[Node]]

# Two paragraphs with less in common than this are one taken out and another put in.
_LEAST_LIKENESS: Final = 0.4


@dataclass(slots=True)
class BlockMerger:
    """Merges blocks; counts moves, so that each has a name of its own in the document."""

    moves: Iterator[int] = field(default_factory=lambda: count(1))

    def sections(self, old: Sequence[Node], new: Sequence[Node]) -> tuple[Node, ...]:
        """Return sections and other blocks that hold both versions."""
        return self._keyed([(_section_key(block), block) for block in old], [(_section_key(block), block) for block in new], self._blocks)

    def _blocks(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """Return blocks without keys that hold both versions: equal ones kept, like ones compared inside."""
        kept = common(old, new, lambda index: 1.0 + len(_words(old[index])))
        result: list[Node] = []
        for gone, come, both in regions(old, new, kept):
            result += [*self._alike(gone, come), *(both[1:] if both else ())]
        return result

    def _alike(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """Return what differs: the most alike blocks paired in order, the others taken out or put in."""
        words = [Counter(_words(block)) for block in old]
        other_words = [Counter(_words(block)) for block in new]
        pairs = aligned(len(old), len(new), lambda one, other: _likeness(old[one], new[other], words[one], other_words[other]))
        result: list[Node] = []
        for gone, come, both in regions(old, new, pairs):
            result += [*_whole(gone, come), *(self.paired(*both) if both else ())]
        return result

    def _keyed(self, old: Sequence[Keyed], new: Sequence[Keyed], without_key: Merge) -> tuple[Node, ...]:
        """Return two lists merged by keys; items without one (None) are compared between the items that stay in place.

        Keys that two items share tell nothing apart: then none of them counts.
        """
        keys, other_keys = ([key for key, _ in side] for side in (old, new))
        if _is_ambiguous(keys) or _is_ambiguous(other_keys):
            return tuple(without_key(_items(old), _items(new)))
        still, moved = by_key(keys, other_keys)
        moves = {keys[one]: str(next(self.moves)) for one, _ in moved}
        result: list[Node] = []
        for gone, come, both in regions(old, new, still):
            result += [*self._gap(gone, come, moves, without_key), *(self.paired(*_items(both)) if both else ())]
        return tuple(result)

    def _gap(self, old: Sequence[Keyed], new: Sequence[Keyed], moves: Mapping[Hashable, str], without_key: Merge) -> list[Node]:
        """Return what stands between two items that stay in place: blocks without keys first, as they stand before sections."""
        if all(key is None for key, _ in (*old, *new)):
            return without_key(_items(old), _items(new))
        free, other_free = ([each for each in side if each[0] is None] for side in (old, new))
        if list(old[: len(free)]) != free or list(new[: len(other_free)]) != other_free:
            return _whole(_items(old), _items(new))
        merged = without_key(_items(free), _items(other_free))
        merged += [Deletion((each,), moves.get(key, "")) for key, each in old if key is not None]
        return merged + [Insertion((each,), moves.get(key, "")) for key, each in new if key is not None]

    def paired(self, old: Node, new: Node) -> list[Node]:
        """Return one node that holds both versions of a block, item, row or cell; both as they are where it can't."""
        if old == new:
            return [new]
        kind = KINDS[type(new)]
        if type(old) is not type(new) or not kind.parts or kind.frame(old) != kind.frame(new):
            return _whole([old], [new])
        return [self._merged(old, new, kind)]

    def _merged(self, old: Node, new: Node, kind: Kind) -> Node:
        """Return a node that holds both versions of two of one kind and frame."""
        parts = {name: how(self, getattr(old, name), getattr(new, name)) for name, how in kind.parts.items()}
        if isinstance(new, Section):
            shell, other = (replace(each, title=(), blocks=(), origin=None, was=None) for each in (old, new))
            parts["was"] = shell if shell != other else None
        return replace(new, **parts)

    def words(self, old: Node, new: Node) -> Node:
        """Return the words of one line, compared word by word."""
        return merged_inlines(old, new)

    def blocks(self, old: Sequence[Node], new: Sequence[Node]) -> tuple[Node, ...]:
        """Return blocks or items, compared by their likeness."""
        return tuple(self._blocks(old, new))

    def pairs(self, old: Sequence[Node], new: Sequence[Node]) -> tuple[Node, ...]:
        """Return columns or cells, each compared with the one in its place: their frames say that there are as many."""
        return tuple(new_ if old_ == new_ else self._merged(old_, new_, KINDS[type(new_)]) for old_, new_ in zip(old, new, strict=True))

    def rows(self, old: Sequence[Row], new: Sequence[Row]) -> tuple[Node, ...]:
        """Return rows, by the keys of what they show."""
        doubled = _doubled(old) | _doubled(new)
        keyed, other_keyed = (list(zip(_row_keys(side, doubled), side, strict=True)) for side in (old, new))
        return self._keyed(keyed, other_keyed, self._blocks)

    def entries(self, old: Sequence[Definition], new: Sequence[Definition]) -> tuple[Node, ...]:
        """Return definitions, by their identifiers."""
        return self._keyed([(each.id, each) for each in old], [(each.id, each) for each in new], _whole)


@dataclass(frozen=True, slots=True)
class Kind:
    """How two versions of a kind of node become one: what must be the same, and how each of its parts is merged.

    A kind without parts is kept where it is equal, and else replaced as a whole.
    """

    parts: Mapping[str, Callable[[BlockMerger, Node, Node], Node]] = field(default_factory=dict)
    frame: Callable[[Node], object] = lambda _: None


_M: Final = BlockMerger
KINDS: Final[Mapping[type, Kind]] = {
    Section: Kind({"title": _M.words, "blocks": _M.sections}),
    Paragraph: Kind({"children": _M.words}, lambda each: each.role),
    BulletList: Kind({"items": _M.blocks}),
    OrderedList: Kind({"items": _M.blocks}),
    ListItem: Kind({"blocks": _M.blocks}),
    Table: Kind({"columns": _M.pairs, "rows": _M.rows}, lambda each: [column.width for column in each.columns]),
    Column: Kind({"title": _M.words}),
    Row: Kind({"cells": _M.pairs}, lambda each: (_shared_key(each), each.group, len(each.cells))),
    Cell: Kind({"children": _M.words}),
    Facts: Kind({"rows": _M.blocks}),
    Fact: Kind({"label": _M.words, "children": _M.words}, lambda each: bool(each.children)),
    Signatures: Kind({"columns": _M.pairs}, lambda each: len(each.columns)),
    Signatory: Kind({"heading": _M.words, "rows": _M.blocks}),
    DefinitionList: Kind({"entries": _M.entries}),
    Definition: Kind({"blocks": _M.blocks}, lambda each: (each.id, each.forms)),
    Contents: Kind({"title": _M.words}),
    SideBySide: Kind({"left": _M.blocks, "right": _M.blocks}),
    PageBreak: Kind(),
    Embed: Kind(),
    Picture: Kind(),
    ForeignDocument: Kind(),
}


def _items(keyed: Sequence[Keyed]) -> list[Node]:
    return [each for _, each in keyed]


def _section_key(block: Any) -> Hashable:
    return block.id if isinstance(block, Section) else None


def _row_keys(rows: Sequence[Row], doubled: set[str]) -> list[Hashable]:
    """Return the keys of rows by which they are matched: none at all where no data stands behind some row, or where some share a key."""
    has_all = all(row.key and _shared_key(row) not in doubled for row in rows)
    return [row.key for row in rows] if has_all else [None] * len(rows)


def _doubled(rows: Sequence[Row]) -> set[str]:
    """Return the keys that several rows share but for their number (``#2``): it tells no more than their order."""
    return {_shared_key(row) for row in rows if "#" in row.key}


def _shared_key(row: Row) -> str:
    return row.key.partition("#")[0].rstrip("]")


def _is_ambiguous(keys: Sequence[Hashable]) -> bool:
    known = [key for key in keys if key is not None]
    return len(set(known)) < len(known)


def _whole(old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
    """Return what was taken out and what was put in, one revision for each."""
    return [*(Deletion((each,)) for each in old), *(Insertion((each,)) for each in new)]


def _likeness(old: Node, new: Node, words: Counter[str], other_words: Counter[str]) -> float:
    """Return how much two blocks of one kind have in common, from 0 to 1; 0 where it is too little to compare them."""
    if type(old) is not type(new):
        return 0.0
    if isinstance(old, Fact) and old.label == new.label:
        return 1.0
    total = words.total() + other_words.total()
    shared = 2 * (words & other_words).total() / total if total else 1.0
    return shared if shared >= _LEAST_LIKENESS else 0.0


def _words(node: Node) -> list[str]:
    """Return the words of a node, spaces and punctuation left out."""
    text = " ".join(
        plain_text(getattr(each, name)) for each in walk(node) for name in ("children", "title", "label", "heading") if _holds_words(each, name)
    )
    return [token for token in tokens(text) if token[0].isalnum()]


def _holds_words(node: Node, name: str) -> bool:
    return name in child_names(type(node)) and isinstance(node, (Paragraph, Cell, Column, Fact, Section, Signatory))
