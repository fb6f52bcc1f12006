"""Where the rows of a campaign come from: a table's file, or a folder of client files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from snc_docs.campaign.rows import Record, Records, records_of
from snc_docs.campaign.sheet import HELP
from snc_docs.campaign.tables import MAX_BYTES, SUFFIXES, read_tables
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import read_file
from snc_docs.model.facts import Declared
from snc_docs.model.loading import is_baseline
from snc_docs.model.source import read_source

_DATA: Final = (".yaml", ".yml", ".json")


def read_records(path: Path, mapping: Path | None = None, declared: Declared = (), dates: str | None = None) -> Records:
    """Return the records of a table or of a folder; FindingsError for headings that lead nowhere, TableError for a file that is no table."""
    if path.is_dir():
        return _of_folder(path)
    tables, findings = read_tables(read_file(path, MAX_BYTES), str(path))
    records = records_of([each for each in tables if each.name != HELP], read_mapping(mapping) if mapping is not None else None, declared, dates)
    return Records(records.records, (*findings, *records.findings))


def _of_folder(folder: Path) -> Records:
    """Return a record for each client file of a folder; baselines among them are none."""
    paths = sorted(each for each in folder.iterdir() if each.suffix.lower() in _DATA and each.is_file())
    records = tuple(Record(str(path), None, path) for path in paths if not _is_baseline(path))
    if not records:
        known = ", ".join((*_DATA, *SUFFIXES))
        message = Wording(f"{folder} : aucun fichier client ({known})", f"{folder}: no client file ({known})")
        raise FindingsError([Diagnostic.error("table.empty", message, Wording("donner un autre dossier", "give another folder"), file=str(folder))])
    return Records(records, ())


def _is_baseline(path: Path) -> bool:
    try:
        return is_baseline(read_source(path))
    except (FindingsError, FileTroubleError):
        return False  # what is wrong with it is said when it is made


def read_mapping(path: Path) -> Mapping[str, str | None]:
    """Return what a mapping file says: a path, or null, for each heading. FindingsError for anything else."""
    source = read_source(path)
    data: Mapping[str, Any] = source.data
    wrong = [heading for heading, each in data.items() if each is not None and not isinstance(each, str)]
    if wrong:
        message = Wording(f"« {wrong[0]} » : un chemin ou null est attendu", f"'{wrong[0]}': a path or null is expected")
        hint = Wording("écrire « Raison sociale: client.legal_name »", "write 'Company name: client.legal_name'")
        raise FindingsError([Diagnostic.error("table.map", message, hint, file=source.file, line=source.known_line((wrong[0],)))])
    return data
