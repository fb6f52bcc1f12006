"""Findings: what a user mends together, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from snc_docs.errors import NOTHING_TO_SAY, SncDocsError, Wording


class Severity(StrEnum):
    """How bad a finding is: only an ``error`` keeps documents from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    ``rule`` is a stable identifier (``contact.unreachable``), ``file`` and ``line`` (from 1) the place, ``path`` the
    data path (``client.siren``) and ``clause`` the identifier of the clause; None where the finding has none. ``about`` is the
    identifier or word of a document that the finding is about, "" for any other. ``pointer`` is the JSON pointer (RFC 6901) of the data path in
    the data as it was given, and ``source`` whose data that is, ``baseline`` or ``client``.
    """

    rule: str
    severity: Severity
    message: Wording
    hint: Wording = NOTHING_TO_SAY
    file: str | None = None
    line: int | None = None
    path: str | None = None
    clause: str | None = None
    about: str = ""
    pointer: str | None = field(default=None, compare=False)
    source: str | None = field(default=None, compare=False)

    def as_dict(self) -> dict[str, str | int | dict[str, str] | None]:
        """Return the finding as plain values, for JSON: message and hint in every language, by its code."""
        plain = {name: getattr(self, name) for name in ("rule", "file", "line", "path", "pointer", "source", "clause")}
        return {**plain, "severity": self.severity.value, "message": self.message._asdict(), "hint": self.hint._asdict()}

    @classmethod
    def error(
        cls,
        rule: str,
        message: Wording,
        hint: Wording,
        *,
        file: str | None = None,
        line: int | None = None,
        path: str | None = None,
        clause: str | None = None,
        about: str = "",
    ) -> Self:
        """Return a finding of severity ``error``."""
        return cls(rule, Severity.ERROR, message, hint, file=file, line=line, path=path, clause=clause, about=about)

    def in_order(self) -> tuple[str, int, str, str]:
        """Return the key by which findings are listed: file, line, data path, rule."""
        return (self.file or "", self.line or 0, self.path or "", self.rule)


class FindingsError(SncDocsError):
    """Input that can't be used; ``diagnostics`` holds every finding of the run, in order of file and line."""

    exit_code = 2

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=Diagnostic.in_order))
        count = sum(finding.severity is Severity.ERROR for finding in self.diagnostics)
        first = next((finding for finding in self.diagnostics if finding.severity is Severity.ERROR), None)
        place = [f"{first.file}:{first.line or 1}"] if first and first.file else []
        where = f" ({', '.join([*place, first.path or first.rule])})" if first else ""
        super().__init__(
            Wording(
                f"{count} erreur(s) à corriger ; la première{where} : {first.message.fr if first else ''}",
                f"{count} error(s) to mend; the first{where}: {first.message.en if first else ''}",
            )
        )


def strictly(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings with each warning as an error."""
    return [replace(each, severity=Severity.ERROR) if each.severity is Severity.WARNING else each for each in diagnostics]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)
