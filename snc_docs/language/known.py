"""The languages that documents can be written in, by their codes."""

from __future__ import annotations

from typing import Final

from snc_docs.language.english import English
from snc_docs.language.french import French
from snc_docs.language.writing import Words, Writing

WRITINGS: Final[dict[str, Writing]] = {each.code: each for each in (French(), English())}


def writing_of(language: str) -> Writing:
    """Return how a language is written; KeyError for one that isn't known: none is written by the rules of another."""
    if language not in WRITINGS:
        raise KeyError(f"no language '{language}' in snc_docs.language.known")
    return WRITINGS[language]


def words_of(language: str, second: str = "") -> Words:
    """Return the words of a document's language, or of its two languages."""
    words = writing_of(language).words
    return words.beside(writing_of(second).words) if second else words
