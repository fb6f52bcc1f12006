from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Emu

from snc_docs import Agreement, assemble, part_of, write
from snc_docs.building.inspecting import inspected
from snc_docs.document.nodes import Document, ForeignDocument, PageBreak, Paragraph, Resource, Section
from snc_docs.model.agreement import Attachment
from snc_docs.model.loading import Loaded
from snc_docs.writers.docx.foreign import ForeignDocumentError
from snc_docs.writers.docx.verify import faults
from tests.tools import W, document_of, paragraph_texts, section, words, xml

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def foreign_certificate(*, landscape: bool = False, sections: bool = False, a4: bool = False) -> bytes:
    """Return a foreign certificate: a heading, a numbered list, a table, a bookmark named as one of ours, a reference to it."""
    document = WordDocument()
    first = document.sections[0]
    if a4:
        first.page_width, first.page_height = Emu(7560310), Emu(10692130)
    document.add_heading("Foreign heading", 1)
    document.add_paragraph("numbered", style="List Number")
    document.add_table(1, 2).cell(0, 0).text = "in a cell"
    marked: Any = document.add_paragraph("marked ")._p  # python-docx has no bookmarks and fields
    marked.append(parse_xml(f'<w:bookmarkStart {NS} w:id="0" w:name="_Ref_purpose"/>'))  # python-docx has no bookmarks
    marked.append(parse_xml(f'<w:bookmarkStart {NS} w:id="1" w:name="other"/>'))  # as above
    marked.append(parse_xml(f'<w:bookmarkEnd {NS} w:id="0"/>'))  # as above
    marked.append(parse_xml(f'<w:bookmarkEnd {NS} w:id="1"/>'))  # as above
    marked.append(parse_xml(f'<w:fldSimple {NS} w:instr=" PAGE "/>'))  # as above
    for kind, text in (("begin", None), (None, " REF _Ref_purpose \\h "), ("end", None)):
        inner = f'<w:fldChar w:fldCharType="{kind}"/>' if kind else f"<w:instrText>{text}</w:instrText>"
        marked.append(parse_xml(f"<w:r {NS}>{inner}</w:r>"))  # as above
    if sections:
        document.add_section()
        document.add_paragraph("second section")
    if landscape:
        last = document.sections[-1]
        last.orientation = WD_ORIENT.LANDSCAPE
        last.page_width, last.page_height = last.page_height, last.page_width
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _with(agreement: Agreement, content: bytes) -> Document:
    attached = Attachment(name="certificate-specimen.pdf", media_type=TYPE, content=content)
    return assemble(agreement.model_copy(update={"attachments": (attached,)}), "fr")


def _pages(content: bytes) -> list[str]:
    return [size.get(f"{W}orient") or "portrait" for size in xml(content).iter(f"{W}pgSz")]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("sections", [False, True])
@pytest.mark.parametrize("part", ["agreement", "appendix-b"])
def test_a_joined_document_is_sound_and_whole(outscale: Agreement, part: str, *, landscape: bool, sections: bool) -> None:
    content = write(part_of(_with(outscale, foreign_certificate(landscape=landscape, sections=sections)), part), "docx")
    assert faults(content) == []
    texts = paragraph_texts(xml(content))
    assert [text for text in ("Foreign heading", "numbered", "in a cell", "marked ") if text not in texts] == []


def test_a_landscape_document_stays_landscape_and_what_follows_keeps_its_own(outscale: Agreement) -> None:
    assert _pages(write(_with(outscale, foreign_certificate(landscape=True)), "docx")) == [
        "portrait",
        "portrait",
        "portrait",
        "landscape",
        "landscape",
    ]
    assert _pages(write(_with(outscale, foreign_certificate(landscape=True, sections=True)), "docx")) == [
        "portrait",
        "portrait",
        "portrait",
        "portrait",
        "landscape",
        "landscape",
    ]


def test_every_section_has_our_header_and_footer(outscale: Agreement) -> None:
    body = xml(write(_with(outscale, foreign_certificate(landscape=True, sections=True)), "docx"))
    assert all(len(each.findall(f"{W}headerReference")) == len(each.findall(f"{W}footerReference")) == 1 for each in body.iter(f"{W}sectPr"))


def test_a_foreign_heading_is_not_numbered_with_our_articles(outscale: Agreement) -> None:
    body = xml(write(_with(outscale, foreign_certificate()), "docx"))
    heading = next(each for each in body.iter(f"{W}p") if "Foreign heading" in "".join(each.itertext()))
    style = heading.find(f"{W}pPr/{W}pStyle")
    assert style is not None
    assert style.get(f"{W}val") == "F1Heading1"


def test_references_go_where_they_went(outscale: Agreement) -> None:
    body = xml(write(_with(outscale, foreign_certificate()), "docx"))
    names = [each.get(f"{W}name", "") for each in body.iter(f"{W}bookmarkStart")]
    instructions = [(each.text or "").strip() for each in body.iter(f"{W}instrText")]
    assert (names.count("_Ref_purpose"), names.count("_F1__Ref_purpose")) == (1, 1)
    assert "REF _F1__Ref_purpose \\h" in instructions


def test_overlapping_bookmarks_keep_their_ends(outscale: Agreement) -> None:
    body = xml(write(_with(outscale, foreign_certificate()), "docx"))
    paragraph = next(each for each in body.iter(f"{W}p") if "marked " in "".join(each.itertext()))
    marks = [(str(mark.tag).rpartition("}")[2], mark.get(f"{W}id")) for mark in paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]
    (_, first), (_, second), (_, third), (_, fourth) = marks
    assert (first, second) == (third, fourth)


def test_joining_gives_the_same_bytes_each_time(outscale: Agreement) -> None:
    document = _with(outscale, foreign_certificate(landscape=True))
    assert write(document, "docx") == write(document, "docx")


def test_a_document_of_our_own_page_size_needs_no_section_of_its_own(outscale: Agreement) -> None:
    assert _pages(write(_with(outscale, foreign_certificate(a4=True)), "docx")) == ["portrait", "portrait", "portrait", "landscape"]


def test_what_follows_a_joined_document_in_its_appendix_stays_there() -> None:
    resource = Resource("g.docx", TYPE, foreign_certificate(landscape=True))
    appendix = Section("x", "appendix", words("X"), (ForeignDocument("g.docx", "G"), Paragraph(words("after"))))
    document = document_of(section("a"), appendix)
    content = write(Document("en", document.sections, resources=(resource,)), "docx")
    assert (_pages(content), paragraph_texts(xml(content))[-1]) == (["portrait", "portrait", "landscape", "portrait"], "after")


def test_a_header_that_is_not_carried_is_a_warning(outscale: Agreement) -> None:
    document = WordDocument()
    plain = io.BytesIO()
    document.save(plain)
    document.sections[0].header.paragraphs[0].text = "Letterhead"
    headed = io.BytesIO()
    document.save(headed)
    found = []
    for content in (plain.getvalue(), headed.getvalue()):
        attached = Attachment(name="certificate-specimen.pdf", media_type=TYPE, content=content)
        loaded = Loaded(outscale.model_copy(update={"attachments": (attached,)}), ())
        found.append([finding.rule for finding in inspected(loaded, ["en"], None)[1]])
    assert found == [[], ["certificate.margins-lost"]]


def test_a_broken_document_is_refused_with_what_to_do() -> None:
    resource = Resource("g.docx", TYPE, b"PK\x03\x04 broken")
    document = document_of(section("a", ForeignDocument("g.docx", "G")))
    with pytest.raises(ForeignDocumentError, match="as a PDF"):
        write(Document("en", document.sections, resources=(resource,)), "docx")


def test_a_document_that_begins_a_page_begins_its_section_instead() -> None:
    content = foreign_certificate(landscape=True)
    guest = ForeignDocument("guest.docx", "Guest")
    resource = Resource("guest.docx", TYPE, content)
    written = write(Document("en", (section("a", Paragraph(words("x")), PageBreak(), guest, title="T"),), resources=(resource,)), "docx")
    assert faults(written) == []
    place = next(each for each in xml(written).iter(f"{W}p") if each.find(f"{W}pPr/{W}sectPr") is not None)
    assert place.find(f"{W}pPr/{W}pageBreakBefore") is None
