"""The DOCX writer: a document tree to a Word file, the same bytes for the same tree and reference document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from snc_docs.document.nodes import Document, ForeignDocument, Redline
from snc_docs.document.revisions import Kept, Spot, accept, reject
from snc_docs.document.walk import blocks_in, blocks_of, sections_of
from snc_docs.errors import Wording
from snc_docs.language.known import words_of
from snc_docs.language.writing import Words
from snc_docs.writers.docx.contents import Pages
from snc_docs.writers.docx.controls import add_fields
from snc_docs.writers.docx.inheritance import keep_apart, lists_of_signs
from snc_docs.writers.docx.markup import opened
from snc_docs.writers.docx.numbering import Numbering
from snc_docs.writers.docx.numbers import Numbers
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part, encoded
from snc_docs.writers.docx.pages import body_xml, written_groups
from snc_docs.writers.docx.place import Context, place_mark
from snc_docs.writers.docx.properties import add_properties
from snc_docs.writers.docx.record import add_record
from snc_docs.writers.docx.reference import ReferenceDocument, UnusableReferenceError, own_reference, own_settings
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.styles import (
    APPENDIX_HEADINGS,
    CLAUSE_HEADINGS,
    Styles,
    set_language,
    set_numbering,
    style_ids,
    tab_stops,
)
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.docx.xml import Element, parse, qn, serialize

__all__ = ["body_of", "write_docx"]

# The namespaces of document.xml.
_PREFIXES: Final = ("w", "r", "wp", "a", "pic")
# Those of a document with boxes to tick, which Word knows since 2010 (part 3, 10.1: others read past them).
_WITH_BOXES: Final = (*_PREFIXES, "mc", "w14")


def write_docx(
    document: Document | Redline, reference: ReferenceDocument | None = None, record: bytes | None = None, pages: Pages | None = None
) -> bytes:
    """Return the Word file of ``document``, with the styles of ``reference`` (our own by default).

    ``record`` is an XML document that the file carries beside its text, unseen; ``pages`` are those that the contents give, in a redline none.

    A redline becomes tracked changes; UnfaithfulRedlineError for one whose file would not give back both versions.
    """
    reference = reference or own_reference()
    shown, *others = (accept(document), reject(document)) if isinstance(document, Redline) else (document,)
    if others == [shown]:  # a redline of the same version twice
        document = shown
    words = words_of(shown.language, shown.second)
    package = Package()
    numbering = _start_numbering(shown, reference, words)
    numbering.apart = isinstance(document, Redline)
    _add_body(package, document, reference, numbering, pages)
    _add_numbering(package, numbering)
    _add_styles(package, reference, words, numbering)
    _add_settings(package, words)
    _add_resources(package, (shown, *others))
    add_properties(package, shown.properties, words.locale)
    if record is not None:
        add_record(package, record)
    package.relations_of("").id_for("officeDocument", "word/document.xml")
    content = package.to_bytes()
    if isinstance(document, Document):
        content = _with_foreign_documents(content, document)
    if reference is not own_reference():
        _verify(content)
    return content


def body_of(document: Document) -> tuple[bytes, list[str]]:
    """Return the body of a document that joins no other, as ``write_docx`` writes it, and where its links lead."""
    reference, words, package = own_reference(), words_of(document.language, document.second), Package()
    numbering = _start_numbering(document, reference, words)
    numbers = Numbers(package.relations_of("word/document.xml"), numbering)
    groups = written_groups(_context(document, reference, numbering), reference)
    xml = numbers.resolved(Serializer().flow(each for group in groups for each in group.flow))
    links = [target for _, target, external in numbers.relationships.entries if external]
    return f"{opened('w:body', *_WITH_BOXES)}{xml}</w:body>".encode(), links


def _context(
    document: Document, reference: ReferenceDocument, numbering: Numbering, kept: Kept | None = None, spots: Mapping[int, Spot] = {}
) -> Context:
    targets = {section.id: section for section in sections_of(document.sections)}
    return Context(document, numbering.words, _styles_of(reference.styles), numbering.shared, targets, kept, spots)


@lru_cache(maxsize=16)
def _styles_of(styles: bytes) -> Styles:
    return Styles(_style_ids(styles))


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


def _start_numbering(document: Document, reference: ReferenceDocument, words: Words) -> Numbering:
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


def _add_body(package: Package, document: Document | Redline, reference: ReferenceDocument, numbering: Numbering, pages: Pages | None) -> None:
    """Add document.xml; of a redline, both versions are written and then merged."""
    numbers = Numbers(package.relations_of("word/document.xml"), numbering)
    if isinstance(document, Redline):
        body = [_tracked_body(package, document, reference, numbers)]
    else:
        context = _context(document, reference, numbering)
        if pages is not None:
            context.pages, context.stops = pages, _stops(reference.styles)
        body = body_xml(package, written_groups(context, reference), Serializer(), numbers)
    pieces = tuple(encoded(each) for each in (_opened(numbers), *body, "</w:document>"))
    package.add(Part("word/document.xml", f"{WORD_TYPE}document.main+xml", b"".join(pieces), pieces))
    add_fields(package, numbers.fields, numbers.prompts)


def _opened(numbers: Numbers) -> str:
    """Return the start of document.xml."""
    if any(key.is_box for key in numbers.fields):
        return opened("w:document", *_WITH_BOXES).removesuffix(">") + ' mc:Ignorable="w14">'
    return opened("w:document", *_PREFIXES)


def _tracked_body(package: Package, redline: Redline, reference: ReferenceDocument, numbers: Numbers) -> str:
    """Return the ``w:body`` of a redline."""
    from snc_docs.writers.docx.tracked import field_balance, ranged, tracked_groups

    tracked = tracked_groups(
        redline,
        lambda view, kept: _context(view.document, reference, numbers.numbering, kept, view.spots),
        lambda context: written_groups(context, reference),
    )
    numbers.count(Serializer().flow(each for group in tracked.new_groups for each in group.flow))
    stamp = Stamp(redline.revised.author, redline.revised.date, numbers.numbering.words.moved)
    xml = ranged("".join(body_xml(package, tracked.groups, Serializer(stamp, tracked.moves), numbers)), stamp)
    field_balance(xml)
    return xml


@lru_cache(maxsize=16)
def _stops(styles: bytes) -> tuple[int, ...]:
    return tab_stops(parse(styles), ("toc 1", "toc 2"))


def _add_numbering(package: Package, numbering: Numbering) -> None:
    package.add(Part("word/numbering.xml", f"{WORD_TYPE}numbering+xml", numbering.xml()))
    package.relations_of("word/document.xml").id_for("numbering", "numbering.xml")


def _add_styles(package: Package, reference: ReferenceDocument, words: Words, numbering: Numbering) -> None:
    content = _styles(reference.styles, reference.numbering, words.locale, *numbering.shared[:2])
    package.add(Part("word/styles.xml", f"{WORD_TYPE}styles+xml", content))
    relations = package.relations_of("word/document.xml")
    relations.id_for("styles", "styles.xml")
    for kind, part in reference.extra:
        package.add(part)
        relations.id_for(kind, part.name.removeprefix("word/"))


@lru_cache(maxsize=16)
def _styles(styles: bytes, lists: bytes | None, locale: str, clauses: int, appendices: int) -> bytes:
    element = parse(styles)
    set_language(element, locale)
    set_numbering(element, CLAUSE_HEADINGS, clauses)
    set_numbering(element, APPENDIX_HEADINGS, appendices)
    keep_apart(element, lists_of_signs(lists))
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


def _add_resources(package: Package, documents: Iterable[Document]) -> None:
    """Add the pictures that the documents show; foreign documents are joined in later."""
    for resource in (resource for document in documents for resource in document.resources):
        if resource.media_type.startswith("image/"):
            package.add(Part(f"word/media/{resource.name}", resource.media_type, resource.content))


def _with_foreign_documents(content: bytes, document: Document) -> bytes:
    if not any(ForeignDocument in blocks_in(section) for section in document.sections):
        return content
    blocks = [block for block in blocks_of(document.sections) if isinstance(block, ForeignDocument)]
    from snc_docs.writers.docx.foreign import join_foreign

    return join_foreign(
        content, [(place_mark(index), block.title, document.resource(block.resource).content) for index, block in enumerate(blocks, 1)]
    )
