r"""The table of contents: a ``TOC`` field whose cached entries are true.

``TOC \o "1-2" \h \n \z \u`` (17.16.5.68): headings of levels 1 and 2 and paragraphs with an outline level, as
hyperlinks, without page numbers. Page numbers are left out on purpose: only a layout engine knows them, and a number
that is wrong until somebody updates the field has no place in a contract. A click goes to the heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.document.nodes import Contents, Document, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import plain_text
from snc_docs.writers.docx.inlines import InlineWriter, bookmark_name
from snc_docs.writers.docx.paragraphs import add_instruction, add_paragraph, add_run, add_text
from snc_docs.writers.docx.xml import Element, add

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
    parent: Element, contents: Contents, document: Document, styles: dict[str, str | None], inlines: InlineWriter, *, page_break: bool
) -> None:
    """Append the heading of the table and the field with its entries."""
    heading = add_paragraph(parent, styles.get("TOC Heading"), page_break=page_break)
    inlines.write(heading, contents.title)
    entries = list(listed_sections(document))
    for index, (level, section) in enumerate(entries):
        paragraph = add_paragraph(parent, styles.get(f"toc {level}"))
        if index == 0:
            add(add_run(paragraph), "w:fldChar", {"w:fldCharType": "begin"})
            add_instruction(paragraph, _INSTRUCTION)
            add(add_run(paragraph), "w:fldChar", {"w:fldCharType": "separate"})
        link = add(paragraph, "w:hyperlink", {"w:anchor": bookmark_name(section.id), "w:history": "1"})
        add_text(link, entry_text(section))
        if index == len(entries) - 1:
            add(add_run(paragraph), "w:fldChar", {"w:fldCharType": "end"})


def entry_text(section: Section) -> str:
    """Return an entry as Word would make it: the heading's number, a tab, its words."""
    return "\t".join(part for part in (heading_number(section), plain_text(section.title)) if part)
