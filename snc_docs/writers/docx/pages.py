"""Groups of sections that share page settings: the body, then each appendix by itself.

A group ends with its ``w:sectPr`` (17.6.17, 17.6.18): in its last paragraph, the last group's at the end of the body. So a group
always ends in a paragraph, as Word asks of a body anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snc_docs.document.nodes import Document, Section
from snc_docs.document.walk import sections_of
from snc_docs.language.labels import Words
from snc_docs.writers.docx.body import BodyWriter
from snc_docs.writers.docx.inlines import InlineWriter
from snc_docs.writers.docx.margins import add_margin, filled, margin_words
from snc_docs.writers.docx.marker import Marker
from snc_docs.writers.docx.numbering import Numbering
from snc_docs.writers.docx.package import Package, Relationships
from snc_docs.writers.docx.paragraphs import properties_of
from snc_docs.writers.docx.reference import Margin, Page, Reference
from snc_docs.writers.docx.xml import Element, add, qn, root

# What a header or footer is: ``header`` or ``footer``, and its type (ST_HdrFtr).
MarginKind = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all versions of one document are written with.

    They are written below ``shelf``, where the ``w:document`` stands too that they end up in: lxml takes long to move elements
    between documents, and to take a large one out of its own.
    """

    shelf: Element
    reference: Reference
    words: Words
    styles: dict[str, str | None]
    relationships: Relationships
    numbering: Numbering


@dataclass(slots=True)
class Group:
    """One group as written: its paragraphs and tables, its ``w:sectPr`` without references, its headers and footers filled.

    ``key`` is the same for the same group in two versions of a document.
    """

    key: str
    elements: list[Element]
    properties: Element
    margins: list[tuple[MarginKind, Margin, Element]]


def written_groups(document: Document, frame: Frame, marker: Marker, doubled: frozenset[str] = frozenset()) -> list[Group]:
    """Return the groups of a document, not yet placed in a body; ``doubled`` are sections that another version in the file has elsewhere."""
    body = add(frame.shelf, "w:body")
    targets = {section.id: section for section in sections_of(document.sections)}
    inlines = InlineWriter(frame.relationships, targets, frame.styles["Hyperlink"], frame.styles["Placeholder Text"], doubled=doubled)
    page = frame.reference.page
    writer = BodyWriter(
        document, frame.words, frame.styles, frame.relationships, inlines, frame.numbering, page.text_width(), page.text_height(), body, marker
    )
    groups, start = [], 0
    for group in page_groups(document.sections):
        landscape = _is_turned(group)
        writer.sections(group, page.text_width(landscape=landscape), page.text_height(landscape=landscape))
        writer.last_paragraph()
        properties, margins = _section_properties(document, frame, group)
        groups.append(Group(key_of_group(group, marker), list(body)[start:], properties, margins))
        start = len(body)
    return groups


def page_groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield what shares page settings."""
    group: list[Section] = []
    for section in sections:
        if section.role == "appendix" and group:
            yield group
            group = []
        group.append(section)
    yield group


def key_of_group(group: Sequence[Section], marker: Marker) -> str:
    """Return what names a group in two versions of a document."""
    return marker.key(group[0]) or "" if group and group[0].role == "appendix" else ""


def _is_turned(group: Sequence[Section]) -> bool:
    """Return whether the pages of a group are turned, which its first section decides."""
    return bool(group) and group[0].landscape


def _section_properties(document: Document, frame: Frame, group: list[Section]) -> tuple[Element, list[tuple[MarginKind, Margin, Element]]]:
    """Return ``w:sectPr``, children in the order of CT_SectPr, and what its references will be to; a cover has those of a first page (``w:titlePg``)."""
    first, reference = group[0] if group else None, frame.reference
    properties = root("w:sectPr", "w", "r")
    add(properties, "w:type", {"w:val": "nextPage"})
    _page_size(properties, reference.page, landscape=_is_turned(group))
    add(properties, "w:pgMar", {f"w:{side}": value for side, value in reference.page.margins})
    add(properties, "w:cols", {"w:space": "708"})
    is_cover = first is not None and first.role == "cover"
    if is_cover:
        add(properties, "w:titlePg")
    texts = margin_words(document.properties, frame.words, first if first and first.role == "appendix" else None)
    margins: list[tuple[MarginKind, Margin | None]] = [(("header", "default"), reference.header), (("footer", "default"), reference.footer)]
    if is_cover:
        margins += [(("header", "first"), reference.first_header), (("footer", "first"), reference.first_footer)]
    return properties, [(kind, margin, filled(margin, texts)) for kind, margin in margins if margin is not None]


def _page_size(properties: Element, page: Page, *, landscape: bool) -> None:
    if landscape:
        add(properties, "w:pgSz", {"w:w": str(page.height), "w:h": str(page.width), "w:orient": "landscape"})
    else:
        add(properties, "w:pgSz", {"w:w": str(page.width), "w:h": str(page.height)})


def place(package: Package, body: Element, groups: Sequence[Group]) -> None:
    """Put groups into a body, each ended by its properties, with their headers and footers in the package."""
    for number, group in enumerate(groups, 1):
        body.extend(group.elements)
        for index, ((kind, which), margin, element) in enumerate(group.margins):
            identifier = add_margin(package, kind, f"{number}" if which == "default" else f"{number}-{which}", margin, element)
            reference = add(group.properties, f"w:{kind}Reference", {"w:type": which, "r:id": identifier})
            group.properties.insert(index, reference)
        if number == len(groups):
            body.append(group.properties)
        else:
            _carry(body[-1], group.properties)


def _carry(paragraph: Element, properties: Element) -> None:
    """Put a section's properties in its last paragraph, before what that paragraph's own properties were."""
    carrier = properties_of(paragraph)
    change = carrier.find(qn("w:pPrChange"))
    carrier.append(properties)
    if change is not None:
        carrier.append(change)
