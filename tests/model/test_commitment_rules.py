from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from snc_docs import FindingsError
from snc_docs.model.loading import load
from tests.tools import EXAMPLES, TODAY, changed, write_pair

C = "commitments"
_TEXT = {"fr": "a", "en": "b"}
_LISTED = [{"id": "x", "text": _TEXT}]
_PROCESSING = {"subject": _TEXT, "purposes": _LISTED, "data": _LISTED, "persons": _LISTED, "breach": {"hours": 48}}
_PRIORITY = {"id": "p", "label": _TEXT, "definition": _TEXT, "taken": {"hours": 2}, "restored": {"hours": 2}}
_URGENT = {"id": "r", "impact": _TEXT, "urgency": _TEXT, "priority": "p"}
FAULTS: list[tuple[str, Any, str, str]] = [
    # path, value, rule, data path of the finding
    (f"{C}.availability.penalties.0.service", "ghost", "availability.service-unknown", f"{C}.availability.penalties[compute-1].service"),
    (f"{C}.availability.penalties.1.below", 99.99, "availability.threshold", f"{C}.availability.penalties[compute-2].below"),
    (f"{C}.backup.retention", None, "backup.incomplete", f"{C}.backup"),
    (f"{C}.backup.automatic", False, "backup.incomplete", f"{C}.backup"),
    (f"{C}.backup.steps", [{"id": "a", "text": {"fr": "a", "en": "a"}}], "backup.unprinted", f"{C}.backup.steps"),
    (f"{C}.backup.automatic", False, "backup.unprinted", f"{C}.backup.retention"),
    (f"{C}.objection", None, "third-party.unprinted", "third_parties"),
    (f"{C}.reversibility", {"period": {"months": 1}}, "reversibility.no-means", f"{C}.reversibility"),
    (f"{C}.erasure.notice", {"days": 20}, "erasure.notice-short", f"{C}.erasure.notice"),
    (f"{C}.erasure.notice", {"weeks": 2, "days": 6}, "erasure.notice-short", f"{C}.erasure.notice"),
    (f"{C}.erasure.technical_data", {"days": 60}, "erasure.before-return", f"{C}.erasure.technical_data"),
    (f"{C}.on_request", {"answer": {"days": 1}, "logs": False, "procedures": False}, "on-request.nothing", f"{C}.on_request"),
    (f"{C}.data_handling.3", None, "data-handling.phase-missing", f"{C}.data_handling"),
    (f"{C}.data_handling.3.phase", "set-up", "data.doubled", f"{C}.data_handling[set-up#2]"),
    (f"{C}.incidents", None, "incidents.level-unknown", "incident_level"),
    (f"{C}.incidents.levels.1.id", "other", "incidents.level-unknown", "incident_level"),
    ("third_parties.others.0.processing", None, "third-party.role-missing", "third_parties.others[Réseau du Ponant]"),
    ("third_parties.data_centres.1.data_access", None, "third-party.role-missing", "third_parties.data_centres[Centre de Porzay]"),
    (f"{C}.ownership.seat", "CH", "ownership.seat-outside-eu", f"{C}.ownership.seat"),
    (f"{C}.ownership.seat", "EU", "ownership.seat-outside-eu", f"{C}.ownership.seat"),
    (f"{C}.ownership.seat", "DE", "ownership.seat-differs", f"{C}.ownership.seat"),
    (f"{C}.ownership.individual_cap", 25, "data.less-than-equal", f"{C}.ownership.individual_cap"),
    (f"{C}.ownership.collective_cap", 39.5, "data.less-than-equal", f"{C}.ownership.collective_cap"),
    (f"{C}.availability.services.0.percentage", 100.1, "data.less-than-equal", f"{C}.availability.services[compute].percentage"),
    (f"{C}.restoration.0.time", {"hours": 0}, "data.period-empty", f"{C}.restoration[compute].time"),
    (f"{C}.rank", "after-contract", "precedence.rank", f"{C}.precedence"),
    (f"{C}.term.as_contract", True, "duration.incomplete", f"{C}.term"),
    (f"{C}.term", {}, "duration.incomplete", f"{C}.term"),
    (f"{C}.term.renewal", None, "duration.incomplete", f"{C}.term"),
    (f"{C}.term", {"as_contract": True, "renewal": {"months": 1}}, "duration.incomplete", f"{C}.term"),
    (f"{C}.signing.form", "electronic", "signing.unprinted", f"{C}.signing.originals"),
    (f"{C}.signing.level", "simple", "signing.unprinted", f"{C}.signing.level"),
    (
        f"{C}.precedence",
        [{"id": "x", "text": {"fr": "a", "en": "a"}}, {"id": "service-agreement", "text": {"fr": "b", "en": "b"}}],
        "precedence.rank",
        f"{C}.precedence",
    ),
    (C, {"rank": "as-listed"}, "precedence.unlisted", f"{C}.rank"),
    ("notices.final_deletion", {"days": 31}, "erasure.final-deletion-late", "notices.final_deletion"),
    (f"{C}.backup.retention", {"days": 31}, "erasure.backups-kept", f"{C}.backup.retention"),
    (f"{C}.remote_access", {"circumstances": ["on-call"]}, "remote-access.unprinted", f"{C}.remote_access.circumstances"),
    (
        f"{C}.support",
        {
            "hours": {"fr": "a", "en": "b"},
            "rules": [{"id": "r", "impact": {"fr": "a", "en": "b"}, "urgency": {"fr": "a", "en": "b"}, "priority": "p"}],
        },
        "support.priority-unknown",
        f"{C}.support.rules[r].priority",
    ),
    ("responsibility_matrix", {"annex": True}, "matrix.no-rows", "responsibility_matrix.annex"),
    ("responsibility_matrix.sheet", "M", "matrix.sheet-alone", "responsibility_matrix.sheet"),
    ("general_terms", None, "contract.no-general-terms", "contract.kind"),
    ("main_contract", None, "contract.no-service-levels", f"{C}.practices.contract_levels_if_better"),
    ("services", [{"id": "a", "name": "A", "model": "iaas"}], "subscription.option-unknown", "subscriptions[a].options[0]"),
    ("services", [{"id": "a", "name": "A", "model": "iaas"}], "subscription.region-unknown", "subscriptions[a].region"),
    (
        "services",
        [{"id": "a", "name": "A", "model": "iaas"}, {"id": "b", "name": "B", "model": "iaas", "regions": [{"name": "r"}]}],
        "subscription.region-missing",
        "subscriptions[b].region",
    ),
    (f"{C}.availability.cap", 10, "availability.credit-over-cap", f"{C}.availability.penalties[compute-2].credit"),
    (f"{C}.availability.penalties.1.credit", 2, "availability.credit-falls", f"{C}.availability.penalties[compute-2].credit"),
    ("*", {f"{C}.availability.penalties": [], f"{C}.availability.exclusive": True}, "availability.unprinted", f"{C}.availability.exclusive"),
    ("*", {f"{C}.availability.penalties": [], f"{C}.availability.cap": 10}, "availability.unprinted", f"{C}.availability.cap"),
    (
        f"{C}.support",
        {"hours": _TEXT, "priorities": [{**_PRIORITY, "restored": {"hours": 1}}]},
        "support.restored-first",
        f"{C}.support.priorities[p].restored",
    ),
    (
        f"{C}.support",
        {
            "hours": _TEXT,
            "priorities": [_PRIORITY, {**_PRIORITY, "id": "q"}],
            "rules": [_URGENT, {**_URGENT, "id": "s", "priority": "q"}],
        },
        "support.priority-doubled",
        f"{C}.support.rules[s].priority",
    ),
    (f"{C}.restoration.0.data_loss", {"hours": 23}, "restoration.loss-below-backup", f"{C}.restoration[compute].data_loss"),
    (f"{C}.restoration", [], "restoration.unprinted", f"{C}.restoration_from"),
    ("*", {f"{C}.restoration": [], f"{C}.recovery_tests": {"months": 12}}, "restoration.unprinted", f"{C}.recovery_tests"),
    (f"{C}.backup.retention", {"hours": 23}, "backup.retention-short", f"{C}.backup.retention"),
    (
        f"{C}.backup.policies",
        [{"id": "w", "label": _TEXT, "frequency": {"weeks": 1}, "retention": {"days": 6}}],
        "backup.retention-short",
        f"{C}.backup.policies[w].retention",
    ),
    (f"{C}.change_acceptance.form", "governance-body", "acceptance.no-body", f"{C}.change_acceptance.form"),
    (f"{C}.change_acceptance.silence", "acceptance", "acceptance.silent-signature", f"{C}.change_acceptance.silence"),
    (
        "third_parties.others.0.data_access",
        "possible",
        "third-party.access-without-role",
        "third_parties.others[Réseau du Ponant].processing",
    ),
    ("third_parties.others.0.country", "US", "third-party.outside-limit", "third_parties.others[Réseau du Ponant].country"),
    ("third_parties.others.0.authorised_on", "2026-12-02", "third-party.authorised-late", "third_parties.others[Réseau du Ponant].authorised_on"),
    ("deletion_certificate", None, "deletion.unprinted", "notices.final_deletion"),
    (f"{C}.data_processing", _PROCESSING, "data-processing.no-nature", f"{C}.data_processing"),
    (
        f"{C}.data_processing",
        _PROCESSING,
        "data-processing.sub-processor-undescribed",
        "third_parties.others[Assistance Goéland]",
    ),
    (
        "*",
        {f"{C}.data_processing": _PROCESSING, "third_parties.data_centres.0.processing": "sub-processor"},
        "data-processing.sub-processor-undescribed",
        "third_parties.data_centres[Centre de Keravel]",
    ),
    (
        "*",
        {
            "services": [{"id": "compute", "name": "A", "model": "iaas"}, {"id": "other", "name": "B", "model": "iaas"}],
            f"{C}.availability.services.0.id": "compute",
        },
        "row.service-unsaid",
        f"{C}.availability.services[compute]",
    ),
    ("third_parties.others.0.services", ["ghost"], "row.service-unknown", "third_parties.others[Réseau du Ponant].services[0]"),
    (f"{C}.health_data", {"activities": ["1"]}, "health-data.no-attestation", f"{C}.health_data"),
    (f"{C}.main_contact", "operations", "contact.main-missing", "client_contacts"),
    (
        "*",
        {"languages.support": ["fr"], f"{C}.practices.language_by_ticket": True},
        "languages.no-choice",
        f"{C}.practices.language_by_ticket",
    ),
    ("notices.compliance", {"days": 1, "without_undue_delay": True}, "data.delay-form", "notices.compliance"),
    (f"{C}.change_acceptance.form", "silence", "data.enum", f"{C}.change_acceptance.form"),
]
HARMLESS: list[tuple[str, Any]] = [
    (C, None),
    (f"{C}.erasure.notice", {"weeks": 3}),
    (f"{C}.erasure.notice", {"months": 1}),
    (f"{C}.availability.penalties", []),
    (f"{C}.ownership", None),
    (f"{C}.reversibility.formats", []),
    # What only seems to contradict: as long as, as high as, no length at all.
    (f"{C}.availability.cap", 15),
    (f"{C}.availability.penalties.1.credit", 5),
    (f"{C}.restoration.0.data_loss", {"hours": 24}),
    (f"{C}.backup.retention", {"hours": 24}),
    (f"{C}.support", {"hours": _TEXT, "priorities": [_PRIORITY], "rules": [_URGENT, {**_URGENT, "id": "s"}]}),
    (f"{C}.support", {"hours": _TEXT, "priorities": [{**_PRIORITY, "restored": {"without_undue_delay": True}}]}),
    ("third_parties.others.0.country", "RE"),
    ("third_parties.others.0.authorised_on", "2026-12-01"),
    ("*", {"third_parties.others.0.country": "US", "third_parties.others.0.data_access": "none"}),
    ("*", {f"{C}.change_acceptance.form": "acceptance", f"{C}.change_acceptance.silence": "acceptance"}),
    (f"{C}.practices.language_by_ticket", True),
    (f"{C}.main_contact", "representative"),
]


def complete(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((EXAMPLES / "complete" / name).read_text(encoding="utf-8"))
    return data


def found_of_commitment(folder: Path, path: str, value: Any) -> list[tuple[str, str | None]]:
    baseline, client = changed(complete("baseline.yaml"), path, value), complete("client.yaml")
    baseline["certificate"].pop("file")
    if path == C:
        client.pop("incident_level")
    if path == "services":
        client["subscriptions"] = [{"service": "a", "region": "x", "options": ["y"]}, {"service": "b"}]
    try:
        findings = load(write_pair(folder, baseline, client), today=TODAY).findings
    except FindingsError as error:
        findings = error.diagnostics
    assert all(finding.file and finding.line for finding in findings)
    return [(finding.rule, finding.path) for finding in findings if finding.rule != "certificate.no-file"]


@pytest.mark.parametrize(("path", "value", "rule", "where"), FAULTS, ids=lambda value: str(value)[:40])
def test_each_fault_is_found_where_it_is(tmp_path: Path, path: str, value: Any, rule: str, where: str) -> None:
    assert (rule, where) in found_of_commitment(tmp_path, path, value)


@pytest.mark.parametrize(("path", "value"), HARMLESS, ids=str)
def test_what_may_be_left_out_or_longer_is_no_fault(tmp_path: Path, path: str, value: Any) -> None:
    assert {rule for rule, _ in found_of_commitment(tmp_path, path, value)} <= {
        "third-party.unprinted",
        "acceptance.none",
    }  # with no commitment at all
