"""Tables: header rows that repeat (``w:tblHeader``), rows that don't break (``w:cantSplit``), fixed widths.

17.4. ``w:tblGrid`` and every ``w:tcW`` are in twentieths of a point and add up to the table's width; the layout is
fixed, so that Word and LibreOffice draw the same columns.

A row stays on the page of the next one where its paragraphs do (``w:keepNext``, 17.3.1.15): header rows, the titles of groups and the
row behind them, all of a signature block. A short table isn't broken over pages, a long one leaves neither its first rows nor its last one
alone: the first six rows are kept with what follows, and the last but one with the last. What is behind a table is a small paragraph, so
that its last row may be kept with that: a row more or less changes no setting of the others in a table of up to six, and in a redline
nothing but the row is marked; in longer ones two cells change, since LibreOffice asks only the first paragraph of the first cell
(``SwRowFrame::ShouldRowKeepWithNext``) and no other has the property for it. Not tried in Word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final

from snc_docs.document.nodes import Cell, Fact, Facts, Reference, Row, Signatures, Table
from snc_docs.document.walk import plain_text
from snc_docs.writers.docx.inlines import content_of, unit
from snc_docs.writers.docx.markup import Format, val
from snc_docs.writers.docx.place import Context, Place
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.written import Content, P, PPr, Tbl, Tc, Tr

_BOLD: Final = Format(bold=True)
_SIGNING_ROOM: Final = 1250
# How many rows of a table stand on one page with what follows, and how many end it together.
_TOGETHER: Final = 6
_ENDING: Final = 2
# As much of a cell as its margins may take, in any house style.
_CELL_MARGINS: Final = 240
_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="E8EDF2"/>'
_LOOK: Final = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'


def table_of(block: Table | Facts | Signatures, place: Place, context: Context) -> Tbl:
    """Return a table of data, labelled lines as a table without upright rules, or a signature block."""
    match block:
        case Table(columns):
            widths = shares(place.width, [column.width for column in columns])
            return _tbl("Agreement Table", widths, _table_rows(block, widths, place, context), block, context)
        case Facts():
            widths = shares(place.width, [30, 70])
            return _tbl("Facts Table", widths, _fact_rows(block, widths, place, context), block, context)
        case Signatures(columns):
            widths = shares(place.width, [1] * max(2, len(columns)))[: len(columns)]
            return _tbl("Signature Table", widths, _signature_rows(block, widths, place, context), block, context)


def _tbl(style: str, widths: Sequence[int], rows: Iterable[Tr], block: Table | Facts | Signatures, context: Context) -> Tbl:
    properties, spot = _properties(context.styles[style], sum(widths)), context.spot(block)
    written: list[Tr] = []
    texts: list[str] = []
    serializer = Serializer()
    for index, row in enumerate(rows, -isinstance(block, Table)):  # the first row of a table of data is its header
        if index < _TOGETHER:
            keep_with_next(row.cells[:1])
        written.append(row)
        if context.kept is None and len(written) > _ENDING:
            texts.append(serializer.row(written.pop(0)))
    for row in written[-_ENDING:-1]:
        keep_with_next(row.cells[:1])
    return Tbl(properties, tuple(widths), written, spot.path, spot.move, text="".join(texts))


def keep_with_next(cells: Iterable[Tc]) -> None:
    """Keep the paragraphs of cells, and by them their row, on the page of what follows."""
    for paragraph in (block for cell in cells for block in cell.blocks if isinstance(block, P)):
        paragraph.properties = paragraph.properties._replace(keep_next=True)


def _properties(style: str | None, width: int) -> str:
    """Return what ``w:tblPr`` holds, in the order of CT_TblPr."""
    return f'{val("w:tblStyle", style) if style else ""}<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_LOOK}'


def _table_rows(table: Table, widths: Sequence[int], place: Place, context: Context) -> Iterator[Tr]:
    spot = context.spot(table)
    heading = context.ppr("Table Heading", keep_next=True)
    cells = [_cell(content_of(column.title, place, context), _width(width), heading) for column, width in zip(table.columns, widths, strict=True)]
    yield Tr(_row(header=True), cells, context.key(table, "header"), spot.move)
    group, plain, kept = (context.ppr(style, keep_next=kept) for style, kept in (("Table Group", True), ("Table Text", False), ("Table Text", True)))
    properties, places = _row(), [_width(width) for width in widths]
    across = f"{_width(sum(widths))}{val('w:gridSpan', len(widths)) if len(widths) > 1 else ''}{_SHADE}"
    after_group = False
    for row in table.rows:
        spot = context.spot(row)
        if row.group:
            cells = [_cell(content_of(row.cells[0].children, place, context), across, group)]
        else:
            cells = _cells(row, widths, places, kept if after_group else plain, place, context)
        yield Tr(properties, cells, spot.path, spot.move)
        # A group's heading and the row behind it are kept with what follows.
        after_group = row.group


def _cells(row: Row, widths: Sequence[int], places: Sequence[str], properties: PPr, place: Place, context: Context) -> list[Tc]:
    """Return the cells of a row; ``places`` are what says their ``widths``, the same for all rows."""
    if context.pages is None:
        return [_cell(content_of(cell.children, place, context), width, properties) for cell, width in zip(row.cells, places, strict=True)]
    return [
        _cell(content_of(cell.children, place, context), where, _paged(cell, width, properties))
        for cell, where, width in zip(row.cells, places, widths, strict=True)
    ]


def _paged(cell: Cell, width: int, properties: PPr) -> PPr:
    """Return properties with a tab stop with leaders at the end of the cell, where a page stands in it."""
    if not any(type(each) is Reference and each.form == "page" for each in cell.children):
        return properties
    return properties._replace(more=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width - _CELL_MARGINS}"/></w:tabs>{properties.more}')


def _fact_rows(facts: Facts, widths: Sequence[int], place: Place, context: Context) -> Iterator[Tr]:
    ppr = context.ppr("Fact Text")
    for fact in facts.rows:
        spot = context.spot(fact)
        label, value = content_of(fact.label, place, context, _BOLD), content_of(fact.children, place, context)
        yield Tr(_row(), [_cell(label, _width(widths[0]), ppr), _cell(value, _width(widths[1]), ppr)], spot.path, spot.move)


def _signature_rows(signatures: Signatures, widths: Sequence[int], place: Place, context: Context) -> Iterator[Tr]:
    """Yield the rows of a signature block that stays on one page: every paragraph is kept with the next one."""
    spot = context.spot(signatures)
    ppr = context.ppr("Fact Text", keep_next=True)
    headings = [
        _cell(content_of(column.heading, place, context, _BOLD), _width(width), ppr) for column, width in zip(signatures.columns, widths, strict=True)
    ]
    yield Tr(_row(), headings, context.key(signatures, "header"), spot.move)
    longest = max((column.rows for column in signatures.columns), key=len)
    columns = [_beside(column.rows, longest) for column in signatures.columns]
    for index, (line, *facts) in enumerate(zip(longest, *columns, strict=True)):
        room = any(fact is not None and not fact.children for fact in facts)
        ppr = context.ppr("Fact Text", keep_next=index < len(longest) - 1)
        cells = [_cell(_line(fact, place, context), _width(width), ppr) for fact, width in zip(facts, widths, strict=True)]
        spot = context.spot(line)
        yield Tr(_row(height=_SIGNING_ROOM if room else 0), cells, spot.path, spot.move)


def _beside(rows: Sequence[Fact], longest: Sequence[Fact]) -> list[Fact | None]:
    """Return the lines of a signatory beside the longest column: those that both end with stand on the same lines, the date and the signature above all."""
    ends = zip(reversed(rows), reversed(longest), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: plain_text(pair[0].label) == plain_text(pair[1].label), ends))
    split = len(rows) - same
    return [*rows[:split], *[None] * (len(longest) - len(rows)), *rows[split:]]


def _line(fact: Fact | None, place: Place, context: Context) -> Content:
    if fact is None:
        return []
    return [*content_of(fact.label, place, context, _BOLD), unit(place.colon, _BOLD), *content_of(fact.children, place, context)]


def _row(*, header: bool = False, height: int = 0) -> str:
    """Return what ``w:trPr`` holds."""
    room = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:cantSplit/>{room}{'<w:tblHeader/>' if header else ''}"


def _width(width: int) -> str:
    return f'<w:tcW w:w="{width}" w:type="dxa"/>'


def _cell(content: Content, properties: str, ppr: PPr) -> Tc:
    return Tc(properties, [P(ppr, content)])


def shares(width: int, parts: Sequence[int]) -> list[int]:
    """Return ``width`` split in proportion to ``parts``, to the last unit."""
    total = sum(parts)
    edges = [width * sum(parts[:index]) // total for index in range(len(parts) + 1)]
    return [high - low for low, high in pairwise(edges)]
