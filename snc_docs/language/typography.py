"""Spaces, apostrophes and elision of template text. Values are never touched."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NARROW: Final = "\u202f"
_NO_BREAK: Final = "\u00a0"
_VOWELS: Final = frozenset("aeiouyœæøı")
_ELIDED: Final = {"le": "l’", "la": "l’", "de": "d’", "que": "qu’", "ce": "c’", "se": "s’", "ne": "n’", "je": "j’", "me": "m’", "te": "t’"}
_OPENING: Final = " \u00a0\u202f«“\"‘'’([{"

# "le délai de onze jours", "le oui", "de Ouagadougou": no elision before these; before y it depends on what follows: d’Yvetot,
# d’yeuse, but de yaourt.
_UNELIDED: Final = re.compile(
    r"(?:onz|oui\b|ouistiti|ouï-dire|oua(?!iss|t)|uhlan|ulul|y(?=[aeiouâéèêœ])(?!eux\b|euse|eu\b|erres\b|ères\b|onne\b))", re.IGNORECASE
)

# An h is mute in French unless the word is one of these, which dictionaries mark with an asterisk: stems, with what looks alike and is
# mute left out ("héros" but "héroïne", "hallebarde" but "hallucination"); names and titles that French takes over with their h are at the end.
_ASPIRATED: Final = re.compile(
    r"""(?:
    ha(?!bil|bit|blé|bl[eè]|chett|giog|ïti|vas\b|lein|lieut|llali|lluc|log|lt[eè]r|me[cç]|ptiq|ptono|rmon|zebr|lluin|ubourdin|rfleur|ppen|dron|mblain|bsb|dri) | hâ
    | heau | hein\b | hen[nr]i[rs]\b | henn(?!eb) | héler | héraut | héris | herni | héron | héros\b | hers[eé] | hêtr | heurt | hi-fi
    | hibou | hic\b | hideu | hiérarch | hippie | hiss | hit\b | hit- | hob | hoch | hock | hold | hollan | homard | hong | honni[rs]?\b
    | hont | hop\b | hoqu | hord | hors\b | hors- | hot\b | hot- | hotl | hott | hou | hub\b | hublot | huch | hué | hugu | huis[ ]clos | huit | hul
    | humer\b | hun\b | huns\b | huning | hupp | hune | hère\b | hooligan | hur(?!luber|iel|epel) | huss | hutt | huy\b
    | heidelb | hem\b | herve\b | herzé | hesse\b | hewl | hill | hilt | hita | hond | honeyw | hsbc\b | hlm\b | html | http | hp\b | huaw | hull | hyund | hœn
    | head\b | health | help | herr\b | high\b | home\b | host(?!i) | hosting | human\b | hunt
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLE: Final = re.compile(r"(les?)\s+(?=\S)", re.IGNORECASE)


def of_town(town: str) -> tuple[str, str]:
    """Return what French puts before a town's name after "de", and the rest of the name: ``("du ", "Mans")``, ``("d’", "Angers")``.

    An article joins with it however it is written, in capitals as on a register extract or with a no-break space behind it.
    """
    contracted, rest = _contracted(town, {"le": "du ", "les": "des "})
    return (contracted or elided("de", town)), rest


def in_town(town: str) -> tuple[str, str]:
    """Return what French puts before a town's name after "à", and the rest of the name: ``("au ", "Havre")``, ``("à ", "La Rochelle")``."""
    contracted, rest = _contracted(town, {"le": "au ", "les": "aux "})
    return (contracted or "à "), rest


def _contracted(town: str, forms: dict[str, str]) -> tuple[str, str]:
    article = _ARTICLE.match(town)
    return (forms[article[1].lower()], town[article.end() :]) if article else ("", town)


def typeset(text: str, language: str) -> str:
    """Return template text with the apostrophes and no-break spaces of its language.

    French: U+202F before ``; ! ?``, U+00A0 before ``:`` and inside « ». Both: ’ for a straight apostrophe.
    """
    text = text.replace("'", "’")
    if language != "fr":
        return text
    text = re.sub(r"[ \u00a0]([;!?])", rf"{_NARROW}\1", text)
    text = re.sub(r" ([:»])", rf"{_NO_BREAK}\1", text)
    return re.sub(r"« ", f"«{_NO_BREAK}", text)


def elided(word: str, following: str) -> str:
    """Return ``d’`` or ``de `` as French writes ``word`` before ``following``: before a vowel, of any alphabet's accents, and a mute h."""
    start = following.lstrip(_OPENING)
    letter = unicodedata.normalize("NFD", start[:1].lower())[:1]
    silent = (letter in _VOWELS and not _UNELIDED.match(start)) if letter != "h" else not _ASPIRATED.match(unicodedata.normalize("NFC", start))
    if letter and silent and word.lower() in _ELIDED:
        short = _ELIDED[word.lower()]
        return short.capitalize() if word[:1].isupper() else short
    return f"{word} "
