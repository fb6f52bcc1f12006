"""``make-agreement fields``: every field of the data files, what it is called and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import framed, templates_option
from snc_docs.cli.show import Voice

_EXAMPLES: Final = """\b
Examples:
  make-agreement fields
  make-agreement fields client
  make-agreement fields baseline --templates our-clauses --format markdown
"""


@dataclass(frozen=True, slots=True)
class FieldsOptions:
    """What ``fields`` was asked for."""

    file: str | None
    form: str
    templates: Sequence[Path]


@click.command(name="fields", epilog=_EXAMPLES)
@click.argument("file", type=click.Choice(["baseline", "client"]), required=False)
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True, help="Format.")
@templates_option
@framed(FieldsOptions, keeps_work=False)
def command(options: FieldsOptions, voice: Voice) -> None:
    """List every field of the baseline and of the client FILE.

    With its name in words, what it holds, its values where it is a choice,
    and the own facts that layers declare.
    """
    from snc_docs.cli.fields import list_fields

    list_fields(options, voice)
