"""Telephone numbers that were meant, and why a text is none; their kind is in ``kinds``."""

from __future__ import annotations

import re
from typing import Final

from snc_docs.errors import Wording

_SHORT_NUMBERS: Final = range(3, 7)


def telephone_meant(text: str) -> str | None:
    """Return a number in international form: a French one by its ten figures, another by its 00."""
    return next((number for region in _REGIONS if (number := telephone_in(text, region)) is not None), None)


def telephone_in(text: str, country: str) -> str | None:
    """Return a number in international form, in quotation marks, as it is dialled in a country; None for what is no number there."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text.replace("(0)", ""), country)
    except phonenumbers.NumberParseException:
        return None
    is_valid = phonenumbers.is_valid_number(number)
    return f'"{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)}"' if is_valid else None


# Where ten figures behind a zero are dialled as in France, each with a country's code of its own.
_REGIONS: Final = ("FR", "GP", "MQ", "GF", "RE")


def why_no_telephone(written: str) -> Wording:
    """Return what is wanted of a telephone number, or why nobody abroad can call a short one."""
    digits = re.sub(r"\D", "", written)
    if len(digits) not in _SHORT_NUMBERS or written.strip().startswith("+"):
        return Wording("en forme internationale : « +33 1 99 00 00 00 »", "in international form: '+33 1 99 00 00 00'")
    return Wording(
        f"{digits} est un numéro court, qui ne s'appelle que de son pays : en donner un qui s'appelle de partout, « +33 1 99 00 00 00 »",
        f"{digits} is a short number, which is called from its country alone: give one that can be called from anywhere, '+33 1 99 00 00 00'",
    )
