"""``make-agreement amend``: the package that goes to a client when its agreement changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from snc_docs.cli.options import (
    DAY,
    PATH,
    author_option,
    framed,
    language_option,
    new_argument,
    office_option,
    old_argument,
    old_templates_option,
    reference_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice
from snc_docs.language import Language

if TYPE_CHECKING:
    from snc_docs.amendment.facts import AskedBy

_EXAMPLES: Final = """\b
Examples:
  make-agreement amend out/fr/agreement.docx client.yaml -l fr -o package
  make-agreement amend old.yaml new.yaml --issued out -o package
  make-agreement amend old.yaml new.yaml -o package --asked-by client
  make-agreement amend old.yaml new.yaml -o package --override "Agreed with
    the client on 2026-11-20, see e-mail of that day"
"""


@dataclass(frozen=True, slots=True)
class AmendOptions:
    """What ``amend`` was asked for."""

    old: Path
    new: Path
    output: Path
    issued: Path | None
    old_baseline: Path | None
    notified_on: datetime | None
    effective_on: datetime | None
    asked_by: AskedBy
    both_sign: bool
    in_force_since: datetime | None
    reason: str
    author: str
    languages: Sequence[Language]
    reference: Path | None
    templates: Sequence[Path]
    old_templates: Sequence[Path]
    pdf: bool
    today: datetime | None


@click.command(name="amend", epilog=_EXAMPLES)
@old_argument
@new_argument
@click.option("-o", "--output", type=PATH, required=True, metavar="OUT", help="Folder of the package.")
@click.option("--issued", type=PATH, metavar="DIR", help="Folder that OLD was built in, whose agreement.json proves it. Default: beside OLD, or out.")
@click.option("--old-baseline", type=PATH, metavar="FILE", help="Baseline of OLD, in the place of the one that it names.")
@click.option("--notified-on", type=DAY, metavar="DATE", help="Day on which the client is told. Default: this day.")
@click.option("--effective-on", type=DAY, metavar="DATE", help="Day on which the change takes effect. Default: the effective date of NEW.")
@click.option(
    "--asked-by",
    type=click.Choice(["provider", "client"]),
    default="provider",
    show_default=True,
    help="Who asked for the change; what the client asked for is an amendment that both sign, without notice.",
)
@click.option("--both-sign", is_flag=True, help="Make it an amendment that both parties sign, even where OLD asks for less.")
@click.option("--in-force-since", type=DAY, metavar="DATE", help="Effective date of OLD, where OLD left it to fill in.")
@click.option(
    "--override", "reason", default="", metavar="REASON", help="Write the package in spite of refusals; the reason is kept in the manifest."
)
@click.option("--pdf", is_flag=True, help="Write each Word file but the redline as PDF too, by LibreOffice.")
@office_option
@author_option
@language_option
@reference_option
@templates_option
@old_templates_option
@today_option
@framed(AmendOptions)
def command(options: AmendOptions, voice: Voice) -> None:
    """Write the package by which NEW takes the place of OLD.

    OLD is the version in force: the Word file that was issued, or its client
    file, proved by the agreement.json that build wrote. Each
    language gets the amending instrument, the consolidated version, the
    redline, the report, and the letter to the client's main contact; with the
    form for an answer where OLD says that the client has to accept.
    """
    from snc_docs.cli.amend import amend

    amend(options, voice)
