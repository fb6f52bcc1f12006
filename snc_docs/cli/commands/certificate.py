"""``make-agreement certificate``: the deletion certificate of one closed account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.options import baseline_argument, client_argument, framed, language_option, output_option, reference_option, templates_option
from snc_docs.cli.show import Voice
from snc_docs.language import Language
from snc_docs.writers import FORMATS, Format

_EXAMPLES: Final = """\b
Example:
  make-agreement certificate client.yaml --account 012345678901 \\
    --ticket-received 2026-10-01 --deleted-on 2026-10-15 \\
    --checked-on 2026-10-19 --issued-on 2026-10-20 --place Saint-Cloud \\
    --signatory "Ada Martin" --title "Support manager" -l en
"""


@dataclass(frozen=True, slots=True)
class CertificateOptions:
    """What ``certificate`` was asked for."""

    baseline: Path
    client: Path | None
    account: str | None
    ticket_received: str
    deleted_on: str | None
    checked_on: str
    issued_on: str
    place: str
    signatory: str
    title: str
    title_en: str | None
    languages: Sequence[Language]
    form: Format
    output: Path
    reference: Path | None
    templates: Sequence[Path]


@click.command(name="certificate", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@click.option("--account", help="Identifier of the closed account, where the service is tied to accounts.")
@click.option("--ticket-received", required=True, metavar="DATE", help="Day the closure ticket came in, as 2026-10-01.")
@click.option("--deleted-on", metavar="DATE", help="Day the deletion became final; else the last day by which it is, by the agreement.")
@click.option("--checked-on", required=True, metavar="DATE", help="Day it was checked that all was deleted.")
@click.option("--issued-on", required=True, metavar="DATE", help="Day of the certificate.")
@click.option("--place", required=True, help="Place of signature.")
@click.option("--signatory", required=True, metavar="NAME", help="Who signs.")
@click.option("--title", required=True, help="The signatory's title.")
@click.option("--title-en", help="The title in English, where it differs.")
@language_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="docx", show_default=True, help="Format.")
@output_option("the certificate")
@reference_option
@templates_option
@framed(CertificateOptions)
def command(options: CertificateOptions, voice: Voice) -> None:
    """Write the data deletion certificate of one closed account.

    It is the model of Appendix A with the facts of this account, standing
    alone: OUT/fr/deletion-certificate.docx and OUT/en/… It names the client, the
    agreement and the day of the check; days out of order are refused.
    """
    from snc_docs.cli.certificate import certificate

    certificate(options, voice)
