"""Page numbers of the contents: in a PDF those of its own pages, in a Word file those of a layout, where somebody asks for them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from snc_docs import Agreement, assemble, issued_version, load_agreement, record_of, redline, side_by_side, version_of, write
from snc_docs.building import agreements as building
from snc_docs.document.nodes import Cell, Column, Contents, Document, PageBreak, Paragraph, Row, Section, Table
from snc_docs.document.walk import plain_text
from snc_docs.errors import OfficeFailedError
from snc_docs.language import Language
from snc_docs.readers.issued import NotIssuedError
from snc_docs.writers import layout, office
from snc_docs.writers.docx import write_docx
from snc_docs.writers.docx.contents import Pages, listed_sections
from snc_docs.writers.docx.inlines import bookmark_name
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.layout import laid_out
from snc_docs.writers.office import to_pdf
from tests.tools import EXAMPLES, LANGUAGES, TODAY, W, document_of, parts, run_command, section, words

_FEW = document_of(section("front", Contents(words("Contents"))), section("alpha", Paragraph(words("A."))), section("beta", Paragraph(words("B."))))


def _pages(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, without spaces but for the ends of lines that a page number closes: a title may be broken over lines."""
    (folder / "shown.pdf").write_bytes(pdf)
    command = ["/usr/bin/env", "pdftotext", "-raw", "shown.pdf", "-"]
    text = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=60).stdout
    return [re.sub(r"[^\S\n]|(?<!\d)\n", "", page) for page in text.rstrip("\f").split("\f")]


def _assert_right(pages: list[str], titles: list[tuple[str, str]], contents: range) -> None:
    """Check that the contents give for each title, of an identifier, the page on which its heading stands behind them."""
    listed = "".join(pages[number - 1] for number in contents)
    for identifier, title in titles:
        name = re.sub(r"\s", "", title)
        given = [int(number) for number in re.findall(rf"{re.escape(name)}\.{{2,}}(\d{{1,2}})(?=\n|$|\D)", listed)]
        assert given, identifier
        assert all(name in pages[number - 1] and number not in contents for number in given), identifier


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_of_a_pdf_give_the_page_of_each_heading(office: str, outscale: Agreement, language: Language, tmp_path: Path) -> None:
    del office
    document = assemble(outscale, language)
    titles = [(each.id, plain_text(each.title)) for _, each in listed_sections(document)]
    _assert_right(_pages(write(document, "pdf"), tmp_path), titles, range(2, 3))


def _case(name: str, lines: int, count: int) -> tuple[Section, ...]:
    """Return a page with so many lines, then a table of ``count`` rows, each named."""
    rows = tuple(Row("", (Cell(words(f"{name}row{number}end")),)) for number in range(count))
    blocks = (*(Paragraph(words(f"line {number}")) for number in range(lines)), Table((Column(words("A"), 100),), rows), PageBreak())
    return (section(name, *blocks, role="unnumbered"),)


def test_no_page_has_the_first_rows_or_the_last_one_of_a_table_alone(office: str, tmp_path: Path) -> None:
    del office
    cases = [(f"case{lines}of{count}x", lines, count) for count in (4, 11) for lines in range(16, 36)]
    pages = _pages(write(document_of(*(each for case in cases for each in _case(*case))), "pdf"), tmp_path)
    broken = 0
    for name, _, count in cases:
        found = [[int(number) for number in re.findall(rf"{name}row(\d+)end", page)] for page in pages]
        parts = [numbers for numbers in found if numbers]
        assert [number for part in parts for number in part] == list(range(count))
        broken += len(parts) > 1
        assert len(parts[0]) >= min(count, 6)
        assert len(parts[-1]) >= 2
    assert broken  # else nothing was tried


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_signatures_of_the_starter_stand_on_a_page_of_what_is_signed(office: str, tmp_path: Path, language: Language) -> None:
    del office
    run_command("init", tmp_path, language=language)
    pages = _pages(write(assemble(load_agreement(tmp_path / "client.yaml"), language), "pdf"), tmp_path)
    appendices, signatures = {"fr": ("Annexes", "Signature:"), "en": ("Appendices", "Signature:")}[language]
    (signed,) = [page for page in pages[2:] if page.count(signatures) == 2]
    assert appendices in signed


def test_side_by_side_each_column_gives_the_pages(office: str, outscale: Agreement, tmp_path: Path) -> None:
    del office
    both = side_by_side(*(assemble(outscale, language) for language in LANGUAGES))
    titles = [(each.id, plain_text(title)) for _, each in listed_sections(both) for title in (each.title, each.translation)]
    _assert_right(_pages(write(both, "pdf"), tmp_path), titles, range(2, 4))


def _results(content: bytes) -> dict[str, str]:
    """Return what each PAGEREF field of a Word file shows, by its bookmark, and check that its entry is a link to it."""
    body = etree.fromstring(parts(content)["word/document.xml"])
    found = {}
    for link in body.iter(f"{W}hyperlink"):
        code = "".join(each.text or "" for each in link.iter(f"{W}instrText")).split()
        if code:
            assert code == ["PAGEREF", link.get(f"{W}anchor"), "\\h"]
            found[code[1]] = [each.text or "" for each in link.iter(f"{W}t")][-1]
    return found


def test_a_word_file_gives_the_pages_of_its_layout_where_they_are_asked_for(office: str, outscale: Agreement) -> None:
    del office
    document = assemble(outscale, "en")
    content = write(document, "docx", record=record_of(outscale, document), page_numbers=True)
    assert faults(content) == []
    found = layout.pages_in(to_pdf(content))
    assert _results(content) == {name: str(found[name]) for _, each in listed_sections(document) for name in [bookmark_name(each.id)]}
    (instruction,) = (each for each in parts(content)["word/document.xml"].decode().split("<w:instrText") if "TOC " in each[:40])
    assert "\\n" not in instruction.partition("</w:instrText>")[0]
    assert issued_version(content, "issued.docx") == version_of(outscale, ["en"])


def test_without_asking_or_without_an_office_a_word_file_is_as_it_was(outscale: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    document = assemble(outscale, "en")
    plain = write(document, "docx")
    assert b"PAGEREF" not in parts(plain)["word/document.xml"]
    monkeypatch.setattr(office, "office_program", lambda: None)
    assert write(document, "docx", page_numbers=True) == plain


def test_a_page_that_somebody_changed_to_words_is_noticed(outscale: Agreement) -> None:
    document = assemble(outscale, "en")
    names = {bookmark_name(each.id): 7 for _, each in listed_sections(document)}
    content = write_docx(document, None, record_of(outscale, document), names)
    assert issued_version(content, "issued.docx") == version_of(outscale, ["en"])
    changed = {name: part.replace(b"<w:t>7</w:t>", b"<w:t>7 and more</w:t>", 1) for name, part in parts(content).items()}
    with pytest.raises(NotIssuedError, match="its text was changed"):
        issued_version(zipped(changed), "changed.docx")


def test_a_redline_gives_no_pages(outscale: Agreement) -> None:
    old = assemble(outscale, "en")
    new = replace(old, sections=old.sections[:-1])
    content = write(redline(old, new, "A", TODAY), "docx", page_numbers=True)
    assert b"PAGEREF" not in parts(content)["word/document.xml"]


def _laid_out(monkeypatch: pytest.MonkeyPatch, found: Callable[[int], int]) -> list[dict[str, int]]:
    """Return what is written for each of the layouts of no office, which put heading ``a`` on the page that ``found`` says of their count."""
    written: list[dict[str, int]] = []

    def write_with(pages: Pages) -> bytes:
        written.append(dict(pages))
        return b""

    monkeypatch.setattr(layout, "to_pdf", lambda content: content)
    monkeypatch.setattr(layout, "pages_in", lambda _: {"_Ref_a": found(len(written))})
    laid_out(write_with)
    return written


def test_contents_whose_numbers_move_the_headings_are_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _laid_out(monkeypatch, lambda count: min(count, 3)) == [{}, {"_Ref_a": 1}, {"_Ref_a": 2}, {"_Ref_a": 3}]


def test_contents_that_never_settle_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OfficeFailedError, match="don't settle"):
        _laid_out(monkeypatch, lambda count: count)


def test_a_heading_without_a_page_has_an_entry_without_one() -> None:
    content = write_docx(_FEW, pages={"_Ref_alpha": 12})
    assert _results(content) == {"_Ref_alpha": "12"}
    assert faults(content) == []


def test_a_title_without_a_number_runs_up_to_its_page() -> None:
    document = Document("en", (section("front", Contents(words("Contents"))), section("free", Paragraph(words("x")), role="unnumbered")))
    body = etree.fromstring(parts(write_docx(document, pages={}))["word/document.xml"])
    (entry,) = (each for each in body.iter(f"{W}p") if any(link.get(f"{W}anchor") == "_Ref_free" for link in each.iter(f"{W}hyperlink")))
    stops = entry.find(f"{W}pPr/{W}tabs")
    assert stops is not None
    *cleared, last = (each.get(f"{W}val") for each in stops)
    assert (set(cleared), last) == ({"clear"}, "right")


def test_build_says_that_there_is_no_office_to_number_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    monkeypatch.setattr(building, "gives_pages", lambda: False)
    client = EXAMPLES / "outscale" / "client.yaml"
    result = run_command("build", client, "-l", "en", "--part", "body", "--page-numbers", "-o", tmp_path, "--today", TODAY.isoformat())
    assert (result.exit_code, "the contents have no page numbers" in " ".join(result.output.split())) == (0, True)
    assert (tmp_path / "en" / "body.docx").is_file()
