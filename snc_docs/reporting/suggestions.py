"""Marks that words of a provider's own clauses may deserve, by the catalogue's patterns: proposed for a person to read and to confirm.

A pattern knows words, not what a sentence means: nothing here changes a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from snc_docs.compliance.assessment import Assessment, Verdict
from snc_docs.compliance.catalogue import StatedFact, catalogue
from snc_docs.reporting.statements import Stated

# Sentences proposed for one fact, those first that stand among others which fit the same requirement.
_MOST: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that may state a fact which a requirement lacks."""

    requirement: str
    fact: str
    stated: Stated

    def mark(self) -> str:
        """Return what the words would be marked with."""
        return f"says:{self.fact}"


def suggestions(assessment: Assessment, stated: Sequence[Stated], own: Iterable[Path]) -> tuple[Suggestion, ...]:
    """Return what to look at in the clauses of own layers, requirement by requirement; nothing for those that are met."""
    folders = tuple(map(str, own))
    sentences = [each for each in stated if each.origin is not None and each.origin.file.startswith(folders)] if folders else []
    return tuple(
        one for finding in assessment if finding.verdict is not Verdict.MET for one in _of(finding.requirement.id, finding.lacking, sentences)
    )


def _of(requirement: str, lacking: Iterable[Any], sentences: Sequence[Stated]) -> Iterator[Suggestion]:
    facts = catalogue().facts
    wanted = [facts[name] for name in dict.fromkeys(point.fact for point in lacking) if facts[name].words is not None]
    fitting = {fact.id: [each for each in sentences if _may_state(fact, each, sentences)] for fact in wanted}
    company = {
        each.key: sum(any(other.section == each.section for other in found) for found in fitting.values())
        for found in fitting.values()
        for each in found
    }
    for name, found in fitting.items():
        ranked = sorted(found, key=lambda each: -company[each.key])  # stable: the first in the document before the others
        yield from (Suggestion(requirement, name, each) for each in ranked[:_MOST])


def _may_state(fact: StatedFact, one: Stated, sentences: Sequence[Stated]) -> bool:
    """Return whether a sentence may state a fact that it isn't marked with, in the company that the fact needs in its clause."""
    if fact.id in one.facts or not fact.is_in(one.text, one.language):
        return False
    company = catalogue().facts.get(fact.beside)
    return company is None or any(
        each.section == one.section and (company.id in each.facts or company.is_in(each.text, each.language)) for each in sentences
    )


def as_data(proposed: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Return suggestions as plain values."""
    return [
        {
            "requirement": each.requirement,
            "fact": each.fact,
            "name": catalogue().facts[each.fact].name.in_language(each.stated.language),
            "mark": each.mark(),
            "text": each.stated.text,
            "template": f"{each.stated.origin.file}:{each.stated.origin.line}" if each.stated.origin else None,
        }
        for each in proposed
    ]
