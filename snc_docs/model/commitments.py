"""Optional commitments: each is a part of the baseline that the provider gives or leaves out, and its clause prints only with its data.

They are what the SecNumCloud framework (version 3.2) wants in the agreement and only the provider can promise. The
identifiers in the docstrings are the framework's.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from snc_docs.model.base import LabelledEnum, Model, described, optional
from snc_docs.model.closing import Signing, Term
from snc_docs.model.for_services import ForServices
from snc_docs.model.kinds import Identifier, ListedText, LocalizedLine, LocalizedText, LocalizedUrl, Percent, PlaceCode, YesNo, percent_schema
from snc_docs.model.parts import ContactRole
from snc_docs.model.periods import Delay, Period
from snc_docs.model.practices import ContractRank, CountedFrom, OfficerDuty, Practices, QualificationLoss
from snc_docs.model.service_terms import DataProcessing, Governance, HealthData, Retention, Support


class AcceptanceForm(LabelledEnum):
    """How a change of the agreement is accepted."""

    SIGNED_AMENDMENT = "signed-amendment", "avenant signé des deux Parties", "amendment signed by both Parties"
    SIGNED_FOR_PRICES = (
        "signed-for-prices",
        "avenant signé si les prix changent, acceptation écrite du Client dans les autres cas",
        "signed amendment where prices change, written acceptance by the Client otherwise",
    )
    WRITTEN_ACCEPTANCE = "written-acceptance", "acceptation écrite du Client", "written acceptance by the Client"
    ACCEPTANCE = "acceptance", "acceptation du Client", "acceptance by the Client"
    GOVERNANCE_BODY = "governance-body", "accord du Client en comité de gouvernance", "agreement of the Client in the governance committee"


class RefusalEffect(LabelledEnum):
    """What follows when the client refuses a change."""

    VERSION_IN_FORCE = (
        "version-in-force",
        "la version en vigueur demeure applicable et les Parties recherchent une solution",
        "the version in force goes on applying and the Parties seek a solution",
    )
    TERMINATION = "termination", "résiliation sans pénalité, par écrit", "termination without penalty, in writing"


class Silence(LabelledEnum):
    """What the client's silence on a proposed change means; where nothing is said, the law decides."""

    REFUSAL = "refusal", "refus", "refusal"
    ACCEPTANCE = "acceptance", "acceptation", "acceptance"


class ChangeAcceptance(Model):
    """19.1.a: a change applies once the client has accepted it; ``answer`` is the time the client has, where there is one."""

    form: AcceptanceForm = described("forme de l’acceptation", "form of the acceptance")
    answer: Period | None = optional("délai de réponse", "time to answer")
    silence: Silence | None = optional("effet du silence", "effect of silence")
    refusal: RefusalEffect | None = optional("effet du refus", "effect of a refusal")


class MeasuringPeriod(LabelledEnum):
    """Over what time availability is measured."""

    MONTH = "month", "mois civil", "calendar month"
    QUARTER = "quarter", "trimestre civil", "calendar quarter"
    YEAR = "year", "année civile", "calendar year"


class ServiceAvailability(ForServices):
    """The availability of one service: ``percentage`` of the time over ``measured``, within ``scope``."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("service", "service")
    percentage: Annotated[Percent, Field(ge=1), percent_schema(least=1)] = described("taux de disponibilité", "availability rate")
    measured: MeasuringPeriod = described("période de mesure", "measuring period")
    scope: LocalizedText = described("périmètre de la mesure", "scope of the measure")


class AvailabilityPenalty(Model):
    """What is owed when the availability of a service falls below a rate: a share of its price over the measuring period."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    service: Identifier = described("service", "service", refers="commitments.availability.services")
    below: Percent = described("seuil de disponibilité", "availability threshold")
    credit: Percent = described("pénalité", "penalty")


class PenaltyBasis(LabelledEnum):
    """What a penalty is a share of."""

    SERVICE = "service", "le prix du service concerné pour la période de mesure", "the price of the service concerned for the measuring period"
    ALL_SERVICES = "all-services", "le prix des Services pour la période de mesure", "the price of the Services for the measuring period"


class Availability(Model):
    """19.1.j: availability by service, with penalties where there are any."""

    services: tuple[ServiceAvailability, ...] = described("services concernés", "services concerned", min_length=1)
    penalties: tuple[AvailabilityPenalty, ...] = described("pénalités", "penalties", default=())
    cap: Percent | None = optional("plafond des pénalités", "cap of the penalties")
    basis: PenaltyBasis | None = optional("assiette des pénalités", "what the penalties are calculated on")
    highest_only: YesNo = described("seule pénalité la plus élevée due", "only the highest penalty due", default=False)
    claim: Period | None = optional(
        "délai de réclamation écrite des pénalités, après la période de mesure", "time to claim penalties in writing, after the measuring period"
    )
    exclusive: YesNo = described("pénalités exclusives de toute autre réparation", "penalties as the only remedy", default=False)
    windows: tuple[ListedText, ...] = described("plages de maintenance", "maintenance windows", default=())
    not_counted: tuple[ListedText, ...] = described("arrêts non comptés", "downtime that is not counted", default=())
    formula: LocalizedText | None = optional("formule de calcul du taux", "formula of the rate")


class RestorationTime(ForServices):
    """17.2.a: the longest time in which a service is restored after a disaster, and the longest span of data that may be lost."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("service", "service")
    time: Period = described("délai de rétablissement", "restoration time")
    data_loss: Period | None = optional("perte de données maximale", "longest loss of data")


class BackupPolicy(ForServices):
    """A backup that a client may subscribe to and switch on."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("politique de sauvegarde", "backup policy")
    frequency: Period = described("intervalle entre deux sauvegardes", "time between two backups")
    retention: Period = described("durée de conservation des sauvegardes", "retention of the backups")


class Backup(Model):
    """19.1.m: whether the client's data is backed up automatically.

    With yes, how often and for how long; with no, the steps that the client must take, and the ``policies`` that it may switch on.
    """

    automatic: YesNo = described("sauvegarde automatique", "automatic backup")
    frequency: Period | None = optional("intervalle entre deux sauvegardes", "time between two backups")
    retention: Period | None = optional("durée de conservation des sauvegardes", "retention of the backups")
    policies: tuple[BackupPolicy, ...] = described("politiques de sauvegarde au choix", "backup policies to choose from", default=())
    steps: tuple[ListedText, ...] = described("mesures à prendre par le Client", "steps for the Client to take", default=())


class DataFormat(ForServices):
    """19.1.i: the file format in which one kind of data is given back."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("données", "data")
    format: LocalizedText = described("format de fichier", "file format")


class Interface(Model):
    """19.1.i: a documented interface through which data is given back."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("interface", "interface")
    documentation: LocalizedUrl = described("adresse de la documentation", "address of the documentation")


class Reversibility(Model):
    """19.1.h, 19.1.i: how the client gets all its data back, supplied or produced, and for how long."""

    period: Period = described("durée de la réversibilité", "time for reversibility")
    formats: tuple[DataFormat, ...] = described("formats de restitution", "formats of return", default=())
    interfaces: tuple[Interface, ...] = described("interfaces de restitution", "interfaces of return", default=())


class ErasureMethod(LabelledEnum):
    """19.4.a: how data is erased beyond recovery."""

    OVERWRITING = "overwriting", "réécriture complète des supports", "complete overwriting of the media"
    KEY_ERASURE = "key-erasure", "effacement des clés de chiffrement", "erasure of the encryption keys"
    SECURE_RECYCLING = "secure-recycling", "recyclage sécurisé des supports", "secure recycling of the media"


class Erasure(Model):
    """19.4.a, 19.4.b: secure erasure at the end of the contract, after notice, and what becomes of technical data."""

    period: Period = described("délai d’effacement", "time for erasure")
    notice: Period = described("préavis d’effacement", "notice of erasure")
    methods: tuple[ErasureMethod, ...] = described("procédés d’effacement", "methods of erasure", min_length=1)
    technical_data: Period | None = optional("délai d’effacement des données techniques", "time for erasing technical data")


class NonEuLaw(Model):
    """19.1.e: what the client gets on request to judge the risk that law from outside the Union bears on its data."""

    answer: Delay = described("délai de réponse", "time to answer")
    elements: tuple[ListedText, ...] = described("éléments d’appréciation", "elements of judgement", min_length=1)


class Phase(LabelledEnum):
    """19.1.d: a phase in the life of the service."""

    PRE_SALES = "pre-sales", "Avant-vente", "Pre-sales"
    SET_UP = "set-up", "Mise en service", "Set-up"
    MAINTENANCE = "maintenance", "Maintenance", "Maintenance"
    SHUTDOWN = "shutdown", "Arrêt du service", "Shutdown"


class PhaseHandling(Model):
    """19.1.d: how data is handled in one phase."""

    key: ClassVar[str | None] = "phase"
    phase: Phase = described("phase", "phase")
    handling: LocalizedText = described("traitement des données", "handling of data")


class RemoteCircumstances(LabelledEnum):
    """In which circumstances administrators work remotely."""

    ON_CALL = "on-call", "les Administrateurs d’astreinte", "Administrators on call"
    TELEWORKING = "teleworking", "les Administrateurs en télétravail", "Administrators who telework"


class RemoteAccess(Model):
    """19.1.n: whether remote access is allowed, for administration and for support; what isn't given isn't said."""

    administration: YesNo | None = optional("accès distant pour l’administration", "remote access for administration")
    circumstances: tuple[RemoteCircumstances, ...] = described("circonstances de l’accès distant", "circumstances of remote access", default=())
    support: YesNo | None = optional("accès distant pour le support", "remote access for support")


class SeverityLevel(Model):
    """16.2: how severe an incident is, and within what time the client is told."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("niveau de gravité", "severity level")
    definition: LocalizedText = described("définition", "definition")
    delay: Delay = described("délai d’information", "time to inform")


class IncidentNotice(Model):
    """16.1 to 16.3: by what means and how soon the client is told of security incidents, counted from ``counted_from`` where that is said."""

    counted_from: CountedFrom | None = optional("point de départ du délai", "start of the time")
    means: tuple[ListedText, ...] = described("moyens", "means", min_length=1)
    levels: tuple[SeverityLevel, ...] = described("niveaux de gravité", "severity levels", min_length=1)


class OnRequest(Model):
    """12.6.d, 18.1.d: what the provider hands over on request, and how soon."""

    answer: Delay = described("délai de réponse", "time to answer")
    logs: YesNo = described("journaux", "logs")
    procedures: YesNo = described("procédures de conformité", "compliance procedures")


class Ownership(Model):
    """19.6: where the provider has its seat, and the caps on what entities from outside the Union hold of it."""

    seat: PlaceCode = described(
        "État du siège, de l’administration centrale et de l’établissement principal",
        "State of the seat, central administration and main establishment",
    )
    individual_cap: Annotated[Percent, Field(le=24), percent_schema(most=24)] = described("plafond individuel", "individual cap")
    collective_cap: Annotated[Percent, Field(le=39), percent_schema(most=39)] = described("plafond collectif", "collective cap")


class Jurisdiction(Model):
    """Which court settles disputes, with its article: "le tribunal de commerce de …", "the … court"."""

    court: LocalizedLine = described(
        "juridiction exclusivement compétente à défaut d’accord amiable", "court with exclusive jurisdiction, failing an amicable settlement"
    )


class ObjectionEffect(LabelledEnum):
    """15.1.b: what follows when the client objects to a new third party."""

    NOT_USED = "not-used", "le nouveau Tiers n’intervient pas pour le Client", "the new Third Party isn’t used for the Client"
    TERMINATION = "termination", "résiliation sans pénalité si le projet est maintenu", "termination without penalty if the plan is maintained"


class DocumentLanguage(LabelledEnum):
    """A language that the agreement is written in."""

    FRENCH = "fr", "française", "French"
    ENGLISH = "en", "anglaise", "English"


class Commitments(Model):
    """Everything optional that the provider commits to; what is left out doesn't print."""

    practices: Practices = described("pratiques", "practices", default=Practices.model_construct())
    rank: ContractRank | None = optional("rang de la convention de service", "rank of the service agreement")
    precedence: tuple[ListedText, ...] = described("ordre de priorité des documents", "order of precedence of the documents", default=())
    qualification_loss: QualificationLoss = described(
        "perte de la qualification", "loss of the qualification", default=QualificationLoss.model_construct()
    )
    change_acceptance: ChangeAcceptance | None = optional("acceptation des évolutions", "acceptance of changes")
    availability: Availability | None = optional("disponibilité", "availability")
    restoration: tuple[RestorationTime, ...] = described("délais de rétablissement", "restoration times", default=())
    recovery_tests: Period | None = optional("intervalle entre deux tests de reprise", "time between two tests of recovery")
    restoration_from: CountedFrom | None = optional("point de départ du rétablissement", "start of the restoration time")
    backup: Backup | None = optional("sauvegarde", "backup")
    reversibility: Reversibility | None = optional("réversibilité", "reversibility")
    erasure: Erasure | None = optional("effacement", "erasure")
    non_eu_law: NonEuLaw | None = optional("droit extra-européen", "non-EU law")
    data_handling: tuple[PhaseHandling, ...] = described("traitement des données par phase", "data handling by phase", default=())
    remote_access: RemoteAccess | None = optional("accès distant", "remote access")
    incidents: IncidentNotice | None = optional("incidents de sécurité", "security incidents")
    operations_notice: Period | None = optional("préavis des opérations", "notice of operations")
    objection: Period | None = optional(
        "délai d’opposition à un nouveau tiers, qui n’intervient pas avant", "time to object to a new third party, which takes no part before"
    )
    objection_effect: ObjectionEffect | None = optional("effet de l’opposition", "effect of an objection")
    anonymised_tests: YesNo = described("données de test anonymisées", "anonymised test data", default=False)
    on_request: OnRequest | None = optional("éléments fournis sur demande", "elements supplied on request")
    auditor_qualified: YesNo = described("auditeur mandaté qualifié", "mandated auditor qualified", default=False)
    ownership: Ownership | None = optional("siège et capital", "seat and capital")
    data_protection_officer: OfficerDuty | None = optional("délégué à la protection des données", "data protection officer")
    main_contact: ContactRole | None = optional(
        "contact principal du Client, informé des évolutions et des incidents", "main contact of the Client, told of changes and incidents"
    )
    support: Support | None = optional("support", "technical support")
    governance: Governance | None = optional("gouvernance", "governance")
    retention: tuple[Retention, ...] = described("durées de conservation", "retention periods", default=())
    data_processing: DataProcessing | None = optional("traitement de données à caractère personnel", "processing of personal data")
    health_data: HealthData | None = optional("données de santé", "health data")
    jurisdiction: Jurisdiction | None = optional("juridiction", "jurisdiction")
    prevailing_language: DocumentLanguage | None = optional("langue qui prévaut", "prevailing language")
    term: Term | None = optional("durée de la convention", "term of the agreement")
    signing: Signing | None = optional("signature", "signing")
