"""Settings of a folder are the defaults of commands run in it and below, and each command says what it took."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest

from snc_docs.cli import main
from snc_docs.cli.settings import SETTINGS
from snc_docs.writers import office
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


def test_page_numbers_are_asked_for_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    (folder / "snc-docs.toml").write_text("page-numbers = true\n", encoding="utf-8")
    asked, left = (run_command("build", "client.yaml", "-l", "en", "-o", "here", *more) for more in ((), ("--no-page-numbers",)))
    assert ["[contents.no-layout]" in each.stderr for each in (asked, left)] == [True, False]


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
        ('page-numbers = "yes"\n', "true or false is expected"),
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


def _commands() -> list[tuple[str, click.Command]]:
    """Return every command by its words, those of a campaign too."""
    context = click.Context(main)
    found = [(name, main.get_command(context, name)) for name in main.list_commands(context)]
    campaign = dict(found)["campaign"]
    assert isinstance(campaign, click.Group)
    return [(name, each) for name, each in [*found, *((f"campaign {name}", each) for name, each in campaign.commands.items())] if each is not None]


# The same word for something else: a flag of init's, and the one workbook that is written.
_OTHERS = {("init", "--templates"), ("campaign columns", "--output")}


@pytest.mark.parametrize(("name", "command"), _commands(), ids=[name for name, _ in _commands()])
def test_every_command_takes_a_setting_where_it_has_its_option(name: str, command: click.Command) -> None:
    taken = {option: str(each.name) for each in command.params for option in each.opts if option.startswith("--")}
    options = {**{setting: (f"--{setting}", parameter) for setting, (parameter, _) in SETTINGS.items()}, "languages": ("--language", "languages")}
    wanted = {option: parameter for option, parameter in options.values() if option in taken and (name, option) not in _OTHERS}
    assert {option: taken[option] for option in wanted} == wanted
    others = {taken[option] for of, option in _OTHERS if of == name}
    assert others.isdisjoint(parameter for _, parameter in options.values())


# What takes something else than a client file, or that and more.
_OF_OTHER_DATA = {"campaign run", "campaign amend", "campaign columns", "certificate", "fields", "init", "schema"}


def _laying_layers() -> list[str]:
    """Return the commands of a client file that have ``--templates``."""
    taking = [name for name, command in _commands() if any("--templates" in each.opts for each in command.params)]
    return [name for name in taking if name not in _OF_OTHER_DATA]


@pytest.mark.parametrize("command", _laying_layers())
def test_every_command_lays_the_layers_of_the_settings_over_the_shipped_ones(folder: Path, command: str) -> None:
    (folder / "snc-docs.toml").write_text('templates = ["clauses"]\n', encoding="utf-8")
    (folder / "clauses" / "fr").mkdir(parents=True)
    (folder / "clauses" / "outline.yaml").write_text("add: nothing\n", encoding="utf-8")
    of_two = {"amend": ("client.yaml", "-o", "sent"), "diff": ("client.yaml",)}
    done = run_command(command, "client.yaml", *of_two.get(command, ()))
    assert (done.exit_code, f"settings of {folder / 'snc-docs.toml'}: templates" in done.stderr) == (2, True), done.output
    assert f"{folder / 'clauses' / 'outline.yaml'}:1" in done.output


def test_check_checks_templates_where_it_is_asked_to_and_then_those_of_the_settings(folder: Path) -> None:
    (folder / "snc-docs.toml").write_text('templates = ["clauses"]\n', encoding="utf-8")
    for language in ("fr", "en"):
        (folder / "clauses" / language).mkdir(parents=True)
    (folder / "clauses" / "fr" / "nowhere.md.j2").write_text("# Rien {#nowhere}\n", encoding="utf-8")
    data, both, alone = (run_command("check", *more) for more in (("client.yaml",), ("client.yaml", "--templates"), ("--templates",)))
    assert ("1 file(s):" in data.stdout, "templates" in data.stdout) == (True, False)
    for done in (both, alone):
        assert ("templates:" in done.stdout, "settings of" in done.stderr, "nowhere.md.j2" in done.output) == (True, True, True), done.output


def test_what_has_the_word_of_a_setting_for_something_else_leaves_it(folder: Path) -> None:
    (folder / "snc-docs.toml").write_text(_SETTINGS, encoding="utf-8")
    (folder / "clauses").mkdir()
    assert run_command("init", "new").exit_code == 0
    assert not Path("new", "templates").exists()
    assert run_command("campaign", "columns").exit_code == 0
    assert (Path("clients.xlsx").is_file(), (folder / "made").exists()) == (True, False)
