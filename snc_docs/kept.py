"""What was made of an object, kept by the object itself: the same node gives the same result, without a look at what it says.

Trees are frozen, so an object never comes to say something else. Looking a result up by a tree's value would cost more than most
results do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")
# Every memory of this process, each of which a module holds for good.
_ALL: list[Kept[Any]] = []


class Kept(Generic[T]):
    """A bounded number of results, those asked for last; each keeps its object, whose identity is its own that long. Threads may share it."""

    def __init__(self, most: int) -> None:
        """Start with none; ``most`` is how many there may be."""
        self._most = most
        self._results: dict[tuple[int, Hashable], tuple[Any, T]] = {}
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
        with self._lock:
            self._results[name] = owner, result
            if len(self._results) > self._most:
                del self._results[next(iter(self._results))]
        return result

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self._results)


def forget() -> None:
    """Empty every memory: what is made next is made anew."""
    for each in _ALL:
        each.clear()
