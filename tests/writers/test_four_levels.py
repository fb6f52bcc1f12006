"""Headings of four levels, from Markdown to every format: numbered 1.1.1.1 live, referred to, and listed as far as the contents go."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from snc_docs import FindingsError, accept, read_reference, redline, reject, side_by_side, write
from snc_docs.document.nodes import Contents, Document, Paragraph, Section, Text
from snc_docs.document.numbering import number, resolve
from snc_docs.document.origins import Origin
from snc_docs.document.walk import plain_text, sections_of
from snc_docs.writers.docx.verify import faults
from tests.tools import ENGLISH, W, document_of, numbered, paragraph_texts, read, run_in_office, sdk_errors, section, xml
from tests.writers.counted import counted, outlined
from tests.writers.house_styles import HOUSES

_CLAUSE = """# Obligations {#test}

## Data {#data}

### Backup {#backup}

#### Copies {#copies}

As [](#tests) and [:number](#tests) say, see [](#deepest).

#### Tests {#tests}

### Erasure {#erasure}

#### Media {#media}

## Access {#access}

### Administrators {#administrators}

#### Records {#records}
"""


def _deep(*names: str) -> Section:
    """Return sections one in another."""
    first, *rest = names
    return section(first, *([_deep(*rest)] if rest else []), role="subsection")


def _document(language: str = "en") -> Document:
    cover = section("cover", Contents((Text("Contents"),)), role="cover")
    appendix = section("x", _deep("x1", "x2", "deepest"), role="appendix")
    return document_of(cover, section("before"), read(_CLAUSE), appendix, language=language)


def _text(document: Document) -> str:
    paragraph = next(node for each in sections_of(document.sections) if each.id == "copies" for node in each.blocks if isinstance(node, Paragraph))
    return plain_text(paragraph.children).replace("\u00a0", " ")


def test_a_clause_of_four_levels_is_read_numbered_and_referred_to() -> None:
    document = _document()
    assert [label for label, _ in numbered(document)][1:12] == [
        "Article\u00a02.",
        *("2.1", "2.1.1", "2.1.1.1", "2.1.1.1.1", "2.1.1.2", "2.1.2", "2.1.2.1", "2.2", "2.2.1", "2.2.1.1"),
    ]
    assert [label for label, _ in numbered(document)][-3:] == ["A.1", "A.1.1", "A.1.1.1"]
    assert _text(document) == "As Article 2.1.1.2 and 2.1.1.2 say, see section A.1.1.1."


def test_word_counts_four_levels_outlines_them_and_lists_two() -> None:
    document = _document()
    content = write(document, "docx")
    assert faults(content) == []
    assert counted(content) == numbered(document)
    depths = {word: level for level, word in outlined(content)}
    assert [depths[word] for word in ("Obligations", "Data", "Backup", "Copies", "x", "x1", "x2", "deepest")] == [0, 1, 2, 3] * 2
    entries = [text for text in paragraph_texts(xml(content)) if "\t" in text]
    assert [entry.split("\t")[0] for entry in entries] == ["Article\u00a01.", "Article\u00a02.", "2.1", "2.2", "Appendix\u00a0A.", "A.1"]


def test_libreoffice_counts_four_levels_and_their_references(office: str, tmp_path: Path) -> None:
    document = _document()
    (tmp_path / "deep.docx").write_bytes(write(document, "docx"))
    seen = run_in_office("office_fields.py", office, tmp_path / "profile", str(tmp_path / "deep.docx"))
    assert [tuple(heading) for heading in seen["headings"]] == numbered(document)
    assert seen["references"] == ["2.1.1.2", "2.1.1.2", "A.1.1.1"]
    (contents,) = seen["contents"]
    assert [re.split(r"\s", line.replace("\u00a0", "_"))[0] for line in contents.split("\n")][-6:] == [
        "Article_1.",
        "Article_2.",
        "2.1",
        "2.2",
        "Appendix_A.",
        "A.1",
    ]


def test_a_page_has_four_levels_one_below_the_other() -> None:
    page = html.fromstring(write(_document(), "html"))
    tags = {name: page.xpath(f"//section[@id='{name}']")[0][0].tag for name in ("test", "data", "backup", "copies", "deepest")}
    assert tags == {"test": "h2", "data": "h3", "backup": "h4", "copies": "h5", "deepest": "h5"}
    assert " ".join(page.xpath("//section[@id='tests']")[0][0].text_content().split()) == "2.1.1.2 Tests"


def test_two_languages_have_four_levels_side_by_side() -> None:
    both = side_by_side(_document("fr"), _document("en"))
    content = write(both, "docx")
    assert faults(content) == []
    assert counted(content) == numbered(both)
    assert len([each for each in paragraph_texts(xml(content)) if each.replace("\u00a0", " ") == "2.1.1.2 Tests"]) == 1


def test_a_redline_tells_what_came_and_went_at_the_fourth_level() -> None:
    old = _document()
    sections = tuple(_without(each, "copies") for each in old.sections)
    new = resolve(number(replace(old, sections=sections), ENGLISH))[0]
    compared = redline(old, new)
    assert (reject(compared), accept(compared)) == (old, new)
    content = write(compared, "docx")
    assert faults(content) == []
    gone = [each for each in xml(content).iter(f"{W}p") if each.find(f"{W}pPr/{W}rPr/{W}del") is not None]
    assert {each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for each in gone if each.find(f"{W}pPr/{W}pStyle") is not None} == {"Heading4"}  # type: ignore[union-attr]  # asked for
    assert '<section id="copies"' not in write(new, "html").decode()


def test_a_redline_tells_what_was_raised_from_the_fourth_level() -> None:
    old = _document()
    raised = read(_CLAUSE.replace("#### Tests", "### Tests"))
    new = resolve(number(replace(old, sections=(*old.sections[:2], raised, old.sections[3])), ENGLISH))[0]
    compared = redline(old, new)
    assert (reject(compared), accept(compared)) == (old, new)
    content = write(compared, "docx")
    assert faults(content) == []
    styles = [[each.get(f"{W}val") for each in paragraph.iterfind(f".//{W}pStyle")] for paragraph in xml(content).iter(f"{W}p")]
    assert ["Heading3", "Heading4"] in styles


def _without(part: Section, name: str) -> Section:
    blocks = tuple(_without(each, name) if isinstance(each, Section) else each for each in part.blocks)
    return replace(part, blocks=tuple(each for each in blocks if not (isinstance(each, Section) and each.id == name)))


def test_a_fifth_level_is_a_finding_with_its_file_and_line() -> None:
    with pytest.raises(FindingsError) as caught:
        read(_CLAUSE.replace("As [](#tests)", "##### Fifth {#fifth}\n\nAs [](#tests)"))
    (finding,) = caught.value.diagnostics
    assert (finding.rule, finding.file, finding.line) == ("heading.level", "test.md.j2", 9)
    assert "item of a list" in finding.hint.en


def test_a_tree_that_is_deeper_is_refused_by_word_where_its_heading_was_written() -> None:
    inner = replace(section("fifth", role="subsection"), origin=Origin("en/a.md.j2", 7))
    deep = section("a", section("b", section("c", section("d", inner, role="subsection"), role="subsection"), role="subsection"))
    with pytest.raises(FindingsError) as caught:
        write(document_of(deep), "docx")
    (finding,) = caught.value.diagnostics
    assert (finding.rule, finding.file, finding.line) == ("heading.level", "en/a.md.j2", 7)


def test_four_levels_are_valid_word_in_our_style_and_in_any_house_style(validator: Path, tmp_path: Path) -> None:
    for name in (None, *HOUSES):
        path = tmp_path / "deep.docx"
        path.write_bytes(write(_document(), "docx", None if name is None else read_reference(HOUSES[name](), "own.docx")))
        found = sdk_errors(validator, path)
        assert [f"{name}: {each['description']}" for each in found] == []
