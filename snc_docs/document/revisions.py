"""The two versions that a redline holds: ``accept`` gives the new one, ``reject`` the old one.

Words that belong together were cut where a revision begins or ends; they are joined again there, and there alone. Where
two pieces of text stood side by side already, the redline keeps an empty text between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from snc_docs.document.nodes import Deletion, Document, Insertion, Revised, Section, Text, Value
from snc_docs.document.walk import child_names
from snc_docs.errors import SncDocsError, Wording

# What keeps two texts apart that a revision stands between.
APART: Final = Text("")


class UnfaithfulRedlineError(SncDocsError):
    """A redline that would not give back both versions; ``where`` names the section or the words, "" for the document itself."""

    def __init__(self, where: str) -> None:
        """Say where the versions would be lost."""
        self.where = where
        super().__init__(
            Wording(
                f"le document de révision ne rendrait pas les deux versions ({where or 'document'}) ; le signaler avec les deux fichiers.",
                f"the redline would not give back both versions ({where or 'document'}); report it with both files.",
            )
        )


def accept(redline: Document) -> Document:
    """Return the new version."""
    return _document(redline, Insertion)


def reject(redline: Document) -> Document:
    """Return the old version."""
    return _document(redline, Deletion)


def turned(redline: Document) -> Document:
    """Return the redline that leads back: what it inserts is deleted, and the other way round."""
    assert redline.was is not None  # noqa: S101  # a redline keeps what the old version was like
    new = replace(redline, was=None, revised=Revised(), sections=())
    return replace(redline.was, sections=tuple(_turned(child) for child in redline.sections), was=new, revised=redline.revised)


def _turned(node: Any) -> Any:
    if isinstance(node, (Insertion, Deletion)):
        return (Deletion if isinstance(node, Insertion) else Insertion)(node.children, node.move)
    changed: dict[str, Any] = {name: tuple(_turned(child) for child in getattr(node, name)) for name in child_names(type(node))}
    if isinstance(node, Section) and node.was is not None:
        shell = replace(node, was=None, title=(), blocks=(), origin=None)
        return replace(node.was, title=changed["title"], blocks=changed["blocks"], was=shell)
    return replace(node, **changed) if changed else node


def is_redline(document: Document) -> bool:
    """Return whether a document holds two versions: a redline always keeps what the old one was like."""
    return document.was is not None


def _document(redline: Document, kept: type) -> Document:
    shell = redline.was if redline.was is not None and kept is Deletion else redline
    return replace(shell, was=None, revised=Revised(), sections=tuple(expanded(redline.sections, kept)))


def expanded(children: Sequence[Any], kept: type) -> list[Any]:
    """Return the children of one version: ``kept`` is Insertion for the new one, Deletion for the old one."""
    result: list[Any] = []
    cut = False
    for child, at_cut in _pieces(children, kept):
        cut = cut or at_cut
        if child is None:
            continue
        if cut and result and _join(result, child):
            cut = False
            continue
        cut = False
        result.append(child)
    return [child for child in result if child != APART] if APART in result else result


def _pieces(children: Sequence[Any], kept: type) -> Iterator[tuple[Any, bool]]:
    """Yield the nodes of one version, each with whether a revision was cut before it; None for a cut at the end."""
    for child in children:
        if isinstance(child, (Insertion, Deletion)):
            yield None, True
            if isinstance(child, kept):
                for inner in child.children:
                    yield _node(inner, kept), False
            yield None, True
        else:
            yield _node(child, kept), False


def _join(result: list[Any], child: Any) -> bool:
    """Join a text to the one before it, if both are words of the same origin; return whether it was."""
    last = result[-1]
    if APART in (last, child):
        return False
    match last, child:
        case Text(before), Text(after):
            result[-1] = Text(before + after)
        case Value(path, before), Value(other, after) if path == other:
            result[-1] = Value(path, before + after)
        case _:
            return False
    return True


def _node(node: Any, kept: type) -> Any:
    """Return a node in one version, itself where nothing in it changed."""
    changed = {name: new for name in child_names(type(node)) if (new := tuple(expanded(old := getattr(node, name), kept))) != old}
    if not isinstance(node, Section) or node.was is None:
        return replace(node, **changed) if changed else node
    shell = node.was if kept is Deletion else replace(node, was=None)
    return replace(shell, title=changed.get("title", node.title), blocks=changed.get("blocks", node.blocks))
