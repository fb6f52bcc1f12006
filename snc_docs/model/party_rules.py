"""Rules on how the sentence that names a party reads with what is given of it: its kind, its gender, and values that say no word twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.judging import Values, error, part_rule, rule, warning
from snc_docs.model.legal_forms import KIND_OF_A_PERSON, is_of_a_person, names_a_person
from snc_docs.model.party import Party, PartyKind, PartyTrait
from snc_docs.model.proposals import plain
from snc_docs.model.sentence_words import FIELDS_OF_THE_REST, Repeated, repeated_in
from snc_docs.patterns import regex

# How the names of public bodies and associations begin.
_NAMES_OF: Final = {
    PartyKind.PUBLIC_BODY: regex(
        r"(?:the |la |le |l['’])?(?:mairie|commune|ville|d[ée]partement|r[ée]gion|m[ée]tropole|conseil (?:d[ée]partemental|r[ée]gional)|communaut[ée] (?:de communes|d['’]agglo|urbaine)"
        r"|syndicat (?:mixte|intercommunal|d[ée]partemental)|minist[èe]re|pr[ée]fecture|universit[ée]|lyc[ée]e|centre hospitalier|chr?u|[ée]tablissement public|office public"
        r"|agence (?:r[ée]gionale|de l['’]eau|nationale)|rectorat|acad[ée]mie|sdis|ccas|ciass?|chambre (?:de commerce|de m[ée]tiers|d['’]agriculture)|assistance publique|caisse (?:primaire|d['’]allocations)|city of|town of|municipality|ministry|university)(?!\w)",
        re.IGNORECASE,
    ),
    PartyKind.ASSOCIATION: regex(
        r"(?:the |la |les |l['’])?(?:association|f[ée]d[ée]ration|fondation|foundation|federation|comit[ée] des f[êe]tes|amicale|ligue|croix[- ]rouge|secours populaire|restos du c(?:œ|oe)ur|restaurants du c(?:œ|oe)ur|emma[üu]s)(?!\w)",
        re.IGNORECASE,
    ),
}


def _kind_named(name: str) -> PartyKind | None:
    """Return what a party is whose name speaks against a company; None for any other."""
    if name.casefold().endswith(" métropole"):
        return PartyKind.PUBLIC_BODY
    named = next((kind for kind, names in _NAMES_OF.items() if names.match(name)), None)
    return named or (PartyKind.PERSON if names_a_person(name) else None)


@rule("client.kind-unknown")
def a_client_that_is_no_company_says_so(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A client of unknown kind is named as a company or a body is: where its name, or its legal form, speaks against that, it is said."""
    client = agreement.client
    if client.kind is not None:
        return
    if client.legal_form is not None and is_of_a_person(client.legal_form.fr):
        yield warning("client.kind-unknown", "client.legal_form", _NO_BODY, KIND_OF_A_PERSON)
    elif client.legal_name is not None and client.legal_form is None and client.share_capital is None:
        kind = _kind_named(client.legal_name)
        if kind is not None:
            yield warning(
                "client.kind-unknown",
                "client.legal_name",
                Wording(
                    f"le document demande un capital et un registre, comme à une société, à « {client.legal_name} »",
                    f"the document asks '{client.legal_name}' for a capital and a register, as it would a company",
                ),
                Wording(
                    f"ajouter « kind: {kind.value} » sous « client », ou « kind: company » si c'est une société",
                    f"add 'kind: {kind.value}' under 'client', or 'kind: company' where it is one",
                ),
            )


_NO_BODY: Final = Wording(
    "cette forme est celle d'une personne physique, et le document la dirait représentée par quelqu'un",
    "that is the form of a natural person, and the document would say that somebody represents it",
)


@rule("party.gender-unknown")
def participles_agree_with_somebody(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """French participles of a person, or of a body without a legal form, have no noun to agree with: they would print as "identifié(e)"."""
    for name, party in (("provider", agreement.provider), ("client", agreement.client)):
        if party.gender is None and _has_no_noun(party) and (name == "provider" or _has_participle(party)):
            yield warning(
                "party.gender-unknown",
                f"{name}.kind",
                Wording("le texte français dirait « identifié(e) », « représenté(e) »", "the French text would say 'identifié(e)', 'représenté(e)'"),
                _GENDER_OR_FORM
                if party.kind is PartyKind.PUBLIC_BODY and party.has(PartyTrait.LEGAL_FORM)
                else Wording(
                    f"ajouter « gender: feminine » sous « {name} », ou « gender: masculine »",
                    f"add 'gender: feminine' under '{name}', or 'gender: masculine'",
                ),
            )


_GENDER_OR_FORM: Final = Wording(
    "ajouter la forme juridique, « legal_form: {fr: commune, en: a French municipality} », ou « gender: feminine » (masculine)",
    "add the legal form, 'legal_form: {fr: commune, en: a French municipality}', or 'gender: feminine' (masculine)",
)


def _has_no_noun(party: Party) -> bool:
    return party.is_person() or (party.kind is PartyKind.PUBLIC_BODY and party.legal_form is None)


def _has_participle(party: Party) -> bool:
    return party.in_sirene() or party.is_registered() or party.is_represented() or party.short_name is not None


_ARTICLE: Final = regex(r"l(?:[ea]|es)\s+|l['’]\s*", re.IGNORECASE)


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


# How what empowers a signatory goes on behind "acting as President,".
_EMPOWERED: Final = {
    "fr": regex(
        r"(?:d[ûu]ment|sp[ée]cialement|express[ée]ment|(?:habilit|autoris|mandat|d[ée]l[ée]gu|d[ée]sign|nomm|[ée]lu|investi|muni|pourvu)\w*|ayant|agissant|en |par |sur |aux |selon|conform[ée]ment|suivant|au |[àa] )",
        re.IGNORECASE,
    ),
    "en": regex(
        r"(?:duly|specially|expressly|authori[sz]ed|empowered|delegated|appointed|elected|mandated|acting|having|holding|under|pursuant|by|in |with|as |on |through|for )",
        re.IGNORECASE,
    ),
}


@rule("signatory.authority")
def authority_goes_on_with_the_sentence(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """What empowers a signatory stands behind "acting as President,": a bare name of a decision there would hang in the air."""
    for party in ("provider", "client"):
        authority = getattr(agreement, party).signatory.authority
        for language, words in _EMPOWERED.items() if authority is not None else ():
            text = authority.in_language(language)
            if not words.match(text):
                yield warning(
                    "signatory.authority",
                    f"{party}.signatory.authority.{language}",
                    Wording(f"la phrase finirait par « , {text} »", f"the sentence would end in ', {text}'"),
                    Wording("commencer par un participe : « dûment habilité par … »", "begin with a participle: 'duly authorised by …'"),
                )


@part_rule("party.said-already")
def values_repeat_no_words_of_their_sentence(values: Values) -> Iterator[Diagnostic]:
    """A value stands in a sentence: "registered with the [RCS Rennes] Trade and Companies Register (RCS)" would say it twice."""
    for path, value in values:
        match = _OF_PARTY.fullmatch(path)
        if match is None or not isinstance(value, str):
            continue
        field = match["field"]
        found = repeated_in(field, value)
        if found is not None:
            said = error("party.said-already", path, _said(field, found), _without(field, found))
            yield said if found.is_sure else replace(said, severity=Severity.WARNING)


_OF_PARTY: Final = regex(r"(?:client|provider)\.(?P<field>(?:signatory\.)?\w+?)(?:\.(?:fr|en))?")


def _said(field: str, found: Repeated) -> Wording:
    words = found.words.strip(" ,;\n–—-")
    if field == "register_city":
        return Wording(f"« {words} » : la phrase n'attend que le nom de la ville", f"'{words}': its sentence wants the name of the town alone")
    if field in FIELDS_OF_THE_REST:
        return Wording(f"« {words} » : la phrase le dit ailleurs", f"'{words}': its sentence says that elsewhere")
    return Wording(f"« {words} » : la phrase le dit déjà", f"'{words}': its sentence says that already")


def _without(field: str, found: Repeated) -> Wording:
    """Return the value to write without the words that are said already, and where these go."""
    if not found.left:
        town = field == "register_city"
        return Wording("écrire le nom de la ville seul", "write the town's name alone") if town else Wording("retirer ce champ", "remove that field")
    fields = FIELDS_OF_THE_REST.get(field)
    rest = Wording(f" ; le reste va dans {fields}", f"; the rest goes into {fields}") if fields is not None else Wording("", "")
    return Wording(f"écrire « {found.left} »{rest.fr}", f"write '{found.left}'{rest.en}")


@part_rule("person.civility")
def names_are_without_civility(values: Values) -> Iterator[Diagnostic]:
    """A person's name prints in both languages: "represented by M. Paul Lenoir" is no English."""
    given = list(values)
    is_person = any(value is PartyKind.PERSON and path.endswith(".kind") for path, value in given)
    for path, value in given:
        if not (isinstance(value, str) and (_OF_PERSON.search(path) or (is_person and path.endswith((".legal_name", ".short_name"))))):
            continue
        match = _CIVILITY.match(value)
        if match is not None:
            civility, name = match[0].strip(), value[match.end() :]
            yield warning(
                "person.civility",
                path,
                Wording(f"« {civility} » s'imprime tel quel, dans les deux langues", f"'{civility}' prints as it is, in both languages"),
                Wording(f"écrire le nom seul : « {name} »", f"write the name alone: '{name}'"),
            )


_OF_PERSON: Final = regex(r"(?:\.signatory|_contacts\[[^\]]*\])\.name$")
_CIVILITY: Final = regex(
    r"(?:(?:m|mr|mrs|ms|mme|mlle)\.\s*|(?:mme|mlle|mr|mrs|ms|m(?=\s+[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ]))\s+|(?:monsieur|madame|mademoiselle|miss)\s+)(?=(?-i:[A-ZÀ-Þ])[\w'’-]+)",
    re.IGNORECASE,
)


@rule("party.represents-itself")
def nobody_represents_themselves(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """A natural person signs alone, unless somebody else does."""
    for side in ("provider", "client"):
        party: Party = getattr(agreement, side)
        name = party.signatory.name
        if party.is_person() and name is not None and party.legal_name is not None and plain(name) in plain(party.legal_name):
            yield warning(
                "party.represents-itself",
                f"{side}.signatory.name",
                Wording("cette personne physique serait représentée par elle-même", "this natural person would be represented by herself or himself"),
                Wording("retirer « signatory » : elle signe seule", "remove 'signatory': a person signs alone"),
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
