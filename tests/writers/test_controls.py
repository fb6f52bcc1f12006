"""Fields to fill in: those of one datum are bound together, show their prompts while it is empty, and a file with filled ones is still known."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from snc_docs import Agreement, amend, assemble, differences, issued_version, load_agreement, record_of, redline, side_by_side, version_of, write
from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import EMPTY_BOX, Document, Fact, Facts, FillIn, Paragraph, Text
from snc_docs.document.walk import walk
from snc_docs.model.agreement import Attachment
from snc_docs.model.kinds import Siren
from snc_docs.model.parts import Contact, ContactRole
from snc_docs.readers.issued import NotIssuedError
from snc_docs.word_content import FIELDS_STORE
from snc_docs.writers.docx.controls import control_tag
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.office import to_pdf
from tests.tools import EXAMPLES, LANGUAGES, TODAY, W, document_of, issued_parts, parts, run_command, sdk_errors, section, words, zipped
from tests.trees import documents
from tests.writers.guest_files import guest, p, r

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIELDS = "customXml/item2.xml"
_GLOSSARY = "word/glossary/document.xml"
_STORIES = re.compile(r"word/(document|header\d+(-first)?|footer\d+(-first)?)\.xml")


def _controls(files: dict[str, bytes]) -> list[etree._Element]:
    return [each for name, part in files.items() if _STORIES.fullmatch(name) for each in etree.fromstring(part).iter(f"{W}sdt")]


def _binding(control: etree._Element) -> tuple[str, dict[str, str], str]:
    """Return the XPath of a control, its prefixes and the part that it leads into."""
    binding = control.find(f"{W}sdtPr/{W}dataBinding")
    assert binding is not None
    prefix, _, namespace = binding.get(f"{W}prefixMappings", "").removeprefix("xmlns:").partition("=")
    return binding.get(f"{W}xpath", ""), {prefix: namespace.strip("'")}, binding.get(f"{W}storeItemID", "")


def _shown(control: etree._Element) -> str:
    return "".join(each.text or "" for each in control.iter(f"{W}t"))


def _is_prompt(control: etree._Element) -> bool:
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _assert_bound(content: bytes) -> None:
    """Check what holds of every file: one place for each datum, one datum for each place, and what a control shows is what its place says."""
    files = parts(content)
    controls = _controls(files)
    assert (_FIELDS in files) == bool(controls)
    places = defaultdict(set)
    for control in controls:
        path, names, store = _binding(control)
        assert store == FIELDS_STORE
        assert FIELDS_STORE.encode() in files["customXml/itemProps2.xml"]
        (node,) = etree.fromstring(files[_FIELDS]).xpath(path, namespaces=names)
        tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val", "")  # type: ignore[union-attr]  # every control has one
        assert tag == control_tag(node.get("path", ""))
        places[tag, node.get("language"), _is_prompt(control)].add(path)
        assert (node.text or "") == ("" if _is_prompt(control) else "false")
        assert _is_prompt(control) or _shown(control) == EMPTY_BOX
        if _is_prompt(control):
            assert _prompt_of(control, files) == _shown(control)
    assert {len(each) for each in places.values()} <= {1}


def _prompt_of(control: etree._Element, files: dict[str, bytes]) -> str:
    """Return the words of the building block that Word shows in a control while its datum is empty."""
    named = control.find(f"{W}sdtPr/{W}placeholder/{W}docPart")
    blocks = [each for each in etree.fromstring(files[_GLOSSARY]).iter(f"{W}docPart") if len(each)]
    (block,) = [each for each in blocks if named is not None and each.find(f"{W}docPartPr/{W}name").get(f"{W}val") == named.get(f"{W}val")]  # type: ignore[union-attr]
    return _shown(block)


@settings(max_examples=60)
@given(documents())
def test_every_control_is_bound_to_the_one_place_of_its_datum(document: Document) -> None:
    _assert_bound(write(document, "docx"))


@pytest.mark.parametrize("name", ["outscale/client-unknown", "outscale/client", "complete/client", "software/client", "minimal/client"])
def test_fields_of_the_examples_are_bound_in_either_language_and_side_by_side(name: str) -> None:
    agreement = load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY)
    both = [assemble(agreement, language) for language in LANGUAGES]
    for document in (*both, side_by_side(*both)):
        content = write(document, "docx")
        _assert_bound(content)
        assert faults(content) == []


def test_a_document_with_nothing_to_fill_in_has_no_part_for_it() -> None:
    files = parts(write(document_of(section("a", Paragraph(words("All is said.")))), "docx"))
    assert [name for name in files if "customXml" in name or "glossary" in name] == []


def test_the_reference_of_the_cover_is_bound_to_that_of_every_header(unknown_client: Agreement) -> None:
    files = parts(write(assemble(unknown_client, "en"), "docx"))
    bound: dict[str, set[str]] = defaultdict(set)
    for name, part in files.items():
        if _STORIES.fullmatch(name):
            for control in etree.fromstring(part).iter(f"{W}sdt"):
                bound[_shown(control)].add(f"{name.rstrip('0123456789.xml')} {_binding(control)[0]}")
    for prompt in ("[agreement reference]", "[version]"):
        assert {each.partition(" ")[0] for each in bound[prompt]} == {"word/document", "word/header"}
        assert len({each.partition(" ")[2] for each in bound[prompt]}) == 1


def test_a_day_has_a_picker_in_the_language_of_its_words(unknown_client: Agreement) -> None:
    for language, locale in zip(LANGUAGES, ("fr-FR", "en-GB"), strict=True):
        controls = _controls(parts(write(assemble(unknown_client, language), "docx")))
        dates = {each.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): each.find(f"{W}sdtPr/{W}date") for each in controls}  # type: ignore[union-attr]
        found = {path: {etree.QName(each).localname: each.get(f"{W}val") for each in kind} for path, kind in dates.items() if kind is not None}
        wanted = {"dateFormat": "d MMMM yyyy", "lid": locale, "storeMappedDataAs": "date", "calendar": "gregorian"}
        assert found == dict.fromkeys(("document.effective_date", "signatures.provider.date", "signatures.client.date"), wanted)


def test_side_by_side_words_of_a_language_are_bound_within_it_and_names_in_both(unknown_client: Agreement) -> None:
    both = side_by_side(*(assemble(unknown_client, language) for language in LANGUAGES))
    fields = etree.fromstring(parts(write(both, "docx"))[_FIELDS])
    languages = defaultdict(set)
    for each in fields:
        languages[each.get("path")].add(each.get("language"))
    assert languages["client.legal_form"] == {None, "en-GB"}
    assert languages["client.legal_name"] == languages["client.siren"] == {None}


def _boxes() -> Document:
    lines = (FillIn("form.accepts", "accepts the new version", "check"), Text(" accepts the new version;"))
    return document_of(section("a", Paragraph(lines), Facts((Fact(words("On"), (FillIn("form.day", "day", "date"),)),))))


def test_a_box_to_tick_is_one_in_word_and_a_sign_for_older_readers() -> None:
    content = write(_boxes(), "docx")
    _assert_bound(content)
    root = etree.fromstring(parts(content)["word/document.xml"])
    assert root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable") == "w14"
    (box,) = root.iter(f"{W14}checkbox")
    assert {etree.QName(each).localname: each.get(f"{W14}val") for each in box} == {"checked": "0", "checkedState": "2612", "uncheckedState": "2610"}
    assert EMPTY_BOX in write(_boxes(), "html").decode()


def test_in_a_redline_nothing_is_bound_since_word_would_overwrite_its_words(unknown_client: Agreement, outscale: Agreement) -> None:
    changed = redline(assemble(outscale, "en"), assemble(unknown_client, "en"), "A", TODAY)
    files = parts(write(changed, "docx"))
    assert [name for name in files if "customXml" in name or "glossary" in name] == []
    assert [each for each in _controls(files) if each.find(f"{W}sdtPr/{W}dataBinding") is not None] == []
    assert any(_is_prompt(each) for each in _controls(files))


# ------------------------------------------------------------------------------------------------------ reading back


def _typed(files: dict[str, bytes], path: str, said: str, shown: str | None = None) -> dict[str, bytes]:
    """Return the parts as Word saves them once ``said`` was typed in a field: its place, and every control that is bound to it."""
    root = etree.fromstring(files[_FIELDS])
    (node,) = [each for each in root if each.get("path") == path]
    node.text = said
    result = {**files, _FIELDS: etree.tostring(root)}
    for name in (each for each in files if _STORIES.fullmatch(each)):
        part = etree.fromstring(files[name])
        for control in part.iter(f"{W}sdt"):
            properties = control.find(f"{W}sdtPr")
            assert properties is not None
            if properties.find(f"{W}tag").get(f"{W}val") == path:  # type: ignore[union-attr]  # every control has one
                for prompt in properties.findall(f"{W}showingPlcHdr"):
                    properties.remove(prompt)
                next(control.iter(f"{W}t")).text = shown or said
        result[name] = etree.tostring(part)
    return result


def _said(findings: Sequence[Diagnostic]) -> list[str]:
    return [f"{each.file}: {each.message.en}" for each in findings]


def test_a_file_whose_fields_were_filled_in_is_the_version_that_wasissued_parts(unknown_client: Agreement) -> None:
    files = _typed(issued_parts(unknown_client), "client.legal_name", "Acme & Sons Ltd")
    files = _typed(files, "document.effective_date", "2027-01-01", "1 January 2027")
    content = zipped(files)
    found = issued_version(content, "filled.docx")
    assert found == version_of(unknown_client, ["en"])
    assert _said(found.findings) == ["filled.docx: fields filled in in Word, not compared: client.legal_name, document.effective_date"]


def test_a_place_that_says_more_than_the_controls_that_show_it_is_a_field_filled_in(unknown_client: Agreement) -> None:
    files = issued_parts(unknown_client)
    files[_FIELDS] = files[_FIELDS].replace(b'"client.siren"></field>', b'"client.siren">732829320</field>')
    found = issued_version(zipped(files), "filled.docx")
    assert found == version_of(unknown_client, ["en"])
    assert _said(found.findings) == ["filled.docx: fields filled in in Word, not compared: client.siren"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"thirty", b"three"),
        (b'<w:tag w:val="client.siren"/>', b'<w:tag w:val="client.number"/>'),
        (FIELDS_STORE.encode(), b"{00000000-0000-4000-8000-000000000000}"),
        (b"</w:sdtContent></w:sdt>", b"</w:sdtContent></w:sdt><w:r><w:t>and more</w:t></w:r>"),
    ],
)
def test_a_file_with_filled_fields_and_another_change_is_not_trusted(unknown_client: Agreement, old: bytes, new: bytes) -> None:
    files = _typed(issued_parts(unknown_client), "client.legal_name", "Acme")
    assert old in files["word/document.xml"]
    files["word/document.xml"] = files["word/document.xml"].replace(old, new, 1)
    with pytest.raises(NotIssuedError, match="its text was changed"):
        issued_version(zipped(files), "changed.docx")


def test_a_comparison_says_which_fields_it_took_as_open(unknown_client: Agreement, tmp_path: Path) -> None:
    path = tmp_path / "filled.docx"
    path.write_bytes(zipped(_typed(issued_parts(unknown_client), "client.legal_name", "Acme")))
    result = run_command("diff", path, EXAMPLES / "outscale" / "client-unknown.yaml", "-l", "en", "--today", TODAY.isoformat())
    assert "fields filled in in Word, not compared: client.legal_name" in " ".join(result.output.split())
    assert result.exit_code == 0


_SIGNED = {"client.legal_name": "Acme", "client.siren": "732 829 320", "client_contacts[representative].name": "Anne Roux"}


def _with_signed(agreement: Agreement) -> Agreement:
    """Return an agreement whose data has what was filled in at its signature, and a later version."""
    client = agreement.client.model_copy(update={"legal_name": "Acme", "siren": Siren("732829320")})
    contact = Contact(role=ContactRole.REPRESENTATIVE, name="Anne Roux")
    others = tuple(each for each in agreement.client_contacts if each.role is not ContactRole.REPRESENTATIVE)
    return agreement.model_copy(update={"client": client, "client_contacts": (contact, *others)})


def test_what_was_filled_in_and_is_in_the_data_now_is_no_change(unknown_client: Agreement) -> None:
    files = issued_parts(unknown_client)
    for path, text in _SIGNED.items():
        files = _typed(files, path, text)
    issued = issued_version(zipped(files), "signed.docx")
    assert _said(issued.findings) == [f"signed.docx: fields filled in in Word, not compared: {', '.join(sorted(_SIGNED))}"]
    done = differences(issued, version_of(_with_signed(unknown_client), ["en"]), today=TODAY)
    assert ([each.place.path for each in done.changes.data], done.changes.clauses["en"]) == ([], ())
    assert [each for each in done.findings if each.rule == "issued.filled"] == []


def test_what_was_filled_in_otherwise_stays_a_change_and_is_named(unknown_client: Agreement) -> None:
    files = _typed(_typed(issued_parts(unknown_client), "client.legal_name", "Acme"), "client.siren", "999 999 030")
    issued = issued_version(zipped(files), "signed.docx")
    done = differences(issued, version_of(_with_signed(unknown_client), ["en"]), today=TODAY)
    assert {each.place.path for each in done.changes.data} >= {"client.siren"}
    assert "client.legal_name" not in {each.place.path for each in done.changes.data}
    assert _said([each for each in done.findings if each.rule == "issued.filled"]) == [
        "signed.docx: fields filled in in Word, not compared: client.siren"
    ]


def test_each_language_is_signed_as_it_was_filled_in(unknown_client: Agreement) -> None:
    versions = []
    for language, text in zip(LANGUAGES, ("999 999 030", "732 829 320"), strict=True):
        document = assemble(unknown_client, language)
        files = parts(write(document, "docx", record=record_of(unknown_client, document)))
        files = _typed(_typed(files, "client.siren", text), "client.legal_name", "Acme")
        versions.append(issued_version(zipped(files), f"{language}.docx"))
    issued = versions[0].beside(versions[1])
    done = differences(issued, version_of(_with_signed(unknown_client), LANGUAGES), today=TODAY)
    assert "client.siren" in " ".join(_said([each for each in done.findings if each.rule == "issued.filled"]))
    assert "client.legal_name" not in " ".join(_said([each for each in done.findings if each.rule == "issued.filled"]))


def test_a_program_is_told_which_fields_were_taken_as_open(unknown_client: Agreement) -> None:
    issued = issued_version(zipped(_typed(issued_parts(unknown_client), "client.legal_name", "Acme")), "filled.docx")
    new = version_of(unknown_client, ["en"])
    sent = amend(issued, new, notified_on=TODAY, effective_on=TODAY, reason="agreed")
    for found in (differences(issued, new, today=TODAY).findings, differences(new, issued, today=TODAY).findings, sent.findings):
        assert [each.file for each in found if each.rule == "issued.filled"] == ["filled.docx"]


def test_fields_stay_bound_beside_a_certificate_that_is_a_word_file(unknown_client: Agreement) -> None:
    attached = Attachment(name="certificate-specimen.pdf", media_type=_DOCX, content=guest(p(r("a certificate in Word"))))
    agreement = unknown_client.model_copy(update={"attachments": (attached,)})
    document = assemble(agreement, "en")
    content = write(document, "docx", record=record_of(agreement, document))
    _assert_bound(content)
    assert faults(content) == []
    assert issued_version(content, "issued.docx") == version_of(agreement, ["en"])


# ----------------------------------------------------------------------------------------------------- outside judges


def test_the_open_xml_sdk_finds_nothing_wrong_with_fields_and_boxes(unknown_client: Agreement, validator: Path, tmp_path: Path) -> None:
    document = assemble(unknown_client, "en")
    for name, content in {"open": write(document, "docx", record=record_of(unknown_client, document)), "boxes": write(_boxes(), "docx")}.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        found = sdk_errors(validator, path)
        assert found == []


def test_libreoffice_puts_what_was_typed_once_in_all_its_places(unknown_client: Agreement, office: str, tmp_path: Path) -> None:
    del office
    document = assemble(unknown_client, "en")
    files = parts(write(document, "docx"))
    asked = sum(isinstance(node, FillIn) and node.path == "client.legal_name" for node in walk(document))
    assert _text_of(to_pdf(zipped(files)), tmp_path).count("[legal name]") == asked > 1
    files[_FIELDS] = files[_FIELDS].replace(b'"client.legal_name"></field>', b'"client.legal_name">Acme</field>')
    files[_FIELDS] = files[_FIELDS].replace(b'"document.reference"></field>', b'"document.reference">R-9</field>')
    shown = _text_of(to_pdf(zipped(files)), tmp_path)
    assert (shown.count("Acme"), shown.count("[legal name]"), shown.count("[agreement reference]")) == (asked, 0, 0)
    assert all("R-9" in page for page in shown.rstrip("\f").split("\f"))


def _text_of(pdf: bytes, folder: Path) -> str:
    path = folder / "shown.pdf"
    path.write_bytes(pdf)
    command = ["/usr/bin/env", "pdftotext", "-layout", path.name, "-"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=60).stdout
