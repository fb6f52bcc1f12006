"""Who revised, and when, on every revision.

``w:id`` is unique over all revisions of a document; a range's end has its start's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from snc_docs.writers.docx.markup import quoted
from snc_docs.writers.docx.written import OLD

# What the schema asks of a range of moved text where no date is known (17.13.5.24).
_NO_DATE: Final = "1970-01-01T00:00:00Z"
# ST_String of w:author, for Word (17.13.5.18): longer names make a file that it refuses.
_MOST_AUTHOR: Final = 255


@dataclass(slots=True)
class Stamp:
    """Makes the revisions of one document; ``date`` is ISO 8601 in UTC, "" where unknown."""

    author: str = ""
    date: str = ""
    # What follows the author's name on text that stands elsewhere now.
    moved: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Cut the author's name to what the schema allows."""
        self.author = self.author[:_MOST_AUTHOR]

    def start(self, name: str) -> str:
        """Return the start tag of a revision (``w:ins``, ``w:pPrChange`` …) with its id, author and date."""
        return f"<{name}{self._facts(next(self._ids))}>"

    def mark(self, name: str, inner: str = "") -> str:
        """Return a whole element of a revision."""
        start = self.start(name)
        return f"{start}{inner}</{name}>" if inner else f"{start.removesuffix('>')}/>"

    def numbered(self, name: str, inner: str) -> str:
        """Return an element that has an id alone (``w:tblGridChange``)."""
        return f'<{name} w:id="{next(self._ids)}">{inner}</{name}>'

    def of_copies(self) -> Stamp:
        """Return the stamp of text that stands elsewhere now; its revisions are counted with the others."""
        return replace(self, author=f"{self.author[: _MOST_AUTHOR - len(self.moved)]}{self.moved}")

    def around(self, name: str) -> tuple[str, str]:
        """Return the start and the end of a range."""
        identifier = next(self._ids)
        return f"<{name}Start{self._facts(identifier)}/>", f'<{name}End w:id="{identifier}"/>'

    def move_range(self, state: str, name: str) -> tuple[str, str]:
        """Return the start and the end of a range of moved text (17.13.5.22 to 28)."""
        tag, identifier = "w:moveFromRange" if state == OLD else "w:moveToRange", next(self._ids)
        date = "" if self.date else f" w:date={quoted(_NO_DATE)}"
        return f"<{tag}Start{self._facts(identifier)}{date} w:name={quoted(name)}/>", f'<{tag}End w:id="{identifier}"/>'

    def _facts(self, identifier: int) -> str:
        date = f" w:date={quoted(self.date)}" if self.date else ""
        return f' w:id="{identifier}" w:author={quoted(self.author)}{date}'
