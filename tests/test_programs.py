"""The example programs run as they stand."""

from __future__ import annotations

import importlib.util
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.testclient import TestClient

from snc_docs import issued_version
from tests.campaign.tables import clients, nested
from tests.tools import EXAMPLES

PROGRAMS = EXAMPLES / "programs"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PROGRAMS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def client() -> Any:
    return TestClient(_module("web").app)


def test_an_endpoint_answers_a_deal_with_its_files(client: Any) -> None:
    answer = client.post("/agreements", json=nested(clients(1)[0]))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == ["en/agreement.docx", "fr/agreement.docx"]
        assert issued_version(archive.read("fr/agreement.docx"), "x.docx").agreement.client.legal_name == "Brume 1 SAS"


def test_an_endpoint_says_which_field_is_wrong(client: Any) -> None:
    record = nested(clients(1)[0])
    record["client"]["siren"] = "123"
    record["client_contacts"][0]["email"] = "nobody"
    answer = client.post("/agreements", json=record)
    assert answer.status_code == 422
    assert {each["pointer"] for each in answer.json()["findings"]} == {"/client/siren", "/client_contacts/0/email"}


@pytest.mark.parametrize("templates", ["clauses", str(PROGRAMS), [str(PROGRAMS)]])
def test_a_deal_chooses_no_wording(client: Any, templates: Any) -> None:
    answer = client.post("/agreements", json={**nested(clients(1)[0]), "templates": templates})
    assert answer.status_code == 422
    assert [(each["rule"], each["pointer"]) for each in answer.json()["findings"] if each["severity"] == "error"] == [
        ("data.templates", "/templates")
    ]


@pytest.mark.parametrize(("body", "status"), [(b"client.yaml", 400), (b"[]", 400), (b'{"client": ', 422), (b"{" + b" " * 2_000_000, 413)])
def test_an_endpoint_reads_no_file_and_nothing_without_end(client: Any, body: bytes, status: int) -> None:
    assert client.post("/agreements", content=body).status_code == status


def test_an_endpoint_gives_the_schema_of_a_form(client: Any) -> None:
    assert "client" in client.get("/schema").json()["properties"]


def test_a_job_makes_won_deals_once_and_says_what_is_to_mend(tmp_path: Path) -> None:
    def run() -> str:
        return subprocess.run(
            [sys.executable, str(PROGRAMS / "deals.py"), "demo.sqlite", "out"], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout.strip()

    assert run() == "made 1, to mend 1"
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.docx")} == {
        f"out/SNC-2027-0101/{language}/agreement.docx" for language in ("fr", "en")
    }
    with sqlite3.connect(tmp_path / "demo.sqlite") as connection:
        ((trouble,),) = connection.execute("SELECT trouble FROM deals WHERE state = 'to mend'").fetchall()
        assert "client.siren" in trouble
        connection.execute("UPDATE deals SET siren = '552100554' WHERE state = 'to mend'")
    connection.close()
    assert (run(), run()) == ("made 1, to mend 0", "made 0, to mend 0")


def test_a_notebook_runs_from_its_first_cell_to_its_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROGRAMS)
    cells = json.loads((PROGRAMS / "agreement.ipynb").read_text(encoding="utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    names: dict[str, Any] = {}
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102  # the example's own
    assert [change.place.path for change in names["changes"].data] == ["client.registered_office"]


def test_the_list_of_programs_names_them_all() -> None:
    listed = (PROGRAMS / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in PROGRAMS.iterdir() if f"`{path.name}`" not in listed and path.is_file()} == {"README.md"}
