"""Postal addresses: a country that one names at its end, which prints by its name in the document's language."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from snc_docs.model.country_names import COUNTRY_NAMES
from snc_docs.model.kinds import AddressLine
from snc_docs.patterns import regex

_BY_NAME: Final = {name.casefold(): code for code, names in COUNTRY_NAMES.items() for name in names}
_LAST: Final = regex(r"(.*(?:,[ \u00a0]|\n))([^,\n]+)", re.DOTALL)


class Address(str):
    """A postal address, as it was written."""

    __slots__ = ()


PostalAddress = Annotated[AddressLine, AfterValidator(Address)]


def country_at_end(address: str) -> tuple[str, str, str] | None:
    """Return what stands before a country's name at the end of an address (behind a comma, or on a line of its own), that name and its code; None without one."""
    found = _LAST.fullmatch(address)
    code = _BY_NAME.get(found[2].casefold()) if found else None
    return (found[1], found[2], code) if found and code else None
