from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from snc_docs import archives
from snc_docs.document.nodes import ForeignDocument, PageBreak, Picture
from snc_docs.readers import drawn
from snc_docs.readers import embedded as module
from snc_docs.readers.embedded import UnreadableFileError, embedded
from tests.tools import EXAMPLES

PDF = (EXAMPLES / "outscale" / "certificate-specimen.pdf").read_bytes()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _picture(form: str, size: tuple[int, int] = (30, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, form)
    return buffer.getvalue()


def _word_file() -> bytes:
    return _archive(
        **{
            "[Content_Types].xml": "<x/>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://example.com/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": "<x/>",
        }
    )


def _archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return buffer.getvalue()


def test_a_pdf_page_is_a_picture_that_fits_the_page() -> None:
    shown = embedded(PDF, "application/pdf", "c.pdf", "Certificate")
    (place, picture), (resource,) = shown.blocks, shown.resources
    assert place == PageBreak()  # an A4 page has one of its own
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.resource, resource.media_type) == ("Certificate", resource.name, "image/png")
    assert picture.width <= module.AREA[0]
    assert picture.height <= module.AREA[1]


def test_the_same_pdf_gives_the_same_pictures() -> None:
    drawn._answer.cache_clear()
    first = embedded(PDF, "application/pdf", "c.pdf", "x")
    drawn._answer.cache_clear()
    assert embedded(PDF, "application/pdf", "c.pdf", "x") == first


def test_pages_are_pictures_with_breaks_between_and_their_number_in_the_words() -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    for _ in range(3):
        pdf.new_page(300, 500)
    buffer = io.BytesIO()
    pdf.save(buffer)
    shown = embedded(buffer.getvalue(), "application/pdf", "c.pdf", "Page")
    blocks, resources = shown.blocks, shown.resources
    assert [type(block) for block in blocks] == [PageBreak, Picture] * 3
    assert [block.alt for block in blocks if isinstance(block, Picture)] == ["Page (1/3)", "Page (2/3)", "Page (3/3)"]
    assert len(resources) == 1


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_goes_in_as_it_is(form: str, media_type: str) -> None:
    content = _picture(form)
    (resource,) = embedded(content, media_type, "c", "alt").resources
    assert (resource.content, resource.media_type) == (content, media_type)


def test_a_word_file_is_a_foreign_document() -> None:
    shown = embedded(_word_file(), DOCX, "c.docx", "Certificate")
    assert shown.blocks == (ForeignDocument(shown.resources[0].name, "Certificate"),)
    assert shown.resources[0].content == _word_file()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.4 rubbish", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nrubbish", "image/png"),
        (b"\xff\xd8\xffrubbish", "image/jpeg"),
        (b"PK\x03\x04rubbish", DOCX),
        (_archive(other="x"), DOCX),
        (_picture("PNG")[:-40], "image/png"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(content: bytes, media_type: str) -> None:
    with pytest.raises(UnreadableFileError, match="bad-file"):
        embedded(content, media_type, "bad-file", "alt")


def test_caps_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MAX_PIXELS", 100)
    with pytest.raises(UnreadableFileError, match="too large"):
        embedded(_picture("PNG", (31, 21)), "image/png", "p", "alt")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10)
    with pytest.raises(UnreadableFileError, match="too large"):
        embedded(_word_file(), DOCX, "d", "alt")
    monkeypatch.setattr(drawn, "MAX_PAGES", 0)
    drawn._answer.cache_clear()
    with pytest.raises(UnreadableFileError, match="pages"):
        embedded(PDF, "application/pdf", "q", "alt")
    drawn._answer.cache_clear()


def test_an_archive_under_a_password_is_refused() -> None:
    content = bytearray(_word_file())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # APPNOTE, 4.3.7 and 4.3.12: the general purpose bit flag
        at = content.find(signature)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(signature, at + 4)
    with pytest.raises(archives.UntrustedArchiveError, match="protected by a password"):
        archives.read_archive(bytes(content))
