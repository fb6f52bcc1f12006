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


_IN_WRITING: Final = ChangeAcceptance(form=AcceptanceForm.WRITTEN_ACCEPTANCE)


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

        An agreement that says nothing of either has the client accept in writing, as the framework asks (19.1.a).
        """
        agreement = self.old.agreement
        asked = agreement.commitments.change_acceptance
        return asked if asked is not None or agreement.notices.change is not None else _IN_WRITING

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
        notice = self.old.agreement.notices.change
        return after(self.notified_on, notice) if notice is not None else self.notified_on

    @property
    def answer_by(self) -> date | None:
        """Return the last day for the client's answer, None where none is needed or no time is set."""
        return after(self.notified_on, self.acceptance.answer) if self.acceptance is not None and self.acceptance.answer is not None else None


def main_contact(old: Agreement, new: Agreement) -> Contact:
    """Return the client's main contact: the version in force's, the new version's where the former isn't known."""
    first, second = (next(each for each in agreement.client_contacts if each.role is ContactRole.TECHNICAL_ACCOUNT) for agreement in (old, new))
    return second if first.is_blank() else first
