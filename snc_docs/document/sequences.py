"""Sequences compared: what two have in common, at the greatest weight; and what moved within one order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

T = TypeVar("T")
Pair = tuple[int, int]
# Above so many cells the exact comparison would take too long, and difflib's good one does.
_MOST_CELLS: Final = 400_000


def common(first: Sequence[Hashable], second: Sequence[Hashable], weight: Callable[[int], float] = lambda _: 1.0) -> list[Pair]:
    """Return the positions of a common subsequence of two sequences, the heaviest there is; ``weight`` is that of a position in ``first``."""
    return matched(first, second, lambda one, other: weight(one) if first[one] == second[other] else 0.0)


def matched(first: Sequence[Hashable], second: Sequence[Hashable], gain: Callable[[int, int], float]) -> list[Pair]:
    """Return the pairs of positions, in order on both sides, whose gains add up to the most; equal ends are paired without a look at them."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    middle = _middle(first[start : len(first) - end], second[start : len(second) - end], lambda one, other: gain(one + start, other + start))
    return [
        *((index, index) for index in range(start)),
        *((one + start, other + start) for one, other in middle),
        *((len(first) - end + index, len(second) - end + index) for index in range(end)),
    ]


def _middle(first: Sequence[Hashable], second: Sequence[Hashable], gain: Callable[[int, int], float]) -> list[Pair]:
    if len(first) * len(second) > _MOST_CELLS:
        blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        return [(block.a + offset, block.b + offset) for block in blocks for offset in range(block.size)]
    return aligned(len(first), len(second), gain)


def without_lone(pairs: Sequence[Pair], count: int, other_count: int, is_slight: Callable[[int], bool]) -> list[Pair]:
    """Leave out what is slight and all that is kept between two changes, a space for one: together they read as one change."""
    result = []
    for index, (one, other) in enumerate(pairs):
        before = pairs[index - 1] if index else (-1, -1)
        after = pairs[index + 1] if index + 1 < len(pairs) else (count, other_count)
        alone = before != (one - 1, other - 1) and after != (one + 1, other + 1)
        if not (alone and is_slight(one)):
            result.append((one, other))
    return result


def aligned(count: int, other_count: int, gain: Callable[[int, int], float]) -> list[Pair]:
    """Return the pairs of positions, in order on both sides, whose gains add up to the most; pairs without gain are left out."""
    best = [[0.0] * (other_count + 1) for _ in range(count + 1)]
    for one in range(count - 1, -1, -1):
        row, below = best[one], best[one + 1]
        for other in range(other_count - 1, -1, -1):
            found = gain(one, other)
            row[other] = max(below[other], row[other + 1], below[other + 1] + found if found else 0.0)
    return list(_trace(best, gain))


def _trace(best: list[list[float]], gain: Callable[[int, int], float]) -> Iterator[Pair]:
    one = other = 0
    while one < len(best) - 1 and other < len(best[0]) - 1:
        found = gain(one, other)
        if found and best[one][other] == best[one + 1][other + 1] + found:
            yield one, other
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1


def in_order(positions: Sequence[int]) -> set[int]:
    """Return the longest run of positions that are in rising order: the others are what moved."""
    tails: list[int] = []
    back: list[int] = []
    ends: list[int] = []
    for index, position in enumerate(positions):
        place = bisect_left(tails, position)
        if place == len(tails):
            tails.append(position)
            ends.append(index)
        else:
            tails[place], ends[place] = position, index
        back.append(ends[place - 1] if place else -1)
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(positions[index])
        index = back[index]
    return kept
