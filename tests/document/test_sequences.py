"""What two sequences have in common: in order, equal, the most there is; for long ones in a time that people wait for."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from snc_docs.document import sequences
from snc_docs.document.sequences import by_key, common, matched, regions


def _is_common(pairs: list[tuple[int, int]], first: list[int], second: list[int]) -> bool:
    rises = all(one < other for a, b in itertools.pairwise(pairs) for one, other in zip(a, b, strict=True))
    return rises and all(first[one] == second[other] for one, other in pairs)


@given(st.lists(st.integers(0, 9), max_size=12), st.lists(st.integers(0, 9), max_size=12))
def test_a_common_subsequence_is_in_order_and_equal(first: list[int], second: list[int]) -> None:
    assert _is_common(common(first, second), first, second)


def test_long_sequences_are_cut_at_what_is_sure() -> None:
    first = list(range(3_000))
    second = [-1, *range(1, 1_000), *range(5_000, 5_010), *range(1_010, 2_000), *range(2_500, 2_600), *range(2_000, 2_999), -2]
    pairs = common(first, second)
    assert _is_common(pairs, first, second)
    assert len(pairs) == len(set(first) & set(second)), "what is there once in both is all kept"


def test_what_stands_between_the_sure_ones_is_compared_exactly() -> None:
    """Beside each item that is there once stand others that aren't: they are paired by the gain, on both sides of it."""
    first = [-1] + [item for index in range(700) for item in (0, index + 10, 1)] + [-2]
    second = [-3] + [item for index in range(700) for item in (1, 0, index + 10, 1, 0)] + [-4]
    pairs = common(first, second)
    assert _is_common(pairs, first, second)
    assert len(pairs) == 3 * 700


def test_long_sequences_with_nothing_sure_are_replaced_as_a_whole() -> None:
    assert common([0, 1] * 400, [2, 3] * 400) == []
    assert common([5, *([0, 1] * 400), 6], [5, *([1, 0] * 401), 6]) == [(0, 0), (801, 803)], "the ends apart"


def test_the_gain_of_a_long_comparison_is_asked_for_positions_of_the_whole() -> None:
    first = [-1, *range(700), 0, 1, 2, *range(1_000, 1_700), -2]
    second = [-3, *range(700), 2, 1, 0, *range(1_000, 1_700), -4]
    asked: list[tuple[int, int]] = []

    def gain(one: int, other: int) -> float:
        asked.append((one, other))
        return 1.0 if first[one] == second[other] else 0.0

    pairs = matched(first, second, gain)
    assert len(first) * len(second) > sequences._MOST_CELLS  # what makes them long
    assert _is_common(pairs, first, second)
    assert asked
    assert {one for one, _ in asked} <= set(range(len(first)))


@given(st.lists(st.integers(0, 6), max_size=8), st.lists(st.integers(0, 6), max_size=8))
def test_the_regions_between_pairs_are_the_sequences_again(old: list[int], new: list[int]) -> None:
    found = list(regions(old, new, common(old, new)))
    assert found[-1][2] is None
    assert [each for gone, _, both in found for each in (*gone, *(both[:1] if both else ()))] == old
    assert [each for _, come, both in found for each in (*come, *(both[1:] if both else ()))] == new


@given(st.lists(st.integers(0, 9), unique=True, max_size=8), st.lists(st.integers(0, 9), unique=True, max_size=8))
def test_what_two_sequences_share_by_key_stays_or_moved(keys: list[int], others: list[int]) -> None:
    still, moved = by_key(keys, others)
    assert {keys[one] for one, _ in (*still, *moved)} == set(keys) & set(others)
    assert all(keys[one] == others[other] for one, other in (*still, *moved))
    assert still == sorted(still)
    assert still == sorted(still, key=lambda pair: pair[1])
