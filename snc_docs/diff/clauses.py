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
from snc_docs.document.nodes import (
    Definition,
    Deletion,
    Document,
    Emphasis,
    FillIn,
    ForeignDocument,
    Inline,
    Insertion,
    Link,
    Picture,
    Reference,
    Row,
    Section,
    Statement,
    Strong,
    Text,
    Value,
)
from snc_docs.document.numbering import heading_number
from snc_docs.document.revisions import expanded
from snc_docs.document.walk import child_names, plain_text, walk, word_names

# How many characters around a change are kept with it.
CONTEXT: Final = 40


class ClauseKind(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RETITLED = "retitled"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"


class WordKind(StrEnum):
    """What a change of words is about: words in a line, a whole paragraph or item, a row, a picture; or the look or the marks alone."""

    WORDS = "words"
    BLOCK = "block"
    ROW = "row"
    ROW_MOVED = "row-moved"
    PICTURE = "picture"
    LOOK = "look"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of one version and of the other ("" for none), the words around them, and the data they came from ("" for none)."""

    kind: WordKind
    old: str
    new: str
    before: str = ""
    after: str = ""
    path: str = ""

    @property
    def is_from_data(self) -> bool:
        """Return whether the words came from the data alone, whose change is reported by itself."""
        return bool(self.path) or self.kind in (WordKind.ROW, WordKind.ROW_MOVED)


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
    return tuple(_sections(redline.sections, _places(redline)))


@dataclass(frozen=True, slots=True)
class _Places:
    """The sections that a redline takes out and puts in, by identifier: one that is in both moved, wherever it went."""

    gone: dict[str, Section]
    come: frozenset[str]


def _places(redline: Document | Section) -> _Places:
    revised = [
        (node, child) for node in walk(redline) if isinstance(node, (Insertion, Deletion)) for child in node.children if isinstance(child, Section)
    ]
    gone = {child.id: child for node, child in revised if isinstance(node, Deletion)}
    return _Places(gone, frozenset(child.id for node, child in revised if isinstance(node, Insertion)))


def _sections(nodes: Sequence[Any], places: _Places) -> Iterator[ClauseChange]:
    for node in nodes:
        match node:
            case Section():
                yield from _section(node, places)
            case Insertion((Section() as section,)):
                yield from _moved(places.gone[section.id], section) if section.id in places.gone else (_whole(ClauseKind.ADDED, section),)
            case Deletion((Section() as section,)) if section.id not in places.come:
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
        yield from (each for each in _section(both, _places(both)) if each.kind is not ClauseKind.RENUMBERED)


def _section(section: Section, places: _Places) -> Iterator[ClauseChange]:
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
    yield from _sections(section.blocks, places)


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
    kinds = {Row: WordKind.ROW, Picture: WordKind.PICTURE, ForeignDocument: WordKind.PICTURE}
    return WordChange(kinds.get(type(new if new is not None else old), WordKind.BLOCK), _text(old), _text(new))


def _inside(node: Any) -> Iterator[WordChange]:
    for name in child_names(type(node)):
        children = getattr(node, name)
        yield from _line(children) if name in word_names(type(node)) else _blocks(children)


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
    before, after = plain_text(flat[:start])[-CONTEXT:], plain_text(flat[end:])[:CONTEXT]
    if was != now:
        yield WordChange(WordKind.WORDS, was, now, before, after, _path([*old, *new]))
    elif _links(old) != _links(new):
        yield WordChange(WordKind.WORDS, " ".join(_links(old)), " ".join(_links(new)), before, after)
    elif _looks(old) != _looks(new):
        yield WordChange(WordKind.LOOK, was, now, before, after)
    elif _facts(old) != _facts(new):
        yield WordChange(WordKind.MARKS, ", ".join(_facts(old)), ", ".join(_facts(new)), before, after)


def _path(inlines: Sequence[Inline]) -> str:
    """Return the data path that all words of a change came from, "" where some are the template's."""
    leaves = [node for each in inlines for node in walk(each) if isinstance(node, (Text, Value, FillIn, Reference)) and node != Text("")]
    paths = {node.path if isinstance(node, (Value, FillIn)) else "" for node in leaves}
    return paths.pop() if len(paths) == 1 else ""


def _links(inlines: Sequence[Inline]) -> list[str]:
    return [node.href for each in inlines for node in walk(each) if isinstance(node, Link)]


def _looks(inlines: Sequence[Inline]) -> list[type]:
    return [type(node) for each in inlines for node in walk(each) if isinstance(node, (Strong, Emphasis))]


def _facts(inlines: Sequence[Inline]) -> list[str]:
    return [fact for each in inlines for node in walk(each) if isinstance(node, Statement) for fact in node.facts]


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
    elif isinstance(node, (Picture, ForeignDocument)):
        yield f"[{node.alt if isinstance(node, Picture) else node.title}]"
    elif not _is_inline(node):
        yield from (plain_text(getattr(node, name)) for name in child_names(type(node)) if name in word_names(type(node)))


def _is_inline(node: Any) -> bool:
    return isinstance(node, (Strong, Emphasis, Link)) or type(node).__name__ in ("Term", "Statement", "Insertion", "Deletion")
