from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from snc_docs import Verdict
from snc_docs.cli import compliance as module
from snc_docs.cli.commands.compliance import command
from snc_docs.cli.show import Voice
from snc_docs.compliance.assessment import Finding
from snc_docs.compliance.catalogue import catalogue
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, paragraph_texts, parts, run_command, xml

OUTSCALE, COMPLETE = (EXAMPLES / name / "client.yaml" for name in ("outscale", "complete"))


def test_the_table_gives_verdict_clauses_and_what_to_add() -> None:
    result = run_command("compliance", OUTSCALE)
    assert result.exit_code == 0
    assert "19.1.a-2     conflict   Changes subject to the client’s acceptance (Article\u00a04)" in result.stdout
    assert "→ add 'commitments.change_acceptance' to the baseline." in result.stdout
    summary = " ".join(result.stdout.splitlines()[-2:])
    assert summary == "Of 23 requirements on the service agreement: 10 met, 5 partial, 3 delegated, 4 missing, 1 conflict."
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_table_speaks_french_too() -> None:
    result = run_command("compliance", COMPLETE, language="fr")
    assert "19.1.a-1   satisfaite    Une convention avec chaque client" in result.stdout
    assert "Sur 23 exigences relatives à la convention de service\u00a0: 23 satisfaites." in result.stdout


@pytest.mark.parametrize(
    ("client", "required", "code"), [(OUTSCALE, "met", 1), (OUTSCALE, "delegated", 1), (COMPLETE, "met", 0), (COMPLETE, "partial", 0)]
)
def test_a_required_verdict_decides_the_exit_code(client: Path, required: str, code: int) -> None:
    result = run_command("compliance", client, "--require", required)
    assert (result.exit_code, "Below what is required: 19.1.a-2" in result.stderr) == (code, code == 1)


@pytest.mark.parametrize("options", [["--json"], ["--format", "json"]])
def test_json_holds_facts_words_and_data(options: list[str]) -> None:
    result = run_command("compliance", OUTSCALE, "--require", "met", *options)
    data = json.loads(result.stdout)
    assert (result.exit_code, data["ok"], data["framework"], len(data["below"])) == (1, False, "3.2", 13)
    assert data["verdicts"]["19.1.k"] == "met"
    english = {each["id"]: each for each in data["languages"]["en"]}
    assert english["19.1.l"]["clauses"] == [{"id": "confidentiality", "label": "Article\u00a09"}]
    assert english["19.1.l"]["facts"][1]["words"] == ["formal written consent"]
    assert english["19.1.c"]["mend"] == ["remove 'governing_law.scope: unless-contract' from the baseline, or what the clause 'governing-law' says"]
    assert english["19.1.b-3"]["facts"][0]["data"] == ["locations.service", "locations.client_data"]


@pytest.mark.parametrize("form", ["docx", "html"])
def test_reports_are_written_in_each_language(tmp_path: Path, form: str) -> None:
    result = run_command("compliance", OUTSCALE, "--format", form, "-o", tmp_path)
    assert result.exit_code == 0
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*.*"))] == [f"en/compliance.{form}", f"fr/compliance.{form}"]
    content = (tmp_path / "fr" / f"compliance.{form}").read_bytes()
    if form == "docx":
        assert faults(content) == []
        assert "Article\u00a07.3, Article\u00a06.3, Article\u00a010, Article\u00a013" in paragraph_texts(xml(content))
    else:
        assert "ajouter «\u00a0commitments.change_acceptance\u00a0» au socle" in content.decode()


def test_reports_are_listed_for_programs(tmp_path: Path) -> None:
    result = run_command("compliance", COMPLETE, "--format", "docx", "--json", "-o", tmp_path)
    assert json.loads(result.stdout)["files"] == [str(tmp_path / language / "compliance.docx") for language in ("fr", "en")]


def test_the_matrix_is_an_appendix_on_demand(tmp_path: Path) -> None:
    result = run_command("build", OUTSCALE, "-o", tmp_path, "-l", "en", "--compliance-matrix", "--part", "agreement", "--part", "compliance-matrix")
    assert result.exit_code == 0
    content = (tmp_path / "en" / "agreement.docx").read_bytes()
    assert faults(content) == []
    document = parts(content)["word/document.xml"]
    assert b"REF _Ref_changes " in document
    assert b"_Ref_compliance_matrix" in document
    shown = paragraph_texts(xml(content))
    assert "Appendix\u00a0D.\tCompliance with the SecNumCloud framework" in shown
    assert not any("commitments." in line for line in shown)


def test_faulty_input_is_said_and_nothing_is_judged(tmp_path: Path) -> None:
    result = run_command("compliance", tmp_path / "none.yaml")
    assert (result.exit_code, result.stdout) == (3, "")


def test_languages_whose_verdicts_differ_are_told_apart() -> None:
    requirement = catalogue().requirements["19.1.a-1"]
    met, missing = Finding(requirement, Verdict.MET, ()), Finding(requirement, Verdict.MISSING, ())
    lines = module._lines(missing, {"fr": (met,), "en": (missing,)}, {}, Voice("en", json=False))
    assert lines[:2] == ["One agreement with each client", "fr: met, en: missing"]


def test_what_may_be_required_are_verdicts() -> None:
    """Their names stand in the command's options too, which must not import the model."""
    (choice,) = [each.type for each in command.params if each.name == "require"]
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == [verdict.value for verdict in (Verdict.MET, Verdict.PARTIAL, Verdict.DELEGATED, Verdict.MISSING)]
