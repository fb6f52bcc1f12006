"""The words of merged lines and blocks: what changed in a line, and what a block says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from snc_docs.diff.changes import CONTEXT, WordChange, WordKind
from snc_docs.document.nodes import (
    Definition,
    Deletion,
    Emphasis,
    FillIn,
    ForeignDocument,
    Inline,
    Insertion,
    Link,
    Node,
    PageBreak,
    Picture,
    Reference,
    Row,
    Statement,
    Strong,
    Text,
    Value,
    kinds_of,
)
from snc_docs.document.walk import plain_text, walk, word_names

_INLINES: Final = kinds_of(Inline)
# How a page that begins is told, in any language: it has no words.
_BREAK: Final = "— — —"
_WHOLE: Final = {Row: WordKind.ROW, Picture: WordKind.PICTURE, ForeignDocument: WordKind.PICTURE}


def line_changes(merged: Sequence[Inline]) -> Iterator[WordChange]:
    """Yield what changed in the words of a line: what was taken out and put in at one place is one change."""
    flat = list(_flat(merged))
    start = 0
    for is_revision, run in groupby(flat, lambda inline: isinstance(inline, (Insertion, Deletion))):
        end = start + len(list(run))
        if is_revision:
            yield from _change(flat, start, end)
        start = end


def _flat(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield inlines with those that are compared inside opened up."""
    for inline in inlines:
        inside = word_names(type(inline))
        if inside:
            yield from (inner for name in inside for inner in _flat(getattr(inline, name)))
        else:
            yield inline


def _change(flat: Sequence[Inline], start: int, end: int) -> Iterator[WordChange]:
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


def _path(inlines: Iterable[Inline]) -> str:
    """Return the data path that all words of a change came from, "" where some are the template's."""
    leaves = [node for each in inlines for node in walk(each) if isinstance(node, (Text, Value, FillIn, Reference)) and node != Text("")]
    paths = {node.path if isinstance(node, (Value, FillIn)) else "" for node in leaves}
    return paths.pop() if len(paths) == 1 else ""


def _links(inlines: Iterable[Inline]) -> list[str]:
    return [node.href for each in inlines for node in walk(each) if isinstance(node, Link)]


def _looks(inlines: Iterable[Inline]) -> list[type]:
    return [type(node) for each in inlines for node in walk(each) if isinstance(node, (Strong, Emphasis))]


def _facts(inlines: Iterable[Inline]) -> list[str]:
    return [fact for each in inlines for node in walk(each) if isinstance(node, Statement) for fact in node.facts]


def _meaning(inline: Inline) -> object:
    """Return what an inline says whatever the number of the clause it refers to."""
    return (inline.target, inline.form) if isinstance(inline, Reference) else inline


def whole_change(old: Node | None, new: Node | None) -> WordChange:
    """Return the change of a block, item or row that came, went, or took another's place."""
    kind = type(new if new is not None else old)
    return WordChange(_WHOLE.get(kind, WordKind.BLOCK), text_of(old), text_of(new))


def text_of(node: Node | None) -> str:
    """Return the words of a block, row or section, lines joined by spaces; "" of none."""
    return " ".join(line for each in walk(node) for line in _lines(each) if line) if node is not None else ""


def _lines(node: object) -> Iterator[str]:
    match node:
        case Definition():
            yield node.forms[0]
        case Picture(alt=name) | ForeignDocument(title=name):
            yield f"[{name}]"
        case PageBreak():
            yield _BREAK
        case _:
            names = () if type(node) in _INLINES else word_names(type(node))
            yield from (plain_text(getattr(node, name)) for name in names)
