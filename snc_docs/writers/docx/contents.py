r"""The table of contents: a ``TOC`` field whose cached entries are true.

``TOC \o "1-2" \h \n \z \u`` (17.16.5.68): headings of levels 1 and 2 and paragraphs with an outline level, as
hyperlinks, without page numbers. Page numbers are left out on purpose: only a layout engine knows them, and a number
that is wrong until somebody updates the field has no place in a contract. A click goes to the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from snc_docs.document.nodes import Contents, Document, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import plain_text
from snc_docs.writers.docx.inlines import InlineWriter
from snc_docs.writers.docx.marker import Marker
from snc_docs.writers.docx.paragraphs import add_instruction, add_paragraph, add_run, add_text
from snc_docs.writers.docx.xml import Element, add, qn

_INSTRUCTION = 'TOC \\o "1-2" \\h \\n \\z \\u'


def listed_sections(document: Document) -> Iterator[tuple[int, Section]]:
    """Yield the sections that the table lists, with their level: 1 for clauses and appendices, 2 for their parts."""
    for section in document.sections:
        if section.role == "cover":
            continue
        yield 1, section
        for block in section.blocks:
            if isinstance(block, Section):
                yield 2, block


def add_contents(
    parent: Element, contents: Contents, document: Document, styles: dict[str, str | None], inlines: InlineWriter, marker: Marker, *, page_break: bool
) -> None:
    """Append the heading of the table and the field with its entries."""
    heading = add_paragraph(parent, styles.get("TOC Heading"), page_break=page_break)
    marker.note(heading, contents, "heading")
    inlines.write(heading, contents.title)
    paragraphs = []
    for level, section in listed_sections(document):
        paragraph = add_paragraph(parent, styles.get(f"toc {level}"))
        marker.note_entry(paragraph, contents, section)
        link = add(paragraph, "w:hyperlink", {"w:anchor": inlines.bookmark(section.id), "w:history": "1"})
        add_text(link, entry_text(section))
        paragraphs.append(paragraph)
    make_field(paragraphs)


def make_field(entries: Sequence[Element]) -> None:
    """Put the field's begin before the first entry and its end behind the last one."""
    if not entries:
        return
    begin = etree.Element(qn("w:p"))
    add(add_run(begin), "w:fldChar", {"w:fldCharType": "begin"})
    add_instruction(begin, _INSTRUCTION)
    add(add_run(begin), "w:fldChar", {"w:fldCharType": "separate"})
    first = entries[0]
    at = 1 if len(first) and first[0].tag == qn("w:pPr") else 0
    first[at:at] = list(begin)
    add(add_run(entries[-1]), "w:fldChar", {"w:fldCharType": "end"})


def unmake_field(entries: Sequence[Element]) -> None:
    """Take off what ``make_field`` put around the entries."""
    first, last = entries[0], entries[-1]
    start = 1 if first[0].tag == qn("w:pPr") else 0
    del first[start : start + 3]
    del last[-1]


def entry_text(section: Section) -> str:
    """Return an entry as Word would make it: the heading's number, a tab, its words."""
    return "\t".join(part for part in (heading_number(section), plain_text(section.title)) if part)
