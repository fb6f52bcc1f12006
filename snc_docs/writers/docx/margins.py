"""Headers and footers: the reference document's, with the document's own words in its tagged controls.

A filled control is unwrapped: its runs stay, with the look they had, and nobody can mistake the header for a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from snc_docs.document.nodes import Properties, Section
from snc_docs.language.writing import Words
from snc_docs.writers.docx.markup import opened
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part
from snc_docs.writers.docx.reference import Margin
from snc_docs.writers.docx.revising import revised_words
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.written import R
from snc_docs.writers.docx.xml import Element, parse, qn, serialize

# The ids of relationships in the reference document's part, and in ours.
Renamed = tuple[tuple[str, str], ...]

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


def add_margin(package: Package, kind: str, number: str, margin: Margin, words: dict[str, str], was: dict[str, str] | None, stamp: Stamp) -> str:
    """Add a header or footer part (``kind``) with its words to the package and return the id of its relationship to the document.

    Where its words ``was`` differ, both are in it, as revisions.
    """
    name = f"word/{kind}{number}.xml"
    relations = package.relations_of(name)
    renamed = tuple((old, relations.id_for(reltype, target, external=external)) for old, reltype, external, target in margin.relationships)
    if was is None or was == words:
        content = _filled(margin.content, renamed, tuple(words.items()))
    else:
        content = _written(margin.content, renamed, {key: (was[key], word) for key, word in words.items()}, stamp)
    package.add(Part(name, f"{WORD_TYPE}{kind}+xml", content))
    for part in margin.parts:
        package.add(part)
    return package.relations_of("word/document.xml").id_for(kind, f"{kind}{number}.xml")


@lru_cache(maxsize=64)
def _filled(content: bytes, renamed: Renamed, words: tuple[tuple[str, str], ...]) -> bytes:
    """Return the part with words of one version: most documents have theirs in common but for the reference."""
    return _written(content, renamed, {key: (word, word) for key, word in words}, Stamp())


def _written(content: bytes, renamed: Renamed, words: dict[str, tuple[str, str]], stamp: Stamp) -> bytes:
    element = parse(content)
    _fill(element, words, stamp)
    _rename_ids(element, dict(renamed))
    return serialize(element)


def _fill(element: Element, words: dict[str, tuple[str, str]], stamp: Stamp) -> None:
    for control in list(element.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val"), "") if tag is not None else ""
        content = control.find(qn("w:sdtContent"))
        if content is not None and name.startswith("snc:") and name[4:] in words:
            _fill_control(control, content, list(revised_words(*words[name[4:]])), stamp)


def _fill_control(control: Element, content: Element, words: Sequence[tuple[str, str]], stamp: Stamp) -> None:
    """Put words in the place of a control's own, and what the control held in the place of the control.

    A control stands around runs, around paragraphs or around a cell (17.5.2.29 to 32); words always go into a paragraph.
    """
    properties = content.find(f".//{qn('w:r')}/{qn('w:rPr')}")
    paragraph = content.find(f".//{qn('w:p')}")
    holder = content if paragraph is None else paragraph
    for child in [child for child in holder if child.tag != qn("w:pPr")]:
        holder.remove(child)
    holder.extend(_runs(words, properties, stamp))
    for child in list(content):
        control.addprevious(child)
    parent = control.getparent()
    if parent is not None:
        parent.remove(control)


def _runs(words: Sequence[tuple[str, str]], properties: Element | None, stamp: Stamp) -> Iterator[Element]:
    """Yield the runs of words, those of one version alone in revisions, with the look that a control's first run had."""
    look = etree.tostring(properties, encoding="unicode", with_tail=False) if properties is not None else ""
    xml = Serializer(stamp=stamp).content([(state, (R(look, text),)) for state, text in words])
    yield from parse(f"{opened('w:r', 'w')}{xml}</w:r>".encode())


def _rename_ids(element: Element, renamed: dict[str, str]) -> None:
    for each in element.iter():
        for name in (qn("r:id"), qn("r:embed"), qn("r:link")):
            value = each.get(name)
            if value in renamed:
                each.set(name, renamed[value])
