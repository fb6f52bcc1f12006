"""Moves in a flow: a range of one name on both sides, or none."""

from __future__ import annotations

import pytest

from snc_docs.document.revisions import UnfaithfulRedlineError
from snc_docs.writers.docx.marker import MOVE
from snc_docs.writers.docx.tracked.faithful import check_version
from snc_docs.writers.docx.tracked.moves import mark_moves
from snc_docs.writers.docx.tracked.stamp import NEW, OLD, Stamp
from snc_docs.writers.docx.xml import NAMESPACES, Element, parse, serialize
from tests.tools import W

_NS = f'xmlns:w="{NAMESPACES["w"]}"'


def _document(body: str) -> Element:
    root = parse(f"<w:document {_NS}><w:body>{body}</w:body></w:document>".encode())
    for box in root.iter(f"{W}moveFrom", f"{W}moveTo"):
        box.set(MOVE, box.attrib.pop("name"))
    return root


def _tags(root: Element) -> list[str]:
    return [
        str(each.tag).removeprefix(W) for each in root.iter() if "move" in str(each.tag) or str(each.tag) in (f"{W}ins", f"{W}del", f"{W}delText")
    ]


_FROM = '<w:p><w:moveFrom name="{}"><w:r><w:delText>x</w:delText></w:r></w:moveFrom></w:p>'
_TO = '<w:p><w:moveTo name="{}"><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>'


def test_what_moved_has_a_range_on_both_sides() -> None:
    root = _document(_FROM.format("a") + _TO.format("a"))
    mark_moves(root, Stamp("A", ""))
    assert _tags(root) == [
        "moveFromRangeStart", "moveFrom", "delText", "moveFromRangeEnd", "moveToRangeStart", "moveTo", "moveToRangeEnd"
    ]  # fmt: skip


def test_what_has_text_on_one_side_alone_is_no_move() -> None:
    root = _document(_TO.format("gone") + _FROM.format("come").replace("delText", "t"))
    mark_moves(root, Stamp("A", ""))
    assert _tags(root) == ["ins", "del", "delText"]


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        ("<w:p/>", []),
        ("", ["<w:p {}/>"]),
        ("<w:p/>", ["<w:p {}/>", "<w:p {}/>"]),
        ("<w:p><w:r><w:t>a</w:t></w:r></w:p>", ["<w:p {}><w:r><w:t>b</w:t></w:r></w:p>"]),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>", ["<w:p {}/>"]),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p><w:tbl><w:tr/></w:tbl>", ["<w:tbl {}><w:tr/></w:tbl>"]),
    ],
    ids=["more", "less", "one less", "another", "joined to nothing", "joined to a table"],
)
def test_a_flow_that_gives_back_another_version_is_refused(merged: str, expected: list[str]) -> None:
    body = _document(merged)[0]
    with pytest.raises(UnfaithfulRedlineError):
        check_version(list(body), [serialize(parse(each.format(_NS).encode())) for each in expected], NEW)


def test_a_flow_that_gives_back_its_version_is_not() -> None:
    body = _document("<w:p><w:r><w:t>a</w:t></w:r></w:p>")[0]
    for state in (OLD, NEW):
        check_version(list(body), [f"<w:p {_NS}><w:r><w:t>a</w:t></w:r></w:p>".encode()], state)
