"""``make-agreement build``: the documents of one agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import click

from snc_docs.cli.options import (
    baseline_argument,
    client_argument,
    complete_part,
    framed,
    language_option,
    names_option,
    office_option,
    output_option,
    reference_option,
    strict_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice
from snc_docs.language import Language
from snc_docs.writers import BILINGUAL, FORMATS, Format

_EXAMPLES: Final = """\b
Examples:
  make-agreement build client.yaml
  make-agreement build baseline.yaml client.yaml -l fr -o out
  make-agreement build client.yaml --format pdf --part agreement
  make-agreement build client.yaml --reference our-styles.docx
  make-agreement build client.yaml --compliance-matrix
  make-agreement build client.yaml --format bilingual
  make-agreement build client.yaml
    --names "{reference}-v{version}-{part}-{language}"
"""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What ``build`` was asked for."""

    baseline: Path
    client: Path | None
    languages: Sequence[Language]
    output: Path
    formats: Sequence[Format | Literal["bilingual"]]
    parts: Sequence[str]
    compliance_matrix: bool
    page_numbers: bool
    no_embed: bool
    names: str
    replace: bool
    reference: Path | None
    templates: Sequence[Path]
    strict: bool
    today: datetime | None


@click.command(name="build", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@language_option
@output_option("the documents")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*FORMATS, BILINGUAL]),
    help="Format; may be repeated. Default: docx. PDF needs LibreOffice; bilingual: both languages side by side.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="PART",
    shell_complete=complete_part,
    help="agreement, body or appendix-a, -b, -c …; may be repeated. Default: all as docx, agreement as html or pdf.",
)
@click.option("--compliance-matrix", is_flag=True, help="Add the matrix of SecNumCloud requirements as one more appendix.")
@click.option("--page-numbers/--no-page-numbers", help="Give page numbers in the contents of Word files too, from a layout by LibreOffice.")
@click.option("--no-embed", is_flag=True, help="Leave the data and tree out of agreement.docx; 'diff' then needs the client file.")
@names_option
@click.option("--replace", is_flag=True, help="Write over the files of another agreement, or of another version, that OUT holds.")
@reference_option
@office_option
@templates_option
@strict_option
@today_option
@framed(BuildOptions)
def command(options: BuildOptions, voice: Voice) -> None:
    """Write the documents of BASELINE and CLIENT.

    One argument is enough where the client file names its baseline
    ("baseline: FILE"). OUT/fr/ and OUT/en/ receive agreement.docx (all of it),
    body.docx and each appendix alone. Nothing is written while the input has
    errors. The format bilingual gives OUT/bilingual/agreement.docx and .html.
    OUT/agreement.json says what was made of what; files of another agreement or
    version aren't written over.
    """
    from snc_docs.cli.build import build

    build(options, voice)
