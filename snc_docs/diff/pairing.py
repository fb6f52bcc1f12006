"""Which lines of two versions are one line: clauses by what names them, in the order that keeps most; other lines by what they say.

Of two clauses that changed places, the one with less text moved. Between two clauses that stay, headings of one name and lines that are
equal are one line, whatever they stand in, so that most words stay; then lines that are alike, in order. What is in a clause that moved,
or in an appendix that one version alone has, is paired with nothing: it goes whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, cast

from snc_docs.diff.likeness import likeness_of, shared_words, words_of
from snc_docs.document.lines import Container, Placed, lines_of
from snc_docs.document.nodes import BulletList, LineBlock, OrderedList, Section
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
    moves: dict[Container, str] = field(default_factory=dict)
    # Sections whose lines are paired with none.
    aside: set[Container] = field(default_factory=set)
    _said: dict[int, Counter[str]] = field(default_factory=dict)

    @cached_property
    def headings(self) -> list[int]:
        """The numbers of the lines that are headings."""
        return [index for index, line in enumerate(self.lines) if line.opened is not None]

    @cached_property
    def words(self) -> dict[Container, Counter[str]]:
        """The words of each section, its parts left out."""
        found: dict[Container, Counter[str]] = {line.section: Counter() for line in self.lines}
        for index, line in enumerate(self.lines):
            found[line.section].update(self.said(index))
        return found

    def said(self, index: int) -> Counter[str]:
        """Return the words of a line, read once."""
        if index not in self._said:
            block = self.lines[index].block
            self._said[index] = Counter(words_of(block) if block is not None else ())
        return self._said[index]

    @cached_property
    def sizes(self) -> Counter[Container]:
        """How many lines and words each section has, its parts included."""
        found: Counter[Container] = Counter()
        for index, line in enumerate(self.lines):
            for container in (*line.containers, *((line.opened,) if line.opened else ())):
                found[container] += 1 + self.said(index).total()
        return found

    def section(self, index: int) -> Section:
        """Return the section that a heading opens."""
        return cast("Section", self.lines[index].section.node)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two versions and their lines that are one, in the order of both."""

    old: Side
    new: Side
    pairs: list[Pair]


def paired(old: Sequence[Section], new: Sequence[Section], names: Iterator[int]) -> Pairing:
    """Return two versions with their lines paired; ``names`` gives each move one of its own."""
    both = _Both(Side(lines_of(old)), Side(lines_of(new)))
    shared = both.shared_headings()
    clauses = [pair for pair in shared if both.are_clauses(pair)]
    still = both.in_place(clauses)
    renamed = both.renamed_headings(still)
    anchors = sorted([*still, *(pair for pair in renamed if both.are_clauses(pair))])
    both.set_aside(clauses, anchors)
    pairs = list(both.equal_lines(anchors, [*shared, *renamed]))
    found = set(pairs)
    both.note_moves([pair for pair in shared if pair not in found], names)
    return Pairing(both.old, both.new, both.without_torn(list(both.with_alike(pairs))))


@dataclass(frozen=True, slots=True)
class _Both:
    """Two versions that are being compared; a pair is the numbers of two lines."""

    old: Side
    new: Side

    # ------------------------------------------------------------------------------------------------------- headings

    def shared_headings(self) -> list[Pair]:
        """Return the headings of one identifier, in the order of the new version; an identifier that a version has twice names none."""
        ids, other_ids = ([side.section(index).id for index in side.headings] for side in (self.old, self.new))
        counts, other_counts = Counter(ids), Counter(other_ids)
        places = dict(zip(ids, self.old.headings, strict=True))
        return [(places[name], index) for name, index in zip(other_ids, self.new.headings, strict=True) if counts[name] == other_counts[name] == 1]

    def are_clauses(self, pair: Pair) -> bool:
        """Return whether two headings are those of whole clauses or appendices."""
        return not self.old.lines[pair[0]].containers and not self.new.lines[pair[1]].containers

    def in_place(self, clauses: Sequence[Pair]) -> list[Pair]:
        """Return the clauses that stay where they are."""
        still = in_order([one for one, _ in clauses], lambda index: self.old.sizes[self.old.lines[clauses[index][0]].section])
        return [pair for pair in clauses if pair[0] in still]

    def renamed_headings(self, still: Sequence[Pair]) -> list[Pair]:
        """Return headings that have another identifier now, in order between the clauses that stay."""
        ids, other_ids = ({side.section(index).id for index in side.headings} for side in (self.old, self.new))
        result: list[Pair] = []
        for gone, come, _ in regions(self.old.headings, self.new.headings, self._among_headings(still)):
            ones = [index for index in gone if self.old.section(index).id not in other_ids]
            others = [index for index in come if self.new.section(index).id not in ids]

            def gain(one: int, other: int, ones: Sequence[int] = ones, others: Sequence[int] = others) -> float:
                return self._sameness(ones[one], others[other])

            result += [(ones[one], others[other]) for one, other in aligned(len(ones), len(others), gain)]
        return result

    def _among_headings(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Return which of the headings pairs are."""
        places, other_places = ({line: place for place, line in enumerate(side.headings)} for side in (self.old, self.new))
        return [(places[one], other_places[other]) for one, other in pairs]

    def _sameness(self, one: int, other: int) -> float:
        """Return how sure it is that two headings of different identifiers are one, 0 where it isn't."""
        was, now = self.old.section(one), self.new.section(other)
        if was.role != now.role:
            return 0.0
        shared = shared_words(self.old.words[self.old.lines[one].section], self.new.words[self.new.lines[other].section])
        same_title = bool(was.title) and plain_text(was.title) == plain_text(now.title)
        return shared + same_title if same_title or shared >= _RENAMED else 0.0

    def set_aside(self, clauses: Sequence[Pair], anchors: Sequence[Pair]) -> None:
        """Set aside the clauses that moved, and the appendices that one version alone has in their place."""
        for side, which in ((self.old, 0), (self.new, 1)):
            staying = {pair[which] for pair in anchors}
            appendices = (index for index in side.headings if side.section(index).role == "appendix" and not side.lines[index].containers)
            going = {side.lines[index].section for index in (*(pair[which] for pair in clauses), *appendices) if index not in staying}
            side.aside |= {line.section for line in side.lines if not going.isdisjoint((*line.containers, line.section))}

    def note_moves(self, moved: Sequence[Pair], names: Iterator[int]) -> None:
        """Give each section that moved the name of its move; one that moved with what it is in has the name of that."""
        for one, other in moved:
            before, now = self.old.lines[one], self.new.lines[other]
            above = self.old.moves.get(before.containers[-1], "") if before.containers else ""
            with_all = above and now.containers and self.new.moves.get(now.containers[-1], "") == above
            self.old.moves[before.section] = self.new.moves[now.section] = above if with_all else str(next(names))
        for side in (self.old, self.new):
            side.aside |= side.moves.keys()

    # ---------------------------------------------------------------------------------------------------- other lines

    def equal_lines(self, anchors: Sequence[Pair], headings: Sequence[Pair]) -> Iterator[Pair]:
        """Yield the clauses that stay, and between them the headings and other lines that are equal, in the order that keeps most words."""
        names, other_names = ({pair[which]: pair for pair in headings} for which in (0, 1))
        keys, other_keys = _keys(self.old, names), _keys(self.new, other_names)
        for gone, come, both in regions(range(len(keys)), range(len(other_keys)), anchors):
            found = matched([keys[index] for index in gone], [other_keys[index] for index in come], self._gain(gone, come, keys, other_keys))
            yield from ((gone[one], come[other]) for one, other in found)
            yield from (both,) if both else ()

    def _gain(
        self, gone: Sequence[int], come: Sequence[int], keys: Sequence[Hashable], other_keys: Sequence[Hashable]
    ) -> Callable[[int, int], float]:
        def gain(one: int, other: int) -> float:
            if keys[gone[one]] != other_keys[come[other]]:
                return 0.0
            line = self.new.lines[come[other]]
            words = 1.0 + self.new.said(come[other]).total()
            return words if lists_around(self.old.lines[gone[one]]) == lists_around(line) else words * _ELSEWHERE

        return gain

    def with_alike(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """Yield pairs, and between them the lines that are most alike, in order."""
        for gone, come, both in regions(range(len(self.old.lines)), range(len(self.new.lines)), pairs):
            ones, others = _comparable(self.old, gone), _comparable(self.new, come)
            if ones and others:
                yield from self._alike(ones, others)
            yield from (both,) if both else ()

    def _alike(self, ones: Sequence[int], others: Sequence[int]) -> Iterator[Pair]:
        lines, other_lines = ([side.lines[index] for index in numbers] for side, numbers in ((self.old, ones), (self.new, others)))
        blocks, other_blocks = ([cast("LineBlock", line.block) for line in each] for each in (lines, other_lines))

        def likeness(one: int, other: int) -> float:
            was, now = blocks[one], other_blocks[other]
            if isinstance(was, Section) and isinstance(now, Section):
                return 0.0
            found = likeness_of(was, now, self.old.said(ones[one]), self.new.said(others[other]))
            return found if lists_around(lines[one]) == lists_around(other_lines[other]) else found * _ELSEWHERE

        yield from ((ones[one], others[other]) for one, other in aligned(len(ones), len(others), likeness))

    def without_torn(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Leave out the first line of a numbered list that goes on without it.

        Put back, it would count for itself in LibreOffice, and those behind it from (a) again.
        """
        first = {container: index for index, line in reversed(list(enumerate(self.old.lines))) if (container := _numbered_list(line)) is not None}
        twins: dict[Container, Container] = {}
        taken: set[Container] = set()
        lists = [(_numbered_list(self.old.lines[one]), _numbered_list(self.new.lines[other])) for one, other in pairs]
        for was, now in lists:
            if was is not None and now is not None and now not in taken:
                taken.add(now)
                twins.setdefault(was, now)
        return [pair for pair, (was, now) in zip(pairs, lists, strict=True) if was is None or twins.get(was, now) is now or pair[0] != first[was]]


def _numbered_list(line: Placed) -> Container | None:
    """Return the innermost list that a line stands in, if it is numbered."""
    innermost = next((each for each in reversed(line.containers) if isinstance(each.node, (BulletList, OrderedList))), None)
    return innermost if innermost is not None and isinstance(innermost.node, OrderedList) else None


def _keys(side: Side, headings: Mapping[int, Pair]) -> list[Hashable]:
    """Return what must be equal for lines to be one: a heading goes by its pair, and what goes whole is equal to nothing."""
    keys: list[Hashable] = []
    for index, line in enumerate(side.lines):
        if line.section in side.aside or (line.opened is not None and index not in headings):
            keys.append((id(side), index))
        elif line.opened is not None:
            keys.append(headings[index])
        else:
            keys.append(line.block or lists_around(line))
    return keys


def lists_around(line: Placed) -> tuple[type, ...]:
    """Return the kinds of the lists and items that a line stands in."""
    return tuple(type(each.node) for each in line.containers if not isinstance(each.node, Section))


def _comparable(side: Side, numbers: Sequence[int]) -> list[int]:
    """Return the lines that may have become others: not what goes whole, nor a title page's or an appendix's heading."""
    return [
        index
        for index, line in ((index, side.lines[index]) for index in numbers)
        if line.block is not None and line.section not in side.aside and getattr(line.block, "role", "") not in ("cover", "appendix")
    ]
