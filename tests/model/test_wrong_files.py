"""Files as people get them wrong: what each is told, in both languages, written down so that every message is read when it changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from snc_docs import FindingsError, SncDocsError, load
from snc_docs.diagnostics import Severity
from tests.tools import ROOT, TODAY, assert_golden

_STARTER: Final = ROOT / "snc_docs" / "cli" / "starter"
# Lines of the client file that somebody got wrong.
_NAME = "  legal_name: Client Exemple"
_SIREN = '  # siren: "999 999 030"'
_DAY = '  # effective_date: "2026-12-01"'
_COUNTRY = "  # country: FR"
_EMAIL = "    email: technique@client.example.com"
_ADDRESS = "technique@client.example.com"
_CAPITAL = "  # share_capital: {amount: 50000, currency: EUR}"
_CONTRACT = "contract:\n"
_KIND = "kind: general-terms"
# Of the client file and of the baseline: what somebody did, and the text in whose place another stands.
_CLIENT: Final = [
    ("siren-letters", _SIREN, '  siren: "999 999 O30"'),
    ("siren-short", _SIREN, '  siren: "12"'),
    ("siren-number", _SIREN, "  siren: 999999030"),
    ("siren-checksum", _SIREN, '  siren: "999 999 031"'),
    ("siret-for-siren", _SIREN, '  siren: "999 999 030 00019"'),
    ("date-french", _DAY, "  effective_date: 01/12/2026"),
    ("date-words", _DAY, "  effective_date: 1er décembre 2026"),
    ("date-impossible", _DAY, '  effective_date: "2026-02-30"'),
    ("date-missing-zero", _DAY, "  effective_date: 2026-12-1"),
    ("version-number", 'version: "1.0"', "version: 1.0"),
    ("nom", _NAME, "  nom: Client Exemple"),
    ("raison-sociale", _NAME, "  raison_sociale: Client Exemple"),
    ("name", _NAME, "  name: Client Exemple"),
    ("legalName", _NAME, "  legalName: Client Exemple"),
    ("legal-name-hyphen", _NAME, "  legal-name: Client Exemple"),
    ("legal-name-typo", _NAME, "  legal_nmae: Client Exemple"),
    ("empty-name", _NAME, '  legal_name: ""'),
    ("client-as-text", "client:\n  legal_name: Client Exemple", "client: Client Exemple"),
    ("tab", _NAME, "\tlegal_name: Client Exemple"),
    ("no-space-after-colon", _NAME, "  legal_name:Client Exemple"),
    ("colon-in-text", _NAME, "  legal_name: Client: Exemple"),
    ("quote-open", _NAME, '  legal_name: "Client Exemple'),
    ("duplicate", _NAME, "  legal_name: Client Exemple\n  legal_name: Autre"),
    ("kind-fr", _KIND, "kind: conditions générales"),
    ("kind-typo", _KIND, "kind: general-term"),
    ("kind-missing", "  kind: general-terms                            # or", "  # or"),
    ("specific-without", _KIND, "kind: specific"),
    ("role-fr", "role: technical-account", "role: technique"),
    ("role-missing", "  - role: technical-account\n    name", "  - name"),
    (
        "contacts-not-list",
        "  - role: technical-account\n    name: Dominique Exemple\n    email",
        "  role: technical-account\n  name: Dominique Exemple\n  email",
    ),
    ("email", _ADDRESS, "technique(at)client.example.com"),
    ("email-two", _ADDRESS, "a@client.example.com, b@client.example.com"),
    ("phone", _EMAIL, '    email: technique@client.example.com\n    telephone: "01"'),
    ("phone-number", _EMAIL, "    email: technique@client.example.com\n    telephone: 0102030405"),
    ("phone-fr", _EMAIL, '    email: technique@client.example.com\n    téléphone: "01 02 03 04 05"'),
    ("capital-text", _CAPITAL, "  share_capital: 50 000 €"),
    ("capital-spaces", _CAPITAL, "  share_capital: {amount: 50 000, currency: EUR}"),
    ("currency-€", _CAPITAL, "  share_capital: {amount: 50000, currency: €}"),
    ("currency-eur", _CAPITAL, "  share_capital: {amount: 50000, currency: euros}"),
    (
        "legal-form-one-lang",
        "  # legal_form: {fr: société anonyme (SA) de droit français, en: a French public limited company (SA)}",
        "  legal_form: SA",
    ),
    (
        "legal-form-fr-only",
        "  # legal_form: {fr: société anonyme (SA) de droit français, en: a French public limited company (SA)}",
        "  legal_form: {fr: société anonyme}",
    ),
    ("uncommented-askew", _SIREN, '   siren: "999 999 030"'),
    ("contacts-empty", "  - role: technical-account\n    name: Dominique Exemple\n    email: technique@client.example.com\n", ""),
    ("country-word", _COUNTRY, "  country: France"),
    ("country-lower", _COUNTRY, "  country: fr"),
    ("country-UK", _COUNTRY, "  country: UK"),
    (
        "signatory-text",
        "  # signatory:\n  #   name: Dominique Exemple\n  #   title: {fr: directeur général, en: Managing Director}",
        "  signatory: Dominique Exemple",
    ),
    ("baseline-missing", "baseline: baseline.yaml", "baseline: socle.yaml"),
    ("baseline-none", "baseline: baseline.yaml\n", ""),
    ("third_parties", _CONTRACT, "third_parties:\n  others: []\n\ncontract:\n"),
    ("templated", _NAME, '  legal_name: "{{ client }}"'),
    ("tbd", "  reference: SNC-0001", "  reference: TBD"),
    ("facts-unknown", _CONTRACT, "facts:\n  colour: red\n\ncontract:\n"),
    ("subscribed-unknown", _CONTRACT, "subscriptions:\n  - foo\n\ncontract:\n"),
    ("markdown", _NAME, '  legal_name: "**Client** Exemple"'),
    ("html", _NAME, '  legal_name: "<b>Client</b>"'),
    ("anchor-bomb", _NAME, "  legal_name: &a [*a]"),
    ("smart-quotes", 'version: "1.0"', "version: “1.0”"),
    ("yes", "  reference: SNC-0001", "  reference: yes"),
    ("indent", '  version: "1.0"', '   version: "1.0"'),
]
_BASELINE: Final = [
    ("period-in-words", "change: {days: 30}", "change: 30 jours"),
    ("period-number", "change: {days: 30}", "change: 30"),
    ("period-unit-fr", "change: {days: 30}", "change: {jours: 30}"),
    ("period-text-number", "change: {days: 30}", 'change: {days: "30"}'),
    ("period-year", "change: {days: 30}", "change: 1 an"),
    ("model-capitals", "models: [iaas]", "models: [IaaS]"),
    ("model-alone", "models: [iaas]", "models: iaas"),
    ("place-name", "service: EU ", "service: Union européenne "),
    ("place-list-names", "operations: [FR, EU]", "operations: [France, UE]"),
    ("language-name", "interface: [fr]", "interface: [FR]"),
    ("yes", "example: true", "example: oui"),
    ("category-unknown", "{name: Centre Exemple, category: data-centre}", "{name: Centre Exemple, category: datacentre}"),
    ("url-without-scheme", "fr: https://www.example.com/fr/matrice", "fr: www.example.com/fr/matrice"),
    (
        "text-cut-by-comma",
        "{fr: obligations légales et réglementaires, en: legal and regulatory obligations}",
        "{fr: obligations légales, en France, en: legal obligations}",
    ),
    ("english-missing", "scope: {fr: service NUAGE QUALIFIÉ, en: service NUAGE QUALIFIÉ}", "scope: {fr: service NUAGE QUALIFIÉ}"),
    ("expired", 'expires_on: "2028-12-31"', 'expires_on: "2025-12-31"'),
    ("day-of-certificate", 'issued_on: "2026-01-01"', "issued_on: 1 January 2026"),
    ("file-missing", "# file: certificate.pdf ", "file: attestation.pdf "),
    ("siren-of-client-field", "  siren:", "  SIREN:"),
    ("provider-field-at-top", "provider:                                        # every field is needed\n", "siren: '999 999 022'\nprovider:\n"),
]
_WHOLE: Final = [
    ("empty-file", ""),
    ("a-list", "- a\n- b\n"),
    ("words", "Bonjour, voici le client.\n"),
    ("json-cut", '{"client": {'),
    ("comments-alone", "# client\n"),
]


def _told(folder: Path) -> list[str]:
    """Return what is said of the files of a folder, errors alone, or the warnings where there are none."""
    try:
        found = load(folder / "client.yaml", today=TODAY).findings
    except FindingsError as error:
        found = tuple(each for each in error.diagnostics if each.severity is Severity.ERROR)
    except SncDocsError as error:
        return [f"  {text}".replace(str(folder), ".") for text in error.wording]
    lines = []
    for each in found:
        if each.rule not in ("exclusions.example", "certificate.no-file", "contact.unknown"):
            lines.append(f"  {Path(each.file or '').name}:{each.line} [{each.rule}] {each.path or ''}".rstrip())
            lines += [
                f"    {said}" for language in ("fr", "en") for said in (each.message.in_language(language), f"→ {each.hint.in_language(language)}")
            ]
    return [line.replace(f"{folder}/", "") for line in lines]


def test_what_each_wrong_file_is_told(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    texts = {name: (_STARTER / f"{name}.yaml").read_text(encoding="utf-8") for name in ("baseline", "client")}
    lines = []
    cases = [*((name, "client", was, now) for name, was, now in _CLIENT), *((name, "baseline", was, now) for name, was, now in _BASELINE)]
    cases += [(name, "client", texts["client"], now) for name, now in _WHOLE]
    for name, file, was, now in cases:
        assert was in texts[file], name
        for each, text in texts.items():
            (tmp_path / f"{each}.yaml").write_text(text.replace(was, now, 1) if each == file else text, encoding="utf-8")
        told = _told(tmp_path)
        assert told or name == "yes", name
        lines += [f"{name}:", *told]
    assert len(cases) > 60
    assert_golden(request, "wrong-files.txt", "\n".join(lines) + "\n")
