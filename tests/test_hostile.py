"""Input that was made to break things: each gives a finding or a typed error, never a traceback or a wrong file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document as WordDocument
from PIL import Image

from snc_docs import Agreement, FindingsError, assemble, load_agreement, read_reference, write
from snc_docs.cli import files as files_module
from snc_docs.cli import main
from snc_docs.document.nodes import ForeignDocument, Link, Paragraph, Resource, Value
from snc_docs.document.walk import walk
from snc_docs.errors import FileTroubleError
from snc_docs.model.source import read_source
from snc_docs.readers.embedded import embedded
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.reference import UnusableReferenceError, reference_docx
from snc_docs.writers.docx.verify import faults
from tests.tools import (
    EXAMPLES,
    TODAY,
    all_text,
    changed,
    client_data,
    document_of,
    paragraph_texts,
    parts,
    section,
    starter_data,
    write_pair,
    xml,
)

CLIENT = EXAMPLES / "outscale" / "client.yaml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], env={"LC_ALL": "C"})


def _overlay(folder: Path, body: str, clause: str = "purpose") -> Path:
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / f"{clause}.md.j2").write_text(f"# Title {{#{clause}}}\n\n{body}\n", encoding="utf-8")
    return folder


def _found(agreement: Agreement, folder: Path, body: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FindingsError) as error:
        assemble(agreement, "en", _overlay(folder, body))
    return [(finding.rule, finding.line) for finding in error.value.diagnostics]


# ------------------------------------------------------------------------------------------------------------- data


@pytest.mark.parametrize("opening", ["[", '{"a":', "- "])
@pytest.mark.parametrize("name", ["deep.yaml", "deep.json"])
def test_deep_nesting_is_a_finding(tmp_path: Path, name: str, opening: str) -> None:
    path = tmp_path / name
    path.write_text(('{"a":' if name.endswith("json") else "a: ") + opening * 30_000, encoding="utf-8")
    with pytest.raises(FindingsError):
        read_source(path)


def test_numbers_of_ten_thousand_digits_are_read(tmp_path: Path) -> None:
    baseline = starter_data()
    path = write_pair(tmp_path, baseline)
    text = (tmp_path / "baseline.yaml").read_text(encoding="utf-8")
    (tmp_path / "baseline.yaml").write_text(text.replace('"amount": 100000', f'"amount": {"1" * 10_000}'), encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        load_agreement(path, today=TODAY)
    assert {finding.path for finding in error.value.diagnostics} == {"provider.share_capital.amount"}


def test_a_baseline_path_that_no_system_takes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        load_agreement(write_pair(tmp_path, client=changed(client_data(), "baseline", "a\0b")))


def test_json_is_read_as_json(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    value = {"a": "\x7f", "x" * 2000: 1, "back\\": "\\\U0001f600"}
    path.write_text(json.dumps(value), encoding="utf-8")
    assert read_source(path).data == value


@pytest.mark.parametrize("text", ["a: !!python/object:os.system {}\n", "a: !!set {x}\n", "a: !mine [1]\n"])
def test_tags_on_lists_and_mappings_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "data.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        read_source(path)
    assert [finding.rule for finding in error.value.diagnostics] == ["file.tag"]


@pytest.mark.parametrize("name", ["12", "²", "x#²", "A#2", "#", "9" * 5000, "٣", "a.b", "[x]"])
def test_odd_names_of_list_items_have_their_own_line(tmp_path: Path, name: str) -> None:
    baseline = starter_data()
    baseline["third_parties"]["others"] = [{"name": "First", "category": "network-operator"}, {"name": name, "category": "plumber"}]
    path = write_pair(tmp_path, baseline)
    with pytest.raises(FindingsError) as error:
        load_agreement(path, today=TODAY)
    (finding,) = [each for each in error.value.diagnostics if each.rule == "third-party.category-unknown"]
    lines = (tmp_path / "baseline.yaml").read_text(encoding="utf-8").splitlines()
    if name != "[x]":  # a bracket at a name's end can't be told from the path's own
        assert "plumber" in lines[(finding.line or 0) - 1]


def test_a_name_like_a_role_does_not_draw_another_contacts_findings(tmp_path: Path) -> None:
    contacts = [{"role": "representative", "name": "security-incidents", "email": "a@example.com"}, {"role": "security-incidents", "name": "B"}]
    path = write_pair(tmp_path, client=changed(client_data(), "client_contacts", contacts))
    with pytest.raises(FindingsError) as error:
        load_agreement(path, today=TODAY)
    (finding,) = [each for each in error.value.diagnostics if each.rule == "contact.unreachable"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert '"name": "B"' in "".join(lines[(finding.line or 0) - 1 :][:4])


def test_doubled_identifiers_of_covered_items_are_found(tmp_path: Path) -> None:
    baseline = starter_data()
    covers = baseline["third_parties"]["categories"][0]["covers"]
    covers.append(covers[0])
    with pytest.raises(FindingsError, match="in this list twice"):
        load_agreement(write_pair(tmp_path, baseline), today=TODAY)


def test_an_extension_is_part_of_the_telephone_link(tmp_path: Path) -> None:
    client = changed(client_data(), "client_contacts.0.telephone", "+33 4 65 71 00 01 ext. 12")
    document = assemble(load_agreement(write_pair(tmp_path, client=client), today=TODAY), "en")
    links = [node.href for node in walk(document) if isinstance(node, Link) and node.href.startswith("tel:+33465710001")]
    assert links == ["tel:+33465710001;ext=12"]


# -------------------------------------------------------------------------------------------------------- templates


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("## A {#a1}\n\n### B {#a2}\n\n#### C {#a3}\n", ("heading.level", 7)),
        ("- a\n  - b\n    - c\n      - d\n", ("markdown.not-in-dialect", 6)),
        ("".join("  " * depth + f"- {depth}\n" for depth in range(30)), ("markdown.not-in-dialect", 6)),
        ("- a\n-\n- c\n", ("markdown.not-in-dialect", 4)),
        ('[m](mailto:{{ provider_contacts["representative"].email }})', ("link.address", 3)),
        ("[x](https://x/{{ provider.siren }})", ("link.address", 3)),
        ("[name of {{ provider.short_name }}](fill:a.b)", ("link.address", 3)),
        ("[{{ provider.short_name }}](def:x)", ("link.address", 3)),
        ("::: embed {{ certificate.file }} of {{ provider.short_name }}", ("directive.malformed", 3)),
        ("::: definitions\n{{ provider.short_name }} {#x}\n: y\n:::", ("directive.malformed", 4)),
        ('{{ "\\ue0100\\ue011" }}', ("template.fault", 3)),
        ('{{ "%c" % 55296 }}', ("template.fault", 1)),
        ("{{ 1/0 }}", ("template.fault", 3)),
        ('{{ "{}".format() }}', ("template.fault", 3)),
        ('{{ "a".index("b") }}', ("template.fault", 3)),
        ("{{ 2.0**99999 }}", ("template.fault", 3)),
        ("{{ " + "(" * 150 + "1" + ")" * 150 + " }}", ("template.fault", None)),
        ("{% for a in service.offer %}" * 25 + "x" + "{% endfor %}" * 25, ("template.fault", None)),
        ("{% for a in service.offer %}{{ loop }}{% endfor %}", ("template.fault", 3)),
        ("{{ self }}", ("template.fault", 3)),
        ("::: table\n|" + " a |" * 101 + "\n:::", ("directive.malformed", 3)),
        ("::: table widths=" + "9" * 5000 + "\n| a |\n:::", ("directive.malformed", 3)),
        ("one\ntwo [](#nowhere)\n", None),
        ("::: embed {{ service.name }} The annex", ("embed.unknown", 3)),
        ('{{ "%c999%c" % (57360, 57361) }}', ("template.reserved", 1)),
    ],
)
def test_templates_that_go_wrong_are_findings(outscale: Agreement, tmp_path: Path, body: str, finding: tuple[str, int | None] | None) -> None:
    found = _found(outscale, tmp_path, body)
    if finding is None:
        assert found == [("reference.unknown", 4)]
    elif finding[1] is None:
        assert [rule for rule, _ in found] == [finding[0]]
    else:
        assert finding in found


def test_no_text_of_a_template_is_lost(outscale: Agreement, tmp_path: Path) -> None:
    body = "Before.\n\n[annex]: see-annex\n\n&#xE010;0&#xE011; {{ provider.siren }}\n\n::: notice\nOne.\n\nTwo.\n:::"
    purpose = next(each for each in assemble(outscale, "en", _overlay(tmp_path, body)).sections if each.id == "purpose")
    notices = [block for block in purpose.blocks if isinstance(block, Paragraph) and block.role == "notice"]
    assert "[annex]: see-annex" in all_text(purpose)
    assert "&#xE010;0&#xE011;" in all_text(purpose)
    assert sum(isinstance(node, Value) for node in walk(purpose)) == 1
    assert len(notices) == 2


def test_a_template_with_a_byte_order_mark_is_read(outscale: Agreement, tmp_path: Path) -> None:
    folder = _overlay(tmp_path, "x")
    path = folder / "en" / "purpose.md.j2"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert assemble(outscale, "en", folder).sections


@pytest.mark.parametrize(
    ("outline", "rule"),
    [
        ("outline:\n  - {id: purpose, role: clause, when: 1/0}\n", "template.fault"),
        (f"outline:\n  - {{id: purpose, role: clause, when: '{'(' * 3000}1{')' * 3000}'}}\n", "template.fault"),
        (f"outline:\n  - {{id: {'x' * 400}, role: clause}}\n", "outline.malformed"),
        ("outline:\n  - {id: ../purpose, role: clause}\n", "outline.malformed"),
        ("outline:\n  - {id: purpose, role: clause, when: 'false'}\n", "outline.empty"),
    ],
)
def test_outlines_that_go_wrong_are_findings(outscale: Agreement, tmp_path: Path, outline: str, rule: str) -> None:
    (tmp_path / "outline.yaml").write_text(outline, encoding="utf-8")
    with pytest.raises(FindingsError) as error:
        assemble(outscale, "en", tmp_path)
    assert [finding.rule for finding in error.value.diagnostics] == [rule]


def test_a_document_of_appendices_alone_has_no_body(tmp_path: Path) -> None:
    (tmp_path / "outline.yaml").write_text("outline:\n  - {id: appendix-b, role: appendix}\n", encoding="utf-8")
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "appendix-b.md.j2").write_text("# Title {#appendix-b}\n\nx\n", encoding="utf-8")
    result = _run("build", CLIENT, "-o", tmp_path / "out", "--templates", tmp_path)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out" / "fr").iterdir()) == ["agreement.docx", "appendix-b.docx"]


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
        result = _run(*command, "--json")
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
    _, (resource,) = embedded(buffer.getvalue(), "image/jpeg", "c.jpg", "alt")
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
    facts = ["--account", "1", "--ticket-received", "2026-10-01", "--issued-on", "2026-10-02", "--place", "x", "--signatory", "x", "--title", "x"]
    result = _run("certificate", CLIENT, *facts, "--templates", tmp_path, "-o", tmp_path / "out")
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
    result = _run("check", tmp_path / "missing.yaml", path, "--json")
    rules = {each["rule"] for each in json.loads(result.stdout)["findings"]}
    assert (result.exit_code, {"file.unreadable", "data.extra-forbidden"} <= rules) == (3, True)


def test_a_wrong_option_of_a_certificate_is_named(tmp_path: Path) -> None:
    facts: dict[str, Any] = {"account": "1", "ticket-received": "nope", "issued-on": "2026-10-02", "place": "x", "signatory": "x", "title": "x"}
    result = _run("certificate", CLIENT, "-o", tmp_path, *(word for name, value in facts.items() for word in (f"--{name}", value)))
    assert (result.exit_code, "None" in result.output, "deletion.ticket_received_on" in result.output) == (2, False, True)
