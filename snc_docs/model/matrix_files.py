"""The responsibility matrix from a spreadsheet's CSV file beside the baseline: one line an activity, with headings that name its fields.

Headings are ``id``, ``group.fr``, ``group.en``, ``activity.fr``, ``activity.en``, ``provider``, ``client``, ``note.fr``, ``note.en`` and ``administration``; a
heading without its language gives both languages the same text (R, A, C, I). A cell that is empty is an empty cell. The separator is found out: ``;`` is
what spreadsheets write where the comma is the decimal sign. The group of a line stands above it where it differs from that of the line before.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import found, read_file
from snc_docs.model.findings import finding_of
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.parts import Responsibility

MAX_BYTES: Final = 4 * 1024 * 1024
_MOST_ROWS: Final = 5000
_LANGUAGES: Final = tuple(LocalizedText.model_fields)
_TEXTS: Final = ("group", "activity", "provider", "client", "note")
_HEADINGS: Final = frozenset((*_TEXTS, *(f"{name}.{language}" for name in _TEXTS for language in _LANGUAGES), "id", "administration"))
_YES: Final = frozenset(("x", "oui", "yes", "true", "1"))
_HINT: Final = Wording(
    "un fichier CSV en UTF-8 dont la première ligne nomme les colonnes (docs/data.md)",
    "a CSV file in UTF-8 whose first line names the columns (docs/data.md)",
)


def read_matrix(folder: Path, name: str) -> tuple[tuple[Responsibility, ...], list[Diagnostic]]:
    """Return the rows of a matrix's file, and what is wrong with it, each with its line."""
    path = found(folder, name)
    try:
        content = read_file(path, MAX_BYTES)
    except FileTroubleError as error:
        return (), [_wrong(str(path), 1, error.wording)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return (), [_wrong(str(path), line, Wording("le fichier n'est pas en UTF-8", "the file isn't UTF-8"))]
    findings: list[Diagnostic] = []
    rows = tuple(_rows(text, str(path), findings))
    return ((), findings) if findings else (rows, [])


def _wrong(file: str, line: int, message: Wording) -> Diagnostic:
    return Diagnostic("matrix.file", Severity.ERROR, message, _HINT, file, line, "responsibility_matrix.file")


def _rows(text: str, file: str, findings: list[Diagnostic]) -> Iterator[Responsibility]:
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        headings = [each.strip() for each in next(reader, [])]
        unknown = [each for each in headings if each not in _HEADINGS]
        if unknown or "activity" not in {each.partition(".")[0] for each in headings} or len(set(headings)) < len(headings):
            known = ", ".join(sorted(_HEADINGS))
            what = ", ".join(unknown) or ", ".join(headings) or "–"
            findings.append(_wrong(file, 1, Wording(f"colonnes : « {what} » ; attendues : {known}", f"columns: '{what}'; expected: {known}")))
            return
        group: Any = None
        for number, cells in enumerate(reader, 1):
            if number > _MOST_ROWS:
                findings.append(_wrong(file, reader.line_num, Wording(f"plus de {_MOST_ROWS} lignes", f"over {_MOST_ROWS} lines")))
                return
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(headings):
                findings.append(_wrong(file, reader.line_num, Wording("plus de cellules que de colonnes", "more cells than columns")))
                continue
            values = _values(dict(zip(headings, cells, strict=False)), number)
            shown = {**values, "group": None if values.get("group") == group else values.get("group")}
            group = values.get("group")
            yield from _valid({name: value for name, value in shown.items() if value is not None}, file, reader.line_num, findings)
    except csv.Error as error:
        findings.append(_wrong(file, reader.line_num, Wording(f"CSV illisible ({error})", f"unreadable CSV ({error})")))


def _valid(values: dict[str, Any], file: str, line: int, findings: list[Diagnostic]) -> Iterator[Responsibility]:
    try:
        yield Responsibility.model_validate(values)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            finding = finding_of(detail)
            findings.append(
                Diagnostic("matrix.file", Severity.ERROR, finding.message, finding.hint, file, line, f"responsibility_matrix.rows.{finding.path}")
            )


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
    """Return an identifier made of an activity's words and of its line, by which two versions are compared."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:50].rstrip("-")
    return words or f"line-{number}"
