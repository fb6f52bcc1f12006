"""``make-agreement check``: every finding on data, templates and documents, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click

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
SHIPPED: Final = ""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What ``check`` was asked for; a folder of templates is "" for the shipped ones alone; none, for no templates."""

    files: Sequence[Path]
    languages: Sequence[Language]
    folders: Sequence[str]
    data: Sequence[Path]
    accept_names: bool
    form: str
    strict: bool
    today: datetime | None


@click.command(name="check", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, type=PATH)
@language_option
@click.option(
    "--templates",
    "folders",
    is_flag=False,
    flag_value=SHIPPED,
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
