"""An issued Word file is a version: it carries its data and its tree, and is trusted only while it says what they say."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from snc_docs import (
    Agreement,
    Diagnostic,
    Severity,
    UnlikeError,
    Version,
    Wording,
    archives,
    assemble,
    encode,
    issued_document,
    issued_version,
    load_agreement,
    record_of,
    records,
    redline,
    version_of,
    write,
)
from snc_docs.language import Language
from snc_docs.model.agreement import Attachment
from snc_docs.model.stored import NotAnAgreementError, restored, stored, told
from snc_docs.readers.issued import NotIssuedError
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, LANGUAGES, TODAY, issued_parts, paragraph_texts, parts, xml, zipped
from tests.writers.guest_files import guest, p, r

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RECORD = "customXml/item1.xml"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["outscale/client", "outscale/client-unknown", "complete/client", "choices/first"])
def test_every_example_comes_back_from_its_word_file(name: str, language: Language) -> None:
    agreement = load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY)
    document = assemble(agreement, language)
    content = write(document, "docx", record=record_of(agreement, document))
    assert faults(content) == []
    assert issued_version(content, "issued.docx") == version_of(agreement, [language]) == Version(told(agreement), {language: document})


def test_both_languages_of_issued_files_are_joined_as_the_guide_says(outscale: Agreement) -> None:
    french, english = (
        issued_version(write(document, "docx", record=record_of(outscale, document)), f"{language}.docx")
        for language in LANGUAGES
        for document in [assemble(outscale, language)]
    )
    met = Diagnostic("issued.filled", Severity.WARNING, Wording("a", "a"), Wording("b", "b"))
    both = french.beside(replace(english, findings=(met,)))
    assert both == version_of(outscale, LANGUAGES)
    assert both.findings == (met,)
    with pytest.raises(UnlikeError):
        french.beside(replace(english, agreement=outscale.model_copy(update={"incident_level": "x"})))


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
    content = zipped(spoil(issued_parts(outscale)))
    if words is None:
        # The tree and the text agree still; the data alone was changed, and a comparison shows it.
        assert issued_version(content, "issued.docx").agreement != told(outscale)
        return
    with pytest.raises(NotIssuedError, match=rf"^[^;]*{words}[^;]*; give the client file\.$"):  # one way out, once
        issued_version(content, "issued.docx")


def test_what_is_no_archive_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, outscale: Agreement) -> None:
    with pytest.raises(NotIssuedError, match="this isn't a Word document"):
        issued_version(b"PK\x03\x04 nothing", "x.docx")
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1000)
    with pytest.raises(NotIssuedError, match="too large once unpacked"):
        issued_version(zipped(issued_parts(outscale)), "x.docx")


def test_json_of_something_else_is_no_agreement() -> None:
    with pytest.raises(NotAnAgreementError, match="isn't that of an agreement"):
        restored("{}")


def test_a_word_file_that_word_saved_again_is_still_trusted(outscale: Agreement) -> None:
    """Word splits runs and renames the part; the words stay."""
    files = issued_parts(outscale)
    files["customXml/item7.xml"] = files.pop(_RECORD)
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"<w:t>Service Agreement", b"<w:t>Service</w:t></w:r><w:r><w:t xml:space='preserve'> Agreement"
    )
    assert issued_version(zipped(files), "saved.docx").documents["en"] == replace(assemble(outscale, "en"))


def test_a_damaged_archive_is_refused(outscale: Agreement) -> None:
    content = bytearray(write(assemble(outscale, "en"), "docx"))
    at = content.index(b"word/document.xml") + 40
    content[at : at + 60] = bytes(60)
    with pytest.raises(NotIssuedError):
        issued_version(bytes(content), "damaged.docx")


_FORGED: list[tuple[bytes, bytes]] = [
    (b'"author": "Outscale"', b'"author": true'),
    (b'"forms": [', b'"forms": 0, "x": ['),
    (b'"type": "Link", "href": "http', b'"type": "Link", "href": "javascript:http'),
    (b'"type": "Link", "href": "http', b'"type": "Link", "href": "file:///http'),
    (b'"resources": [{"type": "Resource", "name": "', b'"resources": [{"type": "Resource", "name": "../../'),
    (b'"media_type": "image/png"', b'"media_type": "text/html"'),
    (b'"width": ', b'"width": -'),
    (b'"type": "Paragraph", "children": [', b'"type": "Paragraph", "children": [[], '),
    (b'"type": "Paragraph", "children": [', b'"type": "Paragraph", "children": [{"type": "PageBreak"}, '),
    (b'"role": "clause"', b'"role": "clause2"'),
    (b'"landscape": false', b'"landscape": 0'),
    (b'"type": "Text", "text": "', b'"type": "Text", "text": "\\u0000'),
    (b'"schema": 3', b'"schema": 4'),
    (b'"second": ""', b'"second": "de"'),
    (b'"resources": [', b'"resources": {}, "x": ['),
    (b'{"type": "ListItem", "blocks": [', b'{"type": "ListItem", "blocks": [{"type": "Contents", "title": []}, '),
    (b'"sections": [', b'"sections": [{"type": "Insertion", "children": [], "move": ""}, '),
]


@pytest.mark.parametrize("change", _FORGED, ids=lambda change: change[1].decode()[:40])
def test_a_forged_tree_is_refused_in_words_that_everybody_understands(outscale: Agreement, change: tuple[bytes, bytes]) -> None:
    files = issued_parts(outscale)
    record = files[_RECORD].replace(*change)
    assert record != files[_RECORD], "the case has its place in the record"
    with pytest.raises(NotIssuedError) as error:
        issued_version(zipped({**files, _RECORD: record}), "issued.docx")
    assert not any(word in str(error.value) for word in ("KeyError", "TypeError", "Error(", "NoneType", "object at"))


def test_an_agreement_whose_certificate_is_a_word_file_comes_back(outscale: Agreement) -> None:
    attached = Attachment(name="certificate-specimen.pdf", media_type=DOCX, content=guest(p(r("a certificate in Word"))))
    agreement = outscale.model_copy(update={"attachments": (attached,)})
    document = assemble(agreement, "en")
    content = write(document, "docx", record=record_of(agreement, document))
    assert "a certificate in Word" in "".join(paragraph_texts(xml(content)))
    assert issued_version(content, "issued.docx") == version_of(agreement, ["en"])
    assert issued_document(content, "issued.docx") == document


def test_words_changed_in_a_word_certificate_are_noticed(outscale: Agreement) -> None:
    attached = Attachment(name="certificate-specimen.pdf", media_type=DOCX, content=guest(p(r("valid until 2026"))))
    files = issued_parts(outscale.model_copy(update={"attachments": (attached,)}))
    changed = files["word/document.xml"].replace(b"valid until 2026", b"valid until 2036")
    with pytest.raises(NotIssuedError, match="its text was changed"):
        issued_version(zipped({**files, "word/document.xml": changed}), "issued.docx")


def test_a_redline_is_no_version(outscale: Agreement) -> None:
    old = assemble(outscale, "en")
    other = outscale.model_copy(update={"document": outscale.document.model_copy(update={"version": "9"})})
    files = issued_parts(outscale)
    tree = escape(encode(redline(old, assemble(other, "en"))), quote=False)
    record = re.sub(b"<tree>.*</tree>", lambda _: f"<tree>{tree}</tree>".encode(), files[_RECORD], flags=re.DOTALL)
    with pytest.raises(NotIssuedError, match="a redline, not a version"):
        issued_version(zipped({**files, _RECORD: record}), "issued.docx")


def test_a_record_that_is_wrong_in_an_unforeseen_way_is_refused_too(outscale: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(_: str) -> None:
        raise KeyError("unforeseen")

    monkeypatch.setattr(records, "decode", stumbles)
    with pytest.raises(NotIssuedError, match="somebody changed it"):
        issued_version(zipped(issued_parts(outscale)), "issued.docx")


def test_an_office_may_rename_pictures_and_write_an_address_twice(outscale: Agreement) -> None:
    files = issued_parts(outscale)
    (media,) = [name for name in files if name.startswith("word/media/")]
    files["word/media/image1.png"] = files.pop(media)
    relations = files["word/_rels/document.xml.rels"].replace(media.removeprefix("word/").encode(), b"media/image1.png")
    external = re.search(rb"<Relationship [^>]*External[^>]*/>", relations)
    assert external is not None
    twice = re.sub(rb'Id="[^"]*"', b'Id="rId9999"', external.group())
    files["word/_rels/document.xml.rels"] = relations.replace(b"</Relationships>", twice + b"</Relationships>")
    assert issued_version(zipped(files), "saved.docx") == version_of(outscale, ["en"])


_PARAGRAPH = b'<w:p><w:r><w:t xml:space="preserve">NOTICE</w:t></w:r></w:p>'


def _marked(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    """Put an element of that name into the properties of every run of text."""
    return _changed("word/document.xml", lambda part: part.replace(b"<w:r><w:t", f"<w:r><w:rPr><w:{name}/></w:rPr><w:t".encode()))


def _in_run(inside: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return _changed("word/document.xml", lambda part: part.replace(b"<w:r><w:t", f"<w:r>{inside}<w:t".encode(), 1))


def _hidden_in_a_field(part: bytes) -> bytes:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'.encode() for kind in ("begin", "end"))
    match = re.search(rb"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>[^<]*thirty", part)
    assert match is not None
    close = part.index(b"</w:r>", match.end()) + 6
    return part[: match.start()] + begin + part[match.start() : close] + end + part[close:]


@pytest.mark.parametrize(
    "spoil",
    [
        _changed("word/document.xml", _hidden_in_a_field),
        _changed("word/document.xml", lambda part: re.sub(rb"<w:drawing>.*?</w:drawing>", b"", part, flags=re.DOTALL)),
        _changed("word/document.xml", lambda part: part.replace(b"<a:stretch>", b'<a:srcRect t="90000"/><a:stretch>')),
        _changed("word/styles.xml", lambda part: part.replace(b"<w:rPr>", b"<w:rPr><w:vanish/>")),
        _changed("word/document.xml", lambda part: part.replace(b"<w:pPr>", b'<w:pPr><w:framePr w:x="99999" w:y="99999"/>', 1)),
        _changed("word/document.xml", lambda part: part.replace(b"<w:trPr>", b"<w:trPr><w:hidden/>", 1)),
        _marked("strike"),
        _marked("dstrike"),
        _in_run("<w:noBreakHyphen/>"),
        _in_run("<w:pgNum/>"),
        _in_run("<w:cr/>"),
        _in_run("<w:ptab/>"),
        _in_run('<w:fldChar w:fldCharType="begin"/><w:instrText> QUOTE "two days" </w:instrText><w:fldChar w:fldCharType="end"/>'),
        _changed("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body><w:fldSimple w:instr='QUOTE x'/>")),
        _changed("word/document.xml", lambda part: part.replace(b"<w:body>", b"<w:body>" + _PARAGRAPH)),
    ],
)
def test_what_hides_or_adds_words_and_pictures_is_noticed(outscale: Agreement, spoil: Callable[[dict[str, bytes]], dict[str, bytes]]) -> None:
    files = issued_parts(outscale)
    changed = spoil(files)
    assert changed != files
    with pytest.raises(NotIssuedError):
        issued_version(zipped(changed), "issued.docx")


def test_a_picture_in_the_place_of_another_is_noticed(outscale: Agreement) -> None:
    files = issued_parts(outscale)
    files["word/media/other.png"] = b"\x89PNG other"
    relations = files["word/_rels/document.xml.rels"]
    files["word/_rels/document.xml.rels"] = re.sub(rb'Target="media/[^"]*"', b'Target="media/other.png"', relations)
    with pytest.raises(NotIssuedError, match="picture is missing, or was moved or replaced"):
        issued_version(zipped(files), "issued.docx")


def test_what_is_switched_off_hides_nothing(outscale: Agreement) -> None:
    files = issued_parts(outscale)
    off = b'<w:r><w:rPr><w:strike w:val="false"/><w:vanish w:val="0"/></w:rPr><w:t'
    files["word/document.xml"] = files["word/document.xml"].replace(b"<w:r><w:t", off)
    assert issued_version(zipped(files), "saved.docx") == version_of(outscale, ["en"])


def test_a_main_part_of_another_name_is_found_by_its_relationship(outscale: Agreement) -> None:
    files = {
        name.replace("word/document.xml", "word/document2.xml").replace("/document.xml.rels", "/document2.xml.rels"): part
        for name, part in issued_parts(outscale).items()
    }
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert issued_version(zipped(files), "saved.docx") == version_of(outscale, ["en"])


@pytest.mark.parametrize("form", ["docx:Office Open XML Text", "docx:MS Word 2007 XML"])
def test_an_agreement_that_libreoffice_opened_and_saved_is_the_same_version(outscale: Agreement, office: str, tmp_path: Path, form: str) -> None:
    document = assemble(outscale, "fr")
    (tmp_path / "agreement.docx").write_bytes(write(document, "docx", record=record_of(outscale, document)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "saved"), str(tmp_path / "agreement.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert issued_version((tmp_path / "saved" / "agreement.docx").read_bytes(), "saved.docx") == version_of(outscale, ["fr"])


def test_accents_in_two_pieces_are_the_same_words(outscale: Agreement) -> None:
    """A file of before, or of a Mac's editor, may hold them apart: data, tree and text."""
    files = {
        name: unicodedata.normalize("NFD", part.decode()).encode() if name in (_RECORD, "word/document.xml") else part
        for name, part in issued_parts(outscale).items()
    }
    assert issued_version(zipped(files), "mac.docx") == version_of(outscale, ["en"])


@pytest.mark.parametrize("lost", [b"data", b"tree"])
def test_half_a_record_is_none(outscale: Agreement, lost: bytes) -> None:
    files = issued_parts(outscale)
    files[_RECORD] = re.sub(rb"<%s>.*</%s>" % (lost, lost), b"", files[_RECORD], flags=re.DOTALL)
    with pytest.raises(NotIssuedError, match="doesn't carry its data"):
        issued_version(zipped(files), "issued.docx")
