"""Headers and footers: the reference document's, with the document's own words in its tagged controls.

A filled control is unwrapped: its runs stay, with the look they had, and nobody can mistake the header for a form.
"""

from __future__ import annotations

from copy import deepcopy

from snc_docs.document.nodes import Properties, Section
from snc_docs.language.labels import Words
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part
from snc_docs.writers.docx.paragraphs import add_text
from snc_docs.writers.docx.reference import Margin
from snc_docs.writers.docx.xml import Element, parse, qn, serialize

_SEPARATOR = " \u00b7 "


def margin_words(properties: Properties, words: Words, appendix: Section | None) -> dict[str, str]:
    """Return the words of each control: title, reference with version and appendix, confidentiality mark, page x of y."""
    version = f"{words.version}\u00a0{properties.version}" if properties.version else ""
    label = appendix.label if appendix is not None else ""
    return {
        "title": properties.title,
        "identity": _SEPARATOR.join(part for part in (properties.reference, version, label) if part),
        "confidentiality": properties.confidentiality,
        "page": words.page,
        "of": words.of,
    }


def filled(margin: Margin, words: dict[str, str]) -> Element:
    """Return the content of a header or footer with the document's words in it."""
    element = parse(margin.content)
    _fill(element, words)
    return element


def add_margin(package: Package, kind: str, number: str, margin: Margin, element: Element) -> str:
    """Add a header or footer part (``kind``), filled, to the package and return the id of its relationship to the document."""
    name = f"word/{kind}{number}.xml"
    relations = package.relations_of(name)
    _rename_ids(element, {old: relations.id_for(reltype, target, external=external) for old, reltype, external, target in margin.relationships})
    package.add(Part(name, f"{WORD_TYPE}{kind}+xml", serialize(element)))
    for part in margin.parts:
        package.add(part)
    return package.relations_of("word/document.xml").id_for(kind, f"{kind}{number}.xml")


def _fill(element: Element, words: dict[str, str]) -> None:
    for control in list(element.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val"), "") if tag is not None else ""
        content = control.find(qn("w:sdtContent"))
        if content is not None and name.startswith("snc:") and name[4:] in words:
            _fill_control(control, content, words[name[4:]])


def _fill_control(control: Element, content: Element, text: str) -> None:
    """Put ``text`` in the place of a control's words, and what the control held in the place of the control.

    A control stands around runs, around paragraphs or around a cell (17.5.2.29 to 32); words always go into a paragraph.
    """
    properties = content.find(f".//{qn('w:r')}/{qn('w:rPr')}")
    paragraph = content.find(f".//{qn('w:p')}")
    holder = content if paragraph is None else paragraph
    for child in [child for child in holder if child.tag != qn("w:pPr")]:
        holder.remove(child)
    if text:
        add_text(holder, text)
        if properties is not None:
            holder[-1].insert(0, deepcopy(properties))
    for child in list(content):
        control.addprevious(child)
    parent = control.getparent()
    if parent is not None:
        parent.remove(control)


def _rename_ids(element: Element, renamed: dict[str, str]) -> None:
    for each in element.iter():
        for name in (qn("r:id"), qn("r:embed"), qn("r:link")):
            value = each.get(name)
            if value in renamed:
                each.set(name, renamed[value])
