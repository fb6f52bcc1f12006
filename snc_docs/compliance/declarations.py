"""Findings on what clauses state: facts that the catalogue doesn't know, and words that don't say their fact."""

from __future__ import annotations

from collections.abc import Iterator

from snc_docs.compliance.catalogue import catalogue
from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import Document, Statement, Value
from snc_docs.document.origins import place_of
from snc_docs.document.walk import plain_text, walk
from snc_docs.errors import Wording


def misstated(document: Document) -> Iterator[Diagnostic]:
    """Yield a finding for each fact that isn't in the catalogue, and for words that can't state their fact."""
    for section in document.sections:
        for statement in (node for node in walk(section) if isinstance(node, Statement)):
            yield from _statement_findings(statement, document.language, section.id)


def _statement_findings(statement: Statement, language: str, clause: str) -> Iterator[Diagnostic]:
    facts = catalogue().facts
    text = plain_text(statement.children)
    unknown = any(isinstance(node, Value) and not node.text for node in walk(statement))  # a template by itself, without data
    for name in statement.facts:
        if name not in facts:
            yield Diagnostic.error(
                "statement.unknown",
                Wording(f"« {name} » n'est pas un fait du catalogue", f"'{name}' isn't a fact of the catalogue"),
                Wording("voir les faits dans docs/compliance.md", "see the facts in docs/compliance.md"),
                **place_of(statement.origin),
                clause=clause,
            )
        elif not unknown and not facts[name].is_in(text, language):
            yield Diagnostic.error(
                "statement.words",
                Wording(f"« {text} » ne dit pas : {facts[name].name.fr}", f"'{text}' doesn't say: {facts[name].name.en}"),
                Wording(f"marquer les mots qui le disent (says:{name})", f"mark the words that say it (says:{name})"),
                **place_of(statement.origin),
                clause=clause,
                about=name,
            )
