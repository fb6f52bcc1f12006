"""Who revised, and when, on every revision; and runs put into revisions.

ECMA-376 part 1, 17.13.5. ``w:ins`` and ``w:del`` go around runs, inside a hyperlink or a content control, never around
them. Deleted text is ``w:delText``, a deleted instruction ``w:delInstrText``; what a ``w:moveFrom`` holds keeps ``w:t``. A
content control that came or went has ``w:customXmlInsRange`` or ``w:customXmlDelRange`` around its start and its end, as Word
writes it. ``w:id`` is unique over all revisions of a document; a range's end has its start's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from lxml import etree

from snc_docs.writers.docx.marker import MOVE
from snc_docs.writers.docx.xml import Element, qn

_R: Final = qn("w:r")
_DELETED: Final[dict[Any, str]] = {qn("w:t"): qn("w:delText"), qn("w:instrText"): qn("w:delInstrText")}
# What the schema asks of a range of moved text where no date is known (17.13.5.24).
_NO_DATE: Final = "1970-01-01T00:00:00Z"

# What only the old version has, and what only the new one.
OLD: Final = "-"
NEW: Final = "+"
BOTH: Final = "="


@dataclass(slots=True)
class Stamp:
    """Makes the revisions of one document; ``date`` is ISO 8601 in UTC, "" where unknown."""

    author: str
    date: str
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def mark(self, name: str) -> Element:
        """Return a new element of a revision (``w:ins``, ``w:pPrChange`` …) with its id, author and date."""
        element = etree.Element(qn(name), {qn("w:id"): str(next(self._ids)), qn("w:author"): self.author})
        if self.date:
            element.set(qn("w:date"), self.date)
        return element

    def numbered(self, name: str) -> Element:
        """Return a new element that has an id alone (``w:tblGridChange``)."""
        return etree.Element(qn(name), {qn("w:id"): str(next(self._ids))})

    def around(self, name: str) -> tuple[Element, Element]:
        """Return the start and the end of a range."""
        start = self.mark(f"{name}Start")
        return start, etree.Element(qn(f"{name}End"), {qn("w:id"): start.get(qn("w:id"), "")})

    def move_range(self, state: str, name: str) -> tuple[Element, Element]:
        """Return the start and the end of a range of moved text."""
        start, end = self.around("w:moveFromRange" if state == OLD else "w:moveToRange")
        start.set(qn("w:name"), name)
        start.set(qn("w:date"), self.date or _NO_DATE)
        return start, end

    def box(self, state: str, *, moved: str = "") -> Element:
        """Return a new, empty revision for runs; ``moved`` names the move that they are part of."""
        if not moved:
            return self.mark("w:del" if state == OLD else "w:ins")
        box = self.mark("w:moveFrom" if state == OLD else "w:moveTo")
        box.set(MOVE, moved)
        return box

    def wrap(self, parent: Element, state: str, *, moved: str = "") -> None:
        """Put the runs in a paragraph, hyperlink or content control into revisions, in place."""
        box: Element | None = None
        for child in list(parent):
            if child.tag == _R:
                if box is None:
                    box = self.box(state, moved=moved)
                    child.addprevious(box)
                box.append(child)
                if state == OLD and not moved:
                    as_deleted(child)
                continue
            box = None
            if child.tag == qn("w:hyperlink"):
                self.wrap(child, state, moved=moved)
            elif child.tag == qn("w:sdt"):
                self.wrap_control(child, state, moved=moved)

    def wrap_control(self, control: Element, state: str, *, moved: str = "") -> None:
        """Put a content control and what it holds into revisions, in place."""
        content = control.find(qn("w:sdtContent"))
        if content is None:
            return
        self.wrap(content, state, moved=moved)
        name = "w:customXmlDelRange" if state == OLD else "w:customXmlInsRange"
        (opens, opened), (closes, closed) = self.around(name), self.around(name)
        control.addprevious(opens)
        content.insert(0, opened)
        content.append(closes)
        control.addnext(closed)


def as_deleted(run: Element) -> None:
    """Turn the text and instructions of a run into deleted ones."""
    for each in run:
        if each.tag in _DELETED:
            each.tag = _DELETED[each.tag]


def in_boxes(stamp: Stamp, elements: Sequence[Element], state: str) -> list[Element]:
    """Return elements of a paragraph's content put into revisions."""
    holder = etree.Element(qn("w:p"))
    holder.extend(elements)
    stamp.wrap(holder, state)
    return list(holder)
