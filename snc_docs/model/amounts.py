"""Amounts that may be others than they say: ``8.000`` is eight to YAML, and eight thousand to who wrote it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

# ISO 4217: the currencies whose units have a thousand parts.
_OF_THREE_DECIMALS: Final = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_DOUBTFUL: Final = re.compile(r"\s*\+?[1-9][0-9]{0,2}\.[0-9]{2}0\s*")


def refuse_doubtful(data: Any) -> Any:
    """Return the data of an amount; ValidationError for one written with a third decimal of zero, as a point between thousands makes it: 8.125 is exact."""
    amount = data.get("amount") if isinstance(data, dict) else None
    is_doubtful = isinstance(amount, str | Decimal) and _DOUBTFUL.fullmatch(str(amount)) is not None
    if is_doubtful and str(data.get("currency", "EUR")) not in _OF_THREE_DECIMALS:
        context = {"value": str(amount).strip(), "whole": str(amount).strip().replace(".", "")}
        error = PydanticCustomError("amount_doubtful", "{value}: thousands or decimals?", context)
        raise ValidationError.from_exception_data("Money", [InitErrorDetails(type=error, loc=("amount",), input=amount)])
    return data
