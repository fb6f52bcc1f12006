"""Moves in a flow: a range of one name on both sides, or none; and flows that don't give back their versions."""

from __future__ import annotations

import re

import pytest

from snc_docs.document.revisions import UnfaithfulRedlineError
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.tracked import field_balance, moves_of, ranged
from snc_docs.writers.docx.tracked.faithful import Reading
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Content, Flow, P, PPr, R, Raw, Tbl, Tc, Tr


def _p(*units: tuple[str, str], mark: str = BOTH, move: str = "", was: PPr | None = None) -> P:
    content: Content = [(state, (R("", text),)) for state, text in units]
    return P(PPr(), content, move=move, was_move=move, mark=mark, was=was)


def _text(flow: Flow) -> str:
    stamp = Stamp("A", "")
    return ranged(Serializer(stamp=stamp, moves=moves_of(flow)).flow(flow), stamp)


def _tags(flow: Flow) -> list[str]:
    return re.findall(r"<w:((?:move|ins|del)\w*)", _text(flow))


def test_what_moved_has_a_range_on_both_sides() -> None:
    assert _tags([_p((OLD, "x"), move="1"), _p((NEW, "x"), move="1")]) == [
        "moveFromRangeStart", "moveFrom", "moveFromRangeEnd", "moveToRangeStart", "moveTo", "moveToRangeEnd"
    ]  # fmt: skip


def test_a_range_goes_around_all_that_moved() -> None:
    flow: Flow = [_p((OLD, "x"), move="1"), _p((OLD, "y"), move="1"), _p((BOTH, "between")), _p((NEW, "x"), move="1")]
    assert _tags(flow)[:4] == ["moveFromRangeStart", "moveFrom", "moveFrom", "moveFromRangeEnd"]


def test_what_has_text_on_one_side_alone_is_no_move() -> None:
    assert _tags([_p((NEW, "x"), move="gone"), _p((OLD, "x"), move="come")]) == ["ins", "del", "delText"]


def test_words_that_look_like_a_place_for_a_range_are_words() -> None:
    assert "&lt;-1&gt;" in _text([_p((OLD, "<-1>"), move="1"), _p((NEW, "</+1>"), move="1")])


_ROW = Tr("", [Tc("", [_p((BOTH, "a"))])])


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        ([_p()], []),
        ([], [_p()]),
        ([_p()], [_p(), _p()]),
        ([_p((BOTH, "a"))], [_p((BOTH, "b"))]),
        ([_p(mark=OLD)], [_p()]),
        ([_p(mark=OLD), Tbl("", (1,), [_ROW])], [Tbl("", (1,), [_ROW])]),
        ([_p((BOTH, "a"), was=PPr("B"))], [P(PPr("C"), [(BOTH, (R("", "a"),))])]),
        ([Tbl("", (1,), [_ROW])], [Tbl("", (1,), [_ROW, _ROW])]),
        ([Tbl("", (1,), [_ROW])], [Tbl("", (2,), [_ROW])]),
        ([Tbl("", (1,), [_ROW])], [_p((BOTH, "a"))]),
        ([_p((BOTH, "a"))], [Tbl("", (1,), [_ROW])]),
        ([Tbl("", (1,), [Tr("", [Tc("", [_p(mark=OLD), _p((BOTH, "a"), mark=OLD)])])])], [Tbl("", (1,), [_ROW])]),
    ],
    ids=[
        "more", "less", "one less", "another", "joined to nothing", "joined to a table", "other properties", "a row less", "other columns",
        "a table", "no table", "a cell without an end",
    ],
)  # fmt: skip
def test_a_flow_that_gives_back_another_version_is_refused(merged: Flow, expected: Flow) -> None:
    with pytest.raises(UnfaithfulRedlineError):
        Reading(NEW).check(merged, expected)


@pytest.mark.parametrize("state", [OLD, NEW])
def test_a_flow_that_gives_back_its_version_is_not(state: str) -> None:
    other = {OLD: NEW, NEW: OLD}[state]
    changed = _p((BOTH, "a"), (other, "c"), (state, "b"), mark=state)
    gone = Tr("", [Tc("", [_p((other, "x"))])], state=other)
    Reading(state).check([_p((other, "x"), mark=other), changed, Tbl("", (1,), [gone, _ROW])], [_p((BOTH, "ab")), Tbl("", (1,), [_ROW])])


@pytest.mark.parametrize("kinds", [["begin"], ["end"], ["end", "begin"], ["begin", "end", "end", "begin"]])
def test_a_field_that_never_ends_or_never_began_is_refused(kinds: list[str]) -> None:
    flow: Flow = [P(PPr(), [(BOTH, (Raw(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'),)) for kind in kinds])]
    with pytest.raises(UnfaithfulRedlineError):
        field_balance(_text(flow))
