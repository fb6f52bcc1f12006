"""What pydantic refuses, as findings."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.model.wordings import wording_of
from snc_docs.paths import path_of

Location = tuple[int | str, ...]


def findings_of(error: ValidationError) -> list[tuple[Location, Diagnostic]]:
    """Return the findings of a validation with their places, without those that only follow from others: a list isn't short of an item that is wrong."""
    details = error.errors(include_url=False)
    wrong = [detail["loc"] for detail in details]
    return [
        (detail["loc"], finding_of(detail))
        for detail in details
        if not (detail["type"] == "too_short" and any(_is_inside(loc, detail["loc"]) for loc in wrong))
    ]


def _is_inside(loc: Location, outer: Location) -> bool:
    return len(loc) > len(outer) and loc[: len(outer)] == outer


def finding_of(detail: ErrorDetails) -> Diagnostic:
    """Return the finding of one error, at its data path."""
    context: dict[str, Any] = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "extra_forbidden" and detail["input"] is None and " " in str(detail["loc"][-1]):
        # In {fr: société anonyme, de droit français} YAML takes what stands behind the comma for a field without a value.
        kind, context = "cut_at_comma", {"value": detail["loc"][-1]}
    message, hint = wording_of(kind, context, detail["msg"])
    return Diagnostic(f"data.{detail['type'].replace('_', '-')}", Severity.ERROR, message, hint, path=path_of(detail["loc"]))
