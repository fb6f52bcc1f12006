"""Data paths: ``client.legal_name``, ``client_contacts[representative].email``, ``governing_law.requirements[lcen].text``.

An item of a list is named by its key where its model has one, with ``#2`` for the second item of the same key, and by
its position otherwise; so a path goes on meaning the same item when others are added before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from snc_docs.model.base import Model

Step = str | int
_STEP = re.compile(r"\.?([^.\[\]]+)|\[(.*?)\](?=[.\[]|$)", re.DOTALL)


def key_of(item: object) -> str | None:
    """Return the key by which an item of a list is told apart from its neighbours; None where it has none."""
    return str(getattr(item, item.key)) if isinstance(item, Model) and item.key else None


def item_paths(path: str, items: Sequence[object]) -> list[str]:
    """Return the data path of each item of the list at ``path``."""
    keys = [str(index) if (key := key_of(item)) is None else key for index, item in enumerate(items)]
    if len(set(keys)) == len(keys):
        return [f"{path}[{key}]" for key in keys]
    seen: Counter[str] = Counter()
    paths = []
    for key in keys:
        seen[key] += 1
        paths.append(f"{path}[{key}#{seen[key]}]" if seen[key] > 1 else f"{path}[{key}]")
    return paths


def values_of(part: Model, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a part of the data with its path, however deep: fields, whole lists, and the items of lists."""
    for name, value in part:
        where = f"{path}.{name}" if path else name
        yield where, value
        if isinstance(value, Model):
            yield from values_of(value, where)
        for item_path, item in zip(item_paths(where, value), value, strict=True) if isinstance(value, tuple) else ():
            yield item_path, item
            if isinstance(item, Model):
                yield from values_of(item, item_path)


def steps_of(path: str) -> tuple[str, ...]:
    """Return the steps of a data path; what stands in brackets is a key, or else a position."""
    return tuple(name or key for name, key in _STEP.findall(path))


def dotted(steps: Iterable[Step]) -> str:
    """Return the data path of steps whose list items are positions."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
