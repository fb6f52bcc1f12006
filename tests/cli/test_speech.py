"""The command line speaks French where it is asked to: every word of its help and of its usage errors, and English again afterwards."""

from __future__ import annotations

import inspect
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from snc_docs.cli import SUMMARIES, main
from snc_docs.cli.speech import _LOCALES
from tests.tools import EXAMPLES, ROOT, run_command

_FOLDER = _LOCALES / "fr" / "LC_MESSAGES"
_CLIENT = EXAMPLES / "outscale" / "client.yaml"


def _catalogue() -> Catalog:
    with (_FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="fr")


def _commands(group: click.Group = main) -> Iterator[click.Command]:
    yield group
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield from _commands(command) if isinstance(command, click.Group) else (command,)


def _forms(text: object) -> tuple[str, ...]:
    """Return the one form of a message, or its forms of one and of several."""
    return (text,) if isinstance(text, str) else tuple(str(each) for each in text) if isinstance(text, tuple | list) else ()


def _words() -> set[str]:
    """Return every text of the help in English."""
    texts = set(SUMMARIES.values())
    for command in _commands():
        texts |= {inspect.cleandoc(command.help or ""), command.epilog or ""}
        texts |= {getattr(each, "help", None) or "" for each in command.params}
    return {each.replace("\b", "¶") for each in texts if each}


def test_every_text_of_the_help_has_its_french_and_nothing_else_is_kept() -> None:
    messages = {each.id if isinstance(each.id, str) else each.id[0]: each for each in _catalogue() if each.id}
    assert _words() - messages.keys() == set()
    source = " ".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    source += " ".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "snc_docs" / "cli", ROOT / "snc_docs" / "cli" / "commands") for path in path.glob("*.py")
    )
    spoken = re.sub(r'"\s*\n\s*"', "", source)
    unused = [each for each in messages if each not in _words() and each.replace("\n", "\\n").replace("\t", "\\t") not in spoken]
    assert unused == []


def test_values_in_braces_and_names_of_options_are_the_same_in_both() -> None:
    for each in _catalogue():
        pairs = zip(_forms(each.id), _forms(each.string), strict=True)
        for english, french in pairs:
            for form in (r"\{[^}]*\}", r"--[a-z-]+", r"^  make-agreement \w+"):
                was, now = (sorted(set(re.findall(form, text, re.MULTILINE))) for text in (english, french))
                assert was == now or not each.id, (english, french)


def test_the_compiled_catalogue_is_that_of_the_words() -> None:
    """Else: make words."""
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue())
    assert compiled.getvalue() == (_FOLDER / "messages.mo").read_bytes()


@pytest.mark.parametrize("name", [None, *SUMMARIES])
def test_help_is_french_and_fits_80_columns(name: str | None) -> None:
    shown = run_command(*([name] if name else []), "--help", language="fr").stdout
    assert shown.startswith("Usage : ")
    assert "Afficher ce message et finir." in shown
    assert not re.search(r"\b(?:the|of the|Default|Folder|Exit codes)\b", shown.partition("Exemple")[0]), shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "Show this message" in run_command(*([name] if name else []), "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "--ui-lang", "fr"), "Erreur : Il manque l'argument 'BASELINE'."),
        (("build", "x", "y", "z", "--ui-lang=fr"), "Erreur : Argument en trop (z)"),
        (("build", "x", "--nope", "--ui-lang", "fr"), "Erreur : Aucune option '--nope'."),
        (("bild", "--ui-lang", "fr"), "Erreur : Aucune commande 'bild'."),
        (
            ("--ui-lang", "fr", "build", "x", "--format", "odt"),
            "Erreur : Valeur refusée pour '--format' : 'odt' n'est pas parmi 'docx', 'html', 'pdf', 'bilingual'.",
        ),
        (
            ("build", "x", "--format", "bilingual", "-l", "fr", "--ui-lang", "fr"),
            "Erreur : Le format bilingual demande les deux langues : retirer -l.",
        ),
        (("build", _CLIENT, "-o", "a.docx", "--ui-lang", "fr"), "-o a.docx nomme un seul fichier, et 10 sont demandés"),
        (
            ("amend", "x", "y", "--notified-on", "2/5/2027", "--ui-lang", "fr"),
            "'2/5/2027' n'est pas une date ; l'écrire année-mois-jour : 2027-05-02.",
        ),
        (("amend", "x", "y", "--notified-on", "demain", "--ui-lang", "fr"), "n'est pas une date ; l'écrire année-mois-jour : 2026-09-01."),
        (("check", "--ui-lang", "fr"), "Erreur : Donner FILES, ou --templates."),
    ],
)
def test_usage_errors_are_french(arguments: tuple[str, ...], said: str) -> None:
    done = run_command(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Error: " in run_command("build", "--ui-lang", "en").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("build",), "Missing argument 'BASELINE'."), (("build", "x", "--format", "odt"), "'odt' is not one of"), (("nothing",), "No such command")],
)
def test_a_program_is_told_of_a_wrong_command_line_in_an_object(arguments: tuple[str, ...], said: str) -> None:
    done = run_command(*arguments, "--json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert found["ok"] is False
    assert said in found["error"]
    assert done.stderr == ""


def test_a_name_that_the_shell_took_apart_is_told_so(tmp_path: Path) -> None:
    place = tmp_path / "my client.yaml"
    place.write_text("{}", encoding="utf-8")
    for arguments in (("build", "x", *str(place).split()), ("check", *str(place).split())):
        said = run_command(*arguments).stderr
        assert f'Put a name with spaces in quotation marks: "{place}".' in said
    assert "quotation" not in run_command("check", place).stderr


def test_a_client_without_a_baseline_is_told_where_one_comes_from(tmp_path: Path) -> None:
    done = run_command("new", tmp_path / "client.yaml", "--baseline", tmp_path / "baseline.yaml")
    assert done.exit_code == 3
    assert "make-agreement init FOLDER" in done.stderr
