"""Behind each command stands one public function: the same names, defaults, files and findings."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click
import pytest

import snc_docs
from snc_docs import AccountDeletion, FindingsError, UnknownChoiceError, amend, certificate, check, compliance_of, differences, load, load_agreement
from snc_docs.amendment.amending import AmendmentRefusedError
from snc_docs.building.verdicts import LEVELS
from snc_docs.cli.commands.compliance import _LEVELS
from snc_docs.records import version_of
from snc_docs.writers import ChangesFormat
from tests.tools import EXAMPLES, TODAY, run_command

_CLIENT = EXAMPLES / "outscale" / "client.yaml"
# What says where data is and where files go, by command; and what makes the values that the function takes.
_OF_FILES = {
    "amend": {"old", "new", "output", "issued", "old_baseline", "languages", "old_templates", "doubts", "office"},
    "build": {"baseline", "client", "output", "replace", "office"},
    "certificate": {"baseline", "client", "output"}
    | {each.name for each in fields(import_module("snc_docs.cli.commands.certificate").CertificateOptions)}
    - {"languages", "form", "reference", "templates"},
    "check": {"files", "accept_names", "data", "form"},
    "compliance": {"baseline", "client", "output"},
    "diff": {"old", "new", "output", "languages", "old_baseline", "new_baseline", "templates", "old_templates"},
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "amend": amend,
    "build": snc_docs.build,
    "certificate": certificate,
    "check": check,
    "compliance": compliance_of,
    "diff": differences,
}


def _keywords(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {name: each for name, each in inspect.signature(function).parameters.items() if each.kind is inspect.Parameter.KEYWORD_ONLY}


def _plain(default: object) -> object:
    """Return a default as either side gives it: none, no text, no value of a list are one."""
    return default or None


@pytest.mark.parametrize("name", sorted(_FUNCTIONS))
def test_names_and_defaults_are_those_of_the_command(name: str) -> None:
    command: click.Command = import_module(f"snc_docs.cli.commands.{name}").command
    options = {each.name: each for each in command.params if each.name not in {"as_json", "ui_lang", "no_cache", *_OF_FILES[name]}}
    given = {each: parameter for each, parameter in _keywords(_FUNCTIONS[name]).items() if each not in {"baseline", "files"} or name != "check"}
    given.pop("doubts", None)
    assert given.keys() == options.keys()
    for each, parameter in given.items():
        default = None if options[each].multiple or repr(options[each].default) == "Sentinel.UNSET" else options[each].default
        assert _plain(parameter.default) == _plain(default), each


def _written(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "agreement.json"}


_DELETION = AccountDeletion.model_validate(
    {
        "account": "012345678901",
        "ticket_received_on": "2026-10-01",
        "checked_on": "2026-10-19",
        "issued_on": "2026-10-20",
        "place": "Saint-Cloud",
        "signatory": {"name": "Ada Martin", "title": {"fr": "Responsable", "en": "Responsable"}},
    }
)


def test_a_certificate_is_what_the_command_writes(tmp_path: Path) -> None:
    done = run_command(
        "certificate",
        _CLIENT,
        *("--account", "012345678901", "--ticket-received", "2026-10-01", "--checked-on", "2026-10-19", "--issued-on", "2026-10-20"),
        *("--place", "Saint-Cloud", "--signatory", "Ada Martin", "--title", "Responsable", "-o", tmp_path / "out"),
    )
    assert done.exit_code == 0, done.stderr
    built = certificate(load_agreement(_CLIENT, today=date(2026, 10, 20)), _DELETION)
    assert built.files == _written(tmp_path / "out")


def test_a_certificate_with_days_out_of_order_is_refused_with_its_place() -> None:
    wrong = _DELETION.model_copy(update={"checked_on": date(2026, 9, 1)})
    with pytest.raises(FindingsError) as caught:
        certificate(load(_CLIENT, today=TODAY), wrong)
    assert all(each.path for each in caught.value.diagnostics)


def test_verdicts_are_those_that_the_command_tells(tmp_path: Path) -> None:
    run_command("compliance", _CLIENT, "--format", "docx", "-o", tmp_path / "out", "--today", TODAY.isoformat())
    told = compliance_of(load(_CLIENT, today=TODAY), form="docx", require="met", today=TODAY)
    assert told.files == _written(tmp_path / "out")
    assert set(told.assessments) == {"fr", "en"}
    assert {each.requirement.id for each in told.short} <= {each.requirement.id for each in told.assessments["fr"]}
    assert LEVELS == _LEVELS
    with pytest.raises(UnknownChoiceError, match="take one of"):
        compliance_of(load_agreement(_CLIENT, today=TODAY), require="perfect")


def _edited(folder: Path, **fields: str) -> Path:
    text = _CLIENT.read_text(encoding="utf-8").replace("baseline: baseline.yaml", f"baseline: {(EXAMPLES / 'outscale' / 'baseline.yaml').as_posix()}")
    for name, value in fields.items():
        text, count = re.subn(rf"^  {name}:.*$", f'  {name}: "{value}"', text, count=1, flags=re.MULTILINE)
        assert count == 1, name
    path = folder / "client.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_differences_and_packages_are_those_that_the_commands_write(tmp_path: Path) -> None:
    new = _edited(tmp_path, registered_office="1 place Neuve, 69002 Lyon, France", version="2.0", effective_date="2027-06-01")
    old, now = (version_of(load_agreement(path, today=TODAY), ("fr", "en")) for path in (_CLIENT, new))
    run_command("diff", _CLIENT, new, "--format", "html", "--format", "docx", "-o", tmp_path / "diff", "--today", TODAY.isoformat())
    assert differences(old, now, formats=["html", "docx"], today=TODAY).files == _written(tmp_path / "diff")
    run_command("build", _CLIENT, "-o", tmp_path / "issued", "--part", "body", "--today", TODAY.isoformat())
    done = run_command("amend", _CLIENT, new, "--issued", tmp_path / "issued", "-o", tmp_path / "package", "--today", TODAY.isoformat())
    assert done.exit_code == 0, done.stderr
    assert amend(old, now, today=TODAY).files == _written(tmp_path / "package")


def test_differences_come_in_every_format_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    new = _edited(tmp_path, version="2.0", effective_date="2027-06-01")
    old, now = (version_of(load_agreement(path, today=TODAY), ("fr", "en")) for path in (_CLIENT, new))
    every = get_args(ChangesFormat)
    done = differences(old, now, formats=every, today=TODAY)
    named = {"text": "txt", "markdown": "md", "html": "html", "docx": "docx"}
    wanted = {Path(language, f"changes.{named[form]}") for language in ("fr", "en") for form in named}
    assert done.files.keys() == wanted | {Path("changes.json"), Path("bilingual/changes.docx")}
    for language in ("fr", "en"):
        for form, suffix in {"text": "txt", "markdown": "md", "json": "json"}.items():
            path = tmp_path / f"{language}.{suffix}"
            assert run_command("diff", _CLIENT, new, "--format", form, "-o", path, "--today", TODAY.isoformat(), language=language).exit_code == 1
            assert path.read_bytes() == done.files.get(Path(language, f"changes.{suffix}"), done.files[Path("changes.json")])
    assert json.loads(done.files[Path("changes.json")]) == json.loads(json.dumps(done.as_data()))
    assert all(differences(old, now, formats=[form], today=TODAY).files for form in every)


@pytest.mark.parametrize("wrong", ["", "pdf", "HTML", "word", "markdwon"])
def test_a_format_that_there_is_not_is_refused(wrong: Any) -> None:
    version = version_of(load_agreement(_CLIENT, today=TODAY), ("fr",))
    with pytest.raises(UnknownChoiceError, match="take one of text, json, html, docx, markdown, bilingual"):
        differences(version, version, formats=["html", wrong], today=TODAY)


def test_what_stands_against_an_amendment_is_raised_unless_a_reason_is_written() -> None:
    version = version_of(load_agreement(_CLIENT, today=TODAY), ("fr",))
    with pytest.raises(AmendmentRefusedError) as caught:
        amend(version, version, today=TODAY, effective_on=TODAY)
    assert "amendment.nothing" in {each.rule for each in caught.value.diagnostics}
    assert "amendment.nothing" in {each.rule for each in amend(version, version, today=TODAY, effective_on=TODAY, reason="Agreed").findings}


def test_a_check_raises_nothing_and_says_all(tmp_path: Path) -> None:
    record = {"client": {"legal_name": "Exemple SA", "siren": "123"}, "client_contacts": [{"role": "security", "name": "Ada", "email": "no"}]}
    checked = check(record, baseline=EXAMPLES / "outscale" / "baseline.yaml", today=TODAY)
    assert checked.agreement is None
    assert {each.pointer for each in checked.findings} >= {"/client/siren", "/client_contacts/0/email"}
    assert [each.rule for each in check(tmp_path / "none.yaml").findings] == ["file.unreadable"]
    whole = check(_CLIENT, today=TODAY)
    assert whole.agreement is not None
    assert {each.severity.value for each in check(_CLIENT, strict=True, today=TODAY).findings} <= {"error", "info"}
