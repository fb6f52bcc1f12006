"""``make-agreement diff``: what it takes, prints and writes, and its exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from snc_docs.cli import diff as module
from snc_docs.writers.docx.verify import faults
from tests.model.test_commitment_rules import complete
from tests.tools import EXAMPLES, ROOT, changed, parts, run_command, starter_data, story, write_pair

OUTSCALE = EXAMPLES / "outscale" / "client.yaml"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return story(tmp_path_factory.mktemp("story"))


def test_the_same_is_0_another_is_1_and_trouble_is_2(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert run_command("diff", OUTSCALE, OUTSCALE).exit_code == 0
    assert run_command("diff", *pair).exit_code == 1
    assert run_command("diff", pair[0], tmp_path / "absent.yaml").exit_code == 2
    assert run_command("diff", pair[0], tmp_path / "absent.docx").exit_code == 2
    (tmp_path / "bad.yaml").write_text("client: [", encoding="utf-8")
    assert run_command("diff", pair[0], tmp_path / "bad.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "  Notices › notice of a change [notice period]",
                "    - 30\u00a0days",
                "    + 45\u00a0days",
                "  7.8 – Exclusions – renumbered [editorial]",
            ],
        ),
        (
            "fr",
            [
                "  Délais › préavis de modification [délais]",
                "    - 30\u00a0jours",
                "    + 45\u00a0jours",
                "  7.8 – Exclusions – renuméroté [rédaction]",
            ],
        ),
    ],
)
def test_the_terminal_shows_labels_values_and_weights(pair: tuple[Path, Path], language: str, lines: list[str]) -> None:
    shown = run_command("diff", *pair, language=language).stdout.splitlines()
    assert [line for line in lines if line not in shown] == []


def test_no_line_is_wider_than_the_terminal(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in run_command("diff", *pair).stdout.splitlines()) <= 60


def test_on_a_terminal_it_is_coloured_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr("sys.stdout", type("Terminal", (), {"isatty": lambda _: True})())
    monkeypatch.setattr(click, "echo_via_pager", paged.append)
    module._page([click.style("line", fg="red")] * 200)
    assert len(paged) == 1
    assert "\x1b[31m" in paged[0]


def test_programs_get_json(pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (("--format", "json"), ("--json",), ("--json", "--format", "html")):
        data = json.loads(run_command("diff", *pair, *arguments).stdout)
        assert (data["same"], data["duties"]) == (False, ["third-party-notice", "notice", "new-certificate"])
    assert [Path(name).name for name in data["files"]] == ["changes.html", "changes.html"]


def test_files_are_written_for_each_language(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = run_command("diff", *pair, "--format", "html", "--format", "docx", "-o", tmp_path)
    assert result.exit_code == 1
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
        f"{language}/changes.{form}" for language in ("en", "fr") for form in ("docx", "html")
    ]
    content = (tmp_path / "en" / "changes.docx").read_bytes()
    assert faults(content) == []
    assert b'w:author="Outscale"' in parts(content)["word/document.xml"]


def test_the_author_and_the_day_can_be_given(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run_command("diff", *pair, "--format", "docx", "-l", "fr", "-o", tmp_path, "--author", "Direction juridique", "--today", "2026-11-25")
    text = parts((tmp_path / "fr" / "changes.docx").read_bytes())["word/document.xml"].decode()
    assert 'w:author="Direction juridique" w:date="2026-11-25T00:00:00Z"' in text


def test_an_issued_word_file_stands_for_its_data(pair: tuple[Path, Path], tmp_path: Path) -> None:
    assert run_command("build", pair[0], "-o", tmp_path).exit_code == 0
    issued = tmp_path / "en" / "agreement.docx"
    assert run_command("diff", issued, pair[0]).exit_code == 0
    assert run_command("diff", issued, pair[1]).stdout == run_command("diff", *pair, "-l", "en").stdout
    assert run_command("diff", issued, issued).exit_code == 0


def test_word_files_of_two_languages_are_trouble(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run_command("build", pair[0], "-o", tmp_path)
    result = run_command("diff", tmp_path / "en" / "agreement.docx", tmp_path / "fr" / "agreement.docx")
    assert (result.exit_code, "aren't both there in this language" in result.stderr) == (2, True)
    result = run_command("diff", tmp_path / "en" / "agreement.docx", pair[1], "-l", "fr")
    assert (result.exit_code, "(fr)" in result.stderr) == (2, True)


def test_a_document_written_without_its_data_is_trouble(pair: tuple[Path, Path], tmp_path: Path) -> None:
    run_command("build", pair[0], "-o", tmp_path, "--no-embed")
    result = run_command("diff", tmp_path / "en" / "agreement.docx", pair[1])
    assert (result.exit_code, "doesn't carry its data" in result.stderr) == (2, True)
    held = parts((tmp_path / "en" / "agreement.docx").read_bytes())
    assert not any(name.startswith("customXml/item1") for name in held)  # the record; item2 binds the fields to fill in
    assert b"CS-2026" not in held["customXml/item2.xml"]


def test_a_baseline_can_take_the_place_of_the_one_that_a_client_file_names(pair: tuple[Path, Path]) -> None:
    result = run_command("diff", pair[1], pair[1], "--old-baseline", pair[0].with_name("baseline.yaml"), "--format", "json")
    data: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {each["path"].partition(".")[0] for each in data["data"]} == {
        "baseline",
        "third_parties",
        "notices",
        "certificate",
        "attachments",
        "commitments",
    }


def test_what_is_forbidden_comes_first(tmp_path: Path) -> None:
    baseline = complete("baseline.yaml")
    baseline["certificate"].pop("file")
    old = write_pair(tmp_path / "old", baseline, complete("client.yaml"))
    without = {name: value for name, value in baseline["commitments"].items() if name != "change_acceptance"}
    new = write_pair(tmp_path / "new", changed(baseline, "commitments", without), complete("client.yaml"))
    lines = run_command("diff", old, new, "-l", "en").stdout.splitlines()
    assert lines[:3] == [
        "Changes that lower a protected level",
        "  Optional commitments › acceptance of changes: a commitment is withdrawn",
        "",
    ]


def test_what_clauses_alone_say_is_told_without_data(tmp_path: Path) -> None:
    path = write_pair(tmp_path)
    own = tmp_path / "own" / "en"
    own.mkdir(parents=True)
    text = (ROOT / "templates" / "en" / "purpose.md.j2").read_text(encoding="utf-8")
    (own / "purpose.md.j2").write_text(text.replace("# Purpose", "# Aim"), encoding="utf-8")
    result = run_command("diff", path, path, "-l", "en", "--templates", own.parent, "--old-templates", ROOT / "templates")
    assert [line for line in result.stdout.splitlines() if re.match(r"[A-Z][a-z]+ \(\d+\)", line)] == ["Clauses (1)"]


def test_a_version_that_cannot_be_made_is_trouble(pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Purpose {#purpose}\n\n{% if %}\n", encoding="utf-8")
    for command in (("diff", *pair), ("amend", *pair, "-o", tmp_path / "out"), ("compliance", pair[0])):
        result = run_command(*command, "--templates", tmp_path, "-l", "en")
        assert (result.exit_code, "[template.fault]" in result.stderr) == (2, True)


def test_items_of_lists_that_move_come_and_go_are_named(tmp_path: Path) -> None:
    baseline = starter_data()
    others = baseline["third_parties"]["others"]
    more = [{**others[0], "name": f"Other {index}"} for index in range(3)]
    old = write_pair(tmp_path / "old", changed(baseline, "third_parties.others", [*others, *more]))
    new = write_pair(tmp_path / "new", changed(baseline, "third_parties.others", [more[2], *others, more[0], {**more[1], "name": "New"}]))
    text = " ".join(run_command("diff", old, new, "-l", "en").stdout.split())
    told = "Third parties › other third parties – {} [{}] {}"
    for said in (
        ("moved", "editorial", "- Other 2 (4) + Other 2 (1)"),
        ("removed", "third parties", "- Other 1"),
        ("added", "third parties", "+ New"),
    ):
        assert told.format(*said) in text
    assert "6.2 – Other Third Parties – reworded [third parties] moved - Other 2 Network operator" in text


def test_both_languages_side_by_side_with_their_changes(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = run_command("diff", *pair, "--format", "bilingual", "-o", tmp_path)
    assert (result.exit_code, result.stdout.splitlines()) == (1, [str(tmp_path / "bilingual" / "changes.docx")])
    content = (tmp_path / "bilingual" / "changes.docx").read_bytes()
    text = parts(content)["word/document.xml"].decode()
    assert faults(content) == []
    assert [f">{words}<" in text for words in ("trente", "quarante-cinq", "thirty", "forty-five")] == [True] * 4


def test_a_redline_of_both_languages_needs_both(pair: tuple[Path, Path], tmp_path: Path) -> None:
    result = run_command("diff", *pair, "--format", "bilingual", "-l", "fr", "-o", tmp_path)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "needs both languages in both versions: leave out -l" in " ".join(result.stderr.split())
