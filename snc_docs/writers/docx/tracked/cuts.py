"""A paragraph that was cut in two or more, or joined from them: one tracked mark for each cut, and no tracked text but spaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from snc_docs.language.tokens import is_space, tokens
from snc_docs.writers.docx.revising import cut
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Content, Mark, P, R, pieces

# More pieces than that are a rewriting.
_MOST: Final = 3
# Of the words of both, how many at least are those of the other: below it, a paragraph was rewritten.
_LEAST_SHARED: Final = 0.8


@dataclass(slots=True)
class Cut:
    """The paragraphs before and after; one side has one."""

    old: Sequence[P]
    new: Sequence[P]
    _pieces: list[Content] = field(default_factory=list)

    def piece(self, number: int) -> Content:
        """Return the content of one of the pieces, from 0."""
        if not self._pieces:
            self._pieces += cut([each.content for each in self.old], [each.content for each in self.new])
        return self._pieces[number]


def cuts_beside(before: int, behind: int) -> Iterator[tuple[int, int]]:
    """Yield how many paragraphs before and behind one may belong to it."""
    yield from ((left, right) for left in range(min(before, _MOST) + 1) for right in range(min(behind, _MOST) + 1) if left or right)


def is_cut(old: Sequence[P], new: Sequence[P]) -> bool:
    """Return whether two lists of paragraphs, none a heading, say the same but for a few words, each paragraph its part of it."""
    return sameness(old, new) > 0


def sameness(old: Sequence[P], new: Sequence[P]) -> float:
    """Return which part of the words of two lists of paragraphs both have, 0 where the one isn't the other but for a few words."""
    if any(map(is_heading, (*old, *new))):
        return 0
    parts, others = ([_words(each, state) for each in side] for side, state in ((old, OLD), (new, NEW)))
    text, other = sum(parts, Counter()), sum(others, Counter())
    shared = _shared(text, other)
    each_has_its_part = all(2 * (each & whole).total() >= each.total() > 0 for side, whole in ((parts, other), (others, text)) for each in side)
    return shared if shared >= _LEAST_SHARED and each_has_its_part else 0


def _shared(text: Counter[str], other: Counter[str]) -> float:
    return 2 * (text & other).total() / (text.total() + other.total() or 1)


def is_heading(paragraph: P) -> bool:
    """Return whether a paragraph holds a bookmark, as headings do."""
    return any(type(piece) is Mark for _, inside in paragraph.content for piece in inside)


def _words(paragraph: P, version: str) -> Counter[str]:
    text = "".join(piece.text for state, piece in pieces(paragraph.content) if type(piece) is R and state in (version, BOTH))
    return Counter(token for token in tokens(text) if not is_space(token))
