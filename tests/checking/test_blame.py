"""What a layer does to the clauses below it is said at its own files, once, and never in a shipped file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, inspect, load_agreement
from snc_docs.assembly import language_differences
from snc_docs.checking.templates import check_templates
from snc_docs.diagnostics import Diagnostic
from snc_docs.templating.folders import layered, shipped_folder, template_folders
from snc_docs.templating.outline import read_outline
from tests.checking.test_rules import FIXTURES, check, overlay
from tests.tools import EXAMPLES, LANGUAGES, TODAY

CLAUSES = [entry.id for entry in read_outline(template_folders())]
BROKEN = {
    "syntax": "# Title {#CLAUSE}\n\n{% if client %}\nWords.\n",
    "an unknown field": "# Title {#CLAUSE}\n\n{{ client.nickname }}\n",
    "another identifier": "# Title {#other}\n\nWords.\n",
    "bad markup": "# Title {#CLAUSE}\n\n> Words.\n",
    "no words": "",
    "no term and no part": "# Title {#CLAUSE}\n\nNothing more.\n",
    "another's identifier": "# Title {#CLAUSE}\n\nNothing more.\n\n## Part {#OTHER}\n\nNothing.\n",
}


@pytest.fixture(scope="module")
def complete() -> Agreement:
    return load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)


def _laid(folder: Path, clause: str, text: str, languages: Iterable[str] = LANGUAGES) -> Path:
    other = CLAUSES[CLAUSES.index(clause) - 1]
    for language in languages:
        (folder / language).mkdir(exist_ok=True)
        (folder / language / f"{clause}.md.j2").write_text(text.replace("CLAUSE", clause).replace("OTHER", other), encoding="utf-8")
    return folder


def _outline(folder: Path, change: tuple[str, str]) -> Path:
    text = (shipped_folder() / "outline.yaml").read_text(encoding="utf-8")
    assert re.search(change[0], text, flags=re.MULTILINE)
    (folder / "outline.yaml").write_text(re.sub(*change, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    return folder


def _elsewhere(findings: Iterable[Diagnostic], folder: Path) -> list[tuple[str, str | None, str]]:
    """Return the findings on files outside a layer."""
    return [(each.rule, each.file, each.message.en) for each in findings if each.file and not Path(each.file).is_relative_to(folder)]


def _built(agreement: Agreement, folder: Path) -> list[Diagnostic]:
    """Return what a build in both languages finds."""
    try:
        documents = [inspect(agreement, language, folder) for language in LANGUAGES]
    except FindingsError as error:
        return list(error.diagnostics)
    found = [finding for each in documents for finding in each.findings]
    return [*found, *language_differences(documents[0].document, documents[1].document, layered(agreement, folder))]


@pytest.mark.parametrize("rule", [rule for rule in FIXTURES if rule.split(".")[0] not in ("coverage", "field")])
def test_a_fault_in_an_overlaid_file_is_said_there_alone(tmp_path: Path, rule: str) -> None:
    assert _elsewhere(check(overlay(tmp_path, *FIXTURES[rule]), with_data=False), tmp_path) == []


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("clause", CLAUSES)
def test_no_clause_that_a_layer_breaks_puts_a_finding_into_a_shipped_file(tmp_path: Path, clause: str, kind: str) -> None:
    assert _elsewhere(check_templates(template_folders(_laid(tmp_path, clause, BROKEN[kind]))), tmp_path) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clause", CLAUSES)
def test_no_clause_that_a_layer_lays_over_in_one_language_puts_a_finding_into_a_shipped_file(tmp_path: Path, clause: str, language: str) -> None:
    folder = _laid(tmp_path, clause, BROKEN["no term and no part"], [language])
    assert _elsewhere(check_templates(template_folders(folder)), tmp_path) == []


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("clause", CLAUSES)
def test_no_build_with_a_broken_clause_puts_a_finding_into_a_shipped_file(complete: Agreement, tmp_path: Path, clause: str, kind: str) -> None:
    assert _elsewhere(_built(complete, _laid(tmp_path, clause, BROKEN[kind])), tmp_path) == []


@pytest.mark.parametrize("clause", [clause for clause in CLAUSES if clause != "cover"])
def test_a_clause_that_an_outline_leaves_out_is_said_at_the_outline(complete: Agreement, tmp_path: Path, clause: str) -> None:
    folder = _outline(tmp_path, (rf"^  - {{id: {clause}, .*\n", ""))
    assert _elsewhere(check(folder, with_data=False), tmp_path) == []
    assert _elsewhere(_built(complete, folder), tmp_path) == []


def _one(findings: Iterable[Diagnostic], rule: str) -> Diagnostic:
    (finding,) = (each for each in findings if each.rule == rule)
    return finding


def test_a_heading_that_shipped_clauses_refer_to_is_missed_once_at_the_file_laid_over_it(complete: Agreement, tmp_path: Path) -> None:
    _laid(tmp_path, "secure-erasure", "# Title {#erasure-elsewhere}\n\nWords.\n")
    _laid(tmp_path, "appendix-a", "# Title {#appendix-a}\n\nWords.\n\n## Certificate {#renamed}\n\nWords.\n")
    _laid(tmp_path, "compliance", BROKEN["no term and no part"])
    folder = _outline(tmp_path, (r"^  - {id: compliance, role: clause", "  - {id: compliance, role: unnumbered"))
    for found in (check(folder, with_data=False), _built(complete, folder)):
        assert _elsewhere(found, folder) == []


def _text(clause: str, language: str = "en") -> str:
    return (shipped_folder() / language / f"{clause}.md.j2").read_text(encoding="utf-8")


def _layer(folder: Path, name: str, **clauses: str) -> Path:
    """Write a layer of clauses, their parts behind their titles."""
    layer = folder / name
    layer.mkdir()
    for clause, text in clauses.items():
        _laid(layer, clause, f"# Title {{#CLAUSE}}\n\n{text}\n")
    return layer


@pytest.mark.parametrize("source", ["check", "build"])
def test_the_finding_names_the_clause_the_heading_and_who_refers_to_it(outscale: Agreement, tmp_path: Path, source: str) -> None:
    provider = _layer(
        tmp_path, "provider", purpose="As in [](#own).\n\nAnd in [](#own).", contacts="As in [:title](#own).", audit="## Part {#own}\n\nWords."
    )
    client = _layer(tmp_path, "client", audit="Words.")
    layers = [provider, client]
    found = check_templates(template_folders(layers)) if source == "check" else list(inspect(outscale, "en", layers).findings)
    assert [each for each in found if each.rule == "reference.unknown"] == []
    finding = next(each for each in found if each.rule == "layer.heading-gone" and "en" in Path(each.file or "").parts)
    places = (f"{provider}/en/contacts.md.j2:3", f"{provider}/en/purpose.md.j2:3", f"{provider}/en/purpose.md.j2:5")
    assert (finding.file, finding.line, finding.clause, finding.severity) == (str(client / "en" / "audit.md.j2"), 1, "audit", "error")
    assert finding.message.en == (
        f"clause 'audit', laid over that of a lower layer, no longer has the heading {{#own}}; references to it: {', '.join(places)}"
    )


def test_more_than_three_places_are_counted(outscale: Agreement, tmp_path: Path) -> None:
    provider = _layer(tmp_path, "provider", purpose="As in [](#own).\n\n" * 5, audit="## Part {#own}\n\nWords.")
    found = inspect(outscale, "fr", [provider, _layer(tmp_path, "client", audit="Words.")]).findings
    assert _one(found, "layer.heading-gone").message.fr.endswith("purpose.md.j2:5 (+ 2)")


def test_an_own_clause_that_takes_the_identifier_of_a_shipped_part_is_said_there(outscale: Agreement, tmp_path: Path) -> None:
    folder = _laid(tmp_path, "cover", _text("cover") + "\n## Audit {#audit}\n\nWords.\n")
    finding = _one(inspect(outscale, "en", folder).findings, "identifier.doubled")
    assert (finding.file, "templates/" in finding.message.en) == (str(folder / "en" / "cover.md.j2"), True)


def test_a_condition_of_an_own_outline_that_hides_what_shipped_clauses_refer_to_is_said_at_its_line(outscale: Agreement, tmp_path: Path) -> None:
    folder = _outline(tmp_path, (r"{id: compliance, role: clause, ", "{id: compliance, role: clause, when: commitments.health_data, "))
    found = _built(outscale, folder)
    assert _elsewhere(found, folder) == []
    lines = (folder / "outline.yaml").read_text(encoding="utf-8").split("\n")
    gone = [each for each in found if each.rule == "layer.heading-gone"]
    assert {(each.file, "id: compliance" in lines[(each.line or 0) - 1]) for each in gone} == {(str(folder / "outline.yaml"), True)}


def test_a_part_that_an_own_outline_makes_an_article_is_said_at_its_line(outscale: Agreement, tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    _laid(below, "purpose", "# Purpose {#purpose}\n\nAs in [:number](#location).\n")
    folder = tmp_path / "above"
    folder.mkdir()
    _outline(folder, (r"{id: location, role: part", "{id: location, role: clause"))
    finding = _one(inspect(outscale, "en", [below, folder]).findings, "layer.role-changed")
    assert (finding.file, finding.clause, str(below) in finding.message.en) == (str(folder / "outline.yaml"), "location", True)


def test_the_layer_that_took_it_is_to_blame_and_a_reference_of_the_same_layer_itself(outscale: Agreement, tmp_path: Path) -> None:
    provider = _layer(tmp_path, "provider", purpose="As in [](#own).", audit="## Part {#own}\n\nWords.")
    client = _layer(tmp_path, "client", audit="Words.")
    both = _layer(tmp_path, "both", audit="Words.", purpose="As in [](#own).")
    for layers, rule, file in (
        ([provider], None, None),
        ([provider, client], "layer.heading-gone", client / "en" / "audit.md.j2"),
        ([provider, both], "reference.unknown", both / "en" / "purpose.md.j2"),
        ([client, provider], None, None),
        ([provider, client, both], "reference.unknown", both / "en" / "purpose.md.j2"),
    ):
        found = [(each.rule, each.file) for each in inspect(outscale, "en", layers).findings if each.severity == "error"]
        assert found == ([(rule, str(file))] if rule else []), layers


def test_a_term_to_avoid_that_shipped_clauses_use_is_said_at_the_list(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("fr: []\n\navoid:\n  fr: []\n  en:\n    - {words: supersede, instead: replace}\n", encoding="utf-8")
    found = [each for each in check(tmp_path, with_data=False) if each.rule == "term.avoided"]
    assert {(each.file, each.line) for each in found} == {(str(tmp_path / "names.yaml"), 6)}
    assert any("templates/en/purpose.md.j2" in each.message.en for each in found)


def test_a_field_that_an_overlaid_clause_no_longer_prints_is_said_there(tmp_path: Path) -> None:
    for language in LANGUAGES:
        overlay(tmp_path, f"{language}/appendix-b.md.j2", "{{ certificate.framework_version }}", "3.2")
    assert _one(check(tmp_path, with_data=False), "field.unprinted").file in {str(tmp_path / language / "appendix-b.md.j2") for language in LANGUAGES}


def test_clauses_of_the_shipped_outline_alone_have_no_layer_to_blame(outscale: Agreement) -> None:
    assert [each for each in inspect(outscale, "en").findings if each.rule.startswith("layer.")] == []
