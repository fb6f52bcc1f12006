"""The skeleton of a section: its pieces in reading order, with what must be the same in every language.

A piece is a heading, a paragraph, an item, a row … Its ``key`` is what tells it from another of its kind; its ``details``
are what stands in it: data fields, references, statements, definitions, links and numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from snc_docs.document.nodes import (
    EMPTY_CELL,
    Block,
    BulletList,
    Contents,
    DefinitionList,
    Deletion,
    Embed,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    ForeignDocument,
    Inline,
    Insertion,
    Link,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Section,
    SideBySide,
    Signatures,
    Statement,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from snc_docs.document.origins import Origin
from snc_docs.document.walk import plain_text
from snc_docs.patterns import regex

# "trente (30) jours": a value's words are those of its figures, which tell it.
_SAID_TWICE: Final = regex(r"[^\d()]+\(([^()]*\d[^()]*)\)")

Detail = tuple[str, str]
# The numbers of a text, in a form that doesn't depend on the language.
Figures = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece; ``origin`` is the template line it comes from, or that of the nearest piece that knows."""

    kind: str
    key: str
    origin: Origin | None
    details: tuple[Detail, ...] = ()


def skeleton(section: Section, figures: Figures) -> list[Piece]:
    """Return the pieces of a section and everything below it."""
    return list(_Skeleton(figures).section(section, 1))


class _Skeleton:
    """Walks one section, remembering the last origin it met."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.origin: Origin | None = None

    def section(self, section: Section, depth: int) -> Iterator[Piece]:
        self.origin = section.origin or self.origin
        yield self._piece("heading", f"{'#' * depth} {section.id}", section.title)
        for block in section.blocks:
            if isinstance(block, Section):
                yield from self.section(block, depth + 1)
            else:
                yield from self._block(block)

    def _piece(self, kind: str, key: str, inlines: Iterable[Inline] = ()) -> Piece:
        return Piece(kind, key, self.origin, tuple(self._details(inlines)))

    def _block(self, block: Block) -> Iterator[Piece]:
        self.origin = getattr(block, "origin", None) or self.origin
        match block:
            case Paragraph(children, role):
                yield self._piece("paragraph", role, children)
            case BulletList(items) | OrderedList(items):
                yield self._piece("list", type(block).__name__)
                yield from self._items(items)
            case Table():
                yield from self._table(block)
            case Facts(rows):
                yield self._piece("facts", "")
                yield from self._facts(rows)
            case Signatures(columns):
                for column in columns:
                    yield self._piece("signatory", "", column.heading)
                    yield from self._facts(column.rows)
            case DefinitionList():
                yield from self._definitions(block)
            case Contents(title):
                yield self._piece("contents", "", title)
            case PageBreak():
                yield self._piece("page break", "")
            case Embed(path) | Picture(path) | ForeignDocument(path):
                yield self._piece("file", path)
            case SideBySide(left, right):
                for inner in (*left, *right):
                    yield from self._block(inner)
            case Section() | Insertion() | Deletion():
                raise AssertionError(f"{type(block).__name__} isn't a block here")
            case _:
                assert_never(block)

    def _items(self, items: Iterable[ListItem]) -> Iterator[Piece]:
        for item in items:
            first, *rest = item.blocks
            self.origin = getattr(first, "origin", None) or self.origin
            yield self._piece("item", "", first.children if isinstance(first, Paragraph) else ())
            for block in rest if isinstance(first, Paragraph) else item.blocks:
                yield from self._block(block)

    def _table(self, table: Table) -> Iterator[Piece]:
        yield self._piece("table", f"{len(table.columns)} columns", [inline for column in table.columns for inline in column.title])
        for row in table.rows:
            self.origin = row.origin or self.origin
            empty = "".join(f", {index} empty" for index, cell in enumerate(row.cells, 1) if plain_text(cell.children) in ("", EMPTY_CELL))
            yield self._piece(
                "row", "group" if row.group else f"{len(row.cells)} cells{empty}", [inline for cell in row.cells for inline in cell.children]
            )

    def _facts(self, rows: Iterable[Fact]) -> Iterator[Piece]:
        for row in rows:
            self.origin = row.origin or self.origin
            yield self._piece("line", "" if row.children else "room", (*row.label, *row.children))

    def _definitions(self, definitions: DefinitionList) -> Iterator[Piece]:
        """Yield entries by identifier: each language sorts them by its own words."""
        for entry in sorted(definitions.entries, key=lambda entry: entry.id):
            self.origin = entry.origin or self.origin
            yield self._piece("definition", entry.id)
            for block in entry.blocks:
                yield from self._block(block)

    def _details(self, inlines: Iterable[Inline]) -> Iterator[Detail]:
        for inline in inlines:
            match inline:
                case Text(text):
                    yield from (("number", number) for number in self.figures(text))
                case Value(path, text):
                    yield "field", path
                    yield from (("value", f"{path} {number}") for number in sorted(set(self.figures(_SAID_TWICE.sub(r"\1", text)))))
                case FillIn(path):
                    yield "field", path
                case Reference(target, form):
                    yield "reference", f"{target} ({form})"
                case Term(identifier, _, children):
                    yield "term", identifier
                    yield from self._details(children)
                case Statement(facts, children):
                    yield from (("statement", fact) for fact in facts)
                    yield from self._details(children)
                case Link(href, children):
                    yield "link", href if href.startswith(("mailto:", "tel:")) else ""
                    yield from self._details(children)
                case Strong(children) | Emphasis(children):
                    yield from self._details(children)
                case Insertion() | Deletion():
                    raise AssertionError("a redline is compared with nothing")
                case _:
                    assert_never(inline)
