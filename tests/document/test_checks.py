from __future__ import annotations

import pytest

from snc_docs.document.checks import DefinedTerms, doubled_identifiers
from snc_docs.document.nodes import Definition, DefinitionList, Document, Fact, Facts, Paragraph, Signatory, Signatures, Term, Text
from tests.tools import document_of, section, words


def _paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def _with_terms(*texts: str, language: str = "en") -> list[tuple[str, str]]:
    terms = DefinitionList(
        (
            Definition("def-client", ("Client", "Clients"), (_paragraph("whoever orders."),)),
            Definition("def-agreement", ("Service Agreement",), (_paragraph("this document, made with the Client."),)),
        )
    )
    document = Document(language, (section("a", terms, *(_paragraph(text) for text in texts)),))
    found = DefinedTerms(document, ["France", "SecNumCloud"]).findings()
    return [(finding.rule, finding.message.en.split("'")[1]) for finding in found]


def test_terms_that_are_defined_and_used_are_right() -> None:
    assert _with_terms("Each Service Agreement binds the Clients.") == []


def test_a_definition_that_only_its_own_text_uses_is_unused() -> None:
    assert _with_terms("Nothing here.") == [("term.unused", "Service Agreement")]


@pytest.mark.parametrize("text", ["The Service Agreement binds the Provider.", "In the Service Agreement, see the “Provider”."])
def test_a_capital_inside_a_sentence_must_be_defined(text: str) -> None:
    assert _with_terms(text) == [("term.undefined", "Provider")]


@pytest.mark.parametrize(
    "text",
    [
        "The Service Agreement applies. Nothing else does.",
        "Service Agreement: Everything after a colon may have a capital.",
        "ANSSI reads the Service Agreement under the GDPR.",
        "In France, SecNumCloud rules the Service Agreement.",
        "“Quoted openings” suit a Service Agreement.",
    ],
)
def test_openings_acronyms_and_names_are_no_terms(text: str) -> None:
    assert _with_terms(text) == []


def test_facts_and_signatures_are_read_too() -> None:
    facts = Facts((Fact(words("Signed for the Provider"), words("x")),))
    signatures = Signatures((Signatory(words("For A"), (Fact(words("Name of the Signer"), ()),)),))
    found = DefinedTerms(document_of(section("a", facts, signatures)), []).findings()
    assert [finding.message.en.split("'")[1] for finding in found] == ["Provider", "Signer"]


def test_elision_does_not_hide_a_term() -> None:
    assert _with_terms("Selon l’Exploitant du Service Agreement, oui.", language="fr") == [("term.undefined", "Exploitant")]


def test_part_of_a_longer_word_is_not_the_term() -> None:
    assert ("term.unused", "Service Agreement") in _with_terms("The Service Agreements of all.")


def test_a_term_defined_in_a_sentence_is_used_elsewhere_only() -> None:
    term = Paragraph((Text("hereinafter the “"), Term("def-party", ("Party",), words("Party")), Text("”,")))
    unused = list(DefinedTerms(document_of(section("a", term)), []).findings())
    used = list(DefinedTerms(document_of(section("a", term, _paragraph("each Party"))), []).findings())
    assert ([finding.rule for finding in unused], used) == (["term.unused"], [])


def test_identifiers_used_twice_are_named_once_each() -> None:
    document = Document("en", (section("a"), section("b", section("a", role="subsection"))))
    assert [finding.message.en for finding in doubled_identifiers(document)] == ["identifier 'a' is used already (?)"]


def test_terms_and_sections_may_share_an_identifier_but_two_terms_may_not() -> None:
    terms = DefinitionList((Definition("a", ("A",), ()), Definition("a", ("B",), ())))
    assert len(list(doubled_identifiers(Document("en", (section("a", terms),))))) == 1
