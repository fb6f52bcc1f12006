"""The parts of an agreement's data, named as the contract and the law name them.

What may be unknown when a document is made is declared with ``unknown``: it prints as a fill-in field.
"""

from typing import ClassVar

from snc_docs.model.base import LabelledEnum, Model, described, optional, unknown
from snc_docs.model.for_services import ForServices, ListedForServices
from snc_docs.model.kinds import (
    CountryCode,
    Date,
    EmailAddress,
    Identifier,
    Language,
    Line,
    ListedText,
    LocalizedLine,
    LocalizedText,
    LocalizedUrl,
    PlaceCode,
    TelephoneNumber,
    Text,
    YesNo,
)
from snc_docs.model.party import Signatory
from snc_docs.model.periods import Delay, Period


class ContractKind(LabelledEnum):
    """Which contract the service agreement completes."""

    GENERAL_TERMS = "general-terms", "conditions générales", "general terms"
    SPECIFIC = "specific", "contrat spécifique", "specific contract"
    PUBLIC = "public", "marché public", "public contract"


class Contract(Model):
    """The contract that the service agreement completes; its reference and date count where it isn't the general terms.

    ``precedence`` is the order of this contract's documents, the first prevailing, where it isn't the provider's own: public procurement has
    one by law. The document that this one is has the identifier ``service-agreement``.
    """

    kind: ContractKind = described("nature du contrat", "kind of contract", default=ContractKind.GENERAL_TERMS)
    reference: Line | None = unknown("référence du contrat", "contract reference")
    date: Date | None = unknown("date du contrat", "contract date")
    precedence: tuple[ListedText, ...] = described("ordre de priorité des documents", "order of precedence of the documents", default=())


class ContractSubject(LabelledEnum):
    """A subject that the contract settles, so that the service agreement refers to it."""

    REVERSIBILITY = "reversibility", "la réversibilité et l’effacement des données", "the reversibility and the deletion of data"
    CONFIDENTIALITY = "confidentiality", "la confidentialité", "confidentiality"
    SERVICE_LEVELS = "service-levels", "les niveaux de service", "service levels"
    LIABILITY = "liability", "la responsabilité et ses plafonds", "liability and its caps"
    INSURANCE = "insurance", "les assurances", "insurance"
    FORCE_MAJEURE = "force-majeure", "la force majeure", "force majeure"
    TERM = "term", "la durée et le renouvellement", "the term and its renewal"
    TERMINATION = (
        "termination",
        "la résiliation pour d’autres causes que celles que prévoit la présente Convention de Service",
        "termination on grounds other than those of this Service Agreement",
    )
    PRICES = "prices", "les prix et leur révision", "prices and their revision"


class MainContract(Model):
    """What the provider's contract settles, general terms or other: the service agreement says so and leaves it there.

    ``service_levels`` and ``penalties`` name the places that hold them, with their article: "l’annexe … des Conditions Générales".
    """

    settles: tuple[ContractSubject, ...] = described("matières que règle le contrat", "subjects that the contract settles", default=())
    service_levels: LocalizedText | None = optional("document des niveaux de service", "document on service levels")
    penalties: LocalizedText | None = optional("document des pénalités", "document on penalties")


class ServiceModel(LabelledEnum):
    """A cloud service model: ISO/IEC 22123-1, and the framework's own for containers (1.3.1)."""

    IAAS = "iaas", "IaaS", "IaaS"
    CAAS = "caas", "CaaS", "CaaS"
    PAAS = "paas", "PaaS", "PaaS"
    SAAS = "saas", "SaaS", "SaaS"


class Region(Model):
    """A region that the qualification covers."""

    key: ClassVar[str | None] = "name"
    name: Line = described("nom de la région", "region name")


class Service(Model):
    """The qualified service, and what the provider offers besides.

    ``accounts`` says that the service is used through client accounts; software may have none, nor regions.
    """

    name: Line = described("nom du service qualifié", "name of the qualified service")
    models: tuple[ServiceModel, ...] = described("modèles du service qualifié", "models of the qualified service", min_length=1)
    offer: tuple[ServiceModel, ...] = described("modèles proposés", "models on offer", default=())
    regions: tuple[Region, ...] = described("régions qualifiées", "qualified regions", default=())
    accounts: YesNo = described("services rattachés à un compte client", "services tied to a client account", default=False)


class Locations(Model):
    """Where the service is, where its data is, and where people run it from."""

    service: PlaceCode = described("lieu du service", "place of the service")
    infrastructure: PlaceCode | None = optional("lieu de l’infrastructure du prestataire", "place of the provider’s infrastructure")
    data_centres: LocalizedText | None = optional(
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
    label: LocalizedLine = described("service", "service")
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


class ThirdParty(ForServices):
    """A company that takes part in delivering the service.

    Its role in personal data and its access to data are told apart from the rest: they print where clients may object
    to a new third party.
    """

    key: ClassVar[str | None] = "name"
    name: Line = described("nom", "name")
    formerly: tuple[Line, ...] = described("anciens noms", "former names", default=())
    category: Identifier = described("catégorie", "category", refers="third_parties.categories")
    standard: LocalizedLine | None = optional("certification ou classement", "certification or rating")
    activity: LocalizedText | None = optional("activité confiée", "activity entrusted")
    country: CountryCode | None = optional("pays du tiers", "country of the third party")
    authorised_on: Date | None = optional("date d’autorisation", "date of authorisation")
    processing: Processing | None = optional("rôle au titre des données à caractère personnel", "role in personal data")
    data_access: DataAccess | None = optional("accès aux données", "access to data")


class ThirdParties(Model):
    """Data centres and other third parties, with the categories they belong to."""

    categories: tuple[ThirdPartyCategory, ...] = described("catégories", "categories", default=())
    data_centres: tuple[ThirdParty, ...] = described("centres de données", "data centres", default=())
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
    title: LocalizedLine = described("thème", "topic")
    items: tuple[Exclusion, ...] = described("exclusions", "exclusions", min_length=1)


class Exclusions(Model):
    """The exclusion list. ``example`` marks a list that the provider must still replace; the document then says so."""

    example: YesNo = described("liste d’exemple", "example list", default=False)
    topics: tuple[ExclusionTopic, ...] = described("thèmes", "topics", min_length=1)


class Responsibility(Model):
    """One line of the responsibility matrix."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    group: LocalizedText | None = optional("groupe d’activités", "group of activities")
    activity: LocalizedText = described("activité", "activity")
    administration: YesNo = described("activité d’administration", "activity of administration", printed=False, default=False)
    provider: LocalizedText | None = optional("prestataire", "provider")
    client: LocalizedText | None = optional("client", "client")
    note: LocalizedText | None = optional("note de l’activité", "note on the activity")


class ResponsibilityMatrix(Model):
    """Who does what: where to read it, and the matrix itself where it is given, as rows or as a ``file`` beside the baseline, CSV or XLSX.

    ``sheet`` names the sheet of an XLSX file that has several.
    """

    url: LocalizedUrl | None = optional("adresse de la matrice", "address of the matrix")
    rows: tuple[Responsibility, ...] = described("lignes de la matrice", "rows of the matrix", default=())
    file: Text | None = optional("fichier de la matrice", "file of the matrix", printed=False)
    sheet: Text | None = optional("feuille de la matrice", "sheet of the matrix", printed=False)
    annex: YesNo = described("matrice en annexe", "matrix as an appendix", default=False)


class Notices(Model):
    """Notice periods and delays that the agreement commits to.

    Without ``change`` no notice is promised; without an acceptance either (``commitments.change_acceptance``) a change applies once the
    client accepts it in writing, as the framework asks.
    """

    change: Period | None = optional("préavis de modification", "notice of a change")
    compliance: Delay | None = optional("délai d’information sur la conformité", "delay of information on compliance")
    final_deletion: Period | None = optional("délai d’effacement définitif", "delay of final deletion")


class DeletionCertificate(Model):
    """What a deletion certificate says (Appendix A); without it the agreement promises none.

    Each text stands inside a sentence, with its article: ``request`` "le ticket de clôture", ``channel`` "au moyen de l’API", ``extent``
    "dans l’ensemble de l’infrastructure".
    """

    request: LocalizedText = described("demande reçue, avec son article", "request received, with its article")
    checked: tuple[ListedForServices, ...] = described("éléments effacés, avec leur article", "what is deleted", min_length=1)
    channel: LocalizedText | None = optional("voie des demandes d’effacement", "channel of deletion requests")
    extent: LocalizedText | None = optional("étendue de l’effacement", "extent of the deletion")
    stamp: YesNo = described("cachet", "stamp", default=False)


class Certificate(Model):
    """The SecNumCloud qualification certificate; ``file`` is relative to the baseline (PDF, PNG, JPEG or DOCX).

    ``specimen`` marks one that the provider must still replace; the document then says so.
    """

    reference: Line = described("référence de l’attestation", "certificate reference")
    issued_on: Date = described("date de délivrance", "issue date")
    expires_on: Date = described("date d’expiration", "expiry date")
    scope: LocalizedText = described("périmètre", "scope")
    framework_version: Line = described("version du référentiel", "framework version")
    file: Text | None = optional("fichier de l’attestation", "certificate file")
    specimen: YesNo = described("spécimen", "specimen", default=False)


class ContactRole(LabelledEnum):
    """What a contact is for, in the order they are listed."""

    REPRESENTATIVE = "representative", "Représentant", "Representative"
    TECHNICAL_ACCOUNT = "technical-account", "Compte technique", "Technical account"
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
    name: Line | None = unknown("nom", "name")
    job_title: LocalizedLine | None = unknown("fonction", "job title")
    email: EmailAddress | None = unknown("courriel", "e-mail")
    telephone: TelephoneNumber | None = unknown("téléphone", "telephone")
    availability: LocalizedText | None = unknown("horaires", "hours")


class LegalRequirement(Model):
    """One entry of the list of requirements that the provider follows."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    text: LocalizedText = described("exigence", "requirement")


class LawScope(LabelledEnum):
    """How far the choice of law goes; where nothing is said, the law is named and no more."""

    EXCLUSIVE = "exclusive", "à l’exclusion de tout autre droit", "to the exclusion of any other law"
    UNLESS_CONTRACT = "unless-contract", "sauf stipulation contraire d’un contrat", "unless a contract provides otherwise"


class GoverningLaw(Model):
    """The law that governs the agreement, the requirements that compliance rests on, and by what means it is kept (19.1.c, 19.1.f).

    Each means stands in a list behind "par les moyens suivants" / "by the following means", with its article.
    """

    country: PlaceCode = described("droit applicable", "governing law")
    scope: LawScope | None = optional("portée du choix de droit", "scope of the choice of law")
    requirements: tuple[LegalRequirement, ...] = described("exigences suivies", "requirements followed", default=())
    organisational: tuple[ListedText, ...] = described("moyens organisationnels de conformité", "organisational means of compliance", default=())
    technical: tuple[ListedText, ...] = described("moyens techniques de conformité", "technical means of compliance", default=())


class AccountDeletion(Model):
    """The facts of one deletion certificate (Appendix A): when it was asked for, when all was gone, when that was checked, when it is issued."""

    account: Line | None = unknown("identifiant du compte", "account identifier")
    ticket_received_on: Date | None = unknown("date de réception du ticket", "date the ticket was received")
    deleted_on: Date | None = unknown("date de l’effacement définitif", "date the deletion became final")
    checked_on: Date | None = unknown("date de la vérification", "date of the check")
    place: Line | None = unknown("lieu", "place")
    issued_on: Date | None = unknown("date", "date")
    signatory: Signatory = described("signataire", "signatory", default=Signatory.model_construct())
