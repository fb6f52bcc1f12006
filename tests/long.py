"""Two versions of a long agreement: the complete example several times over, with edits of every sort in each copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from snc_docs import Agreement, assemble
from snc_docs.assembly import numbered
from snc_docs.document.nodes import Document, Paragraph, Reference, Row, Section, Term, Text
from snc_docs.document.walk import rewrite


def long_pair(agreement: Agreement, copies: int) -> tuple[Document, Document]:
    """Return two versions of the complete agreement, its clauses several times over, with edits of every sort in each copy."""
    whole = assemble(agreement, "en")
    body = [section for section in whole.sections if section.role in ("clause", "appendix")]
    old = [copy for number in range(copies) for copy in (_copied(section, number) for section in body)]
    old.sort(key=lambda section: section.role == "appendix")
    new = list(old)
    for number in range(copies):
        at = next(index for index, section in enumerate(new) if section.id == f"termination-{number}")
        new[at] = replace(new[at], blocks=(*new[at].blocks, Paragraph((Text("One more sentence at the end of the clause."),))))
        new.insert(at, Section(f"added-{number}", "clause", (Text("Added"),), (Paragraph((Text("A clause that is new here."),)),)))
        gone = next(index for index, section in enumerate(new) if section.id == f"confidentiality-{number}")
        new.append(new.pop(gone)) if number % 2 else new.pop(gone)
    new = [rewrite(section, _edited) for section in new]
    new.sort(key=lambda section: section.role == "appendix")
    first, second = (numbered(replace(whole, sections=(whole.sections[0], *_without_dangling(sections))))[0] for sections in (old, new))
    return first, second


def _copied(section: Section, number: int) -> Section:
    """Return a copy with identifiers of its own."""

    def renamed(node: Any) -> Any:
        match node:
            case Section():
                return replace(node, id=f"{node.id}-{number}", number="", label="")
            case Reference():
                return replace(node, target=f"{node.target}-{number}")
            case Term():
                return node.children
            case _:
                return node

    copy: Section = renamed(rewrite(section, renamed))
    return copy


def _edited(node: Any) -> Any:
    match node:
        case Text(text) if "in writing" in text:
            return Text(text.replace("in writing", "by registered letter"))
        case Row(key) if key.endswith("#2]"):
            return ()
        case _:
            return node


def _without_dangling(sections: Sequence[Section]) -> list[Section]:
    """Return sections whose references lead to a section that is there, others as words."""
    there = {inner.id for section in sections for inner in _all(section)}

    def settled(node: Any) -> Any:
        return Text(node.text or "there") if isinstance(node, Reference) and node.target not in there else node

    return [rewrite(section, settled) for section in sections]


def _all(section: Section) -> list[Section]:
    return [section, *(inner for block in section.blocks if isinstance(block, Section) for inner in _all(block))]
