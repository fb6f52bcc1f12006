"""Where something is written: the room it has, the language it is in, and what all of one version is written with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from snc_docs.document.nodes import Deletion, Document, Inline, Insertion, Section
from snc_docs.document.revisions import Kept, Spot, words_in
from snc_docs.document.walk import plain_text
from snc_docs.language.writing import Words
from snc_docs.writers.docx.numbering import Lists
from snc_docs.writers.docx.styles import Styles
from snc_docs.writers.docx.written import PPr

_NOWHERE: Final = Spot("")


@dataclass(frozen=True, slots=True)
class Place:
    """A text area, in twips; ``colon`` follows a label, ``language`` is set where words are in another one than the document's.

    ``counted`` is the list and the level at which its paragraphs count, None where they have no numbers.
    """

    width: int
    height: int
    colon: str
    language: str | None = None
    counted: tuple[int, int] | None = None


@dataclass(slots=True)
class Context:
    """What one version of a document is written with; ``targets`` are the sections that the file holds.

    In a version of a redline ``kept`` is Insertion or Deletion, ``spots`` say where its nodes stand in the redline, by ``id``, and
    ``doubled`` are the sections whose heading the other version has in another place: bookmarks of one name would be a fault. ``renamed``
    has the new identifiers of sections that are called otherwise now: a bookmark has one name in both versions. ``pages`` are those of the
    headings, by the names of their bookmarks, where they are known from a layout; ``stops`` are then the tab stops
    of the styles of contents, in twips.
    """

    document: Document
    words: Words
    styles: Styles
    lists: Lists
    targets: Mapping[str, Section]
    kept: Kept | None = None
    spots: Mapping[int, Spot] = field(default_factory=dict)
    doubled: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    guests: int = 0
    pages: Mapping[str, int] | None = None
    stops: tuple[int, ...] = ()

    def ppr(self, style: str | None, *, keep_next: bool = False, numbering: tuple[int | str, int] | None = None, more: str = "") -> PPr:
        """Return the properties of a paragraph in a style, by the name that Word shows."""
        return PPr(self.styles[style] if style else None, keep_next, page_break=False, numbering=numbering, more=more)

    def spot(self, node: object) -> Spot:
        """Return where a node stands in the redline."""
        return self.spots[id(node)] if self.kept is not None else _NOWHERE

    def key(self, node: object, part: str = "") -> str:
        """Return what names ``part`` of what is written for a node, the same in both versions of a redline."""
        return self.spots[id(node)].path + part if self.kept is not None else ""

    def text(self, inlines: tuple[Inline, ...]) -> str:
        """Return the words of inlines in this version."""
        return plain_text(inlines if self.kept in (None, Insertion) else words_in(inlines, Deletion))


def place_mark(index: int) -> str:
    """Return the name of the bookmark that keeps the place of a document's foreign document number ``index``."""
    return f"_Foreign_{index}"
