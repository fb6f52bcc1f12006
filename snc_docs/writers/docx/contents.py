r"""The table of contents: a ``TOC`` field whose cached entries are true.

``TOC \o "1-2" \h \n \z \u`` (17.16.5.68): headings of levels 1 and 2 and paragraphs with an outline level, as
hyperlinks, without page numbers: only a layout engine knows them, and a number that is wrong until somebody updates the field
has no place in a contract. A click goes to the heading.

Where the pages are known from a layout (``writers/layout``), ``\n`` is left out, and an entry ends as Word makes it: a tab with leaders to the right
margin and a ``PAGEREF`` field (17.16.5.45) to the heading's bookmark, with the page as its result.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from snc_docs.document.nodes import Contents, Document, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import MOST_KEPT, plain_text, weight_of
from snc_docs.kept import Kept
from snc_docs.writers.docx.inlines import bookmark, content_of, page_field, unit
from snc_docs.writers.docx.markup import field_character, instruction, run
from snc_docs.writers.docx.place import Context, Place
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.written import BOTH, Holder, P, Raw, Unit

# The pages of headings, from 1, by the names of their bookmarks.
Pages = Mapping[str, int]

_INSTRUCTION: Final = 'TOC \\o "1-2" \\h \\n \\z \\u'
_WITH_PAGES: Final = 'TOC \\o "1-2" \\h \\z \\u'
_END: Final[Unit] = BOTH, (Raw(run("", field_character("end"))),)


def listed_sections(document: Document) -> Iterator[tuple[int, Section]]:
    """Yield the sections that the table lists, with their level: 1 for clauses and appendices, 2 for their parts."""
    for section in document.sections:
        if section.role != "cover":
            yield from _listed(section)


def _listed(section: Section) -> Iterator[tuple[int, Section]]:
    yield 1, section
    yield from ((2, block) for block in section.blocks if isinstance(block, Section))


def contents_of(contents: Contents, place: Place, context: Context) -> Iterator[P | str]:
    """Yield the heading of the table and its entries, a field; in a redline ``make_field`` makes them one once both versions are merged.

    The entries of a plain document are text, kept for each clause.
    """
    spot = context.spot(contents)
    yield P(context.ppr("TOC Heading"), content_of(contents.title, place, context), context.key(contents, "heading"), spot.move)
    if context.kept is None and context.pages is None:
        yield from _as_text(place, context)
        return
    entries = [_entry(section, level, spot.path, place, context) for level, section in listed_sections(context.document)]
    if context.kept is None:
        make_field(entries, _INSTRUCTION if context.pages is None else _WITH_PAGES)
    yield from entries


def _as_text(place: Place, context: Context) -> Iterator[P | str]:
    """Yield the entries of a plain document as text, and the last one as a paragraph, which may have to carry the properties of a page group."""
    clauses = [section for section in context.document.sections if section.role != "cover"]
    texts = [text for section in clauses for text in _texts.get(section, (place, context.styles), partial(_texts_of, section, place, context))]
    if not texts:
        return
    level, section = list(_listed(clauses[-1]))[-1]
    last = _entry(section, level, "", place, context)
    if len(texts) == 1:
        make_field([last])
    else:
        before, _, behind = "".join(texts[:-1]).partition("<w:hyperlink")
        yield f"{before}{_begin(_INSTRUCTION)}<w:hyperlink{behind}"
        last.content = [*last.content, _END]
    yield last


# The entries of each section and its parts, as text.
_texts: Final[Kept[list[str]]] = Kept(MOST_KEPT, weight_of)


def _texts_of(section: Section, place: Place, context: Context) -> list[str]:
    return [Serializer().paragraph(_entry(each, level, "", place, context)) for level, each in _listed(section)]


def _entry(section: Section, level: int, contents: str, place: Place, context: Context) -> P:
    """Return an entry; it moves with its clause, not on its own."""
    words = entry_text(section, context.text(section.title))
    content = (unit(words), (BOTH, tuple(page_field(section.id, "", context))))
    start = f'<w:hyperlink w:anchor="{bookmark(section.id, context)}" w:history="1">'
    link = Holder(start, "</w:hyperlink>", content if context.pages is not None else content[:1], is_control=False)
    more = "" if context.pages is None else _to_the_margin(place.width, () if "\t" in words else context.stops)
    return P(context.ppr(f"toc {level}", more=more), [(BOTH, (link,))], context.key(section), entry=contents)


def _to_the_margin(width: int, cleared: Sequence[int]) -> str:
    """Return a tab stop with leaders at the right margin; those ``cleared``, before which words without a number may end, aren't stopped at."""
    away = "".join(f'<w:tab w:val="clear" w:pos="{stop}"/>' for stop in cleared)
    indent = '<w:ind w:left="0" w:hanging="0"/>' if cleared else ""
    return f'<w:tabs>{away}<w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>{indent}'


def make_field(entries: Sequence[P], toc: str = _INSTRUCTION) -> None:
    """Put the begin of a field with the instruction ``toc`` before the first entry and its end behind the last one."""
    if entries:
        entries[0].content = [(BOTH, (Raw(_begin(toc)),)), *entries[0].content]
        entries[-1].content = [*entries[-1].content, _END]


def _begin(toc: str) -> str:
    """Return what begins the field, up to its result."""
    return run("", field_character("begin")) + run("", instruction(toc)) + run("", field_character("separate"))


def entry_text(section: Section, title: str | None = None) -> str:
    """Return an entry as Word would make it: the heading's number, a tab, its words."""
    return "\t".join(part for part in (heading_number(section), plain_text(section.title) if title is None else title) if part)
