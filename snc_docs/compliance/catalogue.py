"""The catalogue: requirements and the facts that rules look for, as data, in both languages.

``catalogue.yaml`` holds them. A requirement's identifier is ANSSI's (``19.1.c``), with ``-1``, ``-2`` added where a letter
asks for several things; its title is in our own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from snc_docs.errors import NOTHING_TO_SAY, Wording
from snc_docs.model.source import read_source

_FILE: Final = Path(__file__).parent / "catalogue.yaml"


class Kind(StrEnum):
    """How much a requirement binds: by the framework itself, presupposed by other parts of it, or as advice."""

    BINDING = "binding"
    PRESUPPOSED = "presupposed"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One point of the framework; ``note`` says what doesn't count for it, where that isn't plain: it's told while the requirement isn't met."""

    id: str
    kind: Kind
    title: Wording
    note: Wording

    def number(self, language: str) -> str:
        """Return its number as people read it: that of a paragraph, or of an annex: ``annexe 2.c``, ``annex 2.c``."""
        return self.id.replace("annex-", _ANNEX.in_language(language))


_ANNEX: Final = Wording("annexe\u00a0", "annex\u00a0")


@dataclass(frozen=True, slots=True)
class StatedFact:
    """Something that an agreement says or holds: what it is, and what to do for an agreement that lacks it.

    ``data`` is where the baseline or client file gives it, "" for what words alone state. ``words`` are patterns, one a language, that words which state the fact must have in them; None where any will do.
    ``beside`` is the fact without which, in the same clause, words are too common to be proposed for a mark; "" where they stand alone.
    """

    id: str
    name: Wording
    mend: Wording
    words: Wording | None = None
    data: str = ""
    beside: str = ""

    def is_in(self, text: str, language: str) -> bool:
        """Return whether words can state the fact in a language."""
        return self.words is None or re.search(self.words.in_language(language), text, re.IGNORECASE | re.DOTALL) is not None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything in ``catalogue.yaml``."""

    framework: str
    requirements: dict[str, Requirement]
    facts: dict[str, StatedFact]
    words: dict[str, Wording]


@cache
def catalogue() -> Catalogue:
    """Return the catalogue, requirements in the order in which they are listed."""
    data = read_source(_FILE).data
    requirements = [_requirement(Kind(kind), entry) for kind in Kind for entry in data[kind.value]]
    facts = [_fact(identifier, entry) for identifier, entry in data["facts"].items()]
    return Catalogue(
        data["framework"],
        {each.id: each for each in requirements},
        {each.id: each for each in facts},
        {name: _wording(entry) for name, entry in data["words"].items()},
    )


def _requirement(kind: Kind, entry: dict[str, Any]) -> Requirement:
    note = _wording(entry["note"]) if "note" in entry else NOTHING_TO_SAY
    return Requirement(entry["id"], kind, _wording(entry["title"]), note)


def _fact(identifier: str, entry: dict[str, Any]) -> StatedFact:
    words = _wording(entry["words"]) if "words" in entry else None
    return StatedFact(identifier, _wording(entry["name"]), _wording(entry["mend"]), words, entry.get("data", ""), entry.get("beside", ""))


def _wording(entry: dict[str, str]) -> Wording:
    return Wording(**entry)
