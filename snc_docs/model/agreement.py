"""Baseline, client file, and the agreement they make together."""

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

from pydantic import PrivateAttr, SerializeAsAny, field_serializer, field_validator, model_validator

from snc_docs.model.base import Model, described, optional, unknown
from snc_docs.model.commitments import Commitments
from snc_docs.model.facts import NO_FACTS, FactDeclaration, FactsFile, OwnFacts, facts_model
from snc_docs.model.kinds import Date, Line, LocalizedText, LocalizedUrl, Text
from snc_docs.model.parts import (
    AccountDeletion,
    Certificate,
    Contact,
    ContactRole,
    Contract,
    DeletionCertificate,
    Exclusions,
    GoverningLaw,
    Languages,
    Locations,
    MainContract,
    Notices,
    ResponsibilityMatrix,
    Service,
    ThirdParties,
)
from snc_docs.model.party import Party
from snc_docs.model.service_terms import Acronym, DocumentPerson, DocumentVersion, GlossaryEntry
from snc_docs.model.services import Attestation, OfferedService, Subscription, UnderlyingService

# Appendix C always shows these roles; the ones nobody gave become rows of fill-in fields.
LISTED_ROLES: Final = tuple(ContactRole)[:5]


class BaselineFacts(Model):
    """What the baseline says of itself."""

    version: Line = described("version du socle", "baseline version", printed=False)  # it tells two baselines apart, not two agreements
    confidentiality: LocalizedText = described("mention de confidentialité", "confidentiality mark")
    logo: Text | None = optional("fichier du logo", "logo file", printed=False)  # a look, in headers alone


class Baseline(Model):
    """The provider's part, owned by its legal team, the same for every client."""

    baseline: BaselineFacts = described("socle", "baseline")
    provider: Party = described("prestataire", "service provider")
    general_terms: LocalizedUrl | None = optional("conditions générales", "general terms")
    main_contract: MainContract = described("contrat", "contract", default=MainContract.model_construct())
    certifications: tuple[Line, ...] = described("certifications du prestataire", "certifications of the service provider", default=())
    service: Service = described("service", "service")
    services: tuple[OfferedService, ...] = described("services qualifiés", "qualified services", default=())
    underlying_services: tuple[UnderlyingService, ...] = described("services sous-jacents", "underlying services", default=())
    locations: Locations = described("localisation", "locations")
    languages: Languages = described("langues", "languages")
    third_parties: ThirdParties = described("tiers", "third parties", default=ThirdParties.model_construct())
    exclusions: Exclusions = described("exclusions", "exclusions")
    responsibility_matrix: ResponsibilityMatrix = described(
        "matrice de responsabilité", "responsibility matrix", default=ResponsibilityMatrix.model_construct()
    )
    notices: Notices = described("délais", "notices", default=Notices.model_construct())
    deletion_certificate: DeletionCertificate | None = optional("certificat d’effacement", "deletion certificate")
    certificate: Certificate = described("attestation de qualification", "qualification certificate")
    attestations: tuple[Attestation, ...] = described("autres attestations", "further attestations", default=())
    acronyms: tuple[Acronym, ...] = described("sigles", "acronyms", default=())
    glossary: tuple[GlossaryEntry, ...] = described("glossaire", "glossary", default=())
    provider_contacts: tuple[Contact, ...] = described("contacts du prestataire", "provider's contacts", min_length=1)
    governing_law: GoverningLaw = described("droit applicable", "governing law")
    commitments: Commitments = described("engagements facultatifs", "optional commitments", default=Commitments.model_construct())


class DocumentFacts(Model):
    """What identifies one service agreement."""

    reference: Line | None = unknown("référence de la convention", "agreement reference")
    version: Line | None = unknown("version", "version")
    effective_date: Date | None = unknown("date d’effet", "effective date")
    people: tuple[DocumentPerson, ...] = described("personnes nommées en couverture", "people named on the cover", default=())
    ground: LocalizedText | None = described("motif de la modification", "reason for the change", printed=False, default=None)
    history: tuple[DocumentVersion, ...] = described("suivi des versions", "record of versions", default=())


class ClientFile(Model):
    """The client's part, written by sales."""

    document: DocumentFacts = described("convention", "agreement", default=DocumentFacts.model_construct())
    client: Party = described("client", "client", default=Party.model_construct())
    contract: Contract = described("contrat", "contract", default=Contract.model_construct())
    subscriptions: tuple[Subscription, ...] = described("services souscrits", "services subscribed", default=())
    # One of the baseline's levels, which a rule asks for by their names: no pattern would tell which they are.
    incident_level: Line | None = unknown(
        "niveau de gravité à partir duquel le Client est informé",
        "severity level from which the Client is told",
        refers="commitments.incidents.levels",
    )
    client_contacts: tuple[Contact, ...] = described("contacts du client", "client's contacts", default=(), validate_default=True)

    @field_validator("client_contacts")
    @classmethod
    def _list_every_role(cls, contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
        return with_listed_roles(contacts)


def with_listed_roles(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return the contacts in the order of their roles, with an unknown contact for each listed role that nobody has."""
    given = tuple(contacts)
    roles = {contact.role for contact in given}
    blank = tuple(Contact(role=role) for role in LISTED_ROLES if role not in roles)
    order = {role: index for index, role in enumerate(ContactRole)}
    return tuple(sorted(given + blank, key=lambda contact: order[contact.role]))


# What stands before the digest of a file that is told and not given.
DIGEST: Final = b"sha256:"


class Attachment(Model):
    """A file that the data names, read into memory."""

    name: Text = described("nom du fichier", "file name")
    media_type: Text = described("type", "media type")
    content: bytes = described("contenu", "content", repr=False)

    @field_serializer("content", when_used="json")
    def _as_text(self, content: bytes) -> str:
        """Return the digest as it is, and a file as base64: JSON holds no bytes."""
        return content.decode() if content.startswith(DIGEST) else b64encode(content).decode()

    @property
    def is_told(self) -> bool:
        """Whether the digest stands in the place of the content (``stored``)."""
        return self.content.startswith(DIGEST)


class Joined(Model):
    """What is joined to the data of both files as they are loaded, and the facts of a deletion."""

    declared: tuple[FactDeclaration, ...] = described("faits déclarés", "declared facts", printed=False, default=())
    facts: SerializeAsAny[OwnFacts] = described("faits propres", "own facts", default=NO_FACTS)
    deviations: tuple[Text, ...] = described("clauses propres au client", "terms of the client's own", printed=False, default=())
    deletion: AccountDeletion = described("effacement", "deletion", default=AccountDeletion.model_construct())
    attachments: tuple[Attachment, ...] = described("fichiers joints", "attachments", default=())
    logo_file: Attachment | None = optional("logo", "logo", printed=False)

    @model_validator(mode="before")
    @classmethod
    def _read_facts_as_declared(cls, data: Any) -> Any:
        """Read facts by the declarations that come with them: an issued document carries both."""
        if not isinstance(data, dict) or not isinstance(data.get("facts"), dict):
            return data
        declared = FactsFile.model_validate({"facts": data.get("declared", [])}).facts
        return {**data, "facts": facts_model(declared).model_validate(data["facts"])}


class Agreement(Joined, Baseline, ClientFile):
    """The typed data of one agreement: the baseline's fields and the client file's, side by side."""

    # Folders of clause files that it was loaded with, the lowest first: where they lie on this machine is no part of the data.
    _layers: tuple[Path, ...] = PrivateAttr(default=())

    @property
    def is_draft(self) -> bool:
        """Return whether something in it must be replaced before anybody signs: an example list, a specimen of a certificate, the page kept for one.

        Fields to fill in make no draft of it: who fills them in does so in the document that is then signed.
        """
        certificate = self.certificate
        return self.exclusions.example or certificate.specimen or certificate.file is None or any(each.specimen for each in self.attestations)

    @property
    def layers(self) -> tuple[Path, ...]:
        """Return the folders of clause files that it was loaded with, the lowest first: those that its data files name, then those given beside them."""
        return self._layers

    def with_layers(self, layers: tuple[Path, ...]) -> Self:
        """Return the agreement with these folders of clause files."""
        copy = self.model_copy()
        copy._layers = layers  # noqa: SLF001  # of the same class
        return copy

    def attachment(self, name: str) -> Attachment | None:
        """Return the attached file called ``name``, or None."""
        return next((attachment for attachment in self.attachments if attachment.name == name), None)

    def for_closed_account(self, deletion: AccountDeletion) -> Self:
        """Return the agreement with the facts of one deletion, for its certificate."""
        return self.model_copy(update={"deletion": deletion})

    def judged_on(self, today: date) -> date:
        """Return the day on which validity is judged: the effective date, or ``today`` while it's unknown."""
        return self.document.effective_date or today
