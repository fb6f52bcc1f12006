"""Rules on third parties, attestations, contacts, languages and the record of versions that could deny each other.

``docs/data.md`` lists the pairs, and those that no rule is needed for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import note, rule, warning
from snc_docs.model.parts import ContractKind, DataAccess, Processing, ThirdParty
from snc_docs.model.party import PartyKind
from snc_docs.model.paths import item_paths
from snc_docs.model.places import in_the_eu, is_within
from snc_docs.model.services import AttestationKind


def _third_parties(agreement: Agreement) -> Iterator[tuple[str, ThirdParty]]:
    for name in ("data_centres", "others"):
        parties = getattr(agreement.third_parties, name)
        yield from zip(item_paths(f"third_parties.{name}", parties), parties, strict=True)


@rule("third-party.access-without-role", "third-party.outside-limit", "third-party.authorised-late")
def third_parties_stay_within_what_is_promised(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Who can reach data has a role in it, is where the data may be, and is authorised when the agreement takes effect."""
    limits, effective = agreement.locations.client_data_limit, agreement.document.effective_date
    for path, party in _third_parties(agreement):
        if party.processing is Processing.NONE and party.data_access is DataAccess.POSSIBLE:
            yield warning(
                "third-party.access-without-role",
                f"{path}.processing",
                Wording("ce tiers peut accéder aux données sans y avoir de rôle", "this third party can reach the data and has no role in it"),
                Wording(
                    "écrire « processing: sub-processor », ou corriger « data_access »", "write 'processing: sub-processor', or mend 'data_access'"
                ),
            )
        reaches = party.data_access in (DataAccess.POSSIBLE, DataAccess.ENCRYPTED)
        if party.country is not None and reaches and not any(is_within(party.country, limit) for limit in limits):
            found = warning(
                "third-party.outside-limit",
                f"{path}.country",
                Wording(
                    "ce tiers a accès aux données depuis un pays hors des lieux possibles des données",
                    "this third party has access to data from a country outside the possible places of the data",
                ),
                Wording("vérifier « data_access » et « locations.client_data_limit »", "check 'data_access' and 'locations.client_data_limit'"),
            )
            # 19.2 and 19.6: from outside the Union nobody may be able to reach the data in clear.
            is_forbidden = party.data_access is DataAccess.POSSIBLE and not in_the_eu(party.country)
            yield replace(found, severity=Severity.ERROR) if is_forbidden else found
        if party.authorised_on is not None and effective is not None and party.authorised_on > effective:
            yield warning(
                "third-party.authorised-late",
                f"{path}.authorised_on",
                Wording("ce tiers n'est autorisé qu'après la date d'effet", "this third party is authorised after the effective date only"),
                Wording("corriger l'une des deux dates, ou retirer ce tiers", "mend one of the two dates, or remove this third party"),
            )


@rule("data-processing.sub-processor-undescribed")
def sub_processors_are_in_the_annex(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The annex on personal data lists every sub-processor, each with its activity and its country."""
    if agreement.commitments.data_processing is None:
        return
    for path, party in _third_parties(agreement):
        if party.processing is not Processing.SUB_PROCESSOR:
            continue
        if party.activity is None or party.country is None:
            yield warning(
                "data-processing.sub-processor-undescribed",
                path,
                Wording(
                    "l'annexe ne dit ni l'activité ni le pays de ce sous-traitant", "the appendix lacks this sub-processor's activity or country"
                ),
                Wording("ajouter « activity: » et « country: »", "add 'activity:' and 'country:'"),
            )


@rule("data-processing.no-nature")
def the_annex_says_what_is_done_with_the_data(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The annex on personal data tells the nature of the processing (article 28(3) of the GDPR)."""
    processing = agreement.commitments.data_processing
    if processing is not None and processing.nature is None:
        yield warning(
            "data-processing.no-nature",
            "commitments.data_processing",
            Wording(
                "l'annexe ne dit pas la nature du traitement, que demande l'article 28, paragraphe 3, du RGPD",
                "the appendix lacks the nature of the processing, which article 28(3) of the GDPR asks for",
            ),
            Wording(
                "ajouter « nature: {fr: la collecte, l'enregistrement et l'hébergement, en: …} »",
                "add 'nature: {fr: …, en: collection, recording and hosting}'",
            ),
        )


@rule("health-data.no-attestation")
def health_activities_are_attested(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Certified activities of hosting health data have their certificate."""
    attested = any(each.kind is AttestationKind.HDS for each in agreement.attestations)
    if agreement.commitments.health_data is not None and not attested:
        yield note(
            "health-data.no-attestation",
            "commitments.health_data",
            Wording(
                "des activités sont dites certifiées, et aucune attestation HDS n'est jointe",
                "activities are said to be certified, and no HDS attestation is attached",
            ),
            Wording("ajouter une attestation « kind: hds »", "add an attestation 'kind: hds'"),
        )


@rule("service.underlying-unused", "service.attestation-kind")
def underlying_services_are_qualified_and_used(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A service of another provider carries one of this provider's, and its attestation is a SecNumCloud one."""
    carried = {each.runs_on for each in agreement.services}
    kinds = {each.id: each.kind for each in agreement.attestations}
    for path, each in zip(item_paths("underlying_services", agreement.underlying_services), agreement.underlying_services, strict=True):
        if agreement.services and each.id not in carried:
            yield warning(
                "service.underlying-unused",
                path,
                Wording("aucun service ne s'appuie sur ce service sous-jacent", "no service runs on this underlying service"),
                Wording("ajouter « runs_on: » au service, ou le retirer", "add 'runs_on:' to the service, or remove it"),
            )
        if each.attestation is not None and kinds.get(each.attestation, AttestationKind.SECNUMCLOUD) is not AttestationKind.SECNUMCLOUD:
            yield warning(
                "service.attestation-kind",
                f"{path}.attestation",
                Wording("cette attestation n'est pas une qualification SecNumCloud", "this attestation isn't a SecNumCloud qualification"),
                Wording("nommer celle du service sous-jacent", "name that of the underlying service"),
            )


@rule("contact.main-missing")
def main_contact_is_there(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The role that is the client's main contact is one that its contacts list."""
    role = agreement.commitments.main_contact
    if role is not None and all(contact.role is not role for contact in agreement.client_contacts):
        yield warning(
            "contact.main-missing",
            "client_contacts",
            Wording(
                f"aucun contact n'a le rôle du contact principal : {role.wording.fr}", f"no contact has the main contact's role: {role.wording.en}"
            ),
            Wording(f"ajouter un contact « role: {role} »", f"add a contact 'role: {role}'"),
        )


@rule("languages.no-choice")
def a_language_can_be_chosen(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The client chooses the language of support with its ticket where there are several."""
    if agreement.commitments.practices.language_by_ticket and not agreement.languages.support[1:]:
        yield warning(
            "languages.no-choice",
            "commitments.practices.language_by_ticket",
            Wording("le Client choisirait la langue du support, qui n'en a qu'une", "the Client would choose the language of support, which has one"),
            Wording(
                "ajouter une langue à « languages.support », ou retirer cette ligne", "add a language to 'languages.support', or remove this line"
            ),
        )


@rule("history.version-missing", "history.order", "history.after-effect")
def record_of_versions_leads_to_this_one(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The record of versions has this one, runs forward, and ends by the effective date."""
    document = agreement.document
    paths = item_paths("document.history", document.history)
    if document.history and document.version is not None and document.version not in {each.version for each in document.history}:
        yield warning(
            "history.version-missing",
            "document.history",
            Wording(f"le suivi des versions n'a pas celle-ci ({document.version})", f"the record of versions lacks this one ({document.version})"),
            Wording("l'ajouter, ou corriger « document.version »", "add it, or mend 'document.version'"),
        )
    for before, (path, after) in zip(document.history, list(zip(paths, document.history, strict=True))[1:], strict=False):
        if after.date < before.date:
            yield warning(
                "history.order",
                f"{path}.date",
                Wording("cette version est datée d'avant la précédente", "this version is dated before the one above it"),
                Wording("corriger la date, ou l'ordre des lignes", "mend the date, or the order of the lines"),
            )
    for path, each in zip(paths, document.history, strict=True):
        if document.effective_date is not None and each.date > document.effective_date and each.version == document.version:
            yield warning(
                "history.after-effect",
                f"{path}.date",
                Wording("cette version est datée d'après sa date d'effet", "this version is dated after it takes effect"),
                Wording("corriger l'une des deux dates", "mend one of the two dates"),
            )


@rule("jurisdiction.not-traders")
def a_commercial_court_is_for_traders(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """By French law a clause that confers jurisdiction binds traders only (Code de procédure civile, article 48), and public bodies have courts of their own."""
    if agreement.client.kind not in (None, PartyKind.COMPANY) and _confers(agreement, _OF_TRADERS):
        yield warning(
            "jurisdiction.not-traders",
            "commitments.jurisdiction.court",
            Wording(
                "la convention désigne un tribunal de commerçants, et le Client n'en est pas un",
                "the agreement names a court for traders, and the Client isn't one",
            ),
            _ASK_LEGAL,
        )


@rule("jurisdiction.not-public")
def an_administrative_court_is_for_public_bodies(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Administrative courts of France judge contracts of public bodies, and no clause gives them others."""
    is_public = PartyKind.PUBLIC_BODY in (agreement.client.kind, agreement.provider.kind) or agreement.contract.kind is ContractKind.PUBLIC
    if not (is_public or agreement.document.is_blank()) and _confers(agreement, _ADMINISTRATIVE):
        yield warning(
            "jurisdiction.not-public",
            "commitments.jurisdiction.court",
            Wording(
                "la convention désigne un tribunal administratif, et aucune Partie n'est une personne publique",
                "the agreement names an administrative court, and no Party is a public body",
            ),
            _ASK_LEGAL,
        )


def _confers(agreement: Agreement, words: tuple[str, ...]) -> bool:
    """Return whether the agreement names a court of a kind, under French law."""
    jurisdiction = agreement.commitments.jurisdiction
    if jurisdiction is None or agreement.governing_law.country != "FR":
        return False
    court = f"{jurisdiction.court.fr} {jurisdiction.court.en}".casefold()
    return any(word in court for word in words)


_ASK_LEGAL: Final = Wording(
    "demander au juridique la juridiction qui convient à ce client (« commitments.jurisdiction.court » sous « deviations: »)",
    "ask legal which court is right for this client ('commitments.jurisdiction.court' below 'deviations:')",
)
_ADMINISTRATIVE: Final = ("tribunal administratif", "administrative court")
_OF_TRADERS: Final = ("tribunal de commerce", "activités économiques", "commercial court")


@rule("contract.public-body")
def a_public_body_buys_by_a_public_contract(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The preamble names the contract; what a public body buys is mostly a public contract, and then it is that one."""
    if agreement.client.kind is PartyKind.PUBLIC_BODY and agreement.contract.kind is ContractKind.GENERAL_TERMS:
        yield note(
            "contract.public-body",
            "contract.kind",
            Wording(
                "le client est une personne publique, et le préambule dit que vos conditions générales la lient",
                "the client is a public body, and the preamble says that your general terms bind it",
            ),
            Wording(
                "si c'est un marché public, écrire « kind: public », avec sa référence et sa date",
                "if it is a public contract, write 'kind: public', with its reference and date",
            ),
        )
