"""Dates and figures at the edge: on the day itself, the day before, the day after; at the figure, one below, one above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import Agreement, load_agreement
from snc_docs.model.commitments import (
    Availability,
    AvailabilityPenalty,
    Backup,
    Commitments,
    DataFormat,
    Erasure,
    ErasureMethod,
    IncidentNotice,
    Interface,
    MeasuringPeriod,
    OnRequest,
    Ownership,
    Phase,
    PhaseHandling,
    Reversibility,
    ServiceAvailability,
    SeverityLevel,
)
from snc_docs.model.deletion_rules import deletion_follows_its_request, deletion_is_of_what_it_says, deletion_is_told_whole
from snc_docs.model.judging import RULES, judge, rule
from snc_docs.model.kinds import ListedText, LocalizedText, LocalizedUrl, Percentage, Territory
from snc_docs.model.parts import AccountDeletion, ContractKind, Processing
from snc_docs.model.periods import Delay, Period
from tests.tools import EXAMPLES, TODAY

TEXT = LocalizedText(fr="texte", en="text")
URL = LocalizedUrl(fr="https://example.com/fr", en="https://example.com/en")  # validated
ISSUED, EXPIRES = date(2026, 1, 15), date(2029, 1, 14)


def _found(agreement: Agreement, day: date = TODAY) -> set[str]:
    return {finding.rule for finding in judge(agreement, day)}


def _with(agreement: Agreement, part: str, **fields: Any) -> Agreement:
    return agreement.model_copy(update={part: getattr(agreement, part).model_copy(update=fields)})


def _committed(agreement: Agreement, **fields: Any) -> Agreement:
    return agreement.model_copy(update={"commitments": Commitments.model_construct(**{**dict(agreement.commitments), **fields})})


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2026, 1, 14), "certificate.not-yet-valid"),
        (ISSUED, None),
        (date(2026, 1, 16), None),
        (date(2029, 1, 13), None),
        (EXPIRES, None),
        (date(2029, 1, 15), "certificate.expired"),
    ],
)
def test_a_certificate_is_valid_from_its_first_day_to_its_last(outscale: Agreement, day: date, rule: str | None) -> None:
    found = _found(_with(outscale, "certificate", issued_on=ISSUED, expires_on=EXPIRES), day)
    assert {each for each in found if each in ("certificate.not-yet-valid", "certificate.expired", "certificate.dates")} == (
        {rule} if rule else set()
    )


@pytest.mark.parametrize(("expires", "rule"), [(date(2026, 1, 14), True), (ISSUED, True), (date(2026, 1, 16), False)])
def test_a_certificate_lives_a_day_at_least(outscale: Agreement, expires: date, *, rule: bool) -> None:
    assert ("certificate.dates" in _found(_with(outscale, "certificate", issued_on=ISSUED, expires_on=expires), ISSUED)) is rule


def test_validity_is_judged_on_the_effective_date_and_else_today(outscale: Agreement) -> None:
    assert outscale.judged_on(date(1999, 1, 1)) == date(2026, 9, 1)
    assert _with(outscale, "document", effective_date=None).judged_on(date(1999, 1, 1)) == date(1999, 1, 1)


@pytest.mark.parametrize(
    ("issued", "rules"),
    [
        (date(2026, 9, 30), ["deletion.before-request"]),
        (date(2026, 10, 1), ["deletion.before-end"]),
        (date(2026, 10, 15), ["deletion.before-end"]),
        (date(2026, 10, 16), []),
        (date(2026, 10, 17), []),
        (None, []),
    ],
)
def test_a_deletion_certificate_waits_for_the_deletion(outscale: Agreement, issued: date | None, rules: list[str]) -> None:
    """Two weeks and a day after the ticket of 1 October."""
    deletion = AccountDeletion(ticket_received_on=date(2026, 10, 1), issued_on=issued)
    assert [each.rule for each in deletion_follows_its_request(outscale, deletion)] == rules
    assert list(deletion_follows_its_request(outscale, AccountDeletion(issued_on=issued))) == []


_OUTSCALE = load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)
_ITS_DAYS = ("ticket_received_on", "deleted_on", "checked_on", "issued_on")


def _deletion(**days: date) -> AccountDeletion:
    return AccountDeletion.model_validate(days)


@given(st.lists(st.dates(date(2026, 10, 1), date(2026, 10, 5)), min_size=4, max_size=4))
def test_a_deletion_is_certified_only_where_its_days_follow_each_other(days: list[date]) -> None:
    found = list(deletion_follows_its_request(_OUTSCALE, _deletion(**dict(zip(_ITS_DAYS, days, strict=True)))))
    assert bool(found) == (days != sorted(days))
    assert {(each.path or "").removeprefix("deletion.") for each in found} <= set(_ITS_DAYS[1:])


@pytest.mark.parametrize(
    ("days", "rules"),
    [
        ({"deleted_on": 1, "checked_on": 1, "issued_on": 1}, []),  # sooner than the agreement promises
        ({"deleted_on": 30, "checked_on": 31, "issued_on": 31}, []),  # later: a certificate says what was
        ({"deleted_on": 5, "checked_on": 4, "issued_on": 6}, ["deletion.check-before-deletion"]),
        ({"deleted_on": 5, "issued_on": 4}, ["deletion.before-check"]),
        ({"checked_on": 20, "issued_on": 19}, ["deletion.before-check"]),
        ({"checked_on": 15, "issued_on": 20}, ["deletion.before-end"]),
        ({"checked_on": 16, "issued_on": 16}, []),
    ],
)
def test_each_day_of_a_deletion_has_its_rule(outscale: Agreement, days: dict[str, int], rules: list[str]) -> None:
    deletion = _deletion(ticket_received_on=date(2026, 10, 1), **{name: date(2026, 10, day) for name, day in days.items()})
    assert [each.rule for each in deletion_follows_its_request(outscale, deletion)] == rules


def test_a_certificate_is_of_an_account_where_there_are_accounts_and_else_of_none(outscale: Agreement) -> None:
    """Of one account, the certificate of a service without accounts would say that all of the client's data was deleted."""
    checked = AccountDeletion(checked_on=date(2026, 10, 19))
    without = outscale.model_copy(update={"service": outscale.service.model_copy(update={"accounts": False})})
    of_one = checked.model_copy(update={"account": "1"})
    assert list(deletion_is_told_whole(without, checked)) == list(deletion_is_of_what_it_says(without, checked)) == []
    assert [each.rule for each in deletion_is_of_what_it_says(without, of_one)] == ["deletion.account-unprinted"]
    assert list(deletion_is_of_what_it_says(outscale, of_one)) == []


def test_a_certificate_names_the_client_the_agreement_and_the_day_of_the_check(outscale: Agreement, unknown_client: Agreement) -> None:
    checked = AccountDeletion(account="1", checked_on=date(2026, 10, 19))
    assert list(deletion_is_told_whole(outscale, checked)) == []
    assert [each.path for each in deletion_is_told_whole(outscale, AccountDeletion())] == ["deletion.checked_on", "deletion.account"]
    assert [each.path for each in deletion_is_told_whole(unknown_client, checked)] == [
        "client.legal_name",
        "document.reference",
        "document.effective_date",
    ]


def _availability(percentage: str, below: str) -> Availability:
    service = ServiceAvailability(id="a", label=TEXT, percentage=Percentage(percentage), measured=MeasuringPeriod.MONTH, scope=TEXT)
    return Availability(services=(service,), penalties=(AvailabilityPenalty(id="p", service="a", below=Percentage(below), credit=Percentage("5")),))


_FORMAT, _INTERFACE = DataFormat(id="f", label=TEXT, format=TEXT), Interface(id="i", label=TEXT, documentation=URL)
_ITEM = ListedText(id="i", text=TEXT)
_DAYS: Callable[[int], Period] = lambda days: Period(days=days)  # noqa: E731  # a word for the table below


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"availability": _availability("99.95", "99.94")}, None),
        ({"availability": _availability("99.95", "99.95")}, None),
        ({"availability": _availability("99.95", "99.96")}, "availability.threshold"),
        ({"backup": Backup(automatic=True, frequency=_DAYS(1), retention=_DAYS(30))}, None),
        ({"backup": Backup(automatic=True, frequency=_DAYS(1))}, "backup.incomplete"),
        ({"backup": Backup(automatic=True, retention=_DAYS(1))}, "backup.incomplete"),
        ({"backup": Backup(automatic=False, steps=(_ITEM,))}, None),
        ({"backup": Backup(automatic=False)}, "backup.incomplete"),
        ({"reversibility": Reversibility(period=_DAYS(30), formats=(_FORMAT,))}, None),
        ({"reversibility": Reversibility(period=_DAYS(30), interfaces=(_INTERFACE,))}, None),
        ({"reversibility": Reversibility(period=_DAYS(30))}, "reversibility.no-means"),
        ({"erasure": Erasure(period=_DAYS(30), notice=_DAYS(20), methods=(ErasureMethod.OVERWRITING,))}, "erasure.notice-short"),
        ({"erasure": Erasure(period=_DAYS(30), notice=_DAYS(21), methods=(ErasureMethod.OVERWRITING,))}, None),
        ({"erasure": Erasure(period=_DAYS(30), notice=Period(weeks=3), methods=(ErasureMethod.OVERWRITING,))}, None),
        ({"erasure": Erasure(period=_DAYS(30), notice=Period(days=20, hours=23, minutes=59), methods=(ErasureMethod.OVERWRITING,))}, "erasure.notice-short"),
        ({"erasure": Erasure(period=_DAYS(30), notice=Period(days=20, hours=24), methods=(ErasureMethod.OVERWRITING,))}, None),
        ({"data_handling": tuple(PhaseHandling(phase=phase, handling=TEXT) for phase in Phase)}, None),
        ({"data_handling": tuple(PhaseHandling(phase=phase, handling=TEXT) for phase in list(Phase)[1:])}, "data-handling.phase-missing"),
        ({"on_request": OnRequest(answer=Delay(days=5), logs=True, procedures=False)}, None),
        ({"on_request": OnRequest(answer=Delay(days=5), logs=False, procedures=True)}, None),
        ({"on_request": OnRequest(answer=Delay(days=5), logs=False, procedures=False)}, "on-request.nothing"),
        ({"ownership": Ownership(seat=Territory("FR"), individual_cap=Percentage("24"), collective_cap=Percentage("39"))}, None),
        ({"ownership": Ownership(seat=Territory("DE"), individual_cap=Percentage("24"), collective_cap=Percentage("39"))}, "ownership.seat-differs"),
        ({"ownership": Ownership(seat=Territory("EU"), individual_cap=Percentage("24"), collective_cap=Percentage("39"))}, "ownership.seat-outside-eu"),
        ({"ownership": Ownership(seat=Territory("RE"), individual_cap=Percentage("24"), collective_cap=Percentage("39"))}, "ownership.seat-outside-eu"),
        ({"ownership": Ownership(seat=Territory("CH"), individual_cap=Percentage("24"), collective_cap=Percentage("39"))}, "ownership.seat-outside-eu"),
    ],
)  # fmt: skip
def test_commitments_at_their_edges(outscale: Agreement, fields: dict[str, Any], rule: str | None) -> None:
    known = {
        "availability.threshold",
        "backup.incomplete",
        "reversibility.no-means",
        "erasure.notice-short",
        "data-handling.phase-missing",
        "on-request.nothing",
        "ownership.seat-differs",
        "ownership.seat-outside-eu",
    }
    assert _found(_committed(outscale, **fields)) & known == ({rule} if rule else set())


@pytest.mark.parametrize(("technical", "returned", "rule"), [(29, 30, True), (30, 30, False), (31, 30, False)])
def test_technical_data_outlives_its_return(outscale: Agreement, technical: int, returned: int, *, rule: bool) -> None:
    erasure = Erasure(period=_DAYS(30), notice=_DAYS(21), methods=(ErasureMethod.OVERWRITING,), technical_data=_DAYS(technical))
    agreement = _committed(outscale, erasure=erasure, reversibility=Reversibility(period=_DAYS(returned), formats=(_FORMAT,)))
    assert ("erasure.before-return" in _found(agreement)) is rule


@pytest.mark.parametrize(("processing", "access", "count"), [(Processing.NONE, "none", 0), (None, "none", 2), (Processing.NONE, None, 2)])
def test_with_a_right_to_object_each_third_party_says_both(outscale: Agreement, processing: Any, access: Any, count: int) -> None:
    parties = outscale.third_parties
    told = {
        name: tuple(each.model_copy(update={"processing": processing, "data_access": access}) for each in getattr(parties, name)[:1])
        for name in ("data_centres", "others")
    }
    agreement = _committed(outscale, objection=_DAYS(30)).model_copy(update={"third_parties": parties.model_copy(update=told)})
    assert [each.rule for each in judge(agreement, TODAY)].count("third-party.role-missing") == count
    assert "third-party.role-missing" not in _found(agreement.model_copy(update={"commitments": Commitments()}))


def test_an_incident_level_is_one_of_the_providers(outscale: Agreement) -> None:
    levels = IncidentNotice(means=(_ITEM,), levels=(SeverityLevel(id="high", label=TEXT, definition=TEXT, delay=Delay(days=1)),))
    for level, incidents, wrong in (("high", levels, False), ("low", levels, True), ("high", None, True), (None, levels, False), (None, None, False)):
        agreement = _committed(outscale, incidents=incidents).model_copy(update={"incident_level": level})
        assert ("incidents.level-unknown" in _found(agreement)) is wrong


@pytest.mark.parametrize(
    ("kind", "reference", "day", "wrong"),
    [
        (ContractKind.SPECIFIC, "R", TODAY, False),
        (ContractKind.SPECIFIC, None, TODAY, True),
        (ContractKind.SPECIFIC, "R", None, True),
        (ContractKind.GENERAL_TERMS, None, None, False),
    ],
)
def test_a_specific_contract_has_both_its_marks(
    outscale: Agreement, kind: ContractKind, reference: str | None, day: date | None, *, wrong: bool
) -> None:
    assert ("contract.unidentified" in _found(_with(outscale, "contract", kind=kind, reference=reference, date=day))) is wrong


@pytest.mark.parametrize("place", ["service", "client_data", "technical_data"])
@pytest.mark.parametrize(("code", "wrong"), [("FR", False), ("EU", False), ("MQ", False), ("AX", False), ("NC", True), ("CH", True), ("GB", True)])
def test_every_place_is_in_the_union(outscale: Agreement, place: str, code: str, *, wrong: bool) -> None:
    findings = [each.path for each in judge(_with(outscale, "locations", **{place: Territory(code)}), TODAY) if each.rule == "location.outside-eu"]
    assert findings == ([f"locations.{place}"] if wrong else [])


def test_each_rule_is_a_function_with_a_docstring() -> None:
    assert all(function.__doc__ for function in RULES.values())
    with pytest.raises(AssertionError, match=r"law\.outside-eu"):
        rule("law.outside-eu")(next(iter(RULES.values())))
