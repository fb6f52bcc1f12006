"""Rules between parts of the data. Each is a small function that yields findings with the data path they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import LISTED_ROLES, Agreement
from snc_docs.model.base import Model
from snc_docs.model.judging import Values, error, note, part_rule, rule, warning
from snc_docs.model.parts import Contact, ContactRole, ContractKind
from snc_docs.model.paths import item_paths, key_of
from snc_docs.model.places import in_the_eu, is_member_state
from snc_docs.model.practices import OfficerDuty

# What a provider must be able to say of itself at any time: appendix C, SecNumCloud 3.2 contacts.
_PROVIDER_ROLES: Final = (ContactRole.REPRESENTATIVE, ContactRole.SECURITY_INCIDENTS, ContactRole.DATA_PROTECTION_OFFICER)


@rule("provider.incomplete")
def provider_is_complete(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The provider knows itself: only a client's fields may be unknown."""
    provider = agreement.provider
    needed = [("legal_name", True), ("short_name", True), ("registered_office", True), ("country", True)]
    needed += [("legal_form", provider.has_legal_form()), ("share_capital", provider.has_capital())]
    needed += [("register_city", provider.in_trade_register()), ("siren", provider.in_trade_register() or provider.in_sirene())]
    for name, applies in needed:
        if applies and getattr(provider, name) is None:
            yield _incomplete(provider, name, f"provider.{name}")
    if provider.is_registered() and provider.registration.number is None:
        yield _incomplete(provider.registration, "number", "provider.registration.number")
    for name in ("name", "title"):
        if getattr(provider.signatory, name) is None:
            yield _incomplete(provider.signatory, name, f"provider.signatory.{name}")


def _incomplete(part: Model, name: str, path: str) -> Diagnostic:
    label = part.label_of(name)
    return error(
        "provider.incomplete",
        path,
        Wording(f"le prestataire doit donner : {label.fr}", f"the provider must give its {label.en}"),
        Wording(
            "l'ajouter au socle, ou écrire « not-applicable » s'il n'en a pas",
            "add it to the baseline, or write 'not-applicable' where it has none",
        ),
    )


@rule("party.siren-abroad")
def sirens_are_french(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A SIREN is INSEE's number: elsewhere a party is registered under another, in a field of its own."""
    for name in ("provider", "client"):
        party = getattr(agreement, name)
        if party.is_foreign() and party.siren is not None:
            yield error(
                "party.siren-abroad",
                f"{name}.siren",
                Wording(
                    "le SIREN est un numéro français, et la partie a son siège ailleurs",
                    "a SIREN is a French number, and the party has its seat elsewhere",
                ),
                Wording(
                    'écrire « registration: {number: "…"} », avec le registre dans « registry: {fr: …, en: …} »',
                    "write 'registration: {number: \"…\"}', with the register in 'registry: {fr: …, en: …}'",
                ),
            )


@rule("party.no-capital")
def capital_is_something(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A party with a capital of nothing has none: said so, its name and its register are told without."""
    for name in ("provider", "client"):
        capital = getattr(agreement, name).share_capital
        if capital is not None and not capital.amount:
            yield error(
                "party.no-capital",
                f"{name}.share_capital",
                Wording("un capital nul n'en est pas un", "a capital of nothing is none"),
                Wording(
                    "retirer ce champ pour une association ou une personne publique, ou écrire « share_capital: not-applicable »",
                    "leave the field out for an association or a public body, or write 'share_capital: not-applicable'",
                ),
            )


@rule("certificate.dates", "certificate.expired", "certificate.not-yet-valid")
def certificate_is_valid(agreement: Agreement, day: date) -> Iterator[Diagnostic]:
    """The certificate is in force on the day that counts."""
    certificate = agreement.certificate
    if certificate.issued_on >= certificate.expires_on:
        yield error(
            "certificate.dates",
            "certificate.expires_on",
            Wording("l'attestation expire avant d'être délivrée", "the certificate expires before it is issued"),
            Wording("corriger l'une des deux dates", "mend one of the two dates"),
        )
    elif certificate.expires_on < day:
        yield error(
            "certificate.expired",
            "certificate.expires_on",
            Wording(
                f"l'attestation a expiré le {certificate.expires_on} ; elle est jugée au {day}",
                f"the certificate expired on {certificate.expires_on}; it is judged on {day}",
            ),
            Wording("joindre l'attestation renouvelée", "attach the renewed certificate"),
        )
    elif certificate.issued_on > day:
        yield error(
            "certificate.not-yet-valid",
            "certificate.issued_on",
            Wording(
                f"l'attestation n'est délivrée que le {certificate.issued_on}, après le {day}",
                f"the certificate is issued on {certificate.issued_on} only, after {day}",
            ),
            Wording("corriger la date d'effet ou joindre l'attestation en vigueur", "mend the effective date, or attach the certificate in force"),
        )


@rule("certificate.no-file")
def certificate_has_a_file(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Appendix B holds the certificate itself."""
    if agreement.certificate.file is None:
        yield warning(
            "certificate.no-file",
            "certificate",
            Wording(
                "aucun fichier d'attestation : l'annexe B portera une page d'attente", "no certificate file: Appendix B will hold a placeholder page"
            ),
            Wording("ajouter « file: » avec un PDF, une image ou un DOCX", "add 'file:' with a PDF, a picture or a DOCX"),
        )


@rule("third-party.category-unknown", "third-party.category-unused")
def third_parties_have_a_known_category(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Every third party is in a category, and every category has third parties."""
    parties = agreement.third_parties
    known = {category.id for category in parties.categories}
    for name, items in (("data_centres", parties.data_centres), ("others", parties.others)):
        for path, party in zip(item_paths(f"third_parties.{name}", items), items, strict=True):
            if party.category not in known:
                yield error(
                    "third-party.category-unknown",
                    f"{path}.category",
                    Wording(f"la catégorie « {party.category} » n'est pas définie", f"category '{party.category}' isn't defined"),
                    Wording(f"prendre l'une de : {', '.join(sorted(known))}, ou la définir", f"take one of {', '.join(sorted(known))}, or define it"),
                )
    used = {party.category for party in parties.data_centres + parties.others}
    for path, category in zip(item_paths("third_parties.categories", parties.categories), parties.categories, strict=True):
        if category.id not in used:
            yield warning(
                "third-party.category-unused",
                path,
                Wording(f"aucun tiers n'est dans la catégorie « {category.id} »", f"no third party is in category '{category.id}'"),
                Wording("la retirer, ou ajouter le tiers", "remove it, or add the third party"),
            )


@part_rule("data.doubled")
def keys_are_unique(values: Values) -> Iterator[Diagnostic]:
    """No two items of a list have the same key, or are the same; contacts may share a role, never role and name."""
    for path, items in values:
        if isinstance(items, tuple) and not (items and isinstance(items[0], Model) and items[0].key is None):
            yield from _doubled(path, items, [_key(item) for item in items])


def _key(item: Any) -> str:
    """Return what tells an item from others: a contact's role and name, the key of any other part, a plain value itself."""
    if isinstance(item, Contact):
        return f"{item.role} {item.name}"
    return str(key_of(item) if isinstance(item, Model) else item)


def _doubled(path: str, items: tuple[Any, ...], keys: list[str]) -> Iterator[Diagnostic]:
    counts = Counter(keys)
    seen: set[str] = set()
    for item_path, key in zip(item_paths(path, items), keys, strict=True):
        if counts[key] > 1 and key in seen:
            yield error(
                "data.doubled",
                item_path,
                Wording(f"« {key} » figure deux fois dans cette liste", f"'{key}' is in this list twice"),
                Wording("n'en garder qu'un, ou les distinguer", "keep one, or tell them apart"),
            )
        seen.add(key)


def _contacts(agreement: Agreement) -> tuple[tuple[str, tuple[Contact, ...]], ...]:
    return ("provider_contacts", agreement.provider_contacts), ("client_contacts", agreement.client_contacts)


@rule("contact.unreachable")
def contacts_can_be_reached(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A contact of whom anything is known has an e-mail address or a telephone number."""
    for list_path, contacts in _contacts(agreement):
        for path, contact in zip(item_paths(list_path, contacts), contacts, strict=True):
            known = contact.name or contact.job_title or contact.availability
            if contact.email or contact.telephone or (not known and list_path == "client_contacts"):
                continue
            found = error(
                "contact.unreachable",
                path,
                Wording("ce contact n'a ni courriel ni téléphone", "this contact has neither e-mail nor telephone"),
                Wording("ajouter « email: » ou « telephone: »", "add 'email:' or 'telephone:'"),
            )
            # A client's contact may be known by name before the rest is; the rest prints as fields to fill in.
            yield replace(found, severity=Severity.WARNING) if list_path == "client_contacts" and contact.name else found


@rule("contact.role-missing")
def provider_has_the_required_contacts(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The provider's representative, security contact and data protection officer are known."""
    given = {contact.role for contact in agreement.provider_contacts}
    for role in _PROVIDER_ROLES:
        if role not in given:
            yield error(
                "contact.role-missing",
                "provider_contacts",
                Wording(f"contact manquant : {role.wording.fr}", f"missing contact: {role.wording.en}"),
                Wording(f"ajouter un contact « role: {role} »", f"add a contact 'role: {role}'"),
            )


@rule("contact.unknown")
def client_contacts_are_known(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Roles that nobody has are said once: they print as fill-in fields, a data protection officer where the client must have one."""
    officer = agreement.commitments.data_protection_officer is OfficerDuty.BOTH
    printed = [role for role in LISTED_ROLES if officer or role is not ContactRole.DATA_PROTECTION_OFFICER]
    blank = [contact for contact in agreement.client_contacts if contact.is_blank() and contact.role in printed]
    partly = [contact for contact in agreement.client_contacts if not contact.is_blank() and any(getattr(contact, name) is None for name in _PRINTED)]
    if blank or partly:
        listed = Wording(
            *(
                ", ".join((*all_, *(f"{each} {said}" for each in part)))
                for all_, part, said in zip(_roles(blank), _roles(partly), _IN_PART, strict=True)
            )
        )
        yield note(
            "contact.unknown",
            "client_contacts",
            Wording(f"contacts du Client à compléter dans le document : {listed.fr}", f"Client contacts to fill in by hand: {listed.en}"),
            Wording("les ajouter au fichier client si on les connaît", "add them to the client file once known"),
        )


# What the appendix prints of a contact, each a field to fill in where it isn't known.
_PRINTED: Final = ("name", "job_title", "email", "telephone", "availability")


_IN_PART: Final = Wording("en partie", "in part")


def _roles(contacts: Iterable[Contact]) -> tuple[list[str], list[str]]:
    """Return the roles of contacts as people call them, in French and in English, each with its value in the file."""
    roles = [each.role for each in contacts]
    return [f"{role.wording.fr} ({role})" for role in roles], [f"{role.wording.en} ({role})" for role in roles]


@rule("law.outside-eu")
def governing_law_is_european(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.1.c: the law of a member State of the European Union, by name."""
    country = agreement.governing_law.country
    if not is_member_state(country):
        yield error(
            "law.outside-eu",
            "governing_law.country",
            Wording(f"« {country} » n'est pas un État membre de l'Union européenne", f"'{country}' isn't a member State of the European Union"),
            Wording("nommer le droit de l'un des 27 États membres", "name the law of one of the 27 member States"),
        )


@rule("location.outside-eu")
def locations_are_european(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """SecNumCloud 3.2, 19.2: the service, its data and its operations stay in the European Union."""
    where = agreement.locations
    places = [("service", where.service), ("client_data", where.client_data)]
    places += [("technical_data", where.technical_data)] if where.technical_data else []
    places += [(f"client_data_limit[{index}]", place) for index, place in enumerate(where.client_data_limit)]
    places += [(f"operations[{index}]", place) for index, place in enumerate(where.operations)]
    for name, place in places:
        if not in_the_eu(place):
            yield error(
                "location.outside-eu",
                f"locations.{name}",
                Wording(f"« {place} » est hors de l'Union européenne", f"'{place}' is outside the European Union"),
                Wording("le référentiel exige un lieu dans l'Union européenne", "the framework requires a place in the European Union"),
            )


@rule("contract.unidentified")
def specific_contract_is_identified(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A contract other than the general terms has a reference and a date; without them the document asks for them."""
    contract = agreement.contract
    if contract.kind is not ContractKind.GENERAL_TERMS and (contract.reference is None or contract.date is None):
        yield warning(
            "contract.unidentified",
            "contract",
            Wording("le contrat n'a pas toute son identité", "the contract isn't fully identified"),
            Wording("ajouter « reference: » et « date: »", "add 'reference:' and 'date:'"),
        )


@rule("contract.no-general-terms")
def general_terms_can_be_read(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An agreement that completes the general terms says where they are; of a baseline alone, the contract isn't known."""
    if agreement.contract.kind is ContractKind.GENERAL_TERMS and agreement.general_terms is None and not agreement.document.is_blank():
        yield error(
            "contract.no-general-terms",
            "contract.kind",
            Wording("le socle ne donne pas de conditions générales", "the baseline has no general terms"),
            Wording(
                "ajouter « general_terms: {fr: …, en: …} » au socle, ou écrire « kind: specific » ou « kind: public »",
                "add 'general_terms: {fr: …, en: …}' to the baseline, or write 'kind: specific' or 'kind: public'",
            ),
        )


@rule("client.is-provider")
def parties_differ(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The client isn't the provider."""
    if set(agreement.client.numbers()) & set(agreement.provider.numbers()):
        yield error(
            "client.is-provider",
            "client.siren",
            Wording("le Client a le numéro d'immatriculation du prestataire", "the Client has the provider's registration number"),
            Wording("donner celui du Client", "give the Client's own"),
        )


@rule("exclusions.example")
def exclusions_are_the_providers_own(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An example list must not go out unnoticed."""
    if agreement.exclusions.example:
        yield warning(
            "exclusions.example",
            "exclusions.example",
            Wording("la liste d'exclusions est un exemple, et le document le dit", "the exclusion list is an example, and the document says so"),
            Wording("mettre la liste du prestataire, puis retirer « example: true »", "put the provider's own list, then remove 'example: true'"),
        )


@rule("certificate.specimen")
def certificate_is_the_real_one(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A specimen must not go out unnoticed."""
    if agreement.certificate.specimen:
        yield warning(
            "certificate.specimen",
            "certificate.specimen",
            Wording("l'attestation est un spécimen, et le document le dit", "the certificate is a specimen, and the document says so"),
            Wording(
                "joindre l'attestation du prestataire, puis retirer « specimen: true »", "attach the provider's own, then remove 'specimen: true'"
            ),
        )
