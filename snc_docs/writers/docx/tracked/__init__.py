"""Tracked changes: two versions of a Word document, written by one writer, merged into one with revisions.

Which paragraphs, rows and sections of the two belong together the redline says (``marker``); within a paragraph, words are
compared as Word will show them. Every merged document is verified before it is returned: with all revisions rejected it must
say what the old version says, with all accepted what the new one does, to the element; otherwise it is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from snc_docs.document.nodes import Deletion, Document, Insertion
from snc_docs.document.views import View, view_of
from snc_docs.document.walk import sections_of
from snc_docs.writers.docx.inlines import was_bookmark
from snc_docs.writers.docx.marker import Marker, without_notes
from snc_docs.writers.docx.pages import Frame, Group, key_of_group, page_groups, written_groups
from snc_docs.writers.docx.tracked.faithful import check_version
from snc_docs.writers.docx.tracked.groups import merged_groups
from snc_docs.writers.docx.tracked.moves import mark_moves
from snc_docs.writers.docx.tracked.stamp import NEW, OLD, Stamp
from snc_docs.writers.docx.xml import Element, qn

__all__ = ["finish", "tracked_groups"]


def tracked_groups(redline: Document, frame: Frame) -> tuple[list[Group], Stamp]:
    """Return the page groups of a redline with its revisions, and the stamp that made them; ``finish`` is to follow once they are placed."""
    stamp = Stamp(redline.revised.author, redline.revised.date)
    new, old = (view_of(redline, kept) for kept in (Insertion, Deletion))
    places, old_places = _places(new), _places(old)
    doubled = frozenset(name for name, place in old_places.items() if places.get(name, place) != place)
    # The new version is written first: it shares its relationships and lists with the plain file of that version.
    new_groups = _written(new, frame)
    old_groups = _written(old, frame, doubled)
    expected = {
        state: [etree.tostring(each) for group in groups for each in group.elements] for state, groups in ((OLD, old_groups), (NEW, new_groups))
    }
    merged = merged_groups(old_groups, new_groups, stamp)
    for state, elements in expected.items():
        check_version([each for group in merged for each in group.elements], elements, state)
    return merged, stamp


def _places(view: View) -> dict[str, tuple[str, str]]:
    """Return where each section of a version stands: in which group, at which spot."""
    marker = Marker(view.spots)
    return {
        section.id: (key_of_group(group, marker), view.spots[id(section)].path)
        for group in page_groups(view.document.sections)
        for section in sections_of(group)
    }


def _written(view: View, frame: Frame, doubled: frozenset[str] = frozenset()) -> list[Group]:
    groups = written_groups(view.document, frame, Marker(view.spots), doubled)
    _without_ids([element for group in groups for element in group.elements])
    return groups


def _without_ids(elements: Sequence[Element]) -> None:
    """Take off what counts bookmarks, controls and pictures: it tells versions apart that say the same."""
    for element in elements:
        for each in element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            each.set(qn("w:id"), "0")
        for each in element.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"):
            each.set(qn("w:val"), "0")
        for each in element.iter(qn("wp:docPr")):
            each.set("id", "0")


def finish(document: Element, stamp: Stamp) -> None:
    """Mark the moves of a placed document, count its bookmarks, controls and pictures, and take its notes off."""
    mark_moves(document, stamp)
    without_notes(document)
    _tell_doubled_apart(document)
    _count_bookmarks(document)
    for number, each in enumerate(document.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), 1_000_001):
        each.set(qn("w:val"), str(number))
    for number, each in enumerate(document.iter(qn("wp:docPr")), 1):
        each.set("id", str(number))


def _tell_doubled_apart(document: Element) -> None:
    """Rename the bookmark of a row that went where another row that came has it: in two columns, a heading may change tables."""
    starts = list(document.iter(qn("w:bookmarkStart")))
    counts = Counter(start.get(qn("w:name"), "") for start in starts)
    for start in starts:
        name = start.get(qn("w:name"), "")
        row = next(start.iterancestors(qn("w:tr")), None)
        if counts[name] > 1 and row is not None and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            start.set(qn("w:name"), was_bookmark(name))


def _count_bookmarks(document: Element) -> None:
    """Number bookmarks, each end as its start: ours don't overlap."""
    count, waiting = 0, []
    for each in document.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if each.tag == qn("w:bookmarkStart"):
            count += 1
            waiting.append(str(count))
            each.set(qn("w:id"), waiting[-1])
        else:
            each.set(qn("w:id"), waiting.pop())
