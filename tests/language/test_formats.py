from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from snc_docs.document.nodes import Paragraph, Section, Value
from snc_docs.document.skeleton import skeleton
from snc_docs.language import LANGUAGES, formats
from snc_docs.language.figures import figures
from snc_docs.language.known import WRITINGS
from snc_docs.model.kinds import LanguageCode, Money, Percentage, Siren, Territory
from snc_docs.model.parts import ContactRole
from snc_docs.model.periods import Period
from snc_docs.model.places import EU_MEMBERS
from snc_docs.values import text_of

NB, NNB = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("french", "english", "numbers"),
    [
        ("sous deux jours ouvrés", "within two working days", ("2",)),
        ("deux (2) jours", "two (2) days", ("2",)),
        ("30 (trente) jours", "30 (thirty) days", ("30",)),
        ("vingt-et-un jours", "twenty-one days", ("21",)),
        ("quatre-vingt-dix-neuf pour cent", "ninety-nine per cent", ("99",)),
        ("cent pour cent", "a hundred per cent", ("100",)),
        ("neuf mois", "nine months", ("9",)),
        ("un contrat neuf, signé des deux Parties", "a new contract, signed by both Parties", ()),
        ("le plus élevé des deux montants", "the higher of the amounts", ()),
        ("trois cent soixante-cinq jours", "three hundred and sixty-five days", ("365",)),
    ],
)
def test_numbers_in_words_are_numbers(french: str, english: str, numbers: tuple[str, ...]) -> None:
    assert (figures(french, "fr"), figures(english, "en")) == (numbers, numbers)


@pytest.mark.parametrize(
    ("french", "english"),
    [("deux jours", "three working days"), ("deux (2) jours", "three (2) days"), ("dix (10) jours", "ten (12) days"), ("vingt jours", "days")],
)
def test_numbers_in_words_that_differ_are_found(french: str, english: str) -> None:
    assert sorted(figures(french, "fr")) != sorted(figures(english, "en"))


@pytest.mark.parametrize("number", [*range(2, 200), 250, 365, 500, 1000, 1500, 100_000])
def test_any_number_in_words_is_the_same_in_both_languages(number: int) -> None:
    french, english = (num2words(number, lang=language) for language in ("fr", "en_GB"))
    assert figures(f"pendant {french} jours", "fr") == figures(f"for {english} days", "en") == (str(number),)
    assert figures(f"{french} ({number})", "fr") == (str(number),)


@pytest.mark.parametrize(
    ("day", "fr", "en"),
    [
        (date(2026, 7, 1), "1er juillet 2026", "1 July 2026"),
        (date(2026, 7, 11), "11 juillet 2026", "11 July 2026"),
        (date(2026, 12, 31), "31 décembre 2026", "31 December 2026"),
        (date(2026, 8, 21), "21 août 2026", "21 August 2026"),
    ],
)
def test_dates_are_written_out(day: date, fr: str, en: str) -> None:
    assert (formats.date_text(day, "fr"), formats.date_text(day, "en")) == (fr.replace(" ", NB), en.replace(" ", NB))


@pytest.mark.parametrize(
    ("amount", "fr", "en"),
    [
        ("1849930", f"1{NNB}849{NNB}930{NB}€", "€1,849,930"),
        ("0.5", f"0,50{NB}€", "€0.50"),
        ("1000.125", f"1{NNB}000,125{NB}€", "€1,000.125"),
        ("99.99", f"99,99{NB}€", "€99.99"),
        ("100.00", f"100{NB}€", "€100"),
    ],
)
def test_amounts_keep_every_digit(amount: str, fr: str, en: str) -> None:
    assert (formats.money_text(Decimal(amount), "EUR", "fr"), formats.money_text(Decimal(amount), "EUR", "en")) == (fr, en)


def test_numbers_are_grouped_and_never_rounded() -> None:
    assert (formats.number_text(Decimal("1234567.12345"), "fr"), formats.number_text(1234567, "en")) == (f"1{NNB}234{NNB}567,12345", "1,234,567")


@pytest.mark.parametrize(
    ("period", "fr", "en"),
    [
        ({"days": 30}, "trente (30) jours", "thirty (30) days"),
        ({"months": 1}, "un (1) mois", "one (1) month"),
        ({"weeks": 2, "days": 1}, "deux (2) semaines et un (1) jour", "two (2) weeks and one (1) day"),
        ({"weeks": 1}, "une (1) semaine", "one (1) week"),
        ({"weeks": 21}, "vingt et une (21) semaines", "twenty-one (21) weeks"),
        ({"months": 18}, "dix-huit (18) mois", "eighteen (18) months"),
        ({"hours": 1, "minutes": 31}, "une (1) heure et trente et une (31) minutes", "one (1) hour and thirty-one (31) minutes"),
        ({"hours": 21}, "vingt et une (21) heures", "twenty-one (21) hours"),
    ],
)
def test_periods_in_words_agree(period: dict[str, int], fr: str, en: str) -> None:
    counted = [(count, unit.removesuffix("s")) for unit, count in period.items()]
    shown = [formats.period_text(counted, language, in_words=True).replace(NB, " ") for language in ("fr", "en")]
    assert shown == [fr, en]


def test_periods_in_figures() -> None:
    assert [formats.period_text([(2, "week"), (0, "hour"), (1, "day")], language).replace(NB, " ") for language in ("fr", "en")] == [
        "2 semaines et 1 jour",
        "2 weeks and 1 day",
    ]


@pytest.mark.parametrize(("share", "fr", "en"), [("99.950", f"99,95{NNB}%", "99.95%"), ("100", f"100{NNB}%", "100%"), ("5", f"5{NNB}%", "5%")])
def test_percentages_keep_the_decimals_that_count(share: str, fr: str, en: str) -> None:
    assert [formats.percent_text(Decimal(share), language) for language in ("fr", "en")] == [fr, en]


def test_lists_are_joined_as_each_language_does() -> None:
    items = ["a", "b", "c"]
    joined = [formats.enumeration(items, language, alternative=other) for language in ("fr", "en") for other in (False, True)]
    assert joined == ["a, b et c", "a, b ou c", "a, b and c", "a, b or c"]


@pytest.mark.parametrize(
    ("code", "fr", "en"),
    [
        ("FR", "en France", "in France"),
        ("PT", "au Portugal", "in Portugal"),
        ("NL", "aux Pays-Bas", "in the Netherlands"),
        ("MT", "à Malte", "in Malta"),
        ("EU", "dans l’Union européenne", "in the European Union"),
        ("IE", "en Irlande", "in Ireland"),
        ("GA", "au Gabon", "in Gabon"),
        ("IL", "en Israël", "in Israel"),
    ],
)
def test_places_take_their_preposition(code: str, fr: str, en: str) -> None:
    assert [formats.in_place(code, language).replace(NB, " ") for language in ("fr", "en")] == [fr, en]


@pytest.mark.parametrize(
    ("code", "fr", "en"),
    [
        ("FR", "la France", "France"),
        ("PT", "le Portugal", "Portugal"),
        ("NL", "les Pays-Bas", "the Netherlands"),
        ("MT", "Malte", "Malta"),
        ("EU", "l’Union européenne", "the European Union"),
        ("EE", "l’Estonie", "Estonia"),
        ("IL", "Israël", "Israel"),
        ("TG", "le Togo", "Togo"),
    ],
)
def test_places_take_their_article(code: str, fr: str, en: str) -> None:
    assert [formats.place_with_article(code, language) for language in ("fr", "en")] == [fr, en]


def test_every_member_state_has_a_law_with_a_name() -> None:
    assert len({formats.law_of(code, language) for code in EU_MEMBERS for language in ("fr", "en")}) == 54
    assert (formats.law_of("FR", "fr"), formats.law_of("FR", "en")) == ("droit français", "French law")


def test_languages_have_names_and_unknown_codes_stay() -> None:
    assert [formats.language_name("fr", "fr"), formats.language_name("fr", "en"), formats.language_name("zz", "en")] == ["français", "French", "zz"]


def test_siren_numbers_are_grouped() -> None:
    assert formats.grouped_siren("527594493") == f"527{NB}594{NB}493"


def test_both_languages_have_every_word() -> None:
    assert tuple(WRITINGS) == LANGUAGES
    assert all(all(writing.words) for writing in WRITINGS.values())


@pytest.mark.parametrize(
    ("raw", "fr", "en"),
    [
        (Siren("527594493"), "527\u00a0594\u00a0493", "527\u00a0594\u00a0493"),
        (Territory("DE"), "Allemagne", "Germany"),
        (LanguageCode("de"), "allemand", "German"),
        (ContactRole.REPRESENTATIVE, "Représentant", "Representative"),
        ("a text", "a text", "a text"),
        (date(2026, 9, 1), "1er\u00a0septembre\u00a02026", "1\u00a0September\u00a02026"),
        (Money(amount=Decimal("1500.50"), currency="EUR"), "1\u202f500,50\u00a0€", "€1,500.50"),
        (Period(months=3), "3\u00a0mois", "3\u00a0months"),
        (Percentage("99.90"), "99,9\u202f%", "99.9%"),
        (1500, "1\u202f500", "1,500"),
        (Decimal("0.5"), "0,5", "0.5"),
        (("a", 1), "('a', 1)", "('a', 1)"),
    ],
)
def test_each_kind_of_value_is_written_as_its_language_does(raw: Any, fr: str, en: str) -> None:
    assert (text_of(raw, "fr"), text_of(raw, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("24 heures sur 24", "24/7"),
        ("24 h/24 et 7 j/7", "24/7"),
        ("24 heures sur 24, 7 jours sur 7", "around the clock"),
        ("7 jours sur 7", "seven days a week"),
    ],
)
def test_idiom_of_numbers_is_no_number(french: str, english: str) -> None:
    assert figures(french, "fr") == figures(english, "en") == ("24/7",)
    assert figures(f"{french}, sous 4 heures", "fr") != figures(f"{english}, within 5 hours", "en")
    assert figures(french, "fr") != figures("from 8 am to 8 pm", "en")


@pytest.mark.parametrize("french", ["association loi 1901", "association régie par la loi du 1er juillet 1901", "association (loi de 1901)"])
@pytest.mark.parametrize(
    "english", ["a French non-profit association", "an association under the French law of 1901", "an association under the law of 1 July 1901"]
)
def test_the_law_that_an_association_is_called_by_is_no_number(french: str, english: str) -> None:
    assert figures(french, "fr") == figures(english, "en") == ()
    assert figures(f"{french}, au capital de 1901 €", "fr") == ("1901",)


@pytest.mark.parametrize(
    ("amount", "currency", "fr", "en"),
    [
        ("100000", "EUR", f"cent mille euros (100{NNB}000{NB}€)", "one hundred thousand euros (€100,000)"),
        ("1000000", "EUR", f"un million d’euros (1{NNB}000{NNB}000{NB}€)", "one million euros (€1,000,000)"),
        ("1", "CHF", f"un franc suisse (1{NB}CHF)", f"one Swiss franc (CHF{NB}1)"),
        ("12.5", "EUR", f"12,50{NB}€", "€12.50"),
    ],
)
def test_amounts_in_words_have_their_currency_and_their_figures(amount: str, currency: str, fr: str, en: str) -> None:
    assert tuple(formats.money_in_words(Decimal(amount), currency, language) for language in LANGUAGES) == (fr, en)


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "USD", "CHF"]))
def test_a_value_in_words_is_the_same_in_both_languages(amount: int, currency: str) -> None:
    shown = [formats.money_in_words(Decimal(amount), currency, language) for language in LANGUAGES]
    pieces = [
        skeleton(Section("x", "clause", (), (Paragraph((Value("facts.cap", text),)),)), partial(figures, language=language))
        for text, language in zip(shown, LANGUAGES, strict=True)
    ]
    assert pieces[0] == pieces[1]
