"""Kinds of single values: text that Word can hold, addresses, numbers of registers, places, dates and periods.

Each refuses what it can't keep unchanged. Checks that outside libraries do well are theirs: python-stdnum (SIREN),
email-validator, phonenumbers, pydantic (URL). These are imported when first used, since a build's start counts.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from snc_docs.characters import NOT_IN_XML
from snc_docs.model.base import Model, described
from snc_docs.model.places import COUNTRIES

MAX_TEXT = 100_000
_NOT_IN_URL = re.compile(r"[\s<>\"\\^`{|}]")


def _text(value: object) -> object:
    """Refuse numbers where text is meant (YAML reads an unquoted 06000 as 6000), text with nothing in it, and what XML can't hold."""
    if isinstance(value, (bool, int, float, Decimal, date)):
        raise PydanticCustomError("text_unquoted", "text is expected, not {value}", {"value": getattr(value, "written", str(value))})
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    bad = NOT_IN_XML.search(value)
    if bad:
        raise PydanticCustomError("text_not_xml", "character U+{code} can't stand in a Word file", {"code": f"{ord(bad.group()):04X}"})
    return value.replace("\r\n", "\n").replace("\r", "\n")


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), BeforeValidator(_text)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


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


class Place(str):
    """A country by its ISO 3166-1 code of two letters, or ``EU`` for the European Union."""

    __slots__ = ()


class LanguageCode(str):
    """A language by its ISO 639-1 code of two letters."""

    __slots__ = ()


def _siren(value: str) -> Siren:
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren

    try:
        return Siren(siren.validate(value))
    except ValidationError as error:
        raise PydanticCustomError("siren_invalid", "{value} isn't a SIREN number", {"value": value}) from error


def _email(value: str) -> Email:
    from email_validator import EmailNotValidError, validate_email

    try:
        return Email(validate_email(value, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise PydanticCustomError("email_invalid", "{value} isn't an e-mail address", {"value": value}) from error


def _telephone(value: str) -> Telephone:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException as error:
        raise PydanticCustomError("telephone_invalid", "{value} isn't a telephone number", {"value": value}) from error
    if not phonenumbers.is_possible_number(number):
        raise PydanticCustomError("telephone_invalid", "{value} isn't a telephone number", {"value": value})
    return Telephone(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _url(value: str) -> Url:
    from pydantic import HttpUrl, TypeAdapter, ValidationError

    try:
        TypeAdapter(HttpUrl).validate_python(value)
    except ValidationError as error:
        raise PydanticCustomError("url_invalid", "{value} isn't a web address", {"value": value}) from error
    if _NOT_IN_URL.search(value):
        raise PydanticCustomError("url_invalid", "{value} isn't a web address", {"value": value})
    return Url(value)


def _place(value: str) -> Place:
    if value != "EU" and value not in COUNTRIES:
        raise PydanticCustomError("place_unknown", "{value} isn't the code of a country", {"value": value})
    return Place(value)


def _language(value: str) -> LanguageCode:
    if not re.fullmatch("[a-z]{2}", value):
        raise PydanticCustomError("language_unknown", "{value} isn't the code of a language", {"value": value})
    return LanguageCode(value)


def _iso_date(value: object) -> object:
    """Take ISO 8601 calendar dates only: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    raise PydanticCustomError("date_not_iso", "{value} isn't a date of the form 2026-07-01", {"value": str(value)})


Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4), AfterValidator(Percentage)]
SirenNumber = Annotated[Text, AfterValidator(_siren)]
EmailAddress = Annotated[Text, AfterValidator(_email)]
TelephoneNumber = Annotated[Text, AfterValidator(_telephone)]
WebAddress = Annotated[Text, AfterValidator(_url)]
PlaceCode = Annotated[Text, AfterValidator(_place)]
Language = Annotated[Text, AfterValidator(_language)]
Date = Annotated[date, BeforeValidator(_iso_date)]


class LocalizedText(Model):
    """A text in every language of the documents."""

    fr: Text = described("en français", "in French")
    en: Text = described("en anglais", "in English")

    def in_language(self, language: str) -> str:
        """Return the text in ``language``."""
        return self.fr if language == "fr" else self.en


class LocalizedUrl(Model):
    """A web address in every language of the documents."""

    fr: WebAddress = described("page en français", "page in French")
    en: WebAddress = described("page en anglais", "page in English")

    def in_language(self, language: str) -> Url:
        """Return the address of the page in ``language``."""
        address = self.fr if language == "fr" else self.en
        return Url(address)


class Money(Model):
    """An amount with its currency, kept exactly."""

    amount: Decimal = described("montant", "amount", ge=0, max_digits=20, decimal_places=4)
    currency: Annotated[Text, StringConstraints(pattern="^[A-Z]{3}$")] = described("devise", "currency", default="EUR")


class Period(Model):
    """A length of time in calendar months, weeks, days, hours and minutes, at least one of them."""

    months: int = described("mois", "months", default=0, ge=0, le=1200)
    weeks: int = described("semaines", "weeks", default=0, ge=0, le=5000)
    days: int = described("jours", "days", default=0, ge=0, le=36500)
    hours: int = described("heures", "hours", default=0, ge=0, le=8760)
    minutes: int = described("minutes", "minutes", default=0, ge=0, le=1440)

    @model_validator(mode="after")
    def _is_not_empty(self) -> Period:
        if not any(count for count, _ in self.counted()):
            raise PydanticCustomError("period_empty", "the period is empty")
        return self

    def counted(self) -> tuple[tuple[int, str], ...]:
        """Return each number with its unit, the longest first: ``((1, "month"), (0, "week"), …)``."""
        return tuple((getattr(self, f"{unit}s"), unit) for unit in ("month", "week", "day", "hour", "minute"))

    def least_days(self) -> int:
        """Return how many whole calendar days the period has at the least: a month counts 28."""
        return self.months * 28 + self.weeks * 7 + self.days + (self.hours * 60 + self.minutes) // 1440
