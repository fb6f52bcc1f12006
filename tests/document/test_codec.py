from __future__ import annotations

import json

import pytest
from hypothesis import given

from snc_docs import Agreement, assemble, decode, encode
from snc_docs.document.codec import NotATreeError
from snc_docs.document.nodes import Document
from tests.trees import documents


@given(documents())
def test_decoding_what_was_encoded_gives_the_same_tree(document: Document) -> None:
    assert decode(encode(document)) == document


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_whole_agreement_survives_json(outscale: Agreement, language: str) -> None:
    document = assemble(outscale, language)
    assert decode(encode(document)) == document


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": 2, "document": {}}',
        '{"schema": 1, "document": {"type": "Text", "text": "x"}}',
        '{"schema": 1, "document": {"type": "Origin", "file": "x", "line": 1}}',
        '{"schema": 1, "document": {"type": "os"}}',
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotATreeError):
        decode(text)


def test_the_version_of_the_form_is_said() -> None:
    assert json.loads(encode(Document("fr", ())))["schema"] == 1
