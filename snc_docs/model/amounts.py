"""Exact numbers, in one form; and amounts that may be others than they say: ``8.000`` is eight to YAML, and eight thousand to who wrote it."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any, Final, LiteralString, NoReturn

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from snc_docs.patterns import regex

# ISO 4217: the currencies whose units have a thousand parts.
OF_THREE_DECIMALS: Final = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_DOUBTFUL: Final = regex(r"\s*\+?[1-9][0-9]{0,2}\.[0-9]{2}0\s*")


def refuse_doubtful(data: Any) -> Any:
    """Return the data of an amount; ValidationError for one that can be read in two ways.

    With a third decimal of zero, as a point between thousands makes it (8.125 is exact); or cut by its comma, as ``{amount: 8000,50}`` is in YAML.
    """
    amount = data.get("amount") if isinstance(data, dict) else None
    pieces = [str(name) for name, value in data.items() if value is None and _PIECE.fullmatch(str(name))] if isinstance(data, dict) else []
    if pieces and amount is not None:
        _refuse("amount_cut", "the comma cut a number in two", {"meant": _in_one([str(getattr(amount, "written", amount)), *pieces])}, amount)
    is_doubtful = isinstance(amount, str | Decimal) and _DOUBTFUL.fullmatch(str(amount)) is not None
    if is_doubtful and str(data.get("currency", "EUR")) not in OF_THREE_DECIMALS:
        context = {"value": str(amount).strip(), "whole": str(amount).strip().replace(".", "")}
        _refuse("amount_doubtful", "{value}: thousands or decimals?", context, amount)
    return data


def exact(value: object) -> object:
    """Take an exact number as a number, or as digits with a point: no exponent, no "NaN", no yes or no."""
    if isinstance(value, str) and not re.fullmatch(r"\s*\+?[0-9]+(?:\.[0-9]+)?\s*", value, re.ASCII):
        raise PydanticCustomError("decimal_parsing", "a number is expected")
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise PydanticCustomError("decimal_parsing", "a number is expected")
    if isinstance(value, bool):
        raise PydanticCustomError("decimal_type", "a number is expected")
    return abs(value) if isinstance(value, float | Decimal) and value == 0 else value  # -0 is 0


def in_one_form(amount: Decimal) -> Decimal:
    """Return an amount written in one way, so that 1000.5 and 1000.50 are the same bytes: whole, or with two decimals or as many as it needs."""
    whole = amount.to_integral_value()
    if amount == whole:
        return whole.quantize(Decimal(1))
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    return plain if isinstance(exponent, int) and exponent < -_CENTS else amount.quantize(Decimal(1).scaleb(-_CENTS))


_CENTS: Final = 2


# What stands behind a comma of a number: thousands, with decimals of their own or without, or decimals.
_PIECE: Final = regex(r"\d{1,3}(?:\.\d{1,2})?")


def _in_one(pieces: list[str]) -> str:
    """Return the number that commas cut, with a point before its decimals: the last piece is thousands where it has three figures."""
    *whole, last = (re.sub(r"\s", "", each) for each in pieces)
    between = "" if re.match(r"\d{3}", last) else "."
    return f"{''.join(whole)}{between}{last}"


def _refuse(kind: LiteralString, message: LiteralString, context: dict[str, Any], amount: object) -> NoReturn:
    error = PydanticCustomError(kind, message, context)
    raise ValidationError.from_exception_data("Money", [InitErrorDetails(type=error, loc=("amount",), input=amount)])
