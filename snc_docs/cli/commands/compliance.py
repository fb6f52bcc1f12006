"""``make-agreement compliance``: which requirement of SecNumCloud 3.2 is met by which clause, and what mends the others."""

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
  make-agreement compliance client.yaml
  make-agreement compliance client.yaml --require met
  make-agreement compliance client.yaml --suggest
  make-agreement compliance client.yaml -l fr --format docx -o out
  make-agreement compliance baseline.yaml client.yaml --format json

Exit codes: 0 done, 1 a binding requirement is below --require, 2 mend the
input, 3 something outside is missing.
"""
_LEVELS: Final = ("met", "partial", "delegated", "missing")


@dataclass(frozen=True, slots=True)
class ComplianceOptions:
    """What ``compliance`` was asked for."""

    baseline: Path
    client: Path | None
    languages: Sequence[Language]
    form: str
    require: str | None
    suggest: bool
    output: Path
    templates: Sequence[Path]
    today: datetime | None


@click.command(name="compliance", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@language_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "docx"]), default="text", show_default=True, help="Format.")
@click.option("--require", type=click.Choice(_LEVELS), help="Least verdict for each binding requirement; below it, exit code 1.")
@click.option("--suggest", is_flag=True, help="Propose marks for words of your own clauses that may say what is lacking.")
@output_option("the html or docx files")
@templates_option
@today_option
@framed(ComplianceOptions)
def command(options: ComplianceOptions, voice: Voice) -> None:
    """Tell which requirement of SecNumCloud is met by which clause.

    Verdicts are computed from the assembled documents: a requirement counts
    as met when the clauses of every language asked for say what it needs.
    Each comes with its clauses, the reason, and what to add to mend it.
    """
    from snc_docs.cli.compliance import compliance

    compliance(options, voice)
