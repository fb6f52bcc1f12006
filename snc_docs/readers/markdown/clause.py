"""The section of one rendered clause, read from its Markdown, or kept from an earlier run that read the same."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from snc_docs.document.compact import NODES
from snc_docs.document.nodes import Section, SectionRole
from snc_docs.shelf import Form, shelved

_SECTION: Final[Form[Section]] = NODES


@lru_cache(maxsize=512)
def read_clause(markdown: str, identifier: str, role: SectionRole, file: str, language: str) -> Section:
    """Return the section of one rendered clause, holes still open; FindingsError with everything that is wrong in it.

    The same Markdown gives the same section, so what two clients share is read once.
    """

    def read() -> Section:
        from snc_docs.readers.markdown.reading import read_markdown

        return read_markdown(markdown, identifier, role, file, language)

    return shelved("clause", _SECTION, lambda: (markdown, identifier, role, file, language), read)
