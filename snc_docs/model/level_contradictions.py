"""Rules on levels of service that could deny each other: availability and its penalties, support, recovery, backups, changes.

``docs/data.md`` lists the pairs, and those that no rule is needed for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.commitments import AcceptanceForm, Availability, AvailabilityPenalty, Silence
from snc_docs.model.judging import error, rule, warning
from snc_docs.model.paths import item_paths
from snc_docs.model.periods import Period

_AVAILABILITY = "commitments.availability"


@rule("availability.credit-over-cap", "availability.credit-falls", "availability.unprinted")
def penalties_hang_together(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A penalty fits under the cap, grows as availability falls, and what is said of penalties has some."""
    availability = agreement.commitments.availability
    if availability is None:
        return
    paths = dict(zip((each.id for each in availability.penalties), item_paths(f"{_AVAILABILITY}.penalties", availability.penalties), strict=True))
    for penalty in availability.penalties:
        if availability.cap is not None and penalty.credit > availability.cap:
            yield error(
                "availability.credit-over-cap",
                f"{paths[penalty.id]}.credit",
                Wording(f"cette pénalité dépasse le plafond ({availability.cap} %)", f"this penalty is above the cap ({availability.cap} %)"),
                Wording("l'abaisser, ou relever « cap »", "lower it, or raise 'cap'"),
            )
    for service in availability.services:
        yield from _falling([each for each in availability.penalties if each.service == service.id], paths)
    yield from _without_penalties(availability)


def _falling(penalties: Sequence[AvailabilityPenalty], paths: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield a warning for each penalty under a lower threshold than another, and smaller: only the highest is due, so it never is."""
    for upper, lower in pairwise(sorted(penalties, key=lambda each: each.below, reverse=True)):
        if lower.credit < upper.credit:
            yield warning(
                "availability.credit-falls",
                f"{paths[lower.id]}.credit",
                Wording(
                    f"cette pénalité est plus faible que celle d'un seuil plus haut ({upper.id}) : elle n'est jamais due",
                    f"this penalty is smaller than that of a higher threshold ({upper.id}): it is never due",
                ),
                Wording("corriger l'un des deux taux", "mend one of the two rates"),
            )


def _without_penalties(availability: Availability) -> Iterator[Diagnostic]:
    for name in ("cap", "claim", "exclusive"):
        if getattr(availability, name) and not availability.penalties:
            label = availability.label_of(name)
            yield warning(
                "availability.unprinted",
                f"{_AVAILABILITY}.{name}",
                Wording(f"« {label.fr} » ne figure pas dans le document sans pénalités", f"'{label.en}' doesn't print without penalties"),
                Wording("ajouter « penalties: », ou le retirer", "add 'penalties:', or remove it"),
            )


@rule("support.restored-first", "support.priority-doubled")
def support_times_are_in_order(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A request is taken in charge before it is settled, and an impact with an urgency gives one priority."""
    support = agreement.commitments.support
    if support is None:
        return
    for path, each in zip(item_paths("commitments.support.priorities", support.priorities), support.priorities, strict=True):
        if each.restored.is_surely_shorter(each.taken):
            yield error(
                "support.restored-first",
                f"{path}.restored",
                Wording(
                    "le service serait rétabli avant que la demande soit prise en charge",
                    "service would be restored before the request is taken in charge",
                ),
                Wording("un délai au moins égal à « taken »", "a time at least that of 'taken'"),
            )
    given: dict[tuple[str, str], str] = {}
    for path, each_rule in zip(item_paths("commitments.support.rules", support.rules), support.rules, strict=True):
        first = given.setdefault((each_rule.impact.fr, each_rule.urgency.fr), each_rule.priority)
        if first != each_rule.priority:
            yield error(
                "support.priority-doubled",
                f"{path}.priority",
                Wording(
                    f"cet impact et cette urgence donnent déjà la priorité « {first} »", f"this impact and urgency give priority '{first}' already"
                ),
                Wording("n'en garder qu'une", "keep one"),
            )


@rule("restoration.loss-below-backup", "restoration.unprinted")
def recovery_rests_on_backups(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """No less data is lost than since the last automatic backup, and what is said of recovery has restoration times."""
    commitments = agreement.commitments
    backup = commitments.backup
    paths = item_paths("commitments.restoration", commitments.restoration)
    for path, each in zip(paths, commitments.restoration, strict=True):
        if each.data_loss is not None and backup is not None and backup.frequency is not None and each.data_loss.is_surely_shorter(backup.frequency):
            yield warning(
                "restoration.loss-below-backup",
                f"{path}.data_loss",
                Wording(
                    "la perte de données promise est inférieure à l'intervalle entre deux sauvegardes",
                    "the loss of data promised is less than the time between two backups",
                ),
                Wording("la vérifier : elle suppose une réplication", "check it: it needs replication"),
            )
    for name in ("recovery_tests", "restoration_from"):
        if getattr(commitments, name) is not None and not commitments.restoration:
            label = commitments.label_of(name)
            yield warning(
                "restoration.unprinted",
                f"commitments.{name}",
                Wording(
                    f"« {label.fr} » ne figure pas dans le document sans délais de rétablissement",
                    f"'{label.en}' doesn't print without restoration times",
                ),
                Wording("ajouter « restoration: », ou le retirer", "add 'restoration:', or remove it"),
            )


@rule("backup.retention-short")
def backups_last_until_the_next(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A backup is kept until the next one at least."""
    backup = agreement.commitments.backup
    if backup is None:
        return
    paths = item_paths("commitments.backup.policies", backup.policies)
    kept: list[tuple[str, Period | None, Period | None]] = [("commitments.backup", backup.frequency, backup.retention)]
    kept += [(path, each.frequency, each.retention) for path, each in zip(paths, backup.policies, strict=True)]
    for path, frequency, retention in kept:
        if frequency is not None and retention is not None and retention.is_surely_shorter(frequency):
            yield error(
                "backup.retention-short",
                f"{path}.retention",
                Wording("une sauvegarde disparaîtrait avant la suivante", "a backup would be gone before the next one"),
                Wording("une conservation au moins égale à « frequency »", "a retention at least that of 'frequency'"),
            )


# Forms of acceptance that silence can't have.
_WRITTEN: Final = (AcceptanceForm.SIGNED_AMENDMENT, AcceptanceForm.SIGNED_FOR_PRICES, AcceptanceForm.WRITTEN_ACCEPTANCE)


@rule("acceptance.no-body", "acceptance.silent-signature")
def changes_can_be_accepted(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The body that accepts a change is one of those that meet, and silence signs no amendment."""
    acceptance, governance = agreement.commitments.change_acceptance, agreement.commitments.governance
    if acceptance is None:
        return
    if acceptance.form is AcceptanceForm.GOVERNANCE_BODY and (governance is None or not governance.bodies):
        yield error(
            "acceptance.no-body",
            "commitments.change_acceptance.form",
            Wording("le socle ne donne aucune instance de gouvernance", "the baseline has no body of governance"),
            Wording("ajouter « governance.bodies », ou une autre forme d'acceptation", "add 'governance.bodies', or take another form of acceptance"),
        )
    if acceptance.silence is Silence.ACCEPTANCE and acceptance.form in _WRITTEN:
        yield error(
            "acceptance.silent-signature",
            "commitments.change_acceptance.silence",
            Wording(
                "le silence vaudrait acceptation de ce qui doit être signé ou accepté par écrit",
                "silence would accept what has to be signed, or accepted in writing",
            ),
            Wording("écrire « silence: refusal », ou une autre forme d'acceptation", "write 'silence: refusal', or take another form of acceptance"),
        )
