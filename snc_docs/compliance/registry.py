"""Rules, registered by the requirement they judge. A rule is a function of a case that yields the points it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from snc_docs.compliance.case import Case, Point

Rule = Callable[[Case], Iterator[Point]]
F = TypeVar("F", bound=Rule)

RULES: Final[dict[str, Rule]] = {}


def rule(*requirements: str) -> Callable[[F], F]:
    """Register a function as the rule of requirements; AssertionError for one that has a rule already."""

    def register(function: F) -> F:
        for requirement in requirements:
            assert requirement not in RULES, requirement  # noqa: S101  # two rules for one requirement is a fault of ours
            RULES[requirement] = function
        return function

    return register
