"""What a plain scalar means in YAML 1.2: the core schema (10.3.2), which PyYAML, a YAML 1.1 reader, doesn't know."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from snc_docs.patterns import regex

_MAX_DIGITS: Final = 1000


class WrittenInt(int):
    """A whole number that remembers how it was written: ``06000``."""

    written: str


class BeyondNumber(float):
    """A number that no field takes, with how it was written: ``.nan``, ``1e99999``. It is no text by that."""

    written: str

    def __str__(self) -> str:
        """Return it as it was written."""
        return self.written

    __repr__ = __str__


_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE: Final = frozenset(("true", "True", "TRUE"))
_FALSE: Final = frozenset(("false", "False", "FALSE"))
_INT: Final = regex(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?([0-9]+))?")
_BEYOND: Final = regex(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAX_EXPONENT: Final = 4  # digits


def core_value(text: str) -> bool | WrittenInt | Decimal | BeyondNumber | str | None:
    """Return what a plain scalar means in YAML 1.2's core schema (10.3.2): ``NO`` and ``12:30`` are text, ``06000`` is 6000.

    Numbers with a point stay exact; those that no field takes (``.inf``, ``.nan``, thousands of digits) are told from text and from numbers.
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return written(text) if len(text) <= _MAX_DIGITS else beyond(text)
    number = _FLOAT.fullmatch(text)
    if number is None:
        return beyond(text) if _BEYOND.fullmatch(text) else text
    return Decimal(text) if len(number[1] or "") <= _MAX_EXPONENT else beyond(text)


def beyond(text: str) -> BeyondNumber:
    """Return the number that ``text`` writes, of which no field takes the like."""
    number = BeyondNumber("nan")
    number.written = text
    return number


def written(text: str) -> WrittenInt:
    """Return the whole number that ``text`` writes, which is known to be one."""
    number = WrittenInt(int(text, 0) if text[:2] in ("0o", "0x") else int(text))
    number.written = text
    return number
