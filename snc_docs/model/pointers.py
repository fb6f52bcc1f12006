"""Where a data path leads in data as it was given: as a JSON pointer (RFC 6901), by which a form marks its field, and with its items by their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from snc_docs.model.source import KEYS
from snc_docs.paths import DataPath, Step, pointer_to
from snc_docs.patterns import regex

# No list has more items than a number of so many digits.
_DIGITS = 9


def pointer_of(data: object, path: Sequence[Step]) -> str:
    """Return the JSON pointer of what is at a path, ``/client_contacts/2/email``; of what isn't there, where it would be."""
    steps: list[Step] = []
    value = data
    for step in path:
        at: Step = step
        if isinstance(value, list):
            index = _position(value, step)
            at, value = (step, None) if index is None else (index, value[index])
        else:
            value = value.get(step) if isinstance(value, dict) else None
        steps.append(at)
    return pointer_to(steps)


def keyed(data: object, path: DataPath) -> DataPath:
    """Return a path whose items are named as everywhere: by their keys, ``#2`` for the second of that key, by their positions where they have none.

    A path that leads out of the data is returned as it is.
    """
    found, value = DataPath(), data
    for step in path.steps:
        if isinstance(value, list):
            index = _position(value, step)
            if index is None:
                return path
            found, value = _item(found, value, index), value[index]
        elif isinstance(value, dict):
            found, value = found.field(step), value.get(step)
        else:
            return path
    return found


def _item(path: DataPath, items: Sequence[object], index: int) -> DataPath:
    key = _key_of(items[index])
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        return path.item(index)
    return path.item(key, sum(_key_of(each) == key for each in items[: index + 1]))


# A key that a path shows as it stands.
_KEY: Final = regex(r"[^\[\]#\n]{1,100}")


def _position(items: Sequence[object], step: Step) -> int | None:
    """Return the position of the item that a step names: by its position, or by its key, ``#2`` being the second of that key."""
    name = str(step)
    if name.isdecimal() and len(name) <= _DIGITS:
        return int(name) if int(name) < len(items) else None
    key, _, nth = name.partition("#")
    same = [index for index, item in enumerate(items) if key in (item, _key_of(item))]
    number = int(nth) if nth.isdecimal() and len(nth) <= _DIGITS else 1
    return same[number - 1] if 0 < number <= len(same) else None


def _key_of(item: object) -> object:
    return next((item[name] for name in KEYS if name in item), None) if isinstance(item, dict) else None
