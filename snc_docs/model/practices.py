"""What a provider does as a rule, or lets its agreement say, beyond what the framework asks: each sentence rests on one of these fields.

No provider does all of it, so nothing is taken for granted: a field that isn't given prints nothing.
"""

from snc_docs.model.base import LabelledEnum, Model, described, optional
from snc_docs.model.kinds import YesNo


class Practices(Model):
    """Single undertakings, yes or no, each with its sentence in a clause."""

    all_expertise: YesNo = described("toute l’expertise, selon les règles de l’art", "all expertise, in line with best practice", default=False)
    no_other_delegation: YesNo = described(
        "aucune obligation reportée sur d’autres tiers que ceux de la liste",
        "no obligation passed on to third parties but those listed",
        default=False,
    )
    security_never_lowered: YesNo = described("aucune évolution n’abaisse la sécurité", "no change lowers the level of security", default=False)
    support_is_supervision: YesNo = described(
        "les tâches du support relèvent de la supervision", "the tasks of support are supervision", default=False
    )
    competent_representatives: YesNo = described(
        "représentants compétents et habilités", "representatives with the competence and the power required", default=False
    )
    support_consent: YesNo = described("accord avant l’accès du support aux données", "consent before support has access to data", default=False)
    no_claim_of_ownership: YesNo = described("aucune prétention à la propriété des données", "no claim to own the data", default=False)
    client_declares_rules: YesNo = described(
        "déclaration par le Client des données soumises à des règles particulières",
        "the Client declares data that is subject to particular rules",
        default=False,
    )
    client_keeps_rights: YesNo = described(
        "le Client garde ses systèmes, ses données et leur responsabilité", "the Client keeps its systems and data", default=False
    )
    qualification_news: YesNo = described("annonce des changements de la qualification", "news of the qualification", default=False)
    language_by_ticket: YesNo = described(
        "langue du support choisie à l’ouverture du ticket", "language of support chosen with the ticket", default=False
    )
    supersedes_earlier: YesNo = described(
        "remplacement des conventions de service antérieures", "earlier service agreements are superseded", default=False
    )
    changes_with_processes: YesNo = described("évolution avec les processus du Prestataire", "changes with the provider’s processes", default=False)
    third_parties_meet_duties: YesNo = described(
        "les tiers respectent toutes les obligations du Contrat", "third parties perform all duties of the Agreement", default=False
    )
    calendar_days: YesNo = described("délais en jours calendaires", "times in calendar days", default=False)
    third_parties_need_to_know: YesNo = described(
        "information des tiers qui en ont besoin, tenus au secret", "third parties that need to know are told, and bound", default=False
    )
    contract_levels_if_better: YesNo = described(
        "niveaux de service du contrat applicables s’ils sont plus favorables", "service levels of the contract apply where better", default=False
    )


class TerminationScope(LabelledEnum):
    """What the client may terminate when the qualification is lost (19.1.g)."""

    SERVICE_AGREEMENT = "service-agreement", "la Convention de Service", "the Service Agreement"
    CONTRACT = "contract", "le Contrat dans son ensemble", "the whole Agreement"
    SERVICES = "services", "la fourniture des services qualifiés", "the supply of the qualified services"


class NoticeMeans(LabelledEnum):
    """By what means a party is told."""

    REGISTERED_LETTER = (
        "registered-letter",
        "par lettre recommandée avec demande d’avis de réception",
        "by registered letter with acknowledgement of receipt",
    )
    EMAIL = "email", "par courriel", "by e-mail"
    WRITING = "writing", "par écrit", "in writing"


class QualificationLoss(Model):
    """What follows when the provider loses the qualification; without ``told_by`` no means of telling is promised."""

    ends: TerminationScope = described(
        "contrat que le Client peut résilier", "contract that the Client may terminate", default=TerminationScope.SERVICE_AGREEMENT
    )
    told_by: NoticeMeans | None = optional("moyen d’information sans délai", "means of information without delay")


class OfficerDuty(LabelledEnum):
    """Which party keeps a data protection officer (GDPR, article 37)."""

    BOTH = "both", "les deux Parties", "both Parties"
    PROVIDER = "provider", "le Prestataire", "the Service Provider"
    WHERE_REQUIRED = "where-required", "chaque Partie que la loi y oblige", "each Party that the law obliges to"


class ContractRank(LabelledEnum):
    """Where the service agreement stands among the contract documents."""

    FIRST = "first", "la Convention de Service prévaut", "the Service Agreement prevails"
    AFTER_CONTRACT = "after-contract", "le contrat prévaut", "the contract prevails"
    AS_LISTED = "as-listed", "selon l’ordre des documents", "by the order of the documents"


class CountedFrom(LabelledEnum):
    """The moment from which a time runs."""

    AWARENESS = "awareness", "du moment où le Prestataire en a connaissance", "the moment when the Service Provider becomes aware of it"
    OCCURRENCE = "occurrence", "de sa survenance", "its occurrence"
    REPORT = "report", "du moment où le Client le signale", "the moment when the Client reports it"
