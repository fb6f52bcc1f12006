"""What rules on the data are made of: a rule yields findings, each at the data path that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement

Rule = Callable[[Agreement, date], Iterator[Diagnostic]]


def error(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding that keeps documents from being written."""
    return Diagnostic(rule, Severity.ERROR, message, hint, path=path)


def warning(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding that documents are written in spite of."""
    return Diagnostic(rule, Severity.WARNING, message, hint, path=path)


def note(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding for information only."""
    return Diagnostic(rule, Severity.INFO, message, hint, path=path)
