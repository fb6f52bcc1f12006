"""Findings for pipelines, in the forms that their programs read."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_hooks_run_commands_that_there_are() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        program, command, *options = hook["entry"].split()
        assert (program, run_command(command, *options, "--help").exit_code) == ("make-agreement", 0)
