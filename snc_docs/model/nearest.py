"""The known name that an unknown one was meant to be: a letter too many or too few, two that changed places, another way to join words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from snc_docs.errors import Wording

# How much of two names has to be the same, from 0 to 1: "clientt" and "client", not "colour" and "country".
_LIKENESS: Final = 0.75
# Names that people mistype have few letters; difflib takes long on what a hostile file calls a field.
_LONGEST: Final = 60


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is nearest to another, None where none is near."""
    names = {_plain(each): each for each in sorted(known, reverse=True)}
    found = get_close_matches(_plain(name), names, n=1, cutoff=_LIKENESS) if len(name) <= _LONGEST else []
    return names[found[0]] if found else None


def _plain(name: str) -> str:
    """Return a name in small letters, its words joined in one way: ``shareCapital``, ``Share-Capital`` and ``share_capital`` are one."""
    return re.sub(r"[\W_]+", "", name).lower()


def meant(near: str, hint: Wording) -> Wording:
    """Return a hint that asks for the nearest name first."""
    return Wording(f"vouliez-vous dire « {near} » ? sinon : {hint.fr}", f"did you mean '{near}'? If not: {hint.en}")
