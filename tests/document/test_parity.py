from __future__ import annotations

import pytest

from snc_docs import Agreement, assemble
from snc_docs.document.nodes import Document, Paragraph, Reference, Value
from snc_docs.document.parity import differences
from tests.tools import section


def _rules(first: Document, second: Document) -> list[str]:
    return [finding.rule for finding in differences(first, second)]


def _with(*blocks: object) -> Document:
    return Document("en", (section("a", *blocks),))


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (Document("fr", ()), "parity.clauses"),
        (Document("fr", (section("a"), section("b"))), "parity.clauses"),
        (_with(section("c", role="subsection")), "parity.sections"),
        (_with(Paragraph((Value("client.siren", "1"),))), "parity.fields"),
        (_with(Paragraph((Reference("a", "label"),))), "parity.references"),
    ],
)
def test_each_difference_is_named(other: Document, rule: str) -> None:
    assert _rules(_with(), other) == _rules(other, _with()) == [rule]


def test_the_shipped_templates_do_not_differ(outscale: Agreement) -> None:
    assert list(differences(assemble(outscale, "fr"), assemble(outscale, "en"))) == []
