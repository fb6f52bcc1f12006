"""Findings for pipelines: SARIF 2.1.0 (OASIS), which code hosts show beside the lines, and GitHub's workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any, Final

from snc_docs._version import __version__
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.language import Language

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(findings: Sequence[Diagnostic], language: Language, folder: Path) -> str:
    """Return findings as a SARIF log of one run; files by their URIs, relative to ``folder`` where they are below it."""
    rules = sorted({each.rule for each in findings})
    driver = {"name": "make-agreement", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    results = [_result(each, rules.index(each.rule), language, folder) for each in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Diagnostic, index: int, language: Language, folder: Path) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding, language)},
    }
    place: dict[str, Any] = {}
    if finding.file is not None:
        place["physicalLocation"] = {"artifactLocation": {"uri": _uri(finding.file, folder)}, "region": {"startLine": finding.line or 1}}
    if finding.path:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return {**result, "locations": [place]} if place else result


def _uri(file: str, folder: Path) -> str:
    path = Path(file)
    if not path.is_absolute():
        path = folder / path
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_uri()


def _text(finding: Diagnostic, language: Language) -> str:
    """Return what is wrong and what to do, in one text."""
    hint = finding.hint.in_language(language)
    return f"{finding.message.in_language(language)}{f' → {hint}' if hint else ''}"


def as_github(findings: Iterable[Diagnostic], language: Language) -> list[str]:
    """Return a workflow command for each finding, which GitHub shows beside the line."""
    return [_command(each, language) for each in findings]


def _command(finding: Diagnostic, language: Language) -> str:
    named = {"file": PurePath(finding.file).as_posix() if finding.file else None, "line": finding.line, "title": finding.rule}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in named.items() if value is not None)
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(_text(finding, language))}"


def _data(text: str) -> str:
    """Return a text as a command holds it: on one line, its own escapes apart."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
