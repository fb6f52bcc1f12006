"""Tables from outside, whatever file they come in: CSV, XLSX, ODS, Parquet or JSON Lines, as rows of cells that know where they stand.

A CSV file's encoding and separator are found out, and said: Excel writes ``;`` and Windows-1252 where the comma is the decimal sign. A table is
hostile until checked: caps on bytes, rows and columns, and the workbook's own (``snc_docs.spreadsheets``).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import SncDocsError, Wording
from snc_docs.spreadsheets import Limits, WorkbookError, cell_place, read_values

MAX_BYTES: Final = 256 * 1024 * 1024
LIMITS: Final = Limits(rows=200_001, columns=1_000, tags=60_000_000)
SUFFIXES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".parquet", ".jsonl", ".ndjson")
_ENCODINGS: Final = (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"))
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS: Final = ";,\t|"


class TableError(SncDocsError):
    """A table that can't be read; its wording names the file."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the file holds it (text, number, day, yes or no), and where: ``place`` is what people call it, "sheet 'Clients', cell B7"."""

    value: object
    line: int
    place: Wording
    trouble: Wording | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, from 1, and its filled cells by their headings. A row of JSON Lines is ``data`` and has no cells."""

    line: int
    cells: Mapping[str, Cell] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet or file, under its headings."""

    file: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tables(content: bytes, name: str) -> tuple[tuple[Table, ...], tuple[Diagnostic, ...]]:
    """Return the tables of a file, the first being that of the clients, and what was found out about it; TableError says why it can't be read."""
    suffix = PurePath(name).suffix.lower()
    try:
        match suffix:
            case ".xlsx" | ".ods":
                return _of_workbook(content, name), ()
            case ".parquet":
                return (_of_parquet(content, name),), ()
            case ".jsonl" | ".ndjson":
                return (_of_json_lines(content, name),), ()
            case ".csv" | ".tsv" | ".txt":
                return _of_csv(content, name)
            case _:
                known = ", ".join(SUFFIXES)
                raise TableError(Wording(f"{name} : ce n'est pas une table ({known}).", f"{name}: this isn't a table ({known})."))
    except WorkbookError as error:
        raise TableError(Wording(f"{name} : {error.wording.fr}.", f"{name}: {error.wording.en}.")) from error


def _of_workbook(content: bytes, name: str) -> tuple[Table, ...]:
    tables = []
    for sheet in read_values(content, LIMITS):
        if not sheet.rows:
            continue
        lines = (
            (
                line,
                [_Value(value, cell_place(sheet.name, line, column), sheet.troubles.get((line, column))) for column, value in enumerate(row)],
            )
            for line, row in sheet.rows
        )
        tables.append(_table(name, sheet.name, lines))
    if not tables:
        raise TableError(Wording(f"{name} : aucune ligne.", f"{name}: no line."))
    return tuple(tables)


def _of_csv(content: bytes, name: str) -> tuple[tuple[Table, ...], tuple[Diagnostic, ...]]:
    text, encoding = _decoded(content, name)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)

    def lines() -> Iterator[tuple[int, list[_Value]]]:
        for row in reader:
            line = reader.line_num
            yield line, [_Value(value, _in_line(line, column)) for column, value in enumerate(row, 1)]

    try:
        table = _table(name, PurePath(name).stem, lines())
    except csv.Error as error:
        raise TableError(
            Wording(f"{name}, ligne {reader.line_num} : CSV illisible ({error}).", f"{name}, line {reader.line_num}: unreadable CSV ({error}).")
        ) from error
    shown = {"\t": "tab"}.get(separator, separator)
    said = Wording(f"CSV lu en {encoding}, séparateur « {shown} »", f"CSV read as {encoding}, separator '{shown}'")
    return (table,), (Diagnostic("table.read", Severity.INFO, said, file=name),)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of a CSV file and the name of its encoding."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace"), "UTF-16"
    for encoding, shown in _ENCODINGS:
        try:
            return content.decode(encoding), shown
        except UnicodeDecodeError:
            continue
    raise TableError(
        Wording(
            f"{name} : ni UTF-8 ni Windows-1252 ; l'enregistrer en « CSV UTF-8 ».", f"{name}: neither UTF-8 nor Windows-1252; save it as 'CSV UTF-8'."
        )
    )


def _of_parquet(content: bytes, name: str) -> Table:
    try:
        from pyarrow import ArrowException, BufferReader, parquet
    except ImportError as error:
        raise TableError(
            Wording(f"{name} : pour lire Parquet, installer snc_docs[parquet].", f"{name}: to read Parquet, install snc_docs[parquet].")
        ) from error
    try:
        file = parquet.ParquetFile(BufferReader(content))
        if file.metadata.num_rows >= LIMITS.rows or file.metadata.num_columns > LIMITS.columns:
            raise TableError(_too_large(name))
        records = file.read().to_pylist()
    except (ArrowException, OSError) as error:
        raise TableError(Wording(f"{name} : Parquet illisible ({error}).", f"{name}: unreadable Parquet ({error}).")) from error
    headings = tuple(file.schema_arrow.names)
    rows = tuple(
        Row(line, {key: Cell(value, line, _in_row(line, key)) for key, value in record.items() if value is not None})
        for line, record in enumerate(records, 1)
    )
    return Table(name, PurePath(name).stem, headings, rows)


def _of_json_lines(content: bytes, name: str) -> Table:
    text, _ = _decoded(content, name)
    rows: list[Row] = []
    for line, each in enumerate(text.split("\n"), 1):
        if not each.strip():
            continue
        if len(rows) >= LIMITS.rows:
            raise TableError(_too_large(name))
        try:
            data = json.loads(each)
        except (ValueError, RecursionError) as error:
            raise TableError(
                Wording(f"{name}, ligne {line} : JSON illisible ({error}).", f"{name}, line {line}: unreadable JSON ({error}).")
            ) from error
        if not isinstance(data, dict):
            raise TableError(Wording(f"{name}, ligne {line} : un objet JSON est attendu.", f"{name}, line {line}: a JSON object is expected."))
        rows.append(Row(line, data=data))
    return Table(name, PurePath(name).stem, (), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Value:
    value: object
    place: Wording
    trouble: Wording | None = None

    @property
    def is_filled(self) -> bool:
        return self.trouble is not None or not (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


def _table(file: str, name: str, lines: Iterator[tuple[int, list[_Value]]]) -> Table:
    """Return a table whose first filled line names its columns; TableError for two columns of one name, or a cell without one."""
    headings: list[str] = []
    rows: list[Row] = []
    for line, values in lines:
        if not any(each.is_filled for each in values):
            continue
        if not headings:
            headings = _headings(file, values)
            continue
        if len(rows) >= LIMITS.rows:
            raise TableError(_too_large(file))
        for beyond in (each for each in values[len(headings) :] if each.is_filled):
            raise TableError(
                Wording(
                    f"{file}, {beyond.place.fr} : une valeur sans titre de colonne.", f"{file}, {beyond.place.en}: a value without a column heading."
                )
            )
        filled = zip(headings, values, strict=False)
        rows.append(Row(line, {key: Cell(each.value, line, each.place, each.trouble) for key, each in filled if key and each.is_filled}))
    return Table(file, name, tuple(filter(None, headings)), tuple(rows))


def _headings(file: str, values: Sequence[_Value]) -> list[str]:
    headings = [str(each.value).strip() if each.is_filled else "" for each in values]
    while headings and not headings[-1]:
        headings.pop()
    double = next((each for index, each in enumerate(headings) if each and each in headings[:index]), None)
    if double is not None:
        raise TableError(Wording(f"{file} : deux colonnes « {double} ».", f"{file}: two columns '{double}'."))
    return headings


def _too_large(name: str) -> Wording:
    return Wording(
        f"{name} : plus de {LIMITS.rows - 1} lignes ou de {LIMITS.columns} colonnes ; partager le fichier.",
        f"{name}: over {LIMITS.rows - 1} lines or {LIMITS.columns} columns; split the file.",
    )


def _in_line(line: int, column: int) -> Wording:
    return Wording(f"ligne {line}, colonne {column}", f"line {line}, column {column}")


def _in_row(line: int, heading: str) -> Wording:
    return Wording(f"ligne {line}, colonne « {heading} »", f"row {line}, column '{heading}'")
