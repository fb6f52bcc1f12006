"""Texts of an agreement as an instrument quotes them: between marks, indented, under the numbers of the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from snc_docs.amendment.words import PackageWords
from snc_docs.document.nodes import Block, Contents, Embed, Fact, Facts, PageBreak, Paragraph, Row, Section, Statement, Strong, Table, Term, Text
from snc_docs.document.numbering import heading_number
from snc_docs.document.paragraphs import counted_blocks
from snc_docs.document.walk import plain_text, rewrite


def quotation(section: Section, words: PackageWords, *, deep: bool = True) -> Iterator[Block]:
    """Yield the text of a section between quotation marks, its paragraphs indented; with ``deep`` that of its parts too."""
    yield from between_marks(_quoted(section, deep=deep), words)


def between_marks(blocks: Iterable[Any], words: PackageWords) -> Iterator[Block]:
    """Yield blocks with an opening mark before the first and a closing one behind the last."""
    opening, closing = (Text(words.plain("instrument", f"{side}-mark")) for side in ("opening", "closing"))
    first, *others = blocks
    quoted = [replace(first, children=(opening, *first.children)), *others]
    if isinstance(quoted[-1], Paragraph):
        quoted[-1] = replace(quoted[-1], children=(*quoted[-1].children, closing))
    else:  # a list or a table ends the quotation
        quoted.append(Paragraph((Text(closing.text.lstrip()),), "quote"))
    yield from quoted


def _quoted(section: Section, *, deep: bool) -> Iterator[Any]:
    """Yield the heading of a section as a bold line, then its blocks, paragraphs as quoted ones with their numbers."""
    title = f"{heading_number(section)} {plain_text(section.title)}".strip()
    yield Paragraph((Strong((Text(title),)),), "quote")
    for added, block in counted_blocks(section):
        if isinstance(block, Section):
            if deep:
                yield from _quoted(block, deep=True)
        elif not isinstance(block, (PageBreak, Contents, Embed)):
            yield from numbered_quote(f"{section.number}{added}", block) if added else as_quoted(block)


def as_quoted(block: Block) -> Iterator[Any]:
    """Yield a block as it is quoted: paragraphs indented, definitions and statements as plain words, a table too wide for these pages row by row."""
    plain = rewrite(block, without_meaning, MEANING)
    if isinstance(plain, Paragraph) and plain.role == "body":
        yield replace(plain, role="quote")
    elif isinstance(plain, Table) and len(plain.columns) > _WIDEST:
        yield from (_line_by_line(plain, row) for row in plain.rows)
    else:
        yield plain


# Tables with more columns are on turned pages in the agreement; an instrument has none.
_WIDEST: Final = 5


def _line_by_line(table: Table, row: Row) -> Block:
    """Return a row as a list of its cells, each behind the title of its column; the heading of a group as a bold line."""
    if row.group:
        return Paragraph((Strong(row.cells[0].children),), "quote")
    cells = zip(table.columns, row.cells, strict=True)
    return Facts(tuple(Fact(column.title, cell.children) for column, cell in cells if cell.children))


def numbered_quote(number: str, paragraph: Block) -> Iterator[Any]:
    """Yield a quoted paragraph behind its number, which is that of the agreement and doesn't count here."""
    for quoted in as_quoted(paragraph):
        yield replace(quoted, children=(Text(f"{number}{_EN_SPACE}"), *quoted.children))


_EN_SPACE: Final = "\u2002"
MEANING: Final = (Term, Statement)


def without_meaning(node: Any) -> Any:
    """Return the words of what means something in the agreement alone: a definition's place, a statement."""
    return node.children if isinstance(node, (Term, Statement)) else node
