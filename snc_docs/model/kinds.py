"""Kinds of single values: text that Word can hold, addresses, places and dates; periods are in ``periods``, numbers of registers in ``registers``.

Each refuses what it can't keep unchanged. Checks that outside libraries do well are theirs: email-validator, phonenumbers,
pydantic (URL). These are imported when first used, since a build's start counts.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from snc_docs.characters import VISIBLE
from snc_docs.model.amounts import exact, in_one_form, refuse_doubtful
from snc_docs.model.base import Model, described
from snc_docs.model.places import COUNTRIES, CURRENCIES, LANGUAGE_CODES
from snc_docs.model.texts import address_line, checked_text, one_line
from snc_docs.patterns import regex
from snc_docs.shelf import TEXT, shelved

MAX_TEXT = 100_000


def in_schema(pattern: str, **more: Any) -> WithJsonSchema:
    """Return what the JSON Schema says of a kind of text: its pattern, with the white space around it that the model takes off."""
    return WithJsonSchema({"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", **more})


def _choice(choices: Iterable[str]) -> WithJsonSchema:
    """Return what the JSON Schema says of a code: the list, which editors offer, or one of it with white space around it."""
    codes = sorted(choices)
    return WithJsonSchema({"type": "string", "anyOf": [{"enum": codes}, {"pattern": rf"^\s*(?:{'|'.join(codes)})\s*$"}]})


_TEXT_SCHEMA: Final = {
    "type": "string",
    "maxLength": MAX_TEXT,
    "pattern": VISIBLE.pattern,
    # The same characters as in the model, as escapes that ECMA-262 reads too.
    "not": {
        "type": "string",
        "pattern": r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]",
    },
}
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), BeforeValidator(checked_text), WithJsonSchema(_TEXT_SCHEMA)]
# A name, a number: it prints inside sentences, headers and file properties.
Line = Annotated[Text, AfterValidator(one_line)]
AddressLine = Annotated[Text, AfterValidator(address_line)]
_IDENTIFIER: Final = "[a-z0-9]+(-[a-z0-9]+)*"
Identifier = Annotated[str, StringConstraints(pattern=f"^{_IDENTIFIER}$", max_length=60), in_schema(_IDENTIFIER, maxLength=60)]


def _whole(value: object) -> object:
    """Take a number with a point that is whole for the whole number that it is, as JSON Schema's ``integer`` does."""
    return int(value) if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value() and value < _BEYOND else value


_BEYOND: Final = 10**9
# Numbers and yes or no are written as such, not as text: "30" and "yes" are refused, in the model as in the schema.
Count = Annotated[int, Strict(), BeforeValidator(_whole)]
YesNo = Annotated[bool, Strict()]


class Siren(str):
    """Nine digits that name a French legal person."""

    __slots__ = ()


class Email(str):
    """An e-mail address, normalised."""

    __slots__ = ()


class Telephone(str):
    """A telephone number in international form (``+33 1 53 27 52 70``)."""

    __slots__ = ()


class Url(str):
    """A web address, http or https, as it was written."""

    __slots__ = ()


class Percentage(Decimal):
    """A share of a hundred, kept exactly."""

    __slots__ = ()


class Territory(str):
    """A country by its ISO 3166-1 code of two letters, or ``EU`` for the European Union."""

    __slots__ = ()


class LanguageCode(str):
    """A language by its ISO 639-1 code of two letters."""

    __slots__ = ()


_EMAIL: Final = r"[^@\s]+@[^@\s]+"
_TELEPHONE: Final = r"\+[0-9][0-9 ().\-\u00a0\u202f]*(?:(?: ext\.? ?|;ext=| x)[0-9]+)?"
_URL: Final = r'[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\^`{|}]+'
# The calendar of ISO 8601, years 0001 to 9999, with its leap years.
_DATE: Final = (
    r"(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
# The figures of a telephone number in international form (ITU-T E.164): its pattern here, its length and blocks in phonenumbers.
_AS_TELEPHONE: Final = regex(_TELEPHONE)
_AS_URL: Final = regex(_URL)


@lru_cache(maxsize=1024)  # the addresses of an agreement are checked for each of its versions, and some are several people's
def _email(value: str) -> Email:
    return Email(shelved("e-mail", TEXT, lambda: (value,), partial(normalised_email, value)))


def normalised_email(value: str) -> str:
    """Return an e-mail address as it is kept; PydanticCustomError where it is none."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("email_invalid", "{value} isn't an e-mail address", {"value": value}) from error


@lru_cache(maxsize=1024)
def _telephone(value: str) -> Telephone:
    return Telephone(shelved("telephone", TEXT, lambda: (value,), partial(_international, value)))


def _international(value: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, None) if _AS_TELEPHONE.fullmatch(value) else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise PydanticCustomError("telephone_invalid", "{value} isn't a telephone number", {"value": value})
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _url(value: str) -> Url:
    from pydantic import HttpUrl, TypeAdapter, ValidationError

    try:
        TypeAdapter(HttpUrl).validate_python(value)
    except ValidationError as error:
        raise PydanticCustomError("url_invalid", "{value} isn't a web address", {"value": value}) from error
    if not _AS_URL.fullmatch(value):
        raise PydanticCustomError("url_invalid", "{value} isn't a web address", {"value": value})
    return Url(value)


def _place(value: str) -> Territory:
    if value != "EU" and value not in COUNTRIES:
        raise PydanticCustomError("place_unknown", "{value} isn't the code of a country", {"value": value})
    return Territory(value)


def _country(value: str) -> Territory:
    if value not in COUNTRIES:
        raise PydanticCustomError("country_unknown", "{value} isn't the code of a country", {"value": value})
    return Territory(value)


def _language(value: str) -> LanguageCode:
    if value not in LANGUAGE_CODES:
        raise PydanticCustomError("language_unknown", "{value} isn't the code of a language", {"value": value})
    return LanguageCode(value)


def _iso_date(value: object) -> object:
    """Take ISO 8601 calendar dates only: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip())):
        return value.strip() if isinstance(value, str) else value
    raise PydanticCustomError("date_not_iso", "{value} isn't a date of the form 2026-07-01", {"value": str(value)})


def _currency(value: str) -> str:
    if value not in CURRENCIES:
        raise PydanticCustomError("currency_unknown", "{value} isn't the code of a currency", {"value": value})
    return value


_PLACES: Final = 4


def _decimal_schema(most: int, digits: str, least: int = 0) -> WithJsonSchema:
    """Return what the JSON Schema says of an exact number: as a number, or as text, which keeps its decimals through any program."""
    written = {"type": "string", "pattern": rf"^\s*\+?0*(?:{digits})\s*$"}
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": least, "maximum": most}, written]})


def percent_schema(*, least: int = 0, most: int = 100) -> WithJsonSchema:
    """Return what the JSON Schema says of a percentage between two whole ones."""
    below = "|".join(str(whole) for whole in range(least, most))
    return _decimal_schema(most, rf"{most}(?:\.0{{1,{_PLACES}}})?|(?:{below})(?:\.[0-9]{{1,{_PLACES}}})?", least)


_MOST_MONEY: Final = 10**16 - 1
Percent = Annotated[
    Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=_PLACES), BeforeValidator(exact), AfterValidator(Percentage), percent_schema()
]
Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=20, decimal_places=_PLACES),
    BeforeValidator(exact),
    AfterValidator(in_one_form),
    _decimal_schema(_MOST_MONEY, rf"[0-9]{{1,{len(str(_MOST_MONEY))}}}(?:\.[0-9]{{1,{_PLACES}}})?"),
]
EmailAddress = Annotated[Text, AfterValidator(_email), in_schema(_EMAIL)]
TelephoneNumber = Annotated[Text, AfterValidator(_telephone), in_schema(_TELEPHONE)]
WebAddress = Annotated[Text, AfterValidator(_url), in_schema(_URL)]
PlaceCode = Annotated[Text, AfterValidator(_place), _choice({*COUNTRIES, "EU"})]
# Where somebody has a seat: a country, and not the Union.
CountryCode = Annotated[Text, AfterValidator(_country), _choice(COUNTRIES)]
Language = Annotated[Text, AfterValidator(_language), _choice(LANGUAGE_CODES)]
Currency = Annotated[Text, AfterValidator(_currency), _choice(CURRENCIES)]
Date = Annotated[date, BeforeValidator(_iso_date), in_schema(_DATE)]


class LocalizedText(Model):
    """A text in every language of the documents."""

    fr: Text = described("en français", "in French")
    en: Text = described("en anglais", "in English")

    def in_language(self, language: str) -> str:
        """Return the text in ``language``; KeyError for one that the data isn't in."""
        return str(self.__dict__[language])


def _both_in_one_line(text: LocalizedText) -> LocalizedText:
    lines = {language: one_line(words) for language, words in text}
    return text if lines == dict(text) else text.model_copy(update=lines)


# A legal form, a title: in every language of the documents, inside sentences.
LocalizedLine = Annotated[LocalizedText, AfterValidator(_both_in_one_line)]


class LocalizedUrl(Model):
    """A web address in every language of the documents."""

    fr: WebAddress = described("page en français", "page in French")
    en: WebAddress = described("page en anglais", "page in English")

    def in_language(self, language: str) -> Url:
        """Return the address of the page in ``language``; KeyError for one that the data isn't in."""
        return Url(self.__dict__[language])


class ListedText(Model):
    """One entry of a list of texts."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    text: LocalizedText = described("texte", "text")


class Money(Model):
    """An amount with its currency, kept exactly."""

    amount: Amount = described("montant", "amount")
    currency: Currency = described("devise", "currency", default="EUR")

    _refuse_doubtful = model_validator(mode="before")(refuse_doubtful)
