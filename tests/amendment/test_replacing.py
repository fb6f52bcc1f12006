"""Laws of an instrument: whatever changed in a clause, all that the new one says and the old one didn't is in the instrument."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from snc_docs.amendment.replacing import replaced
from snc_docs.amendment.words import words_in
from snc_docs.document.nodes import Block, BulletList, Cell, Column, ListItem, Paragraph, Row, Section, Table, Text
from snc_docs.document.walk import plain_text, walk
from snc_docs.templating.folders import template_folders
from tests.tools import words

_WORDS = words_in("en", {}, template_folders())


def _paragraph(word: str) -> Block:
    return Paragraph(words(f"Paragraph {word}."))


def _list(word: str) -> Block:
    return BulletList((ListItem((Paragraph(words("an item")),)), ListItem((Paragraph(words(f"item {word}")),))))


def _table(names: tuple[str, ...]) -> Block:
    rows = tuple(Row(name, (Cell(words(f"row {name}")), Cell(words("same")))) for name in names)
    return Table((Column(words("Name"), 50), Column(words("What"), 50)), rows)


_NAMES = st.sampled_from("abcde")
_BLOCKS = st.lists(
    st.one_of(
        _NAMES.map(_paragraph), _NAMES.map(_list), st.lists(_NAMES, min_size=1, max_size=3, unique=True).map(lambda names: _table(tuple(names)))
    ),
    min_size=1,
    max_size=5,
)


def _section(blocks: list[Block]) -> Section:
    return Section("x", "clause", words("Title"), tuple(blocks), number="4", label="Article\u00a04")


def _texts(section: Section) -> set[str]:
    return {node.text for block in section.blocks for node in walk(block) if isinstance(node, Text)}


@given(_BLOCKS, _BLOCKS, st.integers(0, 3))
def test_whatever_is_new_is_in_the_instrument(old: list[Block], new: list[Block], kept: int) -> None:
    was, now = _section(old), _section([*old[: len(old) - kept], *new])
    said = " ".join(plain_text((node,)) for block in replaced(was, now, _WORDS) for node in walk(block) if isinstance(node, Text))
    assert {text for text in _texts(now) - _texts(was) if text not in said} == set()


def _keyed(*rows: tuple[str, str]) -> Block:
    made = tuple(Row(key, (Cell(words(name)), Cell(words("same")))) for key, name in rows)
    return Table((Column(words("Name"), 50), Column(words("What"), 50)), made)


_A, _B, _C = ("services[a]", "Machines"), ("services[b]", "Storage"), ("services[c]", "Containers")
_OF_A, _OF_B, _OF_C = (
    ("services[a].options[x]", "Option: cards"),
    ("services[b].options[y]", "Option: hosts"),
    ("services[c].options[z]", "Option: nodes"),
)


def test_a_row_that_belongs_to_another_is_said_to_stand_below_it() -> None:
    """Whichever came and wherever: one that comes along with its own stands below that."""
    was, now = _section([_keyed(_A, _B)]), _section([_keyed(_A, _OF_A, _B, _OF_B, _C, _OF_C)])
    said = [plain_text(block.children) for block in replaced(was, now, _WORDS) if isinstance(block, Paragraph)]
    below = "The following is added to the table of Article\u00a04, below the row “{}”:"
    assert said == [below.format("Machines"), below.format("Storage"), "The following is added to the table of Article\u00a04:"]
    tables = [[plain_text(row.cells[0].children) for row in block.rows] for block in replaced(was, now, _WORDS) if isinstance(block, Table)]
    assert tables == [["Option: cards"], ["Option: hosts"], ["Containers", "Option: nodes"]]
