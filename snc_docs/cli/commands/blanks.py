"""``make-agreement blanks``: what is left to fill in, and who gives it."""

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
  make-agreement blanks client.yaml
  make-agreement blanks client.yaml --of client --format xlsx -o to-send
  make-agreement blanks client.yaml --format json | jq '.blanks[].path'

Exit codes: 0 done, 2 mend the input, 3 something outside is missing.
"""


@dataclass(frozen=True, slots=True)
class BlanksOptions:
    """What ``blanks`` was asked for."""

    baseline: Path
    client: Path | None
    languages: Sequence[Language]
    form: str
    giver: str | None
    output: Path
    templates: Sequence[Path]
    today: datetime | None


@click.command(name="blanks", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@language_option
@click.option("--format", "form", type=click.Choice(["text", "json", "docx", "xlsx"]), default="text", show_default=True, help="Format.")
@click.option("--of", "giver", type=click.Choice(["client", "provider", "signature"]), help="Those that one gives alone. Default: all.")
@output_option("the docx or xlsx files")
@templates_option
@today_option
@framed(BlanksOptions)
def command(options: BlanksOptions, voice: Voice) -> None:
    """List what the agreement leaves to fill in, where, and who gives it.

    As a Word file or a workbook it can be sent to the client: OUT/fr/blanks.docx
    and OUT/en/blanks.docx have room for each value.
    """
    from snc_docs.cli.blanks import list_blanks

    list_blanks(options, voice)
