from __future__ import annotations

import pytest

from snc_docs import FindingsError
from snc_docs.document.marks import hole
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Contents,
    Definition,
    DefinitionList,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    Link,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    Signatory,
    Signatures,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from snc_docs.readers.markdown.filling import fill
from tests.tools import read, section, words


def _blocks(markdown: str, language: str = "en") -> tuple[object, ...]:
    return read(f"# Title {{#test}}\n\n{markdown}", language=language).blocks


def _findings(markdown: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FindingsError) as error:
        read(markdown)
    return [(finding.rule, finding.line) for finding in error.value.diagnostics]


def _items(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((Paragraph(words(text)),)) for text in texts)


@pytest.mark.parametrize(
    ("markdown", "inlines"),
    [
        ("plain", (Text("plain"),)),
        ("two\nlines", (Text("two lines"),)),
        ("a **b** *c*", (Text("a "), Strong(words("b")), Text(" "), Emphasis(words("c")))),
        ("***both***", (Emphasis((Strong(words("both")),)),)),
        (r"\*not\* \# &", (Text("*not* # &"),)),
        ("see [](#data-centres).", (Text("see "), Reference("data-centres", "label"), Text("."))),
        ("[:number](#x) [:title](#x)", (Reference("x", "number"), Text(" "), Reference("x", "title"))),
        ("[site](https://example.com)", (Link("https://example.com", words("site")),)),
        ('[**Party**](def:party "Parties | each Party")', (Term("party", ("Party", "Parties", "each Party"), (Strong(words("Party")),)),)),
        ("[date](fill:signature.date)", (FillIn("signature.date", "date"),)),
        ("[day](date:signature.date)", (FillIn("signature.date", "day", "date"),)),
        ("[agreed](check:form.agreed)", (FillIn("form.agreed", "agreed", "check"),)),
        ("it's", (Text("it’s"),)),
    ],
)
def test_inlines(markdown: str, inlines: tuple[object, ...]) -> None:
    assert _blocks(markdown) == (Paragraph(inlines),)  # type: ignore[arg-type]  # inlines of all kinds


def test_french_typography_is_put_in() -> None:
    assert _blocks("« *Oui* » : non ;", "fr") == (Paragraph((Text("«\u00a0"), Emphasis(words("Oui")), Text("\u00a0»\u00a0: non\u202f;"))),)


def test_nested_lists() -> None:
    markdown = "- a\n- b\n\n  1. c\n  2. d\n\n- e\n"
    inner = OrderedList(_items("c", "d"))
    assert _blocks(markdown) == (BulletList((*_items("a"), ListItem((Paragraph(words("b")), inner)), *_items("e"))),)


def test_subsections_nest_by_level() -> None:
    section = read("# A {#test}\n\nx\n\n## B {#b}\n\n### C {#c}\n\ny\n\n## D {#d}\n")
    assert [
        (block.id, [inner.id for inner in block.blocks if isinstance(inner, Section)]) for block in section.blocks if isinstance(block, Section)
    ] == [("b", ["c"]), ("d", [])]


def test_a_table_has_columns_groups_and_rows() -> None:
    assert _blocks("::: table widths=30,70\n| A | B |\n|= G |\n| x | y \\| z |\n:::") == (
        Table(
            columns=_blocks("::: table widths=30,70\n| A | B |\n:::")[0].columns,  # type: ignore[attr-defined]  # a table
            rows=(Row("", (Cell(words("G")),), group=True), Row("", (Cell(words("x")), Cell(words("y | z"))))),
        ),
    )


def test_a_table_without_rows_is_a_table() -> None:
    (table,) = _blocks("::: table\n| A | B | C |\n:::")
    assert isinstance(table, Table)
    assert [column.width for column in table.columns] == [33, 33, 33]


def test_definitions_are_sorted_as_their_language_does() -> None:
    (definitions,) = _blocks("::: definitions\nZèbre {#z}\n: un animal.\n\nÉlan | Élans {#e}\n: un autre.\n: Deux alinéas.\n:::", "fr")
    assert definitions == DefinitionList(
        (
            Definition("e", ("Élan", "Élans"), (Paragraph(words("un autre.")), Paragraph(words("Deux alinéas.")))),
            Definition("z", ("Zèbre",), (Paragraph(words("un animal.")),)),
        )
    )


def test_facts_and_signatures() -> None:
    fact = Fact(words("Name"), words("A"))
    assert _blocks("::: facts\n| Name | A |\n:::\n\n::: signatures\n# For A\n| Name | A |\n# For B\n| Signature | |\n:::") == (
        Facts((fact,)),
        Signatures((Signatory(words("For A"), (fact,)), Signatory(words("For B"), (Fact(words("Signature"), ()),)))),
    )


def test_notices_contents_and_page_breaks() -> None:
    assert _blocks("::: notice\nMind *this*.\n:::\n::: pagebreak\n::: contents Table") == (
        Paragraph((Text("Mind "), Emphasis(words("this")), Text(".")), "notice"),
        PageBreak(),
        Contents(words("Table")),
    )


def test_sentences_that_stand_apart_are_one_paragraph() -> None:
    apart = "::: paragraph\nOne *two*,\n\n**three**,\n\nfour\nfive.\n:::"
    assert _blocks(apart) == _blocks("One *two*, **three**, four\nfive.")
    assert _blocks("::: paragraph\n\n:::") == ()


@pytest.mark.parametrize(
    ("markdown", "finding"),
    [
        ("", ("heading.level", 1)),
        ("text first", ("heading.level", 1)),
        ("# Title\n", ("heading.identifier", 1)),
        ("# Title {#other}\n", ("heading.level", 1)),
        ("# Title {#test}\n\n### Deep {#deep}\n", ("heading.level", 3)),
        ("# Title {#test}\n\n# Second {#second}\n", ("heading.level", 3)),
        ("# Title {#test}\n\n## A {#a}\n\n### B {#b}\n\n#### C {#c}\n\n##### D {#d}\n", ("heading.level", 9)),
        ("# Title {#test}\n\n## Bad {#Bad Id}\n", ("heading.identifier", 3)),
        ("# See [](#x) {#test}\n", ("heading.reference", 1)),
        ("# By [date](fill:d) {#test}\n", ("heading.reference", 1)),
        ("# Title {#test}\n\n> quoted\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n```\ncode\n```\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n    indented\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n<b>x</b>\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\na <br> b\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n---\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n| a |\n|---|\n| b |\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n![x](y.png)\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n`code`\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\ntwo  \nlines\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n- # heading {#h}\n", ("markdown.not-in-dialect", 3)),
        ("# Title {#test}\n\n[x](javascript:alert)\n", ("link.address", 3)),
        ("# Title {#test}\n\n[words](#x)\n", ("reference.words", 3)),
        ("# Title {#test}\n\n::: table\n| a |\n", ("directive.unbalanced", 3)),
        ("# Title {#test}\n\n:::\n", ("directive.unbalanced", 3)),
        ("# Title {#test}\n\n- a\n  ::: notice\n", ("directive.unbalanced", 4)),
        ("# Title {#test}\n\n::: nonsense\n:::\n", ("directive.malformed", 3)),
        ("# Title {#test}\n\n::: table\n| a | b |\n| c |\n:::\n", ("directive.malformed", 5)),
        ("# Title {#test}\n\n::: table widths=50,60\n| a | b |\n:::\n", ("directive.malformed", 3)),
        ("# Title {#test}\n\n::: table\n:::\n", ("directive.malformed", 3)),
        ("# Title {#test}\n\n::: table\nno pipes\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: facts\n| a |\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: signatures\n| a | b |\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: signatures\n# For A\nno pipes\n:::\n", ("directive.malformed", 5)),
        ("# Title {#test}\n\n::: signatures\n:::\n", ("directive.malformed", 3)),
        ("# Title {#test}\n\n::: facts\nno pipes\n| a | b |\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: table\n| a | b |\nno pipes\n:::\n", ("directive.malformed", 5)),
        ("# Title {#test}\n\n::: table\n| a | b |\n|= x | y |\n:::\n", ("directive.malformed", 5)),
        ("# Title {#test}\n\n::: definitions\nno id\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: embed nothing\n", ("directive.malformed", 3)),
        ("# Title {#test}\n\n::: notice\n# Heading {#h}\n:::\n", ("directive.malformed", 4)),
        ("# Title {#test}\n\n::: paragraph\na\n\n- b\n:::\n", ("directive.malformed", 3)),
    ],
)
def test_what_the_dialect_does_not_have_is_a_finding_with_its_line(markdown: str, finding: tuple[str, int]) -> None:
    assert finding in _findings(markdown)


def test_all_findings_of_a_clause_come_together() -> None:
    assert len(_findings("# T {#test}\n\n> a\n\n`b`\n\n### c {#c}\n")) == 3


def test_a_hole_that_no_value_was_printed_for_is_never_filled_with_another() -> None:
    with pytest.raises(FindingsError, match="reserved characters"):
        fill(section("a", Paragraph((Value(hole(1), "x"),))), [words("y")])
