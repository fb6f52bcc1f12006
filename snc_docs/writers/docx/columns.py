"""Two languages side by side: a table of two cells a row, one row a heading, paragraph or item.

17.4. Rows may break over pages, unlike those of data. The table has no style of its own, so that a reference document need
not know it: a thin rule between its columns is its only border. The number of a heading is live in the left column (the
heading's list) and in the right one (a ``REF`` field to it); the heading on the right has outline level 9, body text
(17.3.1.20), so that it is listed once.
"""

from __future__ import annotations

from typing import Final

from snc_docs.writers.docx.paragraphs import add_paragraph, properties_of
from snc_docs.writers.docx.xml import Element, add, add_val

_GAP: Final = 170
_BODY_TEXT: Final = 9


def add_pair_table(parent: Element, width: int) -> Element:
    """Append an empty table of two equal columns, ``width`` twips in all; children of ``w:tblPr`` in the order of CT_TblPr."""
    table = add(parent, "w:tbl")
    properties = add(table, "w:tblPr")
    add(properties, "w:tblW", {"w:w": str(width), "w:type": "dxa"})
    borders = add(properties, "w:tblBorders")
    add(borders, "w:insideV", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "C6CED6"})
    add(properties, "w:tblLayout", {"w:type": "fixed"})
    margins = add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        add(margins, f"w:{side}", {"w:w": str(_GAP), "w:type": "dxa"})
    grid = add(table, "w:tblGrid")
    for column in column_widths(width):
        add(grid, "w:gridCol", {"w:w": str(column)})
    return table


def column_widths(width: int) -> tuple[int, int]:
    """Return the widths of the two columns, which add up to ``width``."""
    return width // 2, width - width // 2


def text_width(width: int) -> int:
    """Return the room for words in one column."""
    return width // 2 - 2 * _GAP


def add_pair(table: Element, width: int) -> tuple[Element, Element]:
    """Append a row and return its two cells, still empty: each needs a paragraph."""
    row = add(table, "w:tr")
    left, right = (_cell(row, column) for column in column_widths(width))
    return left, right


def _cell(row: Element, width: int) -> Element:
    cell = add(row, "w:tc")
    add(add(cell, "w:tcPr"), "w:tcW", {"w:w": str(width), "w:type": "dxa"})
    return cell


def add_translated_heading(parent: Element, style: str | None) -> Element:
    """Append the paragraph of a heading in the right column: the heading's look, no number of its own, not in the outline."""
    paragraph = add_paragraph(parent, style, keep_next=True, numbering=(0, 0))
    add_val(properties_of(paragraph), "w:outlineLvl", _BODY_TEXT)
    return paragraph
