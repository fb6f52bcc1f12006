"""Trees as short JSON, origins and all, for work that this package keeps for itself: ``unpacked(packed(node)) == node``.

A node is a list of the number of its kind and its fields, a tuple a list that begins with 0. Nothing is checked: what reads it wrote it
(``codec`` is for trees from outside).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, Final

from snc_docs.document import nodes
from snc_docs.document.walk import field_names
from snc_docs.shelf import Form

_KINDS: Final[list[Callable[..., object]]] = [
    lambda *items: items,
    *(value for value in vars(nodes).values() if isinstance(value, type) and is_dataclass(value)),
]
_NUMBERS: Final = {kind: number for number, kind in enumerate(_KINDS)}


def packed(value: object) -> bytes:
    """Return a node, or a tuple of what nodes hold, as JSON in UTF-8."""
    return json.dumps(_packed(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> object:
    """Return what ``packed`` was given."""
    return _unpacked(json.loads(content.decode("utf-8", "surrogatepass")))


def _packed(value: object) -> object:
    if isinstance(value, tuple):
        return [0, *map(_packed, value)]
    number = _NUMBERS.get(type(value))
    return value if number is None else [number, *(_packed(getattr(value, name)) for name in field_names(type(value)))]


def _unpacked(data: object) -> object:
    if type(data) is not list:
        return data
    return _KINDS[data[0]](*map(_unpacked, data[1:]))


# Sections, and whatever else is made of nodes.
NODES: Final = Form[Any](packed, unpacked)
