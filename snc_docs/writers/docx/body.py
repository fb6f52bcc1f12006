"""document.xml: blocks as paragraphs and tables, headings with bookmarks, sections with their page settings.

A page break is ``w:pageBreakBefore`` on the paragraph that follows, never an empty paragraph. The end of a section is
a ``w:sectPr`` in the section's last paragraph (17.6.18); a table can't carry one, so a paragraph of six points
follows it. Adjacent tables would merge, so the same small paragraph stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import assert_never

from snc_docs.document.nodes import (
    Block,
    BulletList,
    Contents,
    Definition,
    DefinitionList,
    Deletion,
    Document,
    Embed,
    Facts,
    ForeignDocument,
    Insertion,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    SideBySide,
    Signatures,
    Table,
)
from snc_docs.document.numbering import heading_number
from snc_docs.language.labels import WORDS, Words
from snc_docs.writers.docx.columns import add_pair, add_pair_table, add_translated_heading, text_width
from snc_docs.writers.docx.contents import add_contents
from snc_docs.writers.docx.foreign import place_mark
from snc_docs.writers.docx.inlines import InlineWriter
from snc_docs.writers.docx.marker import Marker
from snc_docs.writers.docx.numbering import BULLET_INDENT, LETTER_INDENT, Numbering
from snc_docs.writers.docx.package import Relationships
from snc_docs.writers.docx.paragraphs import Format, add_field, add_paragraph, add_text, properties_of
from snc_docs.writers.docx.pictures import add_picture, fitted
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS
from snc_docs.writers.docx.tables import TableWriter
from snc_docs.writers.docx.xml import Element, add, qn

_BOLD = Format(bold=True)
# What a paragraph may introduce, and stays on a page with.
_INTRODUCED = (BulletList, OrderedList, Table, Signatures, Picture)
# A clause of so few paragraphs isn't broken over pages.
_SHORT = 3
_PARAGRAPH_STYLES = {"body": None, "notice": "Notice", "subtitle": "Subtitle"}


@dataclass(slots=True)
class BodyWriter:
    """Writes the body of one document."""

    document: Document
    words: Words
    styles: dict[str, str | None]
    relationships: Relationships
    inlines: InlineWriter
    numbering: Numbering
    width: int
    height: int
    body: Element
    marker: Marker
    _break: bool = False
    _bookmarks: int = 0
    _pictures: int = 0
    _guests: int = 0
    _pairs: Element | None = None
    _colon: str = field(init=False)
    _tables: TableWriter = field(init=False)

    def __post_init__(self) -> None:
        """Make the writer of tables as wide as the page's text."""
        self._colon = self.words.colon
        self._tables = TableWriter(self.inlines, self.styles, self.width, self.words.colon, self.marker)

    def sections(self, sections: Sequence[Section], width: int, height: int) -> None:
        """Append sections of one text area, in twips; what follows a cover starts a page."""
        self._tables.width = self.width = width
        self.height = height
        for section in sections:
            self._section(section, 0, appendix=section.role == "appendix")
            if section.role == "cover":
                self._break = True
        self._break = False

    def last_paragraph(self) -> Element:
        """Return the paragraph that ends the body so far, for the properties of a section: the last one, or a small new one."""
        last = self.body[-1] if len(self.body) else None
        return last if last is not None and last.tag == qn("w:p") else self._spacer()

    def _section(self, section: Section, depth: int, *, appendix: bool) -> None:
        self._heading(section, depth, appendix=appendix)
        self._blocks(section.blocks, depth, appendix=appendix)

    def _heading(self, section: Section, depth: int, *, appendix: bool) -> None:
        names = APPENDIX_HEADINGS if appendix else CLAUSE_HEADINGS
        style = {"cover": "Title", "unnumbered": "Unnumbered Heading"}.get(section.role, names[min(depth, 2)])
        if self.document.second:
            left, right = self._pair(section)
            with self._inside(left):
                self._heading_paragraph(section, style, depth, appendix=appendix)
            with self._inside(right, self.document.second):
                self._translated_heading(section, style)
        else:
            self._heading_paragraph(section, style, depth, appendix=appendix)

    def _heading_paragraph(self, section: Section, style: str, depth: int, *, appendix: bool) -> None:
        paragraph = self._paragraph(style, keep_next=True, numbering=self._heading_numbering(section, depth, appendix=appendix))
        self.marker.note(paragraph, section, "heading")
        self._bookmarks += 1
        add(paragraph, "w:bookmarkStart", {"w:id": str(self._bookmarks), "w:name": self.inlines.bookmark(section.id)})
        self.inlines.write(paragraph, section.title)
        add(paragraph, "w:bookmarkEnd", {"w:id": str(self._bookmarks)})

    def _translated_heading(self, section: Section, style: str) -> None:
        paragraph = add_translated_heading(self.body, self.styles.get(style))
        self.marker.note(paragraph, section, "translation")
        if section.number:
            ending = " " if section.role == "subsection" else ". "
            add_field(paragraph, f"REF {self.inlines.bookmark(section.id)} \\r \\h", heading_number(section).rstrip("."))
            add_text(paragraph, ending)
        self.inlines.write(paragraph, section.translation)

    def _pair(self, node: Section | SideBySide) -> tuple[Element, Element]:
        """Return the two cells of a new row for two languages, which ``node`` fills, in the table that ends the body so far or in a new one."""
        if self._break or not len(self.body) or self.body[-1] is not self._pairs:
            if self._break or (len(self.body) and self.body[-1].tag == qn("w:tbl")):
                self._spacer()
            self._pairs = add_pair_table(self.body, self.width)
        assert self._pairs is not None  # noqa: S101  # made above
        cells = add_pair(self._pairs, self.width)
        self.marker.note(self._pairs[-1], node, "pair")
        return cells

    @contextmanager
    def _inside(self, cell: Element, second: str = "") -> Iterator[None]:
        """Write into a cell for a while: its width, and the language of the right column."""
        body, width, colon = self.body, self.width, self._colon
        words = WORDS[second or self.document.language]
        self.body, self.inlines.language, self._colon = cell, words.locale if second else None, words.colon
        self._tables.width = self.width = text_width(width)
        yield
        self.body, self.inlines.language, self._colon = body, None, colon
        self._tables.width = self.width = width

    def _side_by_side(self, block: SideBySide, *, keep_next: bool) -> None:
        left, right = self._pair(block)
        for cell, blocks, second in ((left, block.left, ""), (right, block.right, self.document.second)):
            with self._inside(cell, second):
                for inner in blocks:
                    self._block(inner, keep_next=keep_next)

    def _heading_numbering(self, section: Section, depth: int, *, appendix: bool) -> tuple[int, int] | None:
        """Return the list and level of a heading; list 0 takes off what its style would number (17.9.18)."""
        if section.role == "cover":
            return None
        if not section.number:
            return 0, 0
        return (self.numbering.appendices if appendix else self.numbering.clauses), min(depth, 2)

    def _paragraph(self, style: str | None, *, keep_next: bool = False, numbering: tuple[int, int] | None = None) -> Element:
        """Append a paragraph, at the top of a page if one is to start."""
        page_break, self._break = self._break, False
        return add_paragraph(self.body, self.styles.get(style) if style else None, keep_next=keep_next, page_break=page_break, numbering=numbering)

    def _spacer(self) -> Element:
        return self._paragraph("Spacer")

    def _blocks(self, blocks: Sequence[Block], depth: int, *, appendix: bool) -> None:
        short = len(blocks) <= _SHORT and all(isinstance(block, Paragraph) for block in blocks)
        for index, block in enumerate(blocks):
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if isinstance(block, Section):
                self._section(block, depth + 1, appendix=appendix)
            else:
                self._block(block, keep_next=_is_introduced(following) or (short and following is not None))

    def _block(self, block: Block, *, keep_next: bool) -> None:
        match block:
            case Paragraph(children, role):
                paragraph = self._paragraph(_PARAGRAPH_STYLES[role], keep_next=keep_next)
                self.marker.note(paragraph, block)
                self.inlines.write(paragraph, children)
            case BulletList(items):
                self._list(items, self.numbering.bullets, 0)
            case OrderedList(items):
                self._list(items, self.numbering.new_list(self.marker.key(block)), 0)
            case Table() | Facts() | Signatures():
                self._table(block)
            case DefinitionList(entries):
                for entry in entries:
                    self._definition(entry)
            case Contents():
                add_contents(self.body, block, self.document, self.styles, self.inlines, self.marker, page_break=self._break)
                self._break = False
            case PageBreak():
                self._break = True
            case Picture():
                self._picture(block)
            case ForeignDocument():
                self._foreign(block)
            case SideBySide():
                self._side_by_side(block, keep_next=keep_next)
            case Embed() | Section() | Insertion() | Deletion():
                raise AssertionError(f"{type(block).__name__} isn't a block by now")
            case _:
                assert_never(block)

    def _list(self, items: Sequence[ListItem], list_id: int, level: int) -> None:
        """Append items; only an item's first paragraph carries the number or bullet."""
        for index, item in enumerate(items):
            marked = True
            # Neither the first item nor the last stands alone on a page.
            together = index in (0, len(items) - 2) and index < len(items) - 1
            for block in item.blocks:
                match block:
                    case Paragraph(children):
                        paragraph = self._paragraph("List Paragraph", keep_next=together, numbering=(list_id, level) if marked else None)
                        self.marker.note(paragraph, block)
                        if not marked:
                            self._indent(paragraph, list_id, level)
                        self.inlines.write(paragraph, children)
                        marked = False
                    case BulletList(inner):
                        self._list(inner, self.numbering.bullets, min(level + 1, 2))
                    case OrderedList(inner):
                        self._list(inner, self.numbering.new_list(self.marker.key(block)), min(level + 1, 2))
                    case Insertion() | Deletion():
                        raise AssertionError("a redline has been refused by now")
                    case _:
                        assert_never(block)

    def _indent(self, paragraph: Element, list_id: int, level: int) -> None:
        """Indent a paragraph that goes on in an item as far as the item's words."""
        step = BULLET_INDENT if list_id == self.numbering.bullets else LETTER_INDENT
        add(properties_of(paragraph), "w:ind", {"w:left": str(step * (level + 1))})

    def _table(self, block: Table | Facts | Signatures) -> None:
        if self._break or (len(self.body) and self.body[-1].tag == qn("w:tbl")):
            self._spacer()
        match block:
            case Table():
                self._tables.table(self.body, block)
            case Facts():
                self._tables.facts(self.body, block)
            case Signatures():
                self._tables.signatures(self.body, block)
        self.marker.note(self.body[-1], block)
        self.marker.note(self._spacer(), block, "after")

    def _definition(self, entry: Definition) -> None:
        paragraph = self._paragraph("Definition")
        self.marker.note(paragraph, entry)
        bold = replace(_BOLD, language=self.inlines.language)
        add_text(paragraph, entry.forms[0], bold)
        add_text(paragraph, self._colon, bold)
        for index, block in enumerate(entry.blocks):
            if index:
                paragraph = self._paragraph("Definition")
                self.marker.note(paragraph, block)
            self.inlines.write(paragraph, block.children)

    def _picture(self, picture: Picture) -> None:
        self._pictures += 1
        relationship = self.relationships.id_for("image", f"media/{picture.resource}")
        fitting = fitted(picture, self.width, self.height)
        paragraph = self._paragraph("Illustration")
        self.marker.note(paragraph, picture)
        add_picture(paragraph, fitting, relationship, self._pictures)

    def _foreign(self, block: ForeignDocument) -> None:
        """Append an empty paragraph that says where a foreign document goes; ``foreign`` puts it there.

        A redline names the document instead: nobody can track changes in a file that we didn't write.
        """
        if self.marker.is_active:
            paragraph = self._paragraph("Notice")
            self.marker.note(paragraph, block)
            add_text(paragraph, block.title)
            return
        paragraph = self._paragraph("Spacer")
        self._guests += 1
        self._bookmarks += 1
        add(paragraph, "w:bookmarkStart", {"w:id": str(self._bookmarks), "w:name": place_mark(self._guests)})
        add(paragraph, "w:bookmarkEnd", {"w:id": str(self._bookmarks)})


def _is_introduced(block: Block | None) -> bool:
    """Return whether a block is one that the paragraph before it introduces, in either column too."""
    return isinstance(block, _INTRODUCED) or (isinstance(block, SideBySide) and isinstance(block.left[0], _INTRODUCED))
