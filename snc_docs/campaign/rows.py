"""From the rows of tables to records: what a program would hand to ``load_agreement``, each cell under its path, and where each came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Final

from snc_docs.campaign.cells import CellError, Note, Notes, order_of, value_of
from snc_docs.campaign.columns import Column, columns_of
from snc_docs.campaign.tables import Cell, Row, Table
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import ClientFile
from snc_docs.model.base import Model, is_part, kind_of
from snc_docs.model.facts import Declared
from snc_docs.model.field_names import in_a_cell
from snc_docs.model.given import Given
from snc_docs.paths import DataPath
from snc_docs.patterns import regex

REFERENCE: Final = DataPath("document.reference")
_MOST_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a value is."""

    line: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Record:
    """The data of one client: ``given`` for ``load_agreement``, where it is from, and what was found while reading it; ``places`` are by JSON pointer."""

    file: str
    line: int | None
    given: Given
    findings: tuple[Diagnostic, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def located(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding on the data with the file and line of the row, and the cell, that it is about."""
        if finding.file is not None:
            return finding
        place = self._place(finding.pointer or "")
        if place is None:
            name = DataPath(finding.path or "").steps[-1:]
            return replace(finding, file=self.file, line=self.line, hint=in_a_cell(finding.hint, name[0] if name else "", finding.path or ""))
        message = Wording(f"{place.wording.fr} : {finding.message.fr}", f"{place.wording.en}: {finding.message.en}")
        last = (finding.pointer or "").rpartition("/")[2]
        return replace(finding, file=self.file, line=place.line, message=message, hint=in_a_cell(finding.hint, last, finding.path or ""))

    def _place(self, pointer: str) -> Place | None:
        """Return the place of a value, or of the nearest that holds it."""
        while pointer:
            if pointer in self.places:
                return self.places[pointer]
            pointer = pointer.rpartition("/")[0]
        return None


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a table, and the findings that are about no single row."""

    records: tuple[Record, ...]
    findings: tuple[Diagnostic, ...]


def records_of(
    tables: Sequence[Table], mapping: Mapping[str, str | None] | None = None, declared: Declared = (), dates: str | None = None
) -> Records:
    """Return a record for each row of the first table, with the items that further tables, named as a list of the client file, give by its reference.

    ``dates`` is the order of days written with slashes, where the columns don't show it. FindingsError for headings that lead nowhere.
    """
    main, *others = tables
    findings: list[Diagnostic] = []
    notes: dict[tuple[str, Note], list[int]] = defaultdict(list)
    reader = _Reader(mapping, declared, dates, notes, findings)
    lists = reader.lists(others)
    columns = columns_of(main.headings, main.file, mapping, declared)
    findings += columns.findings
    if any(each.severity is Severity.ERROR for each in findings):
        raise FindingsError(findings)
    orders = reader.orders(main.rows, columns.by_heading)
    usual = _usual_length(main.rows)
    records = [_doubted(reader.record(main, row, columns.by_heading, orders, lists), row, usual) for row in main.rows]
    findings += _unused(lists, records)
    findings += (_said(main.file, heading, note, lines) for (heading, note), lines in notes.items())
    return Records(tuple(records), tuple(findings))


# How a spreadsheet's last row, or one between groups, calls itself.
_TOTAL: Final = regex(
    r"(?:(?:le|grand|sous|sub)[\s-]*)?tota(?:l|ux|ls)(?:[\s:.–-]*(?:g[ée]n[ée]ral|g|ht|ttc|des?\s+\w+|clients?|of\s+\w+|\d+\s*\w*))?|somme|sum|moyenne|average|mean|nombre|count|nb|nbre"
    r"|\d+\s+(?:clients?|lignes?|conventions?|contrats?|rows?|agreements?|contracts?|customers?)",
    re.IGNORECASE,
)
# A row with no more cells than these is of next to nothing, where others have more than twice as many.
_FEW: Final = 2


def _usual_length(rows: Sequence[Row]) -> float:
    """Return how many cells a row of a table has that is neither long nor short; 0 for none."""
    return median(len(each.cells) for each in rows) if rows else 0


def _doubted(record: Record, row: Row, usual: float) -> Record:
    """Return a record with an error where its row is a total, or a warning where it says next to nothing of a client."""
    reference = part_of_data(record.given, "document").get("reference") if isinstance(record.given, dict) else None
    is_short = len(row.cells) * 2 <= usual
    told = [str(reference or ""), *(str(each.value) for each in row.cells.values() if is_short)]
    if any(_TOTAL.fullmatch(each.strip(" :*")) for each in told):
        finding = Diagnostic.error("campaign.total", _IS_TOTAL, Wording("la retirer du tableau", "remove it from the table"))
    elif row.cells and is_short and len(row.cells) <= _FEW:
        finding = Diagnostic(
            "campaign.short-row", Severity.WARNING, _IS_SHORT, Wording("la compléter, ou la retirer du tableau", "complete it, or remove it")
        )
    else:
        return record
    return replace(record, findings=(*record.findings, replace(finding, file=record.file, line=record.line)))


_IS_TOTAL: Final = Wording("cette ligne est un total, et non un client", "this row is a total, and no client")
_IS_SHORT: Final = Wording("cette ligne ne dit presque rien d'un client", "this row says next to nothing of a client")


@dataclass(frozen=True, slots=True)
class _Listed:
    """The rows of a further table, by the reference of the agreement that they belong to."""

    path: DataPath
    table: Table
    columns: Mapping[str, Column]
    rows: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class _Reader:
    mapping: Mapping[str, str | None] | None
    declared: Declared
    dates: str | None
    notes: dict[tuple[str, Note], list[int]]
    findings: list[Diagnostic]

    def lists(self, tables: Iterable[Table]) -> tuple[_Listed, ...]:
        """Return the further tables that are lists of the client file; a note on each that isn't."""
        return tuple(each for table in tables if (each := self._listed(table)) is not None)

    def _listed(self, table: Table) -> _Listed | None:
        model = list_model(table.name)
        if model is None:
            said = Wording(
                f"feuille « {table.name} » non lue : aucune liste de ce nom", f"sheet '{table.name}' not read: there is no list of that name"
            )
            self.findings.append(Diagnostic("table.sheet", Severity.INFO, said, file=table.file))
            return None
        reference = next((each for each in table.headings if each.strip().splitlines()[-1].strip() == REFERENCE), None)
        if reference is None:
            message = Wording(f"feuille « {table.name} » : pas de colonne « {REFERENCE} »", f"sheet '{table.name}': no column '{REFERENCE}'")
            hint = Wording("y écrire la référence de la convention de chaque ligne", "write there the agreement's reference of each line")
            self.findings.append(Diagnostic.error("table.sheet", message, hint, file=table.file))
            return None
        under = {
            heading: f"{table.name}[item].{heading.strip().splitlines()[-1].strip()}"
            for heading in table.headings
            if heading != reference and not (self.mapping or {}).get(heading)
        }
        columns = columns_of(table.headings, table.file, {**under, **(self.mapping or {})}, self.declared, [reference])
        self.findings.extend(columns.findings)
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in table.rows:
            rows[_plain(row.cells.get(reference))].append(row)
        return _Listed(DataPath(table.name), table, columns.by_heading, rows)

    def orders(self, rows: Sequence[Row], columns: Mapping[str, Column]) -> dict[str, str | None]:
        """Return for each column in what order its days are written."""
        return {
            heading: self.dates or order_of([str(row.cells[heading].value).strip() for row in rows if heading in row.cells]) for heading in columns
        }

    def record(self, table: Table, row: Row, columns: Mapping[str, Column], orders: Mapping[str, str | None], lists: Sequence[_Listed]) -> Record:
        """Return the record of one row."""
        if row.data is not None:
            return Record(table.file, row.line, dict(row.data))
        filling = _Filling(table.file)
        for heading, cell in row.cells.items():
            if heading in columns:
                self._fill(filling, columns[heading], cell, orders[heading], heading)
        reference = str(part_of_data(filling.data, "document").get("reference", ""))
        for listed in lists:
            for inner in listed.rows.get(reference, ()) if reference else ():
                at = listed.path.item(f"+{inner.line}")
                for heading, cell in inner.cells.items():
                    if heading in listed.columns:
                        column = listed.columns[heading]
                        path = DataPath(f"{at}{column.path.removeprefix(f'{listed.path}[item]')}")
                        self._fill(filling, replace(column, path=path), cell, self.dates, heading)
        filling.refuse_unmarked()
        return Record(table.file, row.line, filling.data, tuple(filling.findings), filling.places)

    def _fill(self, filling: _Filling, column: Column, cell: Cell, order: str | None, heading: str) -> None:
        said: Notes = []
        try:
            filling.put(column, value_of(cell, column, order, said), cell)
        except CellError as error:
            filling.refuse(column, error, cell)
        for note in said:
            self.notes[heading, note].append(cell.line)


@dataclass(slots=True)
class _Filling:
    """A record while its cells are put in."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    unmarked: dict[DataPath, Cell] = field(default_factory=dict)

    def put(self, column: Column, value: object, cell: Cell) -> None:
        """Put a value at the path of its column, making what holds it."""
        if is_part(column.kind):
            if value is not True:
                self.unmarked[column.path] = cell
                return
            _, pointer = self._holder(column.path.steps)
        else:
            holder, pointer = self._holder(column.path.steps[:-1])
            holder[column.name] = value
            pointer = f"{pointer}/{column.name}"
        self.places[pointer] = Place(cell.line, cell.place)

    def refuse(self, column: Column, error: CellError, cell: Cell) -> None:
        """Note what is wrong with a cell."""
        message = Wording(f"{cell.place.fr} : {error.message.fr}", f"{cell.place.en}: {error.message.en}")
        path = column.path.fields if "[+" in column.path else column.path  # an item by its line has no key that people know
        self.findings.append(Diagnostic.error("table.cell", message, error.hint, file=self.file, line=cell.line, path=path))

    def refuse_unmarked(self) -> None:
        """Note each item that one cell says isn't there, and another one fills in."""
        for path, cell in self.unmarked.items():
            if path.steps[-1] in self._names_at(path.steps[:-1]):
                message = Wording(
                    f"{cell.place.fr} : « {path} » n'est pas retenu, et a des valeurs", f"{cell.place.en}: '{path}' isn't taken, and has values"
                )
                hint = Wording("le marquer d'un x, ou vider ses autres colonnes", "mark it with an x, or empty its other columns")
                self.findings.append(Diagnostic.error("table.cell", message, hint, file=self.file, line=cell.line, path=path))

    def _names_at(self, steps: Sequence[str]) -> list[str]:
        """Return what names each item of the list at steps; nothing where there is no list yet."""
        part: Any = self.data
        for step in steps:
            part = part.get(step) if isinstance(part, dict) else None
        return [self._names(part, index) for index in range(len(part))] if isinstance(part, list) else []

    def _holder(self, steps: Sequence[str]) -> tuple[dict[str, Any], str]:
        """Return the part at steps and its JSON pointer: a field's part, or the item of a list that has that key."""
        part: Any = self.data
        pointer = ""
        model: Any = ClientFile
        for step in steps:
            if isinstance(part, list):
                index = self._index(part, model, step)
                part, pointer = part[index], f"{pointer}/{index}"
                continue
            kind, is_list = (
                kind_of(model.model_fields[step].annotation) if issubclass(model, Model) and step in model.model_fields else (Model, False)
            )
            part = part.setdefault(step, [] if is_list else {})
            pointer, model = f"{pointer}/{step}", kind
        return part, pointer

    def _index(self, items: list[dict[str, Any]], model: type[Model], step: str) -> int:
        """Return the position of the item that a step names, added where it isn't there yet: ``+12`` is one by its line, which has its key in a cell."""
        for index in range(len(items)):
            if self._names(items, index) == step:
                return index
        items.append({} if step.startswith("+") or model.key is None else {model.key: step})
        self._steps[id(items), len(items) - 1] = step
        return len(items) - 1

    def _names(self, items: list[dict[str, Any]], index: int) -> str:
        return self._steps.get((id(items), index), "")

    _steps: dict[tuple[int, int], str] = field(default_factory=dict)


def part_of_data(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part of plain data; none of it where that is something else, which the model will refuse."""
    part = given.get(name)
    return part if isinstance(part, dict) else {}


def list_model(name: str) -> type[Model] | None:
    """Return the model of the items of a list of the client file, by its path; None where there is none."""
    model: Any = ClientFile
    kind, is_list = model, False
    for step in name.split("."):
        if is_list or not (is_part(kind)) or step not in kind.model_fields:
            return None
        kind, is_list = kind_of(kind.model_fields[step].annotation)
    return kind if is_list and is_part(kind) else None


def _plain(cell: Cell | None) -> str:
    value = cell.value if cell is not None else ""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def _unused(lists: Sequence[_Listed], records: Sequence[Record]) -> Iterator[Diagnostic]:
    """Yield an error for each row of a further table whose agreement isn't there: it would be lost."""
    known = {
        str(each.given["document"]["reference"]) for each in records if isinstance(each.given, dict) and "reference" in each.given.get("document", {})
    }
    for listed in lists:
        for reference, rows in listed.rows.items():
            if reference not in known:
                message = Wording(
                    f"feuille « {listed.table.name} » : aucune convention « {reference or '–'} »",
                    f"sheet '{listed.table.name}': no agreement '{reference or '–'}'",
                )
                hint = Wording("écrire une référence de la première feuille", "write a reference of the first sheet")
                yield Diagnostic.error("table.sheet", message, hint, file=listed.table.file, line=rows[0].line)


def listed_lines(lines: Sequence[object]) -> str:
    """Return the first of some lines, for a finding on all of them."""
    return ", ".join(map(str, lines[:_MOST_LINES])) + ("…" if len(lines) > _MOST_LINES else "")


def _said(file: str, heading: str, note: Note, lines: Sequence[int]) -> Diagnostic:
    """Return one finding for a note on all the cells of a column."""
    listed = listed_lines(lines)
    name = heading.strip().splitlines()[-1].strip()
    message = Wording(
        f"colonne « {name} » : {note.message.fr} ({len(lines)} cellule(s) ; lignes {listed})",
        f"column '{name}': {note.message.en} ({len(lines)} cell(s); lines {listed})",
    )
    return Diagnostic(note.rule, note.severity, message, file=file, line=lines[0])
