"""A house style never moves a number: what Word and LibreOffice count is what the tree computed, whatever styles rest on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from snc_docs import Agreement, assemble, read_reference, side_by_side, write
from snc_docs.document.nodes import Document
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.language import Language
from snc_docs.writers.docx.contents import entry_text, listed_sections
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.reference import ReferenceDocument, reference_docx
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS
from snc_docs.writers.docx.verify import faults
from tests.tools import LANGUAGES, W, document_of, parts, run_in_office, section, xml
from tests.tools import numbered as numbered_in
from tests.trees import documents
from tests.writers.counted import counted, outlined
from tests.writers.house_styles import HOUSES, definitions_with, level, list_of, numbered, resting_on, restyled, with_properties


@cache
def _house(name: str) -> ReferenceDocument:
    return read_reference(HOUSES[name](), f"{name}.docx")


@pytest.mark.parametrize("house", HOUSES)
@settings(max_examples=8)
@given(document=documents())
def test_word_counts_the_numbers_of_the_tree_in_any_house_style(house: str, document: Document) -> None:
    content = write(document, "docx", _house(house))
    assert faults(content) == []
    # Trees of the laws are labelled in English, whatever their language.
    assert [label.split("\u00a0")[-1] for label, _ in counted(content)] == [label.split("\u00a0")[-1] for label, _ in numbered_in(document)]


@pytest.mark.parametrize("house", [None, *HOUSES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_word_counts_and_lists_the_headings_of_the_example_and_nothing_else(outscale: Agreement, language: Language, house: str | None) -> None:
    document = assemble(outscale, language)
    content = write(document, "docx", None if house is None else _house(house))
    assert counted(content) == numbered_in(document)
    listed = [plain_text(each.title) for each in sections_of(document.sections) if each.role != "cover"]
    assert [words for _, words in outlined(content)] == listed


@pytest.mark.parametrize("house", HOUSES)
def test_two_languages_are_counted_once_in_any_house_style(outscale: Agreement, house: str) -> None:
    both = side_by_side(*(assemble(outscale, language) for language in LANGUAGES))
    assert counted(write(both, "docx", _house(house))) == numbered_in(both)


@pytest.mark.parametrize("house", HOUSES)
def test_libreoffice_counts_the_numbers_of_the_tree_in_any_house_style(office: str, outscale: Agreement, tmp_path: Path, house: str) -> None:
    document = assemble(outscale, "en")
    path = tmp_path / "agreement.docx"
    path.write_bytes(write(document, "docx", _house(house)))
    seen = run_in_office("office_fields.py", office, tmp_path / "profile", str(path))
    assert [tuple(heading) for heading in seen["headings"]] == numbered_in(document)
    (contents,) = seen["contents"]
    listed = [entry_text(each) for _, each in listed_sections(document)]
    updated = [re.sub(r"\s\d+$", "", line) for line in contents.split("\n") if line]
    assert [" ".join(line.split()) for line in updated[-len(listed) :]] == [" ".join(entry.split()) for entry in listed]
    assert len(updated) - len(listed) <= 1


def _style(content: bytes, name: str) -> etree._Element:
    styles = xml(content, "word/styles.xml").iter(f"{W}style")
    return next(style for style in styles if style.find(f"{W}name").get(f"{W}val") == name)  # type: ignore[union-attr]  # each has a name


def _names(element: etree._Element | None) -> list[str]:
    return [etree.QName(each).localname for each in element] if element is not None else []


def test_a_sign_of_the_users_own_stays_before_definitions(outscale: Agreement) -> None:
    content = write(assemble(outscale, "en"), "docx", read_reference(definitions_with("bullet"), "signs.docx"))
    assert [each.get(f"{W}val") for each in _style(content, "Definition").iter(f"{W}numId")] == ["1"]
    assert counted(content) == numbered_in(assemble(outscale, "en"))


def test_an_item_has_one_sign_however_many_paragraphs_it_has() -> None:
    signed = restyled(lambda styles: with_properties(styles, "List Paragraph", numbered(1)), list_of(1, level(0, "bullet", "\u2022")))
    content = write(document_of(section("a")), "docx", read_reference(signed, "signs.docx"))
    assert [each.get(f"{W}val") for each in _style(content, "List Paragraph").iter(f"{W}numId")] == ["0"]


def test_text_is_not_kept_together_nor_broken_as_a_heading_is_but_headings_are() -> None:
    content = write(document_of(section("a")), "docx", _house("all on heading 1"))
    for name in ("Definition", "Table Text", "toc 1", "Spacer"):
        properties = _style(content, name).find(f"{W}pPr")
        assert properties is not None
        assert [(etree.QName(each).localname, each.get(f"{W}val")) for each in properties if not len(each)] == [
            ("keepNext", "0"),
            ("pageBreakBefore", "0"),
            ("outlineLvl", "9"),
        ]
    assert _names(_style(content, "Title").find(f"{W}pPr")) == ["numPr", "outlineLvl"]
    assert _names(_style(content, "Unnumbered Heading").find(f"{W}pPr")) == ["numPr"]


def test_a_break_that_a_style_has_of_its_own_stays() -> None:
    own = restyled(lambda styles: with_properties(styles, "Notice", "<w:keepNext/><w:pageBreakBefore/>"))
    content = write(document_of(section("a")), "docx", read_reference(own, "own.docx"))
    assert [(each.tag, each.attrib) for each in _style(content, "Notice").find(f"{W}pPr")] == [(f"{W}keepNext", {}), (f"{W}pageBreakBefore", {})]  # type: ignore[union-attr]  # it was given one


def test_a_heading_that_rests_on_text_is_listed_all_the_same() -> None:
    own = restyled(lambda styles: resting_on(resting_on(styles, ["Notice"], "Heading1"), ["Unnumbered Heading"], "Notice"))
    content = write(document_of(section("a", role="unnumbered"), section("b")), "docx", read_reference(own, "own.docx"))
    assert outlined(content) == [(0, "a"), (0, "b")]


def test_styles_that_rest_on_one_another_in_a_ring_are_read_to_their_end() -> None:
    ring = restyled(lambda styles: resting_on(resting_on(styles, ["Notice"], "Definition"), ["Definition"], "Notice"))
    assert counted(write(document_of(section("a")), "docx", read_reference(ring, "ring.docx"))) == [("Article\u00a01.", "a")]


def test_a_style_of_the_users_own_that_rests_on_a_heading_is_no_article() -> None:
    letterhead = '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Heading2"/></w:style></w:styles>'
    own = restyled(lambda styles: styles.replace("</w:styles>", letterhead))
    content = write(document_of(section("a")), "docx", read_reference(own, "own.docx"))
    assert [each.get(f"{W}val") for each in _style(content, "Mine").iter(f"{W}numId")] == ["0"]


def test_neither_tables_nor_the_documents_defaults_number_paragraphs() -> None:
    def change(styles: str) -> str:
        styles = with_properties(styles, "Facts Table", f'{numbered(1)}<w:outlineLvl w:val="0"/>')
        return styles.replace('<w:spacing w:after="120" w:line="259" w:lineRule="auto"/>', numbered(1), 1)

    own = restyled(change, list_of(1, level(0, "decimal", "No. %1")))
    content = write(document_of(section("a")), "docx", read_reference(own, "own.docx"))
    styles = xml(content, "word/styles.xml")
    assert [etree.QName(each).localname for each in styles.iterfind(f"{W}docDefaults//{W}pPr/*")] == []
    assert _names(_style(content, "Facts Table").find(f"{W}pPr")) == []


def test_a_header_in_the_style_of_a_heading_is_no_article(outscale: Agreement) -> None:
    files = parts(reference_docx())
    line = b'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Our house</w:t></w:r></w:p>'
    files["word/header.xml"] = files["word/header.xml"].replace(b"</w:hdr>", line + b"</w:hdr>")
    content = write(assemble(outscale, "fr"), "docx", read_reference(zipped(files), "own.docx"))
    headings = [each for each in xml(content, "word/header1.xml").iter(f"{W}p") if "".join(each.itertext()) == "Our house"]
    assert [[each.get(f"{W}val") for each in heading.iter(f"{W}numId")] for heading in headings] == [["0"]]


def test_headings_that_a_reference_lacks_are_made_after_those_it_has() -> None:
    lacking = restyled(lambda styles: re.sub(r"<w:style [^>]*w:styleId=\"(Heading[2-9]|(App|Unn)\w+)\".*?</w:style>", "", styles, flags=re.DOTALL))
    reference = read_reference(lacking, "lacking.docx")
    assert reference.findings == ()
    content = write(document_of(section("a")), "docx", reference)
    rests = {name: _style(content, name).find(f"{W}basedOn").get(f"{W}val") for name in (*CLAUSE_HEADINGS[1:], *APPENDIX_HEADINGS)}  # type: ignore[union-attr]  # each rests on one
    assert rests == {
        "heading 2": "Heading1",
        "heading 3": "Heading2",
        "heading 4": "Heading3",
        "Appendix Heading": "Heading1",
        "Appendix Heading 2": "Heading2",
        "Appendix Heading 3": "Heading3",
        "Appendix Heading 4": "Heading4",
    }


def test_without_a_first_heading_none_is_made_and_each_is_a_finding() -> None:
    none = restyled(lambda styles: re.sub(r"<w:style [^>]*w:styleId=\"\w*Heading\d?\".*?</w:style>", "", styles, flags=re.DOTALL))
    lacking = [finding.message.en for finding in read_reference(none, "none.docx").findings]
    assert [name for name in (*CLAUSE_HEADINGS, *APPENDIX_HEADINGS) if not any(f"'{name}'" in each for each in lacking)] == []


def test_a_made_heading_takes_no_id_that_another_style_has() -> None:
    taken = restyled(lambda styles: styles.replace('w:val="heading 3"', 'w:val="other"'))
    content = write(document_of(section("a")), "docx", read_reference(taken, "taken.docx"))
    assert _style(content, "heading 3").get(f"{W}styleId") == "Heading3x"
