"""How single values of the data are written in each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from snc_docs.language import formats
from snc_docs.language.known import writing_of
from snc_docs.model.addresses import Address, country_at_end
from snc_docs.model.base import LabelledEnum
from snc_docs.model.kinds import LanguageCode, Money, Percentage, Siren, Territory
from snc_docs.model.periods import Delay, Period


def text_of(raw: Any, language: str) -> str:  # noqa: PLR0911  # one return for each kind of value
    """Return a raw value as the language writes it."""
    if type(raw) is str:  # most are
        return raw
    match raw:
        case Address():
            return address_in(raw, language)
        case Siren():
            return formats.grouped_siren(raw)
        case Territory():
            return formats.place_name(raw, language)
        case LanguageCode():
            return formats.language_name(raw, language)
        case LabelledEnum():
            return raw.wording.in_language(language)
        case str():
            return raw
        case date():
            return formats.date_text(raw, language)
        case Money():
            return formats.money_text(raw.amount, raw.currency, language)
        case Delay() if not raw.is_counted():
            return said_of(raw, language)
        case Period():
            return formats.period_text(raw.counted(), language)
        case int() | Decimal():
            return formats.percent_text(raw, language) if isinstance(raw, Percentage) else formats.number_text(raw, language)
        case _:
            return str(raw)


def address_in(address: str, language: str) -> str:
    """Return an address, whose country is named in the language where it stands at the end: ``…, Allemagne``, ``…, Germany``."""
    found = country_at_end(address)
    if found is None:
        return address
    before, written, code = found
    name = formats.place_name(code, language)
    return address if written.casefold() == name.casefold() else before + name


def said_of(delay: Delay, language: str) -> str:
    """Return a delay that is no length of time as the language writes it: ``without undue delay``, ``within the time set in …``."""
    writing = writing_of(language)
    return writing.without_undue_delay() if delay.agreed_in is None else writing.time_set_in(delay.agreed_in.in_language(language))


def time_limit(delay: Period, language: str, *, in_words: bool = False) -> tuple[str, str]:
    """Return the words that lead a time by whose end something is done, and the time: ``("within ", "one month")``, ``("", "without undue delay")``."""
    if isinstance(delay, Delay) and not delay.is_counted():
        return "", said_of(delay, language)
    period = formats.period_text(delay.counted(), language, in_words=in_words)
    return writing_of(language).within(period), period
