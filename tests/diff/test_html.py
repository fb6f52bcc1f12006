"""A redline as a page: what was put in and taken out is marked as such, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import html

from snc_docs import Agreement, assemble, load_agreement, redline, side_by_side, write
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Document,
    Fact,
    Facts,
    ListItem,
    OrderedList,
    Paragraph,
    Row,
    Table,
)
from tests.tools import EXAMPLES, TODAY, document_of, section, words
from tests.trees import documents


def _page(old: Document, new: Document) -> str:
    return write(redline(old, new), "html").decode()


def _marked(old: Any, new: Any) -> list[str]:
    page = _page(document_of(section("a", *old)), document_of(section("a", *new)))
    return re.findall(r"<(?:ins|del)>.*?</(?:ins|del)>", re.sub(r'<span class="number">(.*?)</span> ', r"\1", page))


def _bullets(*texts: str) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(words(text)),)) for text in texts))


def _table(*texts: str) -> Table:
    return Table((Column(words("Name"), 100),), tuple(Row(text, (Cell(words(text)),)) for text in texts))


def _definitions(*texts: str) -> DefinitionList:
    return DefinitionList(tuple(Definition(text, (text,), (Paragraph(words(f"the {text}")),)) for text in texts))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ([Paragraph(words("the very old word"))], [Paragraph(words("the very new word"))], ["<del>old</del>", "<ins>new</ins>"]),
        ([Paragraph(words("x"))], [Paragraph(words("x")), Paragraph(words("y & z"))], ["<ins>y &amp; z</ins>"]),
        ([_bullets("a", "b")], [_bullets("b")], ["<del>a</del>"]),
        ([_table("a", "b")], [_table("a", "b", "c")], ["<ins>c</ins>"]),
        # Bullets become letters, and a second paragraph of an item goes: it was under a list that is another now.
        (
            [
                BulletList(
                    (ListItem((Paragraph(words("the first of two")), Paragraph(words("gone")))), ListItem((Paragraph(words("the second of two")),)))
                )
            ],
            [OrderedList((ListItem((Paragraph(words("the first of two")),)), ListItem((Paragraph(words("the second of two")),))))],
            ["<del>gone</del>"],
        ),
        ([_definitions("a")], [_definitions("a", "b")], ["<ins>b</ins>", "<ins>the b</ins>"]),
        ([Facts((Fact(words("k"), words("v")),))], [Facts((Fact(words("k"), words("w")),))], ["<del>v</del>", "<ins>w</ins>"]),
        ([section("c", Paragraph(words("x")), role="subsection")], [], ["<del>1.1</del>", "<del>c</del>", "<del>x</del>"]),
        ([Paragraph(words("x"))], [section("c", Paragraph(words("x")), role="subsection")], ["<ins>1.1</ins>", "<ins>c</ins>"]),
        ([section("c", Paragraph(words("x")), role="subsection")], [Paragraph(words("x"))], ["<del>1.1</del>", "<del>c</del>"]),
    ],
)
def test_what_changed_is_marked_and_nothing_else(old: Any, new: Any, marked: list[str]) -> None:
    assert _marked(old, new) == marked


def test_a_new_number_is_marked_at_the_heading_alone() -> None:
    old, new = document_of(section("a"), section("b")), document_of(section("b"))
    page = _page(old, new)
    assert '<del><span class="number">Article\u00a02.</span> </del><ins><span class="number">Article\u00a01.</span> </ins>b' in page
    assert 'id="was-a"' in page
    assert page.count('id="b"') == 1


def test_the_same_version_twice_gives_its_own_page(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    assert _page(document, document) == write(document, "html").decode()


@settings(max_examples=40)
@given(documents(), documents())
def test_any_redline_is_a_page_whose_identifiers_are_unique(old: Document, new: Document) -> None:
    page = write(redline(old, type(old)(old.language, new.sections, new.properties)), "html").decode()
    html.fromstring(page)
    sections = re.findall(r'<section id="([^"]*)"', page)
    assert len(sections) == len(set(sections))


def test_two_providers_can_be_compared_and_words_are_all_there() -> None:
    old, new = (assemble(load_agreement(EXAMPLES / name / "client.yaml", today=TODAY), "fr") for name in ("outscale", "complete"))
    page = html.fromstring(_page(old, new))
    assert {"Outscale", "Nuage d’Iroise"} <= {element.text_content() for element in page.iter("ins", "del")}


def test_what_is_another_block_in_both_columns_is_marked_in_each() -> None:
    def both(*kinds: Any) -> Document:
        one, other = (document_of(section("a", kind(text))) for kind, text in zip(kinds, ("one", "un"), strict=True))
        return side_by_side(one, replace(other, language="fr"))

    old, new = both(_paragraph, _paragraph), both(_letters, _letters)
    marked = re.findall(r"<(?:ins|del)>.*?</(?:ins|del)>", _page(old, new))
    assert marked == ["<del>one</del>", "<ins>one</ins>", "<del>un</del>", "<ins>un</ins>"]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def _letters(text: str) -> OrderedList:
    return OrderedList((ListItem((_paragraph(text),)),))
