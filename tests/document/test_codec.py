from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given

from snc_docs import Agreement, assemble, decode, encode, redline
from snc_docs.document.codec import NotATreeError
from snc_docs.document.nodes import Document
from snc_docs.language import Language
from tests.edits import KINDS
from tests.tools import section
from tests.trees import documents


@given(documents())
def test_decoding_what_was_encoded_gives_the_same_tree(document: Document) -> None:
    assert decode(encode(document)) == document


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_agreement_survives_json(outscale: Agreement, language: Language) -> None:
    document = assemble(outscale, language)
    assert decode(encode(document)) == document


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": 4, "document": {}}',
        '{"schema": 3, "document": {}}',
        '{"schema": 3, "document": {"type": "Text", "text": "x"}}',
        '{"schema": 3, "document": {"type": "Origin", "file": "x", "line": 1}}',
        '{"schema": 3, "document": {"type": "os"}}',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotATreeError):
        decode(text)


def test_the_version_of_the_form_is_said() -> None:
    assert json.loads(encode(Document("fr", ())))["schema"] == 3


def test_a_version_in_the_former_form_is_read_and_a_redline_in_it_is_not() -> None:
    document = Document("fr", (section("a"),))
    former = json.loads(encode(document))
    former["document"]["sections"][0]["was"] = None
    assert decode(json.dumps(former | {"schema": 2})) == document
    former["document"] |= {"was": None, "revised": {"type": "Revised", "author": "", "date": ""}}
    assert decode(json.dumps(former | {"schema": 1})) == document
    for place in (former["document"], former["document"]["sections"][0]):
        place["was"] = former["document"] | {"sections": []}
        with pytest.raises(NotATreeError, match="'was'"):
            decode(json.dumps(former | {"schema": 1}))
        place["was"] = None


@pytest.mark.parametrize("kind", KINDS)
def test_a_redline_can_be_encoded_and_comes_back_whole_or_not_at_all(kind: str) -> None:
    """One in which sections, rows or items came, went or moved is no document that may be read as one."""
    merged = redline(*KINDS[kind])
    text = encode(merged)
    assert json.loads(text)["document"]["old"]["type"] == "Document"
    with suppress(NotATreeError):
        assert decode(text) == merged
