"""One document in two columns out of two languages: clause by clause, paragraph by paragraph, under one numbering.

What prints the same in both languages, or is there to be filled in once, stands over both columns: signatures, labelled
lines, pictures, wide tables. A narrow table has the columns of both languages side by side, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NoReturn

from snc_docs.document.nodes import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    DefinitionList,
    Document,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    ForeignDocument,
    Inline,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Properties,
    Reference,
    Row,
    Section,
    SideBySide,
    Signatory,
    Signatures,
    Table,
    Text,
)
from snc_docs.document.walk import plain_text, rewrite, sections_of
from snc_docs.errors import SncDocsError, Wording

# Tables of more columns have both languages in each cell: side by side they would be too narrow to read.
_MOST_COLUMNS: Final = 3
_SEPARATOR: Final = Text(" / ")
Merge = Callable[[tuple[Inline, ...], tuple[Inline, ...]], tuple[Inline, ...]]


class UnpairedError(SncDocsError):
    """Two languages of one document that don't have the same parts in the same order."""

    exit_code = 2


def bilingual(first: Document, second: Document) -> Document:
    """Return one document with ``first`` on the left and ``second`` on the right; its language is that of ``first``.

    Both must be numbered with the same labels and resolved. UnpairedError where a clause has other blocks in the other
    language.
    """
    first, second = (_with_titles_as_words(each) for each in (first, second))
    entries = tuple(_entries(first.sections, second.sections))
    sections = tuple(replace(_section(one, other, entries), landscape=True) for one, other in _paired(first.sections, second.sections, "–"))
    resources = {each.name: each for each in (*second.resources, *first.resources)}
    properties = _properties(first.properties, second.properties)
    return Document(first.language, sections, properties, tuple(resources[name] for name in sorted(resources)), second.language)


def with_appendices_as_words(document: Document) -> Document:
    """Return a document whose references to appendices are their words, in its own language: live ones would show those of the heading, which are of both."""
    appendices = {section.id for section in document.sections if section.role == "appendix"}
    return _as_words(document, lambda reference: reference.target in appendices and reference.form != "page")


def _with_titles_as_words(document: Document) -> Document:
    """Return a document whose references to titles are their words: a live one would show the title of the left column in the right one too."""
    numbered = {section.id for section in sections_of(document.sections) if section.number}
    return _as_words(document, lambda reference: reference.form == "title" or reference.target not in numbered)


def _as_words(document: Document, is_meant: Callable[[Reference], bool]) -> Document:
    """Return a document with the words of some references in their place."""

    def words(node: Any) -> Any:
        return Text(node.text) if isinstance(node, Reference) and is_meant(node) else node

    return replace(document, sections=tuple(rewrite(section, words, (Reference,)) for section in document.sections))


def _properties(one: Properties, other: Properties) -> Properties:
    both = {name: _joined(getattr(one, name), getattr(other, name)) for name in ("title", "confidentiality", "status")}
    return replace(one, **both)


def _joined(one: str, other: str) -> str:
    return one if one == other else f"{one} / {other}"


def _paired(first: Sequence[Block], second: Sequence[Block], clause: str) -> Iterator[tuple[Block, Block]]:
    """Yield what stands at the same place in both languages, which must be of the same kind."""
    for index in range(max(len(first), len(second))):
        one, other = (blocks[index] if index < len(blocks) else None for blocks in (first, second))
        if one is None or other is None or type(one) is not type(other):
            _unpaired(clause)
        yield one, other


def _unpaired(clause: str) -> NoReturn:
    raise UnpairedError(
        Wording(
            f"« {clause} » n'a pas les mêmes blocs dans les deux langues ; « make-agreement check --templates » dit lesquels.",
            f"'{clause}' doesn't have the same blocks in both languages; 'make-agreement check --templates' says which.",
        )
    )


def _section(one: Block, other: Block, entries: tuple[Row, ...]) -> Section:
    if not isinstance(one, Section) or not isinstance(other, Section) or one.id != other.id:
        _unpaired(getattr(one, "id", "–"))
    blocks = tuple(block for pair in _paired(one.blocks, other.blocks, one.id) for block in _blocks(*pair, one.id, entries))
    return replace(one, blocks=blocks, translation=other.title)


def _blocks(one: Block, other: Block, clause: str, entries: tuple[Row, ...]) -> Iterator[Block]:
    match one, other:
        case Section(), Section():
            yield _section(one, other, entries)
        case BulletList(items), BulletList(others) if len(items) == len(others):
            yield from (SideBySide((BulletList((item,)),), (BulletList((match,)),)) for item, match in zip(items, others, strict=True))
        case (Paragraph(), Paragraph()) | (OrderedList(), OrderedList()):
            yield SideBySide((one,), (other,))
        case DefinitionList(), DefinitionList():
            yield from _definitions(one, other, clause)
        case Table(), Table():
            yield _table(one, other, clause)
        case Facts(rows), Facts(others):
            yield Facts(_facts(rows, others, clause))
        case Signatures(columns), Signatures(others) if len(columns) == len(others):
            yield Signatures(tuple(_signatory(column, match, clause) for column, match in zip(columns, others, strict=True)))
        case Contents(title), Contents(translation):
            yield Table((Column(title, 50), Column(translation, 50)), entries)
        case (PageBreak(), PageBreak()) | (Picture(), Picture()):
            yield one
        case ForeignDocument(resource, title), ForeignDocument(same, translation) if resource == same:
            yield ForeignDocument(resource, _joined(title, translation))
        case _ if one == other:
            yield one
        case _:
            _unpaired(clause)


def _definitions(one: DefinitionList, other: DefinitionList, clause: str) -> Iterator[Block]:
    """Yield each definition beside its own translation, in the order of the first language."""
    translations = {entry.id: entry for entry in other.entries}
    if sorted(translations) != sorted(entry.id for entry in one.entries):
        _unpaired(clause)
    for entry in one.entries:
        yield SideBySide((DefinitionList((entry,)),), (DefinitionList((translations[entry.id],)),))


def _table(one: Table, other: Table, clause: str) -> Table:
    if len(one.columns) != len(other.columns) or [row.group for row in one.rows] != [row.group for row in other.rows]:
        _unpaired(clause)
    if len(one.columns) > _MOST_COLUMNS:
        columns = tuple(replace(column, title=_stacked(column.title, match.title)) for column, match in zip(one.columns, other.columns, strict=True))
        return Table(columns, tuple(_merged_row(row, match, _stacked) for row, match in zip(one.rows, other.rows, strict=True)), one.origin)
    columns = tuple(Column(column.title, max(column.width // 2, 1)) for column in (*one.columns, *other.columns))
    rows = tuple(
        _merged_row(row, match, _merged) if row.group else replace(row, cells=(*row.cells, *match.cells))
        for row, match in zip(one.rows, other.rows, strict=True)
    )
    return Table(columns, rows, one.origin)


def _merged_row(row: Row, match: Row, merge: Merge) -> Row:
    return replace(row, cells=tuple(Cell(merge(cell.children, other.children)) for cell, other in zip(row.cells, match.cells, strict=True)))


def _facts(rows: Sequence[Fact], others: Sequence[Fact], clause: str) -> tuple[Fact, ...]:
    if len(rows) != len(others):
        _unpaired(clause)
    return tuple(
        Fact(_merged(row.label, other.label), _merged(row.children, other.children) if row.children else ())
        for row, other in zip(rows, others, strict=True)
    )


def _signatory(column: Signatory, other: Signatory, clause: str) -> Signatory:
    return Signatory(_merged(column.heading, other.heading), _facts(column.rows, other.rows, clause))


def _merged(one: tuple[Inline, ...], other: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the words of both languages with a stroke between, once where they are the same; one field to fill in stays one."""
    if plain_text(one) == plain_text(other):
        return one
    match one, other:
        case (FillIn(path, prompt, kind),), (FillIn(other_path, other_prompt),) if path == other_path:
            return (FillIn(path, f"{prompt} / {other_prompt}", kind),)
        case _:
            return (*one, _SEPARATOR, *other)


def _stacked(one: tuple[Inline, ...], other: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the words of both languages one under the other."""
    merged = _merged(one, other)
    return (*one, Text("\n"), Emphasis(other)) if _SEPARATOR in merged else merged


def _entries(first: Sequence[Section], second: Sequence[Section]) -> Iterator[Row]:
    """Yield the rows of the table of contents: each heading in both languages, with its live number and page."""
    for pair in _paired(first, second, "–"):
        for one, other in _listed(*pair):
            if one.role != "cover":
                yield Row(one.id, (Cell(_entry(one)), Cell(_entry(other))))


def _listed(one: Block, other: Block) -> Iterator[tuple[Section, Section]]:
    """Yield a section and its parts with their translations: two levels, as in the table of contents of one language."""
    if isinstance(one, Section) and isinstance(other, Section):
        yield one, other
        if one.role != "subsection":
            for pair in zip(one.blocks, other.blocks, strict=False):
                yield from _listed(*pair)


def _entry(section: Section) -> tuple[Inline, ...]:
    words, page = Text(plain_text(section.title)), Reference(section.id, "page")
    return (Reference(section.id, "label", section.label), Text(". "), words, page) if section.number else (words, page)
