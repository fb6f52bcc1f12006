"""What was made of an object, kept by the object itself: the same node gives the same result, without a look at what it says.

Trees are frozen, so an object never comes to say something else. Looking a result up by a tree's value would cost more than most
results do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from operator import is_
from threading import Lock
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")
# Every memory of this process, each of which a module holds for good.
_ALL: list[Kept[Any]] = []


class Kept(Generic[T]):
    """Results for objects up to a weight, those asked for last; each keeps its object, whose identity is its own that long. Threads may share it."""

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        """Start with none; ``most`` is what their objects may weigh together, and of one that weighs over half of it nothing is kept."""
        self._most, self._weigh = most, weigh
        self._weight = 0
        self._results: dict[tuple[int, Hashable], tuple[Any, T, int]] = {}
        self._lock = Lock()
        _ALL.append(self)

    def get(self, owner: object, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of ``owner`` under ``key``, made now if it wasn't yet."""
        name = (id(owner), key)
        with self._lock:
            found = self._results.pop(name, None)
            if found is not None:
                self._results[name] = found  # now the latest
                return found[1]
        result = make()
        weight = self._weigh(owner)
        if 2 * weight <= self._most:
            with self._lock:
                self._keep(name, (owner, result, weight))
        return result

    def _keep(self, name: tuple[int, Hashable], entry: tuple[Any, T, int]) -> None:
        replaced = self._results.pop(name, None)
        self._results[name] = entry
        self._weight += entry[2] - (replaced[2] if replaced else 0)
        while self._weight > self._most:
            self._weight -= self._results.pop(next(iter(self._results)))[2]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()
            self._weight = 0

    def unlock(self) -> None:
        """Start with a new lock, whoever held the old one."""
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self._results)


# How many results are kept of what is made again and again: the latest, and the one before.
_MOST_AGAIN: Final = 2


def again(made: list[tuple[list[Any], T]], values: list[Any], make: Callable[[], T]) -> T:
    """Return what was made of the same objects before, made now if it wasn't; ``made`` holds the latest results, which a ``Kept`` keeps."""
    for former, result in made:
        if all(map(is_, former, values)):  # cheaper than to compare what they say, and never wrong
            return result
    result = make()
    # Of other objects that say the same the former result stands for both: all that is made of it is kept by that object.
    result = next((former for _, former in made if former == result), result)
    made[_MOST_AGAIN - 1 :] = []
    made.insert(0, (values, result))
    return result


def _afresh() -> None:
    """Give a forked process locks of its own: what another thread held at that moment would be held for ever."""
    for each in _ALL:
        each.unlock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_afresh)


def forget() -> None:
    """Empty every memory: what is made next is made anew."""
    for each in _ALL:
        each.clear()
