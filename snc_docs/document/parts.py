"""Parts of an assembled document, with the numbers and identifiers of the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from snc_docs.document.nodes import Document, ForeignDocument, Picture, Section
from snc_docs.document.walk import blocks_of
from snc_docs.errors import UnknownChoiceError, Wording

WHOLE: Final = "agreement"


def part_of(document: Document, part: str) -> Document:
    """Return one part of an assembled document, numbers and identifiers as in the whole.

    ``part`` is ``agreement`` (everything), ``body`` (everything but the appendices) or an appendix's identifier.
    UnknownChoiceError for anything else.
    """
    if part == WHOLE:
        return document
    if part == "body" and part in parts_of(document):
        return with_sections(document, tuple(section for section in document.sections if section.role != "appendix"))
    chosen = tuple(section for section in document.sections if section.id == part and section.role == "appendix")
    if not chosen:
        known = ", ".join(parts_of(document))
        raise UnknownChoiceError(Wording(f"partie inconnue « {part} » : prendre {known}.", f"unknown part '{part}': take one of {known}."))
    return with_sections(document, chosen)


def parts_of(document: Document) -> tuple[str, ...]:
    """Return the parts that a document can be written in."""
    body = ("body",) if any(section.role != "appendix" for section in document.sections) else ()
    return (WHOLE, *body, *(section.id for section in document.sections if section.role == "appendix"))


def with_sections(document: Document, sections: tuple[Section, ...]) -> Document:
    """Return a document of these sections alone, with the resources that they show."""
    used = {block.resource for block in blocks_of(sections) if isinstance(block, (Picture, ForeignDocument))}
    return replace(document, sections=sections, resources=tuple(each for each in document.resources if each.name in used))
