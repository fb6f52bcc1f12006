"""Which lines of two versions are one line: headings by what names them, in the order that keeps most; other lines by what they say.

Of two sections that changed places, the one with less text moved. Between two headings that stay, lines that are equal are one line,
whatever they stand in; then those that are alike, in order. What is in a section that moved, or in an appendix that one version alone
has, is paired with nothing: it goes whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, cast

from snc_docs.diff.likeness import likeness_of, shared_words, words_of
from snc_docs.document.lines import Holder, Placed, lines_of
from snc_docs.document.nodes import LineBlock, Section
from snc_docs.document.sequences import Pair, aligned, in_order, matched, regions
from snc_docs.document.walk import plain_text

# What a line that stands in another kind of list, or in none, is worth of one that stands in the same.
_ELSEWHERE: Final = 0.9
# How much of their text two sections of different names share at least to be one.
_RENAMED: Final = 0.8


@dataclass
class Side:
    """One version: its lines, and what is known of its sections."""

    lines: list[Placed]
    # The name of the move that a section is part of.
    moves: dict[Holder, str] = field(default_factory=dict)
    # Sections whose lines are paired with none.
    aside: set[Holder] = field(default_factory=set)

    @cached_property
    def headings(self) -> list[int]:
        """The numbers of the lines that are headings."""
        return [index for index, line in enumerate(self.lines) if line.opened is not None]

    @cached_property
    def words(self) -> dict[Holder, Counter[str]]:
        """The words of each section, its parts left out."""
        found: dict[Holder, Counter[str]] = {line.section: Counter() for line in self.lines}
        for line in self.lines:
            if line.block is not None:
                found[line.section].update(words_of(line.block))
        return found

    @cached_property
    def sizes(self) -> Counter[Holder]:
        """How many lines and words each section has, its parts included."""
        found: Counter[Holder] = Counter()
        for line in self.lines:
            size = 1 + (len(words_of(line.block)) if line.block is not None else 0)
            for holder in (*line.holders, *((line.opened,) if line.opened else ())):
                found[holder] += size
        return found

    def section(self, index: int) -> Section:
        """Return the section that a heading opens."""
        return cast("Section", self.lines[index].section.node)

    def set_aside(self, found: Sequence[int]) -> None:
        """Set aside what is in an appendix whose heading isn't among those that were found in the other version."""
        alone = {self.lines[index].section for index in self.headings if self.section(index).role == "appendix"} - {
            self.lines[index].section for index in found
        }
        self.aside |= {line.section for line in self.lines if not alone.isdisjoint((*line.holders, line.section))}


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two versions and their lines that are one, in the order of both."""

    old: Side
    new: Side
    pairs: list[Pair]


def paired(old: Sequence[Section], new: Sequence[Section], names: Iterator[int]) -> Pairing:
    """Return two versions with their lines paired; ``names`` gives each move one of its own."""
    sides = Side(lines_of(old)), Side(lines_of(new))
    still, moved = _headings(*sides)
    _note_moves(*sides, moved, names)
    still = _with_renamed(*sides, still)
    sides[0].set_aside([one for one, _ in still])
    sides[1].set_aside([other for _, other in still])
    pairs: list[Pair] = []
    for gone, come, both in regions(range(len(sides[0].lines)), range(len(sides[1].lines)), still):
        pairs += _between(sides[0], sides[1], gone, come)
        pairs += [both] if both else []
    return Pairing(*sides, pairs)


# --------------------------------------------------------------------------------------------------------- headings


def _headings(old: Side, new: Side) -> tuple[list[Pair], list[Pair]]:
    """Return the headings that both versions have, by the numbers of their lines: those that stay, and those that moved.

    Clauses come first, then their parts: a part moved to another clause, however long it is, not the clause to the other side of it.
    """
    shared = _shared(old, new)
    still: list[Pair] = []
    for depth in sorted({_depth(old, new, pair) for pair in shared}):
        places: dict[int, list[Pair]] = {}
        for pair in shared:
            if _depth(old, new, pair) == depth and (place := _place_among(still, pair)) is not None:
                places.setdefault(place, []).append(pair)
        for pairs in places.values():
            kept = in_order([one for one, _ in pairs], lambda index, pairs=pairs: old.sizes[old.lines[pairs[index][0]].section])  # type: ignore[misc]  # bound now
            still += [pair for pair in pairs if pair[0] in kept]
        still.sort()
    staying = set(still)
    return still, [pair for pair in shared if pair not in staying]


def _shared(old: Side, new: Side) -> list[Pair]:
    """Return the headings of one identifier, in the order of the new version; an identifier that a version has twice names none."""
    ids, other_ids = ([side.section(index).id for index in side.headings] for side in (old, new))
    counts, other_counts = Counter(ids), Counter(other_ids)
    places = dict(zip(ids, old.headings, strict=True))
    return [(places[name], index) for name, index in zip(other_ids, new.headings, strict=True) if counts[name] == other_counts[name] == 1]


def _depth(old: Side, new: Side, pair: Pair) -> int:
    return max(len(old.lines[pair[0]].holders), len(new.lines[pair[1]].holders))


def _place_among(still: Sequence[Pair], pair: Pair) -> int | None:
    """Return behind how many headings that stay a heading stands, None where that isn't the same in both versions."""
    place = bisect_left(still, pair)
    return place if place == bisect_left(still, pair[1], key=lambda each: each[1]) else None


def _note_moves(old: Side, new: Side, moved: Sequence[Pair], names: Iterator[int]) -> None:
    """Give each section that moved the name of its move; one that moved with what it is in has the name of that."""
    for one, other in moved:
        before, now = old.lines[one], new.lines[other]
        above = old.moves.get(before.holders[-1], "") if before.holders else ""
        with_all = above and now.holders and new.moves.get(now.holders[-1], "") == above
        old.moves[before.section] = new.moves[now.section] = above if with_all else str(next(names))
    for side in (old, new):
        side.aside |= side.moves.keys()


def _with_renamed(old: Side, new: Side, still: Sequence[Pair]) -> list[Pair]:
    """Return the headings that stay with those that have another identifier: of one role, with the same title or nearly the same words."""
    ids, other_ids = ({side.section(index).id for index in side.headings} for side in (old, new))
    result: list[Pair] = []
    for gone, come, both in regions(old.headings, new.headings, _positions(old.headings, new.headings, still)):
        ones = [index for index in gone if old.section(index).id not in other_ids]
        others = [index for index in come if new.section(index).id not in ids]

        def gain(one: int, other: int, ones: Sequence[int] = ones, others: Sequence[int] = others) -> float:
            return _sameness(old, new, ones[one], others[other])

        result += [(ones[one], others[other]) for one, other in aligned(len(ones), len(others), gain)]
        result += [both] if both else []
    return result


def _positions(headings: Sequence[int], others: Sequence[int], pairs: Sequence[Pair]) -> list[Pair]:
    places, other_places = ({line: position for position, line in enumerate(each)} for each in (headings, others))
    return [(places[one], other_places[other]) for one, other in pairs]


def _sameness(old: Side, new: Side, one: int, other: int) -> float:
    """Return how sure it is that two headings of different identifiers are one, 0 where it isn't."""
    was, now = old.section(one), new.section(other)
    if was.role != now.role:
        return 0.0
    shared = shared_words(old.words[old.lines[one].section], new.words[new.lines[other].section])
    same_title = bool(was.title) and plain_text(was.title) == plain_text(now.title)
    return shared + same_title if same_title or shared >= _RENAMED else 0.0


# ------------------------------------------------------------------------------------------------------ other lines


def _between(old: Side, new: Side, gone: Sequence[int], come: Sequence[int]) -> Iterator[Pair]:
    """Yield the pairs between two headings that stay: what is equal, and between that what is alike."""
    if not gone or not come:
        return
    keys, other_keys = _keys(old, gone), _keys(new, come)
    kinds, other_kinds = _kinds(old, gone), _kinds(new, come)

    def gain(one: int, other: int) -> float:
        if keys[one] != other_keys[other]:
            return 0.0
        block = new.lines[come[other]].block
        return (1.0 + (len(words_of(block)) if block is not None else 0)) * (1.0 if kinds[one] == other_kinds[other] else _ELSEWHERE)

    for left, right, both in regions(gone, come, matched(keys, other_keys, gain)):
        yield from _alike(old, new, left, right)
        if both:
            yield both


def _keys(side: Side, numbers: Sequence[int]) -> list[Hashable]:
    """Return what must be equal for two lines to be one; what goes whole is equal to nothing."""
    return [
        (id(side), index) if line.opened is not None or line.section in side.aside else line.block or lists_around(line)
        for index, line in ((index, side.lines[index]) for index in numbers)
    ]


def _kinds(side: Side, numbers: Sequence[int]) -> list[tuple[type, ...]]:
    return [lists_around(side.lines[index]) for index in numbers]


def lists_around(line: Placed) -> tuple[type, ...]:
    """Return the kinds of the lists and items that a line stands in."""
    return tuple(type(each.node) for each in line.holders if not isinstance(each.node, Section))


def _alike(old: Side, new: Side, gone: Sequence[int], come: Sequence[int]) -> Iterator[Pair]:
    """Yield pairs of lines that are most alike, in order."""
    ones, others = _comparable(old, gone), _comparable(new, come)
    if not ones or not others:
        return
    words, other_words = ([Counter(words_of(block)) for _, block in each] for each in (ones, others))

    def likeness(one: int, other: int) -> float:
        was, now = ones[one][1], others[other][1]
        if isinstance(was, Section) and isinstance(now, Section):
            return 0.0
        found = likeness_of(was, now, words[one], other_words[other])
        same = lists_around(old.lines[ones[one][0]]) == lists_around(new.lines[others[other][0]])
        return found if same else found * _ELSEWHERE

    yield from ((ones[one][0], others[other][0]) for one, other in aligned(len(ones), len(others), likeness))


def _comparable(side: Side, numbers: Sequence[int]) -> list[tuple[int, LineBlock]]:
    """Return the lines that may have become others: not what goes whole, nor a heading but as a paragraph."""
    lines = ((index, side.lines[index]) for index in numbers)
    return [(index, line.block) for index, line in lines if line.block is not None and line.section not in side.aside and _may_be_other(line.block)]


def _may_be_other(block: LineBlock) -> bool:
    return not isinstance(block, Section) or block.role in ("clause", "unnumbered", "subsection")
