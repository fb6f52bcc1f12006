"""Rendered Markdown as lines that know which template line they came from, and findings on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from snc_docs.diagnostics import Diagnostic
from snc_docs.document.marks import LEADING_LINE_MARKS, LINE_MARK
from snc_docs.document.origins import Origin
from snc_docs.errors import Wording


@dataclass(frozen=True, slots=True)
class Line:
    """One line of Markdown and its template line, from 1."""

    text: str
    number: int


def split_lines(markdown: str) -> list[Line]:
    """Return the lines without their marks.

    What a condition or loop left at a line's end marks the same rendered line too, so the last mark before the first
    word counts; a line without any takes the number of the line before.
    """
    lines = []
    number = 1
    for text in markdown.split("\n"):
        leading = LEADING_LINE_MARKS.match(text)
        number = int(leading.group(1)) if leading else number
        lines.append(Line(LINE_MARK.sub("", text), number))
    return lines


@dataclass(slots=True)
class Findings:
    """Where the reader of one file notes what is wrong."""

    file: str
    clause: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, rule: str, line: int, message: Wording, hint: Wording) -> None:
        """Note an error at a template line."""
        self.found.append(Diagnostic.error(rule, message, hint, file=self.file, line=line, clause=self.clause))

    def origin(self, line: int) -> Origin:
        """Return the origin of a node written at a template line."""
        return Origin(self.file, line)
