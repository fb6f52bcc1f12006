"""Settings of a folder are the defaults of commands run in it and below, and each command says what it took."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tools import EXAMPLES, run_command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of clients, which is the current one, below one that may have settings."""
    shutil.copytree(EXAMPLES / "outscale", tmp_path / "clients", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "clients")
    return tmp_path


_SETTINGS = 'languages = "fr"\noutput = "made"\ntemplates = ["clauses"]\n'


@pytest.mark.parametrize(
    ("name", "text"), [("snc-docs.toml", _SETTINGS), ("pyproject.toml", f'[project]\nname = "x"\n\n[tool.snc-docs]\n{_SETTINGS}')]
)
def test_settings_upwards_are_defaults_and_are_said(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    own = folder / "clauses" / "fr" / "purpose.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("# Notre objet {#purpose}\n\nNos mots.\n", encoding="utf-8")
    done = run_command("build", "client.yaml", "--part", "body", "--format", "html")
    assert done.exit_code == 0, done.stderr
    assert f"settings of {folder / name}: languages, output, templates" in done.stderr
    assert [path.relative_to(folder).as_posix() for path in (folder / "made").rglob("*.html")] == ["made/fr/body.html"]
    assert "Nos mots." in (folder / "made" / "fr" / "body.html").read_text(encoding="utf-8")


def test_the_command_line_holds_instead(folder: Path) -> None:
    (folder / "snc-docs.toml").write_text(_SETTINGS.replace('templates = ["clauses"]\n', ""), encoding="utf-8")
    done = run_command("build", "client.yaml", "-l", "en", "-o", "here", "--part", "body")
    assert (done.exit_code, "settings" in done.stderr) == (0, False)
    assert [path.parent.name for path in Path("here").rglob("*.docx")] == ["en"]


def test_a_program_gets_its_object_alone(folder: Path) -> None:
    (folder / "snc-docs.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    done = run_command("statements", "client.yaml", "--json")
    assert (done.exit_code, done.stderr, '"fr": [' in done.stdout) == (0, "", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("template = 1\n", "did you mean 'templates'"),
        ("colour = 1\n", "there are: templates"),
        ("output = 1\n", "a text is expected"),
        ("languages = [1]\n", "a text or a list of texts"),
        ("output = \n", "unreadable TOML"),
        ('languages = "de"\n', "'de' is not one of"),
    ],
)
def test_settings_that_cannot_be_are_said(folder: Path, text: str, said: str) -> None:
    (folder / "snc-docs.toml").write_text(text, encoding="utf-8")
    done = run_command("build", "client.yaml")
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("text", ['[tool.other]\nx = "snc-docs"\n', "[tool\nsnc-docs", "tool = 1\n# snc-docs\n"])
def test_other_programs_settings_are_passed_over(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    assert run_command("schema", "client").exit_code == 0


def test_the_nearest_settings_hold(folder: Path) -> None:
    (folder / "snc-docs.toml").write_text('languages = "fr"\n', encoding="utf-8")
    (folder / "clients" / "snc-docs.toml").write_text('languages = "en"\n', encoding="utf-8")
    done = run_command("build", "client.yaml", "--part", "body")
    assert [path.parent.name for path in Path("out").rglob("*.docx")] == ["en"], done.stderr
