"""An issued Word file is a version: it carries its data and its tree, and is trusted only while it says what they say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from snc_docs import Agreement, Version, archives, assemble, issued_version, load_agreement, record_of, version_of, write
from snc_docs.model.stored import NotAnAgreementError, restored, stored, told
from snc_docs.readers.issued import NotIssuedError
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, LANGUAGES, TODAY, parts

_RECORD = "customXml/item1.xml"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["outscale/client", "outscale/client-unknown", "complete/client", "choices/first"])
def test_every_example_comes_back_from_its_word_file(name: str, language: str) -> None:
    agreement = load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY)
    document = assemble(agreement, language)
    content = write(document, "docx", record=record_of(agreement, document))
    assert faults(content) == []
    assert issued_version(content, "issued.docx") == version_of(agreement, [language]) == Version(told(agreement), {language: document})


def test_the_record_changes_nothing_else_in_the_file(outscale: Agreement) -> None:
    document = assemble(outscale, "fr")
    plain, carrying = parts(write(document, "docx")), parts(write(document, "docx", record=record_of(outscale, document)))
    assert {name for name in carrying if plain.get(name) != carrying[name]} == {
        _RECORD,
        "customXml/itemProps1.xml",
        "customXml/_rels/item1.xml.rels",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }


def test_attached_files_are_told_by_their_digests(outscale: Agreement) -> None:
    assert restored(stored(outscale)) == told(outscale) == told(told(outscale))
    assert told(outscale).attachments[0].content.startswith(b"sha256:")


def _issued(agreement: Agreement) -> dict[str, bytes]:
    document = assemble(agreement, "en")
    return parts(write(document, "docx", record=record_of(agreement, document)))


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, name: change(files[name])}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_changed("word/document.xml", lambda part: part.replace(b"thirty", b"three")), "its text was changed since it was issued"),
        (_changed(_RECORD, lambda part: part.replace(b'"amount":"1849930"', b'"amount":"1"')), None),
        (_changed(_RECORD, lambda part: part.replace(b'"siren":"527594493"', b'"siren":"1"')), "its data can't be read"),
        (_changed(_RECORD, lambda part: part.replace(b'"type": "Section"', b'"type": "os"')), "its data can't be read"),
        (_changed(_RECORD, lambda part: part[:-20]), "the XML is malformed"),
        (_changed(_RECORD, lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part), "the XML declares a document type"),
        (_changed(_RECORD, lambda part: b'<?xml version="1.0" encoding="foo"?>' + part.partition(b"?>")[2]), "isn't in UTF-8"),
        (_changed("word/document.xml", lambda part: part.decode().encode("utf-16")), "isn't in UTF-8"),
        (_changed(_RECORD, lambda part: part.replace(b'"language": "en"', b'"language": "xx"')), "its data can't be read"),
        (_changed(_RECORD, lambda part: part.replace(b'"properties": {', b'"properties": null, "x": {')), "its data can't be read"),
        (_changed("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_001)), "too large"),
        (_changed("word/document.xml", lambda part: part.replace(b"<w:t>", b"<w:rPr><w:vanish/></w:rPr><w:t>", 1)), "its text was changed"),
        (
            _changed("word/document.xml", lambda part: part.replace(b"<w:t>", b'<w:sym w:font="Symbol" w:char="F061"/><w:t>', 1)),
            "its text was changed",
        ),
        (_changed("word/_rels/document.xml.rels", lambda part: part.replace(b"en.outscale.com", b"en.example.com")), "its text was changed"),
        (lambda files: {name: part + b" " if name.startswith("word/media/") else part for name, part in files.items()}, "its data can't be read"),
        (_changed(_RECORD, lambda _: b"<other/>"), "doesn't carry its data"),
        (lambda files: {name: part for name, part in files.items() if name != _RECORD}, "doesn't carry its data"),
        (lambda files: {name: part for name, part in files.items() if not name.startswith("word/media/")}, "its data can't be read"),
        (lambda files: {name: part for name, part in files.items() if name != "word/document.xml"}, "this isn't a Word document"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(
    outscale: Agreement, spoil: Callable[[dict[str, bytes]], dict[str, bytes]], words: str | None
) -> None:
    content = _zipped(spoil(_issued(outscale)))
    if words is None:
        # The tree and the text agree still; the data alone was changed, and a comparison shows it.
        assert issued_version(content, "issued.docx").agreement != told(outscale)
        return
    with pytest.raises(NotIssuedError, match=words):
        issued_version(content, "issued.docx")


def test_what_is_no_archive_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, outscale: Agreement) -> None:
    with pytest.raises(NotIssuedError, match="this isn't a Word document"):
        issued_version(b"PK\x03\x04 nothing", "x.docx")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(NotIssuedError, match="too large once unpacked"):
        issued_version(_zipped(_issued(outscale)), "x.docx")


def test_json_of_something_else_is_no_agreement() -> None:
    with pytest.raises(NotAnAgreementError, match="isn't that of an agreement"):
        restored("{}")


def test_a_word_file_that_word_saved_again_is_still_trusted(outscale: Agreement) -> None:
    """Word splits runs and renames the part; the words stay."""
    files = _issued(outscale)
    files["customXml/item7.xml"] = files.pop(_RECORD)
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"<w:t>Service Agreement", b"<w:t>Service</w:t></w:r><w:r><w:t xml:space='preserve'> Agreement"
    )
    assert issued_version(_zipped(files), "saved.docx").documents["en"] == replace(assemble(outscale, "en"))


def test_a_damaged_archive_is_refused(outscale: Agreement) -> None:
    content = bytearray(write(assemble(outscale, "en"), "docx"))
    at = content.index(b"word/document.xml") + 40
    content[at : at + 60] = bytes(60)
    with pytest.raises(NotIssuedError):
        issued_version(bytes(content), "damaged.docx")
