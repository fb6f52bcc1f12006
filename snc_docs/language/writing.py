"""What has to be known of a language that documents are written in; what Babel and num2words know of it is theirs."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple


class Words(NamedTuple):
    """Words of one language."""

    locale: str
    clause: str
    appendix: str
    section: str
    page: str
    of: str
    version: str
    draft: str
    colon: str
    # Behind the name of who revised, where words stand elsewhere now.
    moved: str

    def beside(self, other: Words) -> Words:
        """Return the words of two languages at once, ``Annexe / Appendix``: what is the same in both once."""
        both = {name: f"{one} / {two}" for name, one, two in zip(self._fields, self, other, strict=True) if one != two}
        return self._replace(**{**both, "locale": self.locale, "colon": self.colon})


class Writing(ABC):
    """How one language is written. A language that lacks a part of this can't be made: ``TypeError`` names the part."""

    code: ClassVar[str]
    # What Babel and num2words call it.
    locale: ClassVar[str]
    number_words: ClassVar[str]
    words: ClassVar[Words]
    # Numbers whose digits are in groups, and the sign before their decimals.
    groups: ClassVar[re.Pattern[str]]
    decimal: ClassVar[re.Pattern[str]]
    # Words that say a number beside those that num2words gives, and, as a pattern, words that look like one and aren't.
    also_numbers: ClassVar[Mapping[str, str]]
    no_numbers: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Refuse a language that lacks one of the values above."""
        lacking = [name for name in Writing.__annotations__ if not hasattr(cls, name)]
        if lacking:
            raise TypeError(f"{cls.__name__} lacks {', '.join(lacking)}")

    @abstractmethod
    def typeset(self, text: str) -> str:
        """Return template text with the apostrophes and no-break spaces of the language."""

    @abstractmethod
    def dated(self, text: str, day: date) -> str:
        """Return a date as the language writes it, from what the locale gives for day, month and year."""

    @abstractmethod
    def percent(self, number: str) -> str:
        """Return a written number with its per cent sign."""

    @abstractmethod
    def agreeing(self, words: str, unit: str) -> str:
        """Return a number in words as it stands before a unit of time, by Babel's name for it."""

    @abstractmethod
    def is_singular(self, number: int) -> bool:
        """Return whether a noun behind a number is in the singular."""

    @abstractmethod
    def in_place(self, code: str, name: str) -> str:
        """Return "in" with the name of a territory, by its ISO code."""

    @abstractmethod
    def with_article(self, code: str, name: str) -> str:
        """Return the name of a territory with the article that it has inside a sentence."""

    @abstractmethod
    def law_of(self, code: str) -> str:
        """Return the law of a State of the European Union; KeyError for any other."""

    @abstractmethod
    def in_language(self, name: str) -> str:
        """Return "in" with the name of a language."""

    @abstractmethod
    def of(self, text: str) -> str:
        """Return "of" with what follows."""

    @abstractmethod
    def formerly(self, name: str, former: str) -> str:
        """Return a name with the one that was borne before."""

    @abstractmethod
    def named_part(self, label: str, title: str) -> str:
        """Return how a sentence names a part of a document: by its label with the article, by its title where it has none ("")."""

    @abstractmethod
    def times_of_day(self, text: str) -> str:
        """Return a text with its times of day on 24 hours."""

    @abstractmethod
    def counting(self, words: str, noun: str) -> str:
        """Return a number in words before what it counts, in the form that its count asks for."""

    @abstractmethod
    def within(self, period: str) -> str:
        """Return the words that lead a period by whose end something is done; ``period`` is the period itself."""

    @abstractmethod
    def without_undue_delay(self) -> str:
        """Return how contracts say that something is done as soon as it can be."""

    @abstractmethod
    def time_set_in(self, document: str) -> str:
        """Return how contracts say that another document, named with its article, sets a time."""
