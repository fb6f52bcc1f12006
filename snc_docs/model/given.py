"""Data that a program holds, as what a file would hold: a mapping, JSON text or a model becomes JSON, and is read as a JSON file is.

So all checks on files hold for it, hostile or not. Nothing in it is looked for on disk: files that it names are given beside it, by name.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import Wording
from snc_docs.model.base import Model
from snc_docs.model.source import MAX_DEPTH, MAX_NODES, Source, parse_source, read_kept_source, read_source
from snc_docs.paths import Step, path_of, pointer_to

# A file's path, JSON text, a mapping of plain values, or a model (``Baseline``, ``ClientFile``).
Given = Path | str | Mapping[str, Any] | Model
# Files by the names that the data gives them.
Files = Mapping[str, bytes]
# No number of the data is longer.
_MOST_BITS: Final = 256
_Steps = tuple[Step, ...]
_HINT: Final = Wording(
    "donner un texte, un nombre, oui ou non, une date, une liste, des champs par nom, ou None",
    "give text, a number, yes or no, a date, a list, fields by name, or None",
)


def source_of(given: Given, what: str, files: Files | None = None, *, kept: bool = False) -> Source:
    """Return the source that data is; ``what`` names data without a file (``client``), ``kept`` says that who reads a file won't change it.

    FindingsError where the data isn't data, at its path; FileTroubleError for a file that can't be read.
    """
    if isinstance(given, Path) or (isinstance(given, str) and not given.lstrip("\ufeff \t\r\n").startswith("{")):
        source = (read_kept_source if kept else read_source)(Path(given))
        return replace(source, files=files) if files is not None else source
    writer = _Writer()
    text = given if isinstance(given, str) else writer.json(given)
    try:
        source = parse_source(text, f"{what}.json", Path())
    except FindingsError as error:
        raise FindingsError(replace(each, file=None, line=None) for each in error.diagnostics) from error
    writer.put_days(source.data)
    return replace(source, is_file=False, files=files or {})


@dataclass(slots=True)
class _Writer:
    """Writes values as JSON, no more of them than a data file may hold; keeps the days among them, which JSON has as texts."""

    pieces: list[str] = field(default_factory=list)
    days: list[tuple[_Steps, date]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    count: int = 0

    def json(self, given: Mapping[str, Any] | Model) -> str:
        """Return data as JSON text; FindingsError with each value that no data file could hold."""
        self._write(given, ())
        if self.findings:
            raise FindingsError(self.findings)
        return "".join(self.pieces)

    def put_days(self, data: Any) -> None:
        """Put the days that were written back in their places: a day is no text."""
        for (*outer, last), day in self.days:
            at = data
            for step in outer:
                at = at[step]
            at[last] = day

    def _write(self, value: object, steps: _Steps) -> None:
        """Add a value, or a finding; FindingsError with all of them where there is too much of it."""
        self.count += 1
        if len(steps) > MAX_DEPTH or self.count > MAX_NODES:
            self._refuse(steps, Wording("trop de données, ou trop de niveaux", "too much data, or too many levels"))
            raise FindingsError(self.findings)
        match value:
            case None | bool() | str():
                self.pieces.append(json.dumps(value))
            case int() if value.bit_length() <= _MOST_BITS:
                self.pieces.append(json.dumps(value))
            case float() | Decimal() if math.isfinite(value):
                self.pieces.append(format(Decimal(str(value)), "f"))
            case date() if not isinstance(value, datetime):
                self.days.append((steps, value))
                self.pieces.append("null")
            case Model():
                # None in a model is what isn't known yet; what doesn't apply to a party it says in ``without``.
                self._write(value.model_dump(mode="json", exclude_unset=True, exclude_none=True), steps)
            case Mapping():
                self._fields(value, steps)
            case list() | tuple():
                self._items(value, steps)
            case _:
                kind = type(value).__name__
                self._refuse(steps, Wording(f"une valeur de type {kind} n'est pas une donnée", f"a value of type {kind} isn't data"))

    def _fields(self, value: Mapping[Any, object], steps: _Steps) -> None:
        self.pieces.append("{")
        for index, (name, inner) in enumerate(value.items()):
            if not isinstance(name, str):
                self._refuse(steps, Wording(f"« {name!r} » n'est pas un nom de champ", f"{name!r} isn't the name of a field"))
                continue
            self.pieces.append(f"{', ' if index else ''}{json.dumps(name)}: ")
            self._write(inner, (*steps, name))
        self.pieces.append("}")

    def _items(self, value: Sequence[object], steps: _Steps) -> None:
        self.pieces.append("[")
        for index, inner in enumerate(value):
            self.pieces.append(", " if index else "")
            self._write(inner, (*steps, index))
        self.pieces.append("]")

    def _refuse(self, steps: _Steps, message: Wording) -> None:
        found = Diagnostic.error("data.not-plain", message, _HINT, path=path_of(steps) or None)
        self.findings.append(replace(found, pointer=pointer_to(steps)))
