"""Revisions: what one version of a redline has alone, among the nodes of its kind; and how a field says that it holds nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

# What the tuple of a field holds, said in its metadata: the words of one line, or nodes that stand on their own. Others hold no nodes.
HOLDS: Final = "holds"
WORDS: Final = {HOLDS: "words"}
NODES: Final = {HOLDS: "nodes"}

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Insertion(Generic[T_co]):
    """What only the new version has, in a redline, in the place of its kind; ``move`` is "" or names the Deletion it was moved from."""

    children: tuple[T_co, ...] = field(metadata=NODES)
    move: str = ""


@dataclass(frozen=True, slots=True)
class Deletion(Generic[T_co]):
    """What only the old version has, in a redline; ``move`` is "" or names the Insertion that it was moved to."""

    children: tuple[T_co, ...] = field(metadata=NODES)
    move: str = ""
