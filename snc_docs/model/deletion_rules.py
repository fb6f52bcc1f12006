"""What a deletion certificate has to agree with: the agreement that promises it, and the days of its own request.

The days follow each other: the request comes in, the deletion becomes final, that is checked, the certificate is issued; two may be one day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import error
from snc_docs.model.parts import AccountDeletion
from snc_docs.model.periods import after


def deletion_is_certified(agreement: Agreement) -> Iterator[Diagnostic]:
    """An agreement without a deletion certificate has no form for one."""
    if agreement.deletion_certificate is None:
        yield error(
            "deletion.not-certified",
            "deletion_certificate",
            Wording("la convention ne prévoit aucun certificat d'effacement", "the agreement promises no deletion certificate"),
            Wording("ajouter « deletion_certificate: » au socle", "add 'deletion_certificate:' to the baseline"),
        )


def deletion_is_told_whole(agreement: Agreement, deletion: AccountDeletion) -> Iterator[Diagnostic]:
    """A deletion certificate names the client, the agreement with its reference and date, the account where there are some, and the day of the check."""
    in_client = Wording("l'écrire dans le fichier client", "write it in the client file")
    named = (
        ("client.legal_name", agreement.client.legal_name, Wording("le nom du client", "the client's name"), in_client),
        ("document.reference", agreement.document.reference, Wording("la référence de la convention", "the agreement's reference"), in_client),
        (
            "document.effective_date",
            agreement.document.effective_date,
            Wording("la date d'effet de la convention", "the agreement's date"),
            in_client,
        ),
        (
            "deletion.checked_on",
            deletion.checked_on,
            Wording("le jour de la vérification", "the day of the check"),
            Wording("donner --checked-on", "give --checked-on"),
        ),
    )
    account = (("deletion.account", deletion.account, Wording("le compte", "the account"), Wording("donner --account", "give --account")),)
    for path, value, what, hint in (*named, *(account if agreement.service.accounts else ())):
        if value is None:
            message = Wording(
                f"un certificat d'effacement n'est pas délivré sans {what.fr}", f"a deletion certificate isn't issued without {what.en}"
            )
            yield error("deletion.incomplete", path, message, hint)


def deletion_is_of_what_it_says(agreement: Agreement, deletion: AccountDeletion) -> Iterator[Diagnostic]:
    """Where the service is tied to no account, the certificate is of all that the client entrusted: of one account it would say too much."""
    if deletion.account is not None and not agreement.service.accounts:
        yield error(
            "deletion.account-unprinted",
            "deletion.account",
            Wording(
                "la convention ne rattache le service à aucun compte : le certificat dirait effacées toutes les données du client",
                "the agreement ties the service to no account: the certificate would say that all of the client's data was deleted",
            ),
            Wording(
                "retirer --account si elles le sont toutes ; sinon écrire « accounts: true » sous « service » dans le socle",
                "leave out --account if all of it was; else write 'accounts: true' below 'service' in the baseline",
            ),
        )


def deletion_follows_its_request(agreement: Agreement, deletion: AccountDeletion) -> Iterator[Diagnostic]:
    """A deletion, its check and its certificate follow the request, in this order, and what is certified can be final by then."""
    yield from _before_request(deletion)
    received = deletion.ticket_received_on
    if received is not None and deletion.deleted_on is None:
        limit = agreement.notices.final_deletion
        yield from _before_end(deletion, received, after(received, limit) if limit is not None else received)
    yield from _out_of_order(deletion)


def _before_request(deletion: AccountDeletion) -> Iterator[Diagnostic]:
    received = deletion.ticket_received_on
    what = {
        "deleted_on": Wording("l'effacement serait définitif", "the deletion would be final"),
        "checked_on": Wording("l'effacement serait vérifié", "the deletion would be checked"),
        "issued_on": Wording("le certificat serait délivré", "the certificate would be issued"),
    }
    for name, words in what.items():
        day = getattr(deletion, name)
        if received is not None and day is not None and day < received:
            yield error(
                "deletion.before-request",
                f"deletion.{name}",
                Wording(f"{words.fr} avant la demande", f"{words.en} before the request was received"),
                Wording(f"corriger {_option(name)} ou --ticket-received", f"mend {_option(name)} or --ticket-received"),
            )


def _before_end(deletion: AccountDeletion, received: date, final: date) -> Iterator[Diagnostic]:
    """Yield an error for a check, or a certificate, of a deletion that need not be final yet, where nobody says on what day it was."""
    checked, issued = deletion.checked_on, deletion.issued_on
    name, day = ("checked_on", checked) if checked is not None and checked < final else ("issued_on", issued)
    if day is not None and received <= day < final:
        yield error(
            "deletion.before-end",
            f"deletion.{name}",
            Wording(f"l'effacement n'est définitif qu'au plus tard le {final}", f"the deletion is final by {final} only"),
            Wording(
                f"vérifier et certifier à partir du {final}, ou donner avec --deleted-on le jour où il l'a été",
                f"check and certify from {final} on, or give with --deleted-on the day on which it was",
            ),
        )


def _out_of_order(deletion: AccountDeletion) -> Iterator[Diagnostic]:
    deleted, checked, issued = deletion.deleted_on, deletion.checked_on, deletion.issued_on
    if checked is not None and deleted is not None and checked < deleted:
        yield error(
            "deletion.check-before-deletion",
            "deletion.checked_on",
            Wording("l'effacement serait vérifié avant d'être définitif", "the deletion would be checked before it was final"),
            Wording("corriger --checked-on ou --deleted-on", "mend --checked-on or --deleted-on"),
        )
    last, name = (checked, "checked_on") if checked is not None else (deleted, "deleted_on")
    if issued is not None and last is not None and issued < last:
        yield error(
            "deletion.before-check",
            "deletion.issued_on",
            Wording("le certificat serait délivré avant ce qu'il certifie", "the certificate would be issued before what it certifies"),
            Wording(f"corriger --issued-on ou {_option(name)}", f"mend --issued-on or {_option(name)}"),
        )


def _option(name: str) -> str:
    """Return the option of the command that gives a day."""
    return f"--{name.replace('_', '-')}"
