"""How much each change weighs, which duty it triggers, and whether the agreement itself forbids it: rules in ``weights.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final

from snc_docs.diff.clauses import ClauseChange, ClauseKind, WordKind
from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemMoved, ItemRemoved
from snc_docs.document.nodes import Document, Statement
from snc_docs.document.walk import walk
from snc_docs.errors import Wording
from snc_docs.model.kinds import Place as Country
from snc_docs.model.parts import DataAccess
from snc_docs.model.places import in_the_eu
from snc_docs.model.source import read_source

_FILE: Final = Path(__file__).parent / "weights.yaml"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a change is worth: the names of its weight and duty, and why the agreement forbids it, None where it doesn't."""

    weight: str
    duty: str
    forbidden: Wording | None = None


@cache
def rules() -> dict[str, Any]:
    """Return what ``weights.yaml`` holds."""
    return read_source(_FILE).data


def weight_names() -> tuple[str, ...]:
    """Return the names of the weights, the heaviest first."""
    return tuple(rules()["weights"])


def wording(group: str, name: str) -> Wording:
    """Return what a weight or a duty (``group``) is called."""
    return Wording(**rules()[group][name])


def rate_data(change: DataChange) -> Rating:
    """Return the rating of a change of the data."""
    path = _path(change)
    rule = next(rule for rule in rules()["data"] if _fits(path, rule["path"]))
    return Rating(rule["weight"], rule["duty"], _forbidden(change, path))


def rate_clause(change: ClauseChange, parents: dict[str, str]) -> Rating:
    """Return the rating of a change of a clause; ``parents`` gives the clause that a part of one stands in."""
    clause = parents.get(change.id, change.id)
    rule = next(rule for rule in rules()["clauses"] if _fits(clause, rule["clause"]))
    if _is_editorial(change):
        return Rating("editorial", "none")
    guarded = rules()["protected"]["clauses"]
    removed = change.kind is ClauseKind.REMOVED and change.id in guarded["clause"]
    return Rating(rule["weight"], rule["duty"], Wording(**guarded["reason"]) if removed else None)


def _is_editorial(change: ClauseChange) -> bool:
    """Return whether only place, number, look, spaces, case or punctuation changed."""
    if change.kind in (ClauseKind.MOVED, ClauseKind.RENUMBERED):
        return True
    if change.kind in (ClauseKind.ADDED, ClauseKind.REMOVED):
        return False
    return all(each.kind in (WordKind.LOOK, WordKind.ROW_MOVED) or _letters(each.old) == _letters(each.new) for each in change.words)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def lost_statements(old: Document, new: Document) -> tuple[tuple[str, Wording], ...]:
    """Return the protected facts that the old version states and the new one doesn't, each with the reason why that is forbidden."""
    guarded = rules()["protected"]["statements"]
    stated, still = (_facts(document) for document in (old, new))
    reason = guarded["reason"]
    return tuple((fact, Wording(*(reason[each].format(fact=fact) for each in ("fr", "en")))) for fact in guarded["facts"] if fact in stated - still)


def _facts(document: Document) -> set[str]:
    return {fact for node in walk(document) if isinstance(node, Statement) for fact in node.facts}


def _path(change: DataChange) -> str:
    """Return the path of a change without the keys of items."""
    return ".".join(step for step in change.place.steps if isinstance(step, str))


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _forbidden(change: DataChange, path: str) -> Wording | None:
    guards = rules()["protected"]
    for name, is_lowered in _GUARDS.items():
        if path in guards[name]["path"] and is_lowered(change):
            return Wording(**guards[name]["reason"])
    return None


def _adds_a_place_outside(change: DataChange) -> bool:
    old, new = _values(change)
    return any(place not in old for place in new if not in_the_eu(place))


def _values(change: DataChange) -> tuple[list[Any], list[Any]]:
    match change:
        case FieldChanged(_, old, new):
            return list(_flat(old)), list(_flat(new))
        case ItemAdded(_, _, _, item):
            return [], list(_flat(item))
        case ItemRemoved(_, _, _, item):
            return list(_flat(item)), []
        case ItemMoved():
            return [], []


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, Country):
        yield value


def _is_raised(change: DataChange) -> bool:
    """Return whether a figure or a degree of access rose; None is the lowest degree of access, and no cap at all."""
    if not isinstance(change, FieldChanged):
        return False
    if isinstance(change.old, DataAccess) or isinstance(change.new, DataAccess):
        degrees = [None, *DataAccess]
        return degrees.index(change.new) > max(degrees.index(change.old), 1)
    return change.old is not None and (change.new is None or change.new > change.old)


def _is_withdrawn(change: DataChange) -> bool:
    return isinstance(change, FieldChanged) and change.old not in (None, False) and change.new in (None, False)


_GUARDS: Final = {"places": _adds_a_place_outside, "raised": _is_raised, "withdrawn": _is_withdrawn}
