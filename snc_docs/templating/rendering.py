"""Clause templates to Markdown, rendered with the agreement's data, or kept from an earlier rendering with the same data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.compact import NODES
from snc_docs.document.nodes import Inline
from snc_docs.errors import Wording
from snc_docs.kept import Kept, again
from snc_docs.model.agreement import Agreement
from snc_docs.model.sharing import spelled
from snc_docs.model.subscribed import as_subscribed
from snc_docs.shelf import JSON, Form, shelved
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.outline import OutlineEntry, read_outline

# What was rendered of a template last, with the data that it read: the latest of each.
_renderings: Final[Kept[list[tuple[list[Any], RenderedClause]]]] = Kept(256)
# Whether the condition of an entry was true, likewise.
_outcomes: Final[Kept[list[tuple[list[Any], bool]]]] = Kept(256)
# The Markdown of a clause, and what each token in it stands for.
Printed = tuple[str, tuple[tuple[Inline, ...], ...]]
_PRINTED: Final[Form[Printed]] = NODES


@dataclass(frozen=True, slots=True)
class RenderedClause:
    """The Markdown of one clause, with line marks and tokens; ``values`` holds what each token stands for.

    The same template gives the same object for the same data: what was made of it can be kept by it.
    """

    entry: OutlineEntry
    file: str
    markdown: str
    values: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True)
class _Source:
    """A template's text, and its name for people."""

    text: str
    name: str
    clause: str

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The fields of the agreement that the template may read; FindingsError for a faulty template."""

        def look() -> tuple[str, ...]:
            from snc_docs.templating.compiling import compiled

            return compiled(self.text, self.name, self.clause).reads

        names: Sequence[str] = shelved("reads", JSON, lambda: [self.text], look)
        return (*names, *(("declared",) if "facts" in names else ()))  # whose labels are the prompts of fields to fill in


_source: Final = lru_cache(maxsize=1024)(_Source)


@dataclass(frozen=True)
class _Condition:
    """The condition of an outline's entry."""

    when: str

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The fields of the agreement that the condition may read."""
        names = set(re.findall(r"\w+", self.when))
        return tuple(name for name in Agreement.model_fields if name in names)


_condition: Final = lru_cache(maxsize=1024)(_Condition)


def render(agreement: Agreement, language: str, folders: TemplateFolders) -> list[RenderedClause]:
    """Return the Markdown of every clause whose condition holds, in the outline's order, a part with its clause alone; FindingsError for faulty templates."""
    findings: list[Diagnostic] = []
    clauses = []
    agreement = as_subscribed(agreement)
    has_clause = True
    for entry in read_outline(folders):
        try:
            holds = _holds(entry, agreement, language)
            if entry.role != "subsection":
                has_clause = holds
            if holds and has_clause:
                clauses.append(_render(entry, agreement, language, folders))
        except FindingsError as error:
            findings += error.diagnostics
    if not clauses and not findings:
        message = Wording("aucune clause : toutes les conditions sont fausses", "no clause: every condition is false")
        hint = Wording("corriger le modèle à cette ligne", "mend the template on that line")
        findings.append(Diagnostic.error("outline.empty", message, hint, file=folders.name("outline.yaml"), line=1))
    if findings:
        raise FindingsError(findings)
    return clauses


def _holds(entry: OutlineEntry, agreement: Agreement, language: str) -> bool:
    if not entry.when:
        return True
    condition = _condition(entry.when)

    def look() -> bool:
        from snc_docs.templating.compiling import holds

        return holds(entry, condition.reads, agreement, language)

    def found() -> bool:
        return bool(shelved("condition", JSON, lambda: [entry.when, language, *_data(agreement, condition.reads)], look))

    return again(_outcomes.get(condition, language, list), _values(agreement, condition.reads), found)


def _values(agreement: Agreement, fields: Iterable[str]) -> list[Any]:
    return [getattr(agreement, field) for field in fields]


def _data(agreement: Agreement, fields: Iterable[str]) -> Iterator[str]:
    """Yield what fields of the data say, each with its name: as Python writes the values, which is all that templates see of them."""
    for name in fields:
        yield name
        yield spelled(getattr(agreement, name))


def _render(entry: OutlineEntry, agreement: Agreement, language: str, folders: TemplateFolders) -> RenderedClause:
    relative = f"{language}/{entry.id}.md.j2"
    found = folders.read(relative)
    if found is None:
        raise FindingsError([missing_template(entry, relative)])
    source = _source(*found, entry.id)
    kept = _renderings.get(source, (entry, language), list)
    return again(kept, _values(agreement, source.reads), partial(_rendering, source, entry, agreement, language))


def _rendering(source: _Source, entry: OutlineEntry, agreement: Agreement, language: str) -> RenderedClause:
    def make() -> Printed:
        from snc_docs.templating.compiling import printed

        return printed(source.text, source.name, entry.id, agreement, language)

    def depends() -> Iterator[str | bytes]:
        yield from (source.text, source.name, entry.id, language)
        yield from _data(agreement, source.reads)

    return RenderedClause(entry, source.name, *shelved("rendering", _PRINTED, depends, make))


def missing_template(entry: OutlineEntry, relative: str) -> Diagnostic:
    """Return the finding on an outline entry whose file isn't there."""
    message = Wording(f"le modèle {relative} n'existe pas", f"template {relative} doesn't exist")
    hint = Wording("l'écrire, ou retirer la clause de outline.yaml", "write it, or remove the clause from outline.yaml")
    return Diagnostic.error("template.missing", message, hint, file=entry.file, line=entry.line, clause=entry.id)
