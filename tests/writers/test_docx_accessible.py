"""What a screen reader and weak eyes need of a Word file: rows of headings, alternative texts, headings in order, language, title, contrast."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import etree

from snc_docs import Agreement, assemble, load_agreement, write
from snc_docs.writers.docx.look import contrast
from tests.tools import EXAMPLES, TODAY, W, parts, xml

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
# The least contrast of text (WCAG 2.1, 1.4.3).
_LEAST = 4.5


@pytest.fixture(scope="module", params=["complete-fr", "unknown-en"])
def content(request: pytest.FixtureRequest, unknown_client: Agreement) -> bytes:
    if request.param == "unknown-en":
        return write(assemble(unknown_client, "en"), "docx")
    return write(assemble(load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY), "fr"), "docx")


def test_each_table_of_data_says_that_its_first_row_heads_it(content: bytes) -> None:
    tables = [each for each in xml(content).iter(f"{W}tbl") if _style(each.find(f"{W}tblPr/{W}tblStyle")) == "AgreementTable"]
    assert tables
    for table in tables:
        first, *others = table.findall(f"{W}tr")
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(each.find(f"{W}trPr/{W}tblHeader") is None for each in others)


def test_each_picture_says_what_it_is(content: bytes) -> None:
    pictures = [*xml(content).iter(f"{_WP}docPr")]
    assert pictures
    assert all(each.get("descr", "").strip() for each in pictures)


def test_no_level_of_headings_is_left_out(content: bytes) -> None:
    outlines = _outlines(xml(content, "word/styles.xml"))
    styles = [_style(each) for each in xml(content).iter(f"{W}pStyle")]
    levels = [outlines[each] for each in styles if each in outlines]
    assert levels[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_and_title_are_said(content: bytes) -> None:
    styles, core = xml(content, "word/styles.xml"), xml(content, "docProps/core.xml")
    locale = core.findtext("{http://purl.org/dc/elements/1.1/}language")
    assert [each.get(f"{W}val") for each in styles.findall(f"{W}docDefaults//{W}lang")] == [locale]
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title")


def test_every_style_can_be_read(content: bytes) -> None:
    styles = xml(content, "word/styles.xml")
    first_row = next(each for each in styles.iter(f"{W}tblStylePr") if each.get(f"{W}type") == "firstRow")
    papers = {"TableHeading": _shade(first_row)}
    inks = {_style(each): _value(each.find(f"{W}rPr/{W}color")) for each in styles.iter(f"{W}style")}
    coloured = {name: ink for name, ink in inks.items() if ink not in ("", "auto")}
    shades = {_style(each): papers.get(_style(each)) or _shade(each) for each in styles.iter(f"{W}style")}
    assert len(coloured) > 5
    assert {name: ink for name, ink in coloured.items() if contrast(ink, shades[name]) < _LEAST} == {}


def test_every_shaded_cell_can_be_read(content: bytes) -> None:
    """A cell's own shade lies under the words of its styles: the headings of groups."""
    inks = {_style(each): _value(each.find(f"{W}rPr/{W}color")) or "000000" for each in xml(content, "word/styles.xml").iter(f"{W}style")}
    for cell in xml(content).iter(f"{W}tc"):
        fill = _value(cell.find(f"{W}tcPr/{W}shd"), "fill")
        for style in cell.iter(f"{W}pStyle") if fill not in ("", "auto") else ():
            assert contrast(inks[_style(style)].replace("auto", "000000"), fill) >= _LEAST


def _shade(element: etree._Element) -> str:
    """Return the first shade that an element says, white where it says none."""
    shades = (_value(each, "fill") for each in element.iter(f"{W}shd"))
    return next((each for each in shades if each not in ("", "auto")), "FFFFFF")


def _style(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{W}val") or element.get(f"{W}styleId") or ""


def _value(element: etree._Element | None, name: str = "val") -> str:
    return "" if element is None else element.get(f"{W}{name}", "")


def _outlines(styles: etree._Element) -> dict[str, int]:
    """Return the outline level of each style of headings, from 0."""
    found = {_style(each): _value(each.find(f"{W}pPr/{W}outlineLvl")) for each in styles.iter(f"{W}style")}
    return {name: int(level) for name, level in found.items() if level and int(level) < 9}


def test_the_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("000000", "FFFFFF"), 1) == 21.0
    assert round(contrast("777777", "FFFFFF"), 2) == 4.48


def test_the_parts_looked_at_are_there(content: bytes) -> None:
    assert {"word/document.xml", "word/styles.xml", "docProps/core.xml"} <= set(parts(content))
