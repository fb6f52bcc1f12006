"""Whom a letter goes to, and where: to the client's registered office.

A notice goes to its main contact, with a copy for its representative; what both parties have to sign goes to who can sign it, its representative or
signatory, with a copy for its main contact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snc_docs.amendment.facts import Amendment
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.parts import Contact, ContactRole

_WHOM: Final = Wording("la lettre n'a pas de destinataire", "the letter has no addressee")
_WHERE: Final = Wording("la lettre n'a pas d'adresse", "the letter has no address")
_GIVE_CONTACT: Final = Wording(
    "donner dans le fichier client le nom du contact principal, ou du représentant",
    "give the name of the main contact, or of the representative, in the client file",
)
_GIVE_OFFICE: Final = Wording("donner « client.registered_office » dans le fichier client", "give 'client.registered_office' in the client file")


def addressee(amendment: Amendment) -> Contact:
    """Return whom the letter of an amendment goes to."""
    old, new = amendment.old.agreement, amendment.new.agreement
    return next(_signing(old, new), main_contact(old, new)) if amendment.is_signed_by_both else main_contact(old, new)


def copied(amendment: Amendment) -> Contact | None:
    """Return who is sent a copy of the letter; None where nobody else is known."""
    old, new = amendment.old.agreement, amendment.new.agreement
    others = [main_contact(new, old)] if amendment.is_signed_by_both else list(_representatives(old, new))
    return next((each for each in others if each.name and each.name != addressee(amendment).name), None)


def _signing(old: Agreement, new: Agreement) -> Iterator[Contact]:
    """Yield who can sign for the client: a natural person itself, its representative, its signatory; those of the new version first, which they sign."""
    yield from _alone(new)
    yield from _representatives(new, old)
    signatory = new.client.signatory
    if signatory.name:
        yield Contact(role=ContactRole.REPRESENTATIVE, name=signatory.name, job_title=signatory.title)


def main_contact(old: Agreement, new: Agreement) -> Contact:
    """Return whom the client is written to: its main contact in the version in force, in the new one where the former isn't known.

    Its representative where that contact has no name, and the representative has one; a natural person itself.
    """
    role = old.commitments.main_contact or ContactRole.TECHNICAL_ACCOUNT
    first, second = (_contact(agreement, role) for agreement in (old, new))
    main = second if first.is_blank() else first
    if main.name:
        return main
    alone = next(_alone(new), None)
    if alone is None:
        return next(_representatives(old, new), main)
    return main.model_copy(update={"name": alone.name, "email": main.email or alone.email})


def _alone(agreement: Agreement) -> Iterator[Contact]:
    """Yield the client itself where it is a natural person for whom nobody signs."""
    client = agreement.client
    if client.is_person() and not client.is_represented():
        known = next((each for each in agreement.client_contacts if each.role is ContactRole.REPRESENTATIVE), None)
        yield Contact(role=ContactRole.REPRESENTATIVE, name=client.legal_name, email=known.email if known is not None else None)


def _representatives(old: Agreement, new: Agreement) -> Iterator[Contact]:
    """Yield the client's representatives who are known by name, those of the version in force first."""
    for agreement in (old, new):
        yield from (each for each in agreement.client_contacts if each.role is ContactRole.REPRESENTATIVE and each.name)


def _contact(agreement: Agreement, role: ContactRole) -> Contact:
    """Return who has a role with the client; the technical account's, which is always listed, where nobody has it."""
    by_role = {each.role: each for each in reversed(agreement.client_contacts)}
    return by_role.get(role) or by_role[ContactRole.TECHNICAL_ACCOUNT]


def unaddressed(amendment: Amendment) -> Iterator[Diagnostic]:
    """Yield what the letter lacks to be sent: a name, an address."""
    new, contact = amendment.new.agreement, addressee(amendment)
    if not contact.name:
        yield Diagnostic("amendment.no-addressee", Severity.WARNING, _WHOM, _GIVE_CONTACT, path=f"client_contacts[{contact.role.value}].name")
    if not new.client.registered_office:
        yield Diagnostic("amendment.no-address", Severity.WARNING, _WHERE, _GIVE_OFFICE, path="client.registered_office")
