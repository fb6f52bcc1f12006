"""Numbers, amounts, dates, periods, lists and names of places and languages, as each language writes them.

Babel knows the locales; what it leaves out, each language says (``writing``): ``1er juillet``, prepositions before countries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import Final

from babel import Locale
from babel.dates import format_date as babel_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_name, get_currency_precision, get_currency_symbol
from babel.units import format_unit

from snc_docs.language.known import writing_of
from snc_docs.shelf import answered

NO_BREAK_SPACE: Final = "\u00a0"
# How many values of a kind are kept as they were last written: a provider's stand in every agreement.
_MOST: Final = 1024


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of a document language: French of France, British English."""
    return Locale.parse(writing_of(language).locale)


@lru_cache(maxsize=_MOST)
def date_text(day: date, language: str) -> str:
    """Return ``1er juillet 2026`` or ``1 July 2026``, parts joined by no-break spaces."""
    text = writing_of(language).dated(str(babel_date(day, "d MMMM y", locale=locale_of(language))), day)
    return text.replace(" ", NO_BREAK_SPACE)


def number_text(number: int | Decimal, language: str) -> str:
    """Return ``1 849 930`` (U+202F between groups) or ``1,849,930``, every decimal kept."""
    return str(format_decimal(number, locale=locale_of(language), decimal_quantization=False))


@lru_cache(maxsize=_MOST)
def money_text(amount: Decimal, currency: str, language: str) -> str:
    """Return ``1 849 930 €``, ``€1,849,930`` or ``PLN 50,000``.

    Decimals stand only where the amount has some, and then as many at least as the currency has by ISO 4217. Between a sign of letters
    and digits there is a no-break space, as CLDR's currency spacing (UTS 35, part 3) wants and Babel leaves out.
    """
    whole = amount == amount.to_integral_value()
    pattern = locale_of(language).currency_formats["standard"].pattern
    decimals = "0" * get_currency_precision(currency)
    shown = pattern.replace(".00", "" if whole else f".{decimals:#<4}")
    if unicodedata.category(get_currency_symbol(currency, locale_of(language))[-1])[0] not in "SZ":
        shown = re.sub(r"¤(?=[#0])", f"¤{NO_BREAK_SPACE}", shown)
    return str(format_currency(amount, currency, shown, locale=locale_of(language), currency_digits=False, decimal_quantization=False))


@lru_cache(maxsize=_MOST)
def number_in_words(number: int | Decimal, language: str) -> str:
    """Return ``un million`` or ``one million``."""
    return answered("number in words", language, str(number), partial(_in_words, number, writing_of(language).number_words))


def _in_words(number: int | Decimal, name: str) -> str:
    from num2words import num2words

    return str(num2words(number, lang=name))


def money_in_words(amount: Decimal, currency: str, language: str) -> str:
    """Return ``cent mille euros (100 000 €)`` or ``one hundred thousand euros (€100,000)``; an amount with decimals in figures alone."""
    shown = money_text(amount, currency, language)
    if amount != amount.to_integral_value():
        return shown
    noun = str(get_currency_name(currency, int(amount), locale=locale_of(language)))
    return f"{writing_of(language).counting(number_in_words(int(amount), language), noun)} ({shown})"


def percent_text(share: Decimal, language: str) -> str:
    """Return ``99,95 %`` (U+202F before the sign) or ``99.95%``, every decimal that counts kept."""
    return writing_of(language).percent(number_text(share.normalize() + 0, language))


def period_text(counted: Sequence[tuple[int, str]], language: str, *, in_words: bool = False) -> str:
    """Return ``2 semaines et 1 jour`` or, in words, ``deux (2) semaines et un (1) jour``; likewise in English.

    ``counted`` are numbers with Babel's names of their units: ``((2, "week"), (1, "day"))``.
    """
    parts = [_counted(count, unit, language, in_words=in_words) for count, unit in counted if count]
    return enumeration(parts, language)


def _counted(count: int, unit: str, language: str, *, in_words: bool) -> str:
    text = str(format_unit(count, f"duration-{unit}", locale=locale_of(language))).replace(" ", NO_BREAK_SPACE)
    if not in_words:
        return text
    words = writing_of(language).agreeing(number_in_words(count, language), unit)
    figure, _, name = text.partition(NO_BREAK_SPACE)
    return f"{words} ({figure}){NO_BREAK_SPACE}{name}"


def enumeration(parts: Sequence[str], language: str, *, alternative: bool = False) -> str:
    """Return ``a, b et c`` (``a, b and c``), or with ``alternative`` ``a, b ou c``; British English has no comma before the last."""
    return str(format_list(list(parts), "or" if alternative else "standard", locale=locale_of(language)))


def language_name(code: str, language: str) -> str:
    """Return ``français`` or ``French``; the code itself for a language that the locale doesn't know."""
    return str(locale_of(language).languages.get(code, code))


def place_name(code: str, language: str) -> str:
    """Return ``France``, ``Union européenne``, ``European Union``."""
    return str(locale_of(language).territories.get(code, code))


def in_place(code: str, language: str) -> str:
    """Return ``en France``, ``au Portugal``, ``à La Réunion``, ``dans l’Union européenne``; ``in the Netherlands``."""
    return writing_of(language).in_place(code, place_name(code, language))


def place_with_article(code: str, language: str) -> str:
    """Return ``la France``, ``le Portugal``, ``La Réunion``, ``l’Union européenne``; ``France``, ``the European Union``."""
    return writing_of(language).with_article(code, place_name(code, language))


def law_of(code: str, language: str) -> str:
    """Return ``droit français`` or ``French law``; KeyError outside the European Union."""
    return writing_of(language).law_of(code)


def grouped_siren(siren: str) -> str:
    """Return ``527 594 493``, groups joined by no-break spaces."""
    return NO_BREAK_SPACE.join((siren[:3], siren[3:6], siren[6:]))
