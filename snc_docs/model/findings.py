"""What pydantic refuses, as findings."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.model.wordings import wording_of
from snc_docs.paths import path_of


def finding_of(detail: ErrorDetails) -> Diagnostic:
    """Return the finding of one error, at its data path."""
    context: dict[str, Any] = detail.get("ctx", {})
    message, hint = wording_of(detail["type"], context, detail["msg"])
    return Diagnostic(f"data.{detail['type'].replace('_', '-')}", Severity.ERROR, message, hint, path=path_of(detail["loc"]))
