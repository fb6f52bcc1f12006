"""Marks in Markdown on its way from a template to the tree: where a value goes, and which template line a line is from.

They are private-use characters that no template may hold. Templating writes them, the reader takes them off again; since
neither knows the other, what they agree on is here.
"""

from __future__ import annotations

from snc_docs.patterns import regex

PRIVATE = frozenset("\ue010\ue011\ue012\ue013")
HOLE = regex("\ue010(\\d+)\ue011")
LINE_MARK = regex("\ue012(\\d+)\ue013")
LEADING_LINE_MARKS = regex("(?:\ue012(\\d+)\ue013)+")


def hole(number: int | str) -> str:
    """Return what stands for the value ``number``, counted from 0."""
    return f"\ue010{number}\ue011"


def line_mark(line: int) -> str:
    """Return what marks the template line ``line``, from 1."""
    return f"\ue012{line}\ue013"
