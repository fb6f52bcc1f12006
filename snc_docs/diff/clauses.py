"""What changed in the clauses of two versions, read off their redline: which came, went, moved, and what was reworded in each.

A clause that only has another number is reported as renumbered, once; that references to it show another number isn't a
change of the clauses that refer to it. A part of a clause with an identifier of its own is reported by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from snc_docs.diff.blocks import BlockMerger
from snc_docs.document.nodes import Definition, Deletion, Document, Emphasis, Inline, Insertion, Link, Reference, Row, Section, Strong, Value
from snc_docs.document.numbering import heading_number
from snc_docs.document.revisions import expanded
from snc_docs.document.walk import child_names, plain_text, walk

# Fields of nodes that hold the words of one paragraph.
_LINES: Final = frozenset(("children", "title", "label", "heading"))
_CONTEXT: Final = 40


class ClauseKind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RETITLED = "retitled"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"


class WordKind(StrEnum):
    """What a change of words is about: words in a line, a whole paragraph or item, a row, or the look alone."""

    WORDS = "words"
    BLOCK = "block"
    ROW = "row"
    ROW_MOVED = "row-moved"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of one version and of the other ("" for none), the words around them, and the data they came from ("" for none)."""

    kind: WordKind
    old: str
    new: str
    before: str = ""
    after: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One thing that happened to a clause; ``was`` and ``now`` are its heading in either version, "" where it has none."""

    kind: ClauseKind
    id: str
    was: str
    now: str
    words: tuple[WordChange, ...] = ()


def clause_changes(redline: Document) -> tuple[ClauseChange, ...]:
    """Return what happened to each clause, in the order of the redline."""
    return tuple(_sections(redline.sections, _moves(redline)))


def _moves(redline: Document) -> dict[str, Section]:
    """Return the old version of each section that moved, by the name of its move."""
    deletions = (node for node in walk(redline) if isinstance(node, Deletion) and node.move)
    return {node.move: node.children[0] for node in deletions if isinstance(node.children[0], Section)}


def _sections(nodes: Sequence[Any], moves: dict[str, Section]) -> Iterator[ClauseChange]:
    for node in nodes:
        match node:
            case Section():
                yield from _section(node, moves)
            case Insertion((Section() as section,), move):
                yield from _moved(moves[move], section) if move else (_whole(ClauseKind.ADDED, section),)
            case Deletion((Section() as section,), ""):
                yield _whole(ClauseKind.REMOVED, section)
            case _:
                pass  # blocks are looked at with the section that they stand in


def _whole(kind: ClauseKind, section: Section) -> ClauseChange:
    heading = _heading(section)
    is_new = kind is ClauseKind.ADDED
    text = " ".join(_text(block) for block in section.blocks)
    words = WordChange(WordKind.BLOCK, "" if is_new else text, text if is_new else "")
    return ClauseChange(kind, section.id, "" if is_new else heading, heading if is_new else "", (words,))


def _moved(old: Section, new: Section) -> Iterator[ClauseChange]:
    yield ClauseChange(ClauseKind.MOVED, new.id, _heading(old), _heading(new))
    (both,) = BlockMerger().paired(old, new)
    if isinstance(both, Section):
        yield from (each for each in _section(both, {}) if each.kind is not ClauseKind.RENUMBERED)


def _section(section: Section, moves: dict[str, Section]) -> Iterator[ClauseChange]:
    old, new = (_version(section, kept) for kept in (Deletion, Insertion))
    was, now = _heading(old), _heading(new)
    title = tuple(_line(section.title))
    words = tuple(_blocks(section.blocks))
    if title:
        yield ClauseChange(ClauseKind.RETITLED, section.id, was, now, title)
    if words:
        yield ClauseChange(ClauseKind.REWORDED, section.id, was, now, words)
    if old.number != new.number and not title and not words:
        yield ClauseChange(ClauseKind.RENUMBERED, section.id, was, now)
    yield from _sections(section.blocks, moves)


def _version(section: Section, kept: type) -> Section:
    """Return the section of one version, without its blocks."""
    shell = section.was if section.was is not None and kept is Deletion else section
    return Section(section.id, shell.role, tuple(expanded(section.title, kept)), (), shell.number, shell.label)


def _heading(section: Section) -> str:
    number = section.label if section.role != "subsection" and section.label else heading_number(section).rstrip(".")
    return " – ".join(part for part in (number, plain_text(section.title)) if part)


def _blocks(nodes: Sequence[Any]) -> Iterator[WordChange]:
    """Yield the changes of words in blocks, items and rows; sections are reported by themselves."""
    deleted: list[Any] = []
    for node in nodes:
        match node:
            case Section() | Insertion((Section(),), _) | Deletion((Section(),), _):
                continue
            case Deletion((inner,), move):
                if not move:
                    deleted.append(inner)
            case Insertion((inner,), move):
                if move:
                    yield WordChange(WordKind.ROW_MOVED, _text(inner), _text(inner))
                else:
                    yield _replaced(deleted.pop(0) if deleted and type(deleted[0]) is type(inner) else None, inner)
            case _:
                yield from (_replaced(each, None) for each in deleted)
                deleted = []
                yield from _inside(node)
    yield from (_replaced(each, None) for each in deleted)


def _replaced(old: Any, new: Any) -> WordChange:
    kind = WordKind.ROW if isinstance(new if new is not None else old, Row) else WordKind.BLOCK
    return WordChange(kind, _text(old), _text(new))


def _inside(node: Any) -> Iterator[WordChange]:
    for name in child_names(type(node)):
        children = getattr(node, name)
        yield from _line(children) if name in _LINES else _blocks(children)


def _line(inlines: Sequence[Any]) -> Iterator[WordChange]:
    """Yield the changes of words in one line: what was taken out and put in at one place is one change."""
    flat = list(_flat(inlines))
    index = 0
    while index < len(flat):
        start = index
        while index < len(flat) and isinstance(flat[index], (Insertion, Deletion)):
            index += 1
        if index > start:
            yield from _change(flat, start, index)
        else:
            index += 1


def _flat(inlines: Sequence[Any]) -> Iterator[Any]:
    """Yield inlines with those that are compared inside opened up."""
    for inline in inlines:
        if not isinstance(inline, (Insertion, Deletion)) and "children" in child_names(type(inline)):
            yield from _flat(inline.children)
        else:
            yield inline


def _change(flat: Sequence[Any], start: int, end: int) -> Iterator[WordChange]:
    old = [inner for each in flat[start:end] if isinstance(each, Deletion) for inner in each.children]
    new = [inner for each in flat[start:end] if isinstance(each, Insertion) for inner in each.children]
    if [_meaning(each) for each in old] == [_meaning(each) for each in new]:
        return
    was, now = plain_text(old), plain_text(new)
    paths = {node.path for each in (*old, *new) for node in walk(each) if isinstance(node, Value)}
    kind = WordKind.WORDS
    if was == now:
        looks = [[type(node) for each in side for node in walk(each) if isinstance(node, (Strong, Emphasis))] for side in (old, new)]
        links = [[node.href for each in side for node in walk(each) if isinstance(node, Link)] for side in (old, new)]
        if links[0] != links[1]:
            was, now = " ".join(links[0]), " ".join(links[1])
        elif looks[0] != looks[1]:
            kind = WordKind.LOOK
        else:
            return
    before, after = plain_text(flat[:start])[-_CONTEXT:], plain_text(flat[end:])[:_CONTEXT]
    yield WordChange(kind, was, now, before, after, paths.pop() if len(paths) == 1 else "")


def _meaning(inline: Inline) -> Any:
    """Return what an inline says whatever the number of the clause it refers to."""
    return (inline.target, inline.form) if isinstance(inline, Reference) else inline


def _text(node: Any) -> str:
    """Return the words of a block, row or section, lines joined by spaces."""
    if node is None:
        return ""
    return " ".join(line for each in walk(node) for line in _lines(each) if line)


def _lines(node: Any) -> Iterator[str]:
    if isinstance(node, Definition):
        yield node.forms[0]
    elif not _is_inline(node):
        yield from (plain_text(getattr(node, name)) for name in child_names(type(node)) if name in _LINES)


def _is_inline(node: Any) -> bool:
    return isinstance(node, (Strong, Emphasis, Link)) or type(node).__name__ in ("Term", "Statement", "Insertion", "Deletion")
