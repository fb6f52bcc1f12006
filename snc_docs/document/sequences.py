"""Sequences compared: what two have in common, at the greatest weight; and what moved within one order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeVar

T = TypeVar("T")
Pair = tuple[int, int]
# Above so many cells the exact comparison would take too long: the sequences are cut at what is sure, and what has nothing sure in it
# is replaced as a whole.
_MOST_CELLS: Final = 400_000


def common(first: Sequence[Hashable], second: Sequence[Hashable], weight: Callable[[int], float] = lambda _: 1.0) -> list[Pair]:
    """Return the positions of a common subsequence of two sequences, the heaviest there is; ``weight`` is that of a position in ``first``."""
    numbers: dict[Hashable, int] = {}  # of what is the same: trees take longer to compare
    ones, others = ([numbers.setdefault(item, len(numbers)) for item in each] for each in (first, second))
    return matched(ones, others, lambda one, other: weight(one) if ones[one] == others[other] else 0.0)


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
    """Return the pairs of two sequences whose ends differ: the best there are, or where they are long, the best between what is sure."""
    if len(first) * len(second) <= _MOST_CELLS:
        return aligned(len(first), len(second), gain)
    sure = _sure(first, second)
    if not sure:
        return []
    pairs: list[Pair] = []
    one = other = 0
    for kept, found in [*sure, (len(first), len(second))]:
        between = matched(first[one:kept], second[other:found], _shifted(gain, one, other))
        pairs += [(one + a, other + b) for a, b in between]
        if kept < len(first):
            pairs.append((kept, found))
        one, other = kept + 1, found + 1
    return pairs


def _shifted(gain: Callable[[int, int], float], one: int, other: int) -> Callable[[int, int], float]:
    return lambda a, b: gain(a + one, b + other)


def _sure(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[Pair]:
    """Return pairs that nobody would dispute: what is there once in both, in the order that most of it has (Bram Cohen's patience diff)."""
    counts, others = Counter(first), Counter(second)
    places = {item: index for index, item in enumerate(second)}
    once = [(index, places[item]) for index, item in enumerate(first) if counts[item] == 1 and others[item] == 1]
    kept = in_order([place for _, place in once])
    return [(index, place) for index, place in once if place in kept]


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


def in_order(positions: Sequence[int], weight: Callable[[int], float] = lambda _: 1.0) -> set[int]:
    """Return the heaviest run of positions that are in rising order: the others are what moved. ``weight`` is that of an index, above 0."""
    if all(one < other for one, other in pairwise(positions)):
        return set(positions)
    # The runs so far that none beats: each further one ends later and weighs more.
    ends: list[int] = []
    weights: list[float] = []
    lasts: list[int] = []
    back: list[int] = []
    for index, position in enumerate(positions):
        place = stop = bisect_left(ends, position)
        total = weight(index) + (weights[place - 1] if place else 0.0)
        while stop < len(ends) and weights[stop] <= total:
            stop += 1
        back.append(lasts[place - 1] if place else -1)
        ends[place:stop], weights[place:stop], lasts[place:stop] = [position], [total], [index]
    kept: set[int] = set()
    index = lasts[-1]
    while index >= 0:
        kept.add(positions[index])
        index = back[index]
    return kept


def by_key(keys: Sequence[Hashable], other_keys: Sequence[Hashable], weight: Callable[[int], float] = lambda _: 1.0) -> tuple[list[Pair], list[Pair]]:
    """Return the positions of the keys that two sequences share: those that stay, in the order of both, and those that moved.

    A key names one thing in each sequence; None names nothing. What weighs least moves: ``weight`` is that of a position in ``keys``.
    """
    places = {key: index for index, key in enumerate(keys) if key is not None}
    shared = [(places[key], index) for index, key in enumerate(other_keys) if key in places]
    still = in_order([place for place, _ in shared], lambda index: weight(shared[index][0]))
    return [pair for pair in shared if pair[0] in still], [pair for pair in shared if pair[0] not in still]


def regions(old: Sequence[T], new: Sequence[T], pairs: Iterable[Pair]) -> Iterator[tuple[Sequence[T], Sequence[T], tuple[T, T] | None]]:
    """Yield what two sequences have alone before each of the pairs that stay, with the pair; behind the last one, with None."""
    one = other = 0
    for kept, found in pairs:
        yield old[one:kept], new[other:found], (old[kept], new[found])
        one, other = kept + 1, found + 1
    yield old[one:], new[other:], None
