"""What an amendment is: two versions, what changed between them, the days that count, and how the change comes to apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from snc_docs.diff.comparison import Changes, Version
from snc_docs.model.agreement import Agreement
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance
from snc_docs.model.kinds import after
from snc_docs.model.parts import Contact, ContactRole

__all__ = ["Amendment", "after", "main_contact"]


_BY_ACCEPTANCE: Final = ChangeAcceptance(form=AcceptanceForm.ACCEPTANCE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment; the version in force (``old``) says what notice is due and whether the client has to accept."""

    old: Version
    new: Version
    changes: Changes
    notified_on: date
    effective_on: date

    @property
    def acceptance(self) -> ChangeAcceptance | None:
        """Return how the client accepts a change, None where notice is enough.

        An agreement that says nothing of either has the client accept, as the framework asks (19.1.a).
        """
        agreement = self.old.agreement
        asked = agreement.commitments.change_acceptance
        return asked if asked is not None or agreement.notices.change is not None else _BY_ACCEPTANCE

    @property
    def is_signed_by_both(self) -> bool:
        """Return whether both parties have to sign."""
        return self.acceptance is not None and self.acceptance.form is AcceptanceForm.SIGNED_AMENDMENT

    @property
    def suffix(self) -> str:
        """Return what tells apart, in the names of words, an amendment that both sign, a notice and a proposal: "", "-notice", "-proposal"."""
        if self.acceptance is None:
            return "-notice"
        return "" if self.is_signed_by_both else "-proposal"

    @property
    def keeps_notice(self) -> bool:
        """Return whether the notice that the version in force sets is kept."""
        return self.effective_on >= self.earliest

    @property
    def earliest(self) -> date:
        """Return the first day on which the change may take effect."""
        notice = self.old.agreement.notices.change
        return after(self.notified_on, notice) if notice is not None else self.notified_on

    @property
    def answer_by(self) -> date | None:
        """Return the last day for the client's answer, None where none is needed or no time is set."""
        return after(self.notified_on, self.acceptance.answer) if self.acceptance is not None and self.acceptance.answer is not None else None


def main_contact(old: Agreement, new: Agreement) -> Contact:
    """Return the client's main contact: the version in force's, the new version's where the former isn't known."""
    role = old.commitments.main_contact or ContactRole.TECHNICAL_ACCOUNT
    first, second = (_contact(agreement, role) for agreement in (old, new))
    return second if first.is_blank() else first


def _contact(agreement: Agreement, role: ContactRole) -> Contact:
    """Return who has a role with the client; the technical account's, which is always listed, where nobody has it."""
    by_role = {each.role: each for each in reversed(agreement.client_contacts)}
    return by_role.get(role) or by_role[ContactRole.TECHNICAL_ACCOUNT]


def copied_contact(old: Agreement, new: Agreement) -> Contact | None:
    """Return the client's representative, who is sent a copy of what goes to another contact; None where nobody else is known."""
    main = main_contact(old, new)
    for agreement in (old, new):
        for each in agreement.client_contacts:
            if each.role is ContactRole.REPRESENTATIVE and each.name and each.name != main.name:
                return each
    return None


def added_third_parties(amendment: Amendment) -> tuple[str, ...]:
    """Return the names of the third parties that the new version adds."""
    old, new = (
        {each.name for each in (*agreement.third_parties.data_centres, *agreement.third_parties.others)}
        for agreement in (amendment.old.agreement, amendment.new.agreement)
    )
    return tuple(sorted(new - old))
