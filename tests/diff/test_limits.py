"""What LibreOffice won't settle right is said of each redline that holds it, and of no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from snc_docs import redline, side_by_side
from snc_docs.diff.limits import office_limits
from snc_docs.document.nodes import Cell, Column, FillIn, Paragraph, Row, Table, Text
from tests.edits import KINDS
from tests.tools import document_of, section, words

_SENTENCE = Paragraph((Text("Evidence is kept."),))
_SAID = {
    "appendix in": ["redline.section"],
    "last appendix out": ["redline.section"],
    "last appendix in": ["redline.section"],
    "appendices exchanged": ["redline.section"],
    "contents out": ["redline.contents"],
    "first clause out": ["redline.contents"],
    "last table of the document in": ["redline.table"],
    "table behind the last one of an appendix in": ["redline.table"],
    "part with two tables in": ["redline.table"],
    "row with a field in": ["redline.row"],
    "row with a field moved": ["redline.row"],
}


# Kinds in which a numbered paragraph of the old version has other properties in the new one, or takes another's mark.
_NUMBERED = {
    "list in",
    "subheading in",
    "subheading in before the last paragraph",
    "subheading out",
    "heading lowered",
    "heading to item",
    "heading raised",
    "heading raised and retitled",
    "paragraph to heading",
    "last paragraph to heading",
    "paragraph to notice",
    "last paragraph to notice",
    "paragraphs to bullets",
    "last paragraph to item",
    "item to paragraph with a word changed",
    "heading and its last paragraph exchanged",
    "part moved before one with a table",
    "table in",
    "table out",
    "table and its introduction out",
    "table replaced by text",
    "clause with a table moved down",
    "clause with a table moved up",
    "page break in",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_edit_that_is_beyond_it_is_said_both_ways(kind: str) -> None:
    old, new = KINDS[kind]
    for pair in ((old, new), (new, old)):
        found = [finding.rule for finding in office_limits(redline(*pair))]
        assert [rule for rule in found if rule != "redline.number"] == _SAID.get(kind, [])
    assert ("redline.number" in [finding.rule for finding in office_limits(redline(old, new))]) == (kind in _NUMBERED)


def _table(*keys: str) -> Table:
    rows = tuple(Row(key, (Cell((FillIn(f"{key}.name", "name"),)), Cell(words(key)))) for key in keys)
    return Table((Column(words("Name"), 50), Column(words("Role"), 50)), rows)


def test_a_row_with_a_field_is_said_where_it_comes_goes_or_moves_and_not_where_it_stays() -> None:
    one, two, turned = (document_of(section("a", _table(*keys))) for keys in (("x", "y"), ("x", "y", "z"), ("y", "x")))
    assert [[finding.rule for finding in office_limits(redline(one, other))] for other in (two, turned, one)] == [
        ["redline.row"],
        ["redline.row"],
        [],
    ]


def test_a_table_that_comes_or_goes_is_said_in_two_columns_alone() -> None:
    old, new = KINDS["table in"]
    assert "redline.columns" not in {finding.rule for finding in office_limits(redline(old, new))}
    was, now = (side_by_side(each, replace(each, language="fr")) for each in (old, new))
    assert "redline.columns" in {finding.rule for finding in office_limits(redline(was, now))}


def test_a_field_that_came_in_two_columns_came_with_its_row() -> None:
    old, new = (document_of(section("a", *blocks)) for blocks in ((_SENTENCE,), (_SENTENCE, Paragraph((FillIn("a.name", "name"),)))))
    assert office_limits(redline(old, new)) == ()
    was, now = (side_by_side(each, replace(each, language="fr")) for each in (old, new))
    assert [finding.rule for finding in office_limits(redline(was, now))] == ["redline.row"]
