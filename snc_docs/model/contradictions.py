"""Rules on pairs of fields that can contradict each other: each would make one sentence of the agreement deny another.

``docs/data.md`` lists the pairs. Where one field only leaves the other unprinted, the rule is in ``printed_rules``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import error, rule, warning
from snc_docs.model.kinds import ListedText
from snc_docs.model.parts import ContractSubject
from snc_docs.model.paths import item_paths
from snc_docs.model.places import is_within
from snc_docs.model.practices import ContractRank

# What an order of documents calls the one that the agreement is.
THIS_DOCUMENT: Final = "service-agreement"


@rule("precedence.rank", "precedence.unlisted")
def order_of_documents_keeps_the_rank(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The rank that the preamble gives the agreement is the one that the order of documents gives it."""
    rank = agreement.commitments.rank
    for path, documents in (("contract.precedence", agreement.contract.precedence), ("commitments.precedence", agreement.commitments.precedence)):
        if documents:
            yield from _rank_findings(rank, documents, path)
            return
    if rank is ContractRank.AS_LISTED:
        yield _unlisted("commitments.rank")


def _rank_findings(rank: ContractRank | None, documents: Sequence[ListedText], path: str) -> Iterator[Diagnostic]:
    place = next((index for index, each in enumerate(documents) if each.id == THIS_DOCUMENT), None)
    if rank is ContractRank.AS_LISTED and place is None:
        yield _unlisted(path)
    if place is not None and ((rank is ContractRank.FIRST and place > 0) or (rank is ContractRank.AFTER_CONTRACT and place == 0)):
        yield error(
            "precedence.rank",
            path,
            Wording(
                "l'ordre des documents contredit le rang de la convention (commitments.rank)",
                "the order of documents contradicts the rank of the agreement (commitments.rank)",
            ),
            Wording("accorder les deux, ou écrire « rank: as-listed »", "bring the two into line, or write 'rank: as-listed'"),
        )


def _unlisted(path: str) -> Diagnostic:
    return error(
        "precedence.unlisted",
        path,
        Wording("l'ordre des documents ne dit pas où est la convention", "the order of documents doesn't say where the agreement stands"),
        Wording(f"y ajouter un document « id: {THIS_DOCUMENT} »", f"add a document 'id: {THIS_DOCUMENT}' to it"),
    )


@rule("erasure.final-deletion-late")
def deletion_is_final_within_the_time_for_erasure(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The deletion certificate's time falls within that of secure erasure, as the clause says."""
    erasure, limit = agreement.commitments.erasure, agreement.notices.final_deletion
    if erasure is not None and limit is not None and limit.most_days() > erasure.period.most_days():
        yield error(
            "erasure.final-deletion-late",
            "notices.final_deletion",
            Wording(
                "l'effacement définitif est plus tardif que la fin de l'effacement sécurisé", "final deletion comes after the end of secure erasure"
            ),
            Wording("un délai d'au plus « commitments.erasure.period »", "a time of 'commitments.erasure.period' at most"),
        )


@rule("erasure.backups-kept")
def backups_do_not_outlive_erasure(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """All data is erased by a day on which no backup of it is left."""
    erasure, backup = agreement.commitments.erasure, agreement.commitments.backup
    if erasure is None or backup is None:
        return
    paths = item_paths("commitments.backup.policies", backup.policies)
    kept = [
        ("commitments.backup.retention", backup.retention),
        *zip((f"{path}.retention" for path in paths), (each.retention for each in backup.policies), strict=True),
    ]
    for path, retention in kept:
        if retention is not None and retention.most_days() > erasure.period.most_days():
            yield error(
                "erasure.backups-kept",
                path,
                Wording("des sauvegardes restent après la fin de l'effacement sécurisé", "backups are left after the end of secure erasure"),
                Wording("une conservation d'au plus « commitments.erasure.period »", "a retention of 'commitments.erasure.period' at most"),
            )


@rule("location.outside-limit")
def data_is_hosted_within_its_limits(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Data is hosted where the services let it be stored."""
    where = agreement.locations
    if not any(is_within(where.client_data, limit) for limit in where.client_data_limit):
        yield error(
            "location.outside-limit",
            "locations.client_data",
            Wording("les données sont hébergées hors des lieux possibles", "data is hosted outside its possible places"),
            Wording("l'ajouter à « client_data_limit », ou corriger l'un des deux", "add it to 'client_data_limit', or mend one of the two"),
        )


@rule("location.operations-elsewhere")
def operations_are_where_the_service_is(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """All operations around the service are carried out exclusively where it is supplied: so are administration and support."""
    where = agreement.locations
    for index, place in enumerate(where.operations):
        if not is_within(place, where.service):
            yield error(
                "location.operations-elsewhere",
                f"locations.operations[{index}]",
                Wording(
                    f"« {place} » est hors du lieu où toutes les opérations sont assurées ({where.service})",
                    f"'{place}' is outside the place where all operations are carried out ({where.service})",
                ),
                Wording("élargir « locations.service », ou corriger ce lieu", "widen 'locations.service', or mend this place"),
            )


@rule("location.infrastructure-elsewhere")
def data_is_on_the_infrastructure(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The place of the infrastructure and that of the data on it are one, or one lies in the other."""
    infrastructure, data = agreement.locations.infrastructure, agreement.locations.client_data
    if infrastructure is not None and not (is_within(data, infrastructure) or is_within(infrastructure, data)):
        yield error(
            "location.infrastructure-elsewhere",
            "locations.infrastructure",
            Wording(
                f"l'infrastructure est ailleurs que les données qu'elle héberge ({data})",
                f"the infrastructure is elsewhere than the data that it hosts ({data})",
            ),
            Wording("accorder « infrastructure » et « client_data »", "bring 'infrastructure' and 'client_data' into line"),
        )


@rule("contract.no-service-levels")
def levels_that_apply_exist(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Service levels of the contract that may apply are there: the contract is said to settle them."""
    contract = agreement.main_contract
    has_levels = ContractSubject.SERVICE_LEVELS in contract.settles or contract.service_levels is not None
    if agreement.commitments.practices.contract_levels_if_better and not has_levels:
        yield error(
            "contract.no-service-levels",
            "commitments.practices.contract_levels_if_better",
            Wording(
                "le socle ne dit pas que le contrat fixe des niveaux de service", "the baseline doesn't say that the contract sets service levels"
            ),
            Wording(
                "ajouter « service-levels » à « main_contract.settles », ou retirer cette ligne",
                "add 'service-levels' to 'main_contract.settles', or remove this line",
            ),
        )


@rule("document.before-contract")
def agreement_follows_its_contract(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An agreement completes a contract that exists on its effective date."""
    effective, signed = agreement.document.effective_date, agreement.contract.date
    if effective is not None and signed is not None and effective < signed:
        yield warning(
            "document.before-contract",
            "document.effective_date",
            Wording("la convention prendrait effet avant la date de son contrat", "the agreement would take effect before the date of its contract"),
            Wording("corriger l'une des deux dates", "mend one of the two dates"),
        )
