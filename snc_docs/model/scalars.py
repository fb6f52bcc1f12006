"""What a plain scalar means in YAML 1.2: the core schema (10.3.2), which PyYAML, a YAML 1.1 reader, doesn't know."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_MAX_DIGITS: Final = 1000


class WrittenInt(int):
    """A whole number that remembers how it was written: ``06000``."""

    written: str


_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE: Final = frozenset(("true", "True", "TRUE"))
_FALSE: Final = frozenset(("false", "False", "FALSE"))
_INT: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?")


def core_value(text: str) -> bool | WrittenInt | Decimal | str | None:
    """Return what a plain scalar means in YAML 1.2's core schema (10.3.2): ``NO`` and ``12:30`` are text, ``06000`` is 6000.

    Numbers with a point stay exact; ``.inf`` and ``.nan``, which no field takes, stay text.
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if len(text) <= _MAX_DIGITS and _INT.fullmatch(text):
        return written(text)
    return Decimal(text) if _FLOAT.fullmatch(text) else text


def written(text: str) -> WrittenInt:
    """Return the whole number that ``text`` writes, which is known to be one."""
    number = WrittenInt(int(text, 0) if text[:2] in ("0o", "0x") else int(text))
    number.written = text
    return number
