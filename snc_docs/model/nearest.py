"""The known name that an unknown one was meant to be: a letter too many or too few, two that changed places, another way to join words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Final

from snc_docs.errors import Wording
from snc_docs.model.base import Model, is_part, kind_of

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


def fields_at(model: type[Model], place: Sequence[int | str]) -> tuple[str, ...]:
    """Return the names of the fields of the part at a place of a model's data; none where that is no part."""
    kind: Any = model
    for step in place:
        fields = kind.model_fields if is_part(kind) else {}
        if step in fields:
            kind = kind_of(fields[step].annotation)[0]
        elif not isinstance(step, int):
            return ()
    return tuple(kind.model_fields) if is_part(kind) else ()
