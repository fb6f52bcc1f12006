"""Clauses in a provider's own words, marked: they count by their words, wherever they stand, without any of the optional data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from snc_docs import Agreement, assemble, assess, load_agreement
from snc_docs.compliance.assessment import Assessment
from snc_docs.compliance.catalogue import Kind, catalogue
from snc_docs.compliance.times import days_said
from snc_docs.language import Language
from tests.tools import EXAMPLES, LANGUAGES, TODAY, client_data, run_command

OWN = {
    "fr": """# Nos engagements {#own}

[Le service est disponible](says:availability) [99,9 % du temps](says:availability-rate) [sur chaque mois](says:availability-period), pour
[l'accès à la plateforme](says:availability-scope).

[Le Prestataire sauvegarde les données chaque nuit](says:backup-statement). [L'administration à distance est permise aux
astreintes](says:remote-administration) ; [le support ne se connecte jamais à distance](says:remote-support).

[Les données sont rendues dans des formats de fichier ouverts](says:reversibility-formats) : [CSV et JSON](says:formats-listed).

[Toutes les données sont effacées de façon sécurisée](says:erasure-secure) après un préavis formel
[d'au moins 30 jours calendaires](says:erasure-notice), [sous 10 jours](says:erasure-period), par
[destruction des clés](says:erasure-methods).

[À la demande du Client](says:risk-on-request), le Prestataire l'aide [à apprécier le risque](says:risk-assessment) que crée
[le droit d'États hors de l'Union européenne](says:risk-non-eu-law).

[Les données sont traitées selon la loi](says:handling-lawful) en [avant-vente](says:handling-pre-sales), à la
[mise en service](says:handling-set-up), en [maintenance](says:handling-maintenance) et à [l'arrêt du service](says:handling-shutdown).

Le respect de la loi repose sur [une équipe de juristes](says:organisational-means) et sur
[un outil de journalisation](says:technical-means).
""",
    "en": """# Our commitments {#own}

[The service is available](says:availability) [99.9% of the time](says:availability-rate) [over each month](says:availability-period), for
[access to the platform](says:availability-scope).

[The Service Provider backs up the data each night](says:backup-statement). [Remote administration is open to those on
call](says:remote-administration); [support never connects remotely](says:remote-support).

[The data is given back in open file formats](says:reversibility-formats): [CSV and JSON](says:formats-listed).

[All the data is erased securely](says:erasure-secure) after formal notice of
[at least 30 calendar days](says:erasure-notice), [within 10 days](says:erasure-period), by
[destroying the keys](says:erasure-methods).

[At the Client's request](says:risk-on-request), the Service Provider helps it [to assess the risk](says:risk-assessment) that
[the law of States outside the European Union](says:risk-non-eu-law) creates.

[Data is handled as the law asks](says:handling-lawful) in [pre-sales](says:handling-pre-sales), at
[set-up](says:handling-set-up), in [maintenance](says:handling-maintenance) and at [shutdown of the service](says:handling-shutdown).

Compliance with the law rests on [a team of lawyers](says:organisational-means) and on
[a tool that keeps logs](says:technical-means).
""",
}


def _agreement(folder: Path, texts: dict[str, str]) -> Agreement:
    """Return the agreement of the least baseline and a known client, with one clause more in a layer."""
    for language, text in texts.items():
        (folder / "layer" / language).mkdir(parents=True, exist_ok=True)
        (folder / "layer" / language / "own.md.j2").write_text(text, encoding="utf-8")
    (folder / "layer" / "outline.yaml").write_text("add:\n  - {id: own, role: clause, after: obligations}\n", encoding="utf-8")
    baseline = yaml.safe_load((EXAMPLES / "minimal" / "baseline.yaml").read_text(encoding="utf-8"))
    baseline["certificate"]["file"] = "certificate.pdf"
    (folder / "certificate.pdf").write_bytes((EXAMPLES / "complete" / "certificate.pdf").read_bytes())
    (folder / "baseline.yaml").write_text(yaml.safe_dump({**baseline, "templates": "layer"}, allow_unicode=True), encoding="utf-8")
    (folder / "client.yaml").write_text(yaml.safe_dump(client_data(), allow_unicode=True), encoding="utf-8")
    return load_agreement(folder / "client.yaml", today=TODAY)


def _assessed(folder: Path, texts: dict[str, str], language: Language) -> Assessment:
    agreement = _agreement(folder, texts)
    return assess(agreement, assemble(agreement, language), TODAY)


def _verdict(folder: Path, texts: dict[str, str], language: Language, requirement: str) -> str:
    return next(each.verdict.value for each in _assessed(folder, texts, language) if each.requirement.id == requirement)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_agreement_in_own_words_meets_all_that_binds(tmp_path: Path, language: Language) -> None:
    binding = [each for each in _assessed(tmp_path, OWN, language) if each.requirement.kind is Kind.BINDING]
    assert {each.requirement.id: each.verdict.value for each in binding if each.verdict.value != "met"} == {}
    assert len(binding) == 23


@pytest.mark.parametrize(
    ("requirement", "language", "words", "instead"),
    [
        ("19.1.j", "fr", "99,9 % du temps", "presque toujours"),
        ("19.1.j", "en", "over each month", "over time"),
        ("19.4.a", "fr", "d'au moins 30 jours calendaires", "d'au moins 20 jours calendaires"),
        ("19.4.a", "en", "at least 30 calendar days", "some time"),
        ("19.4.a", "en", "within 10 days", "in due course"),
        ("19.4.a", "en", "destroying the keys", "suitable means"),
        ("19.1.m", "fr", "Le Prestataire sauvegarde les données chaque nuit", "Le Prestataire ne sauvegarde aucune donnée"),
        ("19.1.m", "en", "The Service Provider backs up the data each night", "The Service Provider doesn't back up the data"),
        ("19.1.i", "en", "CSV and JSON", "what suits"),
        ("19.1.d", "fr", "avant-vente", "tout temps"),
        ("19.1.f", "en", "a tool that keeps logs", "good will"),
        ("19.1.n", "fr", "le support ne se connecte jamais à distance", "il en va de même"),
        ("19.1.e", "en", "to assess the risk", "to see"),
    ],
)
def test_words_that_do_not_say_it_prove_nothing(tmp_path: Path, requirement: str, language: Language, words: str, instead: str) -> None:
    assert OWN[language].count(words) == 1
    changed = {**OWN, language: OWN[language].replace(words, instead)}
    assert _verdict(tmp_path, changed, language, requirement) != "met"


def test_no_backup_in_own_words_wants_a_warning_and_steps(tmp_path: Path) -> None:
    none = OWN["en"].replace("[The Service Provider backs up the data each night](says:backup-statement).", "BACKUP")
    denied = "[No backup is made](says:backup-statement)."
    warned = f"{denied} [The Client may lose its data](says:backup-warning). [Its step is to export it](says:backup-steps)."
    for text, verdict in ((denied, "partial"), (warned, "met")):
        assert _verdict(tmp_path, {**OWN, "en": none.replace("BACKUP", text)}, "en", "19.1.m") == verdict


def test_marks_are_proposed_for_words_of_own_clauses_and_change_no_verdict(tmp_path: Path) -> None:
    bare = {language: re.sub(r"\[([^\]]+)\]\(says:[^)]+\)", r"\1", text) for language, text in OWN.items()}
    _agreement(tmp_path, bare)
    client = tmp_path / "client.yaml"
    told = json.loads(run_command("compliance", client, "-l", "en", "--suggest", "--format", "json", "--today", "2026-11-26").stdout)
    proposed = {(each["requirement"], each["fact"]): each for each in told["suggestions"]["en"]}
    backup = proposed["19.1.m", "backup-statement"]
    assert backup["text"] == "The Service Provider backs up the data each night."
    assert backup["template"] == f"{tmp_path / 'layer' / 'en' / 'own.md.j2'}:6"
    assert ("19.1.j", "availability-rate") in proposed
    assert "19.1.k" not in {requirement for requirement, _ in proposed}  # met already
    plain = json.loads(run_command("compliance", client, "-l", "en", "--format", "json", "--today", "2026-11-26").stdout)
    assert (told["verdicts"], "suggestions" in plain) == (plain["verdicts"], False)
    shown = run_command("compliance", client, "-l", "en", "--suggest", "--ui-lang", "fr", "--today", "2026-11-26").stdout
    assert "says:backup-statement" in shown
    assert "Mots de vos clauses à relire" in shown


@pytest.mark.parametrize(("more", "proposed"), [("", False), ("\nThe service is available 99.9 % of the time.\n", True)])
def test_words_that_are_in_many_clauses_are_proposed_only_in_fit_company(tmp_path: Path, more: str, *, proposed: bool) -> None:
    english = f"# Secrecy {{#own}}\n\nThe Service Provider keeps the secret for three (3) years.\n{more}"
    _agreement(tmp_path, {"en": english, "fr": "# Secret {#own}\n\nLe Prestataire garde le secret.\n"})
    told = json.loads(run_command("compliance", tmp_path / "client.yaml", "-l", "en", "--suggest", "--format", "json").stdout)
    facts = {each["fact"] for each in told["suggestions"]["en"]}
    assert ("availability-period" in facts, "restoration-times" in facts) == (proposed, False)


def test_each_company_of_the_catalogue_is_a_fact_with_words() -> None:
    facts = catalogue().facts
    assert [each.id for each in facts.values() if each.beside and facts[each.beside].words is None] == []


def test_a_law_in_own_words_has_to_be_the_one_of_the_data(tmp_path: Path) -> None:
    for law, verdict in (("French law", "met"), ("German law", "missing")):
        agreement = _agreement(tmp_path, OWN)
        (tmp_path / "layer" / "en" / "governing-law.md.j2").write_text(
            f"# Law {{#governing-law}}\n\n[{law} governs this Service Agreement](says:law-named).\n", encoding="utf-8"
        )
        found = assess(agreement, assemble(agreement, "en"), TODAY)
        assert next(each.verdict.value for each in found if each.requirement.id == "19.1.c") == verdict


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("vingt et un (21) jours calendaires", "fr", 21),
        ("21\u00a0jours", "fr", 21),
        ("trois (3) semaines", "fr", 21),
        ("1 mois", "fr", 28),
        ("twenty-one (21) calendar days", "en", 21),
        ("3 weeks, then 10 days", "en", 21),
        ("21 pages", "en", 0),
        ("soon", "en", 0),
    ],
)
def test_a_time_is_read_from_words(text: str, language: Language, days: int) -> None:
    assert days_said(text, language) == days
