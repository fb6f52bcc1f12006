"""English, as Britain writes it. Values are never touched."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar, Final

from snc_docs.language.writing import Words, Writing
from snc_docs.patterns import regex

_CLOCK: Final = regex(r"\b(\d{1,2})(?:[:.](\d{2}))?[\u00a0\u202f ]?([ap])\.?m\b", re.IGNORECASE)
_NOON: Final = 12
_UNIT: Final = regex(r"(?<=\d) (?=(?:am|pm|h|min|MB|GB|TB)\b)")
_THE: Final = frozenset("AE BQ BS CF DO EU GB GM IM IO KM MV NL PH PS TF US".split())
_LAW: Final = dict(
    pair.split(":")
    for pair in (
        "AT:Austrian BE:Belgian BG:Bulgarian CY:Cypriot CZ:Czech DE:German DK:Danish EE:Estonian ES:Spanish FI:Finnish "
        "FR:French GR:Greek HR:Croatian HU:Hungarian IE:Irish IT:Italian LT:Lithuanian LU:Luxembourg LV:Latvian MT:Maltese "
        "NL:Dutch PL:Polish PT:Portuguese RO:Romanian SE:Swedish SI:Slovenian SK:Slovak"
    ).split()
)


class English(Writing):
    """British English."""

    code = "en"
    locale = "en_GB"
    number_words = "en_GB"
    words = Words("en-GB", "Article", "Appendix", "section", "Page", "of", "Version", "DRAFT", ": ", " (moved text)")
    groups = regex(r"(?<![\w.])\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+(?:[\u00a0\u202f]\d+)+")
    decimal = regex(r"(?<=\d)\.(?=\d)")
    also_numbers: ClassVar[dict[str, str]] = {"a dozen": "12", "a hundred": "100", "a thousand": "1000"}
    no_numbers = r"the\s+two"  # of what there are two: "the two differ", "both Parties"

    def typeset(self, text: str) -> str:
        """Return the text with ’ for a straight apostrophe, and U+00A0 before am and pm, and inside the « » of a French name."""
        text = text.replace("'", "’").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        return _UNIT.sub("\u00a0", text)

    def dated(self, text: str, day: date) -> str:  # noqa: ARG002  # French asks for the day
        """Return ``1 July 2026``."""
        return text

    def percent(self, number: str) -> str:
        """Return ``99.95%``."""
        return f"{number}%"

    def agreeing(self, words: str, unit: str) -> str:  # noqa: ARG002  # as above
        """Return the words: English numbers agree with nothing."""
        return words

    def is_singular(self, number: int) -> bool:
        """Return whether it's 1."""
        return number == 1

    def in_place(self, code: str, name: str) -> str:
        """Return ``in the Netherlands``."""
        return f"in {self.with_article(code, name)}"

    def with_article(self, code: str, name: str) -> str:
        """Return ``France``, ``the European Union``."""
        return f"the {name}" if code in _THE or name.endswith(" Islands") else name

    def law_of(self, code: str) -> str:
        """Return ``French law``."""
        return f"{_LAW[code]} law"

    def in_language(self, name: str) -> str:
        """Return ``in French``."""
        return f"in {name}"

    def of(self, text: str) -> str:
        """Return ``of one (1) month``."""
        return f"of {text}"

    def formerly(self, name: str, former: str) -> str:
        """Return ``Nimbus (formerly Stratus)``."""
        return f"{name} (formerly {former})"

    def named_part(self, label: str, title: str) -> str:
        """Return ``Article 7.6``, or ``the part “Preamble”``."""
        return label or f"the part “{title}”"

    def times_of_day(self, text: str) -> str:
        """Return the text with ``8 pm`` as ``20``, and noon and midnight in figures."""
        return _MIDNIGHT.sub("0", _MIDDAY.sub("12", _CLOCK.sub(_on_24_hours, text)))

    def counting(self, words: str, noun: str) -> str:
        """Return ``one hundred thousand euros``."""
        return f"{words} {noun}"

    def within(self, period: str) -> str:
        """Return ``within``, before ``one (1) month``."""
        del period  # the words are the same before any
        return "within "

    def without_undue_delay(self) -> str:
        """Return ``without undue delay``."""
        return "without undue delay"

    def time_set_in(self, document: str) -> str:
        """Return ``within the time set in the support contract``."""
        return f"within the time set in {document}"


_MIDDAY: Final = regex(r"\b(?:12\s+)?(?:noon|midday)\b", re.IGNORECASE)
_MIDNIGHT: Final = regex(r"\b(?:12\s+)?midnight\b", re.IGNORECASE)


def _on_24_hours(match: re.Match[str]) -> str:
    hour = int(match.group(1)) % _NOON + (_NOON if match.group(3).lower() == "p" else 0)
    return f"{hour} {match.group(2) or ''}"
