"""What the merger writes down of each clause while it merges it, and the list of changes that this makes.

A clause that only has another number is told as renumbered, once; that references to it show another number isn't a change of
the clauses that refer to it. A part of a clause with an identifier of its own is told by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from snc_docs.diff.changes import ClauseChange, ClauseKind, WordChange, WordKind
from snc_docs.diff.lines import line_changes, text_of, whole_change
from snc_docs.document.nodes import Deletion, Inline, Insertion, Node, Section
from snc_docs.document.numbering import heading_number
from snc_docs.document.walk import plain_text

# What is about a line as a whole, not about words in it.
_WHOLE: Final = (WordKind.BLOCK, WordKind.ROW, WordKind.PICTURE)


@dataclass(slots=True)
class Log:
    """What changed in one line or clause: words in reading order."""

    words: list[WordChange] = field(default_factory=list)

    def line(self, merged: Sequence[Inline]) -> None:
        """Write down what changed in the words of a line."""
        self.words += line_changes(merged)

    def whole(self, revisions: Iterable[Insertion[Node] | Deletion[Node]]) -> None:
        """Write down what came or went whole at one place: what has a successor of its kind there changed into it."""
        gone: list[Node] = []
        for revision in revisions:
            (node,) = revision.children
            if isinstance(revision, Deletion):
                gone += () if revision.move else (node,)
            elif revision.move:
                self.words.append(WordChange(WordKind.ROW_MOVED, text_of(node), text_of(node)))
            else:
                self.words.append(whole_change(gone.pop(0) if gone and type(gone[0]) is type(node) else None, node))
        self.words += (whole_change(node, None) for node in gone)


@dataclass(slots=True, eq=False)
class Part:
    """A clause, or a part of one, in its versions (None where one lacks it), what changed in it, and the part that it is in."""

    old: Section | None
    new: Section | None
    above: Part | None = None
    title: Log = field(default_factory=Log)
    log: Log = field(default_factory=Log)

    @property
    def within(self) -> str:
        """Return the identifier of the clause that it is a part of, "" of a clause."""
        return "" if self.above is None else self.above.within or self.above.section.id

    @property
    def section(self) -> Section:
        """Return the part as it is now, or was."""
        section = self.new or self.old
        assert section is not None  # noqa: S101  # a part has one version at least
        return section

    @property
    def is_alone(self) -> bool:
        """Return whether one version alone has it here."""
        return self.old is None or self.new is None


# Compares a section that is in both versions in different places; the part that it is in comes last.
Compare = Callable[[Section, Section, Part | None], Sequence[Part]]


def clause_changes(parts: Sequence[Part], compare: Compare) -> tuple[ClauseChange, ...]:
    """Return what happened to each clause, in the order of the redline; what came and went both, wherever it went, has moved."""
    gone = {part.old.id: part.old for part in parts if part.old is not None and part.new is None}
    moved = gone.keys() & {part.new.id for part in parts if part.new is not None and part.old is None}
    # What came or went with what it is in, by the outermost that did.
    inside: dict[Part, list[Part]] = {}
    whole: dict[Part, Part] = {}
    for part in parts:
        above = part.above
        if part.is_alone and above is not None and above.is_alone and _how(above, moved) == _how(part, moved):
            whole[part] = whole.get(above, above)
            inside.setdefault(whole[part], []).append(part)
    told = [part for part in parts if part not in whole]
    return tuple(change for part in told for change in _told(part, inside.get(part, ()), gone, moved, compare))


def _how(part: Part, moved: set[str]) -> tuple[bool, bool]:
    """Return whether a part came, not went, and whether it moved."""
    return part.old is None, part.section.id in moved


def _told(part: Part, inside: Sequence[Part], gone: dict[str, Section], moved: set[str], compare: Compare) -> Iterator[ClauseChange]:
    if part.old is not None and part.new is not None:
        yield from _both(part, part.old, part.new)
    elif part.section.id not in moved:
        yield _alone(part, inside)
    elif part.new is not None:
        old = gone[part.new.id]
        yield ClauseChange(ClauseKind.MOVED, part.new.id, _heading(old), _heading(part.new), within=part.within)
        changes = clause_changes(compare(old, part.new, part.above), compare)
        yield from (change for change in changes if change.kind is not ClauseKind.RENUMBERED)


def _alone(part: Part, inside: Sequence[Part]) -> ClauseChange:
    """Return the change of a part that came or went, with the words that did; what changed in words that stayed comes behind."""
    came = part.old is None
    whole: list[str] = []
    other: list[WordChange] = []
    for each in (part, *inside):
        whole += [] if each is part else [plain_text(each.section.title)]
        for change in each.log.words:
            if (change.old if came else change.new) or change.kind not in _WHOLE:
                other.append(change)
            else:
                whole.append(change.new if came else change.old)
    text = " ".join(words for words in whole if words)
    words = (WordChange(WordKind.BLOCK, "" if came else text, text if came else ""), *other) if text else tuple(other)
    heading = _heading(part.section)
    kind, was, now = (ClauseKind.ADDED, "", heading) if came else (ClauseKind.REMOVED, heading, "")
    return ClauseChange(kind, part.section.id, was, now, words, part.within)


def _both(part: Part, old: Section, new: Section) -> Iterator[ClauseChange]:
    was, now, title, words, within = _heading(old), _heading(new), tuple(part.title.words), tuple(part.log.words), part.within
    if title:
        yield ClauseChange(ClauseKind.RETITLED, new.id, was, now, title, within)
    if words:
        yield ClauseChange(ClauseKind.REWORDED, new.id, was, now, words, within)
    if old.number != new.number and not title and not words:
        yield ClauseChange(ClauseKind.RENUMBERED, new.id, was, now, within=within)


def _heading(section: Section) -> str:
    number = section.label if section.role != "subsection" and section.label else heading_number(section).rstrip(".")
    return " – ".join(part for part in (number, plain_text(section.title)) if part)
