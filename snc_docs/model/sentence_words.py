"""What of a value its sentence says itself: "Entre les soussignés" has words of its own around a name, a legal form, a town, an address and a signatory.

People copy these values from a register extract, a letter or a signature block, with the words that stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from snc_docs.model.legal_forms import form_meant
from snc_docs.patterns import regex
from snc_docs.shelf import answered


class Repeated(NamedTuple):
    """The words of a value that its sentence says, or that have another field, and what is left without them; "" where nothing is, or what is left isn't sure.

    They may be the value's own where they aren't ``sure``: some names have their form behind a comma.
    """

    words: str
    left: str
    is_sure: bool = True


# What follows a party's name and legal form in the sentence, each with a field of its own.
_REST: Final = regex(
    r"[\s,;–—(-]*\b(?:"
    r"au capital(?: social)?\b(?! variable)|with a (?:share )?capital\b(?! variable)|with a variable capital of\b"
    r"|(?:immatriculée?|inscrite?|enregistrée?)\s+(?:au|à la|sous|auprès du)\s+(?:R\.?\s?C\.?\s?S\b|registre (?:national |spécial )?du commerce|greffe|n°|num[ée]ro|siren|tribunal de commerce)"
    r"|registered\s+(?:with|in|at|under)\s+(?:the\s+)?(?:R\.?\s?C\.?\s?S\b|trade\b|companies register|commercial register|number|no\b)"
    r"|(?<=[,;(–—-] )R\.?\s?C\.?\s?S\b|R\.?\s?C\.?\s?S\b[^,;]*\d{3}|sire[nt]\s*(?:[:°]|n°)*\s*\d"
    r"|dont le siège|ayant son siège|siège social\s*:|whose registered office|having its registered office"
    r"|(?<=, )sise?\s|représentée?\s+par\b|represented by\b"
    r").*",
    re.IGNORECASE | re.DOTALL,
)
_REGISTER: Final = regex(r"[\s,;–—(-]*\bR\.?\s?C\.?\s?S\b.*", re.IGNORECASE | re.DOTALL)
# What stands before an address, or in its place on a letterhead.
_BEFORE_ADDRESS: Final = regex(
    r"\s*(?:(?:dont (?:le|son) |ayant (?:son |pour )?|whose |having its |le |the )?(?:siège(?: social)?|registered office|head office|adresse|address)"
    r"(?:\s*:\s*|\s+(?=(?:est\s+|is\s+)?(?:sis|situé|établi|fixé|domicilié|located|situated|at\s)))"
    r"|(?:siège social|registered office)\s+"
    r")?(?:(?:est\s+|is\s+)?(?:sise?|située?|établie?|fixé|domiciliée?|demeurant|résidant|located|situated|residing)(?=[\s:])(?:\s+(?:au|à|at|in)(?=\s))?[\s:]*)?",
    re.IGNORECASE,
)
# The nouns of what a signatory may be, with what joins behind each.
_FUNCTIONS: Final = (
    r"(?:vice-?\s?|co-?|sous-?|deputy |senior |general |joint )?(?:président|directeur|directrice|gérant|administrat(?:eur|rice)|secrétaire|trésori[eè]r|maire|mairesse|adjoint"
    r"|responsable|chef|cheffe|associé|mandataire|représentant|fondat(?:eur|rice)|délégué|doyen|proviseur|préfet|rect(?:eur|rice)|ministre|notaire|avocat"
    r"|liquidat(?:eur|rice)|fondé de pouvoir|dirigeant|propriétaire|chairman|chairwoman|chairperson|chair|president|chief|manager|managing|director|officer|secretary|treasurer"
    r"|mayor|head of|partner|representative|owner|founder|attorney|proxy|principal)(?:e|ère|ere)?s?(?!\w)"
)
_LETTERS: Final = (
    r"(?-i:P\.?-?D\.?G|D\.?G\.?A?|D\.?S\.?I|D\.?A\.?F|D\.?R\.?H|R\.?S\.?S\.?I|D\.?P\.?[OD]|C\.?[EFTOI]\.?O|C\.?I\.?S\.?O|C\.?D\.?O|VP)(?!\w)"
)
# What follows a person's name in a signature block.
_BEHIND_NAME: Final = regex(
    rf"[\s,;–—-]*\b(?:(?:agissant|intervenant)\s+en\b|en\s+(?:sa\s+|leur\s+)?qualité\b|ès[- ]qualités?\b|acting\s+as\b|in\s+(?:his|her|their|its)\s+capacity\b|dûment\b|duly\b).*"
    rf"|(?:\s*[,;(/\n]\s*|\s+[-–—]\s+)(?:(?:le|la|l['’]|son|sa|notre|the|its|our)\s*)?(?:{_FUNCTIONS}|{_LETTERS}).*",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_NAME: Final = regex(
    rf"\s*(?:(?:monsieur|madame|mme|m\.)\s+(?:le|la|l['’])\s*{_FUNCTIONS}[\s,:]*|représentée?\s+par\s+|represented by\s+)", re.IGNORECASE
)
_BEFORE_TITLE: Final = regex(
    r"\s*(?:(?:(?:agissant|intervenant)\s+)?(?:en|ès)\s+(?:sa\s+|leur\s+)?qualités?\s+d(?:e\s+|['’]\s*)"
    r"|(?:madame|monsieur|mme|m\.)\s+(?:l[ea]\s+|l['’])?|(?:acting\s+)?as\s+|(?:acting\s+)?in\s+(?:his|her|their)\s+capacity\s+(?:as|of)\s+)",
    re.IGNORECASE,
)


def _behind(words: re.Pattern[str], value: str) -> Repeated | None:
    match = words.search(value)
    return Repeated(match[0], value[: match.start()].rstrip(" ,;-–—(")) if match is not None else None


def _before(words: re.Pattern[str], value: str) -> Repeated | None:
    match = words.match(value)
    return Repeated(match[0], value[match.end() :]) if match is not None and match[0].strip() else None


def _of_name(value: str) -> Repeated | None:
    """Return what a party's name holds of the rest of its sentence: its legal form behind a comma, its capital, register, seat or signatory."""
    rest = _behind(_REST, value)
    rest = rest if rest is not None and rest.left else None  # what a name begins with is the name
    name, comma, form = (rest.left if rest is not None else value).rpartition(",")
    if comma and form_meant(form.partition("(")[0]) is not None:
        return Repeated(value[len(name) :], name.rstrip(), is_sure=rest is not None)
    return rest


def _of_signatory(value: str) -> Repeated | None:
    return _behind(_BEHIND_NAME, value) or _before(_BEFORE_NAME, value)


# Words of a register extract around the town of its register, in either language.
_OF_REGISTERS: Final = regex(
    r"\b(?:(?:immatriculée?|inscrite?|enregistrée?)(?:\s+(?:au|à la|auprès du))?"
    r"|R\.?\s?C\.?\s?S\b\.?|registre(?:\s+(?:national|spécial))?(?:\s+du\s+commerce)?(?:\s+et\s+des\s+sociétés)?|greffe"
    r"|tribunal(?:\s+(?:mixte\s+)?(?:de\s+commerce|des\s+activités\s+économiques|judiciaire|de\s+grande\s+instance|d['’]instance))?|(?-i:T\.?C\.?|T\.?A\.?E\.?)(?=\s)"
    r"|registered|(?:the\s+)?(?:(?:trade\s+and\s+companies|trade|companies|commercial)\s+)?(?:register|registry)|(?:the\s+)?commercial\s+court|court\s+registry"
    r"|sous\s+le\s+(?:n°|num[ée]ro)|num[ée]ro|n°|siren|siret|ville|cedex)(?![\w])\.?",
    re.IGNORECASE,
)
_FIGURES: Final = regex(r"\(?\d[\d\s.\u00a0\u202f]*(?:er|e|ème|eme|nd|th|st)?\b\)?", re.IGNORECASE)
# The section of the register, which its extracts gave before 2012: "R.C.S. LYON B 842 139 578".
_SECTION: Final = regex(r"(?<=\s)[A-D](?=\s*(?:\0|$))")
_EDGES: Final = " \t\u00a0\u202f.,;:()/°–—-"
_JOINS: Final = ((r"de\s+la\s+", "La "), (r"de\s+l['’]\s*", "L’"), (r"du\s+", "Le "), (r"des\s+", "Les "), (r"(?:de|of|in|at|à|au)\s+|d['’]\s*", ""))
_SMALL_WORDS: Final = frozenset("de du des d la le les l sur sous en lès et aux".split())


def _of_town(value: str) -> Repeated | None:
    """Return what a register's town holds of its register, court and numbers; the town is what is left, if that is one piece."""
    marked = _FIGURES.sub("\0", _OF_REGISTERS.sub("\0", value))
    if "\0" in marked:
        marked = _SECTION.sub("\0", marked)
    pieces = [town for index, each in enumerate(marked.split("\0")) if (town := _without_join(each, follows=index > 0))]
    town = pieces[0] if len(pieces) == 1 else ""
    if "\0" not in marked and value[:1] not in _EDGES:
        return None
    return Repeated(value if not town or town.isupper() else value.replace(town, "", 1), _in_small_letters(town))


def _without_join(piece: str, *, follows: bool) -> str:
    """Return a piece of text without what joined it to the words before it: ``de Lyon`` is Lyon, ``du Mans`` Le Mans."""
    text = piece.strip(_EDGES)
    if follows and re.fullmatch(r"(?:de|du|des|d['’]|la|le|les|of|the|in|at|et)(?:\s+(?:la|the))?", text, re.IGNORECASE):
        return ""
    for join, article in _JOINS if follows else ():
        match = re.match(join, text, re.IGNORECASE)
        if match is not None:
            return f"{article}{text[match.end() :]}"
    return text


def _in_small_letters(town: str) -> str:
    """Return a town's name that is all in capitals, as register extracts have it, as a sentence does."""
    if not town.isupper():
        return town
    words = re.split(r"([\s'’-]+)", town.lower())
    return "".join(each if index and each in _SMALL_WORDS else each.capitalize() for index, each in enumerate(words))


def repeated_in(field: str, value: str) -> Repeated | None:
    """Return what a value of a party's field repeats of its sentence, or holds of another field; None where it is the value alone."""
    read = _READERS.get(field)
    if read is None:
        return None
    found = answered("words of a sentence", field, value, partial(read, value))
    return Repeated(*found) if found is not None else None


_READERS: Final[dict[str, Callable[[str], Repeated | None]]] = {
    "legal_name": _of_name,
    "legal_form": lambda value: _behind(_REST, value) or _behind(_REGISTER, value),
    "register_city": _of_town,
    "registered_office": lambda value: _before(_BEFORE_ADDRESS, value),
    "signatory.name": _of_signatory,
    "signatory.title": lambda value: _before(_BEFORE_TITLE, value),
}
# Where the words go that have a field of their own.
FIELDS_OF_THE_REST: Final = {
    "legal_name": "legal_form, share_capital, register_city, siren, registered_office, signatory",
    "legal_form": "share_capital, register_city, siren, registered_office",
    "signatory.name": "signatory.title",
}
