"""What an amendment is: two versions, what changed between them, the days that count, and how the change comes to apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from snc_docs.diff.comparison import Changes, Version
from snc_docs.model.commitments import AcceptanceForm, ChangeAcceptance, Silence
from snc_docs.model.periods import after

__all__ = ["Amendment", "AskedBy", "after"]


AskedBy = Literal["provider", "client"]
# What a renewed certificate changes: data, and clauses.
_CERTIFICATE: Final = ("certificate", "attachments")
_OF_CERTIFICATE: Final = frozenset(("cover", "history", "appendix-b"))
_BY_ACCEPTANCE: Final = ChangeAcceptance(form=AcceptanceForm.ACCEPTANCE)
# What the client asks for isn't the provider's to notify: both agree on it, and no notice runs.
_ASKED_FOR: Final = ChangeAcceptance(form=AcceptanceForm.SIGNED_AMENDMENT)


@dataclass(frozen=True)
class Amendment:
    """An amendment; the version in force (``old``) says what notice is due and whether the client has to accept, unless the client asked for it."""

    old: Version
    new: Version
    changes: Changes
    notified_on: date
    effective_on: date
    asked_by: AskedBy = "provider"
    # Whether both are to sign, whatever the version in force asks for.
    has_both_sign: bool = False

    @property
    def acceptance(self) -> ChangeAcceptance | None:
        """Return how the client accepts a change, None where notice is enough.

        An agreement that says nothing of either has the client accept, as the framework asks (19.1.a).
        """
        if self.is_asked_by_client:
            return _ASKED_FOR
        if self.is_news and not self.has_both_sign:
            return None
        agreement = self.old.agreement
        asked = agreement.commitments.change_acceptance
        if self.has_both_sign or self.changes.is_signed_by_both:
            return _signed(asked)
        return asked if asked is not None or agreement.notices.change is not None else _BY_ACCEPTANCE

    @property
    def is_asked_by_client(self) -> bool:
        """Return whether the client asked for the change."""
        return self.asked_by == "client"

    @cached_property
    def is_news(self) -> bool:
        """Return whether a renewed qualification alone changes, whose decision takes the place of the former one by the version in force: nobody accepts it, and no notice runs."""
        if not self.old.agreement.commitments.practices.qualification_news or self.is_asked_by_client:
            return False
        told = {change.place.path for change, rating in self.changes.rated_data() if rating.weight != "editorial"}
        clauses = {each.id for changes in self.changes.clauses.values() for each in changes}
        return bool(told) and all(path.startswith(_CERTIFICATE) for path in told) and clauses <= _OF_CERTIFICATE

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
    def names_notice(self) -> bool:
        """Return whether the notice that the version in force sets runs, and is kept."""
        return self.keeps_notice and not self.is_news

    @property
    def earliest(self) -> date:
        """Return the first day on which the change may take effect."""
        notice = self.old.agreement.notices.change if not self.is_news else None
        return after(self.notified_on, notice) if notice is not None else self.notified_on

    @property
    def answer_by(self) -> date | None:
        """Return the last day for the client's answer, None where none is needed or no time is set."""
        return after(self.notified_on, self.acceptance.answer) if self.acceptance is not None and self.acceptance.answer is not None else None


def _signed(asked: ChangeAcceptance | None) -> ChangeAcceptance:
    """Return an acceptance by signature, with what the version in force says of an answer; silence signs nothing."""
    if asked is None:
        return _ASKED_FOR
    silence = None if asked.silence is Silence.ACCEPTANCE else asked.silence
    return asked.model_copy(update={"form": AcceptanceForm.SIGNED_AMENDMENT, "silence": silence})


def added_third_parties(amendment: Amendment) -> tuple[str, ...]:
    """Return the names of the third parties that the new version adds."""
    old, new = (
        {each.name for each in (*agreement.third_parties.data_centres, *agreement.third_parties.others)}
        for agreement in (amendment.old.agreement, amendment.new.agreement)
    )
    return tuple(sorted(new - old))
