"""``make-agreement statements``: what an agreement states, sentence by sentence, and what each rests on, for legal to read and tick once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import baseline_argument, client_argument, framed, language_option, output_option, templates_option, today_option
from snc_docs.cli.show import Voice
from snc_docs.language import Language

_EXAMPLES: Final = """\b
Examples:
  make-agreement statements client.yaml -l en
  make-agreement statements client.yaml --format docx -o out
  make-agreement statements client.yaml --tick

Exit codes: 0 done, 2 mend the input, 3 something outside is missing.
"""


@dataclass(frozen=True, slots=True)
class StatementsOptions:
    """What ``statements`` was asked for."""

    baseline: Path
    client: Path | None
    languages: Sequence[Language]
    form: str
    tick: bool
    output: Path
    templates: Sequence[Path]
    today: datetime | None


@click.command(name="statements", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@language_option
@click.option("--format", "form", type=click.Choice(["text", "json", "docx"]), default="text", show_default=True, help="Format.")
@click.option("--tick", is_flag=True, help="Keep the list beside the baseline as read: from then on, what it doesn't hold is a finding.")
@output_option("the docx files")
@templates_option
@today_option
@framed(StatementsOptions)
def command(options: StatementsOptions, voice: Voice) -> None:
    """List what the agreement states, and what each thing rests on.

    Every commitment and fact of the document, by clause, with the datum or
    the line of a template that it comes from. Once legal has read it, --tick
    keeps it in statements.json beside the baseline.
    """
    from snc_docs.cli.statements import list_statements

    list_statements(options, voice)
