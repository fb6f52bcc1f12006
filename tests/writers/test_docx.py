from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from snc_docs import Agreement, assemble, part_of, parts_of, redline, side_by_side, write
from snc_docs.document import nodes
from snc_docs.document.bilingual import bilingual
from snc_docs.document.nodes import Document, Fact, Link, Paragraph, Reference, Signatory, Signatures, Text, Value
from snc_docs.document.walk import sections_of, walk
from snc_docs.language import Language
from snc_docs.writers.docx import properties
from snc_docs.writers.docx.controls import control_tag
from snc_docs.writers.docx.inlines import bookmark_name
from snc_docs.writers.docx.numbering import Lists
from snc_docs.writers.docx.verify import faults
from tests.tools import LANGUAGES, W, all_text, assert_golden, document_of, numbered, paragraph_texts, parts, pretty, section, words, xml
from tests.trees import documents

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _body(document: Document) -> etree._Element:
    return xml(write(document, "docx"))


def _vals(root: etree._Element, name: str) -> list[str]:
    return [each.get(f"{W}val", "") for each in root.iter(f"{W}{name}")]


@settings(max_examples=60)
@given(documents())
def test_any_tree_gives_a_sound_file_with_all_its_words(document: Document) -> None:
    content = write(document, "docx")
    assert faults(content) == []
    shown = "\n".join(paragraph_texts(xml(content)))
    assert [text for text in all_text(document).split("\n") if text.strip() and text not in shown and text.replace("\t", "") not in shown] == []


@settings(max_examples=30)
@given(documents())
def test_the_same_tree_gives_the_same_bytes(document: Document) -> None:
    assert write(document, "docx") == write(document, "docx")


# What is written in tests of its own: revisions, two languages, files of others; and what assembling takes the place of.
_NOT_AMONG_THEM = {nodes.Insertion, nodes.Deletion, nodes.SideBySide, nodes.ForeignDocument, nodes.Embed, nodes.Statement}


def test_every_node_is_written_as_the_golden_file_shows(request: pytest.FixtureRequest) -> None:
    fact = nodes.Fact(words("Label"), words("fact"))
    picture = nodes.Resource("dot.png", "image/png", b"\x89PNG")
    everything = section(
        "first",
        Paragraph(
            (
                nodes.Text("a\tb"),
                nodes.Strong((nodes.Text("bold"), nodes.Emphasis(words("both")))),
                nodes.Value("client.name", "x\ny"),
                nodes.FillIn("client.siren", "SIREN"),
            )
        ),
        Paragraph(
            (
                Link("https://example.com/?a&b", (Value("p", "link"),)),
                nodes.Term("t", ("Term",), words("Term")),
                Reference("inner", "label"),
                Reference("last", "label"),
                Reference("inner", "title"),
            )
        ),
        Paragraph(words("Mind."), "notice"),
        nodes.BulletList(
            (nodes.ListItem((Paragraph(words("one")), nodes.OrderedList((nodes.ListItem((Paragraph(words("a")), Paragraph(words("more")))),)))),)
        ),
        nodes.Table(
            (nodes.Column(words("A"), 40), nodes.Column(words("B"), 60)),
            (nodes.Row("", (nodes.Cell(words("G")),), group=True), nodes.Row("k", (nodes.Cell(words("x")), nodes.Cell(())))),
        ),
        nodes.Facts((fact,)),
        nodes.DefinitionList((nodes.Definition("d", ("Term",), (Paragraph(words("meaning")), Paragraph(words("more")))),)),
        nodes.PageBreak(),
        nodes.Picture("dot.png", 10, 20, "a dot"),
        nodes.Contents(words("Contents")),
        section(
            "inner",
            nodes.Signatures((nodes.Signatory(words("For A"), (fact, nodes.Fact(words("Signature"), ()))), nodes.Signatory(words("For B"), (fact,)))),
            role="subsection",
        ),
    )
    document = document_of(
        section("cover", role="cover"),
        section("free", role="unnumbered"),
        everything,
        nodes.Section("last", "appendix", words("Last"), (), landscape=True),
    )
    document = nodes.Document(
        "en", document.sections, nodes.Properties("Title", "Subject", "Author", "REF-1", "1.0", "2026-07-01", "Secret"), (picture,)
    )
    shown = {type(node) for node in walk(document)}
    assert (nodes.kinds_of(nodes.Block) | nodes.kinds_of(nodes.Inline)) - shown == _NOT_AMONG_THEM
    written = parts(write(document, "docx"))
    assert sorted(written) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "customXml/_rels/item2.xml.rels",
        "customXml/item2.xml",
        "customXml/itemProps2.xml",
        "docProps/app.xml",
        "docProps/core.xml",
        *(
            f"word/{name}"
            for name in (
                "_rels/document.xml.rels",
                "document.xml",
                "fontTable.xml",
                "footer1.xml",
                "footer2.xml",
                "glossary/_rels/document.xml.rels",
                "glossary/document.xml",
                "glossary/styles.xml",
                "header1.xml",
                "header2.xml",
                "media/dot.png",
                "numbering.xml",
                "settings.xml",
                "styles.xml",
            )
        ),
    ]
    for name in (
        "word/document.xml",
        "word/glossary/document.xml",
        "word/numbering.xml",
        "word/_rels/document.xml.rels",
        "word/header2.xml",
        "word/footer1.xml",
        "docProps/core.xml",
        "[Content_Types].xml",
    ):
        assert_golden(request, f"every-node/{name.replace('/', '-')}", pretty(written[name]))


def test_plain_rows_are_written_alike_however_many_there_are() -> None:
    def table(*texts: str) -> nodes.Table:
        rows = tuple(nodes.Row("", (nodes.Cell(words(text)), nodes.Cell((Value("p", f"{text} & co"),)))) for text in texts)
        return nodes.Table((nodes.Column(words("A"), 50), nodes.Column(words("B"), 50)), rows)

    texts = ["one", "two", " edge", "in\nlines", "three", "four  spaces"]
    longer = [*texts, *"abc"]
    together, more = (list(_body(document_of(section("a", table(*each)))).iter(f"{W}tr"))[1:] for each in (texts, longer))
    alone = [list(_body(document_of(section("a", table(text)))).iter(f"{W}tr"))[1] for text in texts]
    assert [etree.tostring(row) for row in together] == [etree.tostring(row) for row in more[: len(texts)]] == [etree.tostring(row) for row in alone]


def test_a_groups_title_stays_with_two_rows() -> None:
    rows = (nodes.Row("", (nodes.Cell(words("G")),), group=True), *(nodes.Row("", (nodes.Cell(words(text)),)) for text in "abc"))
    body = _body(document_of(section("a", nodes.Table((nodes.Column(words("A"), 100),), (*rows, *rows[1:], *rows)))))
    assert _kept_rows(body) == [True, *[True] * 6, False, *[True, True, True, False]]


def _kept_rows(body: etree._Element) -> list[bool]:
    """Return which rows stay on the page of the next one: LibreOffice asks the first paragraph of the first cell."""
    return [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None for row in body.iter(f"{W}tr")]


@pytest.mark.parametrize("count", [1, 2, 5, 6, 7, 8, 9, 20])
def test_no_table_leaves_its_first_rows_or_its_last_one_alone_on_a_page(count: int) -> None:
    texts = [str(number) for number in range(count)]
    table = nodes.Table((nodes.Column(words("A"), 50), nodes.Column(words("B"), 50)), tuple(_row(text, text) for text in texts))
    facts = nodes.Facts(tuple(Fact(words(text), words(text)) for text in texts))
    kept = [each < 6 or each == count - 2 for each in range(count)]
    assert _kept_rows(_body(document_of(section("a", table)))) == [True, *kept]  # the header row is kept in any case
    assert _kept_rows(_body(document_of(section("a", facts)))) == kept


@pytest.mark.parametrize(
    ("texts", "longer", "most"), [("", "a", 0), ("abcde", "abxcde", 0), ("abcdef", "abcdefg", 0), ("abcdefghi", "abcdefghij", 2)]
)
def test_a_row_more_changes_no_setting_of_a_short_table_and_two_of_a_long_one(texts: str, longer: str, most: int) -> None:
    columns = tuple(nodes.Column(words(text), 25) for text in "ABCD")
    old, new = (document_of(section("a", nodes.Table(columns, tuple(_row(*[text] * 4, key=text) for text in each)))) for each in (texts, longer))
    for one, other in ((old, new), (new, old)):
        assert len(list(xml(write(redline(one, other), "docx")).iter(f"{W}pPrChange"))) == most


def _row(*texts: str, key: str = "") -> nodes.Row:
    return nodes.Row(key, tuple(nodes.Cell(words(text)) for text in texts))


def test_signatures_stand_on_the_page_of_the_end_of_what_is_before_them() -> None:
    block = Signatures(tuple(Signatory((Text("A"),), (Fact((Text("Date"),), ()),)) for _ in range(2)))
    table = nodes.Table((nodes.Column(words("A"), 100),), tuple(_row(text) for text in "abc"))
    for before in (Paragraph(words("c")), table, nodes.Facts((Fact(words("c"), words("c")),))):
        document = document_of(section("a", before), section("sign", block, role="unnumbered", title="To sign"))
        document = replace(document, sections=(document.sections[0], replace(document.sections[1], id="signatures")))
        for each in (document, bilingual(document, replace(document, language="fr"))):
            (body,) = _body(each)
            flow = [part for block in body for part in (block.iterchildren(f"{W}tr") if block.tag == f"{W}tbl" else [block])]
            found = next(index for index, part in enumerate(flow) if "To sign" in "".join(part.itertext()))
            end = next(index for index in range(found - 1, -1, -1) if "c" in "".join(flow[index].itertext()))
            paragraphs = [paragraph for part in flow[end:found] for paragraph in part.iter(f"{W}p")]
            assert all(paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in paragraphs)


def test_no_list_leaves_one_item_alone_and_no_short_section_is_broken_but_of_numbered_paragraphs() -> None:
    items = nodes.BulletList(tuple(nodes.ListItem((Paragraph(words(text)),)) for text in "abcd"))
    short = section("a", Paragraph(words("x")), Paragraph(words("y")), role="appendix")
    body = _body(document_of(section("b", items), short, section("c", *short.blocks)))
    kept = ["".join(each.itertext()) for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == ["b", "a", "c", "a", "x", "c"]


def test_a_second_paragraph_of_an_item_stands_under_the_first() -> None:
    item = nodes.ListItem((Paragraph(words("x")), Paragraph(words("more"))))
    lists = (nodes.BulletList((item,)), nodes.OrderedList((item,)))
    content = write(document_of(section("a", *lists, role="appendix")), "docx")
    levels = {int(each.get(f"{W}left", "0")) for each in xml(content, "word/numbering.xml").iter(f"{W}ind")}
    indents = [int(each.get(f"{W}left", "0")) for each in xml(content).iter(f"{W}ind")]
    assert len(set(indents)) == 2
    assert set(indents) <= levels


def test_lists_of_numbered_paragraphs_stand_under_their_words() -> None:
    item = nodes.ListItem((Paragraph(words("x")), Paragraph(words("more"))))
    lists = (nodes.BulletList((item,)), nodes.OrderedList((item,)))
    paragraphs = [*xml(write(document_of(section("a", Paragraph(words("These:")), *lists)), "docx")).iter(f"{W}p")]
    found = {(paragraph_texts(each)[0], place.get(f"{W}left"), place.get(f"{W}hanging")) for each in paragraphs for place in each.iter(f"{W}ind")}
    assert found == {("x", "1134", "340"), ("more", "1134", None), ("x", "1248", "454"), ("more", "1248", None)}
    assert [each.get(f"{W}val") for each in paragraphs[1].iterfind(f"{W}pPr/{W}numPr/*")] == ["1", "4"]


def test_paragraphs_of_articles_are_numbered_and_their_parts_count_on() -> None:
    text = Paragraph(words("x"))
    part = section("b", text, Paragraph(words("y"), "notice"), role="subsection")
    document = document_of(
        section("a", text, part), section("c", text, text), section("d", text, role="unnumbered"), section("e", text, role="appendix")
    )
    assert [label for label, shown in numbered(document) if shown == "x"] == ["1.1", "1.2.1", "2.1", "2.2"]
    page = write(document, "html").decode()
    assert re.findall(r'<p class="counted"><span class="number">([\d.]+)</span> x</p>', page) == ["1.1", "1.2.1", "2.1", "2.2"]
    assert page.count("<p>x</p>") == 2


def test_a_picture_is_no_larger_than_its_page() -> None:
    dot = nodes.Resource("dot.png", "image/png", b"x")
    sections = (
        section("a", nodes.Picture("dot.png", 400, 100, "wide")),
        nodes.Section("b", "appendix", words("B"), (nodes.Picture("dot.png", 100, 400, "high"),), landscape=True),
    )
    body = _body(Document("en", document_of(*sections).sections, resources=(dot,)))
    sizes = [
        (int(each.get("cx", "0")) // 36000, int(each.get("cy", "0")) // 36000)
        for each in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    ]
    assert [(width <= 170, height <= 160) for width, height in sizes] == [(True, True), (True, True)]


def test_numbering_is_native_and_tied_to_the_heading_styles() -> None:
    content = write(document_of(section("a", section("b", role="subsection")), section("x", role="appendix")), "docx")
    styles = {style.get(f"{W}styleId"): style for style in xml(content, "word/styles.xml").iter(f"{W}style")}
    levels = {style: level for level in xml(content, "word/numbering.xml").iter(f"{W}lvl") for style in _vals(level, "pStyle")}
    assert {name: _vals(level, "lvlText")[0] for name, level in levels.items()} == {
        "Heading1": "Article\u00a0%1.",
        "Heading2": "%1.%2",
        "Heading3": "%1.%2.%3",
        "Heading4": "%1.%2.%3.%4",
        "AppendixHeading": "Appendix\u00a0%1.",
        "AppendixHeading2": "%1.%2",
        "AppendixHeading3": "%1.%2.%3",
        "AppendixHeading4": "%1.%2.%3.%4",
    }
    assert all(styles[name].find(f"{W}pPr/{W}numPr/{W}numId") is not None for name in levels)


def test_a_reference_is_a_field_with_the_true_cached_result() -> None:
    document = document_of(
        section("a", section("b", role="subsection"), Paragraph((Reference("b", "label"), Reference("x", "label")))), section("x", role="appendix")
    )
    body = _body(document)
    instructions = [(node.text or "").strip() for node in body.iter(f"{W}instrText")]
    assert instructions == [f"REF {bookmark_name('b')} \\r \\h", f"REF {bookmark_name('x')} \\r \\h"]
    assert "Article\u00a01.1Appendix\u00a0A" in paragraph_texts(body)


def test_a_reference_to_what_another_file_holds_is_plain_text() -> None:
    document = document_of(section("a", Paragraph((Reference("x", "label"),))), section("x", role="appendix"))
    body = _body(part_of(document, "body"))
    assert (list(body.iter(f"{W}instrText")), "Appendix\u00a0A" in paragraph_texts(body)) == ([], True)


def test_every_ordered_list_starts_again() -> None:
    item = nodes.ListItem((Paragraph(words("x")),))
    body = _body(document_of(section("a", nodes.OrderedList((item,)), Paragraph(words("y")), nodes.OrderedList((item,)))))
    lists = [value for value in _vals(body, "numId") if int(value) > len(Lists._fields)]
    assert len(set(lists)) == len(lists) == 2


def test_an_appendix_alone_keeps_its_letter() -> None:
    document = document_of(*(section(name, section(f"{name}-1", role="subsection"), role="appendix") for name in "abc"))
    numbering = xml(write(part_of(document, "c"), "docx"), "word/numbering.xml")
    assert _vals(numbering, "startOverride")[0] == "3"


@pytest.mark.parametrize("identifier", ["a", "a-b", "x" * 60])
def test_bookmark_names_are_what_word_takes(identifier: str) -> None:
    assert re.fullmatch(r"_[A-Za-z0-9_]{1,39}", bookmark_name(identifier))


def test_long_names_stay_different() -> None:
    assert len({bookmark_name("x" * 50 + end) for end in "abc"}) == len({control_tag("y" * 70 + end) for end in "abc"}) == 3


def test_text_is_kept_to_the_character() -> None:
    value = "  two  spaces \u00a0\u202f\u200f]]> <w:t> & \"'\ntab\there "
    body = _body(document_of(section("a", Paragraph((Value("p", value),)))))
    assert value in paragraph_texts(body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_proofing_language_is_that_of_the_document(outscale: Agreement, language: Language) -> None:
    content = write(assemble(outscale, language), "docx")
    lang = xml(content, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert lang is not None
    assert lang.get(f"{W}val") == {"fr": "fr-FR", "en": "en-GB"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_has_its_form(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    content = write(document, "docx")
    body = xml(content)
    tables = list(body.iter(f"{W}tbl"))
    data_tables = [table for table in tables if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "AgreementTable"]  # type: ignore[union-attr]  # every table has one
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in data_tables)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for table in tables for row in table.iter(f"{W}tr"))
    sizes = [size.get(f"{W}orient") for size in body.iter(f"{W}pgSz")]
    assert sizes == [None, None, None, "landscape"]
    (picture,) = body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert picture.get("descr", "").strip()
    entries = [text for text in paragraph_texts(body) if "\t" in text]
    numbered = [each for each in sections_of(document.sections) if each.number]
    assert len(entries) == len(numbered)
    headers = ["".join(paragraph_texts(xml(content, f"word/header{number}.xml"))) for number in (1, 2, 3, 4)]
    label = {"fr": "Annexe", "en": "Appendix"}[language]
    assert [header.rsplit("·", 1)[-1].strip().replace("\u00a0", " ") for header in headers[1:]] == [f"{label} {letter}" for letter in "ABC"]
    assert "SNC-2026-0042" in headers[0]
    assert document.properties.confidentiality in "".join(paragraph_texts(xml(content, "word/footer1.xml")))


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (("LNTDS", "NDS"), ["LN", "N", "T", "DD", "SS"]),
        (("NDS", "LNDS"), ["L", "NN", "DD", "SS"]),
        (("NDS", "NDS"), ["NN", "DD", "SS"]),
        (("NTS", "X"), ["NX", "T", "S"]),
    ],
)
def test_both_parties_date_and_sign_on_the_same_lines(columns: tuple[str, ...], lines: list[str]) -> None:
    block = Signatures(tuple(Signatory((Text("A"),), tuple(Fact((Text(each),), ()) for each in rows)) for rows in columns))
    rows = ["".join(paragraph_texts(row)) for row in _body(document_of(section("s", block))).iter(f"{W}tr")]
    assert [re.sub(r"\W", "", row) for row in rows[1:]] == lines


def test_the_signature_block_stays_on_one_page(outscale: Agreement) -> None:
    body = _body(assemble(outscale, "fr"))
    table = next(each for each in body.iter(f"{W}tbl") if each.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "SignatureTable")  # type: ignore[union-attr]  # every table has one
    rows = list(table.iter(f"{W}tr"))
    kept = [all(paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in row.iter(f"{W}p")) for row in rows]
    assert kept == [True] * (len(rows) - 1) + [False]
    heading = table.getprevious()
    assert heading is not None
    words = heading.getprevious()
    assert words is not None
    assert [each.find(f"{W}pPr/{W}keepNext") is not None for each in (words, heading)] == [True, True]  # and no page holds it without words


def test_unknown_fields_are_content_controls_tagged_with_their_data_path(unknown_client: Agreement) -> None:
    body = _body(assemble(unknown_client, "en"))
    tags = [tag.get(f"{W}val", "") for tag in body.iter(f"{W}tag")]
    paths = [node.path for node in walk(assemble(unknown_client, "en")) if isinstance(node, nodes.FillIn)]
    assert sorted(tags) == sorted(paths)
    assert {"client.legal_name", "client.siren", "client_contacts[representative].email", "signatures.client.date"} <= set(paths)
    assert all(control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for control in body.iter(f"{W}sdt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_has_the_numbers_it_has_in_the_whole(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    assert parts_of(document) == ("agreement", "body", "appendix-a", "appendix-b", "appendix-c")
    whole = {each.id: each.label for each in sections_of(document.sections)}
    for part in parts_of(document):
        chosen = part_of(document, part)
        assert {each.id: each.label for each in sections_of(chosen.sections)}.items() <= whole.items()
        assert faults(write(chosen, "docx")) == []


def test_document_properties_come_from_the_data(outscale: Agreement) -> None:
    core = parts(write(assemble(outscale, "en"), "docx"))["docProps/core.xml"].decode()
    for text in ("SecNumCloud service agreement", "Outscale", "SNC-2026-0042", "2026-09-01T00:00:00Z", "en-GB"):
        assert f">{text}<" in core


def test_live_links_go_where_they_say(outscale: Agreement) -> None:
    content = write(assemble(outscale, "en"), "docx")
    rels = etree.fromstring(parts(content)["word/_rels/document.xml.rels"])
    targets = {each.get("Id"): each.get("Target") for each in rels}
    shown = {targets[link.get(f"{R}id")]: "".join(link.itertext()) for link in xml(content).iter(f"{W}hyperlink") if link.get(f"{R}id")}
    assert shown["https://en.outscale.com/legal-informations/"] == "https://en.outscale.com/legal-informations/"
    assert shown["mailto:dpo@archives-vallee.example.com"] == "dpo@archives-vallee.example.com"


@pytest.mark.parametrize(("version", "shown"), [("0.1.0", "00.0001"), ("1.12rc1", "01.0012"), ("2.0.dev3+local", "02.0000"), ("odd", "00.0000")])
def test_any_version_of_the_package_is_an_app_version(monkeypatch: pytest.MonkeyPatch, version: str, shown: str) -> None:
    monkeypatch.setattr(properties, "__version__", version)
    app = parts(write(document_of(section("a")), "docx"))["docProps/app.xml"].decode()
    assert f"<AppVersion>{shown}</AppVersion>" in app


def test_contents_of_nothing_are_a_heading_alone() -> None:
    written = _body(document_of(section("cover", nodes.Contents(words("Contents")), role="cover", title="T")))
    assert "Contents" in paragraph_texts(written)
    assert list(written.iter(f"{W}fldChar")) == []


def test_an_empty_text_is_no_run() -> None:
    written = _body(document_of(section("a", Paragraph((nodes.Text(""), nodes.Text("x"), Value("a.b", ""))), title="T")))
    (paragraph,) = (each for each in written.iter(f"{W}p") if "".join(each.itertext()) == "x")
    assert len(list(paragraph.iter(f"{W}t"))) == 1


def test_a_title_in_two_languages_is_words_and_no_field() -> None:
    one, other = (
        document_of(section("first", Paragraph((Reference("second", "title", title),)), title="x"), section("second", title=title))
        for title in ("Purpose", "Objet")
    )
    written = _body(side_by_side(one, replace(other, language="fr")))
    fields = ["".join(each.itertext()).split() for each in written.iter(f"{W}instrText")]
    assert [field for field in fields if "\\r" not in field] == []  # the others are numbers of headings
    assert {"Purpose", "Objet"} <= set(paragraph_texts(written))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffe"])
@pytest.mark.parametrize("place", ["a text", "a prompt"])
def test_a_character_that_no_xml_file_can_hold_is_refused(character: str, place: str) -> None:
    node = nodes.Text(f"a{character}") if place == "a text" else nodes.FillIn("client.siren", f"a{character}")
    with pytest.raises(ValueError, match="no XML file can hold"):
        write(document_of(section("a", Paragraph((node,)))), "docx")


def test_contents_at_the_end_of_a_page_group_end_it_with_their_last_entry() -> None:
    """Their entries are kept as text but for the last one: a paragraph that carries the properties of the group, and no empty one behind it."""
    appendix = nodes.Section("b", "appendix", words("B"), (nodes.Contents(words("Contents")),))
    content = write(Document("en", document_of(section("a"), appendix, section("c", role="appendix")).sections), "docx")
    texts = [("".join(each.itertext("{*}t")), each.find("{*}pPr/{*}sectPr") is not None) for each in xml(content).iter("{*}p")]
    assert texts[[text for text, _ in texts].index("Contents") :][:4] == [
        ("Contents", False),
        ("Article\u00a01.a", False),
        ("Appendix\u00a0A.B", False),
        ("Appendix\u00a0B.c", True),
    ]
