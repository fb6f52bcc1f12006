"""What is left to fill in: every field of the documents, once, with its place and who gives it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from snc_docs import Agreement, assemble, load_agreement
from snc_docs.document.nodes import FillIn
from snc_docs.document.walk import walk
from snc_docs.language import Language
from snc_docs.reporting.blanks import as_workbook, blanks
from snc_docs.spreadsheets import Limits, read_values
from tests.tools import EXAMPLES, LANGUAGES, run_command

_UNKNOWN = EXAMPLES / "outscale" / "client-unknown.yaml"


@pytest.mark.parametrize("languages", [LANGUAGES, ("en",), ("fr",)])
def test_every_field_of_the_documents_is_listed_once(unknown_client: Agreement, languages: tuple[Language, ...]) -> None:
    documents = {language: assemble(unknown_client, language) for language in languages}
    found = blanks(documents)
    assert {each.path for each in found} == {node.path for document in documents.values() for node in walk(document) if isinstance(node, FillIn)}
    assert len({each.path for each in found}) == len(found)
    assert all(each.places and each.label.fr and each.label.en for each in found)


def test_who_gives_each_is_said(unknown_client: Agreement) -> None:
    givers = {each.path: each.giver for each in blanks({"en": assemble(unknown_client, "en")})}
    assert (givers["client.legal_name"], givers["document.reference"], givers["signatures.client.date"]) == ("client", "provider", "signature")
    seven = load_agreement(EXAMPLES / "seven-services" / "client.yaml").model_copy(update={"incident_level": None})
    asked = {each.path: each.giver for each in blanks({"en": assemble(seven, "en")})}
    assert asked["incident_level"] == "client"  # the level that it chooses


def test_a_workbook_has_a_line_for_each_with_room_for_its_value(unknown_client: Agreement) -> None:
    found = blanks({"fr": assemble(unknown_client, "fr")})
    content = as_workbook(found, "fr")
    assert content == as_workbook(found, "fr")
    (sheet,) = read_values(content, Limits(1000, 20, 100_000))
    assert [row[4] for _, row in sheet.rows[1:]] == [each.path for each in found]
    assert {row[1] for _, row in sheet.rows[1:]} == {None}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_files_to_send_are_written_in_each_language(tmp_path: Path, form: str) -> None:
    done = run_command("blanks", _UNKNOWN, "--of", "client", "--format", form, "-o", tmp_path)
    assert (done.exit_code, sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))) == (
        0,
        [f"en/blanks.{form}", f"fr/blanks.{form}"],
    )


def test_the_terminal_keeps_to_its_width_and_a_program_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run_command("blanks", _UNKNOWN).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    told = json.loads(run_command("blanks", _UNKNOWN, "--json").stdout)
    assert lines[-1] == f"{len(told['blanks'])} field(s) to fill in"
    assert {each["giver"] for each in json.loads(run_command("blanks", _UNKNOWN, "--json", "--of", "client").stdout)["blanks"]} == {"client"}
