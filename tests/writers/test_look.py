"""What a page of HTML takes of a reference document, and the sample of styles that our own shows."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document as WordDocument
from docx.shared import RGBColor

from snc_docs import Agreement, assemble, read_reference, write
from snc_docs.writers.docx.look import look_of
from snc_docs.writers.docx.reference import own_reference, reference_docx
from snc_docs.writers.docx.sample import PURPOSES
from snc_docs.writers.docx.styles import CHARACTER_STYLES, PARAGRAPH_STYLES, TABLE_STYLES
from snc_docs.writers.html.look import Look
from tests.tools import W, xml
from tests.writers.house_styles import restyled


def _changed(colour: str) -> bytes:
    """Return our reference document restyled by another program: a font for text, one for headings, their colour."""
    document = WordDocument(io.BytesIO(reference_docx()))
    document.styles["Normal"].font.name = "Garamond"
    heading = document.styles["Heading 1"].font
    heading.name, heading.color.rgb = "Georgia", RGBColor.from_string(colour)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_page_has_the_fonts_and_colours_of_the_reference_document(outscale: Agreement) -> None:
    reference = read_reference(_changed("7A1F1F"), "house.docx")
    page = write(assemble(outscale, "en"), "html", reference).decode()
    assert 'body { font-family: "Garamond", sans-serif; }' in page
    assert 'h1, h2, h3, h4, h5 { font-family: "Georgia", sans-serif; }' in page
    assert re.search(r"@media print, \(prefers-color-scheme: light\) \{ :root \{ --accent: #7A1F1F; --link: #[0-9A-F]{6}; \} \}", page)
    plain = write(assemble(outscale, "en"), "html").decode()
    assert "Garamond" not in plain
    assert re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL) == re.sub(r"<style>.*?</style>", "", plain, flags=re.DOTALL)


def test_a_colour_that_nobody_could_read_is_left_out() -> None:
    assert look_of(read_reference(_changed("FFDD88"), "house.docx")).heading_colour == ""


@pytest.mark.parametrize(
    ("styles", "font"),
    [
        ('<w:rFonts w:ascii="Times&quot;; } body { display: none }"/>', "Times  body  display none"),
        ('<w:rFonts w:ascii="Ｍｉｎｇ"/>', "Ｍｉｎｇ"),
        ('<w:rFonts w:asciiTheme="minorHAnsi"/>', ""),
    ],
)
def test_a_font_is_a_name_and_nothing_else(styles: str, font: str) -> None:
    content = restyled(lambda text: re.sub(r"<w:rFonts [^>]*/>", styles, text, count=1))
    assert look_of(read_reference(content, "house.docx")).text_font == font


def test_fonts_of_the_theme_are_looked_up_in_it() -> None:
    reference = read_reference(_words_own(), "word.docx")
    assert look_of(reference)[:2] == ("Cambria", "Calibri")


def _words_own() -> bytes:
    """Return the document that python-docx begins with: Word's own styles, which leave fonts to the theme."""
    buffer = io.BytesIO()
    WordDocument().save(buffer)
    return buffer.getvalue()


def test_our_own_reference_gives_our_own_look() -> None:
    """Pages have a look of their own, in other fonts than Word files."""
    assert look_of(read_reference(reference_docx(), "reference.docx"))[:2] == ("Times New Roman", "Times New Roman")
    assert look_of(own_reference()) == Look()


def test_the_sample_shows_every_style_and_says_what_it_is_for() -> None:
    document = xml(reference_docx())
    assert set(PURPOSES) == {*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES}
    names = {
        style.get(f"{W}styleId"): name.get(f"{W}val", "")
        for style in xml(reference_docx(), "word/styles.xml").iter(f"{W}style")
        for name in style.iter(f"{W}name")
    }
    used = {names[each.get(f"{W}val", "")] for kind in ("pStyle", "rStyle", "tblStyle") for each in document.iter(f"{W}{kind}")}
    assert {each.lower() for each in used} == {each.lower() for each in PURPOSES}
    words = "".join(document.itertext())
    assert [each for name, texts in PURPOSES.items() for each in (name, *texts) if each not in words and name != "Spacer"] == []


def test_nothing_of_the_sample_gets_into_a_document(outscale: Agreement) -> None:
    written = write(assemble(outscale, "fr"), "docx", read_reference(reference_docx(), "reference.docx"))
    assert "titre d’un article / title" not in "".join(xml(written).itertext())
