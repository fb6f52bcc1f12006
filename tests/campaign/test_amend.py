"""The amendments of all agreements in force: each package as amend would write it, grouped by what it changes and requires."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from snc_docs import amend, issued_version, load_agreement, read_reference, version_of
from snc_docs.campaign.amending import AmendSettings, agreements_in, amended_by, changed_fields, new_data, next_version, planned_by
from snc_docs.campaign.running import Workers, run
from snc_docs.campaign.state import FILE, State
from snc_docs.campaign.storage import Folder
from snc_docs.diff.comparison import Version, compare
from snc_docs.writers.docx.reference import reference_docx
from tests.campaign.tables import BASELINE, clients, nested
from tests.tools import ROOT, TODAY, run_command


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of three agreements as a campaign issues them."""
    folder = tmp_path_factory.mktemp("issued")
    rows = [nested(each) for each in clients(3)]
    for row in rows:
        row["document"]["effective_date"] = "2026-09-01"
    (folder / "clients.jsonl").write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    done = run_command("campaign", folder / "clients.jsonl", "--baseline", BASELINE, "-o", folder / "out", "--jobs", "1")
    assert done.exit_code == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a baseline that has another e-mail address and another version."""
    folder = tmp_path_factory.mktemp("renewed")
    shutil.copytree(BASELINE.parent, folder, dirs_exist_ok=True)
    data: dict[str, Any] = yaml.safe_load(BASELINE.read_text(encoding="utf-8"))
    data["baseline"]["version"] = "2027.1"
    data["provider_contacts"][0]["email"] = "new@example.com"
    (folder / "baseline.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder / "baseline.yaml"


def _settings(baseline: Path) -> AmendSettings:
    return AmendSettings(baseline, date(2027, 12, 1), TODAY)


def test_each_agreement_gets_the_package_that_amend_writes(issued: Path, renewed: Path, tmp_path: Path) -> None:
    settings = _settings(renewed)
    found = agreements_in(issued, settings)
    assert (len(found.agreements), found.findings) == (3, ())
    outcomes = list(run(amended_by, found.agreements, settings, Folder(tmp_path), State(tmp_path / FILE), Workers(None, 1)))
    assert [each.is_made for each in outcomes] == [True] * 3, [each.findings for each in outcomes]
    was = [issued_version((issued / "SNC-2027-0002" / language / "agreement.docx").read_bytes(), "x.docx") for language in ("en", "fr")]
    old = Version(was[0].agreement, {language: document for each in was for language, document in each.documents.items()})
    row = nested(clients(2)[1])
    row["document"] |= {"version": "2.0", "effective_date": "2027-12-01"}
    new = version_of(load_agreement(row, baseline=renewed, today=TODAY), ("en", "fr"))
    wanted = amend(old, new, notified_on=TODAY).files
    assert {path: (tmp_path / "SNC-2027-0002" / path).read_bytes() for path in wanted} == wanted


def _issued_without_contacts(folder: Path) -> Path:
    """Return the folder of one agreement, issued in force and without contacts of its client."""
    row = nested(clients(1)[0])
    row["document"]["effective_date"] = "2026-09-01"
    del row["client_contacts"]
    (folder / "clients.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert run_command("campaign", folder / "clients.jsonl", "--baseline", BASELINE, "-o", folder / "out", "--jobs", "1").exit_code == 0
    return folder / "out"


def test_a_letter_without_addressee_is_not_told_to_mend_a_client_file_that_nobody_has(renewed: Path, tmp_path: Path) -> None:
    settings = _settings(renewed)
    agreements = agreements_in(_issued_without_contacts(tmp_path), settings).agreements
    (outcome,) = run(amended_by, agreements, settings, Folder(tmp_path / "new"), State(tmp_path / FILE), Workers(None, 1))
    (said,) = [each for each in outcome.findings if each.rule == "amendment.no-addressee"]
    assert "write it on the letter" in said.hint.en


def _replace_logo(folder: Path) -> None:
    Image.new("RGB", (600, 200), (95, 31, 58)).save(folder / "logo.png")


def _replace_certificate(folder: Path) -> None:
    with (folder / "certificate-specimen.pdf").open("ab") as file:
        file.write(b"%\n")


def _replace_clause(folder: Path) -> None:
    (folder / "clauses" / "en" / "notes.txt").write_text("read again\n", encoding="utf-8")


@pytest.mark.parametrize("change", [_replace_logo, _replace_certificate, _replace_clause])
def test_what_was_made_with_other_files_is_not_kept(change: Callable[[Path], None], issued: Path, renewed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "provider"
    shutil.copytree(renewed.parent, folder)
    data: dict[str, Any] = yaml.safe_load(renewed.read_text(encoding="utf-8"))
    data["baseline"]["logo"] = "logo.png"
    (folder / "baseline.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    Image.new("RGB", (600, 200), (31, 58, 95)).save(folder / "logo.png")
    (folder / "clauses" / "en").mkdir(parents=True)
    settings = replace(_settings(folder / "baseline.yaml"), templates=(folder / "clauses",))
    was, again = (agreements_in(issued, settings).agreements for _ in range(2))
    change(folder)
    now = agreements_in(issued, settings).agreements
    assert was == again
    assert {each.digest for each in was}.isdisjoint({each.digest for each in now})


def test_what_was_made_in_another_house_style_is_not_kept(issued: Path, renewed: Path) -> None:
    settings = _settings(renewed)
    styled = replace(settings, reference=read_reference(reference_docx(), "house.docx"))
    was, now = (agreements_in(issued, each).agreements for each in (settings, styled))
    assert {each.digest for each in was}.isdisjoint({each.digest for each in now})


def test_nothing_but_what_was_meant_changes(issued: Path, renewed: Path) -> None:
    old = issued_version((issued / "SNC-2027-0001" / "fr" / "agreement.docx").read_bytes(), "x.docx")
    data = new_data(old.agreement, _settings(renewed))
    new = version_of(load_agreement(data, baseline=renewed, today=TODAY), ("fr",))
    assert list(changed_fields(compare(old, new))) == ["baseline.version", "provider_contacts.email"]


def test_the_plan_names_the_clauses_that_were_rewritten(issued: Path, renewed: Path, tmp_path: Path) -> None:
    for language, more in (("en", "The Parties shall discuss each update."), ("fr", "Les Parties discutent de chaque mise à jour.")):
        path = tmp_path / language / "changes.md.j2"
        path.parent.mkdir()
        path.write_text(f"{(ROOT / 'templates' / language / 'changes.md.j2').read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
    settings = _settings(renewed)
    plain, own = (
        next(iter(planned_by(agreements_in(issued, each).agreements, each))) for each in (settings, replace(settings, templates=(tmp_path,)))
    )
    assert "Changes to the Service Agreement" not in plain.findings[0].message.en
    assert "Changes to the Service Agreement" in own.findings[0].message.en
    assert "volutions de la Convention de Service" in own.findings[0].message.fr


@pytest.mark.parametrize(("version", "following"), [("1.2", "2.0"), ("3", "4"), ("1.9.9", "2.0.0"), (None, "2"), ("draft", "draft-2")])
def test_the_next_version_is_the_next_whole_one(version: str | None, following: str) -> None:
    assert next_version(version) == following


def _command(issued: Path, renewed: Path, *options: str | Path) -> Any:
    return run_command(
        "campaign", "amend", issued, "--baseline", renewed, "--effective-on", "2027-12-01", "--today", TODAY.isoformat(), "--jobs", "1", *options
    )


def test_the_command_groups_packages_by_what_they_change(issued: Path, renewed: Path, tmp_path: Path) -> None:
    late = _command(issued, renewed, "--plan", "--json", "--notified-on", "2027-11-30")
    assert {finding["rule"] for each in json.loads(late.stdout)["rows"] for finding in each["findings"]} == {"campaign.kind", "amendment.notice"}
    planned = json.loads(_command(issued, renewed, "--plan", "--json").stdout)
    assert [len(each["keys"]) for each in planned["groups"]] == [3]
    assert "provider's contacts › e-mail" in planned["groups"][0]["what"].replace("’", "'")
    done = _command(issued, renewed, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "DRAFT, not to be signed" in done.stderr  # the baseline's list is an example
    assert "3 × " in (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "SNC-2027-0003" / "manifest.json").is_file()
    again = _command(issued, renewed, "-o", tmp_path / "out", "--resume", "--json")
    assert [each["kept"] for each in json.loads(again.stdout)["rows"]] == [True] * 3


def test_a_file_that_was_changed_since_is_said_and_the_others_are_amended(issued: Path, renewed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "issued"
    shutil.copytree(issued, folder)
    path = folder / "SNC-2027-0001" / "fr" / "agreement.docx"
    path.write_bytes(path.read_bytes()[:2000])
    (folder / "SNC-2027-0002" / "en" / "agreement.docx").unlink()
    done = _command(folder, renewed, "-o", tmp_path / "out", "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, [each["rule"] for each in told["findings"]]) == (1, ["campaign.not-issued"])
    assert {each["key"]: sorted({name.partition("/")[0] for name in each["files"]} - {"manifest.json"}) for each in told["rows"]} == {
        "SNC-2027-0001": ["en"],
        "SNC-2027-0002": ["fr"],
        "SNC-2027-0003": ["en", "fr"],
    }


def test_what_stands_against_a_package_is_said_and_a_reason_lets_it_pass(issued: Path, renewed: Path, tmp_path: Path) -> None:
    late = ("--notified-on", "2027-11-30")
    refused = _command(issued, renewed, "-o", tmp_path / "out", "--json", *late)
    rows = json.loads(refused.stdout)["rows"]
    assert (refused.exit_code, {finding["rule"] for each in rows for finding in each["findings"]}) == (1, {"amendment.notice"})
    passed = _command(issued, renewed, "-o", tmp_path / "out", "--resume", *late, "--override", "Agreed with all clients")
    assert passed.exit_code == 0


def test_a_folder_without_agreements_says_so(renewed: Path, tmp_path: Path) -> None:
    done = _command(tmp_path, renewed, "--plan")
    assert (done.exit_code, "no issued agreement" in done.stderr) == (1, True)


def test_an_agreement_that_nothing_changes_is_of_no_kind(issued: Path) -> None:
    settings = _settings(BASELINE)
    planned = list(planned_by(agreements_in(issued, settings).agreements, settings))
    assert [[each.rule for each in outcome.findings if each.severity.value != "info"][:1] for outcome in planned] == [["amendment.nothing"]] * 3
    assert "campaign.kind" not in {each.rule for outcome in planned for each in outcome.findings}


@pytest.mark.parametrize("reason", ["", "Agreed with all clients"])
def test_the_plan_tells_what_the_run_tells(renewed: Path, tmp_path: Path, reason: str) -> None:
    settings = _settings(renewed)
    if reason:
        settings = replace(settings, reason=reason, notified_on=date(2027, 11, 30))  # which is too late
    found = agreements_in(_issued_without_contacts(tmp_path), settings).agreements
    (planned,) = planned_by(found, settings)
    (made,) = run(amended_by, found, settings, Folder(tmp_path / "new"), State(tmp_path / FILE), Workers(None, 1))
    assert planned.findings == made.findings
    assert {"amendment.no-addressee", *(["amendment.notice"] if reason else [])} <= {each.rule for each in made.findings}
