"""The workbook to fill in: a column a field, its heading in both languages over its path, what it is in a note, and the choices that it has."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from snc_docs.campaign.columns import USUAL, Column, all_columns
from snc_docs.errors import Wording
from snc_docs.model.facts import Declared
from snc_docs.model.listing import kind_wording

# A sheet of this name is for people: it is never read.
HELP: Final = "# aide – help"
_SHEET: Final = "clients"
_ROWS: Final = 10_000
_WIDTH: Final = 26
_MOST_IN_A_LIST: Final = 255
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes, whenever it is made
_OF_CONTACTS: Final = ("name", "job_title.fr", "job_title.en", "email", "telephone", "availability.fr", "availability.en")
_HELP_HEADINGS: Final = ("colonne / column", "français", "English", "choix / choices")


def usual_columns(declared: Declared = (), services: Iterable[str] = (), roles: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return the columns that most clients need: the agreement, the client, the contract, who is to be reached, what is subscribed, own facts."""
    wanted = {*USUAL, *(f"client_contacts[{role}].{name}" for role in roles for name in _OF_CONTACTS)}
    return tuple(each for each in all_columns(declared, services) if each.path in wanted or each.path.startswith(("subscriptions[", "facts.")))


def sheet_to_fill_in(columns: Sequence[Column]) -> bytes:
    """Return the workbook (.xlsx): one sheet to fill in, and one that explains every column."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "constant_memory": False}) as book:
        book.set_properties({"created": _CREATED})
        _fill_in(book, columns)
        _explain(book, columns)
    return content.getvalue()


def _fill_in(book: Any, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(_SHEET)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7ECF3", "border": 1})
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "0.00"}),
        str: book.add_format({"num_format": "@"}),
    }
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 64)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _WIDTH, formats[_format(column)])
        sheet.write_string(0, index, f"{column.label.fr}\n{column.label.en}\n{column.path}", heading)
        sheet.write_comment(0, index, _note(column), {"x_scale": 2})
        _offer(sheet, index, column)


def _offer(sheet: Any, index: int, column: Column) -> None:
    """Let a cell be chosen from a list, where the field has one that Excel takes; a whole item is marked by an x."""
    choices = [each.value for each in column.choices] or (["x"] if _is_item(column) else [])
    if choices and not column.is_list and len(",".join(choices)) <= _MOST_IN_A_LIST:
        sheet.data_validation(1, index, _ROWS, index, {"validate": "list", "source": choices})


def _is_item(column: Column) -> bool:
    return column.path.endswith("]")


def _format(column: Column) -> type:
    kind = column.kind if isinstance(column.kind, type) else str
    return next((each for each in (date, Decimal) if issubclass(kind, each)), str)


def _note(column: Column) -> str:
    """Return what a column holds, in both languages."""
    what = _kind(column)
    choices = "".join(f"\n{each.value}: {each.wording.fr} / {each.wording.en}" for each in column.choices)
    return f"{what.fr}\n{what.en}{choices}"


def _kind(column: Column) -> Wording:
    if _is_item(column):
        return Wording("x : souscrit", "x: subscribed")
    if column.path.startswith("facts."):
        return Wording("fait propre", "own fact")
    return kind_wording(column.kind, is_list=column.is_list)


def _explain(book: Any, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(HELP)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 40, wrapped)
    for index, text in enumerate(_HELP_HEADINGS):
        sheet.write_string(0, index, text, bold)
    for line, column in enumerate(columns, 1):
        kind = _kind(column)
        choices = ", ".join(each.value for each in column.choices)
        for index, text in enumerate((column.path, f"{column.label.fr} ({kind.fr})", f"{column.label.en} ({kind.en})", choices)):
            sheet.write_string(line, index, text)
