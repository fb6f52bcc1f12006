"""What rules on the data are made of: a rule yields findings, each at the data path that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial, wraps
from typing import Any, Final, TypeVar

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.kept import Kept
from snc_docs.model.agreement import Agreement
from snc_docs.model.paths import values_in

Rule = Callable[[Agreement, date], Iterator[Diagnostic]]
# Every value of a field of the data, however deep, with its path.
Values = Iterable[tuple[str, object]]
PartRule = Callable[[Values], Iterator[Diagnostic]]
# The rules by what their findings are called, in the order in which they are run.
RULES: Final[dict[tuple[str, ...], Rule]] = {}
T = TypeVar("T")


def rule(*identifiers: str) -> Callable[[Rule], Rule]:
    """Register a function as the rule that gives findings of these names; AssertionError for a name that has a rule already."""

    def register(function: Rule) -> Rule:
        known = {name for names in RULES for name in names}
        assert known.isdisjoint(identifiers), identifiers  # noqa: S101  # two rules for one finding is a fault of ours
        RULES[identifiers] = function
        return function

    return register


def part_rule(*identifiers: str) -> Callable[[PartRule], Rule]:
    """Register a function as the rule that looks at each field of the agreement by itself, at all that is in it."""

    def register(function: PartRule) -> Rule:
        @wraps(function)
        def of_all(agreement: Agreement, _: date) -> Iterator[Diagnostic]:
            yield from of_parts(agreement, function)

        return rule(*identifiers)(of_all)

    return register


class _Part:
    """A field of an agreement that holds something: all that is in it, and what functions found there."""

    def __init__(self, name: str, value: object) -> None:
        self._values = tuple(values_in(name, value))
        self._found: dict[object, tuple[Any, ...]] = {}

    def found(self, function: Callable[[Values], Iterator[T]]) -> tuple[T, ...]:
        """Return what a function finds, looked for once."""
        if function not in self._found:
            self._found[function] = tuple(function(self._values))
        return self._found[function]


def of_parts(agreement: Agreement, function: Callable[[Values], Iterator[T]]) -> Iterator[T]:
    """Yield what a function finds in each field of an agreement that holds something, kept by what that is."""
    for part in _parts_in.get(agreement, None, partial(_look_at, agreement)):
        yield from part.found(function)


def _look_at(agreement: Agreement) -> tuple[_Part, ...]:
    return tuple(_parts.get(value, name, partial(_Part, name, value)) for name, value in agreement if value is not None and value != ())


# The parts of the agreements that are judged now, and those of all that were lately: a baseline's are the same for all its clients.
_parts_in: Final[Kept[tuple[_Part, ...]]] = Kept(4)
_parts: Final[Kept[_Part]] = Kept(512)


def judge(agreement: Agreement, day: date) -> list[Diagnostic]:
    """Return the findings of every rule; dates are judged on ``day``."""
    from snc_docs.model import (  # noqa: F401  # which register what they hold
        closing_rules,
        commitment_rules,
        contradictions,
        level_contradictions,
        party_contradictions,
        party_rules,
        placeholder_rules,
        printed_rules,
        rules,
        service_rules,
    )

    return sorted((finding for rule in RULES.values() for finding in rule(agreement, day)), key=Diagnostic.in_order)


def error(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding that keeps documents from being written."""
    return Diagnostic(rule, Severity.ERROR, message, hint, path=path)


def warning(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding that documents are written in spite of."""
    return Diagnostic(rule, Severity.WARNING, message, hint, path=path)


def note(rule: str, path: str, message: Wording, hint: Wording) -> Diagnostic:
    """Return a finding for information only."""
    return Diagnostic(rule, Severity.INFO, message, hint, path=path)
