"""How much each change weighs, which duty it triggers, and whether the agreement itself forbids it: rules in ``weights.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from snc_docs.diff.changes import ClauseChange, ClauseKind, WordKind
from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemMoved, ItemRemoved
from snc_docs.document.nodes import Document, Statement
from snc_docs.document.walk import walk
from snc_docs.errors import Wording
from snc_docs.language.tokens import tokens
from snc_docs.model.commitments import ObjectionEffect, RefusalEffect, Silence
from snc_docs.model.facts import Protection
from snc_docs.model.kinds import Money
from snc_docs.model.parts import DataAccess
from snc_docs.model.periods import Delay, Period
from snc_docs.model.places import in_the_eu
from snc_docs.model.practices import ContractRank, CountedFrom
from snc_docs.model.source import read_source

# What each change of the data is called, in the rules and for programs.
KINDS: Final[dict[type, str]] = {FieldChanged: "changed", ItemAdded: "added", ItemRemoved: "removed", ItemMoved: "moved"}
# A year has 365.25 days.
_DAYS_OF_MONTH: Final = Decimal("30.4375")
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
    path, kind = change.place.path.fields, KINDS[type(change)]
    rule = next(rule for rule in rules()["data"] if _fits(path, rule["path"]) and kind in rule.get("change", (kind,)))
    return Rating(rule["weight"], rule["duty"], _forbidden(change, path))


def rate_clause(change: ClauseChange) -> Rating:
    """Return the rating of a change of a clause.

    Words that came from the data trigger no duty: the change of the data does.
    """
    clause = change.within or change.id
    rule = next(rule for rule in rules()["clauses"] if _fits(clause, rule["clause"]))
    if _is_editorial(change):
        return Rating("editorial", "none")
    guarded = rules()["protected"]["clauses"]
    removed = change.kind is ClauseKind.REMOVED and clause in guarded["clause"]
    duty = "none" if change.words and all(each.is_from_data for each in change.words) else rule["duty"]
    return Rating(rule["weight"], duty, Wording(**guarded["reason"]) if removed else None)


def heaviest(ratings: Sequence[Rating]) -> Rating:
    """Return the rating of the greatest weight, one with a duty before one without."""
    order = weight_names()
    return min(ratings, key=lambda rating: (order.index(rating.weight), rating.duty == "none"))


def _is_editorial(change: ClauseChange) -> bool:
    """Return whether only place, number, look, spaces, case or punctuation changed."""
    if change.kind in (ClauseKind.MOVED, ClauseKind.RENUMBERED):
        return True
    if change.kind in (ClauseKind.ADDED, ClauseKind.REMOVED):
        return False
    slight = (WordKind.LOOK, WordKind.MARKS, WordKind.ROW_MOVED)
    return all(each.kind in slight or (each.kind is not WordKind.PICTURE and _words(each.old) == _words(each.new)) for each in change.words)


def _words(text: str) -> list[str]:
    """Return the words, figures and addresses of a text, however they are spaced and written in capitals."""
    plain = text.translate(_SAME)
    return [token.casefold() for token in tokens(plain) if token in _UNITS or any(character.isalnum() for character in token)]


_SAME: Final = {ord("\u00a0"): " ", ord("\u202f"): " ", ord("’"): "'"}
_UNITS: Final = frozenset("€$£%°<>=+−")


class LostStatement(NamedTuple):
    """A protected fact that is stated no more: what people call it, the reason why that is forbidden, and its name in marks."""

    what: Wording
    why: Wording
    fact: str


def lost_statements(old: Document, new: Document) -> tuple[LostStatement, ...]:
    """Return the protected facts that the old version states and the new one doesn't."""
    guarded = rules()["protected"]["statements"]
    lost = _facts(old) - _facts(new)
    return tuple(LostStatement(Wording(**name), Wording(**guarded["reason"]), fact) for fact, name in guarded["facts"].items() if fact in lost)


def _facts(document: Document) -> set[str]:
    return {fact for node in walk(document) if isinstance(node, Statement) for fact in node.facts}


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _forbidden(change: DataChange, path: str) -> Wording | None:
    guards = rules()["protected"]
    for name in _OWN[change.place.protects]:
        if _GUARDS[name](change):
            return Wording(**guards[name]["reason"])
    for name, is_lowered in _GUARDS.items():
        if _fits(path, guards[name]["path"]) and is_lowered(change) and not (name == "withdrawn" and _protects_by_absence(path)):
            return Wording(**guards[name]["reason"])
    return None


def _adds_a_place_outside(change: DataChange) -> bool:
    if not isinstance(change, FieldChanged):
        return False
    old, new = (value if isinstance(value, tuple) else (value,) for value in (change.old, change.new))
    return any(place is not None and place not in old and not in_the_eu(place) for place in new)


def _is_raised(change: DataChange) -> bool:
    """Return whether a figure or a degree of access rose; unknown access is the lowest degree, and no cap at all the highest."""
    if isinstance(change, ItemAdded):
        return getattr(change.item, "data_access", None) is DataAccess.POSSIBLE
    if not isinstance(change, FieldChanged):
        return False
    if isinstance(change.old, DataAccess) or isinstance(change.new, DataAccess):
        degrees = [None, *DataAccess]
        return degrees.index(change.new) > max(degrees.index(change.old), 1)
    return change.old is not None and (change.new is None or _measure(change.new) > _measure(change.old))


def _is_lessened(change: DataChange) -> bool:
    return _both_known(change, lambda old, new: new < old)


def _is_lengthened(change: DataChange) -> bool:
    return _both_known(change, lambda old, new: new > old)


def _both_known(change: DataChange, is_worse: Callable[[Decimal, Decimal], bool]) -> bool:
    if not isinstance(change, FieldChanged) or change.old is None or change.new is None:
        return False
    if type(change.old) is not type(change.new):
        return True  # an own fact of another kind: nobody can say that it protects as much
    if isinstance(change.old, Delay) and isinstance(change.new, Delay) and change.old.is_counted() and not change.new.is_counted():
        return True  # a length of time that nobody can count on any more, whichever way it protected
    return is_worse(_measure(change.old), _measure(change.new))


def _measure(value: object) -> Decimal:
    """Return a figure that grows with a value; a month counts the twelfth of 365.25 days."""
    if isinstance(value, Delay) and not value.is_counted():
        return Decimal("Infinity")  # no end that anybody can count on
    if isinstance(value, Period):
        return (value.calendar_months() * _DAYS_OF_MONTH + value.weeks * 7 + value.days) * 1440 + value.hours * 60 + value.minutes
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, date):
        return Decimal(value.toordinal())
    return Decimal(value) if isinstance(value, (int, Decimal)) else Decimal(str(value))


def _is_withdrawn(change: DataChange) -> bool:
    if isinstance(change, FieldChanged):
        # Of a choice whose absence has a place in its order, that order tells.
        is_gone = change.old not in _NOTHING and change.new in _NOTHING and None not in _ORDERS.get(type(change.old), ())
        return is_gone or _loses(change)
    return isinstance(change, ItemRemoved)


def _protects_by_absence(path: str) -> bool:
    """Return whether what is at a path is allowed, taken out or limited among the commitments: less of it protects more."""
    guards = rules()["protected"]
    return any(_fits(path, guards[name]["path"]) for name in ("widened", "excepted", "limited"))


def _is_limited(change: DataChange) -> bool:
    return isinstance(change, FieldChanged) and change.old in _NOTHING and change.new not in _NOTHING


# What a field holds of which nothing is said.
_NOTHING: Final[tuple[object, ...]] = (None, False, ())


def _is_weakened(change: DataChange) -> bool:
    """Return whether a choice gave way to one that comes later in its order."""
    if not isinstance(change, FieldChanged):
        return False
    order = _ORDERS.get(type(change.old)) or _ORDERS.get(type(change.new), ())
    return change.old in order and change.new in order and order.index(change.new) > order.index(change.old)


# Choices from what protects the client most to what protects it least: a time runs sooner, the agreement prevails further, who says no or
# nothing keeps what is in force. Where nothing being said protects neither most nor least, None has its place among them.
_ORDERS: Final[dict[type, tuple[object, ...]]] = {
    CountedFrom: (CountedFrom.OCCURRENCE, CountedFrom.AWARENESS, CountedFrom.REPORT),
    ContractRank: (ContractRank.FIRST, ContractRank.AS_LISTED, ContractRank.AFTER_CONTRACT),
    Silence: (Silence.REFUSAL, None, Silence.ACCEPTANCE),
    RefusalEffect: (RefusalEffect.VERSION_IN_FORCE, None, RefusalEffect.TERMINATION),
    ObjectionEffect: (ObjectionEffect.NOT_USED, ObjectionEffect.TERMINATION),
}


def _is_excepted(change: DataChange) -> bool:
    return isinstance(change, ItemAdded) or (isinstance(change, FieldChanged) and _gains(change))


def _is_shortened(change: DataChange) -> bool:
    return isinstance(change, ItemRemoved) or (isinstance(change, FieldChanged) and _loses(change))


def _is_widened(change: DataChange) -> bool:
    """Return whether a list that was given has something more; one that wasn't said nothing."""
    return isinstance(change, FieldChanged) and bool(_listed(change.old)) and _gains(change)


def _loses(change: FieldChanged) -> bool:
    return bool(_listed(change.old) - _listed(change.new))


def _gains(change: FieldChanged) -> bool:
    return bool(_listed(change.new) - _listed(change.old))


def _listed(value: object) -> set[object]:
    return set(value) if isinstance(value, tuple) else set()


_GUARDS: Final = {
    "places": _adds_a_place_outside,
    "raised": _is_raised,
    "lessened": _is_lessened,
    "lengthened": _is_lengthened,
    "withdrawn": _is_withdrawn,
    "shortened": _is_shortened,
    "widened": _is_widened,
    "weakened": _is_weakened,
    "excepted": _is_excepted,
    "limited": _is_limited,
}
# What lowers an own fact, by the direction in which its layer says that it protects.
_OWN: Final = {
    Protection.NONE: (),
    Protection.HIGHER: ("lessened", "withdrawn"),
    Protection.LOWER: ("lengthened", "withdrawn"),
    Protection.PRESENT: ("withdrawn",),
}
