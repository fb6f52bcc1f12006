"""What a node may hold, from the annotations of its fields: a tree from outside is checked by them, node by node.

Types alone let pass what no reader of ours makes and no writer may print: an address that runs a script, the name of a resource
that leads out of its folder, characters that XML lacks. So some fields have a check of their own.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from functools import cache
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from snc_docs.characters import NOT_IN_XML
from snc_docs.document import nodes
from snc_docs.document.nodes import IDENTIFIER, kinds_of
from snc_docs.errors import Wording
from snc_docs.patterns import regex

Check = Callable[[Any], bool]

_HREF: Final = regex(r"(?:https?://|mailto:|tel:)[^\s<>\"]*", re.IGNORECASE)
_RESOURCE: Final = regex(r"[0-9a-f]{16}\.(?:png|jpeg|docx)")
_MEDIA: Final = frozenset(("image/png", "image/jpeg", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))
_LANGUAGES: Final = frozenset(Wording._fields)
_MOST_MILLIMETRES: Final = 10_000
_MOST_WIDTH: Final = 100

_OWN: Final[dict[tuple[str, str], Check]] = {
    ("Link", "href"): lambda href: _HREF.fullmatch(href) is not None,
    ("Resource", "name"): lambda name: _RESOURCE.fullmatch(name) is not None,
    ("Resource", "media_type"): _MEDIA.__contains__,
    ("Picture", "width"): lambda width: 0 < width <= _MOST_MILLIMETRES,
    ("Picture", "height"): lambda height: 0 < height <= _MOST_MILLIMETRES,
    ("Column", "width"): lambda width: 0 < width <= _MOST_WIDTH,
    ("Section", "id"): lambda identifier: IDENTIFIER.fullmatch(identifier) is not None,
    ("Document", "language"): _LANGUAGES.__contains__,
    ("Document", "second"): lambda second: second == "" or second in _LANGUAGES,
    ("Row", "cells"): bool,
    ("Definition", "forms"): bool,
}


def misfit(node: Any) -> str | None:
    """Return the name of the first field that holds what it can't, ``Link.href``; None for a node that fits. What its children hold isn't looked at."""
    kind: Any = type(node)
    for name, fits in _checks(kind).items():
        if not fits(getattr(node, name)):
            return f"{kind.__name__}.{name}"
    return None


@cache
def _checks(kind: Any) -> dict[str, Check]:
    hints = get_type_hints(kind)
    return {name: _both(_fits(hint), _OWN.get((kind.__name__, name))) for name, hint in hints.items() if name != "origin"}


def _both(fits: Check, own: Check | None) -> Check:
    return fits if own is None else lambda value: fits(value) and own(value)


@cache
def _fits(hint: Any) -> Check:
    """Return whether a value is of an annotated type."""
    origin = get_origin(hint)
    if hint is str:
        return lambda value: type(value) is str and NOT_IN_XML.search(value) is None
    if hint is float:
        return lambda value: type(value) in (int, float)
    if origin is Literal:
        return frozenset(get_args(hint)).__contains__
    if origin is tuple:
        inner = _fits(get_args(hint)[0])
        return lambda value: type(value) is tuple and all(map(inner, value))
    if origin in (Union, types.UnionType):
        return _one_of(kinds_of(hint))
    if isinstance(hint, TypeVar):  # what a revision holds is as its place asks
        return lambda value: type(value).__module__ == nodes.__name__
    return lambda value: type(value) is hint


def _one_of(kinds: frozenset[type]) -> Check:
    return lambda value: type(value) in kinds
