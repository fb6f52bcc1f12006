from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given

from snc_docs.document import nodes, revised
from snc_docs.document.nodes import Definition, Document, Paragraph, Resource, Strong, Text
from snc_docs.document.walk import plain_text, rewrite, walk
from tests.trees import documents


@given(documents())
def test_rewriting_with_nothing_to_change_gives_the_same_object(document: Document) -> None:
    assert rewrite(document, lambda node: node) is document


@given(documents())
def test_rewriting_reaches_every_text(document: Document) -> None:
    shouted = rewrite(document, lambda node: Text(node.text + "!") if isinstance(node, Text) else node)
    before = [node.text for node in walk(document) if isinstance(node, Text)]
    assert [node.text for node in walk(shouted) if isinstance(node, Text)] == [f"{text}!" for text in before]


def test_a_node_may_become_none_or_several() -> None:
    paragraph = Paragraph((Text("a"), Strong((Text("b"),)), Text("c")))
    doubled = rewrite(paragraph, lambda node: (node, node) if node == Text("b") else () if node == Text("c") else node)
    assert plain_text(doubled.children) == "abb"


def test_a_definition_is_called_by_its_first_form() -> None:
    assert plain_text((Definition("d", ("Cloud", "Clouds"), (Paragraph((Text("x"),)),)),)) == "Cloud"


def test_a_document_gives_its_resources_by_name() -> None:
    document = Document("en", (), resources=(Resource("a", "image/png", b"1"), Resource("b", "image/png", b"2")))
    assert document.resource("b").content == b"2"
    with pytest.raises(KeyError):
        document.resource("c")


def test_every_field_that_holds_nodes_says_so() -> None:
    """What is walked, rewritten, merged and written goes by the metadata of fields: a field without it would be passed over in silence."""
    inlines = nodes.kinds_of(nodes.Inline)
    for kind in (
        each for each in vars(nodes).values() if is_dataclass(each) and isinstance(each, type) and each not in (nodes.Resource, nodes.Frame)
    ):
        hints = get_type_hints(kind)
        for each in fields(kind):
            of = get_args(hints[each.name])[0] if get_origin(hints[each.name]) is tuple else None
            held = nodes.kinds_of(of) or {of}
            expected: dict[str, str] = {}
            if held == inlines:
                expected = revised.WORDS
            elif of not in (None, str, nodes.Resource):
                expected = revised.NODES
            assert dict(each.metadata) == expected, (kind, each.name)
