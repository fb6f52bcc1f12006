"""``make-agreement diff``: what changed between two versions of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, get_args

import click

from snc_docs.cli.options import (
    PATH,
    author_option,
    framed,
    language_option,
    new_argument,
    old_argument,
    old_templates_option,
    reference_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice
from snc_docs.language import Language
from snc_docs.writers import ChangesFormat

_EXAMPLES: Final = """\b
Examples:
  make-agreement diff old.yaml new.yaml
  make-agreement diff issued.docx client.yaml -l fr
  make-agreement diff client.yaml client.yaml --new-baseline baseline-2.yaml
  make-agreement diff old.yaml new.yaml --format html --format docx -o out
  make-agreement diff old.yaml new.yaml --format json | jq .duties

Exit codes, as those of diff: 0 the same, 1 different, 2 trouble.
"""


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """What ``diff`` was asked for."""

    old: Path
    new: Path
    languages: Sequence[Language]
    formats: Sequence[ChangesFormat]
    output: Path
    old_baseline: Path | None
    new_baseline: Path | None
    author: str
    reference: Path | None
    templates: Sequence[Path]
    old_templates: Sequence[Path]
    today: datetime | None


@click.command(name="diff", epilog=_EXAMPLES)
@old_argument
@new_argument
@language_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(get_args(ChangesFormat)),
    help="Format; may be repeated. Default: text. html is a page to click through, docx has tracked changes; bilingual: those of both languages side by side.",
)
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=Path("out"),
    show_default=True,
    metavar="OUT",
    help="Folder of the html and docx files, or the file itself where one document is asked for (text, JSON and Markdown too).",
)
@click.option("--old-baseline", type=PATH, metavar="FILE", help="Baseline of OLD, in the place of the one that it names.")
@click.option("--new-baseline", type=PATH, metavar="FILE", help="Baseline of NEW, in the place of the one that it names.")
@author_option
@reference_option
@templates_option
@old_templates_option
@today_option
@framed(DiffOptions)
def command(options: DiffOptions, voice: Voice) -> None:
    """Tell what NEW changes in OLD: the data, the clauses, the words.

    OLD and NEW are client files, or Word files that this command wrote: they
    carry their data. Each change is rated, says which duty it triggers, and
    whether the agreement itself forbids it. The format bilingual gives
    OUT/bilingual/changes.docx.
    """
    from snc_docs.cli.diff import diff

    diff(options, voice)
