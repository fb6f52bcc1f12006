"""Rules on how an agreement begins, ends and is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.closing import SigningForm
from snc_docs.model.judging import error, note, rule


@rule("duration.incomplete")
def duration_is_one(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The agreement lasts as long as the contract, or for a period; a period is renewed, and notice is given against a renewal."""
    term = agreement.commitments.term
    if term is None:
        return
    hint = Wording(
        "donner « as_contract: true » seul, ou « period » avec, s'il y a lieu, « renewal » et « notice »",
        "give 'as_contract: true' alone, or 'period' with, where there are any, 'renewal' and 'notice'",
    )
    if term.as_contract == (term.period is not None):
        message = Wording("la durée est celle du contrat, ou une période", "the term is that of the contract, or a period")
        yield error("duration.incomplete", "commitments.term", message, hint)
    if (term.renewal is not None and term.period is None) or (term.notice is not None and term.renewal is None):
        message = Wording(
            "une reconduction suppose une période, et un préavis une reconduction", "a renewal needs a period, and a notice needs a renewal"
        )
        yield error("duration.incomplete", "commitments.term", message, hint)


@rule("signing.unprinted")
def signing_says_what_prints(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Originals are of paper, and levels of electronic signatures."""
    signing = agreement.commitments.signing
    if signing is None:
        return
    lost = "originals" if signing.form is SigningForm.ELECTRONIC else "level"
    if getattr(signing, lost) is not None:
        label = signing.label_of(lost)
        yield error(
            "signing.unprinted",
            f"commitments.signing.{lost}",
            Wording(
                f"« {label.fr} » ne se dit pas d'une signature {signing.form.wording.fr}",
                f"'{label.en}' isn't said of a signature {signing.form.wording.en}",
            ),
            Wording("le retirer, ou corriger « form »", "remove it, or mend 'form'"),
        )


@rule("acceptance.none")
def changes_are_accepted(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A change by notice alone is the provider's choice, and short of requirement 19.1.a of SecNumCloud 3.2: whoever sends the agreement knows it."""
    if agreement.commitments.change_acceptance is None and agreement.notices.change is not None:
        yield note(
            "acceptance.none",
            "notices.change",
            Wording(
                "un préavis suffit pour modifier la convention : l'exigence 19.1.a de SecNumCloud 3.2 veut l'accord du client",
                "notice alone changes the agreement: requirement 19.1.a of SecNumCloud 3.2 wants the client's acceptance",
            ),
            Wording(
                "ajouter « change_acceptance: » sous « commitments: » dans le socle ; « make-agreement compliance » montre toutes les exigences",
                "add 'change_acceptance:' under 'commitments:' in the baseline; 'make-agreement compliance' shows all requirements",
            ),
        )
