from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs.language import french
from snc_docs.language.french import elided
from snc_docs.language.typography import typeset


@pytest.mark.parametrize(
    ("typed", "fr", "en"),
    [
        ("l'article", "l’article", "l’article"),
        ("ainsi : oui ; non ! quoi ?", "ainsi\u00a0: oui\u202f; non\u202f! quoi\u202f?", "ainsi : oui ; non ! quoi ?"),
        ("« Client »", "«\u00a0Client\u00a0»", "«\u00a0Client\u00a0»"),
        (" :", "\u00a0:", " :"),
        ("https://a.b", "https://a.b", "https://a.b"),
    ],
)
def test_spaces_and_apostrophes_are_those_of_the_language(typed: str, fr: str, en: str) -> None:
    assert (typeset(typed, "fr"), typeset(typed, "en")) == (fr, en)


@given(st.text())
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@pytest.mark.parametrize(
    ("word", "following", "result"),
    [
        ("de", "Outscale", "d’"),
        ("de", "Nimbus", "de "),
        ("De", "Évry", "D’"),
        ("la", "eau", "l’"),
        ("que", "il", "qu’"),
        ("avec", "Ève", "avec "),
        ("de", "", "de "),
        ("de", "un", "d’"),
        ("de", "Yousign", "de "),
        ("de", "Yvetot", "d’"),
    ],
)
def test_elision_goes_by_the_next_letter(word: str, following: str, result: str) -> None:
    assert elided(word, following) == result


def test_towns_with_an_article_contract() -> None:
    assert [french.of_town(town) for town in ("Le Mans", "Les Sables", "Angers", "Paris")] == [
        ("du ", "Mans"),
        ("des ", "Sables"),
        ("d’", "Angers"),
        ("de ", "Paris"),
    ]


def test_nothing_is_elided_before_onze() -> None:
    assert french.elided("de", "onze (11) jours") == "de "
