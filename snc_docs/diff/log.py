"""What the merger writes down of each clause while it merges it, and the list of changes that this makes.

A clause that only has another number is told as renumbered, once; that references to it show another number isn't a change of
the clauses that refer to it. A part of a clause with an identifier of its own is told by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from snc_docs.diff.changes import ClauseChange, ClauseKind, WordChange, WordKind
from snc_docs.diff.lines import line_changes, text_of, whole_change
from snc_docs.document.nodes import Deletion, Inline, Insertion, Node, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import plain_text


@dataclass(slots=True)
class Log:
    """What changed in one clause: words in reading order, and its parts, those of both versions and those of one."""

    words: list[WordChange] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def line(self, merged: Sequence[Inline]) -> None:
        """Write down what changed in the words of a line."""
        self.words += line_changes(merged)

    def whole(self, revisions: Iterable[Insertion[Node] | Deletion[Node]]) -> None:
        """Write down what came or went whole at one place: what has a successor of its kind there changed into it."""
        gone: list[Node] = []
        for revision in revisions:
            (node,) = revision.children
            is_gone = isinstance(revision, Deletion)
            if isinstance(node, Section):
                self.parts.append(Part(node, None) if is_gone else Part(None, node))
            elif is_gone:
                gone += () if revision.move else (node,)
            elif revision.move:
                self.words.append(WordChange(WordKind.ROW_MOVED, text_of(node), text_of(node)))
            else:
                self.words.append(whole_change(gone.pop(0) if gone and type(gone[0]) is type(node) else None, node))
        self.words += (whole_change(node, None) for node in gone)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or a part of one, in its versions (None where one lacks it), and what changed in it where both have it."""

    old: Section | None
    new: Section | None
    title: tuple[WordChange, ...] = ()
    log: Log = field(default_factory=Log)


# Compares a section that is in both versions in different places.
Compare = Callable[[Section, Section], Part]


def clause_changes(log: Log, compare: Compare) -> tuple[ClauseChange, ...]:
    """Return what happened to each clause, in the order of the redline; what came and went both, wherever it went, has moved."""
    return tuple(_telling(log, compare).parts(log, ""))


def _telling(log: Log, compare: Compare) -> _Telling:
    parts = list(_all_parts(log))
    gone = {part.old.id: part.old for part in parts if part.old is not None and part.new is None}
    come = {part.new.id for part in parts if part.new is not None and part.old is None}
    return _Telling(gone, gone.keys() & come, compare)


def _all_parts(log: Log) -> Iterator[Part]:
    for part in log.parts:
        yield part
        yield from _all_parts(part.log)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells what happened to clauses; ``gone`` are those that the old version has, ``moved`` names those that came again elsewhere."""

    gone: dict[str, Section]
    moved: set[str]
    compare: Compare

    def parts(self, log: Log, within: str) -> Iterator[ClauseChange]:
        for part in log.parts:
            if part.old is not None and part.new is not None:
                yield from self.both(part, part.old, part.new, within)
            elif part.new is not None:
                yield from self._moved(part.new, within) if part.new.id in self.moved else (_whole(ClauseKind.ADDED, part.new, within),)
            elif part.old is not None and part.old.id not in self.moved:
                yield _whole(ClauseKind.REMOVED, part.old, within)

    def both(self, part: Part, old: Section, new: Section, within: str) -> Iterator[ClauseChange]:
        was, now, words = _heading(old), _heading(new), tuple(part.log.words)
        if part.title:
            yield ClauseChange(ClauseKind.RETITLED, new.id, was, now, part.title, within)
        if words:
            yield ClauseChange(ClauseKind.REWORDED, new.id, was, now, words, within)
        if old.number != new.number and not part.title and not words:
            yield ClauseChange(ClauseKind.RENUMBERED, new.id, was, now, within=within)
        yield from self.parts(part.log, within or new.id)

    def _moved(self, new: Section, within: str) -> Iterator[ClauseChange]:
        old = self.gone[new.id]
        yield ClauseChange(ClauseKind.MOVED, new.id, _heading(old), _heading(new), within=within)
        part = self.compare(old, new)
        inside = _telling(part.log, self.compare).both(part, old, new, within)
        yield from (change for change in inside if change.kind is not ClauseKind.RENUMBERED)


def _whole(kind: ClauseKind, section: Section, within: str) -> ClauseChange:
    heading, text = _heading(section), " ".join(text_of(block) for block in section.blocks)
    if kind is ClauseKind.ADDED:
        return ClauseChange(kind, section.id, "", heading, (WordChange(WordKind.BLOCK, "", text),), within)
    return ClauseChange(kind, section.id, heading, "", (WordChange(WordKind.BLOCK, text, ""),), within)


def _heading(section: Section) -> str:
    number = section.label if section.role != "subsection" and section.label else heading_number(section).rstrip(".")
    return " – ".join(part for part in (number, plain_text(section.title)) if part)
