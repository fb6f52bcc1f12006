"""With the mandatory data alone, no sentence states a practice, number or duty that neither the data nor the framework gives.

Every sentence of that agreement that prints no datum is listed here with what gives it: a point of the framework, or "form", which is what an
agreement says of itself: whom it binds, what its words mean, what it replaces. A new sentence in a shipped clause fails until it is read and listed,
or made to rest on data.
"""

from __future__ import annotations

import re

import pytest

from snc_docs import assemble, load_agreement
from snc_docs.compliance.catalogue import catalogue
from snc_docs.language import Language
from snc_docs.reporting.statements import Stated, statements
from snc_docs.templating.folders import template_folders
from tests.tools import EXAMPLES, TODAY

# clause: what gives each of its sentences without data, in their order; the same in both languages.
GIVEN = {
    "preamble": ["form", "form", "19.1.a-1", "19.1.o-1"],
    "definitions": ["form", "form", "form", "form", "form", "form", "form", "form", "form", "form", "form"],
    "purpose": ["form"],
    "changes": ["19.1.g", "19.1.a-2", "19.1.a-2", "form"],
    "termination": ["19.1.g"],
    "third-party-rules": ["19.1.b-1", "15.4.b"],
    "obligations": ["form"],
    "location": ["19.2.d"],
    "quality": ["19.1.b-1"],
    "remote-access": ["19.1.n"],
    "exclusions": ["19.1.b-2"],
    "reversibility": ["19.1.h"],
    "confidentiality": ["19.1.l"],
    "client-data": ["19.1.k", "14.7.b"],
    "compliance": ["19.1.o-1", "19.1.o-2"],
    "audit": ["19.1.o-3", "19.1.o-3", "19.1.p", "19.1.q"],
    "contacts": ["19.1.b-1"],
    "entry-into-force": ["form", "form"],
    "appendices": ["form", "form", "form"],
    "appendix-b": ["19.1.o-1"],
    "appendix-c": ["form"],
}


def _without_data(language: Language) -> dict[str, list[Stated]]:
    agreement = load_agreement(EXAMPLES / "minimal" / "client.yaml", today=TODAY)
    found: dict[str, list[Stated]] = {}
    for each in statements(assemble(agreement, language), template_folders()):
        if not each.paths:
            found.setdefault(each.section, []).append(each)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_rests_on_no_datum_is_given_by_the_framework(language: Language) -> None:
    found = _without_data(language)
    assert {clause: len(each) for clause, each in found.items()} == {clause: len(each) for clause, each in GIVEN.items()}


def test_each_point_that_is_named_is_one_of_the_framework() -> None:
    known = {*catalogue().requirements, "form"}
    assert [each for points in GIVEN.values() for each in points if each not in known] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_figure_and_no_name_of_the_examples_provider_stands_in_a_clause(language: Language) -> None:
    for each in (one for found in _without_data(language).values() for one in found):
        text = re.sub(r"[Aa]rticle[ \u00a0]\d+", "", each.text)  # a live reference, or article 28 of the GDPR
        text = re.sub(r"2016/679 (?:du|of) 27 \w+ 2016", "", text)  # the GDPR itself
        figures = [word for word in text.split() if any(map(str.isdigit, word))]
        assert figures == [], each.text
