"""What pydantic refuses, as findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.model.base import Model
from snc_docs.model.nearest import fields_at, meant, nearest
from snc_docs.model.wordings import wording_of
from snc_docs.paths import path_of

Location = tuple[int | str, ...]


def findings_of(error: ValidationError, model: type[Model], *besides: str) -> list[tuple[Location, Diagnostic]]:
    """Return the findings of a validation with their places, without those that only follow from others: a list isn't short of an item that is wrong.

    ``besides`` are names that the file knows beside the fields of its model: an unknown one is answered with the nearest.
    """
    details = error.errors(include_url=False)
    wrong = [detail["loc"] for detail in details]
    return [
        (detail["loc"], _asking(finding_of(detail), detail, model, besides))
        for detail in details
        if not (detail["type"] == "too_short" and any(_is_inside(loc, detail["loc"]) for loc in wrong))
    ]


def _asking(finding: Diagnostic, detail: ErrorDetails, model: type[Model], besides: Sequence[str]) -> Diagnostic:
    """Return the finding on a name that isn't known with the nearest one that is."""
    place, name = detail["loc"][:-1], detail["loc"][-1] if detail["loc"] else ""
    if detail["type"] != "extra_forbidden" or not isinstance(name, str):
        return finding
    near = nearest(name, (*fields_at(model, place), *(() if place else besides)))
    return finding if near is None or near == name else replace(finding, hint=meant(near, finding.hint))


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
