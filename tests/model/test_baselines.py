"""A baseline is checked whole before any client comes: what ``check`` says is wrong in it alone, ``load_baseline`` refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from snc_docs import FindingsError, Severity, build, check, load, load_baseline
from snc_docs.errors import FileTroubleError
from snc_docs.model.agreement import ClientFile
from tests.model.test_rules import FAULTS
from tests.tools import EXAMPLES, TODAY, changed, client_data, starter_data, write_pair

_OF_THE_DAY = ("certificate.expired", "certificate.not-yet-valid", "attestation.expired")
_FACT = {"id": "own", "kind": "number", "label": {"fr": "propre", "en": "own"}, "required": True}


def _refused(given: Any, **more: Any) -> set[tuple[str, str | None]]:
    with pytest.raises(FindingsError) as caught:
        load_baseline(given, **more)
    assert all(each.file is not None or each.line is None for each in caught.value.diagnostics)
    return {(each.rule, each.path) for each in caught.value.diagnostics if each.severity is Severity.ERROR}


@pytest.mark.parametrize(("path", "value"), [(path, value) for file, path, value, *_ in FAULTS if file == "baseline"])
def test_what_check_finds_wrong_in_a_baseline_is_refused(tmp_path: Path, path: str, value: Any) -> None:
    write_pair(tmp_path, baseline=changed(starter_data(), path, value))
    found = check(tmp_path / "baseline.yaml", today=TODAY).findings
    errors = {(each.rule, each.path or "") for each in found if each.severity is Severity.ERROR and each.rule not in _OF_THE_DAY}
    wrong = {(rule, where) for rule, where in errors if where.split(".")[0] not in ClientFile.model_fields}
    if wrong:
        assert _refused(tmp_path / "baseline.yaml") == wrong
    else:
        load_baseline(tmp_path / "baseline.yaml")


def _outscale(folder: Path, edit: Callable[[dict[str, Any]], dict[str, Any]], **files: bytes) -> Path:
    """Write a baseline that is an example's, edited, with the files that it names."""
    data = yaml.safe_load((EXAMPLES / "outscale" / "baseline.yaml").read_text(encoding="utf-8"))
    for path in (EXAMPLES / "outscale").iterdir():
        if path.suffix not in (".yaml", ".md"):
            (folder / path.name).write_bytes(path.read_bytes())
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "baseline.yaml").write_text(json.dumps(edit(data), default=str), encoding="utf-8")
    return folder / "baseline.yaml"


@pytest.mark.parametrize(
    ("edit", "files", "found"),
    [
        ({"certificate.file": "nowhere.pdf"}, {}, ("certificate.file", "certificate.file")),
        ({"certificate.file": "broken"}, {"broken": b"%PDF-1.7\nbroken"}, ("certificate.file", "certificate.file")),
        ({"certificate.file": "broken"}, {"broken": b"\x89PNG\r\n\x1a\nbroken"}, ("certificate.file", "certificate.file")),
        ({"certificate.file": "broken"}, {"broken": b"PK\x03\x04broken"}, ("certificate.file", "certificate.file")),
        ({"certificate.file": "broken"}, {"broken": b"text"}, ("certificate.file", "certificate.file")),
        ({"baseline.logo": "broken"}, {"broken": b"\x89PNG\r\n\x1a\nbroken"}, ("logo.file", "baseline.logo")),
        ({"responsibility_matrix.file": "nowhere.csv"}, {}, ("matrix.file", "responsibility_matrix.file")),
        ({"templates": ["nowhere"]}, {}, ("data.templates", "templates")),
        ({"facts": {"own": 1}}, {}, ("fact.undeclared", "facts.own")),
    ],
    ids=str,
)
def test_what_a_baseline_names_is_looked_into(tmp_path: Path, edit: dict[str, Any], files: dict[str, bytes], found: tuple[str, str]) -> None:
    def edited(data: dict[str, Any]) -> dict[str, Any]:
        for path, value in edit.items():
            data = changed(data, path, value)
        return data

    path = _outscale(tmp_path, edited, **files)
    assert found in _refused(path)
    in_memory = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.name != "baseline.yaml"}
    if "templates" not in edit:
        assert found in _refused(yaml.safe_load(path.read_text(encoding="utf-8")), files=in_memory)


@pytest.mark.parametrize(("facts", "rule"), [({}, "fact.missing"), ({"own": "x"}, "data.decimal-parsing"), ({"own": True}, "data.decimal-type")])
def test_facts_of_its_layers_are_given_and_have_their_form(tmp_path: Path, facts: dict[str, Any], rule: str) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    (layer / "facts.yaml").write_text(json.dumps({"facts": [_FACT]}), encoding="utf-8")
    write_pair(tmp_path, {**starter_data(), "templates": ["layer"], "facts": facts})
    assert (rule, "facts.own") in _refused(tmp_path / "baseline.yaml")
    assert (rule, "facts.own") in _refused({**starter_data(), "facts": facts}, templates=layer)


def test_layers_given_with_a_baseline_are_those_of_all_its_clients(tmp_path: Path) -> None:
    layer = tmp_path / "layer"
    (layer / "en").mkdir(parents=True)
    (layer / "facts.yaml").write_text(json.dumps({"facts": [_FACT]}), encoding="utf-8")
    (layer / "en" / "purpose.md.j2").write_text("# Our purpose {#purpose}\n\nOurs: {{ facts.own }}.\n", encoding="utf-8")
    baseline = load_baseline({**starter_data(), "facts": {"own": 7}}, templates=layer)
    client = {name: value for name, value in client_data().items() if name not in ("baseline", "subscriptions", "incident_level")}
    built = build(load(client, baseline=baseline, today=TODAY), languages=["en"], formats=["html"], today=TODAY)
    assert "Ours: 7." in next(iter(built.files.values())).decode()
    with pytest.raises(FileTroubleError, match="no such templates folder"):
        load_baseline(starter_data(), templates=tmp_path / "nowhere")


def test_whether_its_certificate_is_in_force_is_asked_for_each_client() -> None:
    baseline = load_baseline(changed(starter_data(), "certificate.expires_on", "2026-02-01"))
    client = {name: value for name, value in client_data().items() if name != "baseline"}
    with pytest.raises(FindingsError) as caught:
        load(client, baseline=baseline, today=date(2030, 1, 1))
    assert "certificate.expired" in {each.rule for each in caught.value.diagnostics}
