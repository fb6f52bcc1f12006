"""Inspecting a loaded agreement: findings on data paths get the file and line of their data."""

from __future__ import annotations

from pathlib import Path

from snc_docs.assembly import Assembly, inspect
from snc_docs.diagnostics import FindingsError
from snc_docs.model.loading import Loaded


def inspected(loaded: Loaded, language: str, templates: Path | None) -> Assembly:
    """Return the document and findings of one language; FindingsError where nothing can be assembled."""
    try:
        assembly = inspect(loaded.agreement, language, templates)
    except FindingsError as error:
        raise FindingsError(map(loaded.located, error.diagnostics)) from error
    return Assembly(assembly.document, tuple(map(loaded.located, assembly.findings)))
