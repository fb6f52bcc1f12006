from __future__ import annotations

import pytest

from snc_docs.document.nodes import Document, Paragraph, Reference
from snc_docs.document.numbering import letters, number, resolve, without_numbers
from snc_docs.document.walk import sections_of
from tests.tools import ENGLISH, document_of, section


def _sub(identifier: str, *blocks: object) -> object:
    return section(identifier, *blocks, role="subsection")


def _numbers(document: Document) -> list[tuple[str, str]]:
    return [(each.id, each.label.replace("\u00a0", " ")) for each in sections_of(document.sections)]


def test_clauses_and_appendices_count_by_themselves() -> None:
    document = document_of(
        section("cover", role="cover"),
        section("a", _sub("a1"), _sub("a2", _sub("a2x"))),
        section("free", role="unnumbered"),
        section("b", _sub("b1")),
        section("x", role="appendix"),
        section("y", _sub("y1"), role="appendix"),
    )
    assert _numbers(document) == [
        ("cover", ""),
        ("a", "Article 1"),
        ("a1", "Article 1.1"),
        ("a2", "Article 1.2"),
        ("a2x", "Article 1.2.1"),
        ("free", ""),
        ("b", "Article 2"),
        ("b1", "Article 2.1"),
        ("x", "Appendix A"),
        ("y", "Appendix B"),
        ("y1", "section B.1"),
    ]


@pytest.mark.parametrize(("count", "shown"), [(1, "A"), (26, "Z"), (27, "AA"), (28, "BB"), (53, "AAA")])
def test_letters_count_as_word_counts_them(count: int, shown: str) -> None:
    assert letters(count) == shown


def _shown(target: str, form: str) -> str:
    reference = Reference(target, form)  # type: ignore[arg-type]  # one of the forms
    document = document_of(
        section("a", _sub("a1"), Paragraph((reference,)), title="First"), section("x", role="appendix"), section("f", role="unnumbered", title="Free")
    )
    (paragraph,) = [block for block in document.sections[0].blocks if isinstance(block, Paragraph)]
    (resolved,) = paragraph.children
    assert isinstance(resolved, Reference)
    return resolved.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("target", "form", "shown"),
    [
        ("a", "label", "Article 1"),
        ("a1", "label", "Article 1.1"),
        ("a1", "number", "1.1"),
        ("a", "title", "First"),
        ("x", "label", "Appendix A"),
        ("f", "label", "Free"),
    ],
)
def test_a_reference_shows_what_its_form_asks_for(target: str, form: str, shown: str) -> None:
    assert _shown(target, form) == shown


def test_a_reference_to_nothing_is_a_finding() -> None:
    _, findings = resolve(number(Document("en", (section("a", Paragraph((Reference("gone", "label"),))),)), ENGLISH))
    assert [finding.rule for finding in findings] == ["reference.unknown"]


@pytest.mark.parametrize("target", ["a", "x"])
def test_the_bare_number_of_a_clause_is_a_finding(target: str) -> None:
    sections = (section("a", Paragraph((Reference(target, "number"),))), section("x", role="appendix"))
    _, findings = resolve(number(Document("en", sections), ENGLISH))
    assert [finding.rule for finding in findings] == ["reference.bare-number"]


def test_numbering_twice_changes_nothing_more() -> None:
    document = document_of(section("a", _sub("a1"), Paragraph((Reference("a1", "label"),))))
    assert resolve(number(document, ENGLISH))[0] == document


def test_a_section_that_stands_alone_has_no_numbers_nor_have_its_parts() -> None:
    document = document_of(section("a", Paragraph(()), _sub("a1", Paragraph(()), _sub("a1x"))))
    assert without_numbers(document.sections[0]) == section("a", Paragraph(()), _sub("a1", Paragraph(()), _sub("a1x")))
    assert [each.number for each in sections_of(document.sections)] == ["1", "1.2", "1.2.2"]


def test_a_finding_lists_no_more_identifiers_than_can_be_read() -> None:
    reference = Paragraph((Reference("nowhere", "label"),))
    for count, listed in ((99, 100), (150, 101)):
        sections = (section("purpose", reference), *(section(f"clause-{index:03}") for index in range(count)))
        _, (finding,) = resolve(document_of(*sections))
        names = finding.hint.en.partition(": ")[2].split(", ")
        assert len(names) == listed
        assert (names[-1] == "…") == (count == 150)
