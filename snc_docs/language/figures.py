"""Numbers as a text writes them, made comparable between languages: ``1 849 930``, ``1,849,930`` and ``1849930`` are one number."""

from __future__ import annotations

import re
from typing import Final

# A no-break space between digits joins the groups of a number, a SIREN's or a telephone's, in either language.
_GROUPED: Final = {
    "fr": re.compile(r"(?<![\w,])\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[\u00a0\u202f]\d+)+"),
    "en": re.compile(r"(?<![\w.])\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:[\u00a0\u202f]\d+)+"),
}
_CLOCK: Final = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?[\u00a0\u202f ]?([ap])\.?m\b", re.IGNORECASE)
_DECIMAL: Final = {"fr": re.compile(r"(?<=\d),(?=\d)"), "en": re.compile(r"(?<=\d)\.(?=\d)")}
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_NOON: Final = 12


def figures(text: str, language: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, without groups, decimals behind a point: ``("1849930", "99.95")``.

    English times of day count as French writes them: ``8 pm`` gives 20.
    """
    if not any(char.isdigit() for char in text):
        return ()
    text = _GROUPED[language].sub(lambda match: re.sub(r"\D", "", match.group()), text)
    if language == "en":
        text = _CLOCK.sub(_on_24_hours, text)
    return tuple(_plain(number) for number in _NUMBER.findall(_DECIMAL[language].sub(".", text)))


def _on_24_hours(match: re.Match[str]) -> str:
    hour = int(match.group(1)) % _NOON + (_NOON if match.group(3).lower() == "p" else 0)
    return f"{hour} {match.group(2) or ''}"


def _plain(number: str) -> str:
    """Return a number without zeros that don't count: ``4.50`` is ``4.5``, ``007`` is ``7``."""
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{f'.{decimals}' if decimals else ''}"
