"""Tables for tests: the same clients as CSV, XLSX, ODS, Parquet and JSON Lines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from xlsxwriter import Workbook

from tests.tools import EXAMPLES

BASELINE = EXAMPLES / "outscale" / "baseline.yaml"


def clients(count: int) -> list[dict[str, object]]:
    """Return rows of invented clients, by the paths of their fields."""
    return [
        {
            "document.reference": f"SNC-2027-{number:04}",
            "document.version": "1.0",
            "document.effective_date": date(2027, 1 + number % 12, 15),
            "client.legal_name": f"{name} {number} SAS",
            "client.legal_form.fr": "société par actions simplifiée (SAS)",
            "client.legal_form.en": "simplified joint-stock company (SAS)",
            "client.siren": siren(number),
            "client.registered_office": f"{number} rue de l’Essai, 69001 Lyon, France",
            "client.country": "FR",
            "client_contacts[technical-account].name": f"Ada Martin-{number}",
            "client_contacts[technical-account].email": f"ada{number}@example.com",
            "contract.kind": "general-terms",
        }
        for number, name in ((each, ("Ardoise", "Brume", "Cèdre", "Dune")[each % 4]) for each in range(1, count + 1))
    ]


def siren(number: int) -> str:
    """Return a SIREN number whose last digit is right (Luhn)."""
    digits = f"{90000000 + number:08}"
    total = sum(sum(divmod(int(each) * (2 if index % 2 else 1), 10)) for index, each in enumerate(digits))
    return f"{digits}{-total % 10}"


def as_csv(rows: Sequence[Mapping[str, object]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    lines = [separator.join(headings), *(separator.join(f'"{row.get(each, "")}"' for each in headings) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def as_xlsx(rows: Sequence[Mapping[str, object]], sheets: Mapping[str, Sequence[Mapping[str, object]]] | None = None) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, of_sheet in {"clients": rows, **(sheets or {})}.items():
            sheet = book.add_worksheet(name)
            headings = list(dict.fromkeys(key for row in of_sheet for key in row))
            for line, values in enumerate([dict(zip(headings, headings, strict=True)), *of_sheet]):
                for column, heading in enumerate(headings):
                    if values.get(heading) is not None:
                        _put(sheet, line, column, values[heading])
    return content.getvalue()


def _put(sheet: Any, line: int, column: int, value: object) -> None:
    if isinstance(value, str):
        sheet.write_string(line, column, value)
    else:
        sheet.write(line, column, value)


def as_json_lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "\n".join(json.dumps(each, ensure_ascii=False, default=str) for each in rows).encode()


_ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="clients">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def as_ods(rows: Sequence[Mapping[str, object]], more: str = "") -> bytes:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    lines = [dict(zip(headings, headings, strict=True)), *rows]
    text = "".join(f"<table:table-row>{''.join(_ods_cell(each.get(key)) for key in headings)}</table:table-row>" for each in lines) + more
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format(rows=text))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return content.getvalue()


_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def as_parquet(rows: Sequence[Mapping[str, object]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    content = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict(each) for each in rows]), content)
    return content.getvalue()


def nested(row: Mapping[str, object]) -> dict[str, Any]:
    """Return a row as a client file would give it."""
    return {
        "document": {name: str(row[f"document.{name}"]) for name in ("reference", "version", "effective_date")},
        "client": {
            "legal_name": row["client.legal_name"],
            "legal_form": {"fr": row["client.legal_form.fr"], "en": row["client.legal_form.en"]},
            **{name: row[f"client.{name}"] for name in ("siren", "registered_office", "country")},
        },
        "client_contacts": [
            {
                "role": "technical-account",
                "name": row["client_contacts[technical-account].name"],
                "email": row["client_contacts[technical-account].email"],
            }
        ],
        "contract": {"kind": "general-terms"},
    }
