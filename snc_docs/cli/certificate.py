"""``make-agreement certificate``: the deletion certificate of one closed account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from snc_docs import deletion_certificate, write
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import locating
from snc_docs.cli.options import (
    baseline_argument,
    client_argument,
    command_frame,
    language_option,
    output_option,
    reference_at,
    reference_option,
    templates_option,
)
from snc_docs.cli.show import Voice
from snc_docs.language.formats import LANGUAGES
from snc_docs.model.loading import deletion_of, load
from snc_docs.writers import FORMATS

_EXAMPLES: Final = """\b
Example:
  make-agreement certificate client.yaml --account 012345678901 \\
    --ticket-received 2026-10-01 --issued-on 2026-10-20 --place Saint-Cloud \\
    --signatory "Ada Martin" --title "Support manager" -l en
"""


@click.command(name="certificate", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@click.option("--account", required=True, help="Identifier of the closed account.")
@click.option("--ticket-received", required=True, metavar="DATE", help="Day the closure ticket came in, as 2026-10-01.")
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
@command_frame
def command(
    baseline: Path,
    client: Path | None,
    languages: Sequence[str],
    form: str,
    output: Path,
    reference: Path | None,
    templates: Path | None,
    *,
    voice: Voice,
    **options: Any,
) -> None:
    """Write the data deletion certificate of one closed account.

    It is the model of Appendix A with the facts of this account, standing
    alone: OUT/fr/deletion-certificate.docx and OUT/en/…
    """
    deletion = deletion_of(_facts(options))
    loaded = load(baseline, client, today=deletion.issued_on)
    styles = reference_at(reference)
    with locating(loaded):
        documents = {
            language: deletion_certificate(loaded.agreement, deletion, language, templates) for language in dict.fromkeys(languages or LANGUAGES)
        }
    findings = [*loaded.findings, *(styles.findings if styles else ())]
    written = {Path(language, f"deletion-certificate.{form}"): write(document, form, styles) for language, document in documents.items()}
    files = placed(output, written)
    write_files(files, [*loaded.files, *([reference] if reference else [])])
    voice.findings(findings)
    voice.files(files)
    voice.result(findings, list(files))


def _facts(options: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of the options, named as in the model."""
    titles = {"fr": options["title"], "en": options["title_en"] or options["title"]}
    return {
        "account": options["account"],
        "ticket_received_on": options["ticket_received"],
        "place": options["place"],
        "issued_on": options["issued_on"],
        "signatory": {"name": options["signatory"], "title": titles},
    }
