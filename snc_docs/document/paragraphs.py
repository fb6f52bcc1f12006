"""What a paragraph's setting is by where it stands: its number, and what it introduces.

The paragraphs of an article, or of a part of one, count on from its number, so that each can be cited: 10.4, 7.6.2. Parts count on with the
paragraphs before them, as levels of one list do in Word: behind 10.1 and 10.2 the first part is 10.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snc_docs.document.nodes import Block, BulletList, DefinitionList, Facts, OrderedList, Paragraph, Picture, Section, SideBySide, Signatures, Table

# What a paragraph may introduce, and stays on a page with.
_INTRODUCED: Final = (BulletList, OrderedList, DefinitionList, Table, Facts, Signatures, Picture)


def counts_paragraphs(section: Section) -> bool:
    """Return whether a section's paragraphs have numbers: it is an article or a part of one."""
    return section.number[:1].isdecimal()


def is_counted(block: object) -> bool:
    """Return whether a block has a number in a section that counts its paragraphs; side by side, the row has that of its left one."""
    if isinstance(block, SideBySide):
        return bool(block.left) and is_counted(block.left[0])
    return isinstance(block, Paragraph) and block.role == "body"


def counted_blocks(section: Section) -> Iterator[tuple[str, Block]]:
    """Yield each block of a section with what its number adds to the section's, ``.4`` of 10.4; "" for a block that has none."""
    counts, count = counts_paragraphs(section), 0
    for block in section.blocks:
        is_numbered = counts and is_counted(block)
        count += is_numbered or isinstance(block, Section)
        yield (f".{count}" if is_numbered else ""), block


def is_introduced(block: object) -> bool:
    """Return whether a block is one that the paragraph before it introduces, in either column too."""
    return isinstance(block, _INTRODUCED) or (isinstance(block, SideBySide) and isinstance(block.left[0], _INTRODUCED))


def is_signed(block: object) -> bool:
    """Return whether a block is the section of the signatures: the paragraph before it stays on its page, so that words of what is signed stand there."""
    return isinstance(block, Section) and block.id == "signatures"
