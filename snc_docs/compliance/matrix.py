"""An assessment for people and programs: as a section of the document tree with live references, and as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from snc_docs.compliance.assessment import Assessment, Finding, Verdict
from snc_docs.compliance.case import Point
from snc_docs.compliance.catalogue import Kind, catalogue
from snc_docs.document.nodes import Block, Cell, Column, Document, Inline, Paragraph, Reference, Row, Section, SectionRole, Strong, Table, Text
from snc_docs.document.walk import sections_of
from snc_docs.errors import Wording
from snc_docs.language.known import words_of

IDENTIFIER: Final = "compliance-matrix"
_WIDTHS: Final = (10, 22, 12, 19, 37)
# What tells verdicts apart before they are read, in black and white too: a sign before the word.
_SIGNS: Final = {
    Verdict.MET: "✓",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.PARTIAL: "▲",
    Verdict.DELEGATED: "→",
    Verdict.MISSING: "○",
    Verdict.CONFLICT: "✗",
}
_COLUMNS: Final = ("requirement", "asks", "verdict", "provisions", "reason")


def matrix(assessment: Assessment, language: str, role: SectionRole, *, mend: bool) -> Section:
    """Return the matrix as a section whose references lead to the clauses; with ``mend``, what to do about each shortfall."""
    words = catalogue().words
    paragraphs: tuple[Block, ...] = (_paragraph(words["introduction"].in_language(language)), _paragraph(summary(assessment).in_language(language)))
    columns = tuple(Column(_text(words[name].in_language(language)), width) for name, width in zip(_COLUMNS, _WIDTHS, strict=True))
    rows = tuple(row for kind in Kind for row in _rows(assessment, kind, language, mend=mend))
    return Section(IDENTIFIER, role, _text(words["title"].in_language(language)), (*paragraphs, Table(columns, rows)), landscape=True)


def summary(assessment: Assessment) -> Wording:
    """Return how many of the binding requirements have which verdict, in one sentence."""
    verdicts = Counter(each.verdict for each in assessment if each.requirement.kind is Kind.BINDING)
    total = sum(verdicts.values())
    counted = [_counted(verdict, verdicts[verdict]) for verdict in Verdict if verdicts[verdict]]
    return Wording(
        f"Sur {total} exigences relatives à la convention de service\u00a0: {', '.join(each.fr for each in counted)}.",
        f"Of {total} requirements on the service agreement: {', '.join(each.en for each in counted)}.",
    )


def _counted(verdict: Verdict, count: int) -> Wording:
    """Return ``3 satisfaites``, ``3 met``: French adjectives agree, and a conflict can be counted in English."""
    many = count > 1
    fr = "s" if many and verdict is not Verdict.NOT_APPLICABLE else ""
    en = "s" if many and verdict is Verdict.CONFLICT else ""
    return Wording(f"{count} {verdict.wording.fr}{fr}", f"{count} {verdict.wording.en}{en}")


def _paragraph(text: str) -> Paragraph:
    return Paragraph(_text(text))


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def _rows(assessment: Assessment, kind: Kind, language: str, *, mend: bool) -> Iterator[Row]:
    yield Row("", (Cell(_text(catalogue().words[kind.value].in_language(language))),), group=True)
    for finding in assessment:
        if finding.requirement.kind is kind:
            verdict = Text(f"{_SIGNS[finding.verdict]}\u00a0{finding.verdict.wording.in_language(language)}")
            yield Row(
                finding.requirement.id,
                (
                    Cell(_text(finding.requirement.number(language))),
                    Cell(_text(finding.requirement.title.in_language(language))),
                    Cell((Strong((verdict,)) if finding.verdict.rank >= Verdict.PARTIAL.rank else verdict,)),
                    Cell(tuple(_references(finding.sections))),
                    Cell(_text("\n".join(reasons(finding, language, mend=mend)))),
                ),
            )


def _references(sections: tuple[str, ...]) -> Iterator[Inline]:
    for index, section in enumerate(sections):
        if index:
            yield Text(", ")
        yield Reference(section, "label")


def reasons(finding: Finding, language: str, *, mend: bool) -> Iterator[str]:
    """Yield the reasons of a verdict, one line a kind: what was found, what contradicts, what is left elsewhere, what lacks.

    With ``mend``, for the provider's own eyes, the catalogue's note and what to add follow.
    """
    words, colon = catalogue().words, words_of(language).colon
    for name, points in _by_kind(finding):
        if points:
            yield f"{words[name].in_language(language)}{colon}{', '.join(_name(point, language) for point in points)}."
    if mend:
        note = _note(finding, language)
        if note:
            yield f"{words['note'].in_language(language)}{colon}{note}"
        yield from (f"→ {each}." for each in remedies(finding, language))


def _note(finding: Finding, language: str) -> str:
    """Return the catalogue's note, "" for a requirement that is met: it would speak of what isn't there."""
    return "" if finding.verdict is Verdict.MET else finding.requirement.note.in_language(language)


def remedies(finding: Finding, language: str) -> tuple[str, ...]:
    """Return what mends a finding: what to add, or, where the data is there already, what the clauses don't say of it."""
    return tuple(dict.fromkeys(_remedy(point, language) for point in finding.to_mend))


def _remedy(point: Point, language: str) -> str:
    known = catalogue().facts[point.fact]
    if point.is_given and not point.held and not point.data:
        return catalogue().words["unsaid"].in_language(language).format(data=known.data, fact=point.fact)
    mend = known.mend.in_language(language)
    # An own clause may say it already, in words that nobody marked.
    return mend if known.words is None or known.data else catalogue().words["marked"].in_language(language).format(mend=mend, fact=point.fact)


def _by_kind(finding: Finding) -> Iterator[tuple[str, tuple[Point, ...]]]:
    established = finding.established
    yield "found", tuple(point for point in established if point.role in ("needed", "basis"))
    for role in ("conflict", "delegation", "exemption"):
        shown = role != "delegation" or finding.verdict is not Verdict.MET
        yield role, tuple(point for point in established if shown and point.role == role)
    yield "lacking", finding.lacking


def _name(point: Point, language: str) -> str:
    """Return what a fact is called, with the own facts that it was found in: a provider's auditor looks them up."""
    own = [path for path in point.data if path.startswith("facts.")] if point.held else []
    name = catalogue().facts[point.fact].name.in_language(language)
    return f"{name} ({', '.join(own)})" if own else name


def as_data(assessment: Assessment, document: Document) -> list[dict[str, Any]]:
    """Return the assessment of one document as plain values: verdict, clauses with their labels, facts with their words."""
    language = document.language
    labels = {section.id: section.label for section in sections_of(document.sections)}
    return [
        {
            "id": finding.requirement.id,
            "kind": finding.requirement.kind.value,
            "title": finding.requirement.title.in_language(language),
            "verdict": finding.verdict.value,
            "clauses": [{"id": section, "label": labels.get(section, "")} for section in finding.sections],
            "facts": [
                {
                    "id": point.fact,
                    "name": _name(point, language),
                    "role": point.role,
                    "held": point.held,
                    "words": list(point.words),
                    "data": list(point.data),
                }
                for point in finding.points
            ],
            "reasons": list(reasons(finding, language, mend=False)),
            "note": _note(finding, language),
            "mend": list(remedies(finding, language)),
        }
        for finding in assessment
    ]
