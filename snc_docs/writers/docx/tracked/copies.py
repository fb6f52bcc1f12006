"""Text that stands elsewhere now, so written that LibreOffice keeps the headings behind it.

Measured in LibreOffice 7.4. Where paragraphs went or came, the one behind them keeps its own style only if they are one revision from their
first paragraph on. A deletion and an insertion of one author with the same words it takes for a move, said to be one or not, and takes
such a revision apart: then what is left of the last paragraph lends its style to the heading behind it, which loses its number, and all
numbers that follow are one too low. It is right where the first paragraph that went has the style of what follows (an article moved
before another). Elsewhere no form of a move is read right: ranges with or without marks of their own, plain revisions, other dates, other
paragraph properties, invisible pieces. Plain revisions are, if what came has another author. So what came has the author's name with
a word that says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from snc_docs.writers.docx.written import BOTH, NEW, OLD, P, R, Tbl, paragraphs, pieces


def sign_copies(flow: Sequence[P | Tbl], moves: frozenset[str]) -> frozenset[str]:
    """Note which paragraphs came with words that went elsewhere, where it matters; return the moves that are written as such still."""
    runs = [*_runs(flow), *_replaced(flow)]
    broken = {_move(each) for run, behind in runs if _lends_its_style(run, behind) for each in run} & moves
    # LibreOffice compares paragraph by paragraph; what is a move for us it may take for one.
    plain = [(run, behind) for run, behind in runs if not _move(run[0]) or _move(run[0]) not in moves - broken]
    texts = {state: {_text(each, state) for run, _ in plain for each in run} for state in (OLD, NEW)}
    risky = {_text(each, state) for run, behind in plain if _lends_its_style(run, behind) for each in run for state in (OLD, NEW)}
    copied = (texts[OLD] & texts[NEW] & risky) - {""}
    for paragraph in paragraphs(flow):
        paragraph.is_copy = paragraph.move in broken
    for run, _ in plain:
        if any(_text(each, NEW) in copied for each in run):
            for paragraph in run:
                paragraph.is_copy = True
    return moves - broken


def _runs(flow: Sequence[P | Tbl]) -> Iterator[tuple[list[P], P | Tbl]]:
    """Yield the paragraphs in a row whose marks one version has, with what they are joined to."""
    run: list[P] = []
    for each in flow:
        if run and not (type(each) is P and each.mark == run[0].mark):
            yield run, each
            run = []
        if type(each) is P and each.mark != BOTH:
            run.append(each)


def _replaced(flow: Sequence[P | Tbl]) -> Iterator[tuple[list[P], P | Tbl]]:
    """Yield each paragraph whose words took the place of others, though its mark stays, with what is behind it."""
    for each, behind in pairwise(flow):
        if type(each) is P and each.mark == BOTH and {state for state, _ in each.content} == {OLD, NEW}:
            yield [each], behind


def _lends_its_style(run: Sequence[P], behind: P | Tbl) -> bool:
    """Return whether paragraphs, of which nothing stays, begin in another style than that of the paragraph behind them."""
    first = run[0]
    stays = any(state == BOTH and isinstance(piece, R) for state, piece in pieces(first.content))
    return type(behind) is P and not stays and first.properties.style != behind.properties.style


def _move(paragraph: P) -> str:
    return paragraph.move if paragraph.mark == NEW else paragraph.was_move


def _text(paragraph: P, wanted: str) -> str:
    """Return the words that come, or go, with a paragraph."""
    return "".join(piece.text for state, piece in pieces(paragraph.content) if isinstance(piece, R) and state == wanted).strip()
