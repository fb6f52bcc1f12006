"""French before names and numbers, as laws over any town, any country and any currency."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from snc_docs.language.figures import figures
from snc_docs.language.formats import in_place, money_text, place_with_article
from snc_docs.language.french import elided, in_town, of_town
from snc_docs.model.places import COUNTRIES, CURRENCIES

_NAMES = st.from_regex(r"[A-ZÀÉ][a-zéèïô]{2,8}(-[a-z]{2,4}-[A-Z][a-z]{2,6})?", fullmatch=True)
_SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "  "])
_CASES = st.sampled_from([str, str.upper, str.lower])


@given(st.sampled_from(["Le", "Les", "La", "L’"]), _SPACES, _NAMES, _CASES)
def test_an_article_joins_its_preposition_however_it_is_written(article: str, space: str, name: str, case: object) -> None:
    written = case(article + ("" if article == "L’" else space) + name)  # type: ignore[operator]  # a method of str
    of, at = of_town(written), in_town(written)
    contracted = {"Le": ("du ", "au "), "Les": ("des ", "aux ")}.get(article)
    if contracted is None:
        assert (of, at) == (("de ", written), ("à ", written))
    else:
        assert (of, at) == ((contracted[0], case(name)), (contracted[1], case(name)))  # type: ignore[operator]  # as above
        assert not re.search(r"^(de|à) les?\s", f"{of[0]}{of[1]}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("town", "of", "at"),
    [
        ("Le Mans", "du Mans", "au Mans"),
        ("LE HAVRE", "du HAVRE", "au HAVRE"),
        ("Le\u00a0Havre", "du Havre", "au Havre"),
        ("LES ULIS", "des ULIS", "aux ULIS"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses", "à L’Haÿ-les-Roses"),
        ("Lescar", "de Lescar", "à Lescar"),
        ("Leers", "de Leers", "à Leers"),
        ("Évry", "d’Évry", "à Évry"),
        ("Hyères", "d’Hyères", "à Hyères"),
        ("Ham", "de Ham", "à Ham"),
        ("Paris", "de Paris", "à Paris"),
    ],
)
def test_towns(town: str, of: str, at: str) -> None:
    assert ("".join(of_town(town)), "".join(in_town(town))) == (of, at)


_MUTE = "huissier hôtelier héritier hôpital horloger humaniste hydrologue historien harmonie habitant hebdomadaire héroïne hommage honoraires herboriste Hermès Hélène Henri Honfleur Hyères Hénin-Beaumont Hérouville Haïti Hachette hameçon haltère hallucination hexagone hygiéniste hectare haleine"
_ASPIRATED = "haut hauteur handicap hangar haricot hasard hausse havre héros hérisson hibou hiérarchie hockey Hollande homard Hongrie honte horde hors-taxe hotte housse huit huitième hublot hurlement hussard hutte Hambourg Hanovre harnais haie halle hall halte hameau hanche harcèlement hernie Huningue hub handball hacker hâte hâtif hâle hâbleur Hâvre hune hère hooligan Hesse Huy Herve Hem Heidelberg"


@pytest.mark.parametrize("word", _MUTE.split())
def test_a_mute_h_is_elided(word: str) -> None:
    assert elided("de", word) == elided("de", word.upper()) == "d’"


@pytest.mark.parametrize("word", [*_ASPIRATED.split(), "onze", "onzième", "oui", "yaourt", "yacht", "uhlan", "Banque", "", "8", "[nom]"])
def test_an_aspirated_h_and_its_like_are_not(word: str) -> None:
    assert elided("de", word) == elided("de", word.upper()) == "de "


@given(st.sampled_from("aeiouAEIOUéÉèêëàâîïôùûÅåÖöÓóŌōİıæÆœŒøØ"), st.text("bcdfglmnprst", min_size=2, max_size=6), st.sampled_from(["NFC", "NFD"]))
def test_a_vowel_of_any_alphabet_is_elided_in_any_form(vowel: str, rest: str, form: str) -> None:
    name = unicodedata.normalize(form, vowel + rest)  # type: ignore[arg-type]  # one of the two
    assert elided("de", name) == ("de " if re.match(r"(?i)(?:u(?:hl|lul)|onz)", name) else "d’")
    assert elided("De", f"«\u00a0{name}") == elided("De", name)


@pytest.mark.parametrize("code", sorted(COUNTRIES | {"EU"}))
def test_every_country_reads_well_behind_its_prepositions(code: str) -> None:
    name = Locale("fr").territories[code]
    inside, itself = in_place(code, "fr").replace("\u00a0", " "), place_with_article(code, "fr")
    assert inside.endswith(name)
    assert itself.endswith(name)
    assert not re.search(
        r"\b(?:en|à|au|aux|dans) (?:le|les) |\ben La\b|\bla La\b|\ben Îles?\b|\ble (?=[AEÉIÎO])|\bla (?=[AEÉIÎO])|\bau (?=[AEÉIO])",
        f"{inside} {itself}".replace("dans le", "dans un").replace("dans les", "dans des"),
    ), (inside, itself)
    plural = re.match(
        r"Îles\b|Pays-Bas|États-Unis|Émirats|Territoires|Terres|.*(?:Bahamas|Maldives|Seychelles|Philippines|Comores|Bermudes|Palaos|Fidji|Tonga)$|Samoa a",
        name,
    )
    assert bool(plural) == bool(re.match(r"aux |dans les ", inside)) == itself.startswith("les ")


@pytest.mark.parametrize(("code", "inside", "itself"), [
    ("RE", "à\u00a0La Réunion", "La Réunion"), ("GP", "en\u00a0Guadeloupe", "la Guadeloupe"), ("YT", "à\u00a0Mayotte", "Mayotte"), ("AX", "aux\u00a0Îles Åland", "les Îles Åland"),
    ("HU", "en\u00a0Hongrie", "la Hongrie"), ("IR", "en\u00a0Iran", "l’Iran"), ("BY", "en\u00a0Biélorussie", "la Biélorussie"), ("PT", "au\u00a0Portugal", "le Portugal"),
    ("IM", "à l’Île de Man", "l’Île de Man"), ("EU", "dans l’Union européenne", "l’Union européenne"), ("BB", "à la\u00a0Barbade", "la Barbade"), ("HT", "en\u00a0Haïti", "Haïti"),
])  # fmt: skip
def test_places(code: str, inside: str, itself: str) -> None:
    assert (in_place(code, "fr"), place_with_article(code, "fr")) == (inside, itself)


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("FR", "in France"),
        ("NL", "in the Netherlands"),
        ("AX", "in the Åland Islands"),
        ("EU", "in the European Union"),
        ("RE", "in Réunion"),
        ("GB", "in the United Kingdom"),
    ],
)
def test_places_in_english(code: str, inside: str) -> None:
    assert in_place(code, "en") == inside


@given(st.sampled_from(sorted(CURRENCIES)), st.decimals(0, 10**9, places=2, allow_nan=False))
def test_an_amount_is_the_same_number_in_both_languages(currency: str, amount: Decimal) -> None:
    french, english = money_text(amount, currency, "fr"), money_text(amount, currency, "en")
    assert figures(french, "fr") == figures(english, "en")
    assert not re.search(r"[A-Za-z]\d|\d[A-Za-z]", french + " " + english), "letters and digits are apart"
    decimals = re.search(r"\.(\d+)$", english)
    least = get_currency_precision(currency)
    assert decimals is None if amount == amount.to_integral_value() else len(decimals.group(1)) >= max(least, 1)  # type: ignore[union-attr]  # it has some


@pytest.mark.parametrize(("amount", "currency", "french", "english"), [
    ("50000", "PLN", "50\u202f000\u00a0PLN", "PLN\u00a050,000"), ("1849930", "EUR", "1\u202f849\u202f930\u00a0€", "€1,849,930"), ("1234.5", "EUR", "1\u202f234,50\u00a0€", "€1,234.50"),
    ("1234.5", "TND", "1\u202f234,500\u00a0TND", "TND\u00a01,234.500"), ("5000000", "XPF", "5\u202f000\u202f000\u00a0FCFP", "CFPF\u00a05,000,000"), ("100", "CHF", "100\u00a0CHF", "CHF\u00a0100"),
    ("99.9999", "EUR", "99,9999\u00a0€", "€99.9999"),
])  # fmt: skip
def test_amounts(amount: str, currency: str, french: str, english: str) -> None:
    assert (money_text(Decimal(amount), currency, "fr"), money_text(Decimal(amount), currency, "en")) == (french, english)


@pytest.mark.parametrize(
    "title",
    [
        "Head of Legal",
        "Human Resources Director",
        "Helpdesk Manager",
        "Hosting Manager",
        "Health Officer",
        "High Representative",
        "Hunter",
        "Herr Direktor",
        "Home Manager",
    ],
)
def test_a_title_that_french_takes_over_keeps_its_h(title: str) -> None:
    assert elided("de", title) == "de "


@pytest.mark.parametrize("title", ["huissier", "hôte", "hôtelier", "humaniste", "hostie", "hygiéniste", "historien"])
def test_a_french_title_has_a_mute_h(title: str) -> None:
    assert elided("de", title) == "d’"
