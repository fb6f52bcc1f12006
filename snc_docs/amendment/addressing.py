"""Whom a letter goes to, and where: the client's main contact, with a copy for its representative, at the registered office."""

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


def main_contact(old: Agreement, new: Agreement) -> Contact:
    """Return whom the client is written to: its main contact in the version in force, in the new one where the former isn't known.

    Its representative where that contact has no name, and the representative has one.
    """
    role = old.commitments.main_contact or ContactRole.TECHNICAL_ACCOUNT
    first, second = (_contact(agreement, role) for agreement in (old, new))
    main = second if first.is_blank() else first
    return main if main.name else next(_representatives(old, new), main)


def _representatives(old: Agreement, new: Agreement) -> Iterator[Contact]:
    """Yield the client's representatives who are known by name, those of the version in force first."""
    for agreement in (old, new):
        yield from (each for each in agreement.client_contacts if each.role is ContactRole.REPRESENTATIVE and each.name)


def _contact(agreement: Agreement, role: ContactRole) -> Contact:
    """Return who has a role with the client; the technical account's, which is always listed, where nobody has it."""
    by_role = {each.role: each for each in reversed(agreement.client_contacts)}
    return by_role.get(role) or by_role[ContactRole.TECHNICAL_ACCOUNT]


def copied_contact(old: Agreement, new: Agreement) -> Contact | None:
    """Return the client's representative, who is sent a copy of what goes to another contact; None where nobody else is known."""
    main = main_contact(old, new)
    return next((each for each in _representatives(old, new) if each.name != main.name), None)


def unaddressed(amendment: Amendment) -> Iterator[Diagnostic]:
    """Yield what the letter lacks to be sent: a name, an address."""
    old, new = amendment.old.agreement, amendment.new.agreement
    contact = main_contact(old, new)
    if not contact.name:
        yield Diagnostic("amendment.no-addressee", Severity.WARNING, _WHOM, _GIVE_CONTACT, path=f"client_contacts[{contact.role.value}].name")
    if not new.client.registered_office:
        yield Diagnostic("amendment.no-address", Severity.WARNING, _WHERE, _GIVE_OFFICE, path="client.registered_office")
