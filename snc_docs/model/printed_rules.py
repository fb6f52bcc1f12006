"""Rules on what the documents show of the data: all that is given prints, as it is read, or it is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model
from snc_docs.model.judging import Values, error, note, part_rule, rule, warning
from snc_docs.model.parts import ContractKind
from snc_docs.patterns import regex


@rule("client.unprinted")
def what_is_given_prints(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A client that isn't in the French register, or has no capital, is identified without them."""
    client = agreement.client
    printed = {
        "share_capital": client.has_capital(),
        "legal_form": client.has_legal_form(),
        "register_city": client.in_trade_register(),
        "siren": client.in_trade_register() or client.in_sirene() or client.is_foreign(),  # a foreign one is an error of its own
        "registration": client.is_registered(),
        "signatory": client.is_represented(),
    }
    for name, prints in printed.items():
        value = getattr(client, name)
        if not prints and not (value is None or (isinstance(value, Model) and value.is_blank())):
            label = client.label_of(name)
            yield warning(
                "client.unprinted",
                f"client.{name}",
                Wording(
                    f"« {label.fr} » ne figure pas dans le document pour un client de cette nature",
                    f"'{label.en}' doesn't print for a client of this kind",
                ),
                Wording("le retirer, ou corriger « kind », « country » ou « without »", "remove it, or mend 'kind', 'country' or 'without'"),
            )


@rule("contract.unprinted")
def general_terms_have_no_reference(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The reference and date of a contract print for a specific one alone: given with general terms, they would be lost."""
    contract = agreement.contract
    if contract.kind is ContractKind.GENERAL_TERMS and (contract.reference is not None or contract.date is not None):
        yield error(
            "contract.unprinted",
            "contract",
            Wording(
                "la référence et la date du contrat ne figurent pas dans le document avec des conditions générales",
                "the contract's reference and date don't print with general terms",
            ),
            Wording("écrire « kind: specific », ou les retirer", "write 'kind: specific', or remove them"),
        )


@rule("backup.unprinted")
def what_is_said_of_backup_prints(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An automatic backup prints its frequency and retention, another the client's steps: the rest would be lost."""
    backup = agreement.commitments.backup
    if backup is None:
        return
    for name in ("steps", "policies") if backup.automatic else ("frequency", "retention"):
        if getattr(backup, name):
            label = backup.label_of(name)
            yield warning(
                "backup.unprinted",
                f"commitments.backup.{name}",
                Wording(
                    f"« {label.fr} » ne figure pas dans le document avec cette forme de sauvegarde",
                    f"'{label.en}' doesn't print with this form of backup",
                ),
                Wording("le retirer, ou corriger « automatic »", "remove it, or mend 'automatic'"),
            )


@rule("remote-access.unprinted")
def circumstances_belong_to_remote_access(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Circumstances of remote access print where it is allowed for administration."""
    access = agreement.commitments.remote_access
    if access is not None and access.circumstances and not access.administration:
        yield error(
            "remote-access.unprinted",
            "commitments.remote_access.circumstances",
            Wording("ces circonstances ne figurent pas dans le document sans accès distant", "these circumstances don't print without remote access"),
            Wording("écrire « administration: true », ou les retirer", "write 'administration: true', or remove them"),
        )


@rule("third-party.unprinted")
def roles_of_third_parties_print(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A third party's role in personal data and access to data print where clients may object to it, and nowhere else."""
    parties = agreement.third_parties.data_centres + agreement.third_parties.others
    if agreement.commitments.objection is None and any(party.processing is not None or party.data_access is not None for party in parties):
        yield note(
            "third-party.unprinted",
            "third_parties",
            Wording(
                "« processing » et « data_access » ne figurent pas dans le document sans droit d'opposition",
                "'processing' and 'data_access' don't print without a right to object",
            ),
            Wording("ajouter « commitments.objection », ou les retirer", "add 'commitments.objection', or remove them"),
        )


@rule("deletion.unprinted")
def final_deletion_belongs_to_the_certificate(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The time of final deletion prints in the sample of the deletion certificate, and nowhere else."""
    if agreement.notices.final_deletion is not None and agreement.deletion_certificate is None:
        yield note(
            "deletion.unprinted",
            "notices.final_deletion",
            Wording("ce délai ne figure pas dans le document sans certificat d'effacement", "this time doesn't print without a deletion certificate"),
            Wording("ajouter « deletion_certificate: », ou le retirer", "add 'deletion_certificate:', or remove it"),
        )


# Controls, marks that turn the direction of what follows, separators of lines, spaces of no width, and letters that never show (Unicode, 23.2, 23.9).
_UNSEEN: Final = regex("[\x7f-\x9f\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@part_rule("data.unseen")
def texts_show_what_they_hold(values: Values) -> Iterator[Diagnostic]:
    """A name that reads backwards, or has a letter that nobody sees, isn't the name that is signed."""
    for path, text in values:
        unseen = _UNSEEN.search(text) if isinstance(text, str) else None
        if unseen is not None:
            code = f"U+{ord(unseen.group()):04X}"
            yield error(
                "data.unseen",
                path,
                Wording(
                    f"ce texte contient un caractère qui ne se voit pas, ou change ce qui se lit ({code})",
                    f"this text holds a character that doesn't show, or changes what is read ({code})",
                ),
                Wording("récrire le texte au clavier", "type the text anew"),
            )
