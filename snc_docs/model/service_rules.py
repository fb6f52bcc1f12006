"""Rules on services, subscriptions and attestations: what one names, another gives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.for_services import ForServices
from snc_docs.model.judging import Values, error, of_parts, rule, warning
from snc_docs.model.nearest import meant, nearest
from snc_docs.model.paths import item_paths
from snc_docs.model.services import OfferedService, ServiceOption

_NONE: Final = Wording("le retirer : le socle n'en a pas", "remove it: the baseline has none")


def _unknown(name: str, path: str, value: str, known: Collection[str], none: Wording = _NONE) -> Diagnostic:
    """Return the finding on a name that the baseline hasn't: what was meant, by a label too where ``known`` has them, or all that there is."""
    labels = known if isinstance(known, Mapping) else {each: Wording(each, each) for each in sorted(known)}
    message = Wording(f"« {value} » n'est pas dans le socle", f"'{value}' isn't in the baseline")
    if not labels:
        return error(name, path, message, none)
    take = Wording(f"prendre l'un de : {_listed(labels, 0)}", f"take one of {_listed(labels, 1)}")
    by_name = {said: each for each, label in labels.items() for said in (each, *label)}
    near = nearest(value, by_name)
    return error(name, path, message, meant(by_name[near], take) if near is not None else take)


def _listed(labels: Mapping[str, Wording], language: int) -> str:
    return ", ".join(each if each == label[language] else f"{each} ({label[language]})" for each, label in labels.items())


@rule("service.underlying-unknown", "service.attestation-unknown", "service.model-differs", "service.region-differs")
def services_hang_together(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A service names an underlying one that is given, and its model and regions are among those of the qualified service."""
    underlying = {each.id for each in agreement.underlying_services}
    attestations = {each.id for each in agreement.attestations}
    regions = {each.name for each in agreement.service.regions}
    for path, service in zip(item_paths("services", agreement.services), agreement.services, strict=True):
        if service.runs_on is not None and service.runs_on not in underlying:
            yield _unknown("service.underlying-unknown", f"{path}.runs_on", service.runs_on, underlying)
        if service.model not in agreement.service.models:
            yield _differs("service.model-differs", f"{path}.model", "service.models")
        if regions and not {each.name for each in service.regions} <= regions:
            yield _differs("service.region-differs", f"{path}.regions", "service.regions")
    for path, each in zip(item_paths("underlying_services", agreement.underlying_services), agreement.underlying_services, strict=True):
        if each.attestation is not None and each.attestation not in attestations:
            yield _unknown("service.attestation-unknown", f"{path}.attestation", each.attestation, attestations)


def _differs(name: str, path: str, other: str) -> Diagnostic:
    return error(
        name,
        path,
        Wording(f"cela n'est pas dans « {other} », que la qualification couvre", f"this isn't in '{other}', which the qualification covers"),
        Wording("accorder les deux", "bring the two into line"),
    )


@rule("subscription.service-unknown", "subscription.option-unknown", "subscription.region-unknown", "subscription.region-missing")
def subscriptions_are_on_offer(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A client subscribes to services of the baseline, with their options, in their regions."""
    services = {each.id: each for each in agreement.services}
    for path, subscription in zip(item_paths("subscriptions", agreement.subscriptions), agreement.subscriptions, strict=True):
        service = services.get(subscription.service)
        if service is None:
            yield _unknown("subscription.service-unknown", f"{path}.service", subscription.service, _labels(agreement.services), _NO_SERVICES)
            continue
        options = _labels(service.options)
        regions = {each.name for each in service.regions}
        for index, option in enumerate(subscription.options):
            if option not in options:
                yield _unknown("subscription.option-unknown", f"{path}.options[{index}]", option, options, _NO_OPTIONS)
        if subscription.region is not None and subscription.region not in regions:
            yield _unknown("subscription.region-unknown", f"{path}.region", subscription.region, regions, _NO_REGIONS)
        if subscription.region is None and regions:
            names = ", ".join(sorted(regions))
            yield warning(
                "subscription.region-missing",
                f"{path}.region",
                Wording(
                    "la région de ce service n'est pas donnée : elle s'imprime à remplir",
                    "the region of that service isn't given: it prints as a field to fill in",
                ),
                Wording(f"ajouter « region: » ({names})", f"add 'region:' ({names})"),
            )


_NO_SERVICES: Final = Wording(
    "le socle n'a pas de liste de services, et tout client a le service entier : retirer « subscriptions »",
    "the baseline has no list of services, and every client has the whole service: remove 'subscriptions'",
)
_NO_OPTIONS: Final = Wording("ce service n'a pas d'options : retirer « options »", "that service has no options: remove 'options'")
_NO_REGIONS: Final = Wording("ce service n'a pas de régions : retirer « region »", "that service has no regions: remove 'region'")


def _labels(offered: Sequence[OfferedService | ServiceOption]) -> dict[str, Wording]:
    """Return what people call services or options, by their identifiers."""
    return {each.id: _label(each) for each in offered}


def _label(offered: OfferedService | ServiceOption) -> Wording:
    name = offered.name if isinstance(offered, OfferedService) else offered.id
    return Wording(offered.label.fr, offered.label.en) if offered.label is not None else Wording(name, name)


@rule("row.service-unknown", "row.service-unsaid")
def rows_name_services_of_the_baseline(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A row that is for some services alone names services that are there."""
    known = {each.id for each in agreement.services}
    for path, value in of_parts(agreement, _rows_for_services):
        for index, service in enumerate(value.services):
            if service not in known:
                yield _unknown("row.service-unknown", f"{path}.services[{index}]", service, known)
        own = getattr(value, "id", None)
        if len(known) > 1 and own in known and not value.services:
            yield warning(
                "row.service-unsaid",
                path,
                Wording(
                    f"cette ligne porte le nom du service « {own} », et vaut pour tous les clients, quels que soient leurs services",
                    f"this row is called as the service '{own}', and is for all clients, whatever their services",
                ),
                Wording(f"ajouter « services: [{own}] »", f"add 'services: [{own}]'"),
            )


def _rows_for_services(values: Values) -> Iterator[tuple[str, ForServices]]:
    return ((path, value) for path, value in values if isinstance(value, ForServices))


@rule("support.priority-unknown")
def priorities_are_defined(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An impact and an urgency give a priority that is defined."""
    support = agreement.commitments.support
    if support is None:
        return
    known = {each.id for each in support.priorities}
    for path, each in zip(item_paths("commitments.support.rules", support.rules), support.rules, strict=True):
        if each.priority not in known:
            yield _unknown("support.priority-unknown", f"{path}.priority", each.priority, known)


@rule("matrix.no-rows", "matrix.sheet-alone")
def an_annex_has_its_matrix(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A matrix that is an appendix has rows, and a sheet has its file."""
    matrix = agreement.responsibility_matrix
    if matrix.sheet is not None and matrix.file is None:
        yield error(
            "matrix.sheet-alone",
            "responsibility_matrix.sheet",
            Wording("une feuille est nommée, et aucun fichier", "a sheet is named, and no file"),
            Wording("ajouter « file: », ou la retirer", "add 'file:', or remove it"),
        )
    if matrix.annex and not matrix.rows:
        yield error(
            "matrix.no-rows",
            "responsibility_matrix.annex",
            Wording("la matrice en annexe n'a pas de lignes", "the matrix that is an appendix has no rows"),
            Wording("ajouter « rows: » ou « file: »", "add 'rows:' or 'file:'"),
        )


@rule("attestation.dates", "attestation.expired", "attestation.specimen", "attestation.no-file")
def attestations_are_valid(agreement: Agreement, day: date) -> Iterator[Diagnostic]:
    """An attestation is in force on the day that counts, and attached."""
    for path, each in zip(item_paths("attestations", agreement.attestations), agreement.attestations, strict=True):
        if each.expires_on is not None and each.issued_on >= each.expires_on:
            yield error(
                "attestation.dates",
                f"{path}.expires_on",
                Wording("l'attestation expire avant d'être délivrée", "the attestation expires before it is issued"),
                Wording("corriger l'une des deux dates", "mend one of the two dates"),
            )
        elif each.issued_on > day or (each.expires_on is not None and each.expires_on < day):
            yield error(
                "attestation.expired",
                f"{path}.expires_on",
                Wording(f"l'attestation n'est pas en vigueur le {day}", f"the attestation isn't in force on {day}"),
                Wording("joindre l'attestation en vigueur, ou la retirer", "attach the one in force, or remove it"),
            )
        if each.specimen:
            yield warning(
                "attestation.specimen",
                f"{path}.specimen",
                Wording("l'attestation est un spécimen, et le document le dit", "the attestation is a specimen, and the document says so"),
                Wording("joindre la vraie, puis retirer « specimen: true »", "attach the real one, then remove 'specimen: true'"),
            )
        elif each.file is None:
            yield warning(
                "attestation.no-file",
                path,
                Wording(
                    "aucun fichier d'attestation : l'annexe B n'en porte que les références",
                    "no attestation file: Appendix B holds its references alone",
                ),
                Wording("ajouter « file: » avec un PDF, une image ou un DOCX", "add 'file:' with a PDF, a picture or a DOCX"),
            )
