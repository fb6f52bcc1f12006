"""The page groups of two versions, as one with revisions: sections that came, went or turned their pages.

The end of a section goes with the paragraph that carries its ``w:sectPr``: tracked mark, tracked section break. What a section's
properties were is in ``w:sectPrChange`` (17.13.5.32), which can hold no header: so a header that changed has revisions of its
own. Where nothing is behind a section that came or went that its last mark could be joined to (it is the last one, or a table begins
the next), the section before it gives it its mark, and takes over its ``w:sectPr`` in the other version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from snc_docs.document.sequences import regions
from snc_docs.writers.docx.margins import FilledMargin
from snc_docs.writers.docx.pages import Group
from snc_docs.writers.docx.tracked.blocks import flow_of, written
from snc_docs.writers.docx.tracked.flow import FlowItem, paired, pass_on

# A group of the merged document: the version that it is shown as, what it was before, and its items.
Laid = tuple[Group, Group | None, list[FlowItem]]


def merged_groups(old: Sequence[Group], new: Sequence[Group]) -> list[Group]:
    """Return groups that hold both versions."""
    return [_written(*laid) for laid in _laid_out(old, new)]


def _laid_out(old: Sequence[Group], new: Sequence[Group]) -> list[Laid]:
    result: list[Laid] = []
    for gone, come, both in regions(old, new, paired([group.key for group in old], [group.key for group in new])):
        laid = (both[1], both[0], flow_of(both[0].blocks, both[1].blocks)) if both else None
        is_last = laid is None or not laid[2][0].is_paragraph
        result = _ended(result, list(gone), list(come)) if is_last and (result or (gone and come)) else [*result, *_gone(gone), *_come(come)]
        result += [laid] if laid else []
    return result


def _gone(groups: Sequence[Group]) -> list[Laid]:
    return [(group, None, flow_of(group.blocks, [])) for group in groups]


def _come(groups: Sequence[Group]) -> list[Laid]:
    return [(group, None, flow_of([], group.blocks)) for group in groups]


def _ended(laid: list[Laid], gone: list[Group], come: list[Group]) -> list[Laid]:
    """Return what is laid out with groups that went and came behind it, the last mark of which has nothing to be joined to."""
    if gone and come:
        last = (come[-1], gone[-1], flow_of(gone[-1].blocks, come[-1].blocks))
        return [*laid, *_gone(gone[:-1]), *_come(come[:-1]), last]
    if not (gone or come):
        return laid
    tail = _gone(gone) or _come(come)
    (new, old, items), (last_group, _, last_items) = laid[-1], tail[-1]
    pass_on(items[-1], last_items[-1])
    assert old is not None  # noqa: S101  # what is laid out so far ends with a mark that stays
    if come:
        # The section break that came is the one of the group that stays, as it is now; the last section was that group.
        laid[-1], tail[-1] = (new, None, items), (last_group, old, last_items)
    else:
        laid[-1], tail[-1] = (old, None, items), (new, last_group, last_items)
    return [*laid, *tail]


def _written(shown: Group, was: Group | None, items: list[FlowItem]) -> Group:
    if was is None:
        return replace(shown, flow=written(items))
    changed = was.properties if was.properties != shown.properties else None
    return Group(shown.key, written(items), shown.properties, _merged_margins(was.margins, shown.margins), changed)


def _merged_margins(old: Sequence[FilledMargin], new: Sequence[FilledMargin]) -> list[FilledMargin]:
    """Return headers and footers with the words of both versions: they are made from one reference document, so those of a kind pair."""
    before = {margin.kind: margin.words for margin in old}
    return [margin._replace(was=before.get(margin.kind)) for margin in new]
