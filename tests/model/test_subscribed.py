"""Rows for some services print for the clients who subscribe to these, rows for none in particular for all; the data keeps every row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import Agreement, assemble, load_agreement
from snc_docs.document.nodes import Section, Table
from snc_docs.document.walk import blocks_of, sections_of
from snc_docs.language import Language
from snc_docs.model.for_services import ForServices
from snc_docs.model.paths import values_of
from snc_docs.model.services import Subscription
from snc_docs.model.subscribed import as_subscribed
from tests.tools import EXAMPLES, LANGUAGES, TODAY, all_text, plain_cells

SERVICES = ("machines", "bare-metal", "blocks", "objects", "networks", "containers", "databases")
HOSPITAL = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
_COMPLETE = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
# The hospital's agreement with parts of another example that have such rows too.
WHOLE = HOSPITAL.model_copy(
    update={
        "deletion_certificate": _COMPLETE.deletion_certificate,
        "commitments": HOSPITAL.commitments.model_copy(update={"reversibility": _COMPLETE.commitments.reversibility}),
    }
)
# Each list of rows that may be for some services alone, by the part that holds it.
LISTS = {
    "third_parties.data_centres": 2,
    "commitments.restoration": 2,
    "commitments.availability.services": 2,
    "commitments.reversibility.formats": 1,
    "attestations": 1,
    "deletion_certificate.checked": 1,
}


def _with_rows(agreement: Agreement, chosen: dict[str, list[list[str]]]) -> Agreement:
    """Return the agreement with the services of its first rows set, list by list."""
    data = agreement.model_dump(exclude={"attachments"})
    for path, services in chosen.items():
        part: Any = data
        for step in path.split("."):
            part = part[step]
        for row, named in zip(part, services, strict=False):
            row["services"] = tuple(named)
    return Agreement.model_validate(data).model_copy(update={"attachments": agreement.attachments})


def _subscribed(agreement: Agreement, services: set[str]) -> Agreement:
    return agreement.model_copy(update={"subscriptions": tuple(Subscription(service=each) for each in sorted(services))})


def _rows(agreement: Agreement) -> list[tuple[str, ForServices]]:
    return [(str(path), value) for path, value in values_of(agreement) if isinstance(value, ForServices)]


_CHOICES = st.fixed_dictionaries(
    {path: st.lists(st.lists(st.sampled_from(SERVICES), max_size=2, unique=True), min_size=count, max_size=count) for path, count in LISTS.items()}
)


@given(_CHOICES, st.sets(st.sampled_from(SERVICES)))
def test_what_is_left_is_what_is_for_the_services_subscribed_to(chosen: dict[str, list[list[str]]], services: set[str]) -> None:
    agreement = _subscribed(_with_rows(WHOLE, chosen), services)
    shown = as_subscribed(agreement)
    underlying = {each.attestation for each in agreement.underlying_services}
    expected = {path for path, row in _rows(agreement) if not services or row.is_for(frozenset(services)) or getattr(row, "id", "") in underlying}
    assert {path for path, _ in _rows(shown)} == expected
    others: Any = dict.fromkeys(("third_parties", "attestations", "deletion_certificate"), True)
    others["commitments"] = {"restoration", "availability", "reversibility"}
    assert shown.model_dump(exclude=others) == agreement.model_dump(exclude=others)


@given(_CHOICES)
def test_without_subscriptions_every_row_prints(chosen: dict[str, list[list[str]]]) -> None:
    agreement = _subscribed(_with_rows(WHOLE, chosen), set())
    assert as_subscribed(agreement) is agreement


def test_rows_for_no_service_in_particular_leave_the_agreement_as_it_is() -> None:
    agreement = _with_rows(WHOLE, {path: [[], []] for path in LISTS})
    assert as_subscribed(agreement) is agreement


def _cells(agreement: Agreement, clause: str, language: Language) -> list[list[str]]:
    sections = [each for each in sections_of(assemble(agreement, language).sections) if each.id == clause]
    return [row for section in sections for table in blocks_of((section,)) if isinstance(table, Table) for row in plain_cells(table)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_an_agreement_hold_the_rows_of_its_services(language: Language) -> None:
    storage = _subscribed(HOSPITAL, {"machines", "objects"})
    labels = {"fr": ["Machines virtuelles", "Stockage objet"], "en": ["Virtual machines", "Object storage"]}[language]
    for clause in ("availability", "restoration"):
        names = [[row[0] for row in _cells(each, clause, language) if row[0] in labels] for each in (HOSPITAL, storage)]
        assert set(names[0]) == set(labels[:1]), clause
        assert set(names[1]) == set(labels), clause


def _prints(agreement: Agreement) -> dict[str, Section]:
    return {section.id: section for section in sections_of(assemble(agreement, "en").sections)}


def test_penalties_go_with_their_service_and_a_clause_without_rows_does_not_print() -> None:
    chosen = {"commitments.availability.services": [["bare-metal"], ["objects"]]}
    both = _prints(_subscribed(_with_rows(HOSPITAL, chosen), {"bare-metal", "objects"}))
    objects, none = (_prints(_subscribed(_with_rows(HOSPITAL, chosen), {each})) for each in ("objects", "blocks"))
    assert ["10" in all_text(each["availability"]) for each in (both, objects)] == [True, False]
    assert "availability" not in none


def test_a_data_centre_of_another_service_is_not_listed() -> None:
    chosen = {"third_parties.data_centres": [["machines"], ["databases"]]}
    shown = _prints(_with_rows(HOSPITAL, chosen))["data-centres"]
    assert ("Centre de l’Estuaire" in all_text(shown), "Centre du Bocage" in all_text(shown)) == (True, False)


def test_clients_who_subscribe_to_the_same_share_what_is_printed() -> None:
    one, other = (_subscribed(HOSPITAL, {"machines"}) for _ in range(2))
    assert as_subscribed(one).commitments is as_subscribed(other).commitments
