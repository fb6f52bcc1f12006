from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, Severity, assemble, load
from snc_docs.assembly import language_differences
from snc_docs.building.inspecting import inspected
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Document,
    FillIn,
    Link,
    ListItem,
    Paragraph,
    Reference,
    Row,
    SideBySide,
    Statement,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from snc_docs.document.parity import term_differences
from snc_docs.document.skeleton import skeleton
from snc_docs.language.figures import figures
from tests.tools import LANGUAGES, TODAY, client_data, section, words, write_pair


def _rules(first: Document, second: Document) -> list[str]:
    return [finding.rule for finding in language_differences(first, second)]


def _with(*blocks: object) -> Document:
    return Document("en", (section("a", *blocks),))


def _paragraph(*inlines: object) -> Document:
    return _with(Paragraph((Text("x"), *inlines)))  # type: ignore[arg-type]  # inlines


def _items(count: int) -> BulletList:
    return BulletList(tuple(ListItem((Paragraph(words("x")),)) for _ in range(count)))


def _table(columns: int, rows: int) -> Table:
    cells = tuple(Cell(words("x")) for _ in range(columns))
    return Table(tuple(Column(words("x"), 1) for _ in range(columns)), tuple(Row("", cells) for _ in range(rows)))


@pytest.mark.parametrize(
    ("first", "other", "rule"),
    [
        (_with(), Document("fr", ()), "parity.clauses"),
        (_with(), Document("fr", (section("a"), section("b"))), "parity.clauses"),
        (_with(), _with(section("c", role="subsection")), "parity.headings"),
        (_with(section("b", role="subsection")), _with(section("c", role="subsection")), "parity.headings"),
        (_with(), _with(Paragraph(words("x"))), "parity.paragraphs"),
        (_with(Paragraph(words("x"))), _with(Paragraph(words("x"), "notice")), "parity.paragraphs"),
        (_with(_items(2)), _with(_items(3)), "parity.lists"),
        (_with(_table(2, 2)), _with(_table(2, 3)), "parity.tables"),
        (_paragraph(), _paragraph(Value("client.siren", "x")), "parity.fields"),
        (_paragraph(), _paragraph(Strong((Value("client.siren", "x"),))), "parity.fields"),
        (_paragraph(Value("client.siren", "x")), _paragraph(Value("client.siren", "x"), Value("client.siren", "x")), "parity.fields"),
        (_paragraph(), _paragraph(FillIn("client.siren", "SIREN")), "parity.fields"),
        (_paragraph(), _paragraph(Reference("a", "label")), "parity.references"),
        (_paragraph(Reference("a", "title")), _paragraph(Reference("a", "label")), "parity.references"),
        (_paragraph(), _paragraph(Statement(("f",), words("x"))), "parity.statements"),
        (_paragraph(), _paragraph(Term("t", ("T",), words("T"))), "parity.definitions"),
        (_with(DefinitionList((Definition("a", ("A",), ()),))), _with(DefinitionList((Definition("b", ("B",), ()),))), "parity.definitions"),
        (_paragraph(), _paragraph(Link("https://example.com", words("x"))), "parity.links"),
        (_paragraph(Text(" 30 days")), _paragraph(Text(" 45 days")), "parity.numbers"),
        (_paragraph(Value("a.b", "30 days")), _paragraph(Value("a.b", "45 days")), "parity.values"),
    ],
)
def test_each_difference_is_named(first: Document, other: Document, rule: str) -> None:
    assert _rules(first, other) == _rules(other, first) == [rule]


def test_more_columns_are_more_cells_in_each_row() -> None:
    assert set(_rules(_with(_table(2, 2)), _with(_table(3, 2)))) == {"parity.tables"}


def test_definitions_are_compared_whatever_their_order() -> None:
    entries = (Definition("a", ("A",), ()), Definition("b", ("B",), ()))
    assert _rules(_with(DefinitionList(entries)), _with(DefinitionList(entries[::-1]))) == []


def test_one_paragraph_more_is_one_difference() -> None:
    many = [Paragraph(words(f"{number}")) for number in range(9)]
    assert _rules(_with(*many), _with(*many[:4], Paragraph(words("x"), "notice"), *many[4:])) == ["parity.paragraphs"]


def test_numbers_are_the_same_however_each_language_writes_them() -> None:
    french = Document("fr", (section("a", Paragraph(words("1\u202f849\u202f930,50 € le 1er juillet 2026 à 20 h, 99,90 %"))),))
    english = Document("en", (section("a", Paragraph(words("€1,849,930.5 on 1 July 2026 at 8 pm, 99.9%"))),))
    assert _rules(french, english) == []


def test_a_value_whose_numbers_differ_is_a_warning_on_the_data() -> None:
    (finding,) = language_differences(_paragraph(Value("a.text", "30")), _paragraph(Value("a.text", "45")))
    assert (finding.severity, finding.path, finding.file) == (Severity.WARNING, "a.text", None)
    assert tuple(finding.hint) == ("accorder les deux langues de cette valeur", "bring the two languages of this value into line")


def test_terms_used_in_one_language_alone_are_named() -> None:
    document = _with()
    assert [finding.rule for finding in term_differences({"a": {"x"}}, {"a": {"x", "y"}}, document, document)] == ["parity.terms"]
    assert list(term_differences({"a": {"x"}}, {"a": {"x"}}, document, document)) == []


def test_the_shipped_templates_do_not_differ(outscale: Agreement, unknown_client: Agreement) -> None:
    for agreement in (outscale, unknown_client):
        assert list(language_differences(assemble(agreement, "fr"), assemble(agreement, "en"))) == []


def test_a_row_that_is_missing_from_a_long_table_is_one_difference() -> None:
    assert _rules(_with(_table(3, 20_000)), _with(_table(3, 19_999))) == ["parity.tables"]


def test_lists_in_items_and_both_languages_side_by_side_are_read_to_the_end() -> None:
    def pieces(*blocks: Any) -> list[tuple[str, str]]:
        return [(piece.kind, piece.key) for piece in skeleton(section("a", *blocks), lambda _: ())]

    heading = pieces()
    inner = BulletList((ListItem((Paragraph(words("y")),)),))
    of_inner = [("list", "BulletList"), ("item", "")]
    assert pieces(BulletList((ListItem((inner, Paragraph(words("z")))),))) == [*heading, *of_inner, *of_inner, ("paragraph", "body")]
    assert pieces(SideBySide((Paragraph(words("x")),), (inner,))) == [*heading, ("paragraph", "body"), *of_inner]


def test_a_value_that_prints_in_several_places_is_told_once_and_names_no_template(tmp_path: Path) -> None:
    data = client_data()
    data["client_contacts"][0]["availability"] = {"fr": "de 8 h à 17 h", "en": "9 am to 5 pm"}
    loaded = load(write_pair(tmp_path, client=data), today=TODAY)
    found = [each for each in dict.fromkeys(inspected(loaded, LANGUAGES, ())[1]) if each.rule == "parity.values"]
    assert [(each.path, Path(each.file or "").name) for each in found] == [("client_contacts[representative].availability", "client.yaml")]
    assert found[0].message.en == "'de 8 h à 17 h' and '9 am to 5 pm': the numbers of this value differ between the languages"
    assert ".j2" not in "".join((*found[0].message, *found[0].hint))


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("8h30/12h - 13h30/17h", "8:30 am to noon, 1:30 pm to 5 pm"),
        ("de 8 h à midi", "8 am to 12 noon"),
        ("de minuit à 6 h", "midnight to 6 am"),
        ("à midi et à 20 h", "at midday and 8 pm"),
    ],
)
def test_hours_are_the_same_however_each_language_says_them(french: str, english: str) -> None:
    assert (
        _rules(
            Document("fr", (section("a", Paragraph((Value("a.b", french),))),)), Document("en", (section("a", Paragraph((Value("a.b", english),))),))
        )
        == []
    )


def test_the_south_and_an_afternoon_are_no_hours() -> None:
    assert figures("3 rue du Midi, l’après-midi", "fr") == figures("3 rue du Midi, in the afternoon", "en") == ("3",)


def test_terms_of_a_clause_that_uses_none_in_one_language_are_named() -> None:
    document = _with()
    for first, second in (({"a": {"x", "b"}}, {}), ({}, {"a": {"x", "b"}})):
        (finding,) = term_differences(first, second, document, document)
        assert finding.message.en.startswith("the defined terms that the clause uses differ between the languages: b, x")
    assert list(term_differences({"other": {"x"}}, {}, document, document)) == []


def test_of_several_details_the_one_that_differs_is_named() -> None:
    (finding,) = language_differences(_paragraph(Value("a.b", "x"), Value("c.d", "y")), _paragraph(Value("a.b", "x"), Value("e.f", "y")))
    assert "c.d, e.f" in finding.message.en
    assert "a.b" not in finding.message.en
