"""Spaces, apostrophes and elision of template text. Values are never touched."""

from __future__ import annotations

import re
from typing import Final

_NARROW: Final = "\u202f"
_NO_BREAK: Final = "\u00a0"
_VOWELS: Final = frozenset("aeiouyàâäéèêëîïôöùûüœæ")
_ELIDED: Final = {"le": "l’", "la": "l’", "de": "d’", "que": "qu’", "ce": "c’", "se": "s’", "ne": "n’", "je": "j’", "me": "m’", "te": "t’"}


# "le délai de onze jours", "le oui": no elision before these.
_UNELIDED: Final = re.compile(r"(?:onze|onzième|oui|ouistiti|ululer)\b", re.IGNORECASE)


def of_town(town: str) -> tuple[str, str]:
    """Return what French puts before a town's name after "de", and the rest of the name: ``("du ", "Mans")``, ``("d’", "Angers")``."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if town.startswith(article):
            return contracted, town.removeprefix(article)
    return elided("de", town), town


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
    """Return ``d’`` or ``de `` as French writes ``word`` before ``following``; a mute h can't be told and isn't elided."""
    start = following[:2].lower()
    if _UNELIDED.match(following):
        return f"{word} "
    silent = start[:1] in _VOWELS and not (start[:1] == "y" and start[1:] in _VOWELS)  # d’Yvetot, but de Yonne
    if silent and word.lower() in _ELIDED:
        short = _ELIDED[word.lower()]
        return short.capitalize() if word[:1].isupper() else short
    return f"{word} "
