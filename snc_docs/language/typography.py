"""Spaces, apostrophes and quotation marks of template text, as its language sets them. Values are never touched."""

from __future__ import annotations

from snc_docs.language.known import writing_of


def typeset(text: str, language: str) -> str:
    """Return template text with the apostrophes and no-break spaces of its language."""
    return writing_of(language).typeset(text)
