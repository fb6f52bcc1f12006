"""The clauses of one language as their templates can say them at the most: unfolded, read, and joined into a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import Document, Inline, Link, Origin, Section, Value
from snc_docs.document.skeleton import Figures, Piece, skeleton
from snc_docs.errors import Wording
from snc_docs.model.base import Model
from snc_docs.model.kinds import LocalizedUrl
from snc_docs.readers.markdown.clause import read_clause
from snc_docs.readers.markdown.filling import fill
from snc_docs.templating.analysis import Meaning
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.outline import OutlineEntry
from snc_docs.templating.unfolding import Control, Unfolded, unfold

_TAG: Final = re.compile(r"\{%.*?%\}")


@dataclass(slots=True)
class Clauses:
    """Everything that the templates of one language can say, and what was found on the way."""

    language: str
    sections: list[Section] = field(default_factory=list)
    controls: dict[str, tuple[Control, ...]] = field(default_factory=dict)
    elidable: dict[str, set[str]] = field(default_factory=dict)
    used: set[tuple[type[Model], str]] = field(default_factory=set)
    unread: dict[str, Origin] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def document(self) -> Document:
        """Return the clauses as a document, not numbered."""
        return Document(self.language, tuple(self.sections))

    def pieces(self, section: Section, figures: Figures) -> list[Piece]:
        """Return the skeleton of a clause with its conditions and loops among the pieces, by their lines."""
        waiting = list(self.controls[section.id])
        merged: list[Piece] = []
        for piece in skeleton(section, figures):
            while waiting and piece.origin and waiting[0].origin.line <= piece.origin.line:
                control = waiting.pop(0)
                merged.append(Piece(control.kind, control.key, control.origin))
            merged.append(piece)
        return [*merged, *(Piece(control.kind, control.key, control.origin) for control in waiting)]


def read_clauses(outline: tuple[OutlineEntry, ...], language: str, folders: TemplateFolders) -> Clauses:
    """Return the clauses of one language; templates that can't be read are left out, with their findings."""
    clauses = Clauses(language)
    for entry in outline:
        found = folders.read(f"{language}/{entry.id}.md.j2")
        if found is None:
            clauses.findings.append(_missing(entry, language))
            clauses.unread[entry.id] = Origin(f"{language}/{entry.id}.md.j2", 1)
            continue
        text, name = found
        clauses.findings += _inline_controls(text, name, entry.id)
        try:
            _add(clauses, entry, unfold(text, name, entry.id), name)
        except FindingsError as error:
            clauses.findings += error.diagnostics
            clauses.unread[entry.id] = Origin(name, error.diagnostics[0].line or 1)
    return clauses


def _add(clauses: Clauses, entry: OutlineEntry, unfolded: Unfolded, name: str) -> None:
    analyzer = unfolded.analyzer
    clauses.findings += [
        Diagnostic.error(fault.rule, fault.message, fault.hint, file=name, line=fault.line, clause=entry.id) for fault in analyzer.faults
    ]
    clauses.used |= analyzer.used
    skeleton_section = read_clause(unfolded.markdown, entry.id, entry.role, name, clauses.language)
    section = fill(skeleton_section, [_shown(meaning) for meaning in unfolded.values])
    clauses.sections.append(replace(section, covers=entry.covers))
    clauses.controls[entry.id] = unfolded.controls
    clauses.elidable[entry.id] = {meaning.key for meaning in unfolded.values if meaning.elidable}


def _shown(meaning: Meaning) -> tuple[Inline, ...]:
    """Return what stands for a value: no words, its key as their path, and a link where the value may be an address."""
    value = Value(meaning.key, "")
    may_be_address = not meaning.is_list and meaning.kind in (str, LocalizedUrl)
    return (value, Link("", ())) if may_be_address else (value,)


def _missing(entry: OutlineEntry, language: str) -> Diagnostic:
    relative = f"{language}/{entry.id}.md.j2"
    message = Wording(f"le modèle {relative} n'existe pas", f"template {relative} doesn't exist")
    hint = Wording("l'écrire, ou retirer la clause de outline.yaml", "write it, or remove the clause from outline.yaml")
    return Diagnostic.error("template.missing", message, hint, file=entry.file, line=entry.line, clause=entry.id)


def _inline_controls(text: str, name: str, clause: str) -> Iterator[Diagnostic]:
    """Yield a finding for each control that shares its line with words: a sentence must not change in the middle."""
    for number, line in enumerate(re.sub(r"<!--.*?-->", lambda remark: "\n" * remark.group().count("\n"), text, flags=re.DOTALL).split("\n"), 1):
        if "{%" in line and _TAG.sub("", line, count=1).strip():
            yield Diagnostic.error(
                "template.inline-control",
                Wording("une condition ou une boucle partage sa ligne avec d'autres mots", "a condition or loop shares its line with other words"),
                Wording(
                    "la mettre seule sur sa ligne, autour de phrases entières ; pour un mot, le filtre choose",
                    "put it on a line of its own, around whole sentences; for one word, filter choose",
                ),
                file=name,
                line=number,
                clause=clause,
            )
