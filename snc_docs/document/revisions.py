"""The two versions that a redline holds: ``accept`` gives the new one, ``reject`` the old one, ``view_of`` one that knows its places.

Words that belong together were cut where a revision begins or ends; they are joined again there, and there alone. Where
two pieces of text stood side by side already, the redline keeps an empty text between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import is_
from typing import Final, TypeVar, cast

from snc_docs.document.lines import nested
from snc_docs.document.nodes import (
    Column,
    Deletion,
    Document,
    Frame,
    Inline,
    Insertion,
    Line,
    LineBlock,
    OrderedList,
    Paragraph,
    Redline,
    Section,
    Text,
    Value,
)
from snc_docs.document.walk import child_names, with_fields, word_names
from snc_docs.errors import SncDocsError, Wording
from snc_docs.kept import Kept as Memory

# The version that is asked for, by the revisions that it keeps: Insertion for the new one, Deletion for the old one.
Kept = type[Insertion[object]] | type[Deletion[object]]
N = TypeVar("N")
# What keeps two texts apart that a revision stands between.
APART: Final = Text("")


class UnfaithfulRedlineError(SncDocsError):
    """A redline that would not give back both versions; ``where`` names the section or the words, "" for the document itself."""

    def __init__(self, where: str) -> None:
        """Say where the versions would be lost."""
        self.where = where
        super().__init__(
            Wording(
                f"le document de révision ne rendrait pas les deux versions ({where or 'document'}) ; le signaler avec les deux fichiers.",
                f"the redline would not give back both versions ({where or 'document'}); report it with both files.",
            )
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block, item or row stands in a redline: the same path in both versions, and the move it is part of ("" for none)."""

    path: str
    move: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One version whose nodes know where they stand in the redline; their words keep their revisions, for a writer to write.

    ``spots`` are those of its nodes, by ``id``: no node is there twice, and the document keeps them all.
    """

    document: Document
    spots: dict[int, Spot] = field(default_factory=dict)


def accept(redline: Redline) -> Document:
    """Return the new version, the same document each time."""
    return _versions.get(redline, Insertion, partial(_Version(Insertion).document, redline))


def reject(redline: Redline) -> Document:
    """Return the old version, the same document each time."""
    return _versions.get(redline, Deletion, partial(_Version(Deletion).document, redline))


# The versions of the redlines that were made last: what proves one asks for them, and what writes it.
_versions: Final[Memory[Document]] = Memory(4)


def view_of(redline: Redline, kept: Kept) -> View:
    """Return one version, laid out beside the other one."""
    spots: dict[int, Spot] = {}
    return View(_Version(kept, spots).document(redline), spots)


def is_empty(redline: Redline) -> bool:
    """Return whether both versions are the same."""
    return accept(redline) == reject(redline)


def turned(redline: Redline) -> Redline:
    """Return the redline that leads back: what it inserts is deleted, and the other way round."""
    return replace(redline, old=redline.new, new=redline.old, lines=tuple(map(_turned_line, redline.lines)))


def _turned_line(line: Line) -> Line:
    """Return a line that leads back; a block that was another one is that one now, with the words of both."""
    content, was = tuple(map(_turned, line.content)), line.was
    if was is not None:
        (block,) = content
        content, was = (dressed(was, line_words(block)),), dressed(block, ())
    return Line(content, line.new, line.old, was, line.move)


def _turned(node: N) -> N:
    if isinstance(node, (Insertion, Deletion)):
        return cast("N", (Deletion if isinstance(node, Insertion) else Insertion)(node.children, node.move))
    changed: dict[str, object] = {name: tuple(map(_turned, getattr(node, name))) for name in child_names(type(node))}
    if isinstance(node, Column) and node.was is not None:
        changed |= {"width": node.was, "was": node.width}
    return with_fields(node, changed) if changed else node


def line_words(block: LineBlock) -> tuple[Inline, ...]:
    """Return the words of a paragraph or heading: what is one in one version may be the other in the other."""
    return block.title if isinstance(block, Section) else cast("Paragraph", block).children


def dressed(shell: LineBlock, words: tuple[Inline, ...]) -> LineBlock:
    """Return a paragraph or heading with other words."""
    return with_fields(shell, {"title" if isinstance(shell, Section) else "children": words})


@dataclass(frozen=True, slots=True)
class _Version:
    """Reads one version off a redline; with ``spots``, nodes are copied, so that each has a spot of its own, and words keep their revisions."""

    kept: Kept
    spots: dict[int, Spot] | None = None

    def document(self, redline: Redline) -> Document:
        """Return the document of the version."""
        shell = redline.new if self.kept is Insertion else redline.old
        return replace(shell, sections=self._sections(redline.lines))

    def _sections(self, lines: Sequence[Line]) -> tuple[Section, ...]:
        mine = [(index, line, frame) for index, line in enumerate(lines) if (frame := self._frame(line)) is not None]
        if self.spots is None:
            return nested((self._block(line, Spot("")), frame) for _, line, frame in mine)
        spots, lists = self.spots, _lists(lines)
        spot_of: dict[int, Spot] = {}
        framed = []
        for index, line, frame in mine:
            spot = Spot(f".{index}", line.move)
            block, shells = self._block(line, spot), tuple(replace(each) for each in frame.opens)
            spot_of |= {id(block): spot, **{id(each): Spot(lists[self.kept, index, depth]) for depth, each in enumerate(shells)}}
            framed.append((block, replace(frame, opens=shells)))
        return nested(framed, lambda shell, node: spots.__setitem__(id(node), spot_of[id(shell)]))

    def _frame(self, line: Line) -> Frame | None:
        return line.new if self.kept is Insertion else line.old

    def _block(self, line: Line, at: Spot) -> LineBlock | None:
        """Return the block of a line in this version."""
        block = line.block
        if block is None or (self.spots is None and (line.old is None or line.new is None)):
            return block  # what one version alone has holds no revisions
        node = self._node(block, at)
        if line.was is None or self.kept is Insertion:
            return node
        former = dressed(line.was, line_words(node))
        if self.spots is not None:
            self.spots[id(former)] = at
        return former

    def _nodes(self, children: Sequence[N], at: Spot) -> tuple[N, ...]:
        result: list[N] = []
        for index, child in enumerate(children):
            if type(child) not in (Insertion, Deletion):
                result.append(self._node(child, self._down(at, index)))
            elif type(child) is self.kept:
                revision = cast("Insertion[N]", child)
                result += (
                    self._node(inner, self._down(at, f"{index}:{position}", revision.move)) for position, inner in enumerate(revision.children)
                )
        return tuple(result)

    def _down(self, at: Spot, step: object, move: str = "") -> Spot:
        """Return the spot one step further; of a version without spots there is one."""
        return at if self.spots is None else Spot(f"{at.path}.{step}", move or at.move)

    def _node(self, node: N, at: Spot) -> N:
        """Return a node in this version: itself where nothing in it changed, unless each is to have its own spot."""
        kind = type(node)
        changed: dict[str, object] = {}
        for name in child_names(kind):
            old = getattr(node, name)
            if name not in word_names(kind):
                new = self._nodes(old, self._down(at, name))
            else:
                new = old if self.spots is not None else words_in(old, self.kept)
            if not _are_same(old, new):
                changed[name] = new
        if isinstance(node, Column) and node.was is not None:
            changed |= {"width": node.was if self.kept is Deletion else node.width, "was": None}
        if self.spots is None:
            return with_fields(node, changed) if changed else node
        copy = with_fields(node, changed)
        self.spots[id(copy)] = at
        return copy


# A list or item in its place: the version, the line that opens it, and its depth in what that opens.
_Place = tuple[Kept, int, int]


def _lists(lines: Sequence[Line]) -> dict[_Place, str]:
    """Return what names each list and item that a line opens: a numbered list in which a line of both versions stands has one name in both."""
    names: dict[_Place, str] = {}
    paired: set[_Place] = set()
    standing: dict[Kept, list[_Place | None]] = {Insertion: [], Deletion: []}
    for index, line in enumerate(lines):
        for kept, frame, block in ((Insertion, line.new, line.block), (Deletion, line.old, line.was or line.block)):
            if frame is not None:
                mine = standing[kept]
                del mine[frame.kept :]
                for depth, shell in enumerate(frame.opens):
                    names[kept, index, depth] = f".{index}.{depth}{'' if kept is Insertion else '-'}"
                    mine.append((kept, index, depth) if isinstance(shell, OrderedList) else None)
                mine += [None] * isinstance(block, Section)
        if line.new is not None and line.old is not None:
            for new, old in zip(*([place for place in standing[kept] if place] for kept in (Insertion, Deletion)), strict=False):
                if new not in paired and old not in paired:
                    names[old] = names[new]
                    paired |= {new, old}
    return names


def _are_same(old: Sequence[object], new: Sequence[object]) -> bool:
    return len(old) == len(new) and all(map(is_, old, new))


def words_in(inlines: Sequence[Inline], kept: Kept) -> tuple[Inline, ...]:
    """Return the words of one version."""
    result: list[Inline] = []
    is_cut = False
    for inline, at_cut in _pieces(inlines, kept):
        is_cut = is_cut or at_cut
        if inline is None:
            continue
        joined = joined_texts(result[-1], inline) if is_cut and result else None
        if joined is None:
            result.append(inline)
        else:
            result[-1] = joined
        is_cut = False
    return tuple(inline for inline in result if inline != APART) if APART in result else tuple(result)


def _pieces(inlines: Sequence[Inline], kept: Kept) -> Iterator[tuple[Inline | None, bool]]:
    """Yield the inlines of one version, each with whether a revision was cut before it; None for a cut at the end."""
    for inline in inlines:
        if isinstance(inline, (Insertion, Deletion)):
            yield None, True
            if type(inline) is kept:
                yield from ((_inline(inner, kept), False) for inner in inline.children)
            yield None, True
        else:
            yield _inline(inline, kept), False


def _inline(inline: Inline, kept: Kept) -> Inline:
    """Return an inline in one version, itself where nothing in it changed."""
    changed = {name: new for name in word_names(type(inline)) if not _are_same(old := getattr(inline, name), new := words_in(old, kept))}
    return with_fields(inline, changed) if changed else inline


def joined_texts(last: Inline, inline: Inline) -> Inline | None:
    """Return a text joined to the one before it, None where they aren't words of the same origin."""
    if APART in (last, inline):
        return None
    match last, inline:
        case Text(before), Text(after):
            return Text(before + after)
        case Value(path, before), Value(other, after) if path == other:
            return Value(path, before + after)
        case _:
            return None
