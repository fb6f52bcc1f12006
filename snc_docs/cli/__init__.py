"""The command ``make-agreement``: thin commands over the library, each in a module of its own, imported when it runs.

Exit codes: 0 done; 1 versions differ, or a verdict is below what is required; 2 the input or the command line must be
mended; 3 something outside is missing or refuses (a file, a folder, LibreOffice).
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from snc_docs._version import __version__
from snc_docs.cli.speech import language_of, said, spoken, spoken_language, translated
from snc_docs.cli.streams import ended_by_signals, standard_streams
from snc_docs.language import LANGUAGES

# A command is short-lived and makes few cycles: collecting at Python's usual 700 objects would cost a tenth of a build.
gc.set_threshold(200_000)
atexit.register(gc.freeze)  # nor is there anything to collect for a process that ends
# Pydantic looks for plugins among all installed packages, which costs a fortieth of a build, and none has a say in an agreement's data.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Each command's module is named as the command; its first line stands here too, so that help needn't import it.
SUMMARIES: Final = {
    "amend": "Write the package by which NEW takes the place of OLD.",
    "blanks": "List what the agreement leaves to fill in, where, and who gives it.",
    "build": "Write the documents of BASELINE and CLIENT.",
    "campaign": "Make the documents of many clients, one a row of a table.",
    "certificate": "Write the data deletion certificate of one closed account.",
    "check": "Check FILES: baselines, client files, or both; or templates.",
    "compliance": "Tell which requirement of SecNumCloud is met by which clause.",
    "diff": "Tell what NEW changes in OLD: the data, the clauses, the words.",
    "explain": "Tell what RULE is there for, and how to mend what it finds.",
    "fields": "List every field of the baseline and of the client FILE.",
    "init": "Write commented starter files into DIR.",
    "layers": "Tell which clause comes from which layer, and what it covers.",
    "new": "Write a commented client file CLIENT for a baseline that is there.",
    "statements": "List what the agreement states, and what each thing rests on.",
    "schema": "Print the JSON Schema of a baseline or client FILE.",
}


# What a command is called by who thinks in French.
_IN_FRENCH: Final = {
    **dict.fromkeys(("construire", "générer", "generer"), "build"),
    **dict.fromkeys(("vérifier", "verifier", "contrôler", "controler"), "check"),
    **dict.fromkeys(("nouveau", "client"), "new"),
    **dict.fromkeys(("comparer", "différences", "differences"), "diff"),
    **dict.fromkeys(("avenant", "modifier"), "amend"),
    **dict.fromkeys(("conformité", "conformite"), "compliance"),
    **dict.fromkeys(("expliquer",), "explain"),
    **dict.fromkeys(("champs",), "fields"),
    **dict.fromkeys(("campagne",), "campaign"),
    **dict.fromkeys(("certificat",), "certificate"),
}


class _Commands(click.Group):
    """The commands, imported one by one: help must not wait for the whole library."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names of the commands."""
        return sorted(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """Return a command, or None for a name that isn't one."""
        if cmd_name not in SUMMARIES:
            return None
        command: click.Command = import_module(f"snc_docs.cli.commands.{cmd_name}").command
        return translated(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that a line names; UsageError with the nearest name for one that isn't there."""
        if args and args[0] not in SUMMARIES and not args[0].startswith("-"):
            from snc_docs.model.nearest import nearest

            near = _IN_FRENCH.get(args[0].lower()) or nearest(args[0], SUMMARIES)
            if near is not None:
                ctx.fail(said("No such command {name!r}. Did you mean {near!r}?").format(name=args[0], near=near))
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run the command line with streams that are fit to print on, in the language that it asks for; a wrong one is said to a program in an object."""
        given = sys.argv[1:] if args is None else list(args)
        with standard_streams(), ended_by_signals(), spoken(language_of(given)):
            run = partial(click.Group.main, translated(self), given, *more)
            return _for_program(run, options) if "--json" in given else _for_people(run, options, given)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what its output meets is said here, before click takes it for something else."""
        with standard_streams():
            _take_settings(ctx)
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section(said("Commands")):
            formatter.write_dl([(name, said(SUMMARIES[name])) for name in self.list_commands(ctx)])


def _for_people(run: Callable[..., Any], options: dict[str, Any], given: Sequence[str]) -> Any:
    """Run a command line; one that failed over a name with spaces, which a shell takes apart, is told so."""
    try:
        return run(**options)
    except SystemExit as end:
        name = _taken_apart(given) if end.code not in (0, None) else None
        if name is not None:
            click.echo(said('Put a name with spaces in quotation marks: "{name}".').format(name=name), err=True)
        raise


def _taken_apart(given: Sequence[str]) -> str | None:
    """Return the name of a file or folder of which arguments in a row are the words; None where there is none."""
    runs = (" ".join(given[start:end]) for start in range(len(given)) for end in range(start + 2, min(start + _MOST_WORDS, len(given)) + 1))
    try:
        return next((name for name in runs if Path(name).exists()), None)
    except (OSError, ValueError):  # a name that no system takes is none
        return None


_MOST_WORDS: Final = 8


def _for_program(run: Callable[..., Any], options: dict[str, Any]) -> NoReturn:
    """Run a command line that asks for JSON, and end; a wrong one is said in an object, as everything else."""
    try:
        code = run(**{**options, "standalone_mode": False})
    except click.ClickException as error:
        from snc_docs.cli.show import print_json

        print_json({"ok": False, "files": [], "findings": [], "error": error.format_message()})
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _take_settings(ctx: click.Context) -> None:
    """Make the settings of the current folder the defaults of every command; UsageError for a file of settings that can't be used."""
    from snc_docs.cli.settings import SettingsError, settings_for

    try:
        settings = settings_for(Path.cwd())
    except SettingsError as error:
        raise click.UsageError(error.wording.in_language(spoken_language())) from error
    except OSError:  # a folder that is gone, or whose parents can't be looked into, has no settings
        settings = None
    values = dict(settings.values) if settings is not None else {}
    if ctx.params.get("ui_lang"):
        values["ui_lang"] = ctx.params["ui_lang"]
    of_campaigns = {**values, "run": values, "amend": values, "columns": values}
    ctx.default_map = {name: of_campaigns if name == "campaign" else values for name in SUMMARIES}
    ctx.obj = settings


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="Exit codes: 0 done; 1 versions differ, or a verdict is below what is required; 2 mend the input; 3 something outside is missing or refuses.",
)
@click.version_option(__version__, prog_name="make-agreement")
@click.option("--ui-lang", type=click.Choice(LANGUAGES), help="Language of the messages, as behind the command's name.")
def main(ui_lang: str | None) -> None:  # taken from the context, as a default of every command
    """Make SecNumCloud service agreements, in French and English.

    \b
    make-agreement init my-agreements
    make-agreement check my-agreements/client.yaml
    make-agreement build my-agreements/client.yaml

    \b
    Shell completion, for bash (zsh and fish likewise):
    eval "$(_MAKE_AGREEMENT_COMPLETE=bash_source make-agreement)"
    """
