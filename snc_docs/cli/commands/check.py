"""``make-agreement check``: every finding on data, templates and documents, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import click
from click.core import ParameterSource

from snc_docs.cli.options import PATH, framed, language_option, strict_option, today_option
from snc_docs.cli.show import Voice
from snc_docs.language import Language

_EXAMPLES: Final = """\b
Examples:
  make-agreement check client.yaml
  make-agreement check baseline.yaml clients/*.yaml --json
  make-agreement check client.yaml --templates our-clauses
  make-agreement check --templates
  make-agreement check --templates our-clauses --data clients/*.yaml
  make-agreement check --templates our-clauses --accept-names
  make-agreement check clients/*.yaml --format sarif > findings.sarif
"""
# What --templates stands for without a folder.
_NO_FOLDER: Final = ""


class Templates(NamedTuple):
    """The layers that the data is checked with, and whether the templates themselves are checked."""

    folders: tuple[Path, ...]
    are_checked: bool


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What ``check`` was asked for."""

    files: Sequence[Path]
    languages: Sequence[Language]
    templates: Templates
    data: Sequence[Path]
    accept_names: bool
    form: str
    strict: bool
    today: datetime | None


def _take_templates(ctx: click.Context, param: click.Parameter, named: Sequence[str]) -> Templates:
    """Return the layers that were named, those of the settings where none was; the command line alone asks for the templates to be checked."""
    name = str(param.name)
    is_asked = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    folders = [folder for folder in named if folder != _NO_FOLDER]
    if is_asked and not folders:
        folders = ctx.lookup_default(name) or []
        ctx.set_parameter_source(name, ParameterSource.DEFAULT_MAP if folders else ParameterSource.COMMANDLINE)
    return Templates(tuple(map(Path, folders)), is_asked)


@click.command(name="check", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, type=PATH)
@language_option
@click.option(
    "--templates",
    is_flag=False,
    flag_value=_NO_FOLDER,
    callback=_take_templates,
    metavar="[DIR]",
    multiple=True,
    help="Check the templates too: the shipped ones, or DIR laid over them; may be repeated, the last uppermost. Name FILES before it.",
)
@click.option(
    "--data",
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="Client file or baseline that conditions of the templates should be seen with, besides the examples; may be repeated.",
)
@click.option("--accept-names", is_flag=True, help="Put capitalised words that no clause defines into the names.yaml of your uppermost layer.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Format: sarif (2.1.0) for code hosts, github for its workflows.",
)
@strict_option
@today_option
@framed(CheckOptions)
def command(options: CheckOptions, voice: Voice) -> None:
    """Check FILES: baselines, client files, or both; or templates.

    A client file is checked with the baseline that it names, or else with the
    baseline among FILES; a baseline alone is checked with an unknown client.
    Exit code 2 when there are errors, 3 when a file can't be read.
    """
    from snc_docs.cli.check import check

    check(options, voice)
