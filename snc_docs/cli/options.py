"""Options that several commands share, and the frame in which each command runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource
from platformdirs import user_cache_path

from snc_docs.cli.show import Voice, default_language
from snc_docs.cli.speech import said
from snc_docs.cli.waiting import waiting
from snc_docs.errors import SncDocsError
from snc_docs.language import LANGUAGES, Language
from snc_docs.shelf import shelf_in

F = TypeVar("F", bound=Callable[..., Any])
Asked = TypeVar("Asked")


class _FileOrFolder(click.Path):
    """A path; UsageError for an empty one, which a script with an unset variable gives and which would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail(said("an empty path; name the file or folder."), param, ctx)
        return super().convert(value, param, ctx)


class _Day(click.DateTime):
    """A day as ISO 8601 writes it; UsageError with the day that was meant by one that is written otherwise."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from snc_docs.model.proposals import value_meant  # few days are written wrong

            near = value_meant("date_not_iso", value, date, "") or '"2026-09-01"'
            self.fail(said("{value!r} isn't a day; write it year-month-day: {near}.").format(value=value, near=near.strip('"')), param, ctx)


PATH: Final = _FileOrFolder(path_type=Path)
DAY: Final = _Day()

language_option = click.option(
    "-l", "--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Language of the documents; may be given twice. Default: both."
)


def output_option(what: str) -> Callable[[F], F]:
    """Return ``-o`` for a command that writes ``what``, by default below ``out``."""
    return click.option(
        "-o",
        "--output",
        type=PATH,
        default=Path("out"),
        show_default=True,
        metavar="OUT",
        help=f"Folder of {what}, or the file itself where it is one.",
    )


templates_option = click.option(
    "--templates",
    type=PATH,
    metavar="DIR",
    multiple=True,
    help="Folder of your own clause files, laid over the shipped ones and those that the files name; may be repeated, the last uppermost.",
)
strict_option = click.option("--strict", is_flag=True, help="Count every warning as an error.")
reference_option = click.option("--reference", type=PATH, metavar="FILE", help="Word file that lends its styles, header and footer.")
names_option = click.option(
    "--names",
    default="",
    metavar="PATTERN",
    help="Names of the files, of {reference}, {version}, {client}, {part}, {language}. Default: {language}/{part}.",
)


def _take_office(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    """Have this run, and the processes that it starts, take the LibreOffice that is named; UsageError where it isn't one."""
    if value is None:
        return
    from snc_docs.writers.office import OFFICE, named_program  # few runs name it

    if named_program(str(value)) is None:
        raise click.BadParameter(said("{path} is no program that can be run, and no folder of LibreOffice.").format(path=value), ctx)
    before = os.environ.get(OFFICE)
    os.environ[OFFICE] = str(value)
    ctx.call_on_close(partial(os.environ.__setitem__, OFFICE, before) if before is not None else partial(os.environ.pop, OFFICE))


office_option = click.option(
    "--office",
    type=PATH,
    metavar="PATH",
    expose_value=False,
    callback=_take_office,
    help="LibreOffice, or its folder, where it isn't in one of its usual places (also: SNC_OFFICE).",
)
today_option = click.option(
    "--today",
    type=DAY,
    metavar="DATE",
    help="Day on which dates are judged while the effective date is unknown. Default: this day.",
)
old_templates_option = click.option(
    "--old-templates",
    type=PATH,
    metavar="DIR",
    multiple=True,
    help="Templates of OLD where they were others. Default: those of --templates.",
)
author_option = click.option("--author", default="", metavar="NAME", help="Author of the tracked changes. Default: the provider.")
old_argument = click.argument("old", type=PATH)
new_argument = click.argument("new", type=PATH)
baseline_argument = click.argument("baseline", type=PATH)
client_argument = click.argument("client", type=PATH, required=False)


_no_cache_option = click.option(
    "--no-cache", is_flag=True, envvar="SNC_NO_CACHE", help="Make everything anew: use and keep no work of other runs (also: SNC_NO_CACHE=1)."
)


def framed(kind: type[Asked], *, keeps_work: bool = True) -> Callable[[Callable[[Asked, Voice], None]], Callable[..., None]]:
    """Return what gives a command its ``--json`` and ``--ui-lang``, what it was asked for as one value, and messages and exit codes for errors.

    A command that ``keeps_work`` finds what earlier runs made of the same, unless ``--no-cache`` is given.
    """

    def frame(function: Callable[[Asked, Voice], None]) -> Callable[..., None]:
        @click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, for programs.")
        @click.option("--ui-lang", type=click.Choice(LANGUAGES), help="Language of the messages. Default: SNC_LANG, or the system's.")
        @wraps(function)
        def run(*, as_json: bool, ui_lang: Language | None, no_cache: bool = True, **options: Any) -> None:
            voice = Voice(ui_lang or default_language(), as_json)
            _say_settings(voice)
            try:
                with shelf_in(None if no_cache else user_cache_path("snc_docs", appauthor=False)), _shown_waiting(as_json=as_json):
                    function(kind(**options), voice)
            except SncDocsError as error:
                voice.trouble(error)
                sys.exit(error.exit_code)

        return _no_cache_option(run) if keeps_work else run

    return frame


def _shown_waiting(*, as_json: bool) -> AbstractContextManager[None]:
    """Return what shows that a command works; a campaign has its own bar, and a program sees none."""
    ctx = click.get_current_context()
    return nullcontext() if as_json or "campaign" in ctx.command_path else waiting(ctx.command_path)


def _say_settings(voice: Voice) -> None:
    """Say what this run takes from a file of settings."""
    ctx = click.get_current_context()
    settings = ctx.find_root().obj
    names = [str(each.name) for each in ctx.command.params]
    taken = [name for name in names if ctx.get_parameter_source(name) is ParameterSource.DEFAULT_MAP]
    said = settings.said(taken) if settings is not None else None
    if said is not None and not voice.json:
        click.echo(voice.say(said), err=True)


# As the shipped outline has them; a layer may add others.
PARTS: Final = ("agreement", "body", "appendix-a", "appendix-b", "appendix-c")


def complete_part(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Return the parts that a shell offers behind ``--part``."""
    return [part for part in PARTS if part.startswith(incomplete)]
