"""Every kind of block and inline is one that two languages are compared by, and set side by side: a kind that is forgotten there fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs.diff.redline import merged
from snc_docs.document import nodes
from snc_docs.document.bilingual import bilingual
from snc_docs.document.nodes import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Document,
    Embed,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    ForeignDocument,
    Inline,
    Link,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Row,
    Section,
    SideBySide,
    Signatory,
    Signatures,
    Statement,
    Strong,
    Table,
    Term,
    Text,
    Value,
)
from snc_docs.document.paragraphs import is_introduced
from snc_docs.document.parity import differences
from snc_docs.document.skeleton import skeleton
from tests import trees
from tests.tools import all_text, section

# Those of redlines, and those that a document of one language never has.
_ASIDE = {nodes.Insertion, nodes.Deletion, SideBySide}


def _text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def _paragraph(words: str) -> Paragraph:
    return Paragraph(_text(words))


def _blocks(words: str) -> dict[type, Block]:
    """Return a block of each kind, with these words where it holds any."""
    row = Row("", (Cell(_text(words)), Cell(_text("2"))))
    return {
        Paragraph: _paragraph(words),
        BulletList: BulletList((ListItem((_paragraph(words),)),)),
        OrderedList: OrderedList((ListItem((_paragraph(words),)),)),
        Table: Table((Column(_text(words), 50), Column(_text("n"), 50)), (row,)),
        Facts: Facts((Fact(_text(words), _text("x")),)),
        Signatures: Signatures((Signatory(_text(words), (Fact(_text(words), ()),)),)),
        DefinitionList: DefinitionList((Definition("term", (words,), (_paragraph(words),)),)),
        Contents: Contents(_text(words)),
        PageBreak: PageBreak(),
        Embed: Embed("certificate.file", "a.pdf", "a"),
        Picture: Picture("0123456789abcdef.png", 10, 10, "a"),
        ForeignDocument: ForeignDocument("0123456789abcdef.docx", words),
        Section: section("inner", _paragraph(words), role="subsection", title=words),
    }


def _inlines(words: str) -> dict[type, Inline]:
    """Return an inline of each kind, with these words where it holds any."""
    return {
        Text: Text(f"{words} 7"),
        Value: Value("a.b", words),
        FillIn: FillIn("a.b", words),
        Strong: Strong((Value("a.b", words),)),
        Emphasis: Emphasis((Value("a.b", words),)),
        Link: Link("mailto:a@example.com", _text(words)),
        Reference: Reference("t", "number", "1"),
        Term: Term("term", (words,), _text(words)),
        Statement: Statement(("fact",), _text(words)),
    }


def _document(language: str, *blocks: Block) -> Document:
    return Document(language, (section("t", *blocks, title="T"),))


def _figures(text: str) -> list[str]:
    return [char for char in text if char.isdigit()]


def _found(one: Document, other: Document) -> list[str]:
    return [finding.rule for finding in differences(one, other, _figures, _figures)]


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(_blocks("x")) == nodes.kinds_of(Block) - _ASIDE
    assert set(_inlines("x")) == nodes.kinds_of(Inline) - _ASIDE


@pytest.mark.parametrize("kind", _blocks("x"), ids=lambda kind: kind.__name__)
def test_every_block_is_compared_and_set_side_by_side(kind: type) -> None:
    one, other = (_document(language, _blocks(words)[kind]) for language, words in (("fr", "mot"), ("en", "word")))
    assert skeleton(one.sections[0], _figures)[1:]
    assert _found(one, other) == []
    assert _found(one, _document("en")) != []
    both = all_text(bilingual(one, other))
    assert [word for word in ("mot", "word") if word in all_text(one) + all_text(other) and word not in both] == []


@pytest.mark.parametrize("kind", _inlines("x"), ids=lambda kind: kind.__name__)
def test_every_inline_is_compared_and_set_side_by_side(kind: type) -> None:
    one, other = (_document(language, Paragraph((Text("a "), _inlines(words)[kind]))) for language, words in (("fr", "mot"), ("en", "word")))
    assert _found(one, other) == []
    assert _found(one, _document("en", _paragraph("a"))) != []
    both = all_text(bilingual(one, other))
    assert [word for word in ("mot", "word") if word in all_text(one) + all_text(other) and word not in both] == []


# What no sentence introduces: what stands for itself, starts a page or comes in the place of something else.
_UNINTRODUCED = {Paragraph, Contents, PageBreak, Embed, ForeignDocument, Section}


@pytest.mark.parametrize("kind", _blocks("x"), ids=lambda kind: kind.__name__)
def test_a_sentence_stays_with_what_it_introduces(kind: type) -> None:
    block = _blocks("x")[kind]
    assert [is_introduced(each) for each in (block, SideBySide((block,), (block,)))] == [kind not in _UNINTRODUCED] * 2


def test_the_laws_try_every_kind() -> None:
    """Any tree that the laws are tried on may hold each of them, but for files, which need their bytes, and the places of terms."""
    text = Path(trees.__file__).read_text(encoding="utf-8")
    assert {kind for kind in (*_blocks("x"), *_inlines("x")) if kind.__name__ not in text} == {Embed, ForeignDocument, Picture, Term}


@pytest.mark.parametrize("kind", [each for each in _blocks("x") if each not in (Embed, Section)], ids=lambda kind: kind.__name__)
def test_a_block_that_comes_or_goes_is_told(kind: type) -> None:
    """A section is told as a part; the place of a file is none in a document."""
    without, having = (_document("en", _paragraph("first"), *more, _paragraph("last")) for more in ((), (_blocks("x")[kind],)))
    for old, new in ((without, having), (having, without)):
        (clause,) = merged(old, new).clauses
        assert [bool(each.old or each.new) for each in clause.words] == [True]
