from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

import pytest
from babel import Locale
from babel.core import get_global
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from snc_docs.model import kinds
from snc_docs.model.agreement import Attachment
from snc_docs.model.base import Model, kind_of
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.party import Party
from snc_docs.model.periods import Period, after
from snc_docs.model.places import COUNTRIES, CURRENCIES, EU_MEMBERS, LANGUAGE_CODES, in_the_eu, is_member_state, state_of
from snc_docs.values import text_of, time_limit


def _kind(kind: Any, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def _error(kind: object, value: object) -> str:
    with pytest.raises(ValidationError) as error:
        _kind(kind, value)
    return error.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (kinds.EmailAddress, "a.b@EXAMPLE.com", "a.b@example.com"),
        (kinds.TelephoneNumber, "+33199000001", "+33 1 99 00 00 01"),
        (kinds.WebAddress, "https://example.com/é?q=1#x", "https://example.com/é?q=1#x"),
        (kinds.PlaceCode, "FR", "FR"),
        (kinds.PlaceCode, "EU", "EU"),
        (kinds.Language, "fr", "fr"),
        (kinds.Date, "2026-07-01", date(2026, 7, 1)),
        (kinds.Text, "line\r\nline\rline", "line\nline\nline"),
        (kinds.Text, "e\u0301tage", "étage"),
        (kinds.Line, "Société des Archives\n de la Vallée\n", "Société des Archives de la Vallée"),
        (kinds.AddressLine, "12 quai des Brumes,\n 69002 Lyon\n\nFrance\n", "12 quai des Brumes, 69002 Lyon, France"),
        (kinds.Count, Decimal("30.0"), 30),
    ],
)
def test_good_values_are_kept_in_their_form(kind: object, given: object, kept: object) -> None:
    assert _kind(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        (kinds.Text, 6000, "text_unquoted"),
        (kinds.Text, True, "text_unquoted"),
        (kinds.Text, date(2026, 1, 1), "text_unquoted"),
        (kinds.Text, " \n ", "text_empty"),
        (kinds.Text, "a\x00b", "text_not_xml"),
        (kinds.Text, "a\ud800b", "text_not_xml"),
        (kinds.Text, "a\ufffeb", "text_not_xml"),
        (kinds.Text, "x" * 100_001, "string_too_long"),
        (kinds.Text, "\u200b", "text_empty"),
        (kinds.Text, "\u2060\u00ad \u3164", "text_empty"),
        (kinds.CountryCode, "EU", "country_unknown"),
        (kinds.CountryCode, "XX", "country_unknown"),
        (kinds.Currency, "EUX", "currency_unknown"),
        (kinds.Currency, "FRF", "currency_unknown"),
        (kinds.Currency, "eur", "currency_unknown"),
        (kinds.TelephoneNumber, "tel:+33199000001", "telephone_invalid"),
        (kinds.Date, "0000-01-01", "date_parsing"),
        (kinds.Date, "２０２６-07-01", "date_not_iso"),
        (kinds.Count, "30", "int_type"),
        (kinds.Count, 1.5, "int_type"),
        (kinds.YesNo, "yes", "bool_type"),
        (kinds.Percent, "1e1", "decimal_parsing"),
        (kinds.Percent, True, "decimal_type"),
        (kinds.EmailAddress, "nobody", "email_invalid"),
        (kinds.TelephoneNumber, "0199000001", "telephone_invalid"),
        (kinds.TelephoneNumber, "+33 1", "telephone_invalid"),
        (kinds.WebAddress, "javascript:alert(1)", "url_invalid"),
        (kinds.WebAddress, "https://exa mple.com", "url_invalid"),
        (kinds.WebAddress, "https://example.com/<x>", "url_invalid"),
        (kinds.PlaceCode, "XX", "place_unknown"),
        (kinds.PlaceCode, "France", "place_unknown"),
        (kinds.Language, "french", "language_unknown"),
        (kinds.Language, "zz", "language_unknown"),
        (kinds.Language, "FR", "language_unknown"),
        (kinds.Date, 20260701, "date_not_iso"),
        (kinds.Date, "01/07/2026", "date_not_iso"),
        (kinds.Date, "2026-02-30", "date_from_datetime_parsing"),
        (Period, {}, "period_empty"),
    ],
)
def test_bad_values_are_refused_by_name(kind: object, given: object, error: str) -> None:
    assert _error(kind, given) == error


def _party(**fields: object) -> Party:
    return Party.model_validate(fields)


@pytest.mark.parametrize(
    ("given", "country", "kept"),
    [
        ("527 594 493", "FR", "527594493"),
        ("527\u00a0594\u202f493", None, "527594493"),
        ("527 594 493", "RE", "527594493"),
    ],
)
def test_a_siren_is_nine_digits(given: str, country: str | None, kept: str) -> None:
    assert _party(siren=given, country=country).siren == kept


@pytest.mark.parametrize(
    ("country", "number"),
    [("BE", "0999.999.922"), ("DE", "HRB 12345"), ("CH", "CHE-123.456.788"), ("FR", "W999999999"), (None, "12 A")],
)
def test_a_number_of_another_register_is_kept_as_it_is_written(country: str | None, number: str) -> None:
    assert _party(registration={"number": number}, country=country).registration.number == number


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("siret", "99999906300012", "999\u00a0999\u00a0063\u00a000012"),
        ("vat_number", "FR 17 999999030", "FR17999999030"),
        ("vat_number", "DE 136 695 976", "DE136695976"),
        ("euid", "DEB8535R.HRB999999", "DEB8535R.HRB999999"),
        ("euid", "BEKBOBCE.0999999922", "BEKBOBCE.0999999922"),
    ],
)
def test_further_numbers_are_checked_and_written_one_way(field: str, given: str, kept: str) -> None:
    assert getattr(_party(**{field: given}), field) == kept


@pytest.mark.parametrize(
    ("field", "given", "error"),
    [
        ("siret", "99999906300013", "siret_invalid"),
        ("siret", "00000000000000", "siret_invalid"),
        ("vat_number", "FR18999999030", "vat_invalid"),
        ("vat_number", "US123", "vat_invalid"),
        ("euid", "XX1.2", "euid_invalid"),
        ("euid", "DEB8535R", "euid_invalid"),
    ],
)
def test_further_numbers_that_cannot_be_are_refused_at_their_field(field: str, given: str, error: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _party(**{field: given})
    assert [(each["type"], each["loc"]) for each in refused.value.errors()] == [(error, (field,))]


def test_a_belgian_number_is_checked_in_its_own_field_by_either_country() -> None:
    for fields in (
        {"country": "BE", "registration": {"number": "0999.999.923"}},
        {"country": "FR", "registration": {"number": "1", "country": "BE"}},
    ):
        with pytest.raises(ValidationError) as refused:
            _party(**fields)
        assert [(each["type"], each["loc"]) for each in refused.value.errors()] == [("number_invalid", ("registration", "number"))]


@pytest.mark.parametrize(
    ("given", "country", "error"),
    [
        ("527594494", "FR", "siren_invalid"),
        ("12", None, "siren_invalid"),
        ("HRB 12345", "MQ", "siren_invalid"),
        ("HRB 12345", "BL", "siren_invalid"),
        ("000000000", "FR", "siren_invalid"),
    ],
)
def test_a_number_that_cannot_be_is_refused_at_its_field(given: str, country: str | None, error: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _party(siren=given, country=country)
    assert [(each["type"], each["loc"]) for each in refused.value.errors()] == [(error, ("siren",))]


@pytest.mark.parametrize(
    ("fields", "capital", "register"),
    [
        ({}, True, True),
        ({"legal_form": {"fr": "société anonyme (SA)", "en": "public limited company"}}, True, True),
        ({"legal_form": {"fr": "SARL unipersonnelle", "en": "private limited company"}, "country": "GP"}, True, True),
        ({"legal_form": {"fr": "commune", "en": "municipality"}, "country": "FR"}, False, False),
        ({"legal_form": {"fr": "établissement public de santé", "en": "public hospital"}}, False, False),
        ({"legal_form": {"fr": "association loi 1901", "en": "association"}}, False, False),
        ({"legal_form": {"fr": "GmbH de droit allemand", "en": "GmbH"}, "country": "DE"}, True, False),
        ({"legal_form": {"fr": "SAS", "en": "SAS"}, "country": "BL"}, True, True),
        ({"legal_form": {"fr": "SAS", "en": "SAS"}, "country": "PM"}, True, True),
        ({"legal_form": {"fr": "SAS", "en": "SAS"}, "country": "NC"}, True, False),
        ({"kind": "public-body", "legal_form": {"fr": "société nationale", "en": "national company"}}, False, False),
        ({"kind": "company", "legal_form": {"fr": "groupement", "en": "group"}}, True, True),
    ],
)
def test_what_a_party_is_shows_in_its_form(fields: dict[str, object], capital: bool, register: bool) -> None:  # noqa: FBT001  # what is expected
    party = _party(**fields)
    assert (party.has_capital(), party.in_trade_register()) == (capital, register)


@pytest.mark.parametrize("given", [Decimal("-0"), Decimal("-0.00"), -0.0])
def test_an_amount_of_nothing_has_no_sign(given: object) -> None:
    assert not _kind(kinds.Amount, given).is_signed()  # type: ignore[attr-defined]  # a Decimal


def test_the_currencies_are_those_that_are_legal_tender_in_cldr() -> None:
    tender = get_global("territory_currencies")
    assert {code for each in tender.values() for code, _, end, is_tender in each if end is None and is_tender} == CURRENCIES
    assert set(get_global("territory_aliases")) & COUNTRIES == set()


def test_the_languages_are_those_with_a_name_in_both_languages() -> None:
    names = [{code for code in map(str, Locale(language).languages) if len(code) == 2} for language in ("fr", "en")]
    assert names[0] & names[1] == LANGUAGE_CODES


_COMPANIES = """société anonyme (SA) de droit français; SAS; sas; S.A.S. de droit français; S.A.; SA; SCI; EARL; SE; Sàrl; S.à r.l.; SARL; sarl;
Aktiengesellschaft; GmbH; Limited; LLC; plc; AB; S.p.A.; société par actions simplifiée; société à responsabilité limitée; société européenne;
société coopérative; société civile immobilière; société en commandite par actions; entreprise unipersonnelle à responsabilité limitée; SASU"""
_OTHERS = """établissement public administratif placé sous sa tutelle; fondation reconnue d’utilité publique, et sa dotation; association loi 1901;
association dite Compagnie des Brumes; société savante constituée en association; société mutualiste; collectivité territoriale de droit français;
groupement d’intérêt public; syndicat mixte; université; mutuelle; congrégation"""


@pytest.mark.parametrize(("form", "is_company"), [*((each, True) for each in _COMPANIES.split(";")), *((each, False) for each in _OTHERS.split(";"))])
def test_a_company_shows_in_its_legal_form(form: str, is_company: bool) -> None:  # noqa: FBT001  # what is expected
    assert _party(legal_form={"fr": " ".join(form.split()), "en": "x"}, country="FR").has_capital() is is_company


@pytest.mark.parametrize("place", sorted(COUNTRIES))
def test_a_place_is_in_the_union_where_the_treaties_apply_in_full(place: str) -> None:
    outermost = {"GP", "GF", "MQ", "RE", "YT", "MF", "AX"}
    assert in_the_eu(place) == (place in EU_MEMBERS | outermost)
    assert is_member_state(place) == (place in EU_MEMBERS)
    assert (state_of(place) == place) == (place not in outermost)


_PERIODS: Final = st.builds(
    Period,
    years=st.integers(0, 20),
    months=st.integers(0, 40),
    weeks=st.integers(0, 8),
    days=st.integers(1, 60),
    hours=st.integers(0, 80),
    minutes=st.integers(0, 90),
)


@given(st.dates(date(1890, 1, 1), date(2150, 12, 31)), _PERIODS)
@example(date(2024, 1, 31), Period(months=13))
@example(date(2023, 2, 28), Period(years=1))
def test_a_period_has_no_less_and_no_more_days_than_it_says_wherever_it_begins(day: date, period: Period) -> None:
    assert period.least_days() <= (after(day, period) - day).days <= period.most_days()


@given(st.dates(date(1890, 1, 1), date(2150, 12, 31)), _PERIODS, _PERIODS)
def test_what_is_surely_shorter_ends_no_later_wherever_it_begins(day: date, period: Period, other: Period) -> None:
    assert not period.is_surely_shorter(other) or after(day, period) <= after(day, other)


def test_a_year_is_twelve_months_of_the_calendar_and_reads_as_a_year() -> None:
    year = Period(years=1)
    assert [after(date(2024, 2, 29), each) for each in (year, Period(months=12))] == [date(2025, 2, 28)] * 2
    assert not year.is_surely_shorter(Period(months=12))
    assert not Period(months=12).is_surely_shorter(year)
    assert [text_of(each, language) for each in (year, Period(years=10)) for language in ("fr", "en")] == [
        "1\u00a0an",
        "1\u00a0year",
        "10\u00a0ans",
        "10\u00a0years",
    ]
    assert time_limit(Period(years=2, months=6), "fr", in_words=True)[1] == "deux (2)\u00a0ans et six (6)\u00a0mois"


_LINES = st.lists(st.text("ab,-é ", max_size=4), min_size=1, max_size=4)


@given(_LINES, st.sampled_from(["\n", "\r\n", "\r", " \n "]))
def test_a_break_in_a_text_of_one_line_is_a_space_and_in_an_address_a_comma(lines: list[str], end: str) -> None:
    text = end.join(lines)
    if not text.strip():
        return
    kept = [each.strip() for each in lines if each.strip()]
    party = Party.model_validate({"legal_name": text, "legal_form": {"fr": text, "en": "a\nb"}, "registered_office": text})
    assert (party.legal_name, party.legal_form) == (" ".join(kept), LocalizedText(fr=" ".join(kept), en="a b"))
    assert party.registered_office == ", ".join(bare for each in kept if (bare := each.rstrip(",").rstrip()))


def _below(kind: type[Model]) -> Iterator[type[Model]]:
    for each in kind.__subclasses__():
        yield from (each, *_below(each))


_NAMES: Final = {"name", "legal_name", "short_name", "reference", "label", "title", "job_title", "legal_form", "registry", "account", "short"}
_NAMED: Final = sorted(
    {(model, field) for model in _below(Model) for field in _NAMES & model.model_fields.keys() if model is not Attachment}, key=str
)


@pytest.mark.parametrize(("model", "field"), _NAMED, ids=lambda each: getattr(each, "__name__", each))
def test_no_name_of_the_data_has_a_break_in_it(model: type[Model], field: str) -> None:
    """Names, titles, references: whatever prints inside a sentence."""
    about = model.model_fields[field]
    kind, _ = kind_of(about.annotation)
    written, wanted = ("a\nb", "a b") if kind is str else ({"fr": "a\nb", "en": "a\nb"}, LocalizedText(fr="a b", en="a b"))
    assert _kind(Annotated[about.annotation, about], written) == wanted
