"""Tracked changes: two versions of a Word document, written by one writer, merged into one with revisions.

Which paragraphs, rows and sections of the two belong together the redline says (``marker``); within a paragraph, words are
compared as Word will show them. Every merged document is verified before it is returned: with all revisions rejected it must
say what the old version says, with all accepted what the new one does, to the element; otherwise it is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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

__all__ = ["tracked_groups"]


@dataclass(frozen=True, slots=True)
class Finish:
    """What is left to do once the groups are placed; ``bookmarks`` are those of the new version."""

    stamp: Stamp
    bookmarks: frozenset[str]

    def __call__(self, document: Element) -> None:
        """Mark the moves of a document, count its bookmarks, controls and pictures as in the new version, and take the notes off."""
        mark_moves(document, self.stamp)
        without_notes(document)
        _tell_doubled_apart(document)
        _count_bookmarks(document, self.bookmarks)
        _count(document.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), qn("w:val"), 1_000_001, _is_gone_control)
        _count(document.iter(qn("wp:docPr")), "id", 1, _is_deleted)


def tracked_groups(redline: Document, frame: Frame) -> tuple[list[Group], Finish]:
    """Return the page groups of a redline with its revisions, and what is to follow once they are placed."""
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
    starts = (start for group in new_groups for each in group.elements for start in each.iter(qn("w:bookmarkStart")))
    bookmarks = frozenset(start.get(qn("w:name"), "") for start in starts)
    merged = merged_groups(old_groups, new_groups, stamp)
    for state, elements in expected.items():
        check_version([each for group in merged for each in group.elements], elements, state)
    return merged, Finish(stamp, bookmarks)


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


def _tell_doubled_apart(document: Element) -> None:
    """Rename the bookmark of a row that went where another row that came has it: in two columns, a heading may change tables."""
    starts = list(document.iter(qn("w:bookmarkStart")))
    counts = Counter(start.get(qn("w:name"), "") for start in starts)
    for start in starts:
        name = start.get(qn("w:name"), "")
        row = next(start.iterancestors(qn("w:tr")), None)
        if counts[name] > 1 and row is not None and row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            start.set(qn("w:name"), was_bookmark(name))


def _count_bookmarks(document: Element, first: frozenset[str]) -> None:
    """Number bookmarks, each end as its start: ours don't overlap. The new version's come first, so that they keep its numbers."""
    pairs, waiting = [], []
    for each in document.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if each.tag == qn("w:bookmarkStart"):
            waiting.append(each)
        else:
            pairs.append((waiting.pop(), each))
    for number, pair in enumerate(sorted(pairs, key=lambda pair: pair[0].get(qn("w:name")) not in first), 1):
        for each in pair:
            each.set(qn("w:id"), str(number))


def _count(elements: Iterable[Element], attribute: str, first: int, is_gone: Callable[[Element], bool]) -> None:
    """Number elements, those of the new version before those that went."""
    for number, each in enumerate(sorted(elements, key=is_gone), first):
        each.set(attribute, str(number))


def _is_gone_control(identifier: Element) -> bool:
    control = next(identifier.iterancestors(qn("w:sdt")))
    before = control.getprevious()
    return before is not None and before.tag == qn("w:customXmlDelRangeStart")


def _is_deleted(element: Element) -> bool:
    return next(element.iterancestors(qn("w:del"), qn("w:moveFrom")), None) is not None
