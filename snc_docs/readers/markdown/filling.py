"""Holes filled: the values that a rendering printed, put back into the section that was read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.marks import HOLE
from snc_docs.document.nodes import Embed, FillIn, Inline, Link, Row, Section, Value
from snc_docs.document.origins import place_of
from snc_docs.document.walk import plain_text, rewrite, sections_of, walk
from snc_docs.errors import Wording
from snc_docs.paths import DataPath


def fill(section: Section, values: Sequence[tuple[Inline, ...]]) -> Section:
    """Return the section with ``values`` in its holes; FindingsError where a link's address isn't one."""

    def put_back(node: Any) -> Any:
        kind = type(node)
        if kind is Value:
            hole = HOLE.fullmatch(node.path)
            return _value(values, hole.group(1), section) if hole else node
        if kind is Row:
            return Row(_key(node), node.cells, node.group, node.origin)
        if kind is Link and (hole := HOLE.fullmatch(node.href)):
            return _link(node, values[int(hole.group(1))], section.id)
        if kind is Embed and (hole := HOLE.fullmatch(node.path)):
            return _embed(node, values[int(hole.group(1))])
        return node

    filled = rewrite(section, put_back)
    unknown = [each for each in sections_of([filled]) if any(isinstance(node, FillIn) for inline in each.title for node in walk(inline))]
    if unknown:
        raise FindingsError(_unknown_in_heading(each, section.id) for each in unknown)
    return filled


def _unknown_in_heading(section: Section, clause: str) -> Diagnostic:
    return Diagnostic.error(
        "heading.reference",
        Wording("un titre imprime une valeur inconnue", "a heading prints a value that is unknown"),
        Wording("donner la valeur, ou la mettre dans le texte de la clause", "give the value, or put it in the text of the clause"),
        **place_of(section.origin),
        clause=clause,
    )


def _value(values: Sequence[tuple[Inline, ...]], number: str, section: Section) -> tuple[Inline, ...]:
    """Return the value that a token stands for; FindingsError for a token that no value printed."""
    if int(number) < len(values):
        return values[int(number)]
    message = Wording("ce modèle imprime des caractères réservés", "this template prints reserved characters")
    hint = Wording("retirer U+E010 à U+E013", "remove U+E010 to U+E013")
    raise FindingsError([Diagnostic.error("template.reserved", message, hint, **place_of(section.origin), clause=section.id)])


def _link(link: Link, value: tuple[Inline, ...], clause: str) -> Link:
    """Return a link to the address that a value holds; words that are that link already are taken out of it."""
    for inline in value:
        if isinstance(inline, Link):
            return Link(inline.href, tuple(inner for child in link.children for inner in (child.children if isinstance(child, Link) else (child,))))
    message = Wording("l'adresse d'un lien doit être un champ d'adresse", "a link's address must be a field that holds an address")
    hint = Wording("mettre un champ web, courriel ou téléphone", "put a web, e-mail or telephone field")
    raise FindingsError([Diagnostic.error("link.address", message, hint, **place_of(link.origin), clause=clause)])


def _embed(node: Embed, value: tuple[Inline, ...]) -> Embed:
    path = next((inline.path for inline in value if isinstance(inline, Value)), "")
    return replace(node, path=path, name=plain_text(value))


def _key(row: Row) -> str:
    """Return the data path of the item that a row shows: that of its first value, up to the item's key."""
    for cell in row.cells:
        for node in walk(cell):
            if type(node) is Value:
                return DataPath(node.path).nearest_item
    return ""
