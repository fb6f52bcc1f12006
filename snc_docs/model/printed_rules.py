"""Rules on what the documents show of the data: all that is given prints, as it is read, or it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model
from snc_docs.model.judging import error, note, rule, warning
from snc_docs.model.parts import ContractKind
from snc_docs.model.party import PartyKind, PartyTrait
from snc_docs.model.paths import values_of


@rule("client.unprinted")
def what_is_given_prints(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A client that isn't in the French register, or has no capital, is identified without them."""
    client = agreement.client
    printed = {
        "share_capital": client.has_capital(),
        "legal_form": client.has_legal_form(),
        "register_city": client.in_trade_register(),
        "siren": client.in_trade_register() or client.in_sirene() or client.is_foreign(),  # a foreign one is an error of its own
        "registration": client.is_registered(),
        "signatory": client.is_represented(),
    }
    for name, prints in printed.items():
        value = getattr(client, name)
        if not prints and not (value is None or (isinstance(value, Model) and value.is_blank())):
            label = client.label_of(name)
            yield warning(
                "client.unprinted",
                f"client.{name}",
                Wording(
                    f"« {label.fr} » ne figure pas dans le document pour un client de cette nature",
                    f"'{label.en}' doesn't print for a client of this kind",
                ),
                Wording("le retirer, ou corriger « kind », « country » ou « without »", "remove it, or mend 'kind', 'country' or 'without'"),
            )


# How the names of public bodies and associations begin.
_NAMES_OF: Final = {
    PartyKind.PUBLIC_BODY: re.compile(
        r"(?:the |la |le |l['’])?(?:mairie|commune|ville|d[ée]partement|r[ée]gion|m[ée]tropole|conseil (?:d[ée]partemental|r[ée]gional)|communaut[ée] (?:de communes|d['’]agglo|urbaine)"
        r"|syndicat (?:mixte|intercommunal|d[ée]partemental)|minist[èe]re|pr[ée]fecture|universit[ée]|lyc[ée]e|centre hospitalier|chr?u|[ée]tablissement public|office public"
        r"|agence (?:r[ée]gionale|de l['’]eau|nationale)|rectorat|acad[ée]mie|sdis|ccas|ciass?|chambre (?:de commerce|de m[ée]tiers|d['’]agriculture)|assistance publique|caisse (?:primaire|d['’]allocations)|city of|town of|municipality|ministry|university)(?!\w)",
        re.IGNORECASE,
    ),
    PartyKind.ASSOCIATION: re.compile(
        r"(?:the |la |les |l['’])?(?:association|f[ée]d[ée]ration|fondation|foundation|federation|comit[ée] des f[êe]tes|amicale|ligue|croix[- ]rouge|secours populaire|restos du c(?:œ|oe)ur|restaurants du c(?:œ|oe)ur|emma[üu]s)(?!\w)",
        re.IGNORECASE,
    ),
}


@rule("client.kind-unknown")
def a_body_that_is_no_company_says_so(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A client of unknown kind and legal form is asked for a company's capital and register: where its name speaks against one, it is said."""
    client = agreement.client
    if (
        client.kind is not None
        or client.legal_name is None
        or not (client.is_company() and client.legal_form is None and client.share_capital is None)
    ):
        return
    for kind, names in _NAMES_OF.items():
        if names.match(client.legal_name) or (kind is PartyKind.PUBLIC_BODY and client.legal_name.casefold().endswith(" métropole")):
            yield warning(
                "client.kind-unknown",
                "client.legal_name",
                Wording(
                    f"le document demande un capital et un registre, comme à une société, à « {client.legal_name} »",
                    f"the document asks '{client.legal_name}' for a capital and a register, as it would a company",
                ),
                Wording(
                    f"ajouter « kind: {kind.value} » sous « client », ou « kind: company »",
                    f"add 'kind: {kind.value}' under 'client', or 'kind: company'",
                ),
            )


@rule("contract.unprinted")
def general_terms_have_no_reference(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The reference and date of a contract print for a specific one alone: given with general terms, they would be lost."""
    contract = agreement.contract
    if contract.kind is ContractKind.GENERAL_TERMS and (contract.reference is not None or contract.date is not None):
        yield error(
            "contract.unprinted",
            "contract",
            Wording(
                "la référence et la date du contrat ne figurent pas dans le document avec des conditions générales",
                "the contract's reference and date don't print with general terms",
            ),
            Wording("écrire « kind: specific », ou les retirer", "write 'kind: specific', or remove them"),
        )


@rule("backup.unprinted")
def what_is_said_of_backup_prints(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An automatic backup prints its frequency and retention, another the client's steps: the rest would be lost."""
    backup = agreement.commitments.backup
    if backup is None:
        return
    for name in ("steps", "policies") if backup.automatic else ("frequency", "retention"):
        if getattr(backup, name):
            label = backup.label_of(name)
            yield warning(
                "backup.unprinted",
                f"commitments.backup.{name}",
                Wording(
                    f"« {label.fr} » ne figure pas dans le document avec cette forme de sauvegarde",
                    f"'{label.en}' doesn't print with this form of backup",
                ),
                Wording("le retirer, ou corriger « automatic »", "remove it, or mend 'automatic'"),
            )


@rule("remote-access.unprinted")
def circumstances_belong_to_remote_access(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """Circumstances of remote access print where it is allowed for administration."""
    access = agreement.commitments.remote_access
    if access is not None and access.circumstances and not access.administration:
        yield error(
            "remote-access.unprinted",
            "commitments.remote_access.circumstances",
            Wording("ces circonstances ne figurent pas dans le document sans accès distant", "these circumstances don't print without remote access"),
            Wording("écrire « administration: true », ou les retirer", "write 'administration: true', or remove them"),
        )


@rule("third-party.unprinted")
def roles_of_third_parties_print(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A third party's role in personal data and access to data print where clients may object to it, and nowhere else."""
    parties = agreement.third_parties.data_centres + agreement.third_parties.others
    if agreement.commitments.objection is None and any(party.processing is not None or party.data_access is not None for party in parties):
        yield note(
            "third-party.unprinted",
            "third_parties",
            Wording(
                "« processing » et « data_access » ne figurent pas dans le document sans droit d'opposition",
                "'processing' and 'data_access' don't print without a right to object",
            ),
            Wording("ajouter « commitments.objection », ou les retirer", "add 'commitments.objection', or remove them"),
        )


@rule("deletion.unprinted")
def final_deletion_belongs_to_the_certificate(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """The time of final deletion prints in the sample of the deletion certificate, and nowhere else."""
    if agreement.notices.final_deletion is not None and agreement.deletion_certificate is None:
        yield note(
            "deletion.unprinted",
            "notices.final_deletion",
            Wording(
                "ce délai ne figure pas dans le document sans attestation d'effacement", "this time doesn't print without a deletion certificate"
            ),
            Wording("ajouter « deletion_certificate: », ou le retirer", "add 'deletion_certificate:', or remove it"),
        )


# Controls, marks that turn the direction of what follows, separators of lines, spaces of no width, and letters that never show (Unicode, 23.2, 23.9).
_UNSEEN: Final = re.compile("[\x7f-\x9f\u180e\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@rule("data.unseen")
def texts_show_what_they_hold(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A name that reads backwards, or has a letter that nobody sees, isn't the name that is signed."""
    for path, text in values_of(agreement):
        unseen = _UNSEEN.search(text) if isinstance(text, str) else None
        if unseen is not None:
            code = f"U+{ord(unseen.group()):04X}"
            yield error(
                "data.unseen",
                path,
                Wording(
                    f"ce texte contient un caractère qui ne se voit pas, ou change ce qui se lit ({code})",
                    f"this text holds a character that doesn't show, or changes what is read ({code})",
                ),
                Wording("récrire le texte au clavier", "type the text anew"),
            )


_ARTICLE: Final = re.compile(r"l(?:[ea]|es)\s+|l['’]\s*", re.IGNORECASE)


@rule("signatory.article")
def titles_have_no_article(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """French says "en qualité de directeur": with its article, a title would read "de le directeur"."""
    for party in ("provider", "client"):
        title = getattr(agreement, party).signatory.title
        if title is not None and (article := _ARTICLE.match(title.fr)):
            yield error(
                "signatory.article",
                f"{party}.signatory.title.fr",
                Wording("la fonction commence par un article", "the French title begins with an article"),
                Wording(f"écrire « {title.fr[article.end() :]} »", f"write '{title.fr[article.end() :]}'"),
            )


# What the sentence around a value says already: (field, in which language, what begins or is in it).
_SAID_ALREADY: Final = (
    ("register_city", re.compile(r"\s*(?:R\.?C\.?S\.?|registre du commerce|greffe)\b(?:\s+(?:de|d['’]|du|des)\s*)?", re.IGNORECASE)),
    ("registered_office", re.compile(r"\s*(?:(?:siège social|registered office)\s*:?\s+|(?:siège|adresse|address)\s*:\s*)", re.IGNORECASE)),
    ("legal_form", re.compile(r",?\s*(?:au capital(?: social)?|with a (?:share )?capital)\b(?! variable).*", re.IGNORECASE)),
    ("signatory.title", re.compile(r"\s*(?:en (?:sa )?qualité d[e'’]\s*|(?:madame|monsieur|mme|m\.)\s+(?:l[ea]\s+|l['’])?|as\s+)", re.IGNORECASE)),
)


@rule("party.said-already")
def values_repeat_no_words_of_their_sentence(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A value stands in a sentence: "registered with the [RCS Rennes] Trade and Companies Register (RCS)" would say it twice."""
    for path, value in values_of(agreement):
        for field, words in _SAID_ALREADY:
            if not (isinstance(value, str) and re.fullmatch(rf"(?:client|provider)\.{re.escape(field)}(?:\.(?:fr|en))?", path)):
                continue
            found = words.search(value) if field == "legal_form" else words.match(value)
            if found is not None:
                left = (value[: found.start()] + value[found.end() :]).strip(" ,")
                yield error(
                    "party.said-already",
                    path,
                    Wording(f"« {found[0].strip(' ,')} » : la phrase le dit déjà", f"'{found[0].strip(' ,')}': its sentence says that already"),
                    Wording(f"écrire « {left} »", f"write '{left}'") if left else Wording("retirer ce champ", "remove that field"),
                )


@rule("client.unregistered")
def a_french_company_is_registered(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A company of France is in its register: one that is said to be in none was mostly meant to be unknown yet."""
    client = agreement.client
    if client.is_company() and client.legal_form is not None and not client.is_foreign() and not client.has(PartyTrait.REGISTRATION):
        yield warning(
            "client.unregistered",
            "client.siren",
            Wording(
                "cette société française est dite sans immatriculation : ni RCS ni SIREN ne s'imprimeront",
                "this French company is said to be in no register: neither RCS nor SIREN will print",
            ),
            Wording(
                "si le numéro n'est pas encore connu, retirer le champ (None, null ou « not-applicable » disent qu'il n'y en a pas)",
                "where the number isn't known yet, leave the field out (None, null or 'not-applicable' say that there is none)",
            ),
        )
