"""What clients ask of a service agreement beyond the framework: support, recovery, governance, retention, personal data, health data.

Each is a part that a baseline gives or leaves out; its clause or appendix prints only with its data.
"""

from typing import ClassVar

from snc_docs.model.base import LabelledEnum, Model, described, optional
from snc_docs.model.kinds import Date, Identifier, Line, ListedText, LocalizedLine, LocalizedText, Percent, YesNo
from snc_docs.model.periods import Delay, Period


class SupportPriority(Model):
    """One priority of requests: what it means, how soon a request is taken in charge and service restored, and in what share of cases."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("priorité", "priority")
    definition: LocalizedText = described("définition", "definition")
    taken: Delay = described("délai de prise en charge", "time to take in charge")
    restored: Delay = described("délai de rétablissement", "time to restore")
    target: Percent | None = optional("taux de respect", "share of cases")


class PriorityRule(Model):
    """Which priority an impact and an urgency give."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    impact: LocalizedText = described("impact", "impact of the incident")
    urgency: LocalizedText = described("urgence", "urgency")
    priority: Identifier = described("priorité qui en résulte", "resulting priority", refers="commitments.support.priorities")


class Support(Model):
    """When and how support answers, and what it aims at."""

    hours: LocalizedText = described("horaires du support", "support hours")
    channels: tuple[ListedText, ...] = described("voies d’accès au support", "ways to reach support", default=())
    priorities: tuple[SupportPriority, ...] = described("priorités", "priorities", default=())
    rules: tuple[PriorityRule, ...] = described("matrice des priorités", "priority matrix", default=())


class GovernanceBody(Model):
    """A body in which the parties meet, and how often."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("instance", "body")
    frequency: Period = described("intervalle entre deux réunions", "time between two meetings")
    subject: LocalizedText = described("objet", "subject")


class Indicator(Model):
    """Something that is measured and reported to the client."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("indicateur", "indicator")
    target: LocalizedText | None = optional("cible", "target")


class Governance(Model):
    """How the parties follow the service together."""

    bodies: tuple[GovernanceBody, ...] = described("instances", "bodies", default=())
    indicators: tuple[Indicator, ...] = described("indicateurs", "indicators", default=())


class Retention(Model):
    """How long one kind of data is kept, and on what ground."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    label: LocalizedLine = described("données conservées", "data that is kept")
    time: Delay = described("durée de conservation", "retention period")
    ground: LocalizedText = described("fondement", "ground")


class DataProcessing(Model):
    """What article 28(3) of the GDPR wants in a contract with a processor: subject, nature and purposes, data, persons; how long it lasts is how long the agreement does."""

    subject: LocalizedText = described("objet du traitement", "subject of the processing")
    nature: LocalizedText | None = optional("nature du traitement", "nature of the processing")
    purposes: tuple[ListedText, ...] = described("finalités", "purposes", min_length=1)
    data: tuple[ListedText, ...] = described("catégories de données", "categories of data", min_length=1)
    persons: tuple[ListedText, ...] = described("catégories de personnes", "categories of persons", min_length=1)
    breach: Delay = described("délai d’information sur une violation", "time to tell of a breach")
    rights: Delay | None = optional("délai d’assistance aux droits des personnes", "time to help with the rights of persons")
    record: YesNo = described("registre des traitements", "record of processing", default=False)


class HdsActivity(LabelledEnum):
    """An activity of hosting health data (public health code, article R1111-9)."""

    SITES = "1", "mise à disposition et maintien des sites physiques", "supply and upkeep of the physical sites"
    HARDWARE = "2", "mise à disposition et maintien de l’infrastructure matérielle", "supply and upkeep of the hardware"
    PLATFORM = "3", "mise à disposition et maintien de la plateforme d’hébergement", "supply and upkeep of the hosting platform"
    VIRTUAL = "4", "mise à disposition et maintien de l’infrastructure virtuelle", "supply and upkeep of the virtual infrastructure"
    OPERATION = "5", "administration et exploitation du système d’information", "administration and running of the information system"
    BACKUP = "6", "sauvegarde des données de santé", "backup of health data"


class HealthData(Model):
    """What a certified host of health data commits to: which activities, and the clauses that the law asks for, in the provider's words."""

    activities: tuple[HdsActivity, ...] = described("activités certifiées", "certified activities", min_length=1)
    clauses: tuple[ListedText, ...] = described("engagements d’hébergeur", "commitments of the host", default=())


class Acronym(Model):
    """An acronym and what it stands for."""

    key: ClassVar[str | None] = "short"
    short: Line = described("sigle", "acronym")
    long: LocalizedLine = described("forme développée", "full form")


class GlossaryEntry(Model):
    """A word that the provider explains, whether or not a clause uses it."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    word: LocalizedLine = described("mot", "word")
    meaning: LocalizedText = described("sens", "meaning")


class DocumentPerson(Model):
    """Somebody named on the cover: written by, checked by, approved by."""

    key: ClassVar[str | None] = "id"
    id: Identifier = described("identifiant", "identifier")
    part: LocalizedLine = described("part prise au document", "part in the document")
    name: Line = described("nom de la personne", "name of the person")


class DocumentVersion(Model):
    """A line of the record of versions."""

    key: ClassVar[str | None] = "version"
    version: Line = described("version enregistrée", "recorded version")
    date: Date = described("date de la version", "date of the version")
    changes: LocalizedText = described("évolutions", "changes")
