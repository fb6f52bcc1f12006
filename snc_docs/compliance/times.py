"""Times that a clause states in words of its own, without a datum behind them."""

from __future__ import annotations

import re
from typing import Final

from snc_docs.patterns import regex

# The least days of each unit: a month has 28.
_UNITS: Final = {
    "fr": {"jour": 1, "semaine": 7, "mois": 28, "an": 365, "année": 365},
    "en": {"day": 1, "week": 7, "month": 28, "year": 365},
}
_TIME: Final = {
    language: regex(
        rf"(\d+)\)?[\s\u00a0\u202f-]*(?:calendar[\s\u00a0]+|full[\s\u00a0]+)?({'|'.join(sorted(units, key=len, reverse=True))})s?\b", re.IGNORECASE
    )
    for language, units in _UNITS.items()
}


def days_said(text: str, language: str) -> int:
    """Return the calendar days of the longest time that words state in figures, at the least; 0 where they state none."""
    units = _UNITS[language]
    return max((int(number) * units[unit.lower()] for number, unit in _TIME[language].findall(text)), default=0)
