"""Of a table the rows that changed are replaced, and nothing that stands as it was is quoted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs.amendment.replacing import changed_rows
from snc_docs.document.nodes import Cell, Column, FillIn, Paragraph, Row, Section, Table, Text

_COLUMNS = tuple(Column((Text(name),), 1) for name in ("Role", "Name"))


def _row(name: str, says: str, *, group: bool = False) -> Row:
    return Row("", (Cell((Text(name),)), Cell((Text(says),) if says else (FillIn("a.b", "name"),))), group=group)


def _clause(rows: list[Row], title: str = "Contacts", before: str = "As follows.") -> Section:
    return Section("contacts", "clause", (Text(title),), (Paragraph((Text(before),)), Table(_COLUMNS, tuple(rows))))


_ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "x", "y"]), min_size=1)


@given(_ROWS, _ROWS)
def test_the_rows_that_are_told_make_the_new_table_of_the_old_one(was: dict[str, str], now: dict[str, str]) -> None:
    old, new = (_clause([_row(*each) for each in sorted(rows.items())]) for rows in (was, now))
    found = changed_rows(old, new)
    if old == new:
        assert found is None
        return
    if found is None:
        assert all(now[name] != was.get(name) for name in now)
        assert now.keys() <= was.keys()
        return
    told = {row.cells[0]: row for row in (*found.replaced.rows, *found.added.rows)}
    kept = {row.cells[0]: row for row in _table(old).rows if row.cells[0] not in {Cell((Text(name),)) for name in found.removed}}
    assert set((kept | told).values()) == set(_table(new).rows)
    assert not set(told.values()) & set(_table(old).rows)


def _table(section: Section) -> Table:
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return table


_OLD = _clause([_row("a", ""), _row("b", "x")])


@pytest.mark.parametrize(
    "new",
    [
        _clause([_row("a", ""), _row("b", "y")], title="People"),
        _clause([_row("a", ""), _row("b", "y")], before="Thus."),
        _clause([_row("b", "x"), _row("a", "")]),
        _clause([_row("a", ""), _row("a", "y")]),
        _clause([_row("a", "y"), _row("b", "y")]),
        _clause([_row("group", "", group=True), _row("a", ""), _row("b", "x")]),
        replace(_OLD, blocks=(*_OLD.blocks, _OLD.blocks[1])),
        replace(_OLD, blocks=(_OLD.blocks[0], replace(_table(_OLD), columns=_COLUMNS[:1]))),
    ],
    ids=["title", "words", "order", "two of one name", "all of them", "into a group", "two tables", "columns"],
)
def test_where_more_changed_the_text_is_replaced_whole(new: Section) -> None:
    assert changed_rows(_OLD, new) is None
