"""The clauses of one language as their templates can say them at the most: unfolded, read, and joined into a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from snc_docs.assembly import nested
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import Document, Inline, Link, Section, SectionRole, Value
from snc_docs.document.origins import Origin
from snc_docs.document.skeleton import Figures, Piece, skeleton
from snc_docs.errors import Wording
from snc_docs.model.base import Model
from snc_docs.model.facts import OwnFacts
from snc_docs.model.kinds import LocalizedUrl
from snc_docs.patterns import regex
from snc_docs.readers.markdown.clause import read_clause
from snc_docs.readers.markdown.filling import fill
from snc_docs.templating.analysis import Meaning
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.outline import OutlineEntry
from snc_docs.templating.rendering import missing_template
from snc_docs.templating.unfolding import Control, unfold

_TAG: Final = regex(r"\{%.*?%\}")
_BRANCHING: Final = regex(r"\s*\{%-?\s*el(?:se|if)\b")


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
        return Document(self.language, nested(self.sections))

    def pieces(self, section: Section, figures: Figures) -> list[Piece]:
        """Return the skeleton of a clause with its conditions and loops among the pieces, by their lines.

        Definitions are in the order of their identifiers, not of their lines: each carries the controls around it itself.
        """
        controls = self.controls[section.id]
        pieces = [_under_controls(piece, controls) if piece.kind == "definition" else piece for piece in skeleton(section, figures)]
        within = _around_definitions(pieces)
        waiting = [control for control in controls if control.origin.line not in within]
        merged: list[Piece] = []
        for piece in pieces:
            while waiting and piece.origin and waiting[0].origin.line <= piece.origin.line:
                control = waiting.pop(0)
                merged.append(Piece(control.kind, control.key, control.origin))
            merged.append(piece)
        return [*merged, *(Piece(control.kind, control.key, control.origin) for control in waiting)]


def _under_controls(piece: Piece, controls: tuple[Control, ...]) -> Piece:
    """Return a piece whose key names the conditions and loops that it stands under."""
    open_: list[str] = []
    for control in controls:
        if piece.origin is None or control.origin.line > piece.origin.line:
            break
        if control.key == "end":
            open_.pop()
        elif control.key == "else":
            open_[-1] = f"else of {open_[-1]}"
        elif control.is_branch:
            open_[-1] = f"else of {open_[-1]} {control.key}"
        else:
            open_.append(control.key)
    return replace(piece, key=" ".join((piece.key, *open_)))


def _around_definitions(pieces: list[Piece]) -> range:
    """Return the lines between the pieces before and behind a clause's definitions; no line for a clause without any."""
    lines = [piece.origin.line for piece in pieces if piece.kind == "definition" and piece.origin]
    if not lines:
        return range(0)
    others = [
        piece.origin.line for piece in pieces if piece.origin and piece.kind != "definition" and not min(lines) < piece.origin.line <= max(lines) + 1
    ]
    before = max((line for line in others if line < min(lines)), default=0)
    after = min((line for line in others if line > max(lines)), default=10**9)
    return range(before + 1, after)


def read_clauses(outline: tuple[OutlineEntry, ...], language: str, folders: TemplateFolders, facts: type[OwnFacts] = OwnFacts) -> Clauses:
    """Return the clauses of one language; templates that can't be read are left out, with their findings."""
    clauses = Clauses(language)
    for entry in outline:
        try:
            _add(clauses, entry, folders, facts)
        except FindingsError as error:
            first = error.diagnostics[0]
            clauses.findings += error.diagnostics
            clauses.unread[entry.id] = Origin(first.file or entry.file, first.line or 1)
    return clauses


def _add(clauses: Clauses, entry: OutlineEntry, folders: TemplateFolders, facts: type[OwnFacts]) -> None:
    relative = f"{clauses.language}/{entry.id}.md.j2"
    found = folders.read(relative)
    if found is None:
        raise FindingsError([missing_template(entry, relative)])
    text, name = found
    clauses.findings += _inline_controls(text, name, entry.id)
    unfolded = unfold(text, name, entry.id, facts)
    analyzer = unfolded.analyzer
    clauses.findings += [
        Diagnostic.error(fault.rule, fault.message, fault.hint, file=name, line=fault.line, clause=entry.id) for fault in analyzer.faults
    ]
    clauses.used |= analyzer.used
    section = _filled(text, name, entry.id, entry.role, clauses.language, facts)
    clauses.sections.append(replace(section, covers=entry.covers))
    clauses.controls[entry.id] = unfolded.controls
    clauses.elidable[entry.id] = {meaning.key for meaning in unfolded.values if meaning.elidable}


@lru_cache(maxsize=1024)
def _filled(text: str, name: str, clause: str, role: SectionRole, language: str, facts: type[OwnFacts]) -> Section:
    """Return what a template can say: a clause of a lower layer is the same under whatever lies over it."""
    unfolded = unfold(text, name, clause, facts)
    return fill(read_clause(unfolded.markdown, clause, role, name, language), [_shown(meaning) for meaning in unfolded.values])


def _shown(meaning: Meaning) -> tuple[Inline, ...]:
    """Return what stands for a value: no words, its key as their path, and a link where the value may be an address."""
    value = Value(meaning.key, "")
    may_be_address = not meaning.is_list and meaning.kind in (str, LocalizedUrl)
    return (value, Link("", ())) if may_be_address else (value,)


def _inline_controls(text: str, name: str, clause: str) -> Iterator[Diagnostic]:
    """Yield a finding for each control in the middle of a sentence: on a line with words, or right below or above the words it joins."""
    lines = re.sub(r"<!--.*?-->", lambda remark: "\n" * remark.group().count("\n"), text, flags=re.DOTALL).split("\n")
    for index, line in enumerate(lines):
        if "{%" not in line:
            continue
        around = (_neighbour(lines[index - 1 :: -1] if index else []), _neighbour(lines[index + 1 :]))
        joins = all(map(_is_words, around)) and not _BRANCHING.match(line)
        if joins or _TAG.sub("", line, count=1).strip():
            yield Diagnostic.error(
                "template.inline-control",
                Wording("une condition ou une boucle est au milieu d'une phrase", "a condition or loop is in the middle of a sentence"),
                Wording(
                    "la mettre seule sur sa ligne, une ligne vide avant et après, autour de phrases entières ; pour un mot, le filtre choose",
                    "put it on a line of its own, a blank line before and after it, around whole sentences; for one word, filter choose",
                ),
                file=name,
                line=index + 1,
                clause=clause,
            )


def _neighbour(lines: Iterable[str]) -> str:
    """Return the first line that isn't a control; "" where another branch begins before it, which never prints together."""
    for line in lines:
        if _BRANCHING.match(line):
            return ""
        if "{%" not in line:
            return line
    return ""


def _is_words(line: str) -> bool:
    """Return whether a line is part of a paragraph: no control, heading, directive, item or row."""
    return bool(line.strip()) and not re.match(r"\s*(?:\{%|#|:::|\||[-*] |\d+\. )", line)
