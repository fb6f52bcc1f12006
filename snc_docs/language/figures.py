"""Numbers as a text writes them, made comparable between languages: ``1 849 930``, ``1,849,930`` and ``1849930`` are one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from snc_docs.language.counting import counted
from snc_docs.language.known import writing_of
from snc_docs.patterns import regex
from snc_docs.shelf import answered

# How languages say "always": with other figures, or none. It counts as one figure of its own, once a text.
_ALWAYS: Final = regex(
    r"24\s*/\s*7|24\s*x\s*7|24\s*(?:heures?|h)\s*(?:sur|/)\s*24(?:\s*h)?|24\s*hours\s+a\s+day|(?:round|around)[\s-]the[\s-]clock|(?:7|sept)\s*(?:jours?|j)\s*(?:sur|/)\s*(?:7|sept)|"
    r"(?:7|seven)\s+days\s+a\s+week|7\s*/\s*7|nuit\s+et\s+jour|jour\s+et\s+nuit|day\s+and\s+night",
    re.IGNORECASE,
)
ALWAYS: Final = "24/7"
# The law by which a French association is called what it is: in another language it has another name, mostly without the year.
_ASSOCIATION: Final = regex(
    r"\bloi\s+(?:du\s+1\s*er\s+juillet\s+|de\s+)?1901\b|\b1901\s+(?:law|act)\b|\b(?:law|act)\s+of\s+(?:1\s+July\s+)?1901\b", re.IGNORECASE
)
_BEHIND: Final = regex(r"\s*\((\d+)\)")
_BEFORE: Final = regex(r"(\d+)\s*\($")
_NUMBER: Final = regex(r"\d+(?:\.\d+)?")


@lru_cache(maxsize=8192)
def figures(text: str, language: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, without groups, decimals behind a point: ``("1849930", "99.95")``; then those in words, ``"2"`` for "deux".

    English times of day count as French writes them: ``8 pm`` gives 20.
    """
    return tuple(answered("figures", language, text, partial(_figures, text, language)))


def _figures(text: str, language: str) -> list[str]:
    others, always = _ALWAYS.subn(" ", _ASSOCIATION.sub(" ", text) if "1901" in text else text)
    in_figures = _numbers(others, language) if any(char.isdigit() for char in others) else ()
    return [*in_figures, *_in_words(others, language), *([ALWAYS] if always else ())]


def _in_words(text: str, language: str) -> Iterator[str]:
    """Yield the numbers that a text says in words and not in figures beside them: "deux (2)" is one number, "deux (3)" two."""
    for number, start, end in counted(text, language):
        behind, before = _BEHIND.match(text, end), _BEFORE.search(text[:start])
        if number not in (behind and behind[1], before and before[1]):
            yield number


def _numbers(text: str, language: str) -> tuple[str, ...]:
    writing = writing_of(language)
    text = writing.times_of_day(writing.groups.sub(lambda match: re.sub(r"\D", "", match.group()), text))
    return tuple(_plain(number) for number in _NUMBER.findall(writing.decimal.sub(".", text)))


def _plain(number: str) -> str:
    """Return a number without zeros that don't count: ``4.50`` is ``4.5``, ``007`` is ``7``."""
    whole, _, decimals = number.partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{f'.{decimals}' if decimals else ''}"
