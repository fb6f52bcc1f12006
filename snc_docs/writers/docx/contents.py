r"""The table of contents: a ``TOC`` field whose cached entries are true.

``TOC \o "1-2" \h \n \z \u`` (17.16.5.68): headings of levels 1 and 2 and paragraphs with an outline level, as
hyperlinks, without page numbers. Page numbers are left out on purpose: only a layout engine knows them, and a number
that is wrong until somebody updates the field has no place in a contract. A click goes to the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from snc_docs.document.nodes import Contents, Document, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import plain_text
from snc_docs.writers.docx.inlines import bookmark, content_of, unit
from snc_docs.writers.docx.markup import field_character, instruction, run
from snc_docs.writers.docx.place import Context, Place
from snc_docs.writers.docx.written import BOTH, Holder, P, Raw, Unit

_INSTRUCTION: Final = 'TOC \\o "1-2" \\h \\n \\z \\u'
_BEGIN: Final[Unit] = (
    BOTH,
    (Raw(run("", field_character("begin")) + run("", instruction(_INSTRUCTION)) + run("", field_character("separate"))),),
)
_END: Final[Unit] = BOTH, (Raw(run("", field_character("end"))),)


def listed_sections(document: Document) -> Iterator[tuple[int, Section]]:
    """Yield the sections that the table lists, with their level: 1 for clauses and appendices, 2 for their parts."""
    for section in document.sections:
        if section.role == "cover":
            continue
        yield 1, section
        for block in section.blocks:
            if isinstance(block, Section):
                yield 2, block


def contents_of(contents: Contents, place: Place, context: Context) -> Iterator[P]:
    """Yield the heading of the table and its entries, a field; in a redline ``make_field`` makes them one once both versions are merged."""
    spot = context.spot(contents)
    yield P(context.ppr("TOC Heading"), content_of(contents.title, place, context), context.key(contents, "heading"), spot.move)
    entries = [_entry(section, level, spot.path, context) for level, section in listed_sections(context.document)]
    if context.kept is None:
        make_field(entries)
    yield from entries


def _entry(section: Section, level: int, contents: str, context: Context) -> P:
    """Return an entry; it moves with its clause, not on its own."""
    start = f'<w:hyperlink w:anchor="{bookmark(section.id, context)}" w:history="1">'
    link = Holder(start, "</w:hyperlink>", (unit(entry_text(section, context.text(section.title))),), is_control=False)
    return P(context.ppr(f"toc {level}"), [(BOTH, (link,))], context.key(section), entry=contents)


def make_field(entries: Sequence[P]) -> None:
    """Put the field's begin before the first entry and its end behind the last one."""
    if entries:
        entries[0].content = [_BEGIN, *entries[0].content]
        entries[-1].content = [*entries[-1].content, _END]


def entry_text(section: Section, title: str | None = None) -> str:
    """Return an entry as Word would make it: the heading's number, a tab, its words."""
    return "\t".join(part for part in (heading_number(section), plain_text(section.title) if title is None else title) if part)
