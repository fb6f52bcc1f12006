"""Numbers of registers, checked by python-stdnum where they claim to be of one: SIREN and SIRET (INSEE), VAT numbers (the Union's States), EUID.

The European unique identifier (Commission Implementing Regulation (EU) 2021/1042, annex, part 9) is a country's code, a register's code, a
point and the number in that register, with an optional check: ``FRxxxx.123456789``. python-stdnum has no check of it: its form is ours.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from snc_docs.model.kinds import Line, Siren
from snc_docs.model.places import COUNTRIES
from snc_docs.shelf import TEXT, shelved

_EUID: Final = re.compile(r"([A-Z]{2})[A-Z0-9-]{0,20}\.[A-Z0-9][A-Z0-9 /-]{0,40}(?:_[A-Z0-9]{1,2})?")


def checked_siren(value: str) -> Siren:
    """Return a SIREN number without spaces; PydanticCustomError for what isn't one."""
    number = shelved("siren", TEXT, lambda: (value,), partial(_valid, value, "siren"))
    if not number.strip("0"):
        raise _refusal("siren", value)
    return Siren(number)


def checked_siret(value: str) -> str:
    """Return a SIRET number, in groups as INSEE writes it; PydanticCustomError for what isn't one."""
    number = shelved("siret", TEXT, lambda: (value,), partial(_valid, value, "siret"))
    if not number.strip("0"):
        raise _refusal("siret", value)
    return "\u00a0".join((number[:3], number[3:6], number[6:9], number[9:]))


def checked_vat_number(value: str) -> str:
    """Return a VAT number with its country's letters, without spaces; PydanticCustomError for one that isn't a member State's."""
    return shelved("VAT number", TEXT, lambda: (value,), partial(_valid, value, "vat"))


def checked_euid(value: str) -> str:
    """Return a European unique identifier as it was written; PydanticCustomError for one without a country, a point or a number."""
    match = _EUID.fullmatch(value.upper())
    if match is None or match[1] not in COUNTRIES:
        raise _refusal("euid", value)
    return value


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


# Checked each by itself: one that is wrong is said whatever else of the party is. A schema can't count digits as python-stdnum does.
SirenNumber = Annotated[Line, Field(json_schema_extra={"minLength": 9}), AfterValidator(checked_siren)]
SiretNumber = Annotated[Line, Field(json_schema_extra={"minLength": 14}), AfterValidator(checked_siret)]
VatNumber = Annotated[Line, Field(json_schema_extra={"minLength": 4}), AfterValidator(checked_vat_number)]
Euid = Annotated[Line, Field(json_schema_extra={"minLength": 4, "pattern": "[.]"}), AfterValidator(checked_euid)]
