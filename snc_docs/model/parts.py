"""The parts of an agreement's data, named as the contract and the law name them.

What may be unknown when a document is made is declared with ``unknown``: it prints as a fill-in field.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final, Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from snc_docs.model.base import LabelledEnum, Model, described, optional, unknown
from snc_docs.model.kinds import (
    CountryCode,
    Date,
    EmailAddress,
    Identifier,
    Language,
    Line,
    LocalizedText,
    LocalizedUrl,
    Money,
    Period,
    PlaceCode,
    TelephoneNumber,
    Text,
    YesNo,
    registered_number,
)
from snc_docs.model.places import in_sirene


class Signatory(Model):
    """The person who signs for a party; ``authority`` is what that person is empowered by, with its participle ("dûment habilité par …")."""

    name: Line | None = unknown("nom du signataire", "signatory's name")
    title: LocalizedText | None = unknown("fonction du signataire", "signatory's title")
    authority: LocalizedText | None = optional("habilitation du signataire", "signatory's authority")


class PartyKind(LabelledEnum):
    """What a party is in law, as far as it shows in how it is identified."""

    COMPANY = "company", "société", "company"
    PUBLIC_BODY = "public-body", "personne publique", "public body"
    ASSOCIATION = "association", "association", "association"


# A legal form that has a share capital and, in France, an entry in the trade and companies register.
_COMPANY: Final = re.compile(
    r"(?i:\bsoci[ée]t[ée] (?:anonyme|par actions|à responsabilité|en nom|en commandite|d['’]exercice|coopérative|de droit|civile|commerciale|privée|publique|européenne)"
    r"|\bentreprise unipersonnelle\b|\baktiengesellschaft\b|\bgesellschaft mit beschränkter\b|\blimited\b|\bnaamloze vennootschap\b|\bbesloten vennootschap\b)"
    r"|(?<![\w.])(?:SA|SC[AS]|SE|AG|KG|SL|AB|(?i:SASU?|SARL|Sàrl|S\.à r\.l\.|EURL|EARL|SELARL|SCI|SNC|SCOP|SCIC|SRL|BV|NV|GmbH|OHG|SpA|Ltd|LLC|plc)"
    r"|S\.A\.(?:S\.(?:U\.)?|R\.L\.)?|S\.N\.C\.|S\.p\.A\.|S\.L\.|B\.V\.|N\.V\.)(?!\w)"
)


class Party(Model):
    """A party to the agreement. A provider must give everything (rule ``provider.incomplete``); a client may not know yet.

    ``siren`` is the number that identifies the party: its SIREN in France, elsewhere that of its country's register. A public body or an association has no capital and no trade register; where ``kind`` doesn't say what the
    party is, its legal form does.
    """

    kind: PartyKind | None = described("nature de la partie", "kind of party", printed=False, default=None)
    legal_name: Line | None = unknown("dénomination sociale", "legal name")
    short_name: Line | None = unknown("nom usuel", "short name")
    legal_form: LocalizedText | None = unknown("forme juridique", "legal form")
    share_capital: Money | None = unknown("capital social", "share capital")
    register_city: Line | None = unknown("ville du greffe", "register city")
    siren: Line | None = unknown("numéro SIREN", "SIREN number")
    registered_office: Line | None = unknown("siège social", "registered office")
    country: CountryCode | None = unknown("pays du siège", "country of the registered office")
    signatory: Signatory = described("signataire", "signatory", default=Signatory.model_construct())

    @model_validator(mode="after")
    def _has_a_number_of_its_country(self) -> Self:
        if self.siren is not None:
            try:
                number = registered_number(self.siren, self.country)
            except PydanticCustomError as error:
                raise ValidationError.from_exception_data("Party", [InitErrorDetails(type=error, loc=("siren",), input=self.siren)]) from error
            object.__setattr__(self, "siren", number)  # the model is frozen once it is made
        return self

    def has_capital(self) -> bool:
        """Return whether the party is a company with a share capital: by its kind, else by its legal form; an unknown party counts as one."""
        if self.kind is not None:
            return self.kind is PartyKind.COMPANY
        form = self.legal_form
        return form is None or self.share_capital is not None or bool(_COMPANY.search(form.fr))

    def is_foreign(self) -> bool:
        """Return whether the party has its seat where there are no SIREN numbers; an unknown seat counts as French."""
        return self.country is not None and not in_sirene(self.country)

    def in_trade_register(self) -> bool:
        """Return whether the French trade and companies register lists the party."""
        return self.has_capital() and not self.is_foreign()


class ContractKind(LabelledEnum):
    """Which contract the service agreement completes."""

    GENERAL_TERMS = "general-terms", "conditions générales", "general terms"
    SPECIFIC = "specific", "contrat spécifique", "specific contract"


class Contract(Model):
    """The contract that the service agreement completes; its reference and date count for a specific contract."""

    kind: ContractKind = described("nature du contrat", "kind of contract", default=ContractKind.GENERAL_TERMS)
    reference: Line | None = unknown("référence du contrat", "contract reference")
    date: Date | None = unknown("date du contrat", "contract date")


class ServiceModel(LabelledEnum):
    """A cloud service model, ISO/IEC 22123-1."""

    IAAS = "iaas", "IaaS", "IaaS"
    PAAS = "paas", "PaaS", "PaaS"
    SAAS = "saas", "SaaS", "SaaS"


class Region(Model):
    """A region that the qualification covers."""

    key: ClassVar[str | None] = "name"
    name: Text = described("nom de la région", "region name")


class Service(Model):
    """The qualified service, and what the provider offers besides."""

    name: Text = described("nom du service qualifié", "name of the qualified service")
    model: ServiceModel = described("modèle du service qualifié", "model of the qualified service")
    offer: tuple[ServiceModel, ...] = described("modèles proposés", "models on offer", min_length=1)
    regions: tuple[Region, ...] = described("régions qualifiées", "qualified regions", min_length=1)


class Locations(Model):
    """Where the service is, where its data is, and where people run it from."""

    service: PlaceCode = described("lieu du service", "place of the service")
    data_centres: LocalizedText = described(
        "situation des centres de données, avec sa préposition", "where the data centres are, with its preposition"
    )
    client_data: PlaceCode = described("lieu d’hébergement des données", "place of data hosting")
    client_data_limit: tuple[PlaceCode, ...] = described("lieux possibles des données", "possible places of the data", min_length=1)
    operations: tuple[PlaceCode, ...] = described("lieux d’administration et de support", "places of administration and support", min_length=1)
    technical_data: PlaceCode | None = optional("lieu des données techniques", "place of technical data")


class Languages(Model):
    """Languages of the service's interfaces and of its support."""

    interface: tuple[Language, ...] = described("langues des interfaces", "interface languages", min_length=1)
    support: tuple[Language, ...] = described("langues du support", "support languages", min_length=1)


class CoveredItem(Model):
    """One thing that a category of third parties takes care of."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    text: LocalizedText = described("texte", "text")


class ThirdPartyCategory(Model):
    """A category of service rendered by third parties, and what it covers."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedText = described("service", "service")
    covers: tuple[CoveredItem, ...] = described("prestations couvertes", "what it covers", min_length=1)


class Processing(LabelledEnum):
    """The role of a third party in the processing of personal data (GDPR, articles 4 and 28)."""

    NONE = "none", "aucun", "none"
    SUB_PROCESSOR = "sub-processor", "sous-traitant ultérieur", "sub-processor"


class DataAccess(LabelledEnum):
    """Whether a third party can reach the client's data."""

    NONE = "none", "aucun", "none"
    ENCRYPTED = "encrypted", "données chiffrées seulement", "encrypted data only"
    POSSIBLE = "possible", "possible", "possible"


class ThirdParty(Model):
    """A company that takes part in delivering the service.

    Its role in personal data and its access to data are told apart from the rest: they print where clients may object
    to a new third party.
    """

    key: ClassVar[str | None] = "name"
    name: Text = described("nom", "name")
    formerly: tuple[Text, ...] = described("anciens noms", "former names", default=())
    category: Identifier = described("catégorie", "category")
    processing: Processing | None = optional("rôle au titre des données à caractère personnel", "role in personal data")
    data_access: DataAccess | None = optional("accès aux données", "access to data")


class ThirdParties(Model):
    """Data centres and other third parties, with the categories they belong to."""

    categories: tuple[ThirdPartyCategory, ...] = described("catégories", "categories", min_length=1)
    data_centres: tuple[ThirdParty, ...] = described("centres de données", "data centres", min_length=1)
    others: tuple[ThirdParty, ...] = described("autres tiers", "other third parties", default=())


class Exclusion(Model):
    """One thing that is expressly outside the service and the provider's responsibility."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    text: LocalizedText = described("exclusion", "exclusion")


class ExclusionTopic(Model):
    """Exclusions on one topic."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    title: LocalizedText = described("thème", "topic")
    items: tuple[Exclusion, ...] = described("exclusions", "exclusions", min_length=1)


class Exclusions(Model):
    """The exclusion list. ``example`` marks a list that the provider must still replace; the document then says so."""

    example: YesNo = described("liste d’exemple", "example list", default=False)
    topics: tuple[ExclusionTopic, ...] = described("thèmes", "topics", min_length=1)


class Responsibility(Model):
    """One line of the responsibility matrix."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    activity: LocalizedText = described("activité", "activity")
    administration: YesNo = described("activité d’administration", "activity of administration", printed=False, default=False)
    provider: LocalizedText = described("prestataire", "provider")
    client: LocalizedText = described("client", "client")


class ResponsibilityMatrix(Model):
    """Who does what: where to read it, and the matrix itself where it is given."""

    url: LocalizedUrl = described("adresse de la matrice", "address of the matrix")
    rows: tuple[Responsibility, ...] = described("lignes de la matrice", "rows of the matrix", default=())


class Notices(Model):
    """Notice periods and delays that the agreement commits to."""

    change: Period = described("préavis de modification", "notice of a change")
    compliance: Period = described("délai d’information sur la conformité", "delay of information on compliance")
    final_deletion: Period = described("délai d’effacement définitif", "delay of final deletion")


class Certificate(Model):
    """The SecNumCloud qualification certificate; ``file`` is relative to the baseline (PDF, PNG, JPEG or DOCX).

    ``specimen`` marks one that the provider must still replace; the document then says so.
    """

    reference: Line = described("référence de l’attestation", "certificate reference")
    issued_on: Date = described("date de délivrance", "issue date")
    expires_on: Date = described("date d’expiration", "expiry date")
    scope: LocalizedText = described("périmètre", "scope")
    framework_version: Text = described("version du référentiel", "framework version")
    file: Text | None = optional("fichier de l’attestation", "certificate file")
    specimen: YesNo = described("spécimen", "specimen", default=False)


class ContactRole(LabelledEnum):
    """What a contact is for, in the order they are listed."""

    REPRESENTATIVE = "representative", "Représentant", "Representative"
    TECHNICAL_ACCOUNT = "technical-account", "Compte technique (contact principal)", "Technical account (main contact)"
    SECURITY_INCIDENTS = "security-incidents", "Incidents de sécurité", "Security incidents"
    DATA_PROTECTION_OFFICER = "data-protection-officer", "Délégué à la protection des données", "Data protection officer"
    CONTRACT_BILLING = "contract-billing", "Contrat et facturation", "Contract and billing"
    OPERATIONS = "operations", "Exploitation et changements", "Operations and change"
    SUPPORT_DESK = "support-desk", "Centre de support", "Support desk"
    ACCESS_AUTHORITY = (
        "access-authority",
        "Habilité à autoriser l’accès aux données, la clôture ou l’effacement",
        "Authoriser of access to data, closure or erasure",
    )


class Contact(Model):
    """A contact of one party for one role."""

    key: ClassVar[str | None] = "role"
    role: ContactRole = described("rôle", "role")
    name: Text | None = unknown("nom", "name")
    job_title: LocalizedText | None = unknown("fonction", "job title")
    email: EmailAddress | None = unknown("courriel", "e-mail")
    telephone: TelephoneNumber | None = unknown("téléphone", "telephone")
    availability: LocalizedText | None = unknown("disponibilité", "availability")


class LegalRequirement(Model):
    """One entry of the list of requirements that the provider follows."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    text: LocalizedText = described("exigence", "requirement")


class GoverningLaw(Model):
    """The law that governs the agreement, and the requirements that compliance rests on.

    ``exclusive`` says that no other contract document may choose another law.
    """

    country: PlaceCode = described("droit applicable", "governing law")
    exclusive: YesNo = described("droit exclusif de tout autre", "to the exclusion of any other law", default=False)
    requirements: tuple[LegalRequirement, ...] = described("exigences suivies", "requirements followed", min_length=1)


class AccountDeletion(Model):
    """The facts of one deletion certificate (Appendix A)."""

    account: Line | None = unknown("identifiant du compte", "account identifier")
    ticket_received_on: Date | None = unknown("date de réception du ticket", "date the ticket was received")
    place: Line | None = unknown("lieu", "place")
    issued_on: Date | None = unknown("date", "date")
    signatory: Signatory = described("signataire", "signatory", default=Signatory.model_construct())
