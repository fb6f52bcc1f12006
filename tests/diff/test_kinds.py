"""Every kind of node is one that two versions can be merged of, part by part."""

from __future__ import annotations

from typing import get_args

from snc_docs.diff.blocks import KINDS
from snc_docs.diff.inlines import WRAPPERS
from snc_docs.document import nodes
from snc_docs.document.walk import child_names, word_names

_REVISIONS = {nodes.Insertion, nodes.Deletion}


def _kinds(union: object) -> set[type]:
    return set(nodes.kinds_of(union)) - _REVISIONS


def _and_below(kinds: set[type]) -> set[type]:
    """Return kinds of nodes with those that they may hold, and so on down, words aside."""
    found, waiting = set(kinds), list(kinds)
    while waiting:
        kind = waiting.pop()
        for name in set(child_names(kind)) - set(word_names(kind)):
            of = kind.__dataclass_fields__[name].type  # type: ignore[attr-defined]  # a dataclass
            inner = getattr(nodes, of.removeprefix("tuple[").removesuffix(", ...]"))
            new = (_kinds(inner) if get_args(inner) else {inner}) - found
            found |= new
            waiting += new
    return found


def test_every_block_and_what_it_holds_has_a_kind() -> None:
    assert set(KINDS) == _and_below(_kinds(nodes.Block))


def test_every_part_of_a_kind_is_merged() -> None:
    """What isn't merged is the same in both versions by its frame, or the node is replaced as a whole."""
    for kind, how in KINDS.items():
        # A section stands for its heading: its blocks are lines of their own, and its translation is in what it was.
        assert set(how.parts) == set(child_names(kind)) - ({"translation", "blocks"} if kind is nodes.Section else set()), kind


def test_every_inline_that_holds_words_is_compared_inside() -> None:
    assert {kind for kind in _kinds(nodes.Inline) if word_names(kind)} == set(WRAPPERS)
