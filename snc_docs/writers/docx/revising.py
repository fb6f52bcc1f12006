"""Two versions of the content of a paragraph, as one: what each version has alone is the redline's to say, and is taken from it.

The units of a paragraph's two versions were written for the same inlines and revisions, so they pair; what a unit is written as may
still differ between the versions (the number that a reference shows, the bookmark that it leads to), and is compared here. Words that only
changed their look keep standing, with the old look noted; of a field that shows something else the result alone is revised. Paragraphs
that no redline paired (one that was cut in two, a row of signatures) are compared word by word.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from snc_docs.document.sequences import common, matched, regions, without_lone
from snc_docs.language.tokens import is_space, tokens, weight
from snc_docs.patterns import regex
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Content, Field, Holder, Mark, Piece, R, Unit, pieces

T = TypeVar("T")
_LABELLED: Final = regex(r"([^\W\d]+\u00a0)(\d[\d.]*|[A-Z])")
# The mark of a paragraph that was cut, between two of its pieces.
_CUT: Final = Mark("cut", "")


def version_of(content: Iterable[Unit], state: str) -> list[Piece]:
    """Return what one version has of a content."""
    return [piece for each, inside in content if each in (BOTH, state) for piece in inside]


def whole(content: Iterable[Unit], state: str) -> Content:
    """Return one version of a content, as that version's alone."""
    inside = tuple(version_of(content, state))
    return [(state, inside)] if inside else []


def merged(old: Content, new: Content) -> Content:
    """Return the content of a paragraph that holds both versions."""
    if old == new:
        return new
    if [state for state, _ in old] != [state for state, _ in new]:
        return aligned(version_of(old, OLD), version_of(new, NEW))
    units: Content = []
    for one, other in zip(old, new, strict=True):
        if other[0] == BOTH and one != other:
            units += _both(one[1], other[1])
        else:
            units.append(one if other[0] == OLD else other)
    return _tidied([unit for unit in units if unit[1]])


def _both(old: Sequence[Piece], new: Sequence[Piece]) -> Content:
    """Return what is written for one inline in two versions: compared inside where it is of one kind, else one for the other."""
    pairs = list(zip(old, new, strict=False)) if len(old) == len(new) else []
    inside = [_inside(one, other) for one, other in pairs]
    if not pairs or None in inside:
        return [(OLD, tuple(old)), (NEW, tuple(new))]
    return [unit for units in inside if units for unit in units]


def _inside(old: Piece, new: Piece) -> Content | None:
    """Return the units of one piece in two versions, None where the two have nothing in common."""
    match old, new:
        case _ if old == new:
            return [(BOTH, (new,))]
        case R(), R() if old.look == new.look and old.text and new.text:
            return [(state, (R(new.look, text),)) for state, text in revised_words(old.text, new.text)]
        case R(), R() if old.text == new.text:
            return [(BOTH, (R(new.look, new.text, old.look),))]
        case Field(), Field() if old[:2] == new[:2]:
            return [(BOTH, (new._replace(result=tuple(merged(list(old.result), list(new.result)))),))]
        case Holder(), Holder() if old.start == new.start:
            return [(BOTH, (new._replace(content=tuple(merged(list(old.content), list(new.content)))),))]
        case _:
            return None


def revised_words(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that no template has (a number, a heading in the table of contents, a page head), each with its version."""
    if old == new:
        yield from [(BOTH, new)] if new else []
        return
    one, other = ([part for token in tokens(text) for part in _label_and_number(token)] for text in (old, new))
    pairs = without_lone(common(one, other, lambda index: weight(one[index])), len(one), len(other), lambda index: is_space(one[index]))
    steps = list(_steps(one, other, pairs))
    while steps:
        state = steps[0][0]
        count = next((index for index, step in enumerate(steps) if step[0] != state), len(steps))
        yield state, "".join(text for _, text, _ in steps[:count])
        del steps[:count]


def _label_and_number(token: str) -> tuple[str, ...]:
    """Return the label of a section and its number apart: where the number alone changed, both fit where one stood before."""
    found = _LABELLED.fullmatch(token)
    return found.groups() if found else (token,)


def _steps(old: Sequence[T], new: Sequence[T], pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[str, T, T | None]]:
    """Yield what is deleted, inserted and kept, in reading order; what is kept with its old version."""
    for gone, come, both in regions(old, new, pairs):
        yield from ((OLD, each, None) for each in gone)
        yield from ((NEW, each, None) for each in come)
        if both:
            yield BOTH, both[1], both[0]


def _tidied(units: Content) -> Content:
    """Return units of which what went and what came in its place is compared, where they have words in common.

    To the redline these differ, for they come from elsewhere or look otherwise; and a reference that shows another number is another.
    """
    result: Content = []
    at = 0
    while at < len(units):
        gone = _run(units, at, OLD)
        end = at + gone + _run(units, at + gone, NEW)
        if gone and end > at + gone:
            old, new = ([piece for _, inside in side for piece in inside] for side in (units[at : at + gone], units[at + gone : end]))
            result += aligned(old, new) if _shared(old, new) else units[at:end]
            at = end
        else:
            result.append(units[at])
            at += 1
    return result


def _run(units: Content, start: int, state: str) -> int:
    """Return how many units in a row are of one state."""
    return next((index for index, (each, _) in enumerate(units[start:]) if each != state), len(units) - start)


def _shared(old: Sequence[Piece], new: Sequence[Piece]) -> bool:
    """Return whether anything of the one may have become something of the other."""
    keys, others = ({_key(atom) for atom in _atoms(side) if not _is_lone_space(atom)} for side in (old, new))
    return not keys.isdisjoint(others)


# ------------------------------------------------------------------------------------------------------ word by word


def aligned(old: Sequence[Piece], new: Sequence[Piece]) -> Content:
    """Return the content of a paragraph whose versions were written for different nodes."""
    atoms, others = list(_atoms(old)), list(_atoms(new))
    keys, other_keys = ([_key(atom) for atom in side] for side in (atoms, others))
    gains = [_weight(atom) for atom in others]

    def gain(one: int, other: int) -> float:
        if keys[one] != other_keys[other]:
            return 0.0
        return gains[other] if atoms[one] == others[other] else gains[other] * 0.7

    pairs = without_lone(matched(atoms, others, gain), len(atoms), len(others), lambda index: _is_lone_space(atoms[index]))
    return list(_joined(_steps(atoms, others, pairs)))


def cut(old: Sequence[Content], new: Sequence[Content]) -> list[Content]:
    """Return the content of paragraphs, one side one and the other its pieces, as that of the pieces."""
    result: list[Content] = [[]]
    for state, inside in aligned(*(_with_cuts(side, each) for side, each in ((old, OLD), (new, NEW)))):
        if inside == (_CUT,):
            result.append([])
        else:
            result[-1].append((state, inside))
    return result


def _with_cuts(contents: Sequence[Content], state: str) -> list[Piece]:
    result = version_of(contents[0], state)
    for content in contents[1:]:
        result += [_CUT, *version_of(content, state)]
    return result


def _atoms(content: Iterable[Piece]) -> Iterator[Piece]:
    for piece in content:
        if type(piece) is R:
            yield from (R(piece.look, token) for token in tokens(piece.text) or [""])  # an empty run is one too
        else:
            yield piece


def _key(atom: Piece) -> Hashable:
    """Return what two atoms must share for the one to have become the other."""
    match atom:
        case R():
            return atom.text
        case Field():
            return atom.look, atom.instruction
        case Holder():
            return "holder", atom.start
        case _:
            return atom


def _is_lone_space(atom: Piece) -> bool:
    return type(atom) is R and is_space(atom.text)


def _weight(atom: Piece) -> float:
    """Return how much is gained by keeping an atom: what its words weigh, and a little more for what holds them."""
    if isinstance(atom, R):
        return weight(atom.text)
    return 0.02 if isinstance(atom, Mark) else 0.11 + sum(len(each.text) for _, each in pieces([(BOTH, (atom,))]) if isinstance(each, R))


def _joined(steps: Iterable[tuple[str, Piece, Piece | None]]) -> Iterator[Unit]:
    """Yield what was compared, words in a row of one state and look as one run."""
    waiting: tuple[str, R] | None = None
    for state, atom, before in steps:
        for unit_state, inside in [(state, (atom,))] if before is None else _inside(before, atom) or []:
            piece = inside[0]
            if type(piece) is R and waiting and waiting[0] == unit_state and waiting[1][::2] == piece[::2]:
                waiting = unit_state, R(piece.look, waiting[1].text + piece.text, piece.was)
                continue
            if waiting:
                yield waiting[0], (waiting[1],)
            waiting = (unit_state, piece) if type(piece) is R else None
            if waiting is None:
                yield unit_state, inside
    if waiting:
        yield waiting[0], (waiting[1],)
