"""The case of one requirement: the clauses that declare to meet it, and the facts that a rule can establish in them.

A declaration alone is worth nothing: a fact counts when words of a clause that are marked for it (``says:`` in the template) state it, or
when a clause that declares the requirement prints the data it needs, or holds the block it needs. A statement with a field left to fill in states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from snc_docs.compliance.catalogue import catalogue
from snc_docs.document.nodes import Block, Document, FillIn, Section, Statement, Value, kinds_of
from snc_docs.document.walk import plain_text, sections_of, walk
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model

_BLOCKS: Final = kinds_of(Block)

# needed: part of what is asked · basis: without it nothing is met · delegation: said to stand in another contract document ·
# conflict: says the contrary · exemption: the requirement has no object here
Role = Literal["needed", "basis", "delegation", "conflict", "exemption"]


@dataclass(frozen=True, slots=True)
class Point:
    """One fact as a rule found it: whether it is established, in which sections, in which words, from which data."""

    fact: str
    held: bool
    sections: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    role: Role = "needed"
    # The data that its words print.
    quoted: tuple[str, ...] = ()
    # Whether the data that could say it is given: then it is the clauses that lack it.
    is_given: bool = False

    @property
    def data(self) -> tuple[str, ...]:
        """Return the data that the fact rests on, or that its words print."""
        return tuple(dict.fromkeys((*self.paths, *self.quoted)))

    def as_role(self, role: Role) -> Point:
        """Return the same fact with another weight."""
        return replace(self, role=role)

    def also(self, condition: bool) -> Point:  # noqa: FBT001  # reads as a sentence: case.prints(…).also(…)
        """Return the fact, established only if ``condition`` holds too."""
        return replace(self, held=self.held and condition)


# The statements of a document that state something as they stand, by fact, each with the innermost section that it is in.
Marked = Mapping[str, Sequence[tuple[Section, Statement]]]


def marked_in(document: Document) -> Marked:
    """Return the statements of a document by the facts that they are marked for, for the cases of all requirements."""
    found: dict[str, list[tuple[Section, Statement]]] = {}
    for section in document.sections:
        for owner, node in _owned(section):
            if isinstance(node, Statement) and _is_whole(node):
                for fact in dict.fromkeys(node.facts):
                    found.setdefault(fact, []).append((owner, node))
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """What rules ask about one requirement. Dates are judged on ``day``."""

    agreement: Agreement
    document: Document
    day: date
    requirement: str
    marked: Marked

    def clauses(self) -> Iterator[Section]:
        """Yield the clauses, and the parts of clauses, that declare to meet the requirement."""
        return (section for section in sections_of(self.document.sections) if self.requirement in section.covers)

    def says(self, fact: str) -> Point:
        """Return whether any clause states the fact, in words that are marked for it and can state it: the mark declares what they cover."""
        known, language = catalogue().facts[fact], self.document.language
        found = [(owner, node) for owner, node in self.marked.get(fact, ()) if known.is_in(plain_text(node.children), language)]
        printed = (each.path for _, node in found for each in walk(node) if isinstance(each, Value))
        return Point(
            fact,
            bool(found),
            _owners(found),
            tuple(plain_text(node.children) for _, node in found),
            quoted=tuple(dict.fromkeys(printed)),
            is_given=self._gives(known.data),
        )

    def says_or_prints(self, fact: str, *paths: str) -> Point:
        """Return whether words of any clause state the fact, or the clauses that declare the requirement print the data at every path."""
        said, printed = self.says(fact), self.prints(fact, *paths)
        if said.held and not printed.held:
            return said
        sections = (*said.sections, *(each for each in printed.sections if each not in said.sections))
        return replace(printed, sections=sections, words=said.words, quoted=said.quoted)

    def contradicts(self, fact: str) -> Point:
        """Return whether any clause states a fact that says the contrary."""
        return self.says(fact).as_role("conflict")

    def prints(self, fact: str, *paths: str) -> Point:
        """Return whether the clauses print the data at every path; ``[*]`` stands for any item of a list."""
        patterns = [re.compile(re.escape(path).replace(r"\[\*\]", r"\[.*?\]") + "$", re.DOTALL) for path in paths]
        found = [(owner, node) for owner, node in self._nodes() if isinstance(node, Value) and any(each.match(node.path) for each in patterns)]
        held = all(any(each.match(node.path) for _, node in found) for each in patterns)
        given = self._gives(catalogue().facts[fact].data)
        return Point(fact, held, _owners(found), paths=tuple(dict.fromkeys(node.path for _, node in found)), is_given=given)

    def _gives(self, path: str) -> bool:
        """Return whether the agreement's data has something at a path of fields."""
        value: object = self.agreement
        for name in path.split(".") if path else ():
            value = getattr(value, name, None)
        return bool(path) and value not in (None, (), False) and not (isinstance(value, Model) and value.is_blank())

    def holds(self, fact: str, test: Callable[[object], bool]) -> Point:
        """Return whether the clauses hold a block that passes a test."""
        found = [(owner, node) for owner, node in self._nodes() if type(node) in _BLOCKS and test(node)]
        return Point(fact, bool(found), _owners(found))

    def leaves_nothing_open(self, fact: str, path: str) -> Point:
        """Return whether no field at ``path`` or below it is left to fill in; the clauses must print some of it."""
        nodes = [(owner, node) for owner, node in self._nodes() if isinstance(node, (Value, FillIn)) and _is_below(node.path, path)]
        values = tuple(dict.fromkeys(node.path for _, node in nodes if isinstance(node, Value)))
        return Point(fact, bool(values) and len(values) == len({node.path for _, node in nodes}), _owners(nodes), paths=values)

    def _nodes(self) -> Iterator[tuple[Section, object]]:
        """Yield every node of the clauses with the innermost section that it is in."""
        for clause in self.clauses():
            yield from _owned(clause)


def _owned(section: Section) -> Iterator[tuple[Section, object]]:
    for part in (*section.title, *section.blocks):
        if isinstance(part, Section):
            yield from _owned(part)
        else:
            yield from ((section, node) for node in walk(part))


def _owners(found: Sequence[tuple[Section, object]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner.id for owner, _ in found))


def _is_whole(statement: Statement) -> bool:
    return bool(plain_text(statement.children).strip()) and not any(isinstance(node, FillIn) for node in walk(statement))


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith((f"{root}.", f"{root}["))
