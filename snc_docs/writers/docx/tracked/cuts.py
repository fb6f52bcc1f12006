"""A paragraph that was cut in two or more, or joined from them: one tracked mark for each cut, and no tracked text but spaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from snc_docs.writers.docx.tracked.atoms import paragraph_content
from snc_docs.writers.docx.tracked.stamp import Stamp
from snc_docs.writers.docx.tracked.words import cut_content
from snc_docs.writers.docx.xml import Element, qn

_T: Final = qn("w:t")
_HEADING: Final = qn("w:bookmarkStart")
# More pieces than that are a rewriting.
_MOST: Final = 3


@dataclass(slots=True)
class Cut:
    """The paragraphs before and after; one side has one."""

    old: Sequence[Element]
    new: Sequence[Element]
    _pieces: list[list[Element]] = field(default_factory=list)

    def piece(self, number: int, stamp: Stamp) -> list[Element]:
        """Return the content of one of the pieces, from 0."""
        if not self._pieces:
            self._pieces += cut_content(_contents(self.old), _contents(self.new), stamp)
        return self._pieces[number]


def _contents(paragraphs: Sequence[Element]) -> list[list[Element]]:
    return [paragraph_content(each) for each in paragraphs]


def cuts_beside(before: int, behind: int) -> Iterator[tuple[int, int]]:
    """Yield how many paragraphs before and behind one may belong to it, fewest first."""
    pairs = [(left, right) for left in range(min(before, _MOST) + 1) for right in range(min(behind, _MOST) + 1)]
    yield from sorted((pair for pair in pairs if sum(pair)), key=sum)


def is_cut(old: Sequence[Element], new: Sequence[Element]) -> bool:
    """Return whether two lists of paragraphs, none a heading, say the same, spaces aside."""
    text, other = _text(old), _text(new)
    return bool(text) and text == other and not any(each.find(_HEADING) is not None for each in (*old, *new))


def _text(paragraphs: Sequence[Element]) -> str:
    return "".join("".join(text.text or "" for paragraph in paragraphs for text in paragraph.iter(_T)).split())
