"""The verdicts on the examples, and what no shortfall can hide from."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from snc_docs import AccountDeletion, Agreement, FindingsError, Verdict, assemble, assess, deletion_certificate, load_agreement
from snc_docs.compliance import binding
from snc_docs.compliance.assessment import Assessment, below, verdict_of, worst
from snc_docs.compliance.case import Point
from snc_docs.compliance.catalogue import Kind, catalogue
from snc_docs.compliance.registry import RULES
from snc_docs.language import Language
from snc_docs.templating.marks import CONTRARY
from tests.tools import EXAMPLES, LANGUAGES, TODAY

# The reading by hand of the source, with what the wording supplied turns from partial into met: 19.1.g.
OUTSCALE = {
    "met": "19.1.a-1 19.1.b-3 19.1.f 19.1.g 19.1.k 19.1.l 19.1.o-2 19.1.o-3 19.1.p 19.1.q",
    "partial": "19.1.b-1 19.1.c 19.1.n 19.1.o-1 19.4.a",
    "delegated": "19.1.h 19.1.i 19.1.j",
    "missing": "19.1.b-2 19.1.d 19.1.e 19.1.m",
    "conflict": "19.1.a-2",
}


@pytest.fixture(scope="module")
def complete() -> Agreement:
    return load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)


def verdicts(agreement: Agreement, language: Language = "fr", day: date = TODAY) -> dict[str, str]:
    return {each.requirement.id: each.verdict.value for each in assess(agreement, assemble(agreement, language), day)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_source_stands_as_it_was_read_by_hand(outscale: Agreement, language: Language) -> None:
    found = verdicts(outscale, language)
    binding = {each.id for each in catalogue().requirements.values() if each.kind is Kind.BINDING}
    expected = {requirement: verdict for verdict, requirements in OUTSCALE.items() for requirement in requirements.split()}
    assert {requirement: found[requirement] for requirement in binding} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_complete_example_meets_everything(complete: Agreement, language: Language) -> None:
    found = verdicts(complete, language)
    assert len(found) == 49
    assert set(found.values()) == {"met"}
    assert sum(requirement.kind is Kind.BINDING for requirement in catalogue().requirements.values()) == 23


def test_a_client_who_is_unknown_has_no_agreement_yet(unknown_client: Agreement) -> None:
    assert verdicts(unknown_client)["19.1.a-1"] == "partial"


def test_a_certificate_counts_on_days_when_it_is_in_force(complete: Agreement) -> None:
    certificate = complete.certificate
    days = (date(2026, 3, 1), certificate.issued_on, certificate.expires_on, date(2029, 3, 2))
    assert [verdicts(complete, day=day)["19.1.o-1"] for day in days] == ["partial", "met", "met", "partial"]


@pytest.mark.parametrize(("rated", "verdict"), [((), "met"), (("machines",), "partial"), (("machines", "blocks", "containers", "networks"), "met")])
def test_availability_is_asked_of_each_service_that_the_client_subscribes_to(rated: tuple[str, ...], verdict: str) -> None:
    seven = load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)
    promised = seven.commitments.availability
    assert promised is not None
    rates = tuple(rate.model_copy(update={"services": rated}) for rate in promised.services)
    commitments = seven.commitments.model_copy(update={"availability": promised.model_copy(update={"services": rates})})
    assert verdicts(seven.model_copy(update={"commitments": commitments}))["19.1.j"] == verdict


def test_objection_has_no_object_where_no_third_party_touches_data(complete: Agreement) -> None:
    untouched = complete.third_parties.model_copy(update={"others": complete.third_parties.others[:0]})
    assert verdicts(complete.model_copy(update={"third_parties": untouched}))["15.1.b"] == "not-applicable"


def test_without_automatic_backup_the_warning_and_the_steps_count(complete: Agreement) -> None:
    step = {"id": "a", "text": {"fr": "sauvegarder", "en": "back up"}}
    backup = type(complete.commitments.backup).model_validate({"automatic": False, "steps": [step]})  # type: ignore[union-attr]  # the example has one
    none = complete.model_copy(update={"commitments": complete.commitments.model_copy(update={"backup": backup})})
    (finding,) = (each for each in assess(none, assemble(none, "fr"), TODAY) if each.requirement.id == "19.1.m")
    assert (finding.verdict, len(finding.points)) == (Verdict.MET, 3)


@pytest.mark.parametrize(
    ("points", "verdict"),
    [
        ([("needed", True), ("needed", True)], "met"),
        ([("needed", True), ("needed", False)], "partial"),
        ([("needed", False)], "missing"),
        ([("needed", True), ("delegation", True)], "met"),
        ([("needed", True), ("needed", False), ("delegation", True)], "delegated"),
        ([("needed", False), ("delegation", False)], "missing"),
        ([("basis", False), ("needed", True)], "missing"),
        ([("basis", True), ("needed", True)], "met"),
        ([("needed", True), ("conflict", True)], "conflict"),
        ([("needed", False), ("exemption", True)], "not-applicable"),
        ([("conflict", True), ("exemption", True)], "conflict"),
    ],
)
def test_points_give_a_verdict(points: list[tuple[str, bool]], verdict: str) -> None:
    assert verdict_of(Point("x", held, role=role) for role, held in points).value == verdict  # type: ignore[arg-type]  # roles are literals


def test_the_language_that_stands_worst_decides(outscale: Agreement, complete: Agreement) -> None:
    both: dict[Language, Assessment] = {
        "fr": assess(complete, assemble(complete, "fr"), TODAY),
        "en": assess(outscale, assemble(outscale, "en"), TODAY),
    }
    assert [each.verdict for each in worst(both)] == [each.verdict for each in both["en"]]


@pytest.mark.parametrize(("required", "count"), [("MET", 13), ("PARTIAL", 8), ("DELEGATED", 5), ("MISSING", 1)])
def test_only_binding_requirements_can_fall_short(outscale: Agreement, required: str, count: int) -> None:
    assert len(below(assess(outscale, assemble(outscale, "fr"), TODAY), Verdict[required])) == count


def test_every_requirement_has_a_rule_and_every_rule_a_requirement() -> None:
    assert set(RULES) == set(catalogue().requirements)


def test_what_says_the_contrary_is_not_missed_in_own_clauses() -> None:
    text = Path(binding.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r"case\.contradicts\(\"([a-z-]+)\"\)", text)) == CONTRARY


def test_a_deletion_that_came_before_its_request_is_refused(complete: Agreement) -> None:
    deletion = AccountDeletion.model_validate(
        {"account": "1", "ticket_received_on": "2026-10-02", "place": "x", "checked_on": "2026-10-20", "issued_on": "2026-10-01"}
    )
    with pytest.raises(FindingsError) as raised:
        deletion_certificate(complete, deletion, "fr")
    assert {each.path for each in raised.value.diagnostics} == {"deletion.issued_on"}
