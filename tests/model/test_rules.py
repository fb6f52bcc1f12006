from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, Diagnostic, FindingsError, Severity
from snc_docs.model.judging import RULES, Rule
from snc_docs.model.loading import load
from tests.model.test_commitment_rules import FAULTS as COMMITMENT_FAULTS
from tests.model.test_commitment_rules import found_of_commitment
from tests.tools import EXAMPLES, ROOT, TODAY, changed, client_data, starter_data, write_pair

_STARTER = ROOT / "snc_docs" / "cli" / "starter"
_REACHABLE = {"role": "representative", "name": "A", "email": "a@example.com"}

_TEXT = {"fr": "a", "en": "b"}
_ATTESTATION = {"id": "a", "kind": "hds", "reference": "R", "scope": _TEXT, "issued_on": "2026-01-01"}


def _version(version: str, day: str) -> dict[str, Any]:
    return {"version": version, "date": day, "changes": _TEXT}


FAULTS: list[tuple[str, str, Any, str, str]] = [
    # file, path, value, rule, data path of the finding
    ("baseline", "provider.siren", None, "provider.incomplete", "provider.siren"),
    ("baseline", "provider.signatory.name", None, "provider.incomplete", "provider.signatory.name"),
    ("baseline", "certificate.expires_on", "2026-02-01", "certificate.expired", "certificate.expires_on"),
    ("baseline", "certificate.issued_on", "2027-01-01", "certificate.not-yet-valid", "certificate.issued_on"),
    ("baseline", "certificate.expires_on", "2025-02-01", "certificate.dates", "certificate.expires_on"),
    ("baseline", "third_parties.others.0.category", "plumber", "third-party.category-unknown", "third_parties.others[Réseau Exemple].category"),
    ("baseline", "third_parties.data_centres.0.category", "x", "third-party.category-unknown", "third_parties.data_centres[Centre Exemple].category"),
    ("baseline", "third_parties.others", [], "third-party.category-unused", "third_parties.categories[network-operator]"),
    ("baseline", "service.regions", [{"name": "r"}, {"name": "r"}], "data.doubled", "service.regions[r#2]"),
    ("baseline", "locations.operations", ["FR", "FR"], "data.doubled", "locations.operations[1]"),
    ("baseline", "languages.support", ["fr", "en", "fr"], "data.doubled", "languages.support[2]"),
    ("baseline", "service.offer", ["iaas", "iaas"], "data.doubled", "service.offer[1]"),
    ("baseline", "provider_contacts.0", {"role": "representative", "name": "A"}, "contact.unreachable", "provider_contacts[representative]"),
    ("baseline", "provider_contacts", [_REACHABLE], "contact.role-missing", "provider_contacts"),
    ("baseline", "governing_law.country", "US", "law.outside-eu", "governing_law.country"),
    ("baseline", "governing_law.country", "EU", "law.outside-eu", "governing_law.country"),
    ("baseline", "locations.service", "GB", "location.outside-eu", "locations.service"),
    ("baseline", "locations.operations", ["FR", "CH"], "location.outside-eu", "locations.operations[1]"),
    ("baseline", "exclusions.example", True, "exclusions.example", "exclusions.example"),
    ("baseline", "certificate.reference", "X", "certificate.no-file", "certificate"),
    ("baseline", "certificate.specimen", True, "certificate.specimen", "certificate.specimen"),
    ("baseline", "locations.technical_data", "US", "location.outside-eu", "locations.technical_data"),
    ("baseline", "provider.country", "DE", "party.siren-abroad", "provider.siren"),
    (
        "baseline",
        "provider",
        {**changed(starter_data(), "provider.siren", None)["provider"], "country": "DE"},
        "provider.incomplete",
        "provider.registration.number",
    ),
    ("client", "contract", {"kind": "public"}, "contract.unidentified", "contract"),
    ("client", "client.country", "LU", "party.siren-abroad", "client.siren"),
    ("client", "client.without", ["registration"], "client.unprinted", "client.siren"),
    ("client", "client.kind", "person", "client.unprinted", "client.legal_form"),
    ("baseline", "locations.client_data_limit", ["DE"], "location.outside-limit", "locations.client_data"),
    ("baseline", "locations.service", "FR", "location.operations-elsewhere", "locations.operations[1]"),
    ("client", "document.effective_date", "2026-06-14", "document.before-contract", "document.effective_date"),
    ("baseline", "services", [{"id": "a", "name": "A", "model": "iaas", "runs_on": "b"}], "service.underlying-unknown", "services[a].runs_on"),
    ("baseline", "services", [{"id": "a", "name": "A", "model": "saas"}], "service.model-differs", "services[a].model"),
    (
        "baseline",
        "services",
        [{"id": "a", "name": "A", "model": "iaas", "regions": [{"name": "x"}]}],
        "service.region-differs",
        "services[a].regions",
    ),
    (
        "baseline",
        "underlying_services",
        [{"id": "u", "provider": "P", "name": "S", "model": "iaas", "attestation": "none"}],
        "service.attestation-unknown",
        "underlying_services[u].attestation",
    ),
    ("client", "subscriptions", [{"service": "a"}], "subscription.service-unknown", "subscriptions[a].service"),
    ("baseline", "attestations", [{**_ATTESTATION, "expires_on": "2026-01-01"}], "attestation.dates", "attestations[a].expires_on"),
    (
        "baseline",
        "attestations",
        [{**_ATTESTATION, "issued_on": "2025-01-01", "expires_on": "2025-02-01"}],
        "attestation.expired",
        "attestations[a].expires_on",
    ),
    ("baseline", "attestations", [{**_ATTESTATION, "specimen": True}], "attestation.specimen", "attestations[a].specimen"),
    ("baseline", "attestations", [_ATTESTATION], "attestation.no-file", "attestations[a]"),
    ("client", "client.siren", "999 999 022", "client.is-provider", "client.siren"),
    ("client", "client.kind", "association", "client.unprinted", "client.register_city"),
    ("client", "client.kind", "public-body", "client.unprinted", "client.share_capital"),
    ("client", "client.country", "LU", "client.unprinted", "client.register_city"),
    ("client", "client", {"legal_name": "Mairie de Ploërmel"}, "client.kind-unknown", "client.legal_name"),
    ("client", "client", {"legal_name": "L’Association des Brumes"}, "client.kind-unknown", "client.legal_name"),
    ("client", "client", {"legal_name": "Dr Élodie d’Hérouville"}, "client.kind-unknown", "client.legal_name"),
    (
        "client",
        "client",
        {"legal_name": "Élodie Roux", "legal_form": {"fr": "médecin libéral", "en": "a doctor"}},
        "client.kind-unknown",
        "client.legal_form",
    ),
    ("client", "client", {"legal_name": "Élodie Roux", "kind": "person", "short_name": "Roux"}, "party.gender-unknown", "client.kind"),
    (
        "both",
        "*",
        {
            "baseline": {"commitments": {"jurisdiction": {"court": {"fr": "tribunal de commerce de Paris", "en": "a"}}}},
            "client": {"client.kind": "association"},
        },
        "jurisdiction.not-traders",
        "commitments.jurisdiction.court",
    ),
    (
        "both",
        "*",
        {"baseline": {"commitments": {"jurisdiction": {"court": {"fr": "tribunal administratif de Rouen", "en": "a"}}}}, "client": {}},
        "jurisdiction.not-public",
        "commitments.jurisdiction.court",
    ),
    (
        "client",
        "client",
        {"legal_name": "Claire Duval", "kind": "person", "gender": "feminine", "signatory": {"name": "Claire Duval"}},
        "party.represents-itself",
        "client.signatory.name",
    ),
    ("client", "client.register_city", "RCS de Lyon", "party.said-already", "client.register_city"),
    ("client", "client.register_city", "842 139 578 R.C.S. LYON B", "party.said-already", "client.register_city"),
    ("client", "client.signatory.name", "M. Jean Roux, Président", "party.said-already", "client.signatory.name"),
    ("client", "client.legal_form.fr", "SARL au capital de 8000 euros", "party.said-already", "client.legal_form.fr"),
    ("client", "client", {"legal_name": "Mme Inès Barbet", "kind": "person", "gender": "feminine"}, "person.civility", "client.legal_name"),
    ("client", "client", {"legal_name": "Commune de Saint-Aubin", "kind": "public-body"}, "party.gender-unknown", "client.kind"),
    ("client", "*", {"client.kind": "public-body", "contract": {"kind": "general-terms"}}, "contract.public-body", "contract.kind"),
    ("baseline", "notices.change", {"days": 45}, "acceptance.none", "notices.change"),
    ("client", "client.signatory.name", "M. Paul Lenoir", "person.civility", "client.signatory.name"),
    ("client", "client_contacts.0.name", "Madame Claire Roux", "person.civility", "client_contacts[representative].name"),
    ("client", "client.signatory.title.fr", "Madame la Gérante", "party.said-already", "client.signatory.title.fr"),
    ("client", "client.without", ["registration"], "client.unregistered", "client.siren"),
    ("client", "client.legal_name", "Client Exemple", "data.example", "client.legal_name"),
    ("client", "client.legal_name", "Acme \u202e03\u202c SA", "data.unseen", "client.legal_name"),
    ("client", "client.signatory.title", {"fr": "directrice\u200b", "en": "b"}, "data.unseen", "client.signatory.title.fr"),
    ("baseline", "third_parties.others.0.name", "R\U000e0041", "data.unseen", "third_parties.others[R\U000e0041].name"),
    ("baseline", "third_parties.others.0.formerly", ["A", "B\ufeff"], "data.unseen", "third_parties.others[Réseau Exemple].formerly[1]"),
    ("client", "client.signatory.title", {"fr": "le directeur", "en": "director"}, "signatory.article", "client.signatory.title.fr"),
    ("client", "client.signatory.title", {"fr": "L’adjointe au maire", "en": "deputy"}, "signatory.article", "client.signatory.title.fr"),
    ("baseline", "provider.signatory.title", {"fr": "La présidente", "en": "chair"}, "signatory.article", "provider.signatory.title.fr"),
    (
        "client",
        "client.signatory.authority",
        {"fr": "délibération du 3 mars", "en": "duly authorised"},
        "signatory.authority",
        "client.signatory.authority.fr",
    ),
    ("client", "contract", {"reference": "CS-2026-117"}, "contract.unprinted", "contract"),
    ("client", "contract", {"kind": "general-terms", "date": "2026-06-15"}, "contract.unprinted", "contract"),
    ("client", "contract.reference", None, "contract.unidentified", "contract"),
    ("client", "client_contacts.2", {"role": "security-incidents", "name": "B"}, "contact.unreachable", "client_contacts[security-incidents]"),
    (
        "client",
        "client_contacts.2",
        {"role": "security-incidents", "availability": _TEXT},
        "contact.unreachable",
        "client_contacts[security-incidents]",
    ),
    ("client", "client_contacts.2", {"role": "security-incidents", "job_title": _TEXT}, "contact.unreachable", "client_contacts[security-incidents]"),
    ("client", "client_contacts", [_REACHABLE, _REACHABLE], "data.doubled", "client_contacts[representative#2]"),
    ("client", "client_contacts", [_REACHABLE], "contact.unknown", "client_contacts"),
    ("client", "client.share_capital", {"amount": 0}, "party.no-capital", "client.share_capital"),
    ("client", "client.legal_name", "**Exemple** SA", "data.markup", "client.legal_name"),
    ("client", "client.legal_name", "à définir", "data.placeholder", "client.legal_name"),
    ("client", "client.signatory.name", "à désigner par le client", "data.placeholder", "client.signatory.name"),
    ("client", "document.reference", "XXX", "data.placeholder", "document.reference"),
    ("client", "client.registered_office", "[adresse]", "data.placeholder", "client.registered_office"),
    (
        "client",
        "client_contacts.0.job_title",
        {"fr": "TBD", "en": "to be confirmed"},
        "data.placeholder",
        "client_contacts[representative].job_title.en",
    ),
    ("baseline", "service.name", "Lorem ipsum dolor", "data.placeholder", "service.name"),
    ("baseline", "locations.infrastructure", "DE", "location.infrastructure-elsewhere", "locations.infrastructure"),
    (
        "baseline",
        "*",
        {
            "services": [{"id": "a", "name": "A", "model": "iaas"}],
            "underlying_services": [{"id": "u", "provider": "P", "name": "S", "model": "iaas", "attestation": "a"}],
            "attestations": [_ATTESTATION],
        },
        "service.underlying-unused",
        "underlying_services[u]",
    ),
    (
        "baseline",
        "*",
        {"underlying_services": [{"id": "u", "provider": "P", "name": "S", "model": "iaas", "attestation": "a"}], "attestations": [_ATTESTATION]},
        "service.attestation-kind",
        "underlying_services[u].attestation",
    ),
    ("client", "document.history", [_version("0.9", "2026-10-01")], "history.version-missing", "document.history"),
    ("client", "document.history", [_version("0.9", "2026-10-02"), _version("1.0", "2026-10-01")], "history.order", "document.history[1.0].date"),
    ("client", "document.history", [_version("1.0", "2026-12-02")], "history.after-effect", "document.history[1.0].date"),
]


def with_fault(file: str, path: str, value: Any) -> dict[str, dict[str, Any]]:
    """Return the starter's baseline and a client file with a value of one, or of each of both, replaced."""
    data = {"baseline": starter_data(), "client": client_data()}
    for each, inner in value.items() if file == "both" else ((file, value),):
        data[each] = changed(data[each], path, inner)
    return data


def _found(folder: Path, baseline: dict[str, Any], client: dict[str, Any]) -> list[tuple[str, str | None, int | None]]:
    path = write_pair(folder, baseline, client)
    try:
        findings = load(path, today=TODAY).findings
    except FindingsError as error:
        findings = error.diagnostics
    return [(finding.rule, finding.path, finding.line) for finding in findings]


@pytest.mark.parametrize(("file", "path", "value", "rule", "where"), FAULTS, ids=lambda value: str(value)[:40])
def test_each_fault_is_found_where_it_is(tmp_path: Path, file: str, path: str, value: Any, rule: str, where: str) -> None:
    data = with_fault(file, path, value)
    found = _found(tmp_path, data["baseline"], data["client"])
    assert (rule, where) in [(each, at) for each, at, _ in found]
    assert all(line for _, _, line in found)


def test_each_starter_file_of_which_something_is_left_is_told_once_with_all_of_it() -> None:
    for folder in (_STARTER, _STARTER / "fr"):
        found = [each for each in load(folder / "client.yaml").findings if each.rule == "data.example"]
        assert [each.path for each in found] == ["provider.legal_name", "document.reference"]
        assert all(
            name in str(found[0].message) for name in ("Nuage Exemple", "999999022", "1 rue de l’Exemple", "Centre Exemple", "soc@example.com")
        )
        assert all(name in str(found[1].message) for name in ("SNC-0001", "Client Exemple", "Dominique Exemple"))
        assert all(each.line for each in found)


def test_a_change_that_the_client_accepts_is_no_note() -> None:
    assert "acceptance.none" in {each.rule for each in load(EXAMPLES / "outscale" / "client.yaml").findings}
    assert "acceptance.none" not in {each.rule for each in load(EXAMPLES / "complete" / "client.yaml").findings}


def test_the_starter_files_have_no_errors(tmp_path: Path) -> None:
    assert {rule for rule, _, _ in _found(tmp_path, starter_data(), client_data())} == {
        "certificate.no-file",
        "contact.unknown",
        "exclusions.example",
        "data.example",
        "acceptance.none",
    }


@pytest.mark.parametrize(
    "given", [{"kind": "company"}, {"legal_form": {"fr": "société anonyme", "en": "SA"}}, {"legal_name": "Villeneuve Informatique"}]
)
def test_a_client_that_is_a_company_by_its_data_or_name_is_not_asked_what_it_is(tmp_path: Path, given: dict[str, Any]) -> None:
    found = _found(tmp_path, starter_data(), changed(client_data(), "client", {"legal_name": "Ville Numérique", **given}))
    assert "client.kind-unknown" not in [rule for rule, _, _ in found]


def test_a_client_contact_of_whom_nothing_is_known_is_no_fault(tmp_path: Path) -> None:
    found = _found(tmp_path, starter_data(), changed(client_data(), "client_contacts", [{"role": "representative"}]))
    assert "contact.unreachable" not in [rule for rule, _, _ in found]


def test_two_contacts_may_share_a_role(tmp_path: Path) -> None:
    other = {**_REACHABLE, "name": "B"}
    found = _found(tmp_path, starter_data(), changed(client_data(), "client_contacts", [_REACHABLE, other]))
    assert "data.doubled" not in [rule for rule, _, _ in found]


def test_every_rule_is_shown_to_find_each_thing_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each rule, run by itself, finds what it says it does in a case that changes one thing, and nothing else: a rule without a case fails here."""
    found: dict[tuple[str, ...], set[str]] = {names: set() for names in RULES}

    def watched(names: tuple[str, ...], rule: Rule) -> Rule:
        def run(agreement: Agreement, day: date) -> Iterator[Diagnostic]:
            for finding in rule(agreement, day):
                found[names].add(finding.rule)
                yield finding

        return run

    for names, rule in list(RULES.items()):
        monkeypatch.setitem(RULES, names, watched(names, rule))
    for file, path, value, _, _ in FAULTS:
        data = with_fault(file, path, value)
        _found(tmp_path, data["baseline"], data["client"])
    for path, value, _, _ in COMMITMENT_FAULTS:
        found_of_commitment(tmp_path, path, value)
    assert found == {names: set(names) for names in RULES}


def test_a_finding_on_the_second_contact_of_a_role_has_the_second_ones_line(tmp_path: Path) -> None:
    contacts = [_REACHABLE, {"role": "representative", "name": "B"}]
    found = _found(tmp_path, starter_data(), changed(client_data(), "client_contacts", contacts))
    line = next(line for rule, _, line in found if rule == "contact.unreachable")
    text = (tmp_path / "client.yaml").read_text(encoding="utf-8").split("\n")
    assert '"name": "B"' in "".join(text[(line or 0) - 1 : (line or 0) + 3])


@pytest.mark.parametrize(
    "text",
    [
        "à définir",
        "A COMPLETER",
        "(à préciser)",
        "tbd",
        "T.B.C.",
        "to be confirmed.",
        "xxx",
        "XXXX",
        "???",
        "…",
        "...",
        "____",
        "[nom]",
        "<company name>",
        "n.c.",
        "inconnu",
        "jj/mm/aaaa",
        "TODO",
        "pending",
        "SNC-TBD",
        "rue [à compléter], Lyon",
    ],
)
def test_what_stands_for_something_to_come_is_found(tmp_path: Path, text: str) -> None:
    found = _found(tmp_path, starter_data(), changed(client_data(), "client.registered_office", text))
    assert ("data.placeholder", "client.registered_office") in [(rule, where) for rule, where, _ in found]


@pytest.mark.parametrize(
    "text",
    [
        "12 rue de la Paix",
        "Xerox, 1 rue X",
        "TBDS SA",
        "les modalités sont à définir d’un commun accord",
        "Test-Achats",
        "A",
        "3",
        "Nom de Dieu SA",
        "XX Octobre",
    ],
)
def test_what_only_looks_like_it_is_not(tmp_path: Path, text: str) -> None:
    found = _found(tmp_path, starter_data(), changed(client_data(), "client.registered_office", text))
    assert "data.placeholder" not in [rule for rule, _, _ in found]


def test_a_client_contact_known_by_name_alone_is_a_warning() -> None:
    record = {"client_contacts": [{"role": "security-incidents", "name": "Ada"}], "contract": {"kind": "general-terms"}}
    (finding,) = [
        each for each in load(record, baseline=EXAMPLES / "outscale" / "baseline.yaml", today=TODAY).findings if each.rule == "contact.unreachable"
    ]
    assert (finding.severity, finding.path) == (Severity.WARNING, "client_contacts[security-incidents]")
