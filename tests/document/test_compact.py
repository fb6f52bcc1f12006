"""What this package keeps of trees for itself comes back whole, origins included."""

from __future__ import annotations

from hypothesis import given

from snc_docs import Agreement, assemble
from snc_docs.document.compact import packed, unpacked
from snc_docs.document.nodes import Document, Section
from snc_docs.document.origins import Origin
from snc_docs.document.walk import walk
from tests.trees import documents


@given(documents())
def test_any_tree_comes_back(document: Document) -> None:
    assert unpacked(packed(document.sections)) == document.sections


def test_origins_come_back_too(outscale: Agreement) -> None:
    sections = assemble(outscale, "fr").sections
    again = unpacked(packed(sections))
    assert isinstance(again, tuple)
    pairs = [(one, other) for section, copy in zip(sections, again, strict=True) for one, other in zip(walk(section), walk(copy), strict=True)]
    assert all(getattr(one, "origin", None) == getattr(other, "origin", None) for one, other in pairs)
    assert any(isinstance(one, Section) and isinstance(one.origin, Origin) for one, _ in pairs)
