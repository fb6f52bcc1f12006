from __future__ import annotations

import io
import zipfile

import pytest

from snc_docs import Agreement, assemble, write
from snc_docs.language import Language
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.verify import faults
from tests.tools import document_of, parts, section

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _with_body(body: str) -> bytes:
    """Return a sound Word file whose body is replaced."""
    with zipfile.ZipFile(io.BytesIO(write(document_of(section("a")), "docx"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = f"<w:document {NS}><w:body>{body}</w:body></w:document>".encode()
    return zipped(files)


P = "<w:p/>"
FAULTS = [
    ("<w:p><w:del><w:r><w:t>x</w:t></w:r></w:del></w:p>", "w:t inside w:del"),
    ("<w:p><w:del><w:r><w:instrText>x</w:instrText></w:r></w:del></w:p>", "w:instrText inside w:del"),
    ("<w:p><w:r><w:delText>x</w:delText></w:r></w:p>", "w:delText outside w:del"),
    ("<w:p><w:ins><w:ins/></w:ins></w:p>", "w:ins inside w:ins"),
    ("<w:p><w:moveFrom/></w:p>", "w:moveFrom without a range"),
    ('<w:p><w:moveFromRangeStart w:id="1" w:name="m"/></w:p>', "move range m without end"),
    ('<w:p><w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFromRangeEnd w:id="1"/></w:p>', "moveFrom and moveTo don't pair"),
    ('<w:p><w:ins w:id="3" w:author="a"/><w:del w:id="3" w:author="a"/></w:p>', "revision id 3 is there 2 times"),
    ("<w:p><w:del><w:r><w:delInstrText> REF gone \\h </w:delInstrText></w:r></w:del></w:p>", "a reference to bookmark gone"),
    ('<w:p><w:bookmarkStart w:id="1" w:name="b"/></w:p>', "bookmark b has 0 ends"),
    (
        '<w:p><w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="2" w:name="b"/><w:bookmarkEnd w:id="2"/></w:p>',
        "bookmark b is there 2 times",
    ),
    (
        '<w:p><w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="1" w:name="c"/><w:bookmarkEnd w:id="1"/></w:p>',
        "bookmark id 1 is there 2 times",
    ),
    ("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "a cell that doesn't end in a paragraph"),
    ("<w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>", "a cell that doesn't end in a paragraph"),
    ("<w:tbl><w:tr/></w:tbl>", "a row without a cell"),
    ("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "two tables side by side"),
    ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', "1 field(s) never end"),
    ('<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "a field ends that never began"),
    ("<w:r/><w:p/>", "a run outside a paragraph"),
    ('<w:p><w:r><w:footnoteReference w:id="3"/></w:r></w:p>', "footnote 3 isn't there"),
    ('<w:p><w:r><w:endnoteReference w:id="3"/></w:r></w:p>', "endnote 3 isn't there"),
    (f'<w:p><w:hyperlink xmlns:r="{R}" r:id="rIdGone"/></w:p>', "relationship rIdGone of hyperlink isn't there"),
    ('<w:p><w:hyperlink w:anchor="gone"/></w:p>', "a link to bookmark gone"),
    ("<w:p><w:r><w:instrText> REF gone \\h </w:instrText></w:r></w:p>", "a reference to bookmark gone"),
    ('<w:p><w:pPr><w:pStyle w:val="Nowhere"/></w:pPr></w:p>', "unknown style Nowhere"),
    ('<w:p><w:pPr><w:numPr><w:numId w:val="99"/></w:numPr></w:pPr></w:p>', "unknown list 99"),
    (
        '<w:p><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr></w:sdt><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr></w:sdt></w:p>',
        "content control id 7 is there 2 times",
    ),
]


@pytest.mark.parametrize(("body", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_each_fault_is_seen(body: str, fault: str) -> None:
    assert [each for each in faults(_with_body(body)) if fault in each]


def test_lists_that_word_takes_for_one_are_seen() -> None:
    files = parts(write(document_of(section("a")), "docx"))
    doubled = files["word/numbering.xml"].replace(b"534E4302", b"534E4301").replace(b'w:val="AppendixHeading"', b'w:val="Heading1"')
    found = faults(zipped(files | {"word/numbering.xml": doubled}))
    assert found == ["word/numbering.xml: w:nsid 534E4301 is there 2 times", "word/numbering.xml: w:pStyle Heading1 is there 2 times"]


@pytest.mark.parametrize(
    ("kind", "target", "sound"),
    [
        ("hyperlink", "https://example.com/a", True),
        ("hyperlink", "mailto:a@example.com", True),
        ("hyperlink", "tel:+33199000000", True),
        ("hyperlink", "appendix-a.docx", True),
        ("hyperlink", "file:///c:/x.exe", False),
        ("hyperlink", "javascript:alert(1)", False),
        ("hyperlink", "../x.docx", False),
        ("image", "https://example.com/a.png", False),
        ("attachedTemplate", "https://example.com/a.dotm", False),
        ("oleObject", "mailto:a@example.com", False),
    ],
)
def test_nothing_leads_out_of_the_file_but_links(kind: str, target: str, sound: bool) -> None:  # noqa: FBT001  # what is expected
    files = parts(write(document_of(section("a")), "docx"))
    relation = f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()
    rels = files["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
    assert faults(zipped(files | {"word/_rels/document.xml.rels": rels})) == (
        [] if sound else [f"word/_rels/document.xml.rels: {target} leads outside the file"]
    )


def test_deleted_text_and_a_paired_move_are_sound() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
        '<w:p><w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom><w:r/></w:moveFrom><w:moveFromRangeEnd w:id="1"/></w:p>'
        '<w:p><w:moveToRangeStart w:id="2" w:name="m"/><w:moveTo><w:r/></w:moveTo><w:moveToRangeEnd w:id="2"/></w:p>'
    )
    assert faults(_with_body(body)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_is_sound(outscale: Agreement, language: Language) -> None:
    assert faults(write(assemble(outscale, language), "docx")) == []
