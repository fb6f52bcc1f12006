"""Rules of what other parts of the framework presuppose of the agreement, and of what it advises."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.compliance.binding import availability_is_promised, nothing_is_disclosed
from snc_docs.compliance.case import Case, Point
from snc_docs.compliance.registry import rule
from snc_docs.model.parts import DataAccess, Processing
from snc_docs.model.periods import Delay
from snc_docs.model.places import in_the_eu

# 19.6.f: told within a month.
_MONTH_AT_MOST = 31

# ------------------------------------------------------------------------------------------------------ presupposed


@rule("1.3.3")
def administration_is_shared_out(case: Case) -> Iterator[Point]:
    """The responsibility matrix covers administration roles."""
    for row in case.agreement.responsibility_matrix.rows:
        if row.administration:
            yield case.prints(
                "administration-in-matrix", f"responsibility_matrix.rows[{row.id}].provider", f"responsibility_matrix.rows[{row.id}].client"
            )
            return
    yield Point("administration-in-matrix", held=False)


@rule("11.7.a")
def maintenance_keeps_commitments(case: Case) -> Iterator[Point]:
    """Maintenance respects the availability and the confidentiality that the agreement promises."""
    yield from availability_is_promised(case)
    yield from nothing_is_disclosed(case)


@rule("17.2.a")
def restoration_times_are_promised(case: Case) -> Iterator[Point]:
    """The agreement promises restoration times."""
    yield case.says("restoration")
    yield case.says_or_prints("restoration-times", "commitments.restoration[*].time")


@rule("annex-2.c")
def this_very_service_is_qualified(case: Case) -> Iterator[Point]:
    """The agreement says that the service it is about is the one that is qualified."""
    yield case.says("service-qualified")
    yield case.prints("qualified-service-named", "service.name", "certificate.scope")


# ----------------------------------------------------------------------------------------------------------- advice


@rule("12.2.b")
def operations_are_announced(case: Case) -> Iterator[Point]:
    """Operations are announced with their start, end, nature, impact and contact."""
    yield case.says("operations-notice")
    yield case.says("operations-content")


@rule("12.6.d")
def logs_on_request(case: Case) -> Iterator[Point]:
    """The client gets its logs on request."""
    yield case.says("logs-on-request")


@rule("14.7.b")
def test_data_is_protected(case: Case) -> Iterator[Point]:
    """Production data is used for tests with consent only, and anonymised."""
    yield case.says("test-consent")
    yield case.says("test-anonymised")


@rule("15.1.a")
def role_of_third_parties(case: Case) -> Iterator[Point]:
    """Each third party's role in personal data and its access to data."""
    yield case.says("third-party-role")
    yield case.says("third-party-access")


@rule("15.1.b")
def objection_to_third_parties(case: Case) -> Iterator[Point]:
    """The client may object to a new third party; there is nothing to object to where none touches data."""
    parties = case.agreement.third_parties.data_centres + case.agreement.third_parties.others
    untouched = all(party.processing is Processing.NONE and party.data_access is DataAccess.NONE for party in parties)
    yield case.says("third-party-objection")
    yield Point("no-third-party-touches-data", untouched, role="exemption")


@rule("15.4.b")
def third_party_change_is_told(case: Case) -> Iterator[Point]:
    """The client is told without delay of a change of third parties that lowers security."""
    yield case.says("third-party-change-told")
    yield case.says("third-party-change-at-once")


@rule("16.1")
def incidents_are_told(case: Case) -> Iterator[Point]:
    """The client is told of security incidents, by stated means."""
    yield case.says("incident-notice")
    yield case.says("incident-means")


@rule("16.2")
def incident_delays(case: Case) -> Iterator[Point]:
    """Within what time, by severity."""
    yield case.says_or_prints("incident-delays", "commitments.incidents.levels[*].delay", "commitments.incidents.levels[*].definition")


@rule("16.3")
def incident_level_is_chosen(case: Case) -> Iterator[Point]:
    """From what severity level, chosen by the client."""
    known = case.agreement.incident_level is not None
    yield case.says("incident-level-chosen").also(known)


@rule("18.1.d")
def procedures_on_request(case: Case) -> Iterator[Point]:
    """The procedures by which the provider keeps to the law, on request."""
    yield case.says("procedures-on-request")


@rule("19.1.r")
def auditor_is_qualified(case: Case) -> Iterator[Point]:
    """The auditor that the client appoints is a qualified PASSI."""
    yield case.says("auditor-is-passi")


@rule("19.2.d")
def technical_data_in_the_union(case: Case) -> Iterator[Point]:
    """Technical data stays in the Union."""
    place = case.agreement.locations.technical_data
    yield case.says("technical-data-location")
    yield case.prints("technical-data-place", "locations.technical_data").also(place is not None and in_the_eu(place))


@rule("19.4.b")
def technical_data_is_erased(case: Case) -> Iterator[Point]:
    """Technical data about the client is erased at the end."""
    yield case.says("technical-data-erasure")
    yield case.says_or_prints("technical-data-time", "commitments.erasure.technical_data")


@rule("19.6.a")
def seat_in_the_union(case: Case) -> Iterator[Point]:
    """Seat, central administration and main establishment are in a member State."""
    yield case.says("ownership-seat")
    yield case.says_or_prints("ownership-seat-named", "commitments.ownership.seat")


@rule("19.6.b")
def capital_is_capped(case: Case) -> Iterator[Point]:
    """Entities from outside the Union hold 24 % each and 39 % together at most."""
    yield case.says("ownership-caps")
    yield case.says_or_prints("ownership-caps-stated", "commitments.ownership.individual_cap", "commitments.ownership.collective_cap")


@rule("19.6.c")
def third_companies_cannot_reach_data(case: Case) -> Iterator[Point]:
    """Third companies can't technically obtain the data."""
    yield case.says("ownership-no-access")


@rule("19.6.d")
def provider_keeps_its_autonomy(case: Case) -> Iterator[Point]:
    """The provider can run the service by itself."""
    yield case.says("ownership-autonomy")


@rule("19.6.e")
def fundamental_rights(case: Case) -> Iterator[Point]:
    """The service respects fundamental rights and the values of the Union."""
    yield case.says("ownership-rights")


@rule("19.6.f")
def status_change_is_told(case: Case) -> Iterator[Point]:
    """The client is told within a month of what may affect protection against law from outside the Union."""
    in_time = _is_within_a_month(case.agreement.notices.compliance)
    yield case.says("status-change-told")
    yield case.prints("status-change-time", "notices.compliance").also(in_time)


def _is_within_a_month(delay: Delay | None) -> bool:
    """Return whether a time is surely no longer than a month: "without undue delay" after a change isn't."""
    if delay is None or not delay.is_counted():
        return False
    if delay.calendar_months():
        return delay == Delay(months=1)
    return delay.most_days() <= _MONTH_AT_MOST
