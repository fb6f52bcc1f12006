"""What stands for something still to be written is no datum: it would print as if it were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.model.addresses import Address
from snc_docs.model.agreement import Agreement, ClientFile
from snc_docs.model.judging import Values, error, of_parts, part_rule, rule
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.proposals import says_none
from snc_docs.patterns import regex
from snc_docs.shelf import answered

# What somebody will still do about it, and when or who.
_TO_DO: Final = (
    r"d[ée]finir|d[ée]signer|nommer|recruter|embaucher|pourvoir|identifier|attribuer|affecter|indiquer|choisir|s[ée]lectionner|fixer|trouver|voir|convenir|cr[ée]er|compl[ée]ter"
    r"|pr[ée]ciser|confirmer|renseigner|remplir|saisir|ins[ée]rer|mettre(?:\s+[àa]\s+jour)?|ajouter|d[ée]terminer|venir|valider|v[ée]rifier|fournir|transmettre|envoyer|donner"
    r"|communiquer|demander|obtenir|r[ée]cup[ée]rer|recevoir|remettre|discuter|arbitrer|d[ée]cider|faire|traduire|r[ée]diger|nous\s+\w+|me\s+\w+"
)
_WHEN: Final = (
    r"(?:\s+(?:par|avec|aupr[èe]s|chez|en\s+interne|plus\s+tard|ult[ée]rieurement|prochainement|rapidement|bient[ôo]t|d[èe]s|lors|avant|apr[èe]s|au\s|[àa]\s+la\s|ensemble|svp|s['’]il"
    r"|by|with|later|soon|when|once|upon|at\s|before|after|on\s|in\s)\b.*)?"
)
_OF_WHOM: Final = r"poste|contact|nom|personne|dpo|rssi|dsi|signataire|repr[ée]sentant|responsable|interlocuteur|titre|fonction|adresse|num[ée]ro|r[ée]f[ée]rence|date"
_UNDER_WAY: Final = (
    r"(?:nomination|d[ée]signation|recrutement|attribution|cr[ée]ation|immatriculation|r[ée]daction|validation|confirmation|remplacement)"
)
# What people say of where the value is, instead of writing it again.
_ELSEWHERE: Final = (
    r"(?:voir|cf\.?|se\s+(?:r[ée]f[ée]rer|reporter)\s+(?:[àa]|au))\s+(?:(?:le|la|les|l['’]|notre|votre|en|dans|avec|sur|au|aux|[àa])\s*)*(?:(?:ci|plus\s+haut|plus\s+bas|supra|infra|annexe|kbis"
    r"|extrait|contrat|bon\s+de\s+commande|devis|fichier|fiche|mail|courriel|pi[èe]ce|document|repr[ée]sentant|signataire|client|contact|d[ée]l[ée]gu[ée]|dpo|rssi|dsi|site|tableau|ligne|page|article)\b.*)"
    r"|(?:see|refer\s+to|as\s+per)\s+(?:(?:the|our|your)\s+)?(?:above|below|attached|annex|appendix|contract|agreement|order|quote|file|e?-?mail|document|representative|signatory|client|contact|dpo|page|table|website)\b.*"
    r"|idem(?:\s+(?:ci|que|qu['’]|au|[àa]|pour|supra|repr[ée]sentant|signataire|client|contact|dpo|rssi|technique|ligne|pr[ée]c[ée]dent)\b.*)?"
    r"|(?:le|la|les)\s+m[êe]mes?(?:\s+(?:que|qu['’]|personne|contact|adresse|num[ée]ro)\b.*)?|m[êe]mes?\s+(?:que|personne|contact|adresse|num[ée]ro|chose)\b.*"
    r"|(?:the\s+)?same(?:\s+(?:as|person|contact|address|number|one)\b.*)?|as\s+above|ditto|ci-(?:dessus|dessous|joint|contre)"
)
# What there is none of, by what it would be.
_NOBODY: Final = (
    r"(?:pas\s+(?:encore\s+)?(?:de|d['’])\s*|aucune?\s+|sans\s+|no\s+)(?:dpo|d[ée]l[ée]gu[ée]|rssi|dsi|contact|responsable|signataire|repr[ée]sentant|siren|siret|tva|num[ée]ro|nom|adresse|t[ée]l[ée]phone|mail"
    r"|e-?mail|courriel|capital|rcs|sigle|titre|fonction|data\s+protection|security|officer|number|name|address|phone|telephone|title|representative|signatory)\b.*"
    r"|pas\s+encore(?:\s+\w+)?|pas\s+(?:connue?|d[ée]fini|applicable|concern[ée])e?|(?:poste\s+)?vacante?|none\s+yet|not\s+yet(?:\s+\w+)?|nobody|no\s+one|no\s*-?body\s+yet"
)
# A whole value that says it isn't there yet, or stands for any.
_WHOLE: Final = regex(
    r"[\[(<{«\s]*(?:"
    rf"(?:reste\s+|(?:{_OF_WHOM})\s+)?(?:à|a)\s+(?:{_TO_DO}){_WHEN}|(?:(?:{_OF_WHOM})\s+)?en\s+(?:cours|attente|recrutement|suspens)(?:\s+(?:de|d['’]|chez|c[ôo]t[ée])\s*.*)?|{_UNDER_WAY}\s+(?:en\s+cours|[àa]\s+venir)"
    r"|(?:non|pas(?:\s+encore)?)\s+(?:communiqu[ée]|renseign[ée]|d[ée]fini|d[ée]sign[ée]|nomm[ée]|connu|identifi[ée]|attribu[ée]|pourvu|disponible|fourni|pr[ée]cis[ée]|d[ée]termin[ée]|d[ée]cid[ée]|concern[ée]|transmis|re[çc]u)e?s?"
    rf"|inconnue?|{_ELSEWHERE}|{_NOBODY}|"
    r"(?:to\s+be\s+(?:filled\s+in|\w+)|to\s+(?:complete|define|confirm|come|follow|appoint|fill\s+in|provide))"
    rf"{_WHEN}|(?:appointment|recruitment|registration|nomination)\s+(?:pending|under\s+way|in\s+progress)|"
    r"not\s+(?:yet\s+)?(?:known|appointed|designated|available|defined|assigned|provided|named|nominated|decided|set)|unknown|pending|in\s+progress|placeholder|"
    rf"t\.?\s?b\.?\s?[acdns]\.?{_WHEN}|todo|fixme|n\.?\s?[cs]\.?|x{{2,}}|y{{3,}}|z{{3,}}|\?+|[_.…*#-]+|foo(?:bar)?|test(?:e|ing)?|lorem\s+ipsum.*|"
    r"(?:jj|dd|xx)[/.-](?:mm|xx)[/.-](?:aaaa|yyyy|aa|yy|xx(?:xx)?)|(?:nom|name|adresse|address|raison\s+sociale|company(?:\s+name)?)"
    r")[\])>}»\s.:!…]*",
    re.IGNORECASE | re.DOTALL,
)
# Who the parties are and which agreement it is: there "none", a cross or a stroke stands for a value; elsewhere it may be one (restrictions: none).
_IDENTITIES: Final = regex(r"(?:client|provider|client_contacts|provider_contacts|document|contract)(?:[.\[].*)?")
_STROKE: Final = regex(r"x|[^\w\s]+")
# Words inside a longer text that nobody leaves in one that is done.
_INSIDE: Final = regex(
    r"\b(?:TBD|TBC|TODO|FIXME|XXX+)\b|\blorem ipsum\b|[\[<{](?:à (?:d[ée]finir|compl[ée]ter|pr[ée]ciser)|to be \w+|nom|name|date|insert|insérer)\b[^\]>}]*[\]>}]"
    r"|\{\{[^{}]*\}\}|\$\{[^{}]*\}|<<[^<>]*>>|«\s*(?:nom|name|client|date)[^«»]*»",
    re.IGNORECASE,
)
# Marks that other programs make bold or italic, and tags: a value prints as it is written.
_MARKUP: Final = regex(
    r"\*\*[^*\n]+\*\*|__[^_\n]+__|</?(?:b|i|u|br|p|em|strong|span|div)\b[^<>]*>|&(?:nbsp|amp|lt|gt|eacute|egrave|#\d+);", re.IGNORECASE
)
# Values whose kind says itself what they may be, and keys, which aren't printed.
_NAMES: Final = frozenset(("id", "service", "file", "media_type", "content", "sheet"))
# Kinds of text that may be anything.
_WRITTEN: Final = (str, Address)
# A dash is a cell's own text there.
_TABLES: Final = "responsibility_matrix.rows"


_LEFT_OUT: Final = Wording(
    "retirer le champ : il s'imprime à remplir ; ou « null » si cela ne s'applique pas",
    "remove the field: it prints as one to fill in; or 'null' where it doesn't apply",
)
_OF_A_CONTACT: Final = Wording(
    "retirer le champ : il s'imprime à remplir ; ou le contact entier, si ce rôle n'est pas obligatoire",
    "remove the field: it prints as one to fill in; or the whole contact, where that role isn't mandatory",
)
_OF_ONE_LANGUAGE: Final = Wording(
    "écrire ce texte dans cette langue aussi ; sans traduction encore, retirer le champ entier, ses deux langues : il s'imprime à remplir",
    "write the text in that language too; while there is no translation, remove the whole field, both its languages: it prints as one to fill in",
)


@part_rule("data.placeholder")
def nothing_stands_for_something_to_come(values: Values) -> Iterator[Diagnostic]:
    """No text of the data is a placeholder: what isn't known yet is left out, and prints as a field to fill in."""
    for path, value in values:
        if path.startswith(_TABLES) or not (isinstance(value, str) and type(value) in _WRITTEN) or path.rpartition(".")[2] in _NAMES:
            continue
        if stands_for_one(value, path):
            yield error(
                "data.placeholder",
                path,
                Wording(f"« {value[:60]} » tient la place d'une valeur", f"'{value[:60]}' stands for a value"),
                _what_to_do(path),
            )


def _what_to_do(path: str) -> Wording:
    if path.rpartition(".")[2] in LocalizedText.model_fields:
        return _OF_ONE_LANGUAGE
    return _OF_A_CONTACT if "_contacts[" in path else _LEFT_OUT


def stands_for_one(value: str, path: str) -> bool:
    """Return whether a text at a data path stands for a value that is still to come, is somewhere else, or isn't there."""
    if answered("placeholders", "", value, partial(_is_placeholder, value)):
        return True
    return bool(_IDENTITIES.fullmatch(path)) and (says_none(value) or bool(_STROKE.fullmatch(value.strip())))


def _is_placeholder(value: str) -> bool:
    return bool(_WHOLE.fullmatch(value) or _INSIDE.search(value))


# What the starter files that "make-agreement init" and "new" write have invented, and nobody else is called.
_OF_STARTERS: Final = frozenset(
    (
        *("Client Exemple", "SNC-0001", "CS-0001", "2 place de l’Exemple, 69000 Lyon, France", "Dominique Exemple", "technique@client.example.com"),
        *("Nuage Exemple", "999999022", "1 rue de l’Exemple, 75000 Paris, France", "Camille Exemple", "NUAGE QUALIFIÉ", "service NUAGE QUALIFIÉ"),
        *("https://www.example.com/fr/conditions-generales", "https://www.example.com/en/general-terms", "Centre Exemple", "Réseau Exemple"),
        *("EXAMPLE-0000", "direction@example.com", "soc@example.com", "dpo@example.com"),
    )
)


@rule("data.example")
def nothing_is_the_starters(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
    """An agreement with what the starter files invented must not go out unnoticed: each of the two files is told once, with all of it."""
    found: dict[bool, dict[str, str]] = {False: {}, True: {}}
    for path, value in of_parts(agreement, _invented):
        found[re.split(r"[.\[]", path, maxsplit=1)[0] in ClientFile.model_fields].setdefault(value, path)
    for values in filter(None, found.values()):
        several = len(values) > 1
        french, english = (", ".join(f"{opening}{value}{closing}" for value in values) for opening, closing in (("« ", " »"), "''"))
        yield Diagnostic(
            "data.example",
            Severity.WARNING,
            Wording(
                f"{french} : {'exemples' if several else 'exemple'} du fichier de départ",
                f"{english}: {'examples' if several else 'the example'} of the starter file",
            ),
            _REAL_VALUES if several else _REAL_VALUE,
            path=next(iter(values.values())),
        )


def _invented(values: Values) -> Iterator[tuple[str, str]]:
    return ((path, str(value)) for path, value in values if isinstance(value, str) and value in _OF_STARTERS)


_REAL_VALUE: Final = Wording("écrire la vraie valeur, ou retirer ce champ", "write the real value, or remove that field")
_REAL_VALUES: Final = Wording("écrire les vraies valeurs, ou retirer ces champs", "write the real values, or remove those fields")


@part_rule("data.markup")
def nothing_is_marked_up(values: Values) -> Iterator[Diagnostic]:
    """No text of the data has marks or tags in it: they would print."""
    for path, value in values:
        found = _MARKUP.search(value) if isinstance(value, str) and type(value) in _WRITTEN else None
        if found is not None:
            yield Diagnostic(
                "data.markup",
                Severity.WARNING,
                Wording(f"« {found[0][:60]} » s'imprime tel quel", f"'{found[0][:60]}' prints as it is written"),
                Wording("écrire le texte sans marques ni balises", "write the text without marks or tags"),
                path=path,
            )
