"""Numbers of registers, checked by python-stdnum where they claim to be of one: SIREN and SIRET (INSEE), VAT numbers (the Union's States), EUID.

The European unique identifier (Commission Implementing Regulation (EU) 2021/1042, annex, part 9) is a country's code, a register's code, a
point and the number in that register, with an optional check: ``FRxxxx.123456789``. python-stdnum has no check of it: its form is ours.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from snc_docs.model.kinds import Line, Siren, in_schema
from snc_docs.model.places import COUNTRIES
from snc_docs.shelf import TEXT, shelved

# The shape of each, as it may be written; digits are counted, and check digits computed, behind it. Spaces are those of any kind.
_DIGITS: Final = r"[\s.]*(?:[0-9][\s.]*){%d}"
_SIREN: Final = _DIGITS % 9
_SIRET: Final = _DIGITS % 14
_VAT: Final = r"[A-Za-z]{2}(?:[\s.,:/'\u2010-\u2015\u2212-]*[0-9A-Za-z+*]){2,15}"
_EUID: Final = r"[A-Za-z]{2}[A-Za-z0-9-]{0,20}\.[A-Za-z0-9][A-Za-z0-9\s/-]*(?:_[A-Za-z0-9]{1,2})?"
_MOST_OF_EUID: Final = 70


def checked_siren(value: str) -> Siren:
    """Return a SIREN number without spaces; PydanticCustomError for what isn't one."""
    number = _checked(value, "siren", _SIREN)
    if not number.strip("0"):
        raise _refusal("siren", value)
    return Siren(number)


def checked_siret(value: str) -> str:
    """Return a SIRET number, in groups as INSEE writes it; PydanticCustomError for what isn't one."""
    number = _checked(value, "siret", _SIRET)
    if not number.strip("0"):
        raise _refusal("siret", value)
    return "\u00a0".join((number[:3], number[3:6], number[6:9], number[9:]))


def checked_vat_number(value: str) -> str:
    """Return a VAT number with its country's letters, without spaces; PydanticCustomError for one that isn't a member State's."""
    return _checked(value, "vat", _VAT)


def checked_euid(value: str) -> str:
    """Return a European unique identifier as it was written; PydanticCustomError for one without a country, a point or a number."""
    if not re.fullmatch(_EUID, value) or len(value) > _MOST_OF_EUID or value[:2].upper() not in COUNTRIES:
        raise _refusal("euid", value)
    return value


def _checked(value: str, register: str, shape: str) -> str:
    """Return a number without spaces; PydanticCustomError for one that isn't of its register's shape, or that python-stdnum refuses."""
    if not re.fullmatch(shape, value):
        raise _refusal(register, value)
    return shelved(register, TEXT, lambda: (value,), partial(_valid, value, register))


def registered_number(value: str, country: str | None) -> str:
    """Return a number of another register as it is written, checked where python-stdnum knows a country's enterprise numbers (Belgium)."""
    if country == "BE":
        shelved("enterprise number", TEXT, lambda: (value,), partial(_valid, value, "number"))
    return value


def _valid(value: str, register: str) -> str:
    """Return the number without spaces; PydanticCustomError for one that python-stdnum refuses."""
    from stdnum.be import vat as enterprise
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren, siret

    modules = {"siren": siren, "siret": siret, "vat": vat, "number": enterprise}
    try:
        return str(modules[register].validate(value))
    except ValidationError as error:
        raise _refusal(register, value) from error


def _refusal(register: str, value: str) -> PydanticCustomError:
    return PydanticCustomError(f"{register}_invalid", "{value} isn't a number of that register", {"value": value})


# Checked each by itself: one that is wrong is said whatever else of the party is. No schema computes a check digit.
SirenNumber = Annotated[Line, AfterValidator(checked_siren), in_schema(_SIREN)]
SiretNumber = Annotated[Line, AfterValidator(checked_siret), in_schema(_SIRET)]
VatNumber = Annotated[Line, AfterValidator(checked_vat_number), in_schema(_VAT)]
Euid = Annotated[Line, AfterValidator(checked_euid), in_schema(_EUID)]
