"""The responsibility matrix from a spreadsheet's file beside the baseline, CSV or XLSX: one line an activity, with headings that name its fields.

Headings are ``id``, ``group.fr``, ``group.en``, ``activity.fr``, ``activity.en``, ``provider``, ``client``, ``note.fr``, ``note.en`` and ``administration``; a
heading without its language gives both languages the same text (R, A, C, I). A cell that is empty is an empty cell. The separator is found out: ``;`` is
what spreadsheets write where the comma is the decimal sign. The group of a line stands above it where it differs from that of the line before.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.model.findings import finding_of
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.named_files import known_as, named_content
from snc_docs.model.parts import Responsibility
from snc_docs.model.source import Source
from snc_docs.spreadsheets import WorkbookError, is_workbook, read_sheet

MAX_BYTES: Final = 4 * 1024 * 1024
_MOST_ROWS: Final = 5000
_LANGUAGES: Final = tuple(LocalizedText.model_fields)
_TEXTS: Final = ("group", "activity", "provider", "client", "note")
_HEADINGS: Final = frozenset((*_TEXTS, *(f"{name}.{language}" for name in _TEXTS for language in _LANGUAGES), "id", "administration"))
_YES: Final = frozenset(("x", "oui", "yes", "true", "1"))
_HINT: Final = Wording(
    "un fichier CSV en UTF-8, ou un classeur .xlsx, dont la première ligne nomme les colonnes (docs/data.md)",
    "a CSV file in UTF-8, or an .xlsx workbook, whose first line names the columns (docs/data.md)",
)


def read_matrix(source: Source, name: str, sheet: str | None = None) -> tuple[tuple[Responsibility, ...], list[Diagnostic]]:
    """Return the rows of a matrix's file, CSV or XLSX, and what is wrong with it, each with its line and, of a workbook, its cell."""
    file = known_as(source, name)
    findings: list[Diagnostic] = []
    try:
        content = named_content(source, name, MAX_BYTES)
        table = _of_workbook(content, sheet, findings, file) if is_workbook(content) else _of_csv(content, sheet, file)
        rows = tuple(_rows(table, findings))
    except FileTroubleError as error:
        findings.append(_wrong(file, 1, error.wording))
    except WorkbookError as error:
        findings.append(_wrong(file, error.line, error.wording))
    return ((), findings) if findings else (rows, [])


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of a file, each with its number; ``place`` says where a cell of one is, where its line alone doesn't."""

    file: str
    lines: Iterator[tuple[int, Sequence[str]]]
    place: Callable[[int, int], Wording]

    def wrong(self, line: int, column: int, message: Wording) -> Diagnostic:
        """Return a finding on a cell."""
        place = self.place(line, column)
        return _wrong(self.file, line, Wording(place.fr + message.fr, place.en + message.en))


def _of_workbook(content: bytes, named: str | None, findings: list[Diagnostic], file: str) -> _Table:
    """Return the lines of a workbook's sheet; a finding for each cell that can't be used."""
    sheet = read_sheet(content, named)
    table = _Table(file, iter(sheet.rows), sheet.place)
    findings += (table.wrong(line, column, message) for (line, column), message in sorted(sheet.troubles.items()))
    return table


def _of_csv(content: bytes, named: str | None, file: str) -> _Table:
    """Return the lines of a CSV file; WorkbookError where it isn't one, or a sheet of it is asked for."""
    if named is not None:
        raise WorkbookError(Wording("un fichier CSV n'a pas de feuilles : retirer « sheet »", "a CSV file has no sheets: remove 'sheet'"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorkbookError(Wording("le fichier n'est pas en UTF-8", "the file isn't UTF-8"), content.count(b"\n", 0, error.start) + 1) from error
    return _Table(file, _lines(text), lambda *_: Wording("", ""))


def _lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        yield from ((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        raise WorkbookError(Wording(f"CSV illisible ({error})", f"unreadable CSV ({error})"), reader.line_num) from error


def _wrong(file: str, line: int, message: Wording) -> Diagnostic:
    return Diagnostic("matrix.file", Severity.ERROR, message, _HINT, file, line, "responsibility_matrix.file")


def _rows(table: _Table, findings: list[Diagnostic]) -> Iterator[Responsibility]:
    first, cells = next(table.lines, (1, ()))
    headings = [each.strip() for each in cells]
    unknown = [each for each in headings if each not in _HEADINGS]
    if unknown or "activity" not in {each.partition(".")[0] for each in headings} or len(set(headings)) < len(headings):
        known, what = ", ".join(sorted(_HEADINGS)), ", ".join(unknown) or ", ".join(headings) or "–"
        message = Wording(f"colonnes : « {what} » ; attendues : {known}", f"columns: '{what}'; expected: {known}")
        findings.append(table.wrong(first, headings.index(unknown[0]) if unknown else 0, message))
        return
    group: Any = None
    filled = ((line, cells) for line, cells in table.lines if any(cell.strip() for cell in cells))
    for number, (line, cells) in enumerate(filled, 1):
        if number > _MOST_ROWS:
            findings.append(table.wrong(line, 0, Wording(f"plus de {_MOST_ROWS} lignes", f"over {_MOST_ROWS} lines")))
            return
        if len(cells) > len(headings):
            findings.append(table.wrong(line, len(headings), Wording("plus de cellules que de colonnes", "more cells than columns")))
            continue
        values = _values(dict(zip(headings, cells, strict=False)), number)
        shown = {**values, "group": None if values.get("group") == group else values.get("group")}
        group = values.get("group")
        yield from _valid({name: value for name, value in shown.items() if value is not None}, table, headings, line, findings)


def _valid(values: dict[str, Any], table: _Table, headings: Sequence[str], line: int, findings: list[Diagnostic]) -> Iterator[Responsibility]:
    try:
        yield Responsibility.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            finding = finding_of(detail)
            column = next((index for index, each in enumerate(headings) if each.partition(".")[0] == str(detail["loc"][0])), 0)
            wrong = table.wrong(line, column, finding.message)
            findings.append(replace(wrong, hint=finding.hint, path=f"responsibility_matrix.rows.{finding.path}"))


def _values(row: dict[str, str], number: int) -> dict[str, Any]:
    """Return a line's values as a baseline would give them."""
    values: dict[str, Any] = {name: text for name in _TEXTS if (text := _text(row, name)) is not None}
    activity = values.get("activity", {})
    values["id"] = row.get("id", "").strip() or _identifier(str(activity.get("en") or activity.get("fr") or ""), number)
    values["administration"] = row.get("administration", "").strip().lower() in _YES
    return values


def _text(row: dict[str, str], name: str) -> dict[str, str] | None:
    texts = {language: (row.get(f"{name}.{language}") or row.get(name) or "").strip() for language in _LANGUAGES}
    given = {language: text for language, text in texts.items() if text}
    return given or None


def _identifier(text: str, number: int) -> str:
    """Return an identifier made of an activity's words, else of its place, by which two versions are compared."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:50].rstrip("-")
    return words or f"line-{number}"
