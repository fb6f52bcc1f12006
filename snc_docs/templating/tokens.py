"""Tokens: what a printed value becomes in the Markdown, and what it stands for.

A value is never pasted into text. It is kept here and the text gets ``U+E010 number U+E011``, private-use characters
that no template may hold; the reader puts the value back as plain words of the tree. Tokens are numbered in the order
of printing, so two clients give the same Markdown wherever the same conditions hold.
"""

from __future__ import annotations

from snc_docs.document.nodes import Inline

OPEN, CLOSE = "\ue010", "\ue011"
LINE_OPEN, LINE_CLOSE = "\ue012", "\ue013"
PRIVATE = frozenset((OPEN, CLOSE, LINE_OPEN, LINE_CLOSE))


class Tokens:
    """The values printed by one rendering, in order."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        """Start with none."""
        self.values: list[tuple[Inline, ...]] = []

    def add(self, value: tuple[Inline, ...]) -> str:
        """Keep the inlines of a value and return their token."""
        self.values.append(value)
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"
