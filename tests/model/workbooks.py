"""Workbooks written by hand, part by part, so that a test can put into one whatever a program might."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# A date is a number with a format; style 1 has one.
_STYLES = (
    f"<styleSheet {_NAMESPACE}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def name_of(line: int, column: int) -> str:
    """Return ``B3`` for row 3 and column 1; columns up to Z."""
    return f"{chr(ord('A') + column)}{line}"


def text_cell(text: str) -> str:
    return f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def rows_xml(rows: Sequence[Sequence[str]], *, empty: Sequence[int] = ()) -> str:
    """Return rows of texts as XML; ``empty`` are the rows, from 1, that are left out below those before them."""
    parts, line = [], 0
    for row in rows:
        line += 1
        while line in empty:
            line += 1
        cells = "".join(f'<c r="{name_of(line, at)}" t="inlineStr">{text_cell(text)}</c>' for at, text in enumerate(row) if text)
        parts.append(f'<row r="{line}">{cells}</row>')
    return "".join(parts)


def workbook(sheets: Mapping[str, str], *, hidden: Sequence[str] = (), more: Mapping[str, str] = {}, after: str = "") -> bytes:
    """Return a workbook of sheets, each with its rows as XML; ``after`` stands behind the rows, ``more`` are parts besides or instead."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"{" state=" + quoteattr("hidden") if name in hidden else ""}/>'
        for at, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(sheets) + 1)
    )
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for at in range(1, len(sheets) + 1))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_NAMESPACE} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}<Relationship Id="rId99" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{
            f"xl/worksheets/sheet{at}.xml": f"<worksheet {_NAMESPACE}><sheetData>{rows}</sheetData>{after}</worksheet>"
            for at, rows in enumerate(sheets.values(), 1)
        },
        **more,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()
