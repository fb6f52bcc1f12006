from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from lxml import html

from snc_docs import Agreement, assemble, write
from snc_docs.document import nodes
from snc_docs.document.nodes import Document, Paragraph, Reference, Value
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.language import Language
from tests.tools import LANGUAGES, all_text, document_of, section, words
from tests.trees import documents

_VOID = {"meta", "br", "img", "col", "link"}


class _Balance(HTMLParser):
    """Checks that every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def _faults(page: str) -> list[str]:
    parser = _Balance()
    parser.feed(page)
    return parser.faults + parser.open


@settings(max_examples=60)
@given(documents())
def test_any_tree_gives_a_balanced_page_with_all_its_words(document: Document) -> None:
    page = write(document, "html").decode()
    shown = "".join(html.fromstring(page.encode()).itertext())
    assert _faults(page) == []
    assert [text for text in all_text(document).split("\n") if text not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_same_numbers_and_anchors_as_the_tree(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    page = html.fromstring(write(document, "html"))
    headings = {each.get("id"): " ".join(each[0].text_content().split()) for each in page.iter("section")}
    for each in sections_of(document.sections):
        number = each.number if each.role == "subsection" else f"{each.label}." if each.label else ""
        assert headings[each.id] == " ".join(f"{number} {plain_text(each.title)}".split())
    anchors = {each.get("id") for each in page.iter() if each.get("id")}
    assert {link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")} <= anchors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_from_the_network(outscale: Agreement, language: Language) -> None:
    page = write(assemble(outscale, language), "html").decode()
    assert re.findall(r"<(script|link|iframe|object)\b", page) == []
    assert all(source.startswith("data:") for source in re.findall(r'src="([^"]*)"', page))
    assert "url(" not in page
    assert f'<html lang="{ {"fr": "fr-FR", "en": "en-GB"}[language] }">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_identifier_is_used_twice(outscale: Agreement, language: Language) -> None:
    page = html.fromstring(write(assemble(outscale, language), "html"))
    identifiers = [each.get("id", "") for each in page.iter() if each.get("id")]
    assert sorted(identifiers) == sorted(set(identifiers))


def test_the_table_of_contents_holds_words_alone() -> None:
    title = (nodes.Term("t", ("T",), words("T & co")), nodes.Link("https://example.com", words("link")))
    sections = (section("c", nodes.Contents(words("A & B")), role="cover"), nodes.Section("a", "clause", title, ()))
    page = html.fromstring(write(document_of(*sections), "html"))
    (nav,) = page.iter("nav")
    assert nav.get("aria-label") == "A & B"
    assert [(link.get("href"), link.text_content()) for link in nav.iter("a")] == [("#a", "Article\u00a01. T & colink")]
    assert list(nav.iter("dfn")) == []


def test_values_are_escaped() -> None:
    page = write(document_of(section("a", Paragraph((Value("p", "<script>&\"'"), nodes.Link('https://e.com/?a="b', words("x")))))), "html").decode()
    assert "&lt;script&gt;&amp;" in page
    assert 'href="https://e.com/?a=&quot;b"' in page


def test_a_reference_to_another_page_is_plain_text() -> None:
    page = write(Document("en", (section("a", Paragraph((Reference("gone", "label", "Appendix Z"),))),)), "html").decode()
    assert "<p>Appendix Z</p>" in page


def test_every_picture_has_words() -> None:
    picture = nodes.Resource("dot.png", "image/png", b"dot")
    document = Document("en", (section("a", nodes.Picture("dot.png", 1, 1, 'a "dot"')),), resources=(picture,))
    assert '<img src="data:image/png;base64,ZG90" alt="a &quot;dot&quot;">' in write(document, "html").decode()


def test_a_foreign_document_can_be_taken_from_the_page() -> None:
    foreign = nodes.Resource("c.docx", "application/x", b"PK")
    document = Document("en", (section("a", nodes.ForeignDocument("c.docx", "Certificate")),), resources=(foreign,))
    assert '<a href="data:application/x;base64,UEs=" download="c.docx">Certificate (DOCX)</a>' in write(document, "html").decode()
