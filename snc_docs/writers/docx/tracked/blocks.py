"""Paragraphs and tables of a merged flow, with their revisions.

What a table, row or cell was like is in ``w:tblPrChange``, ``w:tblGridChange``, ``w:trPrChange`` and ``w:tcPrChange``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from snc_docs.document.sequences import regions
from snc_docs.writers.docx.contents import make_field
from snc_docs.writers.docx.revising import merged, whole
from snc_docs.writers.docx.tracked.flow import FlowItem, key_of, keys_of, laid_out, paired
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Content, Flow, P, Tbl, Tc, Tr

T = TypeVar("T")


def merged_flow(old: Sequence[P | Tbl], new: Sequence[P | Tbl]) -> Flow:
    """Return paragraphs and tables that hold both versions."""
    return written(flow_of(old, new))


def flow_of(old: Sequence[P | Tbl], new: Sequence[P | Tbl]) -> list[FlowItem]:
    """Return the items of two versions.

    The entries of a table of contents that both have are a flow of their own, for its field ends with them; the field is put
    around them once they are merged. A table of contents that one version alone has comes or goes whole.
    """
    shared = [contents for contents in _contents_of(old) if contents in _contents_of(new)]
    old, new = (_with_fields(side, shared) for side in (old, new))
    items: list[FlowItem] = []
    for contents in shared:
        (before, entries, old), (new_before, new_entries, new) = _cut(old, contents), _cut(new, contents)
        items = laid_out(entries, new_entries, laid_out(before, new_before, items))
    return laid_out(old, new, items)


def _contents_of(elements: Sequence[P | Tbl]) -> list[str]:
    """Return the names of the tables of contents that elements are entries of, in their order."""
    return list(dict.fromkeys(each.entry for each in elements if type(each) is P and each.entry))


def _with_fields(elements: Sequence[P | Tbl], shared: Sequence[str]) -> Sequence[P | Tbl]:
    """Return elements of which the tables of contents that only one version has are fields already."""
    for contents in _contents_of(elements):
        if contents not in shared:
            entries = [each for each in elements if type(each) is P and each.entry == contents]
            make_field(entries)
            for entry in entries:
                entry.key, entry.entry = key_of(entry), ""
    return elements


def _cut(elements: Sequence[P | Tbl], contents: str) -> tuple[Sequence[P | Tbl], Sequence[P | Tbl], Sequence[P | Tbl]]:
    """Return what stands before the entries of a table of contents, the entries, and what stands behind."""
    places = [index for index, each in enumerate(elements) if type(each) is P and each.entry == contents]
    return elements[: places[0]], elements[places[0] : places[-1] + 1], elements[places[-1] + 1 :]


def written(items: Sequence[FlowItem]) -> Flow:
    """Return what items hold; the field of a table of contents is put around the entries of both versions."""
    done = [_element(item) for item in items]
    for contents in sorted({item.entry for item in items if item.entry}):
        make_field([each for each in done if type(each) is P and each.entry == contents])
    return done


def _element(item: FlowItem) -> P | Tbl:
    old, new = item.old, item.new
    if type(old) is Tbl and type(new) is Tbl:
        return _table(old, new)
    table = new if new is not None else old
    if type(table) is Tbl:
        return replace(table, rows=[_whole_row(row, item.state) for row in table.rows])
    return _paragraph(item, *(each if type(each) is P else None for each in (old, new)))


def _paragraph(item: FlowItem, old: P | None, new: P | None) -> P:
    """Return a paragraph of the flow; one that nothing happened to is the new version's."""
    paragraph = new or old
    assert paragraph is not None  # noqa: S101  # an item has one side at least
    if old == new and item.mark == BOTH and not item.is_swapped and item.cut is None and item.shown == item.was:
        return replace(paragraph)  # a copy, for what is put around its content later
    properties = item.shown if item.shown is not None else item.was
    assert properties is not None  # noqa: S101  # a paragraph outlives one version at least
    is_changed = item.shown is not None and item.was is not None and item.shown != item.was
    return P(
        properties,
        _content(item, old, new),
        key=paragraph.key,
        move=new.move if new else "",
        entry=paragraph.entry,
        mark=item.mark,
        was=item.was if is_changed else None,
        was_move=old.move if old else "",
    )


def _content(item: FlowItem, old: P | None, new: P | None) -> Content:
    if item.cut is not None:
        return item.cut.piece(item.number)
    if old is not None and new is not None and not item.is_swapped:
        return merged(old.content, new.content)
    return [unit for each, state in ((old, OLD), (new, NEW)) if each is not None for unit in whole(each.content, state)]


def _whole_row(row: Tr, state: str) -> Tr:
    """Return a row that came or went; what is in it moved with it."""
    return replace(row, cells=[replace(cell, blocks=_whole_flow(cell.blocks, state, row.move)) for cell in row.cells], state=state)


def _whole_flow(flow: Flow, state: str, move: str) -> Flow:
    """Return what a cell that came or went holds: its marks are tracked too, but for the last and those before a table, which can't be."""
    whole = [_whole_block(each, state, move) for each in flow]
    for each, behind in pairwise(whole):
        if isinstance(each, P) and isinstance(behind, P):
            each.mark = state
    return whole


def _whole_block(block: P | Tbl, state: str, move: str) -> P | Tbl:
    if isinstance(block, P):
        return replace(block, content=whole(block.content, state), move=move, was_move=move)
    return replace(block, rows=[_whole_row(row, state) for row in block.rows])


def _table(old: Tbl, new: Tbl) -> Tbl:
    """Return a table with the rows of both versions; the shell is the new one's."""
    return replace(new, rows=list(_rows(old.rows, new.rows)), was=_was(old.properties, new.properties), was_grid=_was(old.grid, new.grid))


def _was(old: T, new: T) -> T | None:
    """Return what properties were, None where they are the same."""
    return old if old != new else None


def _rows(old: Sequence[Tr], new: Sequence[Tr]) -> Iterator[Tr]:
    for gone, come, both in regions(old, new, paired(keys_of(old), keys_of(new))):
        yield from (_whole_row(row, OLD) for row in gone)
        yield from (_whole_row(row, NEW) for row in come)
        yield from _row(*both) if both else ()


def _row(old: Tr, new: Tr) -> Iterator[Tr]:
    """Yield one row with what changed in its cells, or both where their cells don't pair."""
    if old == new:
        yield new
    elif len(old.cells) != len(new.cells):
        yield _whole_row(old, OLD)
        yield _whole_row(new, NEW)
    else:
        cells = [_cell(one, other) for one, other in zip(old.cells, new.cells, strict=True)]
        yield replace(new, cells=cells, was=_was(old.properties, new.properties))


def _cell(old: Tc, new: Tc) -> Tc:
    return Tc(new.properties, merged_flow(old.blocks, new.blocks), _was(old.properties, new.properties))
