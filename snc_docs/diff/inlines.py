"""Two versions of the words of one paragraph, as one sequence of inlines with insertions and deletions.

Text and values are compared token by token; an element with the same address, term or fact in both versions is compared
inside; anything else is replaced as a whole. The least number of characters is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from snc_docs.document.nodes import Deletion, Emphasis, Inline, Insertion, Link, Statement, Strong, Term, Text, Value
from snc_docs.document.revisions import APART, joined_texts, words_in
from snc_docs.document.sequences import common, regions, without_lone
from snc_docs.document.walk import plain_text
from snc_docs.language.tokens import is_space, tokens, weight

WRAPPERS: Final = (Strong, Emphasis, Link, Term, Statement)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token of text or value, or an element; ``opens`` is whether it begins a node of its own."""

    node: Inline
    opens: bool

    @property
    def key(self) -> object:
        """Return what must be equal for two pieces to be one: an element that is compared inside goes by what it is for."""
        match self.node:
            case Link(href):
                return Link, href
            case Term(identifier, forms):
                return Term, identifier, forms
            case Statement(facts):
                return Statement, facts
            case Strong() | Emphasis():
                return type(self.node), plain_text(self.node.children)
            case _:
                return self.node

    @property
    def weight(self) -> float:
        """Return how much is gained by keeping the piece: its characters, and a little less for what stands apart."""
        return weight(plain_text((self.node,)))


def merged_inlines(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inlines that hold both versions: rejected they are ``old``, accepted ``new``."""
    if old == new:
        return new
    merged = tuple(_merged(_pieces(old), _pieces(new)))
    if words_in(merged, Insertion) != new or words_in(merged, Deletion) != old:
        return tuple(_whole(old, new))
    return merged


def _whole(old: Sequence[Inline], new: Sequence[Inline]) -> Iterator[Inline]:
    if old:
        yield Deletion(tuple(old))
    if new:
        yield Insertion(tuple(new))


def _pieces(inlines: Sequence[Inline]) -> list[_Piece]:
    pieces = []
    for inline in inlines:
        if isinstance(inline, (Text, Value)):
            words = tokens(inline.text) or [""]
            pieces += [_Piece(replace(inline, text=word), index == 0) for index, word in enumerate(words)]
        else:
            pieces.append(_Piece(inline, opens=True))
    return pieces


def _merged(old: list[_Piece], new: list[_Piece]) -> Iterator[Inline]:
    kept = common([piece.key for piece in old], [piece.key for piece in new], lambda index: old[index].weight)
    pairs = without_lone(kept, len(old), len(new), lambda index: _is_space(old[index]))
    yield from _joined(_steps(old, new, pairs))


def _is_space(piece: _Piece) -> bool:
    return isinstance(piece.node, (Text, Value)) and is_space(piece.node.text)


Step = tuple[str, Inline, bool, bool]


def _steps(old: list[_Piece], new: list[_Piece], pairs: list[tuple[int, int]]) -> Iterator[Step]:
    """Yield what is deleted (-), inserted (+) and kept (=), in reading order, with whether it begins a node in the old and new version."""
    for gone, come, both in regions(old, new, pairs):
        yield from (("-", piece.node, piece.opens, False) for piece in gone)
        yield from (("+", piece.node, False, piece.opens) for piece in come)
        if both:
            was, now = both
            yield "=", _kept(was.node, now.node), was.opens, now.opens


def _kept(old: Inline, new: Inline) -> Inline:
    """Return a node of both versions, compared inside where it is an element with words."""
    if isinstance(old, WRAPPERS) and isinstance(new, WRAPPERS) and old != new:
        return replace(new, children=merged_inlines(old.children, new.children))
    return new


@dataclass(slots=True)
class _Joining:
    """Joins the tokens of one node again, and puts revisions around what changed."""

    done: list[Inline]
    run: list[Inline]
    state: str = "="
    # The last node of each version.
    old: Inline | None = None
    new: Inline | None = None

    def add(self, state: str, node: Inline, *, opens_old: bool, opens_new: bool) -> None:
        apart_old = state != "+" and opens_old and _may_join(self.old, node)
        apart_new = state != "-" and opens_new and _may_join(self.new, node)
        if state == "=" and apart_old != apart_new:
            self.flush()
            self.done.append(Insertion((APART,)) if apart_new else Deletion((APART,)))
        elif state != self.state or (state == "=" and not self.run):
            self.flush()
            if apart_old or apart_new:
                self.run.append(APART)
        self.state = state
        self._append(node, opens=opens_old or opens_new)
        self.old = node if state != "+" else self.old
        self.new = node if state != "-" else self.new

    def _append(self, node: Inline, *, opens: bool) -> None:
        last = self.run[-1] if self.run else None
        joined = joined_texts(last, node) if not opens and last is not None else None
        if joined is None:
            self.run.append(node)
        else:
            self.run[-1] = joined

    def flush(self) -> None:
        if self.run:
            match self.state:
                case "-":
                    self.done.append(Deletion(tuple(self.run)))
                case "+":
                    self.done.append(Insertion(tuple(self.run)))
                case _:
                    self.done += self.run
        self.run = []


def _joined(steps: Iterator[Step]) -> list[Inline]:
    joining = _Joining([], [])
    for state, node, opens_old, opens_new in steps:
        joining.add(state, node, opens_old=opens_old, opens_new=opens_new)
    joining.flush()
    return joining.done


def _may_join(last: Inline | None, node: Inline) -> bool:
    """Return whether two nodes in a row would be joined where a revision was cut between them."""
    return (isinstance(last, Text) and isinstance(node, Text)) or (isinstance(last, Value) and isinstance(node, Value) and last.path == node.path)
