"""What an amendment is: two versions, what changed between them, the days that count, and how the change comes to apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from snc_docs.diff.comparison import Changes, Version
from snc_docs.model.agreement import Agreement
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance
from snc_docs.model.kinds import after
from snc_docs.model.parts import Contact, ContactRole

__all__ = ["Amendment", "after", "main_contact"]


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
        """Return how the client accepts a change, None where notice is enough."""
        return self.old.agreement.commitments.change_acceptance

    @property
    def is_signed_by_both(self) -> bool:
        """Return whether both parties have to sign."""
        return self.acceptance is not None and self.acceptance.form is AcceptanceForm.SIGNED_AMENDMENT

    @property
    def keeps_notice(self) -> bool:
        """Return whether the notice that the version in force sets is kept."""
        return self.effective_on >= self.earliest

    @property
    def earliest(self) -> date:
        """Return the first day on which the change may take effect."""
        return after(self.notified_on, self.old.agreement.notices.change)

    @property
    def answer_by(self) -> date | None:
        """Return the last day for the client's answer, None where none is needed."""
        return after(self.notified_on, self.acceptance.answer) if self.acceptance is not None else None


def main_contact(old: Agreement, new: Agreement) -> Contact:
    """Return the client's main contact: the version in force's, the new version's where the former isn't known."""
    first, second = (next(each for each in agreement.client_contacts if each.role is ContactRole.TECHNICAL_ACCOUNT) for agreement in (old, new))
    return second if first.is_blank() else first
