"""Paragraphs and tables of a merged flow, written with their revisions.

A row that came or went has ``w:ins`` or ``w:del`` last in its ``w:trPr`` (17.13.5.16 and 12) and its runs in revisions in every
cell. ``w:cellIns`` and ``w:cellDel`` aren't used: other columns are other rows, in one table. What a table, row or cell was like
is in ``w:tblPrChange``, ``w:tblGridChange``, ``w:trPrChange`` and ``w:tcPrChange``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from snc_docs.writers.docx.contents import make_field, unmake_field
from snc_docs.writers.docx.marker import ENTRY, KEY, MOVE, key_of
from snc_docs.writers.docx.tracked.atoms import paragraph_content, same, signature
from snc_docs.writers.docx.tracked.flow import Item, keys_of, laid_out, paired
from snc_docs.writers.docx.tracked.stamp import BOTH, NEW, OLD, Stamp
from snc_docs.writers.docx.tracked.words import merged_content
from snc_docs.writers.docx.xml import Element, qn

_P: Final = qn("w:p")
_TR: Final = qn("w:tr")
_TC: Final = qn("w:tc")
_TCPR: Final = qn("w:tcPr")
_TRPR: Final = qn("w:trPr")


def merged_flow(old: Sequence[Element], new: Sequence[Element], stamp: Stamp) -> list[Element]:
    """Return paragraphs and tables that hold both versions; the elements given are used up."""
    return written(flow_of(old, new), stamp)


def flow_of(old: Sequence[Element], new: Sequence[Element]) -> list[Item]:
    """Return the items of two versions.

    The entries of a table of contents that both have are a flow of their own, for its field ends with them; the field is put
    around them again once they are merged. A table of contents that one version alone has comes or goes whole.
    """
    shared = [contents for contents in _contents_of(old) if contents in _contents_of(new)]
    for entry in (each for each in (*old, *new) if ENTRY in each.attrib and each.get(ENTRY) not in shared):
        entry.set(KEY, key_of(entry))
        del entry.attrib[ENTRY]
    items: list[Item] = []
    for contents in shared:
        (before, entries, old), (new_before, new_entries, new) = _cut(old, contents), _cut(new, contents)
        for each in (entries, new_entries):
            unmake_field(each)
        items = laid_out(entries, new_entries, laid_out(before, new_before, items))
    return laid_out(old, new, items)


def _contents_of(elements: Sequence[Element]) -> list[str]:
    """Return the names of the tables of contents that elements are entries of, in their order."""
    return list(dict.fromkeys(element.get(ENTRY, "") for element in elements if ENTRY in element.attrib))


def _cut(elements: Sequence[Element], contents: str) -> tuple[Sequence[Element], Sequence[Element], Sequence[Element]]:
    """Return what stands before the entries of a table of contents, the entries, and what stands behind."""
    places = [index for index, element in enumerate(elements) if element.get(ENTRY) == contents]
    return elements[: places[0]], elements[places[0] : places[-1] + 1], elements[places[-1] + 1 :]


def written(items: Sequence[Item], stamp: Stamp) -> list[Element]:
    """Return the elements of items; the field of a table of contents is put around the entries of both versions."""
    done = [_element(item, stamp) for item in items]
    for contents in sorted({item.entry for item in items if item.entry is not None}):
        make_field([element for element, item in zip(done, items, strict=True) if item.entry == contents])
    return done


def _element(item: Item, stamp: Stamp) -> Element:
    if item.is_paragraph:
        return _paragraph(item, stamp)
    if item.old is not None and item.new is not None:
        return _table(item.old, item.new, stamp)
    table = item.new if item.new is not None else item.old
    assert table is not None  # noqa: S101  # an item has one side at least
    for row in table.iterfind(_TR):
        _whole_row(row, item.state, stamp)
    return table


def _paragraph(item: Item, stamp: Stamp) -> Element:
    """Return a paragraph of the flow; one that nothing happened to is left as it is, to the byte."""
    old, new = item.old, item.new
    if item.cut is not None:
        content = item.cut.piece(item.number, stamp)
    elif old is not None and new is not None and item.mark == BOTH and not item.is_swapped and same(old, new):
        return new
    elif old is None or new is None or item.is_swapped:
        content = [each for version, state in ((old, OLD), (new, NEW)) if version is not None for each in _wrapped(version, state, stamp)]
    elif signature(old) == signature(new):
        content = paragraph_content(new)
    else:
        content = merged_content(paragraph_content(old), paragraph_content(new), stamp)
    paragraph = new if new is not None else old
    assert paragraph is not None  # noqa: S101  # an item has one side at least
    shown, was = (deepcopy(each) if each is not None else None for each in (item.shown, item.was))
    paragraph[:] = content
    _set_properties(paragraph, shown, was, item.mark, stamp)
    return paragraph


def _wrapped(paragraph: Element, state: str, stamp: Stamp) -> list[Element]:
    stamp.wrap(paragraph, state, moved=paragraph.get(MOVE, ""))
    return paragraph_content(paragraph)


def _set_properties(paragraph: Element, shown: Element | None, was: Element | None, mark: str, stamp: Stamp) -> None:
    """Put ``w:pPr`` first: the properties, the tracked mark, then what they were (17.3.1.26)."""
    properties = shown if shown is not None else was
    if properties is None:
        return
    changed = shown is not None and was is not None and signature(shown) != signature(was)
    if mark != BOTH:
        etree.SubElement(properties, qn("w:rPr")).append(stamp.mark("w:ins" if mark == NEW else "w:del"))
    if changed and was is not None:
        change = stamp.mark("w:pPrChange")
        change.append(was)
        properties.append(change)
    if len(properties):
        paragraph.insert(0, properties)


def _whole_row(row: Element, state: str, stamp: Stamp) -> None:
    """Mark a row that came or went."""
    properties = row.find(_TRPR)
    if properties is None:
        properties = etree.Element(_TRPR)
        row.insert(0, properties)
    properties.append(stamp.mark("w:ins" if state == NEW else "w:del"))
    moved = row.get(MOVE, "")
    for paragraph in row.iter(_P):
        stamp.wrap(paragraph, state, moved=moved)


def _table(old: Element, new: Element, stamp: Stamp) -> Element:
    """Return a table with the rows of both versions; the shell is the new one's."""
    rows = list(_rows(list(old.iterfind(_TR)), list(new.iterfind(_TR)), stamp))
    shell = [_with_change(old.find(qn("w:tblPr")), new.find(qn("w:tblPr")), stamp.mark, "w:tblPrChange")]
    shell.append(_with_change(old.find(qn("w:tblGrid")), new.find(qn("w:tblGrid")), stamp.numbered, "w:tblGridChange"))
    new[:] = [*(each for each in shell if each is not None), *rows]
    return new


def _with_change(old: Element | None, new: Element | None, mark: Callable[[str], Element], name: str) -> Element | None:
    """Return properties with what they were, last in them, where that differs."""
    if new is not None and old is not None and signature(old) != signature(new):
        change = mark(name)
        change.append(deepcopy(old))
        new.append(change)
    return new


def _rows(old: list[Element], new: list[Element], stamp: Stamp) -> Iterator[Element]:
    one = other = 0
    for kept, found in [*paired(keys_of(old), keys_of(new)), (len(old), len(new))]:
        yield from _whole_rows(old[one:kept], OLD, stamp)
        yield from _whole_rows(new[other:found], NEW, stamp)
        if kept < len(old):
            yield from _row(old[kept], new[found], stamp)
        one, other = kept + 1, found + 1


def _whole_rows(rows: Sequence[Element], state: str, stamp: Stamp) -> Sequence[Element]:
    for row in rows:
        _whole_row(row, state, stamp)
    return rows


def _row(old: Element, new: Element, stamp: Stamp) -> Sequence[Element]:
    """Return one row with what changed in its cells, or both where their cells don't pair."""
    cells, other_cells = old.findall(_TC), new.findall(_TC)
    if len(cells) != len(other_cells):
        return [*_whole_rows([old], OLD, stamp), *_whole_rows([new], NEW, stamp)]
    if same(old, new):
        return [new]
    _with_change(old.find(_TRPR), new.find(_TRPR), stamp.mark, "w:trPrChange")
    for cell, other_cell in zip(cells, other_cells, strict=True):
        properties = _with_change(cell.find(_TCPR), other_cell.find(_TCPR), stamp.mark, "w:tcPrChange")
        flow = merged_flow(_inside(cell), _inside(other_cell), stamp)
        other_cell[:] = [*([properties] if properties is not None else []), *flow]
    return [new]


def _inside(cell: Element) -> list[Element]:
    return [each for each in cell if each.tag != _TCPR]
