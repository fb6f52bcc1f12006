"""The verdict on each requirement: computed from the points that its rule established, with the reason and what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from snc_docs.compliance import binding, further  # noqa: F401  # importing them registers the rules
from snc_docs.compliance.case import Case, Point, marked_in
from snc_docs.compliance.catalogue import Kind, Requirement, catalogue
from snc_docs.compliance.registry import RULES
from snc_docs.document.nodes import Document
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import LabelledEnum


class Verdict(LabelledEnum):
    """How a document stands to a requirement, from the best to the worst."""

    MET = "met", "satisfaite", "met"
    NOT_APPLICABLE = "not-applicable", "sans objet", "not applicable"
    PARTIAL = "partial", "partielle", "partial"
    DELEGATED = "delegated", "déléguée", "delegated"
    MISSING = "missing", "absente", "missing"
    CONFLICT = "conflict", "contradiction", "conflict"

    @property
    def rank(self) -> int:
        """Return 0 for the best verdict, more for worse ones."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one requirement in one document, and the points it rests on."""

    requirement: Requirement
    verdict: Verdict
    points: tuple[Point, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the identifiers of the sections that the verdict rests on, in the order of the points."""
        counted = (point for point in self.points if point.held and (point.role != "delegation" or self.verdict is not Verdict.MET))
        return tuple(dict.fromkeys(section for point in counted for section in point.sections))

    @property
    def lacking(self) -> tuple[Point, ...]:
        """Return what is needed and wasn't found; nothing for a requirement that is met or has no object."""
        if self.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
            return ()
        return tuple(point for point in self.points if not point.held and point.role in ("needed", "basis"))

    @property
    def to_mend(self) -> tuple[Point, ...]:
        """Return what must change for a better verdict: what lacks, and what says the contrary."""
        return (*self.lacking, *(point for point in self.points if point.held and point.role == "conflict"))

    @property
    def established(self) -> tuple[Point, ...]:
        """Return what was found, contradictions and references to another contract included."""
        return tuple(point for point in self.points if point.held)


Assessment = tuple[Finding, ...]


def assess(agreement: Agreement, document: Document, day: date) -> Assessment:
    """Return a finding for each requirement of the catalogue, in its order, for one assembled document in one language.

    ``day`` is the day on which the certificate's validity is judged.
    """
    marked = marked_in(document)
    return tuple(_judged(each, Case(agreement, document, day, each.id, marked)) for each in catalogue().requirements.values())


def _judged(requirement: Requirement, case: Case) -> Finding:
    points = tuple(RULES[requirement.id](case))
    return Finding(requirement, verdict_of(points), points)


def verdict_of(points: Iterable[Point]) -> Verdict:
    """Return the verdict that points give.

    A contradiction outweighs everything; nothing counts without its basis; words that leave a matter to another contract
    document are named as such only where the document itself doesn't settle it.
    """
    points = tuple(points)
    held = {role: [point.held for point in points if point.role == role] for role in ("needed", "basis", "delegation", "conflict", "exemption")}
    if any(held["conflict"]):
        return Verdict.CONFLICT
    if any(held["exemption"]):
        return Verdict.NOT_APPLICABLE
    if not all(held["basis"]):
        return Verdict.MISSING
    if all(held["needed"]):
        return Verdict.MET
    if any(held["delegation"]):
        return Verdict.DELEGATED
    return Verdict.PARTIAL if any(held["needed"]) else Verdict.MISSING


def worst(assessments: Mapping[Language, Assessment]) -> Assessment:
    """Return, for each requirement, the finding of the language that stands worst: a clause counts if both languages have it."""
    return tuple(max(findings, key=lambda finding: finding.verdict.rank) for findings in zip(*assessments.values(), strict=True))


def below(assessment: Assessment, required: Verdict) -> Assessment:
    """Return the findings on binding requirements that are worse than ``required``."""
    return tuple(each for each in assessment if each.requirement.kind is Kind.BINDING and each.verdict.rank > required.rank)
