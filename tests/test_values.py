"""How single values are written in each language."""

from __future__ import annotations

import pytest
from babel import Locale

from snc_docs import assemble, load_agreement
from snc_docs.document.nodes import Value
from snc_docs.document.walk import walk
from snc_docs.model.addresses import Address
from snc_docs.model.country_names import COUNTRY_NAMES
from snc_docs.model.proposals import why_no_siren
from snc_docs.values import address_in, text_of
from tests.tools import EXAMPLES, LANGUAGES, TODAY


@pytest.mark.parametrize(
    ("address", "fr", "en"),
    [
        ("Bergweg 4, 20095 Hamburg, Allemagne", "Bergweg 4, 20095 Hamburg, Allemagne", "Bergweg 4, 20095 Hamburg, Germany"),
        ("1 Mist Street, Dublin, Ireland", "1 Mist Street, Dublin, Irlande", "1 Mist Street, Dublin, Ireland"),
        ("1 rue de la Brume\n69002 Lyon\nFRANCE", "1 rue de la Brume\n69002 Lyon\nFRANCE", "1 rue de la Brume\n69002 Lyon\nFRANCE"),
        ("Bergweg 4, 20095 Hamburg", "Bergweg 4, 20095 Hamburg", "Bergweg 4, 20095 Hamburg"),
        ("2 place de l’Allemagne, 75000 Paris", "2 place de l’Allemagne, 75000 Paris", "2 place de l’Allemagne, 75000 Paris"),
        ("Suisse", "Suisse", "Suisse"),
        ("", "", ""),
    ],
)
def test_the_country_at_the_end_of_an_address_is_named_in_the_language(address: str, fr: str, en: str) -> None:
    assert (address_in(address, "fr"), address_in(address, "en")) == (fr, en)
    assert (text_of(Address(address), "fr"), text_of(Address(address), "en")) == (fr, en)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRY_NAMES)
def test_every_country_is_named_in_either_language_whichever_was_written(country: str, language: str) -> None:
    written = {address_in(f"A, {name}", language).casefold() for name in COUNTRY_NAMES[country]}
    assert written == {f"A, {Locale.parse(language).territories[country]}".casefold()}


def test_the_number_of_an_association_is_told_where_it_belongs() -> None:
    said = why_no_siren("W353012345")
    assert "registration: {number: W353012345}" in said.fr
    assert "registration: {number: W353012345}" in said.en
    assert "Kbis" not in said.fr


def test_an_agreement_prints_the_address_of_its_client_in_each_language() -> None:
    client = {"legal_name": "Nebelwerk", "country": "DE", "registered_office": "Bergweg 4, 20095 Hamburg, Allemagne"}
    agreement = load_agreement({"client": client}, baseline=EXAMPLES / "outscale" / "baseline.yaml", today=TODAY)
    printed = {
        language: [node.text for node in walk(assemble(agreement, language)) if isinstance(node, Value) and node.path == "client.registered_office"]
        for language in LANGUAGES
    }
    assert (printed["fr"], printed["en"]) == (["Bergweg 4, 20095 Hamburg, Allemagne"], ["Bergweg 4, 20095 Hamburg, Germany"])
