"""``make-agreement certificate``: the deletion certificate of one closed account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
from pydantic import ValidationError

from snc_docs import Deletion, deletion_certificate, write
from snc_docs.cli.files import write_files
from snc_docs.cli.options import LANGUAGES, baseline_argument, client_argument, command_frame, language_option, templates_option
from snc_docs.cli.show import Voice
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.model.loading import load_agreement
from snc_docs.model.paths import dotted
from snc_docs.model.wordings import wording_of
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
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("out"), show_default=True, metavar="OUT", help="Folder of the certificate."
)
@templates_option
@command_frame
def command(
    baseline: Path, client: Path | None, languages: Sequence[str], form: str, output: Path, templates: Path | None, *, voice: Voice, **facts: Any
) -> None:
    """Write the data deletion certificate of one closed account.

    It is the model of Appendix A with the facts of this account, standing
    alone: OUT/fr/deletion-certificate.docx and OUT/en/…
    """
    deletion = _deletion(facts)
    agreement = load_agreement(baseline, client, today=deletion.issued_on)
    files = {
        output / language / f"deletion-certificate.{form}": write(deletion_certificate(agreement, deletion, language, templates), form)
        for language in dict.fromkeys(languages or LANGUAGES)
    }
    write_files(files)
    voice.files(files)
    voice.result((), list(files))


def _deletion(facts: dict[str, Any]) -> Deletion:
    """Return the facts of the options, validated; FindingsError names the option that is wrong."""
    titles = {"fr": facts["title"], "en": facts["title_en"] or facts["title"]}
    data = {
        "account": facts["account"],
        "ticket_received_on": facts["ticket_received"],
        "place": facts["place"],
        "issued_on": facts["issued_on"],
        "signatory": {"name": facts["signatory"], "title": titles},
    }
    try:
        return Deletion.model_validate(data)
    except ValidationError as error:
        findings = []
        for detail in error.errors(include_url=False):
            message, hint = wording_of(detail["type"], detail.get("ctx", {}), detail["msg"])
            findings.append(
                Diagnostic(f"data.{detail['type'].replace('_', '-')}", Severity.ERROR, message, hint, path=dotted(("deletion", *detail["loc"])))
            )
        raise FindingsError(findings) from error
