"""The page groups of two versions, as one with revisions: sections that came, went or turned their pages.

The end of a section goes with the paragraph that carries its ``w:sectPr``: tracked mark, tracked section break. What a section's
properties were is in ``w:sectPrChange`` (17.13.5.32), which can hold no header: so a header that changed has revisions of its
own. Where the last section of a document came or went, the section before it takes over its ``w:sectPr`` in the other version.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from snc_docs.writers.docx.pages import Group, MarginKind
from snc_docs.writers.docx.reference import Margin
from snc_docs.writers.docx.tracked.atoms import signature
from snc_docs.writers.docx.tracked.blocks import flow_of, merged_flow, written
from snc_docs.writers.docx.tracked.faithful import check_version
from snc_docs.writers.docx.tracked.flow import Item, paired, pass_on
from snc_docs.writers.docx.tracked.stamp import NEW, OLD, Stamp
from snc_docs.writers.docx.xml import Element

Margins = list[tuple[MarginKind, Margin, Element]]
# A group of the merged document: the version that it is shown as, what it was before, and its items.
Laid = tuple[Group, Group | None, list[Item]]


def merged_groups(old: Sequence[Group], new: Sequence[Group], stamp: Stamp) -> list[Group]:
    """Return groups that hold both versions; those given are used up."""
    return [_written(*laid, stamp) for laid in _laid_out(old, new)]


def _laid_out(old: Sequence[Group], new: Sequence[Group]) -> list[Laid]:
    result: list[Laid] = []
    one = other = 0
    for kept, found in paired([group.key for group in old], [group.key for group in new]):
        result += [*_whole(old[one:kept], OLD), *_whole(new[other:found], NEW)]
        result.append((new[found], old[kept], flow_of(old[kept].elements, new[found].elements)))
        one, other = kept + 1, found + 1
    return _ended(result, list(old[one:]), list(new[other:]))


def _whole(groups: Sequence[Group], state: str) -> list[Laid]:
    return [(group, None, flow_of(*((group.elements, []) if state == OLD else ([], group.elements)))) for group in groups]


def _ended(laid: list[Laid], gone: list[Group], come: list[Group]) -> list[Laid]:
    """Return what is laid out with the last groups, those that went and those that came, behind it."""
    if gone and come:
        last = (come[-1], gone[-1], flow_of(gone[-1].elements, come[-1].elements))
        return [*laid, *_whole(gone[:-1], OLD), *_whole(come[:-1], NEW), last]
    if not (gone or come):
        return laid
    tail = _whole(gone, OLD) or _whole(come, NEW)
    (new, old, items), (last_group, _, last_items) = laid[-1], tail[-1]
    pass_on(items[-1], last_items[-1])
    assert old is not None  # noqa: S101  # what is laid out so far ends with a group that stays
    if come:
        # The section break that came is the one of the group that stays, as it is now; the last section was that group.
        laid[-1], tail[-1] = (_copy(new), None, items), (last_group, _copy(old), last_items)
    else:
        laid[-1], tail[-1] = (_copy(old), None, items), (_copy(new), last_group, last_items)
    return [*laid, *tail]


def _copy(group: Group) -> Group:
    """Return a group with its own properties and margins, for they are written twice."""
    return Group(group.key, group.elements, deepcopy(group.properties), [(kind, margin, deepcopy(each)) for kind, margin, each in group.margins])


def _written(shown: Group, was: Group | None, items: list[Item], stamp: Stamp) -> Group:
    if was is None:
        return Group(shown.key, written(items, stamp), shown.properties, shown.margins)
    properties = shown.properties
    if signature(was.properties) != signature(properties):
        change = stamp.mark("w:sectPrChange")
        change.append(was.properties)
        properties.append(change)
    return Group(shown.key, written(items, stamp), properties, _merged_margins(was.margins, shown.margins, stamp))


def _merged_margins(old: Margins, new: Margins, stamp: Stamp) -> Margins:
    """Return headers and footers with both versions of their words: they are made from one reference document, so those of a kind pair."""
    before = {kind: was for kind, _, was in old}
    for was, shown in ((before[kind], shown) for kind, _, shown in new if kind in before):
        expected = [(state, [etree.tostring(each) for each in story]) for state, story in ((OLD, was), (NEW, shown))]
        shown[:] = merged_flow(list(was), list(shown), stamp)
        for state, elements in expected:
            check_version(list(shown), elements, state)
    return new
