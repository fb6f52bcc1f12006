"""Rules on optional commitments: each hangs together in itself and with the rest of the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.commitments import Phase
from snc_docs.model.judging import error, rule
from snc_docs.model.paths import item_paths
from snc_docs.model.places import is_member_state, state_of

# SecNumCloud 3.2, 19.4.a: the client has 21 calendar days before its data is erased.
LEAST_ERASURE_NOTICE: Final = 21


@rule("availability.service-unknown", "availability.threshold")
def penalties_are_on_services(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A penalty names a service whose availability is promised, and a threshold that the promise isn't below."""
    availability = agreement.commitments.availability
    if availability is None:
        return
    promised = {service.id: service.percentage for service in availability.services}
    paths = item_paths("commitments.availability.penalties", availability.penalties)
    for path, penalty in zip(paths, availability.penalties, strict=True):
        if penalty.service not in promised:
            yield error(
                "availability.service-unknown",
                f"{path}.service",
                Wording(f"aucune disponibilité n'est promise pour « {penalty.service} »", f"no availability is promised for '{penalty.service}'"),
                Wording(f"prendre l'un de : {', '.join(sorted(promised))}", f"take one of {', '.join(sorted(promised))}"),
            )
        elif penalty.below > promised[penalty.service]:
            yield error(
                "availability.threshold",
                f"{path}.below",
                Wording("ce seuil dépasse la disponibilité promise", "this threshold is above the availability promised"),
                Wording("le mettre au plus à la disponibilité promise", "put it at the availability promised, or below"),
            )


@rule("backup.incomplete")
def backup_says_what_it_means(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.1.m: with a backup, how often and how long; without, what the client must do."""
    backup = agreement.commitments.backup
    if backup is None:
        return
    if backup.automatic and (backup.frequency is None or backup.retention is None):
        yield error(
            "backup.incomplete",
            "commitments.backup",
            Wording("une sauvegarde automatique a une fréquence et une durée de conservation", "an automatic backup has a frequency and a retention"),
            Wording("ajouter « frequency: » et « retention: »", "add 'frequency:' and 'retention:'"),
        )
    if not backup.automatic and not backup.steps:
        yield error(
            "backup.incomplete",
            "commitments.backup",
            Wording("sans sauvegarde automatique, le Client doit savoir quoi faire", "without automatic backup, the Client must be told what to do"),
            Wording("ajouter « steps: »", "add 'steps:'"),
        )


@rule("reversibility.no-means")
def reversibility_has_a_means(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.1.i: data is given back in formats or through interfaces that are documented."""
    reversibility = agreement.commitments.reversibility
    if reversibility is not None and not (reversibility.formats or reversibility.interfaces):
        yield error(
            "reversibility.no-means",
            "commitments.reversibility",
            Wording("la réversibilité n'a ni format ni interface", "reversibility has neither a format nor an interface"),
            Wording("ajouter « formats: » ou « interfaces: »", "add 'formats:' or 'interfaces:'"),
        )


@rule("erasure.notice-short")
def erasure_is_announced_in_time(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.4.a: 21 calendar days at least."""
    erasure = agreement.commitments.erasure
    if erasure is not None and erasure.notice.least_days() < LEAST_ERASURE_NOTICE:
        yield error(
            "erasure.notice-short",
            "commitments.erasure.notice",
            Wording(
                f"le préavis d'effacement est de moins de {LEAST_ERASURE_NOTICE} jours", f"the notice of erasure is under {LEAST_ERASURE_NOTICE} days"
            ),
            Wording("écrire « notice: {days: 21} » ou davantage", "write 'notice: {days: 21}' or more"),
        )


@rule("data-handling.phase-missing")
def every_phase_is_handled(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.1.d: pre-sales, set-up, maintenance and shutdown, in one statement."""
    handled = {each.phase for each in agreement.commitments.data_handling}
    absent = [phase for phase in Phase if phase not in handled]
    if handled and absent:
        yield error(
            "data-handling.phase-missing",
            "commitments.data_handling",
            Wording(f"phases absentes : {', '.join(absent)}", f"phases missing: {', '.join(absent)}"),
            Wording("traiter les quatre phases", "say how data is handled in all four phases"),
        )


@rule("incidents.level-unknown")
def incident_level_is_known(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The severity level that the client chose is one of the provider's."""
    level, incidents = agreement.incident_level, agreement.commitments.incidents
    levels = incidents.levels if incidents else ()
    if level is not None and level not in [each.id for each in levels]:
        listed = Wording(*(", ".join(f"{each.id} ({each.label.in_language(of)})" for each in levels) for of in ("fr", "en")))
        yield error(
            "incidents.level-unknown",
            "incident_level",
            Wording(f"« {level} » n'est pas un niveau du prestataire", f"'{level}' isn't one of the provider's levels"),
            Wording(
                f"prendre l'un de : {listed.fr}" if levels else "le retirer : le socle n'a pas de niveaux",
                f"take one of {listed.en}" if levels else "remove it: the baseline has no levels",
            ),
        )


@rule("third-party.role-missing")
def third_parties_are_described(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Where clients may object to third parties, each one's role in personal data and access to data are said."""
    if agreement.commitments.objection is None:
        return
    for name in ("data_centres", "others"):
        parties = getattr(agreement.third_parties, name)
        for path, party in zip(item_paths(f"third_parties.{name}", parties), parties, strict=True):
            if party.processing is None or party.data_access is None:
                yield error(
                    "third-party.role-missing",
                    path,
                    Wording("le rôle de ce tiers au titre des données n'est pas dit", "this third party's role in data isn't said"),
                    Wording("ajouter « processing: » et « data_access: »", "add 'processing:' and 'data_access:'"),
                )


@rule("ownership.seat-differs", "ownership.seat-outside-eu")
def seat_is_european(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.6.a: the provider's seat is in a member State, which is that of its party."""
    ownership = agreement.commitments.ownership
    if ownership is None:
        return
    if not is_member_state(ownership.seat):
        yield error(
            "ownership.seat-outside-eu",
            "commitments.ownership.seat",
            Wording(
                f"« {ownership.seat} » n'est pas un État membre de l'Union européenne",
                f"'{ownership.seat}' isn't a member State of the European Union",
            ),
            Wording("nommer l'un des 27 États membres", "name one of the 27 member States"),
        )
    elif agreement.provider.country is not None and ownership.seat != state_of(agreement.provider.country):
        yield error(
            "ownership.seat-differs",
            "commitments.ownership.seat",
            Wording(
                "le siège n'est pas dans le pays du prestataire (provider.country)", "the seat isn't in the provider's country (provider.country)"
            ),
            Wording("accorder les deux", "bring the two into line"),
        )


@rule("on-request.nothing")
def request_has_an_object(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Something at least is handed over on request."""
    promised = agreement.commitments.on_request
    if promised is not None and not (promised.logs or promised.procedures):
        yield error(
            "on-request.nothing",
            "commitments.on_request",
            Wording("rien n'est fourni sur demande", "nothing is supplied on request"),
            Wording(
                "mettre « logs: true » ou « procedures: true », ou retirer la partie", "put 'logs: true' or 'procedures: true', or remove the part"
            ),
        )


@rule("erasure.before-return")
def erasure_waits_for_reversibility(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Technical data, logs among it, isn't erased while the client may still retrieve its data."""
    erasure, reversibility = agreement.commitments.erasure, agreement.commitments.reversibility
    if erasure is None or reversibility is None or erasure.technical_data is None:
        return
    if erasure.technical_data.least_days() < reversibility.period.least_days():
        yield error(
            "erasure.before-return",
            "commitments.erasure.technical_data",
            Wording(
                "des données techniques seraient effacées avant la fin de la restitution",
                "technical data would be erased before the end of its return",
            ),
            Wording("un délai au moins égal à « reversibility.period »", "a time at least that of 'reversibility.period'"),
        )
