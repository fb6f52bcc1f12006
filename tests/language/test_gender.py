"""French participles agree with the party that they stand for."""

from __future__ import annotations

from typing import Any

import pytest

from snc_docs.language.french import is_feminine
from snc_docs.model.party import Party
from snc_docs.templating.filters import gender_of


@pytest.mark.parametrize(
    ("noun", "feminine"),
    [
        ("société anonyme (SA) de droit belge", True),
        ("collectivité territoriale de droit français", True),
        ("Région", True),
        ("fondation reconnue d’utilité publique", True),
        ("une mutuelle", True),
        ("l’université", True),
        ("établissement public de santé", False),
        ("groupement d’intérêt public", False),
        ("Comité d’entreprise", False),
        ("État", False),
        ("musée national", False),
        ("", False),
    ],
)
def test_the_noun_of_a_legal_form_has_its_gender(noun: str, *, feminine: bool) -> None:
    assert is_feminine(noun) == feminine


@pytest.mark.parametrize(
    ("party", "gender"),
    [
        ({}, "feminine"),  # a company, as far as is known
        ({"kind": "association"}, "feminine"),
        ({"kind": "person"}, None),
        ({"kind": "person", "gender": "masculine"}, "masculine"),
        ({"kind": "public-body"}, None),
        ({"kind": "public-body", "legal_form": {"fr": "centre hospitalier", "en": "hospital"}}, "masculine"),
        ({"kind": "public-body", "legal_form": {"fr": "commune", "en": "town"}}, "feminine"),
        ({"kind": "public-body", "gender": "feminine", "legal_form": {"fr": "centre", "en": "centre"}}, "feminine"),
        ({"legal_form": {"fr": "GmbH de droit allemand", "en": "German GmbH"}}, "feminine"),
    ],
)
def test_a_party_has_the_gender_that_its_data_gives(party: dict[str, Any], gender: str | None) -> None:
    found = gender_of(Party.model_validate(party))
    assert (found and found.value) == gender
