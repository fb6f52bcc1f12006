"""What a deletion certificate has to agree with: the agreement that promises it, and the days of its own request."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import error
from snc_docs.model.kinds import after
from snc_docs.model.parts import AccountDeletion


def deletion_is_certified(agreement: Agreement) -> Iterator[Diagnostic]:
    """An agreement without a deletion certificate has no form for one."""
    if agreement.deletion_certificate is None:
        yield error(
            "deletion.not-certified",
            "deletion_certificate",
            Wording("la convention ne prévoit aucun certificat d'effacement", "the agreement promises no deletion certificate"),
            Wording("ajouter « deletion_certificate: » au socle", "add 'deletion_certificate:' to the baseline"),
        )


def deletion_follows_its_request(agreement: Agreement, deletion: AccountDeletion) -> Iterator[Diagnostic]:
    """A deletion certificate is issued once the request has come in and what it certifies can be final."""
    received, issued = deletion.ticket_received_on, deletion.issued_on
    if received is None or issued is None:
        return
    limit = agreement.notices.final_deletion
    final = after(received, limit) if limit is not None else received
    if issued < received:
        yield error(
            "deletion.before-request",
            "deletion.issued_on",
            Wording("le certificat serait délivré avant la demande", "the certificate would be issued before the request was received"),
            Wording("corriger --issued-on ou --ticket-received", "mend --issued-on or --ticket-received"),
        )
    elif issued < final:
        yield error(
            "deletion.before-end",
            "deletion.issued_on",
            Wording(f"l'effacement n'est définitif qu'au plus tard le {final}", f"the deletion is final by {final} only"),
            Wording(f"délivrer le certificat à partir du {final}", f"issue the certificate from {final} on"),
        )
