"""Tokens: what a printed value becomes in the Markdown, and what it stands for.

A value is never pasted into text. It is kept here and the text gets a hole, which the reader fills with plain words of
the tree. Holes are numbered in the order of printing, so two clients give the same Markdown wherever the same conditions
hold.
"""

from __future__ import annotations

from snc_docs.document.marks import hole
from snc_docs.document.nodes import Inline


class Tokens:
    """The values printed by one rendering, in order."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        """Start with none."""
        self.values: list[tuple[Inline, ...]] = []

    def add(self, value: tuple[Inline, ...]) -> str:
        """Keep the inlines of a value and return their token."""
        self.values.append(value)
        return hole(len(self.values) - 1)
