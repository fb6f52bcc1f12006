"""Parts of client files that say the same are one object: what was made of one client's stands for the next one's (``snc_docs.kept``)."""

from __future__ import annotations

from collections import deque
from functools import lru_cache, partial
from typing import Any, Final, TypeVar

from snc_docs.kept import Kept

T = TypeVar("T")
# Fields of agreements as Python writes them.
_spelled: Final[Kept[str]] = Kept(256)


def spelled(value: object) -> str:
    """Return a field of an agreement as Python writes it, which is all that it says but for the content of files."""
    return _spelled.get(value, None, partial(repr, value))


def alike(name: str, value: T) -> T:
    """Return the field ``name`` of a client as an earlier client gave it, where both say the same to the last digit: by value, and as Python writes it."""
    former: deque[T] = _saying(name, spelled(value))
    for each in former:
        if each == value:
            return each
    former.append(value)
    return value


@lru_cache(maxsize=256)
def _saying(name: str, said: str) -> deque[Any]:  # noqa: ARG001  # by which they are kept
    """Return the values of a field that Python writes so; few are equal in that and unequal."""
    return deque(maxlen=2)
