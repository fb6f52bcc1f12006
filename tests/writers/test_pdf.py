"""PDF/UA-1 and PDF/A-2a, judged by veraPDF; what no rule of theirs sees (headings, bookmarks, languages), read from the tags."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image

from snc_docs import Agreement, assemble, load_agreement, redline, side_by_side, write
from snc_docs.document.nodes import BulletList, Cell, Column, Document, Link, ListItem, Paragraph, Picture, Properties, Resource, Row, Table
from snc_docs.document.numbering import number, resolve
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.writers.pdf import _with_artifacts, finished
from tests.pdf_tags import HEADINGS, Tag, bookmarks, tags_of
from tests.tools import ENGLISH, EXAMPLES, ROOT, TODAY, section, words

_PROFILES = ("PDFUA-1", "PDFA-2A")
_PROPERTIES = Properties("An agreement", "Ours <&> theirs", "The Provider", "R-1", "1.0", "2026-09-01")


def _verdicts(verapdf: Path, files: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, str]]:
    """Return the rules of both standards that each file breaks, with veraPDF's words; one run of Java for all."""
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    jobs = [(str(folder / f"{name}.pdf"), profile) for name in files for profile in _PROFILES]
    script = [str(verapdf), str(ROOT / "tests" / "verapdf.py")]
    done = subprocess.run(script, input=json.dumps(jobs).encode(), capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    broken: dict[str, dict[str, str]] = {name: {} for name in files}
    for (path, profile), found in zip(jobs, json.loads(done.stdout), strict=True):
        broken[Path(path).stem] |= {f"{profile} {rule}": f"{count} × {says}" for rule, (count, says) in found.items()}
    return broken


@pytest.fixture(scope="module")
def documents(outscale: Agreement, unknown_client: Agreement) -> dict[str, Document]:
    """Return documents of each sort: with every optional clause, with the certificate, with fields to fill in, in two languages."""
    complete = load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)
    return {
        "complete": assemble(complete, "fr"),
        "unknown": assemble(unknown_client, "en"),
        "bilingual": side_by_side(assemble(outscale, "fr"), assemble(outscale, "en")),
        "small": _small(),
    }


@pytest.fixture(scope="module")
def pdfs(office: str, documents: dict[str, Document]) -> dict[str, bytes]:
    del office
    marked = redline(documents["small"], replace(documents["small"], sections=documents["small"].sections[:1]))
    return {**{name: write(document, "pdf") for name, document in documents.items()}, "redline": write(marked, "pdf")}


@pytest.fixture(scope="module")
def small(office: str) -> bytes:
    del office
    return write(_small(), "pdf")


def _small() -> Document:
    """Return a short document with one of each: headings of two levels, a notice with a border, a list, a table, a link, a picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "PNG")
    row = Row("r", tuple(Cell(words(each)) for each in ("Kernel", "4")))
    first = section(
        "first",
        Paragraph(words("Mind this."), "notice"),
        section("inner", BulletList((ListItem((Paragraph(words("An item")),)),)), role="subsection", title="Parts"),
        Table(tuple(Column(words(each), 50) for each in ("Part", "How many")), (row,)),
        title="Preamble",
    )
    second = section("second", Paragraph((Link("https://example.com/", words("The site")),)), Picture("0.png", 30, 20, "A navy field"), title="Scope")
    document = Document("en", (first, second), _PROPERTIES, (Resource("0.png", "image/png", drawn.getvalue()),))
    return resolve(number(document, ENGLISH))[0]


def test_every_kind_of_document_keeps_both_standards(verapdf: Path, pdfs: dict[str, bytes], tmp_path: Path) -> None:
    assert _verdicts(verapdf, pdfs, tmp_path) == {name: {} for name in pdfs}


# ------------------------------------------------------------------------------------- what is broken on purpose is seen


def _tag_named(file: pikepdf.Pdf, role: str) -> Any:
    return next(each for each in file.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name(f"/{role}") and "/P" in each)


def _drop(*path: str) -> Callable[[pikepdf.Pdf], None]:
    def breaking(file: pikepdf.Pdf) -> None:
        holder: Any = file.Root
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]

    return breaking


def _in_metadata(old: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def breaking(file: pikepdf.Pdf) -> None:
        packet = file.Root.Metadata.read_bytes()
        assert packet.count(old.encode()) >= 1
        file.Root.Metadata.write(packet.replace(old.encode(), new.encode()))

    return breaking


def _no_tabs(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        del page.obj["/Tabs"]


def _no_artifacts(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        held: list[Any] = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in ("BMC", "BDC", "EMC")]
        page.obj.Contents = file.make_stream(pikepdf.unparse_content_stream(held))


def _no_alt(file: pikepdf.Pdf) -> None:
    del _tag_named(file, "Figure")["/Alt"]


def _no_scope(file: pikepdf.Pdf) -> None:
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.TH:
            del each["/A"]


def _a_heading_left_out(file: pikepdf.Pdf) -> None:
    _tag_named(file, "H2").S = Name.H3


def _nameless_links(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for each in page.obj.get("/Annots", ()):
            del each["/Contents"]


def _fonts_left_out(file: pikepdf.Pdf) -> None:
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each["/FontFile2"]


def _a_script(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="app.alert('x')")


def _see_through(file: pikepdf.Pdf) -> None:
    file.Root.OutputIntents = pikepdf.Array()


def _another_title_bar(file: pikepdf.Pdf) -> None:
    file.Root.ViewerPreferences.DisplayDocTitle = False


_BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "not marked": (_drop("/MarkInfo"), "PDFUA-1 6.2-1"),
    "no tags": (_drop("/StructTreeRoot"), "PDFUA-1 7.1-11"),
    "no roles": (_drop("/StructTreeRoot", "/RoleMap"), "PDFUA-1 7.1-5"),
    "no metadata": (_drop("/Metadata"), "PDFUA-1 7.1-8"),
    "no language": (_drop("/Lang"), "PDFUA-1 7.2-34"),
    "no title": (_in_metadata("dc:title", "dc:source"), "PDFUA-1 7.1-9"),
    "title not shown": (_another_title_bar, "PDFUA-1 7.1-10"),
    "another PDF UA": (_in_metadata("pdfuaid:part>1", "pdfuaid:part>2"), "PDFUA-1 5-2"),
    "tabs": (_no_tabs, "PDFUA-1 7.18.3-1"),
    "unmarked words": (_no_artifacts, "PDFUA-1 7.1-3"),
    "no alternative": (_no_alt, "PDFUA-1 7.3-1"),
    "no scope": (_no_scope, "PDFUA-1 7.5-1"),
    "a jump of headings": (_a_heading_left_out, "PDFUA-1 7.4.2-1"),
    "nameless links": (_nameless_links, "PDFUA-1 7.18.5-2"),
    "level B": (_in_metadata("conformance>A", "conformance>B"), "PDFA-2A 6.6.4-3"),
    "another part": (_in_metadata("pdfaid:part>2", "pdfaid:part>1"), "PDFA-2A 6.6.4-2"),
    "undescribed": (_in_metadata("pdfaExtension:schemas", "pdfaExtension:others"), "PDFA-2A 6.6.2.3.1-1"),
    "no colours": (_see_through, "PDFA-2A 6.2.4.3-2"),
    "no fonts": (_fonts_left_out, "PDFA-2A 6.2.11.4.1-1"),
    "script": (_a_script, "PDFA-2A 6.5.1-1"),
}


def test_what_is_broken_on_purpose_is_found_by_its_rule(verapdf: Path, small: bytes, tmp_path: Path) -> None:
    files = {"whole": small, "encrypted": _saved(small, lambda _: None, encrypted=True)}
    files |= {name: _saved(small, breaking) for name, (breaking, _) in _BROKEN.items()}
    found = _verdicts(verapdf, files, tmp_path)
    assert found["whole"] == {}
    assert found["encrypted"]
    assert {name: (rule, list(found[name])) for name, (_, rule) in _BROKEN.items() if rule not in found[name]} == {}


def _saved(pdf: bytes, breaking: Callable[[pikepdf.Pdf], None], *, encrypted: bool = False) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        breaking(file)
        file.save(written, encryption=pikepdf.Encryption(owner="x", user="x") if encrypted else False)
    return written.getvalue()


# -------------------------------------------------------------------------------------------- what no rule of theirs sees


@pytest.mark.parametrize("name", ["complete", "unknown", "small"])
def test_headings_are_those_of_the_document_and_so_are_the_bookmarks(pdfs: dict[str, bytes], documents: dict[str, Document], name: str) -> None:
    levels = {each.id: level for each, level in _levels(documents[name])}
    expected = [(levels[each.id], plain_text(each.title)) for each in sections_of(documents[name].sections) if each.id in levels]
    shown = [(level, title.partition("\t")[2] or title) for level, title in bookmarks(pdfs[name])]
    assert [(level, _plain(title).endswith(_plain(words))) for (level, title), (_, words) in zip(shown, expected, strict=True)] == [
        (level, True) for level, _ in expected
    ]
    tagged = [HEADINGS.index(each.role) + 1 for each in tags_of(pdfs[name]).below() if each.role in HEADINGS]
    assert tagged == [level for level, _ in expected]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _levels(document: Document) -> list[tuple[Any, int]]:
    """Return the sections that have a heading of Word, with its level: all but the cover, whose title isn't one."""
    found: list[tuple[Any, int]] = []

    def below(sections: Any, level: int) -> None:
        for each in sections:
            if each.role != "cover":
                found.append((each, level))
                below([inner for inner in each.blocks if type(inner) is type(each)], level + 1)

    below(document.sections, 1)
    return found


@pytest.mark.parametrize("name", ["complete", "unknown", "bilingual", "small"])
def test_each_table_of_data_has_a_row_of_headings_that_say_what_they_head(pdfs: dict[str, bytes], name: str) -> None:
    headings = [each for each in tags_of(pdfs[name]).below() if each.role == "TH"]
    assert headings
    assert {each.attributes.get("Scope") for each in headings} == {"Column"}
    for table in (each for each in tags_of(pdfs[name]).below() if each.role == "Table"):
        is_of_data = any(each.name == "Table Heading" for each in table.below())
        (first, *_) = [each for each in table.children if each.role == "TR"]
        if is_of_data and not any(each.role == "Table" for child in table.children for each in child.below()):
            assert {cell.role for cell in first.children} == {"TH"}


def test_the_picture_of_a_certificate_says_what_it_is(pdfs: dict[str, bytes]) -> None:
    assert [each.alt for each in tags_of(pdfs["unknown"]).below() if each.role == "Figure"] == ["SecNumCloud qualification certificate"]


def test_each_column_is_in_its_own_language(pdfs: dict[str, bytes]) -> None:
    spoken = tags_of(pdfs["bilingual"])
    assert spoken.language == "fr-FR"
    paragraphs = [each for each in spoken.below() if each.name in ("Standard", "List Paragraph", "Heading 1", "H1", "Definition")]
    assert {each.language for each in paragraphs} == {"fr-FR", "en-GB"}
    assert [each.name for each in paragraphs if len({inner.language for inner in each.below() if inner.has_words}) > 1] == []


def test_the_title_the_author_and_the_languages_stand_in_the_file(pdfs: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs["small"])) as file:
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == "An agreement"
            assert metadata["dc:creator"] == ["The Provider"]
            assert metadata["dc:description"] == "Ours <&> theirs"
            assert metadata["dc:language"] == {"en-GB"}
            assert metadata["xmp:CreateDate"] == "2026-09-01T00:00:00Z"
        assert str(file.docinfo["/Title"]) == "An agreement"
        assert str(file.Root.Lang) == "en-GB"
    with pikepdf.open(io.BytesIO(pdfs["bilingual"])) as file, file.open_metadata() as metadata:
        assert metadata["dc:language"] == {"fr-FR", "en-GB"}


def test_the_same_document_is_the_same_pdf_at_any_time(small: bytes, pdfs: dict[str, bytes]) -> None:
    assert small == pdfs["small"]


# ---------------------------------------------------------------------------------------------------------- without office

_OPERATORS = st.sampled_from("q Q w m l re h S f n W BT ET Tj Do".split())


@st.composite
def _contents(draw: st.DrawFn) -> list[pikepdf.ContentStreamInstruction]:
    """Return a content stream, its marked content well nested."""
    made: list[str] = []
    depth = 0
    for each in draw(st.lists(_OPERATORS | st.sampled_from(["BDC", "EMC"]), max_size=30)):
        if each != "EMC" or depth:
            made.append(each)
            depth += (each == "BDC") - (each == "EMC")
    return [pikepdf.ContentStreamInstruction([], pikepdf.Operator(each)) for each in (*made, *["EMC"] * depth)]


@given(_contents())
def test_every_line_drawn_is_tagged_or_an_ornament_and_nothing_else_changes(contents: list[pikepdf.ContentStreamInstruction]) -> None:
    marked = [str(each.operator) for each in _with_artifacts(contents)]
    depth, kept, ornaments = 0, [], 0
    for each in marked:
        if each == "BMC":
            assert depth == 0
            ornaments = 1
        elif each == "EMC" and ornaments:
            ornaments = 0
            continue
        else:
            kept.append(each)
        depth += (each == "BDC") - (each == "EMC")
        assert each not in ("S", "f") or depth or ornaments
        assert each not in ("Tj", "Do", "q", "Q") or not ornaments
    assert kept == [str(each.operator) for each in contents]


def _bare_pdf() -> bytes:
    """Return a tagged PDF of one page, with a line that no tag holds, as an office would give it."""
    written = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(Decimal(100), Decimal(100)))
        file.pages[0].obj.Contents = file.make_stream(b"/P <</MCID 0>> BDC BT ET EMC q 0 0 m 9 9 l S Q")
        paragraph = file.make_indirect(pikepdf.Dictionary(S=Name.P, K=0))
        file.Root.StructTreeRoot = file.make_indirect(pikepdf.Dictionary(Type=Name.StructTreeRoot, K=pikepdf.Array([paragraph])))
        links = ({"/Contents": "Named"}, {"/A": pikepdf.Dictionary(S=Name.URI, URI="https://example.com/")}, {"/Contents": ""})
        file.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary({"/Subtype": Name.Link, **each}) for each in links])
        file.docinfo["/CreationDate"] = "D:20261127101010Z"
        file.save(written)
    return written.getvalue()


def test_finishing_what_is_finished_changes_nothing() -> None:
    once = finished(_bare_pdf(), _PROPERTIES, ["en-GB"])
    with pikepdf.open(io.BytesIO(once)) as file, pikepdf.open(io.BytesIO(finished(once, _PROPERTIES, ["en-GB"]))) as again:
        assert file.pages[0].obj.Contents.read_bytes().count(b"/Artifact BMC") == 1
        assert file.pages[0].obj.Contents.read_bytes() == again.pages[0].obj.Contents.read_bytes()
        assert file.Root.Metadata.read_bytes() == again.Root.Metadata.read_bytes()
        assert file.pages[0].obj.Tabs == Name.S
        assert str(file.docinfo["/CreationDate"]) == "D:20260901000000Z"


def test_a_link_without_words_is_named_by_its_address_or_by_the_document_that_it_leads_into() -> None:
    with pikepdf.open(io.BytesIO(finished(_bare_pdf(), _PROPERTIES, ["en-GB"]))) as file:
        assert [str(each.Contents) for each in file.pages[0].obj.Annots] == ["Named", "https://example.com/", "An agreement"]


def test_without_a_date_none_is_made_up() -> None:
    with pikepdf.open(io.BytesIO(finished(_bare_pdf(), replace(_PROPERTIES, date="", subject="", author=""), ["en-GB"]))) as file:
        assert "/CreationDate" not in file.docinfo
        with file.open_metadata() as metadata:
            assert "xmp:CreateDate" not in metadata
            assert "dc:creator" not in metadata


def _texts(tag: Tag) -> int:
    return sum(each.has_words for each in tag.below())


def test_tags_hold_words(pdfs: dict[str, bytes]) -> None:
    assert all(_texts(tags_of(content)) > 5 for content in pdfs.values())
