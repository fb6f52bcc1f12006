"""Laws of the redline: accepted it is the new version, rejected the old one; and nothing unchanged is touched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from snc_docs import Agreement, assemble, load_agreement, write
from snc_docs.diff import redline as module
from snc_docs.diff.inlines import merged_inlines
from snc_docs.diff.redline import redline
from snc_docs.document.lines import lines_of, nested
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Column,
    Deletion,
    Document,
    Insertion,
    Line,
    Link,
    ListItem,
    Paragraph,
    Redline,
    Reference,
    Row,
    Section,
    Table,
    Text,
    Value,
)
from snc_docs.document.revisions import APART, UnfaithfulRedlineError, accept, is_empty, reject, turned
from snc_docs.document.walk import plain_text, walk
from snc_docs.errors import UnknownChoiceError
from snc_docs.language import Language
from tests.tools import EXAMPLES, LANGUAGES, TODAY, document_of, section, words
from tests.trees import documents, edits


def _revisions(document: Redline) -> list[Any]:
    """Return the revisions of words and rows, and the lines that one version alone has."""
    return [node for node in walk(document) if isinstance(node, (Insertion, Deletion)) or (isinstance(node, Line) and None in (node.old, node.new))]


def _came(document: Redline) -> list[Any]:
    return [line.block for line in _revisions(document) if line.old is None]


def _changes(old: str, new: str) -> list[tuple[str, str]]:
    merged = merged_inlines(words(old), words(new))
    return [("-" if isinstance(each, Deletion) else "+", plain_text(each.children)) for each in merged if isinstance(each, (Insertion, Deletion))]


def _laws(old: Document, new: Document) -> Redline:
    merged = redline(old, new)
    assert accept(merged) == new
    assert reject(merged) == old
    return merged


@settings(max_examples=150)
@given(documents(), documents())
def test_any_two_documents_come_back_from_their_redline(old: Document, new: Document) -> None:
    _laws(old, replace(new, language=old.language))


@settings(max_examples=100)
@given(edits())
def test_lines_are_their_sections_again_and_a_redline_turned_twice_is_itself(pair: tuple[Document, Document]) -> None:
    old, new = pair
    assert nested((line.block, line.frame) for line in lines_of(old.sections)) == old.sections
    merged = redline(old, new)
    assert (accept(turned(merged)), reject(turned(merged)), turned(turned(merged))) == (old, new, merged)


@settings(max_examples=100)
@given(edits())
def test_any_edit_comes_back(pair: tuple[Document, Document]) -> None:
    _laws(*pair)


@pytest.fixture(scope="module")
def agreements() -> dict[str, Agreement]:
    names = ("outscale/client", "outscale/client-unknown", "complete/client", "choices/first")
    return {name: load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY) for name in names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_examples_comes_back(agreements: dict[str, Agreement], language: Language) -> None:
    trees = [assemble(agreement, language) for agreement in agreements.values()]
    for old in trees:
        for new in trees:
            merged = _laws(old, new)
            assert is_empty(merged) == (old == new)


def test_the_same_document_twice_has_no_revision(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    same = redline(document, document)
    assert (is_empty(same), _revisions(same), [line.was for line in same.lines if line.was]) == (True, [], [])
    assert write(same, "docx") == write(document, "docx")


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("one two three", "one 2 three", [("-", "two"), ("+", "2")]),
        ("one two three", "one three", [("-", "two ")]),
        ("one three", "one two three", [("+", "two ")]),
        ("thirty days of notice", "forty-five weeks of notice", [("-", "thirty days"), ("+", "forty-five weeks")]),
        ("l’accord du Client", "l’accord du Prestataire", [("-", "Client"), ("+", "Prestataire")]),
        ("l’accord formel", "d’accord formel", [("-", "l’accord"), ("+", "d’accord")]),
        (
            "au capital de 1\u202f849\u202f930\u00a0€.",
            "au capital de 1\u202f849\u202f931\u00a0€.",
            [("-", "1\u202f849\u202f930\u00a0€"), ("+", "1\u202f849\u202f931\u00a0€")],
        ),
        (
            "le 1er\u00a0juillet\u00a02026, puis",
            "le 2\u00a0juillet\u00a02026, puis",
            [("-", "1er\u00a0juillet\u00a02026"), ("+", "2\u00a0juillet\u00a02026")],
        ),
        ("a b", "a\u00a0b", [("-", "a b"), ("+", "a\u00a0b")]),
        ("été", "ete", [("-", "été"), ("+", "ete")]),
        (
            "voir https://a.example.com/x, puis",
            "voir https://a.example.com/y, puis",
            [("-", "https://a.example.com/x"), ("+", "https://a.example.com/y")],
        ),
        ("à a@example.com", "à b@example.com", [("-", "a@example.com"), ("+", "b@example.com")]),
        ("same", "same", []),
        ("", "new", [("+", "new")]),
    ],
)
def test_changes_are_whole_words_and_no_more(old: str, new: str, changes: list[tuple[str, str]]) -> None:
    found = _changes(old, new)
    assert [each for each in found if each[1]] == changes


def test_one_word_is_one_deletion_and_one_insertion() -> None:
    old = document_of(section("a", Paragraph(words("x")), Paragraph(words("the old word")), Paragraph(words("y"))))
    new = document_of(section("a", Paragraph(words("x")), Paragraph(words("the new word")), Paragraph(words("y"))))
    assert _revisions(_laws(old, new)) == [Deletion(words("old")), Insertion(words("new"))]


def test_a_link_is_compared_inside_and_another_address_is_another_link() -> None:
    def one(href: str, text: str) -> tuple[Any, ...]:
        return (Text("see "), Link(href, words(text)))

    inside = merged_inlines(one("https://a", "our old terms"), one("https://a", "our new terms"))
    assert inside[1] == Link("https://a", (Text("our "), Deletion(words("old")), Insertion(words("new")), Text(" terms")))
    other = merged_inlines(one("https://a", "terms"), one("https://b", "terms"))
    assert other[1:] == (Deletion((Link("https://a", words("terms")),)), Insertion((Link("https://b", words("terms")),)))


def test_a_value_that_changed_keeps_its_path() -> None:
    merged = merged_inlines((Text("of "), Value("notices.change", "30 days")), (Text("of "), Value("notices.change", "45 days")))
    assert merged == (
        Text("of "),
        Deletion((Value("notices.change", "30"),)),
        Insertion((Value("notices.change", "45"),)),
        Value("notices.change", " days"),
    )


def test_texts_side_by_side_stay_apart_where_a_revision_begins() -> None:
    old, new = ((Text("RCS "), Text(word), Value("client.register_city", town)) for word, town in (("de ", "Lyon"), ("d’", "Angers")))
    merged = merged_inlines(old, new)
    assert merged[0] == Text("RCS ")
    assert [plain_text(each.children) for each in merged[1:] if isinstance(each, (Insertion, Deletion))] == ["de Lyon", "d’Angers"]
    assert merged_inlines(words("a b"), words("a ", "b")) == (Text("a "), Insertion((APART,)), Text("b"))


def test_a_clause_that_only_changed_number_is_no_insertion() -> None:
    old = document_of(section("a"), section("b"), section("c", Paragraph((Reference("b", "label"),))))
    new = document_of(section("b"), section("c", Paragraph((Reference("b", "label"),))))
    merged = _laws(old, new)
    assert [(line.old is not None, line.new is not None) for line in merged.lines[:3]] == [(True, False), (True, True), (True, True)]
    was, now = merged.lines[1].was, merged.lines[1].block
    assert isinstance(was, Section)
    assert isinstance(now, Section)
    assert (was.number, now.number) == ("2", "1")


def test_a_clause_that_moved_is_a_deletion_and_an_insertion_of_one_name() -> None:
    clauses = [section(name, Paragraph(words(f"text of {name}"))) for name in "abcd"]
    merged = _laws(document_of(*clauses), document_of(clauses[0], clauses[2], clauses[3], clauses[1]))
    moves = [(each.new is None, each.move) for each in _revisions(merged)]
    assert moves == [*[(True, "1")] * 2, *[(False, "1")] * 2]


def _table(*keys: str, cell: str = "x") -> Table:
    return Table((Column(words("Name"), 100),), tuple(Row(key, (Cell(words(f"{key} {cell}")),)) for key in keys))


def test_rows_are_matched_by_their_keys() -> None:
    merged = _laws(document_of(section("t", _table("a", "b", "c"))), document_of(section("t", _table("new", "a", "b", "c"))))
    _, table = (line.block for line in merged.lines)
    assert isinstance(table, Table)
    assert [type(row).__name__ for row in table.rows] == ["Insertion", "Row", "Row", "Row"]


def test_a_row_that_moved_and_a_cell_that_changed_are_told_apart() -> None:
    old, new = document_of(section("t", _table("a", "b", "c"))), document_of(section("t", _table("b", "c", "a")))
    _, table = (line.block for line in _laws(old, new).lines)
    assert isinstance(table, Table)
    assert [(type(row).__name__, getattr(row, "move", "")) for row in table.rows] == [("Deletion", "1"), ("Row", ""), ("Row", ""), ("Insertion", "1")]
    changed = _laws(old, document_of(section("t", _table("a", "b", "c", cell="y"))))
    assert len(_revisions(changed)) == 6


def test_an_item_put_in_is_one_insertion() -> None:
    def bullets(*texts: str) -> BulletList:
        return BulletList(tuple(ListItem((Paragraph(words(text)),)) for text in texts))

    merged = _laws(document_of(section("a", bullets("one", "three"))), document_of(section("a", bullets("one", "two", "three"))))
    assert _came(merged) == [Paragraph(words("two"))]


def test_a_paragraph_put_before_a_like_one_does_not_touch_it() -> None:
    long = "The Service Provider informs the Client of any change that may affect the service."
    old = document_of(section("a", Paragraph(words(long))))
    new = document_of(section("a", Paragraph(words(f"{long} Always.")), Paragraph(words(long))))
    assert _came(_laws(old, new)) == [Paragraph(words(f"{long} Always."))]


def test_a_heading_put_in_touches_what_stands_under_it_as_little_as_one_taken_out() -> None:
    under = (Paragraph(words("one sentence")), Paragraph(words("another one")))
    old, new = document_of(section("a", *under)), document_of(section("a", section("b", *under, role="subsection")))
    assert [getattr(block, "id", block) for block in _came(_laws(old, new))] == ["b"]
    assert [getattr(line.block, "id", line.block) for line in _revisions(_laws(new, old))] == ["b"]


def test_what_became_another_kind_of_line_keeps_its_words() -> None:
    lines = (Paragraph(words("who answers")), Paragraph(words("and when")))
    kinds = (
        lines,
        (replace(lines[0], role="notice"), lines[1]),
        (BulletList(tuple(ListItem((each,)) for each in lines)),),
        (section("b", lines[1], title="who answers", role="subsection"),),
    )
    for old in kinds:
        for new in kinds:
            assert _revisions(_laws(document_of(section("a", *old)), document_of(section("a", *new)))) == []


def test_a_section_that_is_called_otherwise_is_the_same_one() -> None:
    text = Paragraph(words("a text of some length that stays as it is"))
    old, new = (document_of(section("a", text), section(name, text, title="Notices")) for name in ("notice", "notices"))
    assert _revisions(_laws(old, new)) == []


def test_of_two_clauses_that_changed_places_the_shorter_one_moved() -> None:
    long, short = section("long", *(Paragraph(words(f"sentence {number} of many")) for number in range(5))), section("short", Paragraph(words("few")))
    for order in ((long, short), (short, long)):
        assert {
            line.block.id for line in _laws(document_of(*order), document_of(*order[::-1])).lines if line.move and isinstance(line.block, Section)
        } == {"short"}


def test_other_columns_make_another_table() -> None:
    wide = Table((Column(words("Name"), 50), Column(words("Role"), 50)), (Row("a", (Cell(words("a x")), Cell(words("r")))),))
    merged = _laws(document_of(section("t", _table("a"))), document_of(section("t", wide)))
    assert [(line.old is None, line.new is None) for line in merged.lines[1:]] == [(False, True), (True, False)]


def test_properties_that_changed_come_back_too(outscale: Agreement) -> None:
    old = assemble(outscale, "fr")
    new = replace(old, properties=replace(old.properties, version="2.0"))
    merged = _laws(old, new)
    assert not is_empty(merged)


def test_versions_in_two_languages_are_not_compared(outscale: Agreement) -> None:
    with pytest.raises(UnknownChoiceError, match="compare two versions in one language"):
        redline(assemble(outscale, "fr"), assemble(outscale, "en"))


def test_a_redline_that_loses_a_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (document_of(section("a", Paragraph(words(text)))) for text in ("old", "new"))
    monkeypatch.setattr(module, "accept", lambda _: old)
    with pytest.raises(UnfaithfulRedlineError, match=r"\(a\)") as error:
        redline(old, new)
    assert error.value.where == "a"
