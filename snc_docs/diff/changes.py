"""What happened to clauses and their words, in plain values: what the merger writes down, and reports tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

# How many characters around a change are kept with it.
CONTEXT: Final = 40


class ClauseKind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RETITLED = "retitled"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"


class WordKind(StrEnum):
    """What a change of words is about: words in a line, a whole paragraph or item, a row, a picture; or the look or the marks alone."""

    WORDS = "words"
    BLOCK = "block"
    ROW = "row"
    ROW_MOVED = "row-moved"
    PICTURE = "picture"
    LOOK = "look"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of one version and of the other ("" for none), the words around them, and the data they came from ("" for none)."""

    kind: WordKind
    old: str
    new: str
    before: str = ""
    after: str = ""
    path: str = ""

    @property
    def is_from_data(self) -> bool:
        """Return whether the words came from the data alone, whose change is reported by itself."""
        return bool(self.path) or self.kind in (WordKind.ROW, WordKind.ROW_MOVED)


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One thing that happened to a clause, or to a part with an identifier of its own in the clause ``within`` ("" for a clause).

    ``was`` and ``now`` are its heading in either version, "" where it has none.
    """

    kind: ClauseKind
    id: str
    was: str
    now: str
    words: tuple[WordChange, ...] = ()
    within: str = ""


_OPPOSITES: Final = {ClauseKind.ADDED: ClauseKind.REMOVED, ClauseKind.REMOVED: ClauseKind.ADDED}


def reversed_clauses(changes: Iterable[ClauseChange]) -> tuple[ClauseChange, ...]:
    """Return the changes that lead back."""
    return tuple(
        ClauseChange(
            _OPPOSITES.get(change.kind, change.kind),
            change.id,
            change.now,
            change.was,
            tuple(replace(words, old=words.new, new=words.old) for words in change.words),
            change.within,
        )
        for change in changes
    )
