"""Two versions of a list of paragraphs and tables, as one with revisions: a body's, a cell's, a header's.

A paragraph that came or went has its runs in revisions and its mark tracked (``w:ins`` or ``w:del`` first in the ``w:rPr`` of
its ``w:pPr``, 17.13.5.15 and 18). A tracked mark means "joined to the next paragraph": before a table and at the end there
is none. There the marks are passed on: the last paragraph that stays gives its mark to the revision, and the last one
that came or went keeps its own, with the other's properties as its old or new ones (``w:pPrChange``, 17.13.5.29).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from snc_docs.document.sequences import by_key, regions
from snc_docs.writers.docx.tracked.cuts import Cut, cuts_beside, is_cut, is_heading, sameness
from snc_docs.writers.docx.written import BOTH, NEW, OLD, P, PPr, Tbl, Tr

_TABLE: Final = "a table"


@dataclass(slots=True, eq=False)
class FlowItem:
    """A paragraph or table of the merged flow, with what it was written from.

    ``mark`` is OLD or NEW where the paragraph's mark is tracked, BOTH where it isn't. ``shown`` and ``was`` are the properties
    that a paragraph has in the new and the old version; None where it doesn't outlive one of them.
    """

    old: P | Tbl | None
    new: P | Tbl | None
    mark: str
    shown: PPr | None = None
    was: PPr | None = None
    # Whether a paragraph of the one version stands where an unrelated one of the other stood.
    is_swapped: bool = False
    # The paragraphs that were cut or joined, where the paragraph is one of those, and which of them it is.
    cut: Cut | None = None
    number: int = 0

    @property
    def state(self) -> str:
        """Return OLD, NEW or BOTH."""
        if self.old is None:
            return NEW
        return OLD if self.new is None else BOTH

    @property
    def is_paragraph(self) -> bool:
        """Return whether it is a paragraph, not a table."""
        return type(self.new if self.new is not None else self.old) is P

    @property
    def is_moved(self) -> bool:
        """Return whether it is part of a move."""
        return any(each is not None and each.move for each in (self.old, self.new))

    @property
    def entry(self) -> str:
        """Return which table of contents it is an entry of, "" for anything else."""
        element = self.new if self.new is not None else self.old
        return element.entry if type(element) is P else ""


def item_of(old: P | Tbl | None, new: P | Tbl | None, *, is_swapped: bool = False) -> FlowItem:
    """Return an item whose mark goes with its state."""
    item = FlowItem(old, new, BOTH, is_swapped=is_swapped)
    item.mark = item.state
    item.shown, item.was = (each.properties if type(each) is P else None for each in (new, old))
    return item


def key_of(element: P | Tbl | Tr) -> str:
    """Return the key of what was written, "" for none."""
    return f"{element.entry}entry{element.key}" if type(element) is P and element.entry else element.key


def laid_out(old: Sequence[P | Tbl], new: Sequence[P | Tbl], before: Sequence[FlowItem] = ()) -> list[FlowItem]:
    """Return the items of a flow behind those before it, in an order in which each version can be read, with the marks passed on."""
    items: list[FlowItem] = []
    for gone, come, both in regions(old, new, paired(keys_of(old), keys_of(new))):
        items += [*_region(gone, come), *([item_of(*both)] if both else ())]
    return _passed_on(list(before), _with_cuts(items))


def paired(keys: Sequence[str], other_keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of what two lists of unique keys share, in the order of both."""
    return by_key(keys, other_keys)[0]


def keys_of(elements: Sequence[P | Tbl | Tr]) -> list[str]:
    """Return what names each element; what was written for no node of its own goes by what stands before it."""
    keys: list[str] = []
    for element in elements:
        keys.append(key_of(element) or f"{keys[-1] if keys else ''}+")
    return keys


def _region(old: Sequence[P | Tbl], new: Sequence[P | Tbl]) -> list[FlowItem]:
    """Return what differs between two items that stay. Tables that took each other's place are one table: two in a row would merge."""
    places, other_places = ([index for index, each in enumerate(elements) if type(each) is Tbl] for elements in (old, new))
    items: list[FlowItem] = []
    one = other = 0
    for place, other_place in zip(places, other_places, strict=False):
        items += _sides(old[one:place], new[other:other_place])
        items.append(item_of(old[place], new[other_place]))
        one, other = place + 1, other_place + 1
        if one < len(old) and other < len(new):
            items.append(item_of(old[one], new[other], is_swapped=True))
            one, other = one + 1, other + 1
    return items + _sides(old[one:], new[other:])


def _sides(old: Sequence[P | Tbl], new: Sequence[P | Tbl]) -> list[FlowItem]:
    """Return what went and what came; a table that came goes first, so that no paragraph that went is left before it.

    Within one clause, paragraphs of one style that took each other's place share their marks.
    """
    swapped: list[FlowItem] = []
    if len(old) == len(new) and not any(type(each) is P and is_heading(each) for each in (*old, *new)):
        for gone, come in zip(old, new, strict=True):
            if gone.move or come.move or _style(gone) != _style(come):
                break
            # The same words in another list keep standing: the paragraph's properties alone changed.
            swapped.append(item_of(gone, come, is_swapped=not is_cut(_paragraphs([gone]), _paragraphs([come]))))
    rest, other_rest = old[len(swapped) :], new[len(swapped) :]
    gone_items, come_items = [item_of(each, None) for each in rest], [item_of(None, each) for each in other_rest]
    return [*swapped, *(come_items + gone_items if other_rest and type(other_rest[0]) is Tbl else gone_items + come_items)]


def _style(element: P | Tbl) -> str | None:
    """Return the style of a paragraph; a table has one that no paragraph has."""
    return element.properties.style if type(element) is P else _TABLE


def _paragraphs(elements: Sequence[P | Tbl | None]) -> list[P]:
    return [each for each in elements if type(each) is P]


def _with_cuts(items: list[FlowItem]) -> list[FlowItem]:
    """Return the items with each paragraph that was cut, or joined from others, as the pieces of one cut."""
    result = list(items)
    for item in items:
        if item.old is None or item.new is None or not item.is_paragraph or item.old == item.new or item not in result:
            continue
        at = result.index(item)
        for state in (NEW, OLD):
            before, behind = _run(result[:at][::-1], state), _run(result[at + 1 :], state)
            found = [(_sameness(result[at - left : at + right + 1]), left, right) for left, right in cuts_beside(before, behind)]
            same, left, right = max(found, default=(0.0, 0, 0))
            if same:
                result[at - left : at + right + 1] = _pieces(result[at - left : at + right + 1], state)
    return result


def _run(items: Sequence[FlowItem], state: str) -> int:
    """Return how many items in a row are paragraphs of one state that weren't moved."""
    is_in_run = (each.is_paragraph and each.state == each.mark == state and not each.is_moved for each in items)
    return next((index for index, found in enumerate(is_in_run) if not found), len(items))


def _sameness(items: Sequence[FlowItem]) -> float:
    return sameness(*_versions(items))


def _versions(items: Sequence[FlowItem]) -> tuple[list[P], list[P]]:
    """Return the paragraphs of items in either version."""
    return _paragraphs([each.old for each in items]), _paragraphs([each.new for each in items])


def _pieces(items: Sequence[FlowItem], state: str) -> list[FlowItem]:
    """Return the pieces of a cut, the last one with the mark that both versions have."""
    olds, news = _versions(items)
    whole, parts = Cut(olds, news), news if state == NEW else olds
    pairs = [(None, part) if state == NEW else (part, None) for part in parts[:-1]]
    pieces = [item_of(*pair) for pair in pairs] + [item_of(olds[-1], news[-1])]
    for number, piece in enumerate(pieces):
        piece.cut, piece.number = whole, number
    return pieces


def _passed_on(result: list[FlowItem], items: list[FlowItem]) -> list[FlowItem]:
    """Return two lists of items as one, with no tracked mark right before a table or at the end."""
    for item in items:
        if not item.is_paragraph:
            _end_run(result)
        result.append(item)
    _end_run(result)
    return result


def _end_run(items: list[FlowItem]) -> None:
    """See to it that the paragraph that ends ``items`` keeps its mark, if one can."""
    if not items or not items[-1].is_paragraph or items[-1].mark == BOTH:
        return
    last, state = items[-1], items[-1].mark
    opposite = _found(items, lambda item: item.state == item.mark == (NEW if state == OLD else OLD))
    if opposite is not None:
        gone, come = (last, opposite) if state == OLD else (opposite, last)
        items[:] = [each for each in items if each not in (gone, come)]
        items.append(item_of(gone.old, come.new, is_swapped=True))
        return
    carrier = _found(items, lambda item: item.mark == BOTH)
    if carrier is not None:
        pass_on(carrier, last)


def _found(items: Sequence[FlowItem], wanted: Callable[[FlowItem], bool]) -> FlowItem | None:
    """Return the last paragraph that is wanted, None if one that stays, or a table that does, comes first."""
    for item in reversed(items):
        if item.is_paragraph and wanted(item):
            return item
        if item.state == BOTH or (item.is_paragraph and item.mark == BOTH):
            return None
    return None


def pass_on(carrier: FlowItem, last: FlowItem) -> None:
    """Give the mark of a paragraph that stays to the revision that ends with ``last``, and its properties to ``last``, whose mark stays."""
    carrier.mark, last.mark = last.mark, BOTH
    if carrier.mark == NEW:
        last.was, carrier.was = carrier.was, None
    else:
        last.shown, carrier.shown = carrier.shown, None
