"""Two versions of a list of blocks, items or rows, as one list with insertions and deletions.

Sections are matched by their identifiers and rows by the keys of what they show; other blocks by being equal, and then, in
what is left between, by their likeness. What only changed place is a deletion and an insertion that name each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
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
    Fact,
    Facts,
    Insertion,
    ListItem,
    OrderedList,
    Paragraph,
    Row,
    Section,
    SideBySide,
    Signatory,
    Signatures,
    Table,
)
from snc_docs.document.sequences import aligned, common, in_order
from snc_docs.document.walk import child_names, plain_text, walk
from snc_docs.language.tokens import tokens

# Two paragraphs with less in common than this are one taken out and another put in.
_LEAST_LIKENESS: Final = 0.4


@dataclass(slots=True)
class BlockMerger:
    """Merges blocks; counts moves, so that each has a name of its own in the document."""

    moves: Iterator[int] = field(default_factory=lambda: count(1))

    def sections(self, old: Sequence[Any], new: Sequence[Any]) -> tuple[Any, ...]:
        """Return sections and other blocks that hold both versions."""
        keys, other_keys = ([_section_key(block) for block in blocks] for blocks in (old, new))
        return self._keyed(old, new, keys, other_keys, self._blocks)

    def _blocks(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        """Return blocks without keys that hold both versions: equal ones kept, like ones compared inside."""
        kept = common(old, new, lambda index: 1.0 + len(_words(old[index])))
        result: list[Any] = []
        one = other = 0
        for position, matched in [*kept, (len(old), len(new))]:
            result += self._alike(old[one:position], new[other:matched])
            if position < len(old):
                result.append(new[matched])
            one, other = position + 1, matched + 1
        return result

    def _alike(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        """Return what differs: the most alike blocks paired in order, the others taken out or put in."""
        words = [Counter(_words(block)) for block in old]
        other_words = [Counter(_words(block)) for block in new]
        pairs = aligned(len(old), len(new), lambda one, other: _likeness(old[one], new[other], words[one], other_words[other]))
        return _interleaved(old, new, pairs, self.paired)

    def _keyed(
        self,
        old: Sequence[Any],
        new: Sequence[Any],
        keys: Sequence[Hashable],
        other_keys: Sequence[Hashable],
        without_key: Callable[[Sequence[Any], Sequence[Any]], list[Any]],
    ) -> tuple[Any, ...]:
        """Return two lists merged by keys; items without one (None) are compared between the items that stay in place.

        Keys that two items share tell nothing apart: then none of them counts.
        """
        if _is_ambiguous(keys) or _is_ambiguous(other_keys):
            return tuple(without_key(old, new))
        places = {key: index for index, key in enumerate(keys) if key is not None}
        shared = [key for key in other_keys if key is not None and key in places]
        still = in_order([places[key] for key in shared])
        moved = {key: str(next(self.moves)) for key in shared if places[key] not in still}
        result: list[Any] = []
        position = 0
        gap: list[int] = []
        for index, key in enumerate(other_keys):
            if key is None or key not in places or key in moved:
                gap.append(index)
                continue
            result += self._gap(
                old[position : places[key]],
                keys[position : places[key]],
                [new[each] for each in gap],
                [other_keys[each] for each in gap],
                moved,
                without_key,
            )
            result += self.paired(old[places[key]], new[index])
            position, gap = places[key] + 1, []
        result += self._gap(old[position:], keys[position:], [new[each] for each in gap], [other_keys[each] for each in gap], moved, without_key)
        return tuple(result)

    def _gap(
        self,
        old: Sequence[Any],
        keys: Sequence[Hashable],
        new: Sequence[Any],
        other_keys: Sequence[Hashable],
        moved: dict[Hashable, str],
        without_key: Callable[[Sequence[Any], Sequence[Any]], list[Any]],
    ) -> list[Any]:
        """Return what stands between two items that stay in place: blocks without keys first, as they stand before sections."""
        if all(key is None for key in (*keys, *other_keys)):
            return without_key(old, new)
        free = [each for each, key in zip(old, keys, strict=True) if key is None]
        other_free = [each for each, key in zip(new, other_keys, strict=True) if key is None]
        if list(old[: len(free)]) != free or list(new[: len(other_free)]) != other_free:
            return _whole(old, new)
        merged = without_key(free, other_free)
        merged += [Deletion((each,), moved.get(key, "")) for each, key in zip(old, keys, strict=True) if key is not None]
        return merged + [Insertion((each,), moved.get(key, "")) for each, key in zip(new, other_keys, strict=True) if key is not None]

    def paired(self, old: Any, new: Any) -> list[Any]:
        """Return one node that holds both versions of a block, item, row or cell; both as they are where it can't."""
        if old == new:
            return [new]
        merged = self._merged(old, new) if type(old) is type(new) else None
        return [merged] if merged is not None else _whole([old], [new])

    def _merged(self, old: Any, new: Any) -> Any:  # noqa: PLR0911  # one return for each kind of node
        """Return a node that holds both versions of two of one kind, None where their frames differ."""
        match old, new:
            case Section(), Section():
                return self._section(old, new)
            case (Paragraph(), Paragraph()) if old.role == new.role:
                return replace(new, children=merged_inlines(old.children, new.children))
            case (BulletList(), BulletList()) | (OrderedList(), OrderedList()):
                return replace(new, items=tuple(self._blocks(old.items, new.items)))
            case ListItem(), ListItem():
                return ListItem(tuple(self._blocks(old.blocks, new.blocks)))
            case (Table(), Table()) if [column.width for column in old.columns] == [column.width for column in new.columns]:
                columns = tuple(
                    Column(merged_inlines(one.title, other.title), other.width) for one, other in zip(old.columns, new.columns, strict=True)
                )
                return Table(columns, self._rows(old.rows, new.rows), new.origin)
            case (Row(), Row()) if (_shared_key(old), old.group, len(old.cells)) == (_shared_key(new), new.group, len(new.cells)):
                cells = tuple(Cell(merged_inlines(one.children, other.children)) for one, other in zip(old.cells, new.cells, strict=True))
                return replace(new, cells=cells)
            case Facts(), Facts():
                return Facts(tuple(self._blocks(old.rows, new.rows)))
            case (Fact(), Fact()) if bool(old.children) == bool(new.children):
                return Fact(merged_inlines(old.label, new.label), merged_inlines(old.children, new.children))
            case (Signatures(), Signatures()) if len(old.columns) == len(new.columns):
                return Signatures(tuple(self._signatory(one, other) for one, other in zip(old.columns, new.columns, strict=True)))
            case DefinitionList(), DefinitionList():
                keys, other_keys = ([entry.id for entry in each.entries] for each in (old, new))
                return DefinitionList(self._keyed(old.entries, new.entries, keys, other_keys, _whole))
            case (Definition(), Definition()) if (old.id, old.forms) == (new.id, new.forms):
                return replace(new, blocks=tuple(self._blocks(old.blocks, new.blocks)))
            case Contents(), Contents():
                return Contents(merged_inlines(old.title, new.title))
            case SideBySide(), SideBySide():
                return SideBySide(tuple(self._blocks(old.left, new.left)), tuple(self._blocks(old.right, new.right)))
            case _:
                return None

    def _section(self, old: Section, new: Section) -> Section:
        shell, other = (replace(each, title=(), blocks=(), origin=None, was=None) for each in (old, new))
        return replace(
            new,
            title=merged_inlines(old.title, new.title),
            blocks=self.sections(old.blocks, new.blocks),
            was=shell if shell != other else None,
        )

    def _rows(self, old: tuple[Row, ...], new: tuple[Row, ...]) -> tuple[Any, ...]:
        doubled = _doubled(old) | _doubled(new)
        keys, other_keys = _row_keys(old, doubled), _row_keys(new, doubled)
        return self._keyed(old, new, keys, other_keys, self._blocks)

    def _signatory(self, old: Signatory, new: Signatory) -> Signatory:
        return Signatory(merged_inlines(old.heading, new.heading), tuple(self._blocks(old.rows, new.rows)))


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


def _interleaved(old: Sequence[Any], new: Sequence[Any], pairs: Sequence[tuple[int, int]], paired: Callable[[Any, Any], list[Any]]) -> list[Any]:
    result: list[Any] = []
    one = other = 0
    for position, matched in [*pairs, (len(old), len(new))]:
        result += _whole(old[one:position], new[other:matched])
        if position < len(old):
            result += paired(old[position], new[matched])
        one, other = position + 1, matched + 1
    return result


def _whole(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """Return what was taken out and what was put in, one revision for each."""
    return [*(Deletion((each,)) for each in old), *(Insertion((each,)) for each in new)]


def _likeness(old: Any, new: Any, words: Counter[str], other_words: Counter[str]) -> float:
    """Return how much two blocks of one kind have in common, from 0 to 1; 0 where it is too little to compare them."""
    if type(old) is not type(new):
        return 0.0
    if isinstance(old, Fact) and old.label == new.label:
        return 1.0
    total = words.total() + other_words.total()
    shared = 2 * (words & other_words).total() / total if total else 1.0
    return shared if shared >= _LEAST_LIKENESS else 0.0


def _words(node: Any) -> list[str]:
    """Return the words of a node, spaces and punctuation left out."""
    text = " ".join(
        plain_text(getattr(each, name)) for each in walk(node) for name in ("children", "title", "label", "heading") if _holds_words(each, name)
    )
    return [token for token in tokens(text) if token[0].isalnum()]


def _holds_words(node: Any, name: str) -> bool:
    return name in child_names(type(node)) and isinstance(node, (Paragraph, Cell, Column, Fact, Section, Signatory))
