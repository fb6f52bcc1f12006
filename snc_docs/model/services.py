"""The services of an agreement one by one: what is qualified, on whose cloud it runs, what a client subscribes to, and further attestations."""

from typing import ClassVar

from snc_docs.model.base import LabelledEnum, Model, described, optional
from snc_docs.model.for_services import ForServices
from snc_docs.model.kinds import Date, Identifier, Line, LocalizedLine, LocalizedText, Text, YesNo
from snc_docs.model.parts import Region, ServiceModel


class ServiceOption(Model):
    """Something that a client may add to a service."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("option", "option")


class OfferedService(Model):
    """One service that the qualification covers; ``runs_on`` names the service of another provider under it (``underlying_services``)."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    name: Line = described("service", "service")
    label: LocalizedLine | None = optional("désignation dans chaque langue", "designation in each language")
    model: ServiceModel = described("modèle", "model")
    regions: tuple[Region, ...] = described("régions", "regions", default=())
    options: tuple[ServiceOption, ...] = described("options du service", "options of the service", default=())
    runs_on: Identifier | None = optional("service sous-jacent", "underlying service", refers="underlying_services")


class UnderlyingService(Model):
    """A service of another provider on which services of this one run; ``attestation`` names its own qualification among ``attestations``."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    provider: Line = described("prestataire du service sous-jacent", "provider of the underlying service")
    name: Line = described("service sous-jacent", "underlying service")
    model: ServiceModel = described("modèle", "model")
    attestation: Identifier | None = optional(
        "attestation du service sous-jacent", "attestation of the underlying service", printed=False, refers="attestations"
    )


class Subscription(Model):
    """One service that a client subscribes to, with its region and options where it has some."""

    key: ClassVar[str | None] = "service"
    service: Identifier = described("service souscrit", "service subscribed", refers="services")
    region: Line | None = optional("région", "region")
    options: tuple[Identifier, ...] = described("options souscrites", "options subscribed", refers="services.options", default=())


class AttestationKind(LabelledEnum):
    """What an attestation attests."""

    SECNUMCLOUD = "secnumcloud", "qualification SecNumCloud", "SecNumCloud qualification"
    HDS = "hds", "certification d’hébergeur de données de santé (HDS)", "health data hosting certification (HDS)"
    ISO_27001 = "iso-27001", "certification ISO/IEC 27001", "ISO/IEC 27001 certification"
    C5 = "c5", "attestation C5 du BSI", "BSI C5 attestation"
    OTHER = "other", "autre attestation", "other attestation"


class Attestation(ForServices):
    """An attestation beside the qualification certificate, embedded in Appendix B; its file is relative to the baseline, as the certificate's."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    kind: AttestationKind = described("nature", "kind")
    holder: Line | None = optional("titulaire, si ce n’est pas le prestataire", "holder, where that isn’t the service provider")
    reference: Line = described("référence", "reference")
    scope: LocalizedText = described("périmètre", "scope")
    issued_on: Date = described("date de délivrance", "issue date")
    expires_on: Date | None = optional("date d’expiration", "expiry date")
    file: Text | None = optional("fichier de l’attestation", "attestation file")
    specimen: YesNo = described("spécimen", "specimen", default=False)
