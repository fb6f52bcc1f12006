"""Each rule of the check of templates has a fixture: a small fault that gives that finding, with its file and line, and no other rule's silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from snc_docs import FindingsError, load_agreement
from snc_docs.building.inspecting import inspected
from snc_docs.checking.examples import example_agreements
from snc_docs.checking.templates import check_templates
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.model.commitments import Commitments
from snc_docs.model.loading import load
from snc_docs.model.practices import QualificationLoss
from snc_docs.templating.folders import shipped_folder, template_folders
from tests.tools import EXAMPLES, ROOT, TODAY

PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
# rule: (file, words to replace, what takes their place); "" as words puts it at the end of the file
FIXTURES: dict[str, tuple[str, str, str]] = {
    "template.fault": ("en/purpose.md.j2", "From its entry into force", "{% if %}\nFrom its entry into force"),
    "template.missing": ("outline.yaml", "- {id: cover, role: cover}", "- {id: cover, role: cover}\n  - {id: nowhere, role: clause}"),
    "template.reserved": ("en/purpose.md.j2", "From its entry into force", "\ue010 From its entry into force"),
    "template.control": ("en/purpose.md.j2", "From its entry into force", "{% set a = 1 %}\nFrom its entry into force"),
    "template.unknown-field": ("en/purpose.md.j2", "From its entry into force", "{{ client.nickname }} From its entry into force"),
    "template.unknown-filter": ("en/purpose.md.j2", "From its entry into force", "{{ client.legal_name|shout }} From its entry into force"),
    "template.inline-control": ("en/purpose.md.j2", "From its entry into force", "{% if client %}From{% endif %} its signature"),
    "outline.malformed": ("outline.yaml", "role: cover", "role: front"),
    "heading.level": ("en/purpose.md.j2", "From its entry into force", "### Deep {#deep}\n\nFrom its entry into force"),
    "heading.identifier": ("en/purpose.md.j2", "From its entry into force", "## No name\n\nFrom its entry into force"),
    "heading.reference": ("en/purpose.md.j2", "From its entry into force", "## See [](#audit) {#see}\n\nFrom its entry into force"),
    "markdown.not-in-dialect": ("en/purpose.md.j2", "From its entry into force", "> From its entry into force"),
    "markdown.too-deep": ("en/purpose.md.j2", "From its entry into force", "- " * 600 + "x\n\nFrom its entry into force"),
    "directive.malformed": ("en/purpose.md.j2", "From its entry into force", "::: frame\nx\n:::\n\nFrom its entry into force"),
    "directive.unbalanced": ("en/purpose.md.j2", "From its entry into force", "::: notice\nFrom its entry into force"),
    "link.address": ("en/purpose.md.j2", "From its entry into force", "[From](ftp://example.com) its signature"),
    "link.nested": ("en/purpose.md.j2", "From its entry into force", "[From [](#audit)](says:revision) its signature"),
    "reference.words": ("en/purpose.md.j2", "From its entry into force", "[here](#audit) its signature"),
    "reference.unknown": ("en/purpose.md.j2", "From its entry into force", "[](#nowhere) its signature"),
    "reference.bare-number": ("en/purpose.md.j2", "From its entry into force", "[:number](#audit) its signature"),
    "statement.malformed": ("en/purpose.md.j2", "From its entry into force", "[From](says:A+) its signature"),
    "statement.unknown": ("en/purpose.md.j2", "From its entry into force", "[From](says:nothing) its signature"),
    "statement.lost": ("en/audit.md.j2", "(says:audit-by-anssi)", "(says:audit-by-body)"),
    "statement.words": ("en/purpose.md.j2", "From its entry into force", "[From](says:audit-by-passi) its signature"),
    "covers.unknown": ("outline.yaml", '"19.1.b-3", ', '"99.9", "19.1.b-3", '),
    "term.two-cases": ("en/purpose.md.j2", "From its entry into force", "By a third party"),
    "wording.duty": ("en/purpose.md.j2", "From its entry into force, the", "The Client informs ANSSI. The"),
    "term.unused": ("en/definitions.md.j2", "Durability {#", "Sturdiness {#"),
    "term.undefined": ("en/purpose.md.j2", "From its entry into force", "From the Beginning its signature"),
    "term.avoided": ("en/purpose.md.j2", "From its entry into force", "From the signature of this Agreement"),
    "names.malformed": ("names.yaml", "words:", "word:"),
    "typography.quotes": ("en/purpose.md.j2", "From its entry into force", 'From its "signature"'),
    "typography.ellipsis": ("en/purpose.md.j2", "From its entry into force", "From its entry into force ..."),
    "typography.french-space": ("fr/purpose.md.j2", "Dès son entrée en vigueur,", "Dès son entrée en vigueur;"),
    "typography.english-quotes": ("fr/purpose.md.j2", "Dès son entrée", "Dès son “entrée”"),
    "typography.english-space": ("en/purpose.md.j2", "From its entry into force,", "From its entry into force ;"),
    "typography.french-quotes": ("en/purpose.md.j2", "From its entry into force", "From its « signature »"),
    "typography.elision": ("fr/purpose.md.j2", "Dès son entrée", "De {{ client.legal_name }}, dès son entrée"),
    "reference.typed": ("en/contacts.md.j2", "throughout the term of the Agreement.", "throughout the term of the Agreement, as in Article 7.6."),
    "reference.typed-heading": ("en/contacts.md.j2", "# Contacts {#contacts}", "# Article 13 – Contacts {#contacts}"),
    "parity.clauses": ("fr/purpose.md.j2", "# Objet {#purpose}", "# Objet {#other}"),
    "parity.headings": ("fr/contacts.md.j2", "[Chaque Partie, le Client compris", "## Liste {#list}\n\n[Chaque Partie, le Client compris"),
    "parity.conditions": ("fr/audit.md.j2", "if commitments.auditor_qualified", "if not commitments.auditor_qualified"),
    "parity.loops": ("fr/legal-compliance.md.j2", "in governing_law.requirements", "in exclusions.topics[0].items"),
    "parity.paragraphs": ("fr/purpose.md.j2", "Dès son entrée en vigueur, la", "Il en est ainsi.\n\nDès son entrée en vigueur, la"),
    "parity.lists": ("fr/backup.md.j2", "- {{ step.text }}", "1. {{ step.text }}"),
    "parity.tables": ("fr/other-third-parties.md.j2", "| Nom | Service |\n", "| Nom | Service |\n| a | b |\n"),
    "parity.blocks": ("fr/cover.md.j2", "| Diffusion | {{ baseline.confidentiality }} |\n", ""),
    "parity.definitions": ("fr/definitions.md.j2", "{#def-durability}", "{#def-sturdiness}"),
    "parity.fields": ("fr/appendix-b.md.j2", "{{ certificate.scope }}", "tout"),
    "parity.references": ("fr/changes.md.j2", "[](#compliance)", "[](#audit)"),
    "parity.statements": ("fr/audit.md.j2", "[l'ANSSI](says:audit-by-anssi)", "l'ANSSI"),
    "parity.links": ("fr/purpose.md.j2", "Dès son entrée", "[Dès](https://example.com) son entrée"),
    "parity.numbers": ("fr/audit.md.j2", "article 28", "article 29"),
    "parity.terms": ("fr/purpose.md.j2", "l'exige\nle Référentiel", "l'exige\nla loi"),
    "field.unprinted": ("fr/appendix-b.md.j2", "", ""),  # both languages at once, below
    "coverage.never-true": ("en/audit.md.j2", "if commitments.auditor_qualified", 'if contract.kind == "x"'),
    "coverage.never-false": ("en/audit.md.j2", "if commitments.auditor_qualified", "if provider"),
}


def overlay(folder: Path, file: str, old: str, new: str) -> Path:
    """Put a copy of a shipped file with other words into a folder, and return the folder."""
    text = (shipped_folder() / file).read_text(encoding="utf-8")
    assert old in text
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def check(folder: Path, *, with_data: bool) -> list[Diagnostic]:
    """Return the findings on a folder laid over the shipped templates."""
    try:
        return check_templates(template_folders(folder), example_agreements() if with_data else ())
    except FindingsError as error:
        return list(error.diagnostics)


# Errors with --strict alone: a glossary may hold more than its clauses use.
_WARNINGS = frozenset(
    ("term.unused", "term.undefined", "term.two-cases", "wording.duty", "reference.typed", "reference.typed-heading", "statement.lost")
)


@pytest.mark.parametrize("rule", [rule for rule in FIXTURES if rule.split(".")[0] not in ("coverage", "field")])
def test_each_rule_finds_its_fixture(tmp_path: Path, rule: str) -> None:
    file = FIXTURES[rule][0]
    found = [finding for finding in check(overlay(tmp_path, *FIXTURES[rule]), with_data=False) if finding.rule == rule]
    assert found, rule
    severity = Severity.WARNING if rule in _WARNINGS else Severity.ERROR
    assert all(finding.severity is severity and finding.file and finding.line and finding.hint.fr and finding.hint.en for finding in found)
    assert any(str(finding.file).endswith(file) or file in finding.message.en for finding in found)


@pytest.mark.parametrize("rule", ["coverage.never-true", "coverage.never-false"])
def test_a_condition_that_data_never_turns_is_named(tmp_path: Path, rule: str) -> None:
    for language in ("fr", "en"):
        overlay(tmp_path, *(part.replace("en/", f"{language}/") for part in FIXTURES[rule]))
    found = [finding for finding in check(tmp_path, with_data=True) if finding.rule.startswith("coverage.")]
    assert [(each.rule, each.severity, Path(str(each.file)).parent.name) for each in found] == [
        (rule, Severity.WARNING, "en"),
        (rule, Severity.WARNING, "fr"),
    ]
    assert all("if" in Path(str(each.file)).read_text(encoding="utf-8").split("\n")[(each.line or 0) - 1] for each in found)


def test_marks_that_an_own_clause_lost_are_told_wherever_it_is_used_unless_it_says_so(tmp_path: Path) -> None:
    own = overlay(tmp_path, "en/audit.md.j2", "(says:audit-by-anssi)", "(says:audit-by-body)")
    shown = inspected(load(EXAMPLES / "outscale" / "client.yaml"), ["en"], own)[1]
    for findings in (check(own, with_data=False), shown):
        (found,) = [each for each in findings if each.rule == "statement.lost"]
        assert "says:audit-by-anssi" in found.message.en
        assert "audit-by-body" not in found.message.en
    path = own / "en" / "audit.md.j2"
    path.write_text(f"{{# says:audit-by-anssi #}}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert [each for each in check(own, with_data=False) if each.rule == "statement.lost"] == []


def test_a_field_that_no_template_prints_is_named(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        overlay(tmp_path, f"{language}/appendix-b.md.j2", "{{ certificate.framework_version }}", "3.2")
    found = [finding for finding in check(tmp_path, with_data=False) if finding.rule == "field.unprinted"]
    assert ["'certificate.framework_version'" in finding.message.en for finding in found] == [True]


def test_a_field_that_is_not_printed_is_a_warning_where_somebody_gave_it_a_value(tmp_path: Path) -> None:
    for language, title, words in (("fr", "Résiliation", "Le Client peut résilier."), ("en", "Termination", "The Client may terminate.")):
        path = tmp_path / language / "termination.md.j2"
        path.parent.mkdir()
        path.write_text(f"# {title} {{#termination}}\n\n{words}\n", encoding="utf-8")
    starter = load_agreement(ROOT / "snc_docs" / "cli" / "starter" / "client.yaml", today=TODAY)
    loss = starter.commitments.qualification_loss
    given = starter.model_copy(update={"commitments": Commitments(qualification_loss=QualificationLoss(ends=loss.ends))})
    for agreement, severity in ((starter, Severity.INFO), (given, Severity.WARNING)):
        found = [each for each in check_templates(template_folders(tmp_path), given=[agreement]) if each.rule == "field.unprinted"]
        assert [each.severity for each in found if "'commitments.qualification_loss.ends'" in each.message.en] == [severity]


def test_more_data_covers_more_conditions(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        overlay(tmp_path, f"{language}/audit.md.j2", "if commitments.auditor_qualified", 'if provider.short_name == "Nuage Exemple"')
    starter = load_agreement(ROOT / "snc_docs" / "cli" / "starter" / "client.yaml", today=TODAY)
    folders = template_folders(tmp_path)
    assert [each.rule for each in check_templates(folders, example_agreements()) if each.rule.startswith("coverage.")] == ["coverage.never-true"] * 2
    assert check_templates(folders, [*example_agreements(), starter])[:1] == [
        each for each in check_templates(folders, [*example_agreements(), starter]) if each.rule == "field.unprinted"
    ]


def test_every_condition_of_the_shipped_templates_is_seen_both_ways() -> None:
    assert check_templates(template_folders(), example_agreements()) == []
    assert len(list((EXAMPLES / "choices").glob("*.yaml"))) == 5


# Findings on layers and on what is stated: tests/templating/test_layers.py, tests/checking/test_blame.py, tests/reporting/test_statements.py.
_OF_OTHER_TESTS = (
    *("layer.changed-below", "layer.malformed", "layer.unrecorded", "statement.list-unreadable", "statement.unticked"),
    *("layer.heading-gone", "layer.role-changed", "layer.term-gone", "layer.term-unused"),
)


def test_the_page_has_a_section_for_each_rule_and_each_rule_a_fixture() -> None:
    sections = re.findall(r"^### `([a-z.-]+)`\n\n(.+?)(?=\n###|\n## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert sorted(rule for rule, _ in sections) == sorted(
        {*FIXTURES, "parity.values", "identifier.doubled", "outline.empty", "embed.unknown", "template.unused", *_OF_OTHER_TESTS}
    )
    assert [rule for rule, text in sections if "Mend:" not in text] == []
