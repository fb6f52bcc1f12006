"""Rules of the 23 points that the framework demands of a service agreement: SecNumCloud 3.2, 19.1 and 19.4.a.

Each docstring says what the point asks, in our words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from snc_docs.compliance.case import Case, Point
from snc_docs.compliance.registry import rule
from snc_docs.compliance.times import days_said
from snc_docs.document.nodes import ForeignDocument, Picture, Signatures
from snc_docs.language.formats import law_of
from snc_docs.model.commitment_rules import LEAST_ERASURE_NOTICE
from snc_docs.model.commitments import Phase
from snc_docs.model.places import in_the_eu, is_member_state
from snc_docs.patterns import regex

_BOTH_PARTIES = 2
# How a statement on backup says that there is none.
_DENIAL: Final = {
    "fr": regex(r"\bn(?:e\b|[’'])|\baucun|\bsans\b", re.IGNORECASE),
    "en": regex(r"\bnot?\b|\bnever\b|n[’']t\b|\bwithout\b", re.IGNORECASE),
}


@rule("19.1.a-1")
def one_agreement_with_each_client(case: Case) -> Iterator[Point]:
    """Both parties are named and sign; nothing of the client is left open."""
    yield case.prints("provider-identified", "provider.legal_name", "provider.registered_office")
    yield case.leaves_nothing_open("client-identified", "client")
    yield case.holds("both-sign", lambda block: isinstance(block, Signatures) and len(block.columns) >= _BOTH_PARTIES)


@rule("19.1.a-2")
def changes_are_accepted(case: Case) -> Iterator[Point]:
    """A change applies only once the client has accepted it; a change by notice alone, or by silence, says the contrary."""
    yield case.says("change-by-acceptance")
    yield case.contradicts("change-by-silence")
    yield case.contradicts("change-by-notice")


@rule("19.1.b-1")
def duties_of_all_three(case: Case) -> Iterator[Point]:
    """Duties of provider, third parties and client; where a matrix shares them out, it is in the document and not elsewhere."""
    yield case.says("duties-of-provider")
    yield case.says("duties-of-third-parties")
    yield case.says("duties-of-client")
    elsewhere = case.prints("matrix-printed", "responsibility_matrix.url")
    printed = case.prints("matrix-printed", "responsibility_matrix.rows[*].activity")
    if elsewhere.held or printed.held:
        yield printed


@rule("19.1.b-2")
def exclusions_within_the_law(case: Case) -> Iterator[Point]:
    """What is excluded, within the law and article 28 of the GDPR; a list that is an example isn't the provider's list."""
    listed = case.prints("exclusions-listed", "exclusions.topics[*].items[*].text")
    yield listed.also(not case.agreement.exclusions.example).as_role("basis")
    yield case.says("exclusions-within-law")
    yield case.says("exclusions-gdpr")


@rule("19.1.b-3")
def location_of_service_and_support(case: Case) -> Iterator[Point]:
    """Where the service is, by country, and by region where it has some; and where support is."""
    where, services = case.agreement.locations, case.agreement.services
    yield case.prints("service-located", "locations.service", "locations.client_data").also(in_the_eu(where.service))
    if case.agreement.service.regions:
        yield case.prints("regions-named", "service.regions[*].name")
    elif any(each.regions for each in services):
        yield case.prints("regions-named", "services[*].regions[*].name")
    yield case.says("support-location")


@rule("19.1.c")
def law_of_a_member_state(case: Case) -> Iterator[Point]:
    """The law of one of the 27 member States by name, with no opening to another."""
    country, language = case.agreement.governing_law.country, case.document.language
    is_european = is_member_state(country)
    named = case.says_or_prints("law-named", "governing_law.country")
    in_words = is_european and any(law_of(country, language).casefold() in words.casefold() for words in named.words)
    yield named.also(is_european and (bool(named.paths) or in_words))
    if case.says("law-open").held:
        yield Point("law-not-opened", held=False)


@rule("19.1.d")
def data_handled_lawfully_in_each_phase(case: Case) -> Iterator[Point]:
    """Pre-sales, set-up, maintenance and shutdown, in one statement."""
    yield case.says("handling-lawful")
    for phase in Phase:
        yield case.says_or_prints(f"handling-{phase.value}", f"commitments.data_handling[{phase.value}].handling")


@rule("19.1.e")
def elements_on_foreign_law(case: Case) -> Iterator[Point]:
    """On request, what is needed to judge the risk of law from outside the Union."""
    yield case.says("risk-on-request")
    yield case.says("risk-assessment")
    yield case.says("risk-non-eu-law")


@rule("19.1.f")
def means_of_compliance(case: Case) -> Iterator[Point]:
    """One technical and one organisational means of keeping to the law at least."""
    yield case.says_or_prints("technical-means", "governing_law.technical[*].text")
    yield case.says_or_prints("organisational-means", "governing_law.organisational[*].text")


@rule("19.1.g")
def revision_and_termination(case: Case) -> Iterator[Point]:
    """A revision clause; on loss of the qualification the client may end the agreement without penalty."""
    yield case.says("revision")
    yield case.says("termination-by-client")
    yield case.says("termination-of-agreement")
    yield case.says("termination-without-penalty")


@rule("19.1.h")
def all_data_comes_back(case: Case) -> Iterator[Point]:
    """The client gets back all its data, that which it supplied and that which was produced."""
    yield case.says("reversibility-supplied")
    yield case.says("reversibility-produced")
    yield case.says("reversibility-by-contract").as_role("delegation")


@rule("19.1.i")
def documented_formats_or_interfaces(case: Case) -> Iterator[Point]:
    """Documented file formats or interfaces, named in the agreement: either will do."""
    formats = (
        case.says("reversibility-formats"),
        case.says_or_prints("formats-listed", "commitments.reversibility.formats[*].format"),
    )
    interfaces = (
        case.says("reversibility-interfaces"),
        case.says_or_prints("interfaces-listed", "commitments.reversibility.interfaces[*].documentation"),
    )
    yield from interfaces if sum(each.held for each in interfaces) > sum(each.held for each in formats) else formats
    yield case.says("reversibility-by-contract").as_role("delegation")


@rule("19.1.j", "11.3.c", "11.7.d", "17.4.a")
def availability_is_promised(case: Case) -> Iterator[Point]:
    """A percentage over a period, within a scope."""
    yield case.says("availability")
    for fact, field in (("availability-rate", "percentage"), ("availability-period", "measured"), ("availability-scope", "scope")):
        yield case.says_or_prints(fact, f"commitments.availability.services[*].{field}")
    yield from _each_subscribed_has_a_rate(case)
    yield case.says("availability-by-contract").as_role("delegation")


def _each_subscribed_has_a_rate(case: Case) -> Iterator[Point]:
    """Where rates of the data are printed, and name services, each service that the client subscribes to has one."""
    availability = case.agreement.commitments.availability
    printed = case.prints("availability-of-each", "commitments.availability.services[*].percentage")
    if availability is not None and printed.held and case.agreement.subscriptions and all(rate.services for rate in availability.services):
        subscribed = (frozenset((each.service,)) for each in case.agreement.subscriptions)
        yield printed.also(all(any(rate.is_for(one) for rate in availability.services) for one in subscribed))


@rule("19.1.k")
def data_is_not_disposed_of(case: Case) -> Iterator[Point]:
    """The provider may not dispose of data that the client sends, nor of data that it produces."""
    yield case.says("no-disposal-sent")
    yield case.says("no-disposal-produced")


@rule("19.1.l")
def nothing_is_disclosed(case: Case) -> Iterator[Point]:
    """No disclosure about the service without formal written authorisation."""
    yield case.says("no-disclosure")
    yield case.says("formal-written-consent")


@rule("19.1.m")
def backup_is_stated(case: Case) -> Iterator[Point]:
    """Whether data is backed up automatically; if not, a warning and what to do."""
    stated = case.says("backup-statement")
    yield stated
    backup = case.agreement.commitments.backup
    is_denied = any(known.search(words) for words in stated.words for known in (_DENIAL[case.document.language],))
    if is_denied or (backup is not None and not backup.automatic):
        yield case.says("backup-warning")
        yield case.says("backup-steps")


@rule("19.1.n")
def remote_access_is_stated(case: Case) -> Iterator[Point]:
    """Whether remote access is allowed for administration, and whether for support."""
    yield case.says("remote-administration")
    yield case.says("remote-support")


@rule("19.1.o-1")
def qualification_is_attached(case: Case) -> Iterator[Point]:
    """The service is qualified, and the certificate itself is there, with its dates, in force on the day that counts."""
    certificate = case.agreement.certificate
    in_force = certificate.issued_on <= case.day <= certificate.expires_on
    yield case.says("service-qualified")
    yield case.says("qualification-held")
    yield case.holds("certificate-attached", lambda block: isinstance(block, (Picture, ForeignDocument))).also(
        certificate.file is not None and not certificate.specimen
    )
    yield case.prints("certificate-dated", "certificate.reference", "certificate.issued_on", "certificate.expires_on").also(in_force)


@rule("19.1.o-2")
def complaint_to_anssi(case: Case) -> Iterator[Point]:
    """The client may complain to ANSSI about the service."""
    yield case.says("complaint")
    yield case.says("complaint-to-anssi")


@rule("19.1.o-3")
def audit_by_anssi(case: Case) -> Iterator[Point]:
    """The client lets ANSSI and the qualification body audit the service."""
    yield case.says("audit-by-anssi")
    yield case.says("audit-by-body")


@rule("19.1.p")
def audit_by_passi(case: Case) -> Iterator[Point]:
    """The client lets a qualified PASSI audit the service, appointed by the provider under its control plan (18.2)."""
    yield case.says("audit-by-passi")
    yield case.says("passi-appointed")
    yield case.says("passi-control-plan")


@rule("19.1.q")
def audit_of_personal_data(case: Case) -> Iterator[Point]:
    """What is needed for audits under article 28 of the GDPR, by the client or its agent."""
    yield case.says("gdpr-28")
    yield case.says("gdpr-audit-actor")


@rule("19.4.a")
def data_is_erased_securely(case: Case) -> Iterator[Point]:
    """Secure erasure at the end of the contract, after 21 days' formal notice, within a stated period, by stated methods."""
    erasure = case.agreement.commitments.erasure
    yield case.says("erasure-secure")
    notice, printed = case.says("erasure-notice"), case.prints("erasure-notice", "commitments.erasure.notice")
    in_data = printed.held and erasure is not None and erasure.notice.least_days() >= LEAST_ERASURE_NOTICE
    in_words = any(days_said(words, case.document.language) >= LEAST_ERASURE_NOTICE for words in notice.words)
    yield replace(notice, paths=printed.paths).also(in_data or in_words)
    promised = case.says_or_prints("erasure-period", "commitments.erasure.period")
    yield promised if promised.held else case.prints("erasure-period", "notices.final_deletion")
    yield case.says_or_prints("erasure-methods", "commitments.erasure.methods[*]")
