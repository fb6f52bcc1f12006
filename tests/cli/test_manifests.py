"""What was issued is what is amended, and nobody's files are written over by another's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from snc_docs.building.manifests import FILE
from tests.tools import EXAMPLES, ROOT, run_command

_DAYS = ("--notified-on", "2027-01-15", "--today", "2027-01-15")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of a baseline and two client files that name it, the first one built and issued."""
    shutil.copytree(EXAMPLES / "outscale", tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "client.yaml").read_text(encoding="utf-8")
    new = text.replace('version: "1.0"', 'version: "2.0"').replace('"2026-09-01"', '"2027-03-01"').replace("12 quai des Brumes", "1 place Neuve")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    assert run_command("build", tmp_path / "client.yaml", "-o", tmp_path / "out", "--part", "agreement", "--part", "body").exit_code == 0
    return tmp_path


def _edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def _amend(folder: Path, *options: str | Path) -> tuple[int, str]:
    result = run_command("amend", folder / "client.yaml", folder / "new.yaml", "-o", folder / "package", *_DAYS, *options)
    return result.exit_code, result.stderr


def test_a_client_file_that_was_built_is_the_version_in_force(folder: Path) -> None:
    assert _amend(folder)[0] == 0
    assert (folder / "package" / "fr" / "amendment.docx").is_file()


def test_a_comment_in_a_file_changes_nothing_that_was_issued(folder: Path) -> None:
    with (folder / "baseline.yaml").open("a", encoding="utf-8") as file:
        file.write("# reviewed\n")
    assert _amend(folder)[0] == 0


def test_a_baseline_that_was_edited_in_place_is_never_quoted_as_the_version_in_force(folder: Path) -> None:
    _edited(folder / "baseline.yaml", "change: {days: 30}", "change: {days: 15}")
    code, said = _amend(folder)
    assert (code, "[amendment.changed-since]" in said, "changed since: baseline.yaml" in said, "--old-baseline" in said) == (2, True, True, True)
    assert not (folder / "package").exists()


def test_the_former_baseline_can_be_named(folder: Path) -> None:
    shutil.copy(folder / "baseline.yaml", folder / "baseline-2026.yaml")
    _edited(folder / "baseline.yaml", "change: {days: 30}", "change: {days: 45}")
    code, said = _amend(folder, "--old-baseline", folder / "baseline-2026.yaml")
    assert (code, "[baseline.same-version]" in said) == (0, True)


def test_a_client_file_that_was_edited_in_place_is_said(folder: Path) -> None:
    _edited(folder / "client.yaml", "12 quai des Brumes", "13 quai des Brumes")
    assert "changed since: client.yaml" in _amend(folder)[1]


def test_a_layer_that_changed_is_said(folder: Path) -> None:
    own = folder / "clauses" / "en" / "purpose.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "templates" / "en" / "purpose.md.j2").read_text(encoding="utf-8"), encoding="utf-8")
    options = ("--templates", folder / "clauses")
    assert run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "body", *options).exit_code == 0
    assert _amend(folder, *options)[0] == 0
    own.write_text(own.read_text(encoding="utf-8").replace("# Purpose", "# Aim"), encoding="utf-8")
    assert "changed since: clauses/" in _amend(folder, *options)[1]


def test_what_nothing_proves_is_not_taken_for_the_version_in_force(folder: Path) -> None:
    shutil.rmtree(folder / "out")
    code, said = _amend(folder)
    assert (code, "[amendment.unproved]" in said, "--issued DIR" in said) == (2, True, True)
    assert _amend(folder, "--override", "Both files are those of the signed version")[0] == 0
    overridden = json.loads((folder / "package" / "manifest.json").read_text(encoding="utf-8"))["overridden"]
    assert [each["rule"] for each in overridden] == ["amendment.unproved"]


def test_a_folder_that_is_named_proves_it_wherever_it_is(folder: Path) -> None:
    shutil.move(folder / "out", folder / "archive")
    assert _amend(folder)[0] == 2
    assert _amend(folder, "--issued", folder / "archive")[0] == 0


def test_a_word_file_proves_itself_and_a_changed_baseline_beside_it_is_said(folder: Path) -> None:
    _edited(folder / "baseline.yaml", "change: {days: 30}", "change: {days: 45}")
    old = folder / "out" / "fr" / "agreement.docx"
    done = run_command("amend", old, folder / "new.yaml", "-l", "fr", "-o", folder / "package", *_DAYS)
    assert (done.exit_code, "[baseline.same-version]" in done.stderr) == (0, True)
    compared = run_command("diff", old, folder / "new.yaml", "-l", "fr")
    assert (compared.exit_code, "[baseline.same-version]" in compared.stderr) == (1, True)


def test_another_agreement_or_version_is_not_written_over(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    for client in ("new.yaml", "client-commune.yaml"):
        refused = run_command("build", folder / client, "-o", folder / "out")
        assert (refused.exit_code, "this folder holds SNC-2026-0042 1.0" in refused.stderr) == (2, True)
        assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before
    assert run_command("build", folder / "new.yaml", "-o", folder / "out", "--replace", "--part", "body").exit_code == 0
    assert json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))["version"] == "2.0"


def test_the_same_version_is_built_again_and_a_baseline_that_changed_under_its_version_is_said(folder: Path) -> None:
    again = run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "body")
    assert (again.exit_code, "same-version" in again.stderr) == (0, False)
    _edited(folder / "baseline.yaml", "change: {days: 30}", "change: {days: 15}")
    changed = run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "body")
    assert (changed.exit_code, "[baseline.same-version]" in changed.stderr) == (0, True)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kind": "snc_docs agreement"}', '{"kind": "other"}', "[" * 100_000])
def test_a_file_of_that_name_that_is_no_manifest_proves_nothing(folder: Path, content: str) -> None:
    (folder / "out" / FILE).write_text(content, encoding="utf-8")
    assert "[amendment.unproved]" in _amend(folder)[1]


def test_one_file_alone_has_no_manifest_beside_it(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("one")
    assert run_command("build", folder / "client.yaml", "-l", "en", "--part", "body", "-o", out / "body.docx").exit_code == 0
    assert [path.name for path in out.iterdir()] == ["body.docx"]


def test_a_manifest_names_what_was_made_of_what(folder: Path) -> None:
    manifest = json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {f"{language}/{part}.docx" for language in ("fr", "en") for part in ("agreement", "body")}
    assert {"client.yaml", "baseline.yaml", "certificate-specimen.pdf", "snc_docs"} == set(manifest["sources"])


def test_what_is_built_later_of_the_same_words_is_listed_beside_the_rest(folder: Path) -> None:
    before = json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))["files"]
    assert run_command("build", folder / "client.yaml", "-o", folder / "out", "--format", "html", "-l", "en").exit_code == 0
    now = json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))
    assert now["files"] == {**before, "en/agreement.html": now["files"]["en/agreement.html"]}
    assert set(now["documents"]) == {"fr", "en"}
    (folder / "out" / "fr" / "body.docx").unlink()
    assert run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "agreement").exit_code == 0
    assert "fr/body.docx" not in json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))["files"]


def test_a_version_in_force_that_is_written_over_by_something_else_is_said(folder: Path) -> None:
    again = ("build", folder / "client.yaml", "-o", folder / "out", "--part", "body", "--part", "agreement")
    assert "[output.in-force]" not in run_command(*again, "--today", "2026-09-01").stderr
    _edited(folder / "client.yaml", "12 quai des Brumes", "13 quai des Brumes")
    said = run_command(*again, "--today", "2026-09-01")
    assert (said.exit_code, "[output.in-force]" in said.stderr, "in force since 2026-09-01" in said.stderr) == (0, True, True)
    _edited(folder / "client.yaml", "13 quai des Brumes", "14 quai des Brumes")
    before = run_command(*again, "--today", "2026-08-31").stderr
    assert ("[output.in-force]" in before, "[output.same-version]" in before) == (False, False)  # a draft, which isn't sent


def test_a_version_that_is_not_in_force_yet_and_says_something_else_is_said(tmp_path: Path) -> None:
    client = shutil.copytree(EXAMPLES / "complete", tmp_path / "complete") / "client.yaml"
    again = ("build", client, "-o", tmp_path / "out", "--part", "agreement", "-l", "fr", "--today", "2026-10-01")
    assert "[output.same-version]" not in run_command(*again).stderr
    assert "[output.same-version]" not in run_command(*again).stderr
    _edited(client, "+33 1 99 00 20 01", "+33 1 99 00 20 09")
    assert "[output.same-version]" in run_command(*again).stderr


def test_files_that_stay_and_say_what_the_data_no_longer_says_are_named(folder: Path) -> None:
    _edited(folder / "client.yaml", "12 quai des Brumes", "13 quai des Brumes")
    done = run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "body", "--today", "2026-08-31")
    assert (done.exit_code, "[output.former]" in done.stderr, "en/agreement.docx, fr/agreement.docx" in done.stderr) == (0, True, True)
    assert set(json.loads((folder / "out" / FILE).read_text(encoding="utf-8"))["files"]) == {"en/body.docx", "fr/body.docx"}


def test_a_draft_is_said_not_to_be_signed(folder: Path) -> None:
    said = run_command("build", folder / "client.yaml", "-o", folder / "out").stderr
    assert "DRAFT, not to be signed" in said
    code, amended = _amend(folder)
    assert (code, "DRAFT, not to be signed" in amended) == (0, True)
    whole = run_command("build", EXAMPLES / "complete" / "client.yaml", "-o", folder / "whole").stderr
    assert ("To send" in whole, "DRAFT" in whole) == (True, False)


def test_a_package_in_a_second_language_is_listed_beside_the_first(folder: Path) -> None:
    for language in ("fr", "en"):
        old = folder / "out" / language / "agreement.docx"
        done = run_command("amend", old, folder / "new.yaml", "-l", language, "-o", folder / "package", *_DAYS)
        assert (done.exit_code, "To send: " in done.stderr) == (0, True)
        both = run_command("amend", old, folder / "new.yaml", "-o", folder / f"both-{language}", *_DAYS, "--json")
        said = {each["rule"]: each["message"] for each in json.loads(both.stdout)["findings"]}
        other = {"fr": "English", "en": "French"}[language]
        assert said["amendment.language"].startswith(f"nothing is written in {other}")
        sent = done.stderr.partition("To send: ")[2].partition(". To keep")[0]
        assert ("notice-letter.docx" in sent, "changes.html" in sent, "manifest.json" in sent) == (True, False, False)
    listed = json.loads((folder / "package" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name.partition("/")[0] for name in listed} == {"fr", "en"}
    assert run_command("amend", old, folder / "new.yaml", "-l", "en", "-o", folder / "package", "--notified-on", "2027-01-16").exit_code == 0
    again = json.loads((folder / "package" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name.partition("/")[0] for name in again} == {"en"}


@pytest.mark.parametrize("part", ["files", "documents", "sources", "effective_date", "version"])
@pytest.mark.parametrize("value", [[1], {"a": 1}, 7, "x"])
def test_a_manifest_that_anybody_wrote_stops_nothing(folder: Path, part: str, value: object) -> None:
    path = folder / "out" / FILE
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), part: value}), encoding="utf-8")
    done = run_command("build", folder / "client.yaml", "-o", folder / "out", "--part", "body", "--replace")
    assert (done.exit_code, done.exception) == (0, None)
    package = folder / "package" / "manifest.json"
    package.parent.mkdir()
    package.write_text(json.dumps({part: value}), encoding="utf-8")
    assert _amend(folder, "--override", "for the test")[0] == 0
