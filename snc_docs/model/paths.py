"""The data paths (``snc_docs.paths``) of what parts of the data hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from snc_docs.kept import Kept
from snc_docs.model.base import Model
from snc_docs.paths import DataPath


def key_of(item: object) -> str | None:
    """Return the key by which an item of a list is told apart from its neighbours; None where it has none."""
    return str(getattr(item, item.key)) if isinstance(item, Model) and item.key else None


def item_paths(path: str, items: Sequence[object]) -> list[DataPath]:
    """Return the data path of each item of the list at ``path``."""
    return DataPath(path).items([str(index) if (key := key_of(item)) is None else key for index, item in enumerate(items)])


# The values of parts of agreements; a baseline's are looked at once for all its clients.
_parts: Final[Kept[tuple[tuple[str, object], ...]]] = Kept(64)


def values_of(part: Model) -> Iterator[tuple[str, object]]:
    """Yield every value of the data with its path, however deep: fields, whole lists, and the items of lists."""
    for name, value in part:
        yield from values_in(name, value)


def values_in(name: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield what ``values_of`` yields of one field."""
    yield name, value
    if isinstance(value, (Model, tuple)):
        yield from _parts.get(value, name, partial(_inner, value, name))


def _inner(value: Model | tuple[object, ...], path: str) -> tuple[tuple[str, object], ...]:
    return tuple(_within(value, path))


def _within(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield what a field or an item holds, which stands at ``path``."""
    if isinstance(value, Model):
        at = DataPath(path)
        held: Iterable[tuple[str, object]] = ((at.field(name), each) for name, each in value)
    elif isinstance(value, tuple):
        held = zip(item_paths(path, value), value, strict=True)
    else:
        return
    for where, each in held:
        yield where, each
        yield from _within(each, where)
