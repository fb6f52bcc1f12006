"""Data paths: ``client.legal_name``, ``client_contacts[representative].email``, ``governing_law.requirements[lcen].text``.

An item of a list is named by its key where its model has one, with ``#2`` for the second item of the same key, and by
its position otherwise; so a path goes on meaning the same item when others are added before it. This grammar is read and
written here alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from snc_docs.patterns import regex

_STEP: Final = regex(r"\.?([^.\[\]]+)|\[(.*?)\](?=[.\[]|$)", re.DOTALL)
# A step of a path where positions are numbers, as pydantic and YAML tell it.
Step = str | int


class DataPath(str):
    """A path into the data, from the whole agreement ("") down."""

    __slots__ = ()

    def field(self, name: str) -> DataPath:
        """Return the path of a field of what is here."""
        return DataPath(f"{self}.{name}" if self else name)

    def item(self, key: str | int, nth: int = 1) -> DataPath:
        """Return the path of an item of the list that is here: the ``nth`` of those that share the key."""
        return DataPath(f"{self}[{key}#{nth}]" if nth > 1 else f"{self}[{key}]")

    def items(self, keys: Sequence[str]) -> list[DataPath]:
        """Return the paths of the items of the list that is here, by their keys in order."""
        if len(set(keys)) == len(keys):
            return [DataPath(f"{self}[{key}]") for key in keys]
        seen: Counter[str] = Counter()
        paths = []
        for key in keys:
            seen[key] += 1
            paths.append(self.item(key, seen[key]))
        return paths

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps: names of fields, and of items their keys or positions."""
        return tuple(name or key for name, key in _STEP.findall(self))

    @property
    def fields(self) -> str:
        """The names of the fields alone, joined by points: the same for all items of a list."""
        return ".".join(name for name, _ in _STEP.findall(self) if name)

    @property
    def nearest_item(self) -> DataPath:
        """The path of the item that this is in, itself where it's in no list."""
        return DataPath(self[: self.rfind("]") + 1] or self)

    @property
    def is_one_of_several(self) -> bool:
        """Whether other items have the same key: its number tells no more than their order."""
        return "#" in self

    @property
    def shared(self) -> str:
        """What items of one key have in common."""
        return self.partition("#")[0].rstrip("]")


def pointer_to(steps: Iterable[Step]) -> str:
    """Return the JSON pointer (RFC 6901) of steps: ``/client_contacts/2/email``."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def path_of(steps: Iterable[Step]) -> DataPath:
    """Return the path of steps whose list items are positions."""
    path = DataPath()
    for step in steps:
        path = path.item(step) if isinstance(step, int) else path.field(step)
    return path
