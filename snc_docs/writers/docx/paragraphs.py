"""``w:p`` and ``w:r``: properties in the order of the schema, text with its breaks and tabs.

CT_PPr and CT_RPr are sequences: an element out of order makes a file that Word repairs or refuses, so paragraphs and
runs are made here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from snc_docs.writers.docx.xml import SPACE_PRESERVE, Element, add, add_val, qn

_P: Final = qn("w:p")
_R: Final = qn("w:r")
_T: Final = qn("w:t")
_RPR: Final = qn("w:rPr")
_PPR: Final = qn("w:pPr")
_PSTYLE: Final = qn("w:pStyle")
_VAL: Final = qn("w:val")
_SPACE: Final = next(iter(SPACE_PRESERVE))
_BREAKS: Final = re.compile("([\n\t])")


@dataclass(frozen=True, slots=True)
class Format:
    """How a run looks: character style and weight; ``language`` where its words are in another one than the document's."""

    style: str | None = None
    bold: bool = False
    italic: bool = False
    language: str | None = None


PLAIN: Final = Format()


def add_paragraph(
    parent: Element,
    style: str | None,
    *,
    keep_next: bool = False,
    page_break: bool = False,
    numbering: tuple[int, int] | None = None,
) -> Element:
    """Append a paragraph; ``numbering`` is a ``w:num`` id and a level from 0."""
    paragraph = etree.SubElement(parent, _P)
    if style is None and not (keep_next or page_break or numbering):
        return paragraph
    properties = etree.SubElement(paragraph, _PPR)
    if style is not None:
        etree.SubElement(properties, _PSTYLE).set(_VAL, style)
    if keep_next:
        add(properties, "w:keepNext")
    if page_break:
        add(properties, "w:pageBreakBefore")
    if numbering is not None:
        number = add(properties, "w:numPr")
        add_val(number, "w:ilvl", numbering[1])
        add_val(number, "w:numId", numbering[0])
    return paragraph


def properties_of(paragraph: Element) -> Element:
    """Return a paragraph's ``w:pPr``, made first in it where it has none."""
    properties = paragraph.find(_PPR)
    if properties is None:
        properties = etree.SubElement(paragraph, _PPR)
        paragraph.insert(0, properties)
    return properties


def add_run(parent: Element, form: Format = PLAIN) -> Element:
    """Append an empty run."""
    run = etree.SubElement(parent, _R)
    if form is not PLAIN:
        properties = etree.SubElement(run, _RPR)
        if form.style:
            add_val(properties, "w:rStyle", form.style)
        if form.bold:
            add(properties, "w:b")
            add(properties, "w:bCs")
        if form.italic:
            add(properties, "w:i")
            add(properties, "w:iCs")
        if form.language:
            add(properties, "w:lang", {"w:val": form.language, "w:eastAsia": form.language})
    return run


def add_text(parent: Element, text: str, form: Format = PLAIN) -> None:
    """Append a run with ``text``; a newline becomes ``w:br``, a tab ``w:tab``."""
    run = add_run(parent, form)
    if "\n" not in text and "\t" not in text:
        _add_t(run, text)
        return
    for piece in _BREAKS.split(text):
        if piece == "\n":
            add(run, "w:br")
        elif piece == "\t":
            add(run, "w:tab")
        elif piece:
            _add_t(run, piece)


def _add_t(run: Element, text: str) -> None:
    set_text(etree.SubElement(run, _T), text)


def set_text(element: Element, text: str) -> None:
    """Give an empty ``w:t`` or ``w:delText`` its words, with the attribute that keeps their spaces where it is needed."""
    if text[:1].isspace() or text[-1:].isspace() or "  " in text:
        element.attrib.update(SPACE_PRESERVE)
    else:
        element.attrib.pop(_SPACE, None)
    element.text = text


def add_field(parent: Element, instruction: str, result: str, form: Format = PLAIN) -> None:
    """Append a complex field with its cached result (17.16.2: begin, instruction, separate, result, end)."""
    add(add_run(parent, form), "w:fldChar", {"w:fldCharType": "begin"})
    add_instruction(parent, instruction, form)
    add(add_run(parent, form), "w:fldChar", {"w:fldCharType": "separate"})
    add_text(parent, result, form)
    add(add_run(parent, form), "w:fldChar", {"w:fldCharType": "end"})


def add_instruction(parent: Element, instruction: str, form: Format = PLAIN) -> None:
    """Append the run that holds a field's instruction."""
    element = add(add_run(parent, form), "w:instrText")
    element.attrib.update(SPACE_PRESERVE)
    element.text = f" {instruction} "
