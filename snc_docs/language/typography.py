"""Spaces and apostrophes of text, as its language sets them: the text of templates, and the texts of the data that are given in both languages.

Names, numbers, addresses and whatever else the data gives once for all languages print as they are.
"""

from __future__ import annotations

from snc_docs.language.known import writing_of


def typeset(text: str, language: str) -> str:
    """Return text with the apostrophes and no-break spaces of its language."""
    return writing_of(language).typeset(text)
