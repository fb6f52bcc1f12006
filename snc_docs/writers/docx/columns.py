"""Two languages side by side: a table of two cells a row, one row a heading, paragraph or item.

17.4. A row of paragraphs isn't broken over pages (17.4.6), one with a table may be. The table has no style of its own, so that a
reference document need not know it: a thin rule between its columns is its only border. The number of a heading is live in the left column (the
heading's list) and in the right one (a ``REF`` field to it); the heading on the right has outline level 9, body text
(17.3.1.20), so that it is listed once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from snc_docs.writers.docx.place import Place
from snc_docs.writers.docx.written import Flow, P, Tbl, Tc, Tr

_GAP: Final = 170
_BORDERS: Final = '<w:tblBorders><w:insideV w:val="single" w:sz="4" w:space="0" w:color="C6CED6"/></w:tblBorders>'
_MARGINS: Final = "".join(f'<w:{side} w:w="{_GAP}" w:type="dxa"/>' for side in ("left", "right"))


def pair_table(width: int) -> Tbl:
    """Return a table of two equal columns without rows, ``width`` twips in all; properties in the order of CT_TblPr."""
    properties = f'<w:tblW w:w="{width}" w:type="dxa"/>{_BORDERS}<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
    return Tbl(properties, column_widths(width), [])


def pair_row(left: Flow, right: Flow, width: int, key: str, move: str) -> Tr:
    """Return a row of two cells."""
    cells = [Tc(f'<w:tcW w:w="{column}" w:type="dxa"/>', flow) for column, flow in zip(column_widths(width), (left, right), strict=True)]
    return Tr("<w:cantSplit/>" if all(type(each) is P for flow in (left, right) for each in flow) else "", cells, key, move)


def column_widths(width: int) -> tuple[int, int]:
    """Return the widths of the two columns, which add up to ``width``."""
    return width // 2, width - width // 2


def column_of(place: Place, colon: str, language: str | None) -> Place:
    """Return the room for words in one column, in its language."""
    return replace(place, width=place.width // 2 - 2 * _GAP, colon=colon, language=language)
