"""Numbers, amounts, dates, periods, lists and names of places and languages, as each language writes them.

Babel knows the locales; what it leaves out is here: ``1er juillet``, prepositions before countries, figures in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date as babel_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol
from babel.units import format_unit

from snc_docs.language.typography import elided

_LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
NO_BREAK_SPACE: Final = "\u00a0"


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of a document language: French of France, British English."""
    return Locale.parse(_LOCALES[language])


def date_text(day: date, language: str) -> str:
    """Return ``1er juillet 2026`` or ``1 July 2026``, parts joined by no-break spaces."""
    text = str(babel_date(day, "d MMMM y", locale=locale_of(language)))
    if language == "fr" and day.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(" ", NO_BREAK_SPACE)


def number_text(number: int | Decimal, language: str) -> str:
    """Return ``1 849 930`` (U+202F between groups) or ``1,849,930``, every decimal kept."""
    return str(format_decimal(number, locale=locale_of(language), decimal_quantization=False))


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


def number_in_words(number: int | Decimal, language: str) -> str:
    """Return ``un million`` or ``one million``."""
    from num2words import num2words

    return str(num2words(number, lang="fr" if language == "fr" else "en_GB"))


def percent_text(share: Decimal, language: str) -> str:
    """Return ``99,95 %`` (U+202F before the sign) or ``99.95%``, every decimal that counts kept."""
    number = number_text(share.normalize() + 0, language)
    return f"{number}\u202f%" if language == "fr" else f"{number}%"


def period_text(counted: Sequence[tuple[int, str]], language: str, *, in_words: bool = False) -> str:
    """Return ``2 semaines et 1 jour`` or, in words, ``deux (2) semaines et un (1) jour``; likewise in English.

    ``counted`` are numbers with Babel's names of their units: ``((2, "week"), (1, "day"))``.
    """
    parts = [_counted(count, unit, language, in_words=in_words) for count, unit in counted if count]
    return enumeration(parts, language)


# "une semaine", "vingt et une heures": "un" agrees with the unit.
_FRENCH_FEMININE: Final = frozenset(("week", "hour", "minute"))


def _counted(count: int, unit: str, language: str, *, in_words: bool) -> str:
    text = str(format_unit(count, f"duration-{unit}", locale=locale_of(language))).replace(" ", NO_BREAK_SPACE)
    if not in_words:
        return text
    words = number_in_words(count, language)
    if language == "fr" and unit in _FRENCH_FEMININE and words.endswith("un"):
        words += "e"
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


# How French leads a territory in, by the name that CLDR gives it: "au" before masculine names, "aux" before plural ones, "à" before
# islands and towns without an article, "à la" before some islands; every other one is feminine or begins with a vowel: "en".
_FRENCH_AU: Final = frozenset(
    """
    BD BF BI BJ BN BR BT BW BZ CA CD CG CL CM CR CV DK EH GA GB GH GL GT GY HN JP KE KG KH KW KZ LA LB LI LK LR LS LU MA ME ML MM MW
    MX MZ NE NG NI NP PA PE PK PT PY QA RW SD SJ SN SR SS SV TD TG TJ TL TM VE VN VU WS YE ZW
    """.split()
)
_FRENCH_AUX: Final = frozenset("AE AS AX BM BQ BS CC CK FJ FK FO HM KM KY MH MP MV NL PH PN PW SB SC TC TO UM US VG VI".split())
_FRENCH_A: Final = frozenset(
    """
    AG AI AW BH BL CU CW CY DJ GG GI GU JE KI KN LC MC MF MG MS MT MU NR NU OM PM PR RE SG SH SM ST SX TK TT TV TW VC WF YT
    """.split()
)
_FRENCH_A_LA: Final = frozenset("BB DM GD".split())
_FRENCH_DANS: Final = {"EU": "l’", "HK": "la ", "IO": "le ", "MO": "la ", "PS": "les ", "TF": "les ", "VA": "l’"}
_FRENCH_ISLAND: Final = frozenset("BV CX IM NF".split())
_FRENCH_BARE: Final = frozenset("HT IL".split())
_ENGLISH_THE: Final = frozenset("AE BQ BS CF DO EU GB GM IM IO KM MV NL PH PS TF US".split())


def in_place(code: str, language: str) -> str:
    """Return ``en France``, ``au Portugal``, ``à La Réunion``, ``dans l’Union européenne``; ``in the Netherlands``."""
    if language == "en":
        return f"in {place_with_article(code, language)}"
    name = place_name(code, language)
    if code in _FRENCH_DANS:
        return f"dans {_FRENCH_DANS[code]}{name}"
    if code in _FRENCH_ISLAND:
        return f"à l’{name}"
    if code in _FRENCH_A_LA:
        return f"à la{NO_BREAK_SPACE}{name}"
    word = "au" if code in _FRENCH_AU else "aux" if code in _FRENCH_AUX else "à" if code in _FRENCH_A else "en"
    return f"{word}{NO_BREAK_SPACE}{name}"


def place_with_article(code: str, language: str) -> str:
    """Return ``la France``, ``le Portugal``, ``La Réunion``, ``l’Union européenne``; ``France``, ``the European Union``."""
    name = place_name(code, language)
    if language == "en":
        return f"the {name}" if code in _ENGLISH_THE or name.endswith(" Islands") else name
    if code in _FRENCH_DANS:
        return f"{_FRENCH_DANS[code]}{name}"
    if code in _FRENCH_A or code in _FRENCH_BARE:
        return name
    if code in _FRENCH_AUX:
        return f"les {name}"
    if code in _FRENCH_AU:
        return f"le {name}"
    return f"{elided('la', name)}{name}"


# French adjectives agree with "droit" and are needed for the States whose law may govern (SecNumCloud 3.2, 19.1.c).
_FRENCH_LAW: Final = dict(
    pair.split(":")
    for pair in (
        "AT:autrichien BE:belge BG:bulgare CY:chypriote CZ:tchèque DE:allemand DK:danois EE:estonien ES:espagnol FI:finlandais "
        "FR:français GR:grec HR:croate HU:hongrois IE:irlandais IT:italien LT:lituanien LU:luxembourgeois LV:letton MT:maltais "
        "NL:néerlandais PL:polonais PT:portugais RO:roumain SE:suédois SI:slovène SK:slovaque"
    ).split()
)
_ENGLISH_LAW: Final = dict(
    pair.split(":")
    for pair in (
        "AT:Austrian BE:Belgian BG:Bulgarian CY:Cypriot CZ:Czech DE:German DK:Danish EE:Estonian ES:Spanish FI:Finnish "
        "FR:French GR:Greek HR:Croatian HU:Hungarian IE:Irish IT:Italian LT:Lithuanian LU:Luxembourg LV:Latvian MT:Maltese "
        "NL:Dutch PL:Polish PT:Portuguese RO:Romanian SE:Swedish SI:Slovenian SK:Slovak"
    ).split()
)


def law_of(code: str, language: str) -> str:
    """Return ``droit français`` or ``French law``; KeyError outside the European Union."""
    return f"droit {_FRENCH_LAW[code]}" if language == "fr" else f"{_ENGLISH_LAW[code]} law"


def grouped_siren(siren: str) -> str:
    """Return ``527 594 493``, groups joined by no-break spaces."""
    return NO_BREAK_SPACE.join((siren[:3], siren[3:6], siren[6:]))
