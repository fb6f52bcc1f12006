"""Blocks as HTML: sections, lists, tables, definitions, signatures and pictures, each as the element made for it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final, TypeVar, assert_never

from snc_docs.document.nodes import (
    Block,
    BulletList,
    Contents,
    DefinitionList,
    Deletion,
    Document,
    Embed,
    Fact,
    Facts,
    ForeignDocument,
    Inline,
    Insertion,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Redline,
    Row,
    Section,
    SideBySide,
    Signatures,
    Table,
    Text,
)
from snc_docs.document.numbering import heading_number
from snc_docs.document.paragraphs import counts_paragraphs, is_counted
from snc_docs.document.revisions import accept
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.language.known import words_of
from snc_docs.writers.html.inlines import inlines_html
from snc_docs.writers.html.lines import displayed, former_id

N = TypeVar("N")
# From so many columns on, a table is too wide for a phone.
_WIDE: Final = 3


class BlockWriter:
    """Writes the blocks of one document."""

    def __init__(self, document: Document | Redline) -> None:
        """Note which sections the page holds, of a redline those of its new version."""
        self.terms = "term"
        # "ins" or "del" while a whole block, item or row of a redline is being written.
        self.revision = ""
        # The number of the next paragraph, marked up; "" for none.
        self.number = ""
        # What the page shows: of a redline the new version, with the pictures of the old one for what went.
        self.now, self.was = (accept(document), document.old) if isinstance(document, Redline) else (document, document)
        self.sections = displayed(document) if isinstance(document, Redline) else document.sections
        # Of a redline, the numbers of each heading in the old and the new version, marked up.
        self.numbers = _numbers(document) if isinstance(document, Redline) else {}
        # A page begins with a heading of level 1: the cover's, or that of each section where there is none.
        self.below_title = int(any(section.role == "cover" for section in self.now.sections))
        self.targets = frozenset(section.id for section in sections_of(self.now.sections))

    def page(self) -> str:
        """Return the HTML of every section."""
        return "".join(line + "\n" for section in self.sections for line in self._section(section, 1))

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        words = inlines_html(inlines, self.targets, f"was-{self.terms}" if self.revision == "del" else self.terms)
        return f"<{self.revision}>{words}</{self.revision}>" if self.revision and words else words

    def _each(self, nodes: Iterable[N]) -> Iterator[N]:
        """Yield nodes, those of an insertion or deletion while ``revision`` says so: their words are marked, whatever holds them."""
        for node in nodes:
            if isinstance(node, (Insertion, Deletion)):
                self.revision = "ins" if isinstance(node, Insertion) else "del"
                yield from node.children
                self.revision = ""
            else:
                yield node

    def _mark(self) -> str:
        """Return the class of what came or went whole."""
        return f' class="{self.revision}"' if self.revision else ""

    def _id(self, identifier: str) -> str:
        """Return an element's identifier; what was deleted must not take that of what is there now."""
        return escape(former_id(identifier) if self.revision == "del" else identifier)

    def _section(self, section: Section, level: int) -> Iterator[str]:
        heading = 1 if section.role == "cover" else min(level + self.below_title, 6)
        yield f'<section id="{escape(section.id)}" class="{section.role}">'
        yield f"<h{heading}{_heading_mark(section)}>{self._heading(section)}</h{heading}>"
        yield from self._counted(section, level) if counts_paragraphs(section) else self._all(section.blocks, level)
        yield "</section>"

    def _all(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        for block in self._each(blocks):
            yield from self._block(block, level)

    def _counted(self, section: Section, level: int) -> Iterator[str]:
        """Yield blocks, paragraphs with their numbers; what went from a section that stays has none, as those are of the new version."""
        is_gone = isinstance(next(iter(section.title), None), Deletion)
        count = 0
        for block in self._each(section.blocks):
            if is_counted(block) and (self.revision != "del" or is_gone):
                count += 1
                self.number = f'<span class="number">{section.number}.{count}</span> '
            elif isinstance(block, Section) and self.revision != "del":
                count += 1
            yield from self._block(block, level)
            self.number = ""

    def _heading(self, section: Section) -> str:
        """Return the words of a heading, in a document of two languages those of each in its column."""
        former, number = self.numbers.get(section.id) or (_number(section),) * 2
        if former != number:
            number = f"{former and f'<del>{former}</del>'}{number and f'<ins>{number}</ins>'}"
        title = f"{number}{self._inlines(section.title)}"
        if not self.now.second:
            return title
        left, right = self._locales()
        return f'<span class="pair"><span lang="{left}">{title}</span><span lang="{right}">{_number(section)}{self._inlines(section.translation)}</span></span>'

    def _locales(self) -> tuple[str, str]:
        return words_of(self.now.language).locale, words_of(self.now.second).locale

    def _side_by_side(self, block: SideBySide, level: int) -> Iterator[str]:
        left, right = self._locales()
        yield f'<div class="pair"><div lang="{left}">'
        yield from (line for inner in block.left for line in self._block(inner, level))
        yield f'</div><div lang="{right}">'
        self.terms = f"term-{self.now.second}"
        yield from (line for inner in block.right for line in self._block(inner, level))
        self.terms = "term"
        yield "</div></div>"

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Section():
                yield from self._section(block, level + 1)
            case Paragraph(children, role):
                number, self.number = self.number, ""  # a row has one number
                kind = "counted" if number else "" if role == "body" else role
                mark = f' class="{kind}"' if kind else ""
                yield f"<p{mark}>{number}{self._inlines(children)}</p>"
            case BulletList(items) | OrderedList(items):
                yield from self._list("ul" if isinstance(block, BulletList) else "ol", items, level)
            case Table():
                yield from self._table(block)
            case Facts(rows):
                yield from self._facts(rows)
            case Signatures():
                yield from self._signatures(block)
            case DefinitionList():
                yield from self._definitions(block)
            case Contents(title):
                yield from self._contents(title)
            case PageBreak():
                yield '<div class="page-break"></div>'
            case Picture() | ForeignDocument():
                yield self._resource(block)
            case SideBySide():
                yield from self._side_by_side(block, level)
            case Insertion() | Deletion():
                yield from (line for inner in self._each((block,)) for line in self._block(inner, level))
            case Embed():
                raise AssertionError("an Embed isn't a block by now")
            case _:
                assert_never(block)

    def _list(self, tag: str, items: Sequence[ListItem], level: int) -> Iterator[str]:
        yield f"<{tag}>"
        for item in self._each(items):
            yield f"<li{self._mark()}>{''.join(line for block in self._each(item.blocks) for line in self._block(block, level))}</li>"
        yield f"</{tag}>"

    def _table(self, table: Table) -> Iterator[str]:
        kind = "table" if len(table.columns) < _WIDE else "table wide"
        yield f'<div class="{kind}" tabindex="0"><table>'  # it scrolls where a word is wider than its column, by the keys too
        widths = "".join(f'<col style="width:{column.width}%">' for column in table.columns)
        titles = "".join(f'<th scope="col">{self._inlines(column.title)}</th>' for column in table.columns)
        yield f"<colgroup>{widths}</colgroup><thead><tr>{titles}</tr></thead>"
        yield "<tbody>"
        names = [plain_text(column.title) or _was(column.title) for column in table.columns]
        for row in self._each(table.rows):
            yield self._row(row, names)
        yield "</tbody></table></div>"

    def _row(self, row: Row, names: Sequence[str]) -> str:
        """Return a row; of a wide table, whose rows are cards on a phone, each cell knows the name of its column."""
        if row.group:
            return f'<tr class="{f"group {self.revision}".strip()}"><th scope="rowgroup" colspan="{len(names)}">{self._inlines(row.cells[0].children)}</th></tr>'
        cells = [self._inlines(cell.children) for cell in row.cells]
        if len(names) < _WIDE:
            return f"<tr{self._mark()}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        return f"<tr{self._mark()}>{''.join(map(_named_cell, names, cells))}</tr>"

    def _facts(self, rows: Sequence[Fact]) -> Iterator[str]:
        yield '<dl class="facts">'
        for fact in self._each(rows):
            room = "" if fact.children else ' class="room"'
            yield f"<div{self._mark()}><dt>{self._inlines(fact.label)}</dt><dd{room}>{self._inlines(fact.children)}</dd></div>"
        yield "</dl>"

    def _signatures(self, signatures: Signatures) -> Iterator[str]:
        yield '<div class="signatures">'
        for column in signatures.columns:
            yield f'<div class="signatory"><p><strong>{self._inlines(column.heading)}</strong></p>'
            yield from self._facts(column.rows)
            yield "</div>"
        yield "</div>"

    def _definitions(self, definitions: DefinitionList) -> Iterator[str]:
        yield '<dl class="definitions">'
        for entry in self._each(definitions.entries):
            yield f'<dt id="{self._id(f"{self.terms}-{entry.id}")}"><dfn>{self._inlines((Text(entry.forms[0]),))}</dfn></dt>'
            yield from (f"<dd>{self._inlines(paragraph.children)}</dd>" for paragraph in self._each(entry.blocks))
        yield "</dl>"

    def _contents(self, title: Sequence[Inline]) -> Iterator[str]:
        yield f'<nav aria-label="{escape(plain_text(title))}"><p class="nav-title">{self._inlines(title)}</p><ul>'
        for section in self.now.sections:
            if section.role != "cover":
                yield self._entry(section, 1)
        yield "</ul></nav>"

    def _entry(self, section: Section, level: int) -> str:
        inner = "".join(self._entry(block, level + 1) for block in section.blocks if isinstance(block, Section) and level == 1)
        nested = f"<ul>{inner}</ul>" if inner else ""
        return f'<li><a href="#{escape(section.id)}">{_number(section)}{escape(plain_text(section.title), quote=False)}</a>{nested}</li>'

    def _resource(self, block: Picture | ForeignDocument) -> str:
        resource = (self.was if self.revision == "del" else self.now).resource(block.resource)
        data = f"data:{resource.media_type};base64,{base64.b64encode(resource.content).decode('ascii')}"
        revised = self._mark()
        if isinstance(block, Picture):
            return f'<figure{revised}><img src="{data}" alt="{escape(block.alt)}"></figure>'
        return f'<p{revised}><a href="{data}" download="{escape(block.resource)}">{escape(block.title)} (DOCX)</a></p>'


def _named_cell(name: str, words: str) -> str:
    return f'<td data-column="{escape(name)}"><div>{words}</div></td>' if words else f'<td data-column="{escape(name)}" class="empty"></td>'


def _was(title: Iterable[Inline]) -> str:
    """Return the words of a title that only the old version has."""
    return plain_text(inner for each in title if isinstance(each, Deletion) for inner in each.children)


def _heading_mark(section: Section) -> str:
    """Return the class of a heading that came or went: beside the other version it isn't shown."""
    match section.title:
        case (Insertion(),):
            return ' class="ins"'
        case (Deletion(),):
            return ' class="del"'
        case _:
            return ""


def _numbers(redline: Redline) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in redline.lines:
        now, was = line.block if line.new is not None else None, (line.was or line.block) if line.old is not None else None
        old, new = (_number(each) if isinstance(each, Section) else "" for each in (was, now))
        if isinstance(now, Section):
            found[now.id] = old, new
        elif isinstance(was, Section):
            found[former_id(was.id)] = old, new
    return found


def _number(section: Section) -> str:
    number = heading_number(section)
    return f'<span class="number">{escape(number)}</span> ' if number else ""
