"""Holes filled: the values that a rendering printed, put back into the section that was read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import is_
from typing import TypeVar, cast

from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.marks import HOLE
from snc_docs.document.nodes import Cell, Embed, FillIn, Inline, Link, Reference, Row, Section, Text, Value
from snc_docs.document.origins import place_of
from snc_docs.document.walk import child_names, plain_text, sections_of, walk, with_fields, word_names
from snc_docs.errors import Wording
from snc_docs.paths import DataPath

N = TypeVar("N")


def fill(section: Section, values: Sequence[tuple[Inline, ...]]) -> Section:
    """Return the section with ``values`` in its holes; FindingsError where a link's address isn't one."""
    filled = _Filling(values, section).node(section)
    unknown = [each for each in sections_of([filled]) if any(isinstance(node, FillIn) for inline in each.title for node in walk(inline))]
    if unknown:
        raise FindingsError(_unknown_in_heading(each, section.id) for each in unknown)
    return filled


@dataclass(frozen=True, slots=True)
class _Filling:
    """Puts values in the holes of one section. Tables have thousands of cells: what nothing fills is kept as it is, not copied."""

    values: Sequence[tuple[Inline, ...]]
    section: Section

    def node(self, node: N) -> N:
        """Return a node with its holes filled."""
        if isinstance(node, Row):
            return cast("N", self._row(node))
        if isinstance(node, Embed) and (hole := HOLE.fullmatch(node.path)):
            return cast("N", _embed(node, self.values[int(hole.group(1))]))
        kind = type(node)
        changed: dict[str, object] = {}
        for name in child_names(kind):
            old = getattr(node, name)
            new = self._words(old) if name in word_names(kind) else tuple(map(self.node, old))
            if len(new) != len(old) or not all(map(is_, new, old)):
                changed[name] = new
        return with_fields(node, changed) if changed else node

    def _row(self, row: Row) -> Row:
        cells = tuple([Cell(self._words(cell.children)) for cell in row.cells])
        return Row(_key(cells), cells, row.group, row.origin)

    def _words(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        words: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, Value):
                hole = HOLE.fullmatch(inline.path)
                words += _value(self.values, hole.group(1), self.section) if hole else (inline,)
            elif isinstance(inline, (Text, FillIn, Reference)):
                words.append(inline)
            elif isinstance(inline, Link) and (hole := HOLE.fullmatch(inline.href)):
                words.append(_link(self.node(inline), self.values[int(hole.group(1))], self.section.id))
            else:
                words.append(self.node(inline))
        return tuple(words)


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


def _key(cells: Sequence[Cell]) -> str:
    """Return the data path of the item that a row shows: that of its first value, up to the item's key."""
    for cell in cells:
        for inline in cell.children:
            first = inline if type(inline) is Value else next((node for node in walk(inline) if isinstance(node, Value)), None)
            if first is not None:
                return DataPath(first.path).nearest_item
    return ""
