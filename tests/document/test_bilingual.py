from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from snc_docs import Agreement, assemble, load_agreement, side_by_side, write
from snc_docs.document.bilingual import UnpairedError, bilingual
from snc_docs.document.nodes import (
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    ForeignDocument,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    SideBySide,
    Signatory,
    Signatures,
    Table,
    Text,
)
from snc_docs.document.walk import sections_of, walk
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, TODAY, document_of, section, words, xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=["outscale", "complete"])
def agreement(request: pytest.FixtureRequest) -> Agreement:
    return load_agreement(EXAMPLES / str(request.param) / "client.yaml", today=TODAY)


def _both(one: Any, other: Any) -> tuple[Any, ...]:
    merged = bilingual(document_of(section("a", one)), document_of(section("a", other)))
    return merged.sections[0].blocks


def _paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def _table(count: int, text: str) -> Table:
    cells = tuple(Cell(words(text)) for _ in range(count))
    return Table(tuple(Column(words(text), 100 // count) for _ in range(count)), (Row("k", cells), Row("", cells[:1], group=True)))


def test_paragraphs_and_items_stand_side_by_side() -> None:
    fr, en = _paragraph("fr"), _paragraph("en")
    assert _both(fr, en) == (SideBySide((fr,), (en,)),)
    items = [BulletList((ListItem((each,)), ListItem((each,)))) for each in (fr, en)]
    one_item = [BulletList((ListItem((each,)),)) for each in (fr, en)]
    assert _both(*items) == (SideBySide((one_item[0],), (one_item[1],)),) * 2
    ordered = [OrderedList((ListItem((each,)),)) for each in (fr, en)]
    assert _both(*ordered) == (SideBySide((ordered[0],), (ordered[1],)),)


def test_narrow_tables_have_the_columns_of_both_and_wide_ones_both_in_a_cell() -> None:
    (narrow,) = _both(_table(2, "fr"), _table(2, "en"))
    assert [column.title for column in narrow.columns] == [words("fr")] * 2 + [words("en")] * 2
    assert [cell.children for cell in narrow.rows[0].cells] == [words("fr")] * 2 + [words("en")] * 2
    assert narrow.rows[1].cells == (Cell(words("fr", " / ", "en")),)
    (wide,) = _both(_table(4, "fr"), _table(4, "en"))
    stacked = (Text("fr"), Text("\n"), Emphasis(words("en")))
    assert (len(wide.columns), wide.columns[0].title, wide.rows[0].cells[3].children) == (4, stacked, stacked)
    (same,) = _both(_table(4, "x"), _table(4, "x"))
    assert same == _table(4, "x")


def test_what_is_signed_or_filled_in_is_there_once() -> None:
    def facts(label: str, prompt: str) -> tuple[Fact, ...]:
        return (Fact(words(label), (FillIn("p", prompt),)), Fact(words("Signature"), ()))

    merged = (Fact(words("Nom", " / ", "Name"), (FillIn("p", "nom / name"),)), Fact(words("Signature"), ()))
    assert _both(Facts(facts("Nom", "nom")), Facts(facts("Name", "name"))) == (Facts(merged),)
    blocks = [Signatures((Signatory(words(title), facts(label, label.lower())),)) for title, label in (("Pour", "Nom"), ("For", "Name"))]
    assert _both(*blocks) == (Signatures((Signatory(words("Pour", " / ", "For"), merged),)),)


def test_a_joined_word_file_is_there_once() -> None:
    assert _both(ForeignDocument("r", "Attestation"), ForeignDocument("r", "Certificate")) == (ForeignDocument("r", "Attestation / Certificate"),)


def test_definitions_are_paired_whatever_their_order() -> None:
    def entry(identifier: str, form: str) -> Definition:
        return Definition(identifier, (form,), (_paragraph(form),))

    french = DefinitionList((entry("agreement", "Contrat"), entry("availability", "Disponibilité")))
    english = DefinitionList((entry("availability", "Availability"), entry("agreement", "Agreement")))
    pairs = _both(french, english)
    assert [(pair.left[0].entries[0].forms[0], pair.right[0].entries[0].forms[0]) for pair in pairs] == [
        ("Contrat", "Agreement"),
        ("Disponibilité", "Availability"),
    ]


def test_contents_list_both_titles_under_one_number() -> None:
    french, english = (document_of(section("a", Contents(words(title)), title=title)) for title in ("Titre", "Title"))
    (table,) = bilingual(french, english).sections[0].blocks
    assert isinstance(table, Table)
    assert table.rows == (
        Row(
            "a",
            tuple(Cell((Reference("a", "label", "Article\u00a01"), Text(". "), Text(title), Reference("a", "page"))) for title in ("Titre", "Title")),
        ),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_paragraph("a"), PageBreak()),
        (BulletList((ListItem((_paragraph("a"),)),)), BulletList((ListItem((_paragraph("a"),)),) * 2)),
        (_table(2, "a"), _table(3, "a")),
        (Facts((Fact(words("a"), ()),)), Facts((Fact(words("a"), ()),) * 2)),
        (DefinitionList((Definition("a", ("A",), ()),)), DefinitionList((Definition("b", ("A",), ()),))),
        (section("b", role="subsection"), section("c", role="subsection")),
    ],
)
def test_languages_that_do_not_match_are_refused(one: Any, other: Any) -> None:
    with pytest.raises(UnpairedError, match="'make-agreement check --templates' says which"):
        _both(one, other)


def test_a_section_more_is_refused() -> None:
    with pytest.raises(UnpairedError):
        bilingual(document_of(section("a")), document_of(section("a"), section("b")))


def _words(node: Any) -> list[str]:
    return [each.text for each in walk(node) if isinstance(each, Text) and each.text.strip()]


def test_every_word_of_both_languages_is_in_the_document_of_two(agreement: Agreement) -> None:
    documents = [assemble(agreement, language) for language in ("fr", "en")]
    both = set(_words(side_by_side(*documents)))
    titles = {
        each
        for document in documents
        for each in _words(Section("t", "clause", tuple(i for s in sections_of(document.sections) for i in s.title), ()))
    }
    for document in documents:
        assert [text for text in _words(document) if text not in both | titles] == []


def test_numbers_are_those_of_each_language_alone(agreement: Agreement) -> None:
    french = assemble(agreement, "fr")
    both = side_by_side(french, assemble(agreement, "en"))
    assert [(each.id, each.number) for each in sections_of(both.sections)] == [(each.id, each.number) for each in sections_of(french.sections)]
    assert {each.label for each in both.sections if each.role == "appendix"} == {f"Annexe / Appendix\u00a0{letter}" for letter in "ABC"}


def test_each_heading_is_numbered_once_and_referred_to_on_the_right(agreement: Agreement) -> None:
    both = side_by_side(assemble(agreement, "fr"), assemble(agreement, "en"))
    content = write(both, "docx")
    assert faults(content) == []
    assert write(both, "docx") == content
    root = xml(content)
    numbered = [each for each in sections_of(both.sections) if each.number]
    outline = root.findall(f".//{W}outlineLvl[@{W}val='9']")
    assert len(outline) == len(list(sections_of(both.sections)))
    fields = [node.text or "" for node in root.iter(f"{W}instrText")]
    assert all(sum(f" REF _Ref_{each.id.replace('-', '_')} " in field for field in fields) >= 1 for each in numbered if len(each.id) < 35)
    marked = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}lang") is not None]
    assert {run.find(f"{W}rPr/{W}lang").get(f"{W}val") for run in marked} == {"en-GB"}  # type: ignore[union-attr]  # just filtered


def test_the_page_says_which_language_each_column_is(agreement: Agreement) -> None:
    page = write(side_by_side(assemble(agreement, "fr"), assemble(agreement, "en")), "html").decode()
    assert page.count('<div lang="fr-FR">') == page.count('<div lang="en-GB">') > 100
    assert 'id="term-def-agreement"' in page
    assert 'id="term-en-def-agreement"' in page
    identifiers = [each.split('"', 1)[0] for each in page.split(' id="')[1:]]
    assert len(identifiers) == len(set(identifiers))


def test_a_document_of_two_languages_keeps_its_second_one_in_json() -> None:
    from snc_docs import decode, encode

    both: Document = bilingual(document_of(section("a", _paragraph("a"))), replace(document_of(section("a", _paragraph("b"))), language="fr"))
    assert decode(encode(both)) == both


def test_what_no_language_changes_stands_once() -> None:
    embed = Embed("certificate.file", "certificate.pdf", "Certificate")
    assert _both(embed, embed) == (embed,)
