"""Texts of an agreement as an instrument quotes them: between marks, indented, under the numbers of the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from snc_docs.amendment.words import PackageWords
from snc_docs.document.nodes import Block, Contents, Embed, PageBreak, Paragraph, Section, Statement, Strong, Term, Text
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
            quoted = as_quoted(block)
            yield behind_number(f"{section.number}{added}", quoted) if added else quoted


def as_quoted(block: Block) -> Any:
    """Return a block as it is quoted: paragraphs indented, definitions and statements as plain words."""
    plain = rewrite(block, without_meaning, MEANING)
    return replace(plain, role="quote") if isinstance(plain, Paragraph) and plain.role == "body" else plain


def behind_number(number: str, paragraph: Any) -> Any:
    """Return a quoted paragraph behind its number, which is that of the agreement and doesn't count here."""
    return replace(paragraph, children=(Text(f"{number}{_EN_SPACE}"), *paragraph.children))


_EN_SPACE: Final = "\u2002"
MEANING: Final = (Term, Statement)


def without_meaning(node: Any) -> Any:
    """Return the words of what means something in the agreement alone: a definition's place, a statement."""
    return node.children if isinstance(node, (Term, Statement)) else node
