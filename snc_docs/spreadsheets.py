"""The cells of a workbook, or what is wrong with which cell: as texts, what a CSV file of the same sheet would hold (.xlsx), or as values (.xlsx, .ods).

A workbook is hostile until checked: the archive by ``archives``; then the sheet's own XML, since a single cell at the far end of a sheet makes
a reader lay out all those before it, and OpenDocument repeats a cell or a row by a number. Values are read by calamine, which knows shared strings,
dates and rich text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree as ET

from snc_docs.archives import UntrustedArchiveError, WordArchive, check_xml, parsed, read_archive, unpacked
from snc_docs.errors import SncDocsError, Wording
from snc_docs.patterns import regex


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may hold at most: rows with the headings, columns, and tags of one part."""

    rows: int
    columns: int
    tags: int


# A matrix: five thousand rows of ten cells, and the strings that they share.
MATRIX: Final = Limits(5_001, 50, 1_000_000)
_WORKBOOK: Final = Wording("un classeur Excel (.xlsx)", "an Excel workbook (.xlsx)")
_OPEN: Final = Wording("un classeur OpenDocument (.ods)", "an OpenDocument workbook (.ods)")
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# A workbook of the old format, and a new one with a password, in which it is wrapped.
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE: Final = regex(r"([A-Z]{1,3})(\d{1,7})")


class WorkbookError(SncDocsError):
    """A workbook, or one cell of it, that can't be used; ``line`` is the row, from 1, its wording the reason alone."""

    exit_code = 2

    def __init__(self, wording: Wording, line: int = 1) -> None:
        """Say why, at a row."""
        super().__init__(wording)
        self.line = line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows as texts, each with its number from 1; ``troubles`` says what is wrong with cells, by row and column from 0."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    troubles: Mapping[tuple[int, int], Wording] = field(default_factory=dict)

    def place(self, line: int, column: int) -> Wording:
        """Return what people call a cell, before what is said of it."""
        cell = cell_place(self.name, line, column)
        return Wording(f"{cell.fr} : ", f"{cell.en}: ")


def cell_place(sheet: str, line: int, column: int) -> Wording:
    """Return what people call a cell, by its row from 1 and its column from 0."""
    cell = f"{_letters(column)}{line}"
    return Wording(f"feuille « {sheet} », cellule {cell}", f"sheet '{sheet}', cell {cell}")


def is_workbook(content: bytes) -> bool:
    """Return whether a file is an archive, as workbooks are, or a workbook that is none."""
    return content.startswith((b"PK", _OLD_OR_LOCKED))


@dataclass(frozen=True, slots=True)
class ValueSheet:
    """A sheet's rows as values (texts, numbers, days, yes or no, None), each with its number from 1; ``troubles`` as in ``Sheet``."""

    name: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    troubles: Mapping[tuple[int, int], Wording] = field(default_factory=dict)


def read_sheet(content: bytes, named: str | None) -> Sheet:
    """Return the sheet of that name, or the only one that shows; WorkbookError says why it can't be read."""
    archive = _workbook(content, MATRIX)
    try:
        name, part = _chosen(archive, named)
        cells = parsed(part)
    except UntrustedArchiveError as error:
        raise WorkbookError(error.wording) from error
    return _Cells(name, cells, MATRIX).read(content)


def read_values(content: bytes, limits: Limits) -> tuple[ValueSheet, ...]:
    """Return the sheets of a workbook that show, in their order, with the rows that hold something; WorkbookError says why it can't be read."""
    try:
        if b"application/vnd.oasis.opendocument.spreadsheet" in content[:_HEAD]:
            return tuple(ValueSheet(name, _filled_rows(_values(content, name))) for name in _open_sheets(content, limits))
        archive = _workbook(content, limits)
        cells = [_Cells(name, parsed(archive.parts[part]), limits) for name, part in _shown_sheets(archive)]
        return tuple(ValueSheet(each.name, _filled_rows(each.values(content)), each.troubles) for each in cells)
    except UntrustedArchiveError as error:
        raise WorkbookError(error.wording) from error


# Where an OpenDocument file says what it is.
_HEAD: Final = 200


def _filled_rows(grid: Sequence[Sequence[Any]]) -> tuple[tuple[int, tuple[object, ...]], ...]:
    """Return the rows that hold something, each with its number."""
    rows = ((line, tuple(None if each == "" else each for each in row)) for line, row in enumerate(grid, 1))
    return tuple((line, row) for line, row in rows if any(each is not None for each in row))


def _open_sheets(content: bytes, limits: Limits) -> list[str]:
    """Return the names of an OpenDocument workbook's sheets; WorkbookError for one whose cells, repeated, are too many."""
    part = unpacked(content, UntrustedArchiveError(_isnt(_OPEN))).get("content.xml", b"")
    check_xml(part, limits.tags)
    names = []
    for sheet in parsed(part).iter(f"{_TABLE}table"):
        names.append(str(sheet.get(f"{_TABLE}name")))
        row = 0
        for each in sheet.iter(f"{_TABLE}table-row"):
            row += _number(each.get(f"{_TABLE}number-rows-repeated")) or 1
            filled = list(_repeated(each))
            if filled and (row > limits.rows or max(filled) > limits.columns):
                raise WorkbookError(_too_large(Wording(f"feuille « {names[-1]} »", f"sheet '{names[-1]}'"), limits))
    return names


def _repeated(row: ET.Element) -> Iterator[int]:
    """Yield the last column, from 1, of each cell of a row that holds something."""
    column = 0
    for cell in row:
        column += _number(cell.get(f"{_TABLE}number-columns-repeated")) or 1
        if len(cell):
            yield column


def _isnt(kind: Wording) -> Wording:
    return Wording(f"ce n'est pas {kind.fr}", f"this isn't {kind.en}")


def _too_large(place: Wording, limits: Limits) -> Wording:
    return Wording(
        f"{place.fr} : plus de {limits.rows - 1} lignes ou de {limits.columns} colonnes",
        f"{place.en}: over {limits.rows - 1} lines or {limits.columns} columns",
    )


def _workbook(content: bytes, limits: Limits) -> WordArchive:
    """Return the parts of an Excel workbook."""
    if content.startswith(_OLD_OR_LOCKED):
        raise WorkbookError(
            Wording(
                "le classeur a un mot de passe, ou l'ancien format .xls : l'enregistrer en .xlsx, sans mot de passe",
                "the workbook has a password, or the old format .xls: save it as .xlsx, without a password",
            )
        )
    try:
        return read_archive(content, most_tags=limits.tags, kind=_WORKBOOK)
    except UntrustedArchiveError as error:
        raise WorkbookError(error.wording) from error


def _shown_sheets(archive: WordArchive) -> Iterator[tuple[str, str]]:
    """Yield the name and part of each worksheet that shows."""
    targets = {identifier: target for identifier, _, target, _ in archive.related(archive.main)}
    for each in parsed(archive.parts[archive.main]).iter(f"{_MAIN}sheet"):
        target = targets.get(str(each.get(_RELATION)), "")
        if each.get("state", "visible") == "visible" and target in archive.parts:
            yield str(each.get("name")), target


def _chosen(archive: WordArchive, named: str | None) -> tuple[str, bytes]:
    """Return the name and part of the sheet to read."""
    sheets = {str(each.get("name")): each for each in parsed(archive.parts[archive.main]).iter(f"{_MAIN}sheet")}
    shown = [name for name, each in sheets.items() if each.get("state", "visible") == "visible"]
    listed = ", ".join(sheets) or "–"
    if named is not None and named not in sheets:
        raise WorkbookError(Wording(f"pas de feuille « {named} » ; il y a : {listed}", f"no sheet '{named}'; there are: {listed}"))
    if named is None and len(shown) != 1:
        raise WorkbookError(
            Wording(
                f"plusieurs feuilles ({listed}) : en nommer une, « sheet: … » à côté de « file: »",
                f"several sheets ({listed}): name one, 'sheet: …' beside 'file:'",
            )
        )
    name = named or shown[0]
    target = next((target for identifier, _, target, _ in archive.related(archive.main) if identifier == sheets[name].get(_RELATION)), "")
    if target not in archive.parts:
        raise WorkbookError(Wording(f"la feuille « {name} » n'est pas une feuille de calcul", f"sheet '{name}' isn't a worksheet"))
    return name, archive.parts[target]


class _Cells:
    """The cells of one sheet, from its XML: where they are, and what only the XML says of them."""

    def __init__(self, name: str, sheet: ET.Element, limits: Limits) -> None:
        self.name, self._limits = name, limits
        self.troubles: dict[tuple[int, int], Wording] = {}
        self.merged = [_range(str(each.get("ref"))) for each in sheet.iter(f"{_MAIN}mergeCell")]
        line = 0
        for row in sheet.iter(f"{_MAIN}row"):
            line = _number(row.get("r")) or line + 1
            column = -1
            for cell in row.iter(f"{_MAIN}c"):
                place = _PLACE.fullmatch(cell.get("r", ""))
                column = _column(place[1]) if place else column + 1
                if len(cell):  # else a format without a value, which may go to the far end of a sheet
                    self._look_at(cell, int(place[2]) if place else line, column)

    def _look_at(self, cell: ET.Element, line: int, column: int) -> None:
        self._refuse_far(line, column)
        value = cell.find(f"{_MAIN}v")
        has_value = value is not None and bool(value.text)
        if cell.get("t") == "e":
            said = f"« {value.text if value is not None else ''} »"
            self.troubles[line, column] = Wording(f"la formule donne une erreur {said}", f"the formula gives an error {said}")
        elif cell.find(f"{_MAIN}f") is not None and not has_value and cell.get("t") != "str":
            self.troubles[line, column] = Wording(
                "une formule sans résultat enregistré : ouvrir le classeur, l'enregistrer, ou mettre la valeur",
                "a formula without a saved result: open the workbook and save it, or put the value",
            )

    def _refuse_far(self, line: int, column: int) -> None:
        """Raise WorkbookError for a cell beyond what a matrix has."""
        rows, columns = self._limits.rows, self._limits.columns
        if line > rows or column >= columns:
            raise WorkbookError(_too_large(cell_place(self.name, line, column), self._limits), line)

    def values(self, content: bytes) -> list[list[Any]]:
        """Return the values of the sheet, merged cells filled downwards."""
        grid = _values(content, self.name)
        self._fill(grid)
        return grid

    def read(self, content: bytes) -> Sheet:
        """Return the rows that hold something, merged cells filled downwards."""
        grid = _values(content, self.name)
        texts = [[self._text(value, line, column) for column, value in enumerate(row)] for line, row in enumerate(grid, 1)]
        self._fill(texts)
        return Sheet(self.name, tuple((line, _trimmed(row)) for line, row in enumerate(texts, 1) if any(map(str.strip, row))), self.troubles)

    def _text(self, value: Any, line: int, column: int) -> str:
        """Return a value as a CSV file would hold it; what has no one form there is a trouble."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (int, float)) and value == int(value):
            return str(int(value))
        what = (
            Wording("une date ou une heure", "a date or a time")
            if isinstance(value, (dt.date, dt.time, dt.timedelta))
            else Wording("un nombre à virgule", "a number with decimals")
        )
        self.troubles[line, column] = Wording(f"{what.fr} : mettre la cellule au format texte", f"{what.en}: make the cell a text")
        return ""

    def _fill(self, texts: Sequence[list[Any]]) -> None:
        """Give each cell of a merged column the value that it shows; cells merged over columns are troubles."""
        for (first, left), (last, right) in self.merged:
            if left != right:
                self.troubles[first, left] = Wording(
                    "cellules fusionnées sur plusieurs colonnes : les séparer", "cells merged over columns: split them"
                )
                continue
            inside = texts[first - 1 : last] if left < len(texts[0] if texts else ()) else ()
            for row in inside:
                row[left] = texts[first - 1][left]


def _values(content: bytes, name: str) -> list[list[Any]]:
    """Return the values of a sheet from its first cell on."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except BaseException as error:
        # A panic of the library in Rust comes as an exception outside Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise WorkbookError(Wording(f"classeur illisible ({error})", f"unreadable workbook ({error})")) from error


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """Return a row without the empty cells at its end."""
    length = max((index for index, text in enumerate(row, 1) if text.strip()), default=0)
    return tuple(row[:length])


def _range(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the first and last cells of ``A1:B2``, rows from 1 and columns from 0; a single cell for what isn't a range."""
    places = [(int(row), _column(letters)) for letters, row in _PLACE.findall(reference)]
    return (places[0], places[-1]) if places else ((1, 0), (1, 0))


def _number(text: str | None) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,9}", text) else 0


def _column(letters: str) -> int:
    """Return 0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    """Return A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
