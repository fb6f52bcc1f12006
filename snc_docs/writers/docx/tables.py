"""Tables: header rows that repeat (``w:tblHeader``), rows that don't break (``w:cantSplit``), fixed widths.

17.4. ``w:tblGrid`` and every ``w:tcW`` are in twentieths of a point and add up to the table's width; the layout is
fixed, so that Word and LibreOffice draw the same columns. Rows are built with lxml: python-docx's cells are quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml import etree

from snc_docs.document.nodes import Fact, Facts, Inline, Row, Signatures, Table, Text, Value
from snc_docs.writers.docx.inlines import InlineWriter
from snc_docs.writers.docx.marker import Marker
from snc_docs.writers.docx.paragraphs import PLAIN, Format, add_paragraph, add_text
from snc_docs.writers.docx.xml import Element, add, add_val, qn

# Cells are many: their names are looked up once.
_TC: Final = qn("w:tc")
_TCPR: Final = qn("w:tcPr")
_TCW: Final = qn("w:tcW")
_T: Final = qn("w:t")
_NEEDS_CARE: Final = re.compile("[\n\t]|  ")
_WIDTH: Final = qn("w:w")
_TYPE: Final = qn("w:type")
_BOLD = Format(bold=True)
_SIGNING_ROOM = 1250


@dataclass(slots=True)
class TableWriter:
    """Writes tables of one width, in twips, with the style ids of one reference document; ``colon`` follows a label."""

    inlines: InlineWriter
    styles: dict[str, str | None]
    width: int
    colon: str
    marker: Marker

    def table(self, parent: Element, table: Table) -> None:
        """Append a table of data."""
        widths = shares(self.width, [column.width for column in table.columns])
        element = self._open(parent, "Agreement Table", widths)
        heading = self._row(element, header=True)
        self.marker.note(heading, table, "header")
        for column, width in zip(table.columns, widths, strict=True):
            self._cell(heading, column.title, width, "Table Heading", keep_next=True)
        model: Element | None = None
        after_group = False
        for row in table.rows:
            words = None if after_group else _plain_words(row)
            if words is not None and model is not None:
                _append_like(element, model, words)
                self.marker.note(element[-1], row)
                continue
            self._data_row(element, row, widths, keep_next=after_group)
            after_group = row.group
            if words is not None:
                model = element[-1]

    def _data_row(self, element: Element, row: Row, widths: Sequence[int], *, keep_next: bool = False) -> None:
        """Append a row; a group's heading and the row behind it are kept with what follows."""
        tr = self._row(element)
        self.marker.note(tr, row)
        if row.group:
            self._cell(tr, row.cells[0].children, sum(widths), "Table Group", span=len(widths), keep_next=True, shade="E8EDF2")
            return
        for cell, width in zip(row.cells, widths, strict=True):
            self._cell(tr, cell.children, width, "Table Text", keep_next=keep_next)

    def facts(self, parent: Element, facts: Facts) -> None:
        """Append labelled lines as a table without upright rules."""
        widths = shares(self.width, [30, 70])
        element = self._open(parent, "Facts Table", widths)
        for fact in facts.rows:
            tr = self._row(element)
            self.marker.note(tr, fact)
            self._cell(tr, fact.label, widths[0], "Fact Text", form=_BOLD)
            self._cell(tr, fact.children, widths[1], "Fact Text")

    def signatures(self, parent: Element, signatures: Signatures) -> None:
        """Append a signature block that stays on one page: every paragraph is kept with the next one."""
        count = max(2, len(signatures.columns))
        widths = shares(self.width, [1] * count)[: len(signatures.columns)]
        element = self._open(parent, "Signature Table", widths)
        tr = self._row(element)
        self.marker.note(tr, signatures, "header")
        for column, width in zip(signatures.columns, widths, strict=True):
            self._cell(tr, column.heading, width, "Fact Text", form=_BOLD, keep_next=True)
        longest = max((column.rows for column in signatures.columns), key=len)
        for index, line in enumerate(longest):
            facts = [column.rows[index] if index < len(column.rows) else None for column in signatures.columns]
            room = any(fact is not None and not fact.children for fact in facts)
            tr = self._row(element, height=_SIGNING_ROOM if room else 0)
            self.marker.note(tr, line)
            for fact, width in zip(facts, widths, strict=True):
                self._signature_line(tr, fact, width, last=index == len(longest) - 1)

    def _signature_line(self, tr: Element, fact: Fact | None, width: int, *, last: bool) -> None:
        paragraph = self._cell(tr, (), width, "Fact Text", keep_next=not last)
        if fact is not None:
            self.inlines.write(paragraph, fact.label, _BOLD)
            add_text(paragraph, self.colon, _BOLD)
            self.inlines.write(paragraph, fact.children)

    def _open(self, parent: Element, style: str, widths: Sequence[int]) -> Element:
        """Append ``w:tbl`` with its properties in the order of CT_TblPr, and its grid."""
        table = add(parent, "w:tbl")
        properties = add(table, "w:tblPr")
        style_id = self.styles.get(style)
        if style_id:
            add_val(properties, "w:tblStyle", style_id)
        add(properties, "w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"})
        add(properties, "w:tblLayout", {"w:type": "fixed"})
        add(
            properties,
            "w:tblLook",
            {"w:val": "0020", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "0", "w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"},
        )
        grid = add(table, "w:tblGrid")
        for width in widths:
            add(grid, "w:gridCol", {"w:w": str(width)})
        return table

    def _row(self, table: Element, *, header: bool = False, height: int = 0) -> Element:
        tr = add(table, "w:tr")
        properties = add(tr, "w:trPr")
        add(properties, "w:cantSplit")
        if height:
            add(properties, "w:trHeight", {"w:val": str(height), "w:hRule": "atLeast"})
        if header:
            add(properties, "w:tblHeader")
        return tr

    def _cell(
        self,
        tr: Element,
        inlines: Sequence[Inline],
        width: int,
        style: str,
        *,
        form: Format = PLAIN,
        span: int = 1,
        keep_next: bool = False,
        shade: str = "",
    ) -> Element:
        """Append a cell and return its one paragraph."""
        tc = etree.SubElement(tr, _TC)
        properties = etree.SubElement(tc, _TCPR)
        etree.SubElement(properties, _TCW, {_WIDTH: str(width), _TYPE: "dxa"})
        if span > 1:
            add_val(properties, "w:gridSpan", span)
        if shade:
            add(properties, "w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": shade})
        paragraph = add_paragraph(tc, self.styles.get(style), keep_next=keep_next)
        self.inlines.write(paragraph, inlines, form)
        return paragraph


def _plain_words(row: Row) -> list[str] | None:
    """Return the words of a row whose cells each hold one plain run, None for any other row."""
    words = []
    for cell in row.cells:
        if row.group or len(cell.children) != 1 or not isinstance(inline := cell.children[0], (Text, Value)):
            return None
        text = inline.text
        if not text or text[0].isspace() or text[-1].isspace() or _NEEDS_CARE.search(text):
            return None
        words.append(text)
    return words


def _append_like(table: Element, model: Element, words: Sequence[str]) -> None:
    """Append a copy of a plain row with other words: a quarter of the time of a new one, and tables can be long."""
    row = deepcopy(model)
    for text, shown in zip(row.iter(_T), words, strict=True):
        text.text = shown
    table.append(row)


def shares(width: int, parts: Sequence[int]) -> list[int]:
    """Return ``width`` split in proportion to ``parts``, to the last unit."""
    total = sum(parts)
    edges = [width * sum(parts[:index]) // total for index in range(len(parts) + 1)]
    return [high - low for low, high in pairwise(edges)]
