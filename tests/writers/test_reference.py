from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.shared import Mm
from lxml import etree
from PIL import Image

from snc_docs import Agreement, archives, assemble, read_reference, redline, write
from snc_docs.document.nodes import Fact, Paragraph, Signatory, Signatures
from snc_docs.writers import docx as writer
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.reference import UnusableReferenceError, own_reference, reference_docx
from snc_docs.writers.docx.verify import faults
from tests.tools import W, document_of, paragraph_texts, parts, section, xml
from tests.tools import words as told


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # a python-docx document
    return buffer.getvalue()


def letterhead(folder: Path) -> bytes:
    """Return a user's own reference document: A5, a picture in its header, a restyled heading, a list of its own."""
    logo = folder / "logo.png"
    Image.new("RGB", (20, 20), "red").save(logo)
    document = WordDocument()
    document.styles["Heading 1"].font.name = "Garamond"
    part = document.sections[0]
    part.page_width, part.page_height = Mm(148), Mm(210)
    part.header.paragraphs[0].add_run().add_picture(str(logo))
    document.add_paragraph("text that must not come along", style="List Number")
    return _saved(document)


def test_our_own_reference_given_back_changes_nothing(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    given_back = read_reference(reference_docx(), "reference.docx")
    assert given_back.findings == ()
    ours, theirs = (parts(write(document, "docx", reference)) for reference in (None, given_back))
    texts = [name for name in ours if name.startswith(("word/header", "word/footer", "word/styles", "word/numbering"))]
    assert len(texts) == 10
    assert [name for name in texts if _canonical(ours[name]) != _canonical(theirs[name])] == []


def _canonical(part: bytes) -> bytes:
    """Return a part without the white space between its elements, which python-docx drops."""
    return etree.tostring(etree.fromstring(part, etree.XMLParser(remove_blank_text=True)), method="c14n")


def test_our_reference_document_is_a_word_file_of_a4() -> None:
    (part,) = WordDocument(io.BytesIO(reference_docx())).sections
    assert part.page_width is not None
    assert part.page_height is not None
    assert (round(part.page_width.mm), round(part.page_height.mm)) == (210, 297)
    assert own_reference().findings == ()


def test_a_users_own_styles_page_and_header_are_taken(outscale: Agreement, tmp_path: Path) -> None:
    reference = read_reference(letterhead(tmp_path), "own.docx")
    content = write(assemble(outscale, "fr"), "docx", reference)
    assert faults(content) == []
    assert b"Garamond" in parts(content)["word/styles.xml"]
    size = next(xml(content).iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("8391", "11906")
    assert [name for name in parts(content) if name.startswith("word/media/reference-")]
    assert "text that must not come along" not in "".join(paragraph_texts(xml(content)))


def test_pictures_fit_the_users_page(outscale: Agreement, tmp_path: Path) -> None:
    content = write(assemble(outscale, "fr"), "docx", read_reference(letterhead(tmp_path), "own.docx"))
    page = next(xml(content).iter(f"{W}pgSz"))
    margin = next(xml(content).iter(f"{W}pgMar"))
    room = int(page.get(f"{W}w", "0")) - int(margin.get(f"{W}left", "0")) - int(margin.get(f"{W}right", "0"))
    (extent,) = xml(content).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    assert int(extent.get("cx", "0")) / 635 <= room


def test_a_file_that_this_writer_made_may_be_the_reference(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    made = write(document, "docx")
    again = write(document, "docx", read_reference(made, "agreement.docx"))
    assert faults(again) == []
    assert write(document, "docx", read_reference(again, "again.docx"))


def test_what_a_reference_lacks_is_a_finding_and_not_a_crash(tmp_path: Path) -> None:
    findings = read_reference(letterhead(tmp_path), "own.docx").findings
    assert {finding.rule for finding in findings} == {"reference.style-missing", "reference.control-missing"}
    assert all(finding.severity == "warning" and finding.file == "own.docx" for finding in findings)
    assert "'Notice'" in " ".join(finding.message.en for finding in findings)


def test_the_users_lists_keep_their_numbers_beside_ours(outscale: Agreement, tmp_path: Path) -> None:
    content = write(assemble(outscale, "en"), "docx", read_reference(letterhead(tmp_path), "own.docx"))
    numbers = [each.get(f"{W}numId") for each in xml(content, "word/numbering.xml").iter(f"{W}num")]
    abstract = [each.get(f"{W}abstractNumId") for each in xml(content, "word/numbering.xml").iter(f"{W}abstractNum")]
    assert len(numbers) == len(set(numbers))
    assert len(abstract) == len(set(abstract))


@pytest.mark.parametrize("content", [b"", b"not a zip", zipped({"a": b"b"}), zipped({"[Content_Types].xml": b"<x", "word/document.xml": b"<x"})])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnusableReferenceError, match="make-agreement init"):
        read_reference(content, "odd.docx")


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(UnusableReferenceError, match="too large"):
        read_reference(reference_docx() + b"", "bomb.docx")


def test_macros_and_settings_stay_behind(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(letterhead(tmp_path))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/settings.xml"] = files["word/settings.xml"].replace(b"</w:settings>", b'<w:attachedTemplate xmlns:r="x" r:id="rId9"/></w:settings>')
    content = write(document_of(section("a")), "docx", read_reference(zipped(files), "own.docx"))
    assert b"attachedTemplate" not in parts(content)["word/settings.xml"]


def _own(**changes: bytes) -> bytes:
    """Return our own reference document with parts changed or put in."""
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped(files | {name.replace("__", "/"): content for name, content in changes.items()})


def _without_controls(part: bytes, how: str) -> bytes:
    """Return a header as another program saves it: controls without tags (LibreOffice), or their runs alone."""
    root = etree.fromstring(part)
    for control in list(root.iter(f"{W}sdt")):
        if how == "without tags":
            for properties in control.findall(f"{W}sdtPr"):
                control.remove(properties)
        else:
            around = control.getparent()
            assert around is not None
            for run in control.findall(f"{W}sdtContent/*"):
                control.addprevious(run)
            around.remove(control)
    return etree.tostring(root)


@pytest.mark.parametrize("how", ["without tags", "without controls"])
def test_placeholder_words_never_print_whatever_became_of_their_controls(outscale: Agreement, how: str) -> None:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in ("word/header.xml", "word/footer.xml"):
        files[name] = _without_controls(files[name], how)
    reference = read_reference(zipped(files), "saved.docx")
    document = assemble(outscale, "en")
    saved, plain = write(document, "docx", reference), write(document, "docx")
    assert faults(saved) == []
    assert reference.findings == ()
    for name in ("word/header1.xml", "word/footer1.xml"):
        assert paragraph_texts(xml(saved, name)) == paragraph_texts(xml(plain, name))


def test_words_of_a_users_own_header_stay_though_one_is_like_a_placeholder(outscale: Agreement) -> None:
    header = reference_docx()
    with zipfile.ZipFile(io.BytesIO(header)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/header.xml"] = (
        f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>title</w:t></w:r><w:r><w:t> of our house</w:t></w:r></w:p></w:hdr>'.encode()
    )
    content = write(assemble(outscale, "en"), "docx", read_reference(zipped(files), "own.docx"))
    assert paragraph_texts(xml(content, "word/header1.xml")) == ["title of our house"]


_FIRST = b'<w:headerReference w:type="first" r:id="rId90"/><w:headerReference w:type="even" r:id="rId91"/>'


def _with_first_page(*, shown: bool) -> bytes:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for number, words in ((90, "Letterhead of the first page"), (91, "Even pages")):
        files[f"word/header{number}.xml"] = f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:hdr>'.encode()
        relation = f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header{number}.xml"/>'
        files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(
            b"</Relationships>", relation.encode() + b"</Relationships>"
        )
        kind = (
            f'<Override PartName="/word/header{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
        )
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", kind.encode() + b"</Types>")
    document = files["word/document.xml"].replace(b"<w:pgSz", _FIRST + b"<w:pgSz")
    files["word/document.xml"] = document.replace(b"</w:sectPr>", b"<w:titlePg/></w:sectPr>") if shown else document
    return zipped(files)


def test_a_different_first_page_goes_to_the_cover_and_even_pages_are_said(outscale: Agreement) -> None:
    reference = read_reference(_with_first_page(shown=True), "own.docx")
    assert [each.rule for each in reference.findings] == ["reference.even-pages"]
    content = write(assemble(outscale, "fr"), "docx", reference)
    assert faults(content) == []
    first, *others = xml(content).iter(f"{W}sectPr")
    assert [each.get(f"{W}type") for each in first.iter(f"{W}headerReference", f"{W}footerReference")] == ["default", "default", "first"]
    assert not any(each.get(f"{W}type") == "first" for other in others for each in other)
    assert [name for name, part in parts(content).items() if b"Letterhead" in part] == ["word/header1-first.xml"]
    assert b"Even pages" not in b"".join(parts(content).values())


def test_a_first_page_that_word_does_not_show_is_not_taken(outscale: Agreement) -> None:
    content = write(assemble(outscale, "fr"), "docx", read_reference(_with_first_page(shown=False), "own.docx"))
    assert b"Letterhead" not in b"".join(parts(content).values())


def test_a_redline_in_a_house_style_with_a_first_page_gives_back_both(outscale: Agreement, unknown_client: Agreement) -> None:
    reference = read_reference(_with_first_page(shown=True), "own.docx")
    content = write(redline(assemble(unknown_client, "fr"), assemble(outscale, "fr")), "docx", reference)
    assert faults(content) == []


@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_files_with_macros_lend_their_styles_too(outscale: Agreement, kind: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind
    )
    files["word/vbaProject.bin"] = b"macro"
    assert write(assemble(outscale, "fr"), "docx", read_reference(zipped(files), "house.dotm")) == write(
        assemble(outscale, "fr"), "docx", read_reference(reference_docx(), "r.docx")
    )


_ACTIVE_HEADERS = {
    "a field that runs a program": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\cmd.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "a field that fetches": "<w:fldSimple w:instr='INCLUDEPICTURE \"http://evil.example/a.png\"'/>",
    "a picture elsewhere": '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rIdX"/></v:shape></w:pict></w:r>',
    "a link to a file": '<w:hyperlink r:id="rIdX"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    "a drawing that fetches": '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://evil.example/x.png"/></v:shape></w:pict></w:r>',
    "a fill that fetches": '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><v:fill o:href="http://evil.example/y.png"/></v:rect></w:pict></w:r>',
    "a drawing that runs a script": '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="javascript:alert(1)"/></w:pict></w:r>',
    "a field that runs a script": "<w:fldSimple w:instr='HYPERLINK \"javascript:alert(1)\"'><w:r><w:t>x</w:t></w:r></w:fldSimple>",
    "a field that opens a file": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK file:///c:/x.exe</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "insertions": '<w:ins w:id="901" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>',
    "an object": '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rIdX"/></w:object></w:r>',
}


@pytest.mark.parametrize("kind", _ACTIVE_HEADERS)
def test_what_fetches_or_runs_something_never_gets_into_a_header(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    namespace = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    header = files["word/header.xml"].decode()
    files["word/header.xml"] = header.replace("</w:hdr>", f"<w:p {namespace}>{_ACTIVE_HEADERS[kind]}</w:p></w:hdr>").encode()
    relation = "hyperlink" if "hyperlink" in _ACTIVE_HEADERS[kind] else "image"
    files["word/_rels/header.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdX" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{relation}" Target="file:///evil" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    with pytest.raises(UnusableReferenceError, match=r"header or footer (?:has tracked|fetches or runs|leads outside)"):
        read_reference(zipped(files), "active.docx")


def test_a_page_without_a_size_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/document.xml"] = re.sub(rb'w:w="\d+" w:h="\d+"', b'w:w="0" w:h="0"', files["word/document.xml"])
    with pytest.raises(UnusableReferenceError, match="isn't that of a sound Word file"):
        read_reference(zipped(files), "flat.docx")


def _with_header(inside: str, relation: str) -> bytes:
    """Return our own reference document with a paragraph more in its header, and a relationship of the header."""
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    namespaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    header = files["word/header.xml"].decode()
    files["word/header.xml"] = header.replace("</w:hdr>", f"<w:p {namespaces}>{inside}</w:p></w:hdr>").encode()
    files["word/_rels/header.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'.encode()
    )
    return zipped(files)


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_a_web_address_in_a_header_goes_into_every_document(outscale: Agreement) -> None:
    relation = f'<Relationship Id="rIdX" Type="{_OFFICE}/hyperlink" Target="https://example.fr/" TargetMode="External"/>'
    inside = '<w:hyperlink r:id="rIdX"><w:r><w:t>example.fr</w:t></w:r></w:hyperlink>'
    content = write(assemble(outscale, "fr"), "docx", read_reference(_with_header(inside, relation), "own.docx"))
    assert faults(content) == []
    files = parts(content)
    assert b'Target="https://example.fr/" TargetMode="External"' in files["word/_rels/header1.xml.rels"]
    assert b"example.fr</w:t>" in files["word/header1.xml"]


def test_a_header_with_another_file_in_it_is_refused() -> None:
    relation = f'<Relationship Id="rIdX" Type="{_OFFICE}/package" Target="styles.xml"/>'
    with pytest.raises(UnusableReferenceError, match="holds more than text and pictures"):
        read_reference(_with_header("<w:r><w:t>x</w:t></w:r>", relation), "own.docx")


def test_a_control_of_the_users_own_stays_in_the_header(outscale: Agreement) -> None:
    inside = '<w:sdt><w:sdtPr><w:tag w:val="department"/></w:sdtPr><w:sdtContent><w:r><w:t>Legal</w:t></w:r></w:sdtContent></w:sdt>'
    content = write(assemble(outscale, "fr"), "docx", read_reference(_with_header(inside, ""), "own.docx"))
    assert b'<w:tag w:val="department"/>' in parts(content)["word/header1.xml"]


def test_a_reference_without_styles_is_refused() -> None:
    files = parts(reference_docx())
    files["word/_rels/document.xml.rels"] = re.sub(rb'<Relationship [^>]*styles.xml"[^>]*/>', b"", files["word/_rels/document.xml.rels"])
    with pytest.raises(UnusableReferenceError, match="no styles"):
        read_reference(zipped(files), "bare.docx")


def test_a_reference_that_says_no_size_gives_a4(outscale: Agreement) -> None:
    files = parts(reference_docx())
    files["word/document.xml"] = re.sub(rb"<w:pgSz [^>]*/>", b"", files["word/document.xml"])
    content = write(assemble(outscale, "fr"), "docx", read_reference(zipped(files), "sizeless.docx"))
    assert {(each.get(f"{W}w"), each.get(f"{W}h")) for each in xml(content).iter(f"{W}pgSz")} == {("11906", "16838"), ("16838", "11906")}


def test_a_style_without_a_name_is_nobodys(outscale: Agreement) -> None:
    files = parts(reference_docx())
    files["word/styles.xml"] = files["word/styles.xml"].replace(b"</w:styles>", b'<w:style w:type="paragraph" w:styleId="x"/></w:styles>')
    assert faults(write(assemble(outscale, "fr"), "docx", read_reference(zipped(files), "own.docx"))) == []


def test_a_file_that_a_reference_spoils_is_not_written(monkeypatch: pytest.MonkeyPatch, outscale: Agreement) -> None:
    monkeypatch.setattr(writer, "faults", lambda _: ["two parts of one name"])
    with pytest.raises(UnusableReferenceError, match=r"two parts of one name"):
        write(assemble(outscale, "fr"), "docx", read_reference(reference_docx(), "own.docx"))


def test_only_the_end_stays_with_the_signatures_whatever_styles_there_are(tmp_path: Path) -> None:
    before = section("terms", *(Paragraph(told(text)) for text in ("one", "two", "three", "four")))
    signed = section("signatures", Signatures((Signatory(told("A"), (Fact(told("Name"), ()),)),)), role="unnumbered")
    for reference in (None, read_reference(letterhead(tmp_path), "own.docx")):
        body = xml(write(document_of(before, signed), "docx", reference))
        kept = ["".join(each.itertext(f"{W}t")) for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}keepNext") is not None]
        assert [text for text in ("one", "two", "three", "four") if text in kept] == ["four"]
