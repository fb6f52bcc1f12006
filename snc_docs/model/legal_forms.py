"""Legal forms of French law by what everybody calls them, with their names in both languages as a sentence takes them."""

from __future__ import annotations

import re
from typing import Final

from snc_docs.errors import Wording
from snc_docs.patterns import regex

_FORMS: Final = {
    "sa": Wording("société anonyme (SA)", "a public limited company (SA)"),
    "sas": Wording("société par actions simplifiée (SAS)", "a simplified joint-stock company (SAS)"),
    "sasu": Wording("société par actions simplifiée unipersonnelle (SASU)", "a single-member simplified joint-stock company (SASU)"),
    "sarl": Wording("société à responsabilité limitée (SARL)", "a private limited company (SARL)"),
    "eurl": Wording("entreprise unipersonnelle à responsabilité limitée (EURL)", "a single-member private limited company (EURL)"),
    "snc": Wording("société en nom collectif (SNC)", "a general partnership (SNC)"),
    "sca": Wording("société en commandite par actions (SCA)", "a partnership limited by shares (SCA)"),
    "scs": Wording("société en commandite simple (SCS)", "a limited partnership (SCS)"),
    "sci": Wording("société civile immobilière (SCI)", "a real-estate civil company (SCI)"),
    "selarl": Wording("société d’exercice libéral à responsabilité limitée (SELARL)", "a private limited company of a regulated profession (SELARL)"),
    "gie": Wording("groupement d’intérêt économique (GIE)", "an economic interest grouping (GIE)"),
    "gip": Wording("groupement d’intérêt public (GIP)", "a public interest grouping (GIP)"),
    "epic": Wording(
        "établissement public à caractère industriel et commercial (EPIC)", "a public undertaking of an industrial and commercial nature (EPIC)"
    ),
    "epa": Wording("établissement public à caractère administratif (EPA)", "an administrative public body (EPA)"),
    "se": Wording("société européenne (SE)", "a European company (SE)"),
}


# What people write for associations, and the usual functions of signatories.
_ASSOCIATION: Final = regex(
    r"(?:une )?association(?:\s+(?:à but non lucratif|régie par la)?)?(?:\s*\(?\s*loi (?:de |du 1er juillet )?1901\)?)?", re.IGNORECASE
)
_OF_1901: Final = Wording("association régie par la loi du 1er juillet 1901", "an association under the French law of 1 July 1901")
_TITLES: Final = {
    **dict.fromkeys(("gérant", "gérante"), "Manager"),
    **dict.fromkeys(("président", "présidente"), "President"),
    **dict.fromkeys(("directeur général", "directrice générale"), "Managing Director"),
    **dict.fromkeys(("président-directeur général", "présidente-directrice générale"), "Chairman and Chief Executive"),
    **dict.fromkeys(("directeur", "directrice"), "Director"),
    **dict.fromkeys(("secrétaire général", "secrétaire générale"), "General Secretary"),
    **dict.fromkeys(("trésorier", "trésorière"), "Treasurer"),
    **dict.fromkeys(("directeur des systèmes d'information", "directrice des systèmes d'information", "dsi"), "Chief Information Officer"),
    **dict.fromkeys(("responsable de la sécurité des systèmes d'information", "rssi"), "Chief Information Security Officer"),
    **dict.fromkeys(("délégué à la protection des données", "déléguée à la protection des données", "dpo"), "Data Protection Officer"),
    "maire": "Mayor",
}


def title_meant(text: str) -> Wording | None:
    """Return a usual function in both languages; None for any other."""
    written = " ".join(text.replace("’", "'").split())
    english = _TITLES.get(written.casefold())
    return Wording(written, english) if english is not None else None


def form_meant(text: str) -> Wording | None:
    """Return the legal form that a text names by its letters (``S.A.R.L.``), or by its French name; None for any other."""
    if _ASSOCIATION.fullmatch(text.strip()):
        return _OF_1901
    letters = re.sub(r"[\s.]", "", text).casefold()
    name = " ".join(text.partition(" (")[0].split()).casefold()
    by_name = (each for each in _FORMS.values() if each.fr.partition(" (")[0].casefold() == name)
    return _FORMS.get(letters) or next(by_name, None)


# What people write as the legal form of somebody who works in their own name: French law knows no company there.
_OF_A_PERSON: Final = regex(
    r"(?:une?\s+|an?\s+)?(?:entrepreneu(?:re?|se)s?\s+individuel(?:le)?s?|entreprise\s+individuelle|e\.?i\.?(?:r\.?l\.?)?|(?:auto|micro)[- ]?(?:entrepreneure?|entrepreneuse|entreprise)"
    r"|travailleu(?:r|se)\s+(?:indépendante?|non[- ]salariée?)|professions?\s+libérales?|personne\s+physique|particuli(?:er|ère)|indépendante?|free-?lance"
    r"|(?!soci[ée]t[ée]|[ée]tablissement|autorit[ée]|organisme|association|syndicat|[ée]cole|institut)[\w'’-]+(?:\s+[\w'’-]+)?\s+(?:libérale?|indépendante?)|artisane?|commerçante?|avocate?|notaire|médecin|infirmi(?:er|ère)|architecte|agricult(?:eur|rice)"
    r"|(?:french\s+)?(?:sole\s+(?:trader|proprietor(?:ship)?)|self[- ]employed(?:\s+\w+)?|freelancer|natural\s+person|individual))"
    r"(?:\s*[(,–-].*)?",
    re.IGNORECASE | re.DOTALL,
)
# How people are addressed before their names; a company may begin so as well ("Monsieur Bricolage"), and says its kind then.
_ADDRESSED: Final = regex(
    r"(?:(?:m|mm|mme|mmes|mlle|mr|mrs|ms|dr|pr|prof)\.\s+|(?:(?:mme|mlle|mr|mrs|ms|dr|pr|prof|me|m(?=\s+[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ]))\s+)"
    r"|(?:monsieur|messieurs|madame|mesdames|mademoiselle|maître|maitre|docteur|docteure|professeur|professeure|doctor|professor|miss|sir)\s+)(?!l[ea]s?\s|de\s)(?:et\s+\w+\.?\s+)?(?-i:[\wÀ-Þ'’])",
    re.IGNORECASE,
)

KIND_OF_A_PERSON: Final = Wording(
    "ajouter « kind: person » sous « client », et retirer « legal_form » : la mention « EI » d'un entrepreneur individuel suit son nom, dans « legal_name »",
    "add 'kind: person' under 'client', and remove 'legal_form': a French sole trader's mention 'EI' follows the name, in 'legal_name'",
)


def is_of_a_person(form: str) -> bool:
    """Return whether a legal form is that of somebody who works in their own name: "entrepreneur individuel (EI)", "médecin libéral", "sole trader"."""
    return bool(_OF_A_PERSON.fullmatch(form.strip()))


def names_a_person(name: str) -> bool:
    """Return whether a party's name begins as people are addressed: "Dr Élodie d'Hérouville", "Mme Roux"; not where its letters name a company."""
    letters = {re.sub(r"\W", "", each).casefold() for each in name.split()[1:]}
    return bool(_ADDRESSED.match(name)) and not letters & set(_FORMS)
