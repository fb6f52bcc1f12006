"""Files that were made to break things: certificates, reference documents, places to write to."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from PIL import Image

from snc_docs import Agreement, assemble, read_reference, write
from snc_docs.cli import files as files_module
from snc_docs.document.nodes import ForeignDocument, Resource
from snc_docs.errors import FileTroubleError
from snc_docs.readers.embedded import embedded
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.reference import UnusableReferenceError, reference_docx
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, client_data, document_of, paragraph_texts, parts, run_command, section, starter_data, write_pair, xml

CLIENT = EXAMPLES / "outscale" / "client.yaml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


# ------------------------------------------------------------------------------------------------- certificate files


def _word_file(**replaced: bytes | None) -> bytes:
    buffer = io.BytesIO()
    document = WordDocument()
    document.add_paragraph("numbered", style="List Number")
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        files: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    files |= {name.replace("__", "/") + ".xml": content for name, content in replaced.items()}
    return zipped({name: content for name, content in files.items() if content is not None})


BROKEN = {
    "no numbering part": _word_file(word__numbering=None),
    "entities": _word_file(
        word__document=b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document '
        + NS.encode()
        + b"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p><w:sectPr/></w:body></w:document>"
    ),
    "no sections": _word_file(word__document=b"<w:document " + NS.encode() + b"><w:body><w:p/></w:body></w:document>"),
    "not XML": _word_file(word__styles=b"<w:styles"),
    "broken data": _word_file()[:4000] + b"\0" * 200 + _word_file()[4200:],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_certificate_that_cannot_be_joined_is_found_by_check_with_its_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "certificate.docx").write_bytes(BROKEN[name])
    baseline = starter_data()
    baseline["certificate"]["file"] = "certificate.docx"
    path = write_pair(tmp_path, baseline)
    lines = (tmp_path / "baseline.yaml").read_text(encoding="utf-8").splitlines()
    for command in (("check", str(path)), ("build", str(path), "-o", str(tmp_path / "out"))):
        result = run_command(*command, "--json")
        errors = [each for each in json.loads(result.stdout)["findings"] if each["severity"] == "error"]
        assert (result.exit_code, {each["rule"] for each in errors}) == (2, {"certificate.file"}), result.output
        assert all("certificate.docx" in lines[each["line"] - 1] for each in errors)
    assert not (tmp_path / "out").exists()


def test_a_foreign_document_may_stand_in_two_places() -> None:
    resource = Resource("g.docx", DOCX, _word_file())
    document = document_of(section("a", ForeignDocument("g.docx", "G")), section("x", ForeignDocument("g.docx", "G"), role="appendix"))
    content = write(type(document)("en", document.sections, resources=(resource,)), "docx")
    assert faults(content) == []
    assert paragraph_texts(xml(content)).count("numbered") == 2


def test_a_picture_of_several_frames_goes_in_as_jpeg() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, "MPO", save_all=True, append_images=frames[1:])
    (resource,) = embedded(buffer.getvalue(), "image/jpeg", "c.jpg", "alt").resources
    assert (resource.media_type, resource.name.rpartition(".")[2]) == ("image/jpeg", "jpeg")


def test_a_pdf_of_many_large_pages_is_refused() -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    for _ in range(30):
        pdf.new_page(2900, 2900)
    buffer = io.BytesIO()
    pdf.save(buffer)
    with pytest.raises(Exception, match="pages are too large"):
        embedded(buffer.getvalue(), "application/pdf", "c.pdf", "alt")


def test_a_deletion_certificate_carries_what_it_shows(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "appendix-a.md.j2").write_text("# Title {#appendix-a}\n\n::: embed {{ certificate.file }} x\n", encoding="utf-8")
    facts = [
        "--account",
        "1",
        "--ticket-received",
        "2026-10-01",
        "--checked-on",
        "2026-10-20",
        "--issued-on",
        "2026-10-20",
        "--place",
        "x",
        "--signatory",
        "x",
        "--title",
        "x",
    ]
    result = run_command("certificate", CLIENT, *facts, "--templates", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert any(name.startswith("word/media/") for name in parts((tmp_path / "out" / "fr" / "deletion-certificate.docx").read_bytes()))


# --------------------------------------------------------------------------------------------- reference documents


def _reference(**replaced: bytes) -> bytes:
    files = parts(reference_docx())
    return zipped(files | {f"word/{name}.xml": content for name, content in replaced.items()})


def _page(size: str, margin: str) -> bytes:
    files = parts(reference_docx())
    text = files["word/document.xml"].decode()
    return _reference(document=text.replace('w:w="11906"', f'w:w="{size}"').replace('w:left="1134"', f'w:left="{margin}"').encode())


@pytest.mark.parametrize(("size", "margin"), [("595.3pt", "2cm"), ("21cm", "1134.5"), ("8.27in", "20mm")])
def test_measures_may_have_units(size: str, margin: str) -> None:
    page = read_reference(_page(size, margin), "r.docx").page
    assert abs(page.width - 11906) < 10
    assert abs(int(dict(page.margins)["left"]) - 1134) < 2


@pytest.mark.parametrize(
    "content",
    [
        _page("x", "1134"),
        _page("11906", "9000"),
        _reference(styles=b"<w:styles"),
        _reference(header=b"<w:hdr"),
    ],
)
def test_references_that_go_wrong_are_refused(content: bytes) -> None:
    with pytest.raises(UnusableReferenceError, match="make-agreement init"):
        write(document_of(section("a")), "docx", read_reference(content, "r.docx"))


def test_a_header_that_is_not_there_is_left_out() -> None:
    files = parts(reference_docx())
    dangling = files["word/document.xml"].replace(b'r:id="rId4"', b'r:id="rId99"')
    content = write(document_of(section("a")), "docx", read_reference(_reference(document=dangling), "r.docx"))
    assert not [name for name in parts(content) if "header" in name]
    assert faults(content) == []


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtPr><w:tag w:val='snc:title'/></w:sdtPr><w:sdtContent><w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid><w:tr><w:sdt><w:sdtPr><w:tag w:val='snc:title'/></w:sdtPr><w:sdtContent><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl><w:p/>",
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid><w:tr><w:tc><w:sdt><w:sdtPr><w:tag w:val='snc:title'/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt></w:tc></w:tr></w:tbl><w:p/>",
        "<w:p><w:sdt><w:sdtPr><w:tag w:val='snc:title'/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    ],
)
def test_a_header_control_may_stand_around_anything(outscale: Agreement, body: str) -> None:
    header = f"<w:hdr {NS}>{body}</w:hdr>".encode()
    content = write(assemble(outscale, "en"), "docx", read_reference(_reference(header=header), "r.docx"))
    assert faults(content) == []
    root = xml(content, "word/header1.xml")
    assert "SecNumCloud service agreement" in paragraph_texts(root)
    assert root.find(".//{*}sdt") is None


def test_picture_bullets_and_their_like_stay_behind(outscale: Agreement) -> None:
    lists = f'<w:numbering {NS}><w:numPicBullet w:numPicBulletId="0"/><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:lvlPicBulletId w:val="0"/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num><w:numIdMacAtCleanup w:val="2"/></w:numbering>'
    files = parts(reference_docx())
    rels = files["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>',
    )
    types = files["[Content_Types].xml"].replace(
        b"</Types>",
        f'<Override PartName="/word/numbering.xml" ContentType="{DOCX.removesuffix("document")}numbering+xml"/></Types>'.replace(
            "wordprocessingml.numbering", "wordprocessingml.numbering"
        ).encode(),
    )
    content = zipped(files | {"word/numbering.xml": lists.encode(), "word/_rels/document.xml.rels": rels, "[Content_Types].xml": types})
    written = write(assemble(outscale, "en"), "docx", read_reference(content, "r.docx"))
    assert faults(written) == []
    names = [str(child.tag).rpartition("}")[2] for child in xml(written, "word/numbering.xml")]
    assert names == sorted(names)


# --------------------------------------------------------------------------------------------------------- commands


def test_a_folder_in_a_files_place_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / "two").mkdir()
    with pytest.raises(FileTroubleError, match="two"):
        files_module.write_files({tmp_path / "new": b"new", tmp_path / "one": b"new", tmp_path / "two": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    assert (tmp_path / "one").read_bytes() == b"old"


def test_check_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client={**client_data(), "colour": 1})
    result = run_command("check", tmp_path / "missing.yaml", path, "--json")
    rules = {each["rule"] for each in json.loads(result.stdout)["findings"]}
    assert (result.exit_code, {"file.unreadable", "data.extra-forbidden"} <= rules) == (3, True)


def test_a_wrong_option_of_a_certificate_is_named(tmp_path: Path) -> None:
    facts: dict[str, Any] = {
        "account": "1",
        "ticket-received": "nope",
        "checked-on": "2026-10-20",
        "issued-on": "2026-10-20",
        "place": "x",
        "signatory": "x",
        "title": "x",
    }
    result = run_command("certificate", CLIENT, "-o", tmp_path, *(word for name, value in facts.items() for word in (f"--{name}", value)))
    assert (result.exit_code, "None" in result.output, "deletion.ticket_received_on" in result.output) == (2, False, True)
