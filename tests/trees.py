"""Hypothesis strategies for trees: every node, small."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from snc_docs.document import nodes
from snc_docs.document.nodes import Document, Section
from snc_docs.document.numbering import DEEPEST, number, resolve
from snc_docs.document.walk import rewrite
from tests.tools import ENGLISH

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=12)
_PATHS = st.sampled_from(["client.legal_name", "client.siren", "notices.change", "x" * 80])
_IDS = st.sampled_from(["alpha", "beta", "gamma", "a-long-identifier-that-word-would-not-take-whole"])
_LINKS = st.sampled_from(["https://example.com/?a=1&b=2", "mailto:a@example.com"])


def _tuples(strategy: st.SearchStrategy[Any], most: int = 3, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


_LEAVES = (
    st.builds(nodes.Text, _TEXT)
    | st.builds(nodes.Value, _PATHS, _TEXT)
    | st.builds(nodes.FillIn, _PATHS, _TEXT, st.sampled_from(["text", "wording", "date", "check"]))
    | st.builds(nodes.Reference, _IDS | st.just("beta-inner-inner-inner"), st.sampled_from(["label", "title", "page"]))
)
_INLINES = _tuples(
    st.recursive(
        _LEAVES,
        lambda inner: (
            st.builds(nodes.Strong, _tuples(inner))
            | st.builds(nodes.Emphasis, _tuples(inner))
            | st.builds(nodes.Link, _LINKS, _tuples(_LEAVES, least=1))
            | st.builds(nodes.Statement, st.sampled_from([("a",), ("a", "b")]), _tuples(inner))
        ),
        max_leaves=4,
    )
)
_TITLES = _tuples(
    st.builds(nodes.Text, _TEXT) | st.builds(nodes.Value, _PATHS, _TEXT) | st.builds(nodes.Emphasis, _tuples(st.builds(nodes.Text, _TEXT)))
)
_PARAGRAPHS = st.builds(nodes.Paragraph, _INLINES, st.sampled_from(["body", "notice", "subtitle"]))


@st.composite
def _tables(draw: st.DrawFn) -> nodes.Table:
    count = draw(st.integers(1, 3))
    cells = st.builds(nodes.Cell, _INLINES)
    rows = st.builds(nodes.Row, _PATHS, st.lists(cells, min_size=count, max_size=count).map(tuple))
    groups = st.builds(nodes.Row, st.just(""), st.tuples(cells), st.just(value=True))
    columns = tuple(nodes.Column(draw(_INLINES), 100 // count) for _ in range(count))
    return nodes.Table(columns, draw(_tuples(rows | groups)))


_FACTS = _tuples(st.builds(nodes.Fact, _INLINES, _INLINES), least=1)
_FLAT = (
    _PARAGRAPHS
    | _tables()
    | st.builds(nodes.Facts, _FACTS)
    | st.builds(nodes.Signatures, _tuples(st.builds(nodes.Signatory, _INLINES, _FACTS), 2, 1))
    | st.builds(nodes.DefinitionList, _tuples(st.builds(nodes.Definition, _IDS, st.tuples(_TEXT), _tuples(_PARAGRAPHS)), 2, 1))
    | st.builds(nodes.Contents, _INLINES)
    | st.just(nodes.PageBreak())
)


def _lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return lists whose items hold what an item may: paragraphs, and lists in turn."""
    items = _tuples(st.builds(nodes.ListItem, st.builds(lambda first, rest: (first, *rest), _PARAGRAPHS, _tuples(inner, 2))), 2, 1)
    return st.builds(nodes.BulletList, items) | st.builds(nodes.OrderedList, items)


_BLOCKS = _FLAT | st.recursive(_PARAGRAPHS, _lists, max_leaves=4)


@st.composite
def _parts(draw: st.DrawFn, identifier: str, levels: int) -> Section:
    """Return a part of a section, with parts in it as deep as headings go."""
    within = (draw(_parts(f"{identifier}-inner", levels - 1)),) if levels > 1 else ()
    return Section(identifier, "subsection", draw(_TITLES), (*draw(_tuples(_BLOCKS, 1)), *within))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Return whole documents, numbered, every reference resolved."""
    identifiers = ["alpha", "beta", "gamma", "a-long-identifier-that-word-would-not-take-whole"]
    roles = draw(
        st.sampled_from(
            [("cover", "clause", "clause", "appendix"), ("clause", "unnumbered", "appendix", "appendix"), ("clause", "clause", "clause", "clause")]
        )
    )
    sections = []
    for identifier, role in zip(identifiers, roles, strict=True):
        blocks = draw(_tuples(_BLOCKS))
        # The part that references lead to is always there.
        inner = draw(_parts(f"{identifier}-inner", DEEPEST - 1 if identifier == "beta" else draw(st.integers(1, DEEPEST - 1))))
        landscape = role == "appendix" and draw(st.booleans())
        sections.append(Section(identifier, role, draw(_TITLES), (*blocks, inner), landscape=landscape))  # type: ignore[arg-type]  # roles are literals
    properties = nodes.Properties(title=draw(_TEXT), author=draw(_TEXT), reference=draw(_TEXT), version="1", date="2026-07-01")
    document = Document(draw(st.sampled_from(["fr", "en"])), tuple(sections), properties)
    return resolve(number(document, ENGLISH))[0]


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return a document and a version of it with random edits: words, paragraphs, items and rows changed, put in and taken out, sections moved."""
    old = draw(documents())
    random = draw(st.randoms(use_true_random=False))

    def edited(node: Any) -> Any:
        if isinstance(node, nodes.Text) and random.random() < 0.3:
            return random.choice([nodes.Text(node.text + " more"), (), nodes.Strong((node,)), (node, nodes.Text("x"))])
        if isinstance(node, (nodes.Paragraph, nodes.Row, nodes.ListItem)) and random.random() < 0.15:
            return random.choice([(), (node, node)]) if not isinstance(node, nodes.Row) else (node, replace(node, key="other"))
        return node

    return old, replace(old, sections=tuple(rewrite(each, edited) for each in random.sample(old.sections, len(old.sections))))
