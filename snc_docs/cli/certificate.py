"""``make-agreement certificate``: the deletion certificate of one closed account."""

from __future__ import annotations

from typing import Any

from snc_docs.building.certificates import certificate as certified
from snc_docs.cli.commands.certificate import CertificateOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.show import NOT_TO_SIGN, Voice
from snc_docs.model.loading import deletion_of, load


def certificate(options: CertificateOptions, voice: Voice) -> None:
    """Write the certificate in each language."""
    deletion = deletion_of(_facts(options))
    loaded = load(options.baseline, options.client, today=deletion.issued_on, templates=options.templates)
    styles = reference_at(options.reference)
    done = certified(loaded, deletion, languages=options.languages, form=options.form, reference=styles, templates=options.templates)
    files = placed(options.output, done.files)
    write_files(files, [*loaded.files, *([options.reference] if options.reference else [])])
    voice.findings(done.findings)
    voice.files(files)
    if loaded.agreement.is_draft:
        voice.aside(NOT_TO_SIGN)
    voice.result(done.findings, list(files))


def _facts(options: CertificateOptions) -> dict[str, Any]:
    """Return the facts of the options, named as in the model."""
    return {
        "account": options.account,
        "ticket_received_on": options.ticket_received,
        "deleted_on": options.deleted_on,
        "checked_on": options.checked_on,
        "place": options.place,
        "issued_on": options.issued_on,
        "signatory": {"name": options.signatory, "title": {"fr": options.title, "en": options.title_en or options.title}},
    }
