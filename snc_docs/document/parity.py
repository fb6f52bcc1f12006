"""Parity: two languages of one document have the same clauses, in the same order, and print the same data in each."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import Document, FillIn, Reference, Section, Value, place_of
from snc_docs.document.walk import sections_of, walk
from snc_docs.errors import Wording


def differences(first: Document, second: Document) -> Iterator[Diagnostic]:
    """Yield a finding for each clause whose parts, data or references differ; it names both templates' places."""
    others = {section.id: section for section in second.sections}
    for section in first.sections:
        other = others.pop(section.id, None)
        if other is None:
            yield _difference("parity.clauses", section, section, f"{section.id} ({first.language})")
            continue
        for rule, things, other_things in (
            ("parity.sections", _parts(section), _parts(other)),
            ("parity.fields", _fields(section), _fields(other)),
            ("parity.references", _references(section), _references(other)),
        ):
            if things != other_things:
                yield _difference(rule, section, other, ", ".join(sorted(set(things) ^ set(other_things))) or "…")
    for section in others.values():
        yield _difference("parity.clauses", section, section, f"{section.id} ({second.language})")


def _parts(section: Section) -> list[str]:
    return [each.id for each in sections_of([section])]


def _fields(section: Section) -> list[str]:
    return sorted({node.path for node in walk(section) if isinstance(node, (Value, FillIn))})


def _references(section: Section) -> list[str]:
    return sorted({node.target for node in walk(section) if isinstance(node, Reference)})


_WHAT = {
    "parity.clauses": Wording("clause présente dans une seule langue", "clause in one language only"),
    "parity.sections": Wording("les parties de la clause diffèrent d'une langue à l'autre", "the clause's parts differ between the languages"),
    "parity.fields": Wording("les données imprimées diffèrent d'une langue à l'autre", "the data printed differs between the languages"),
    "parity.references": Wording("les renvois diffèrent d'une langue à l'autre", "the references differ between the languages"),
}


def _difference(rule: str, section: Section, other: Section, which: str) -> Diagnostic:
    place = other.origin.file if other.origin else "?"
    what = _WHAT[rule]
    return Diagnostic.error(
        rule,
        Wording(f"{what.fr} : {which}", f"{what.en}: {which}"),
        Wording(f"accorder ce modèle et {place}", f"bring this template and {place} into line"),
        **place_of(section.origin),
        clause=section.id,
    )
