"""The data paths (``snc_docs.paths``) of what parts of the data hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from snc_docs.model.base import Model
from snc_docs.paths import DataPath


def key_of(item: object) -> str | None:
    """Return the key by which an item of a list is told apart from its neighbours; None where it has none."""
    return str(getattr(item, item.key)) if isinstance(item, Model) and item.key else None


def item_paths(path: str, items: Sequence[object]) -> list[DataPath]:
    """Return the data path of each item of the list at ``path``."""
    return DataPath(path).items([str(index) if (key := key_of(item)) is None else key for index, item in enumerate(items)])


def values_of(part: Model, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every value of a part of the data with its path, however deep: fields, whole lists, and the items of lists."""
    for name, value in part:
        where = DataPath(path).field(name)
        yield where, value
        if isinstance(value, Model):
            yield from values_of(value, where)
        for item_path, item in zip(item_paths(where, value), value, strict=True) if isinstance(value, tuple) else ():
            yield item_path, item
            if isinstance(item, Model):
                yield from values_of(item, item_path)
