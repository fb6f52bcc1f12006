"""Validated data as short JSON, for work that this package keeps for itself: ``unpacked(packed(model)) == model``, without validating again.

A value that JSON has is itself, any other a list of its kind's name and what it holds. Nothing is checked: what reads it wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final

from snc_docs.model.addresses import Address
from snc_docs.model.base import LabelledEnum, Model
from snc_docs.model.facts import OWN_CHOICE, OwnFacts, OwnRow, facts_model
from snc_docs.model.kinds import Email, LanguageCode, Percentage, Siren, Telephone, Territory, Url
from snc_docs.shelf import Form

_PLAIN: Final = frozenset((type(None), bool, int, str))
# Own facts, whose model is made of their declarations.
_OWN: Final = "own facts"
# Kinds that are made of their text.
_TEXTS: Final[dict[str, Callable[[str], object]]] = {
    **{kind.__name__: kind for kind in (Decimal, Percentage, Address, Siren, Email, Telephone, Url, Territory, LanguageCode)},
    "date": date.fromisoformat,
}


def packed(model: Model) -> bytes:
    """Return a model as JSON in UTF-8; TypeError for a value of a kind that isn't known here."""
    return json.dumps(_packed(model), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Any:
    """Return what ``packed`` was given."""
    return _unpacked(json.loads(content))


def _packed(value: object) -> object:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return ["", *map(_packed, value)]
    if isinstance(value, OwnFacts):
        return [_OWN, _packed(value.declared), value.model_dump(mode="json")]
    if isinstance(value, Model):
        return [kind.__name__, {name: _packed(each) for name, each in value}]
    if isinstance(value, Enum) or kind.__name__ in _TEXTS:
        return [kind.__name__, str(value)]
    raise TypeError(kind.__name__)


def _unpacked(data: Any) -> Any:
    if type(data) is not list:
        return data
    name = data[0]
    if name == _OWN:
        return facts_model(_unpacked(data[1])).model_validate(data[2])
    if not name:
        return tuple(map(_unpacked, data[1:]))
    kind = _models().get(name)
    if kind is not None:
        return kind.model_construct(**{field: _unpacked(each) for field, each in data[1].items()})
    return (_TEXTS.get(name) or _choices()[name])(data[1])


@cache
def _models() -> dict[str, type[Model]]:
    return {kind.__name__: kind for kind in _below(Model) if not issubclass(kind, (OwnFacts, OwnRow))}


@cache
def _choices() -> dict[str, Callable[[str], object]]:
    return {kind.__name__: kind._value2member_map_.__getitem__ for kind in LabelledEnum.__subclasses__() if kind.__name__ != OWN_CHOICE}


def _below(kind: type[Model]) -> Iterator[type[Model]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


# A model that was validated, None for one that wasn't found valid.
MODEL: Final = Form[Any](packed, unpacked)
