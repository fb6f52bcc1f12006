"""Moves: a range of one name around what was moved, in its old and in its new place (17.13.5.22 to 28).

One pair of range marks a side. What was moved but has text in one version alone is no move: it is a plain deletion or insertion.
"""

from __future__ import annotations

from typing import Final

from snc_docs.writers.docx.marker import MOVE
from snc_docs.writers.docx.tracked.stamp import NEW, OLD, Stamp, as_deleted
from snc_docs.writers.docx.xml import Element, qn

_FROM: Final = qn("w:moveFrom")
_TO: Final = qn("w:moveTo")


def mark_moves(document: Element, stamp: Stamp) -> None:
    """Put the ranges around the moved runs of a document."""
    moves: dict[str, dict[str, list[Element]]] = {}
    for box in document.iter(_FROM, _TO):
        moves.setdefault(box.get(MOVE, ""), {}).setdefault(str(box.tag), []).append(box)
    for name, sides in moves.items():
        if len(sides) == 1:
            _as_plain(next(iter(sides.values())))
            continue
        for state, tag in ((OLD, _FROM), (NEW, _TO)):
            start, end = stamp.move_range(state, f"move{name}")
            sides[tag][0].addprevious(start)
            sides[tag][-1].addnext(end)


def _as_plain(boxes: list[Element]) -> None:
    for box in boxes:
        if box.tag == _TO:
            box.tag = qn("w:ins")
            continue
        box.tag = qn("w:del")
        for run in box.iterfind(qn("w:r")):
            as_deleted(run)
