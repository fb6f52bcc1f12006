"""Findings for pipelines, in the forms that their programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from snc_docs import Diagnostic, Severity, Wording
from snc_docs.reporting.pipelines import as_github, as_sarif
from tests.tools import ROOT, changed, client_data, run_command, write_pair

_FINDING = Diagnostic("a.rule", Severity.ERROR, Wording("10 %\nfaux", "10 %\nwrong"), Wording("corriger", "mend"), "a:b,c.yaml", 7, "client.siren")


def test_a_workflow_command_is_one_line_whatever_the_finding_says() -> None:
    assert as_github([_FINDING], "en") == ["::error file=a%3Ab%2Cc.yaml,line=7,title=a.rule::10 %25%0Awrong → mend"]
    assert as_github([Diagnostic("b.rule", Severity.INFO, Wording("x", "x"))], "fr") == ["::notice title=b.rule::x"]


def test_a_sarif_log_names_each_rule_once_and_each_place(tmp_path: Path) -> None:
    log = json.loads(as_sarif([_FINDING, _FINDING, Diagnostic("b.rule", Severity.WARNING, Wording("x", "x"))], "fr", tmp_path))
    (run,) = log["runs"]
    assert (log["version"], [each["id"] for each in run["tool"]["driver"]["rules"]]) == ("2.1.0", ["a.rule", "b.rule"])
    first, _, last = run["results"]
    assert (first["level"], first["message"]["text"], "locations" in last) == ("error", "10 %\nfaux → corriger", False)
    assert first["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "a:b,c.yaml"}, "region": {"startLine": 7}}
    elsewhere = Diagnostic("c", Severity.ERROR, Wording("x", "x"), file=str(tmp_path.parent / "x y.yaml"))
    place = json.loads(as_sarif([elsewhere], "en", tmp_path))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path.parent / "x y.yaml").as_uri()


@pytest.mark.parametrize(
    ("form", "sign"), [("sarif", '"ruleId": "data.siren-invalid"'), ("github", "::error file="), ("json", '"rule": "data.siren-invalid"')]
)
def test_check_gives_them_with_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, sign: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_pair(tmp_path, client=changed(client_data(), "client.siren", "123"))
    done = run_command("check", path, "--format", form)
    assert (done.exit_code, sign in done.stdout, done.stderr) == (2, True, "")


def _hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def test_hooks_run_commands_that_there_are() -> None:
    for hook in _hooks().values():
        program, command, *options = hook["entry"].split()
        assert (program, run_command(command, *options, "--help").exit_code) == ("make-agreement", 0)


def _looked_at(hook: dict[str, Any], files: Iterable[str]) -> list[str]:
    """Return the files that pre-commit gives to a hook: its patterns are searched for in their paths."""
    return [file for file in files if re.search(hook["files"], file) and not re.search(hook.get("exclude", "^$"), file)]


_DATA = ["baseline.yaml", "client.yaml", "data/client-2.yml", "a/socle-2027.yaml", "clients/acme.yaml", "a/clients/acme.yml", "client/x.yaml"]
_CLAUSES = ["clauses/outline.yaml", "clauses/facts.yaml", "names.yaml", "clients/facts.yaml", "amendment.yaml", "clauses/fr/purpose.md.j2"]
_NONE_OF_OURS = [
    ".pre-commit-config.yaml",
    ".github/workflows/check.yaml",
    "docker-compose.yml",
    "mkdocs.yml",
    "client.schema.json",
    "client.py",
    "clients/a/b.yaml",
]


def test_hooks_look_at_data_and_at_clauses_and_at_nothing_else() -> None:
    of_data, of_clauses = (_hooks()[name] for name in ("make-agreement-check", "make-agreement-check-templates"))
    every = [*_DATA, *_CLAUSES, *_NONE_OF_OURS]
    assert (_looked_at(of_data, every), _looked_at(of_clauses, every)) == (_DATA, _CLAUSES)
    assert of_data["require_serial"]  # a client beside its baseline, in one run


def test_the_first_commit_of_what_init_writes_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command("init", "agreements", "--templates").exit_code == 0
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    found = _looked_at(_hooks()["make-agreement-check"], files)
    assert sorted(found) == ["agreements/baseline.yaml", "agreements/client.yaml"]
    assert run_command("check", *found).exit_code == 0
