"""The outline: which clauses and appendices a document has, in which order and role, once for all languages.

``outline.yaml`` is a list of ``{id, role, when, landscape}``; ``when`` is a template condition on the data (none: always). The
names that lint must not take for defined terms are in ``names.yaml``, a list for each language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, get_args

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import IDENTIFIER, SectionRole
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.model.source import parse_source
from snc_docs.templating.folders import TemplateFolders

_FIELDS: Final = {"id", "role", "when", "landscape"}
_ROLES: Final = tuple(role for role in get_args(SectionRole) if role != "subsection")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A clause or appendix: its identifier, which is also its file's name, its role and its condition."""

    id: str
    role: SectionRole
    when: str
    landscape: bool
    file: str
    line: int


def read_outline(folders: TemplateFolders) -> tuple[OutlineEntry, ...]:
    """Return the outline; FindingsError with every entry that is wrong."""
    return _outline(*_text(folders, "outline.yaml"))


def _text(folders: TemplateFolders, name: str) -> tuple[str, str]:
    found = folders.read(name)
    if found is None:
        raise FileTroubleError(
            Wording(f"{name} : absent des modèles ; réinstaller le paquet.", f"{name}: missing from the templates; reinstall the package.")
        )
    return found


@lru_cache(maxsize=64)
def _outline(text: str, name: str) -> tuple[OutlineEntry, ...]:
    """Return the outline that a text holds: the same text is read once."""
    source = parse_source(text, name, Path())
    entries = source.data.get("outline")
    findings: list[Diagnostic] = []
    outline = tuple(
        entry
        for index, data in enumerate(entries if isinstance(entries, list) else [])
        if (entry := _entry(data, source.name, source.line(("outline", index)), findings)) is not None
    )
    if not outline and not findings:
        findings.append(_wrong(source.name, 1, "« outline: » doit lister des clauses", "'outline:' must list clauses"))
    if findings:
        raise FindingsError(findings)
    return outline


def _entry(data: Any, file: str, line: int, findings: list[Diagnostic]) -> OutlineEntry | None:
    if not isinstance(data, dict) or not IDENTIFIER.fullmatch(str(data.get("id"))) or set(data) - _FIELDS:
        findings.append(
            _wrong(
                file,
                line,
                "une entrée a « id », « role » et au besoin « when » et « landscape »",
                "an entry has 'id', 'role' and at need 'when' and 'landscape'",
            )
        )
        return None
    if data.get("role") not in _ROLES:
        findings.append(_wrong(file, line, f"« role » est l'un de {', '.join(_ROLES)}", f"'role' is one of {', '.join(_ROLES)}"))
        return None
    return OutlineEntry(data["id"], data["role"], str(data.get("when") or ""), data.get("landscape") is True, file, line)


def _wrong(file: str, line: int, fr: str, en: str) -> Diagnostic:
    return Diagnostic.error("outline.malformed", Wording(fr, en), Wording("corriger outline.yaml", "mend outline.yaml"), file=file, line=line)


def read_names(folders: TemplateFolders, language: str) -> tuple[str, ...]:
    """Return the names that one language writes with a capital though they aren't defined terms."""
    return _names(*_text(folders, "names.yaml"), language)


@lru_cache(maxsize=64)
def _names(text: str, name: str, language: str) -> tuple[str, ...]:
    names = parse_source(text, name, Path()).data.get(language, [])
    return tuple(str(each) for each in names) if isinstance(names, list) else ()
