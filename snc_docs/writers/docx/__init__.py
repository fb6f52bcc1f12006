"""The DOCX writer: a document tree to a Word file, the same bytes for the same tree and reference document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from snc_docs.document.nodes import Document, ForeignDocument, Section
from snc_docs.document.revisions import is_redline
from snc_docs.document.walk import blocks_of, sections_of
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language.labels import Words, words_of
from snc_docs.writers.docx.body import BodyWriter
from snc_docs.writers.docx.foreign import join_foreign, place_mark
from snc_docs.writers.docx.inlines import InlineWriter
from snc_docs.writers.docx.margins import add_margin, margin_words
from snc_docs.writers.docx.numbering import Numbering
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part
from snc_docs.writers.docx.paragraphs import properties_of
from snc_docs.writers.docx.properties import add_properties
from snc_docs.writers.docx.reference import Page, Reference, UnusableReferenceError, own_reference, own_settings
from snc_docs.writers.docx.styles import (
    APPENDIX_HEADINGS,
    CHARACTER_STYLES,
    CLAUSE_HEADINGS,
    PARAGRAPH_STYLES,
    TABLE_STYLES,
    set_language,
    set_numbering,
    style_ids,
)
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.docx.xml import Element, add, parse, qn, root, serialize

__all__ = ["write_docx"]


def write_docx(document: Document, reference: Reference | None = None) -> bytes:
    """Return the Word file of ``document``, with the styles of ``reference`` (our own by default).

    UnknownChoiceError for a redline: this writer has no tracked changes.
    """
    if is_redline(document):
        raise UnknownChoiceError(
            Wording(
                "un document de révision s'écrit en HTML seulement : prendre html, ou écrire l'une de ses deux versions.",
                "a redline is written as HTML alone: take html, or write one of its two versions.",
            )
        )
    reference = reference or own_reference()
    words = words_of(document.language, document.second)
    package = Package()
    numbering = _start_numbering(document, reference, words)
    _add_body(package, document, reference, words, numbering)
    _add_numbering(package, numbering)
    _add_styles(package, reference, words, numbering)
    _add_settings(package, words)
    _add_resources(package, document)
    add_properties(package, document.properties, words.locale)
    package.relations_of("").id_for("officeDocument", "word/document.xml")
    content = _with_foreign_documents(package.to_bytes(), document)
    if reference is not own_reference():
        _verify(content)
    return content


def _verify(content: bytes) -> None:
    """Refuse what a user's own styles, lists or header made of a sound document: it isn't written unless it can be verified."""
    found = faults(content)
    if found:
        raise UnusableReferenceError(
            Wording(
                f"le document de référence donne un fichier Word défectueux ({found[0]}) ; partir de celui de « make-agreement init ».",
                f"the reference document gives a faulty Word file ({found[0]}); start from the one of 'make-agreement init'.",
            )
        )


def _start_numbering(document: Document, reference: Reference, words: Words) -> Numbering:
    """Return the lists of the document; an appendix alone starts at its own letter."""
    own = parse(reference.numbering) if reference.numbering is not None else None
    numbering = Numbering(words, _style_ids(reference.styles), own)
    if own is not None:
        numbering.first_abstract = _next_id(own, "w:abstractNum", "w:abstractNumId", 0)
        numbering.first_number = _next_id(own, "w:num", "w:numId", 1)
    first = next((section.number for section in document.sections if section.role == "appendix"), "A")
    numbering.appendix_start = 26 * (len(first) - 1) + ord(first[0]) - ord("A") + 1
    return numbering


def _next_id(own: Element, name: str, attribute: str, least: int) -> int:
    return max([least, *(int(each.get(qn(attribute), "0")) + 1 for each in own.findall(qn(name)))])


@lru_cache(maxsize=16)
def _style_ids(styles: bytes) -> dict[str, str]:
    return style_ids(parse(styles))


def _add_body(package: Package, document: Document, reference: Reference, words: Words, numbering: Numbering) -> None:
    element = root("w:document", "w", "r", "wp", "a", "pic")
    body = add(element, "w:body")
    ids = _style_ids(reference.styles)
    styles = {name: ids.get(name.lower()) for name in (*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES)}
    relations = package.relations_of("word/document.xml")
    targets = {section.id: section for section in sections_of(document.sections)}
    inlines = InlineWriter(relations, targets, styles["Hyperlink"], styles["Placeholder Text"])
    writer = BodyWriter(document, words, styles, relations, inlines, numbering, reference.page.text_width(), reference.page.text_height(), body)
    groups = list(_page_groups(document.sections))
    for index, group in enumerate(groups):
        landscape = _is_turned(group)
        writer.sections(group, reference.page.text_width(landscape=landscape), reference.page.text_height(landscape=landscape))
        properties = _section_properties(package, document, reference, words, group, index + 1)
        if index == len(groups) - 1:
            body.append(properties)
        else:
            properties_of(writer.last_paragraph()).append(properties)
    package.add(Part("word/document.xml", f"{WORD_TYPE}document.main+xml", serialize(element)))


def _page_groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield what shares page settings: the body, then each appendix by itself."""
    group: list[Section] = []
    for section in sections:
        if section.role == "appendix" and group:
            yield group
            group = []
        group.append(section)
    yield group


def _is_turned(group: Sequence[Section]) -> bool:
    """Return whether the pages of a group are turned, which its first section decides."""
    return bool(group) and group[0].landscape


def _section_properties(package: Package, document: Document, reference: Reference, words: Words, group: list[Section], number: int) -> Element:
    """Return ``w:sectPr``, children in the order of CT_SectPr; the cover's page has no header (``w:titlePg``)."""
    page, first = reference.page, group[0] if group else None
    properties = root("w:sectPr", "w", "r")
    texts = margin_words(document.properties, words, first if first and first.role == "appendix" else None)
    for kind, margin in (("header", reference.header), ("footer", reference.footer)):
        if margin is not None:
            identifier = add_margin(package, kind, number, margin, texts)
            add(properties, f"w:{kind}Reference", {"w:type": "default", "r:id": identifier})
    add(properties, "w:type", {"w:val": "nextPage"})
    _page_size(properties, page, landscape=_is_turned(group))
    add(properties, "w:pgMar", {f"w:{side}": value for side, value in page.margins})
    add(properties, "w:cols", {"w:space": "708"})
    if first is not None and first.role == "cover":
        add(properties, "w:titlePg")
    return properties


def _page_size(properties: Element, page: Page, *, landscape: bool) -> None:
    if landscape:
        add(properties, "w:pgSz", {"w:w": str(page.height), "w:h": str(page.width), "w:orient": "landscape"})
    else:
        add(properties, "w:pgSz", {"w:w": str(page.width), "w:h": str(page.height)})


def _add_numbering(package: Package, numbering: Numbering) -> None:
    package.add(Part("word/numbering.xml", f"{WORD_TYPE}numbering+xml", serialize(numbering.xml())))
    package.relations_of("word/document.xml").id_for("numbering", "numbering.xml")


def _add_styles(package: Package, reference: Reference, words: Words, numbering: Numbering) -> None:
    content = _styles(reference.styles, words.locale, numbering.clauses, numbering.appendices)
    package.add(Part("word/styles.xml", f"{WORD_TYPE}styles+xml", content))
    relations = package.relations_of("word/document.xml")
    relations.id_for("styles", "styles.xml")
    for kind, part in reference.extra:
        package.add(part)
        relations.id_for(kind, part.name.removeprefix("word/"))


@lru_cache(maxsize=16)
def _styles(styles: bytes, locale: str, clauses: int, appendices: int) -> bytes:
    element = parse(styles)
    set_language(element, locale)
    set_numbering(element, CLAUSE_HEADINGS, clauses)
    set_numbering(element, APPENDIX_HEADINGS, appendices)
    return serialize(element)


def _add_settings(package: Package, words: Words) -> None:
    package.add(Part("word/settings.xml", f"{WORD_TYPE}settings+xml", _settings(words.locale)))
    package.relations_of("word/document.xml").id_for("settings", "settings.xml")


@lru_cache(maxsize=4)
def _settings(locale: str) -> bytes:
    element = parse(own_settings())
    for language in element.findall(qn("w:themeFontLang")):
        language.set(qn("w:val"), locale)
    return serialize(element)


def _add_resources(package: Package, document: Document) -> None:
    """Add the pictures that the document shows; foreign documents are joined in later."""
    for resource in document.resources:
        if resource.media_type.startswith("image/"):
            package.add(Part(f"word/media/{resource.name}", resource.media_type, resource.content))


def _with_foreign_documents(content: bytes, document: Document) -> bytes:
    blocks = [block for block in blocks_of(document.sections) if isinstance(block, ForeignDocument)]
    if not blocks:
        return content
    return join_foreign(
        content, [(place_mark(index), block.title, document.resource(block.resource).content) for index, block in enumerate(blocks, 1)]
    )
