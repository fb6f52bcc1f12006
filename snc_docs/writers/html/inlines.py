"""Inlines as HTML. Every text is escaped; a fill-in field is a ``span`` that names its data path."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import assert_never

from snc_docs.document.nodes import Deletion, Emphasis, FillIn, Inline, Insertion, Link, Reference, Statement, Strong, Term, Text, Value


def inlines_html(inlines: Iterable[Inline], targets: frozenset[str], terms: str = "term") -> str:
    """Return the HTML of inlines; references to sections that the page doesn't hold are plain words.

    Identifiers of defined terms begin with ``terms``, so that each language of a page may define them.
    """
    pieces: list[str] = []
    for inline in inlines:
        piece = _html(inline, targets, terms)
        if isinstance(inline, Insertion) and pieces and pieces[-1] == f"<del>{piece[5:-6]}</del>":
            pieces[-1] = piece[5:-6]  # the same words, which only came from elsewhere in the data
        else:
            pieces.append(piece)
    return "".join(pieces)


def _html(inline: Inline, targets: frozenset[str], terms: str) -> str:
    match inline:
        case Text(text) | Value(_, text):
            return escape(text, quote=False).replace("\n", "<br>")
        case Strong(children) | Emphasis(children):
            tag = "strong" if isinstance(inline, Strong) else "em"
            return f"<{tag}>{inlines_html(children, targets, terms)}</{tag}>"
        case Link(href, children):
            return f'<a href="{escape(href)}">{inlines_html(children, targets, terms)}</a>'
        case FillIn(path):
            return f'<span class="fill-in" data-path="{escape(path)}">{escape(inline.shown, quote=False)}</span>'
        case Reference(target, _, text) if text and target in targets:  # a page has no text: a screen has none
            return f'<a class="reference" href="#{escape(target)}">{escape(text, quote=False)}</a>'
        case Reference(_, _, text):
            return escape(text, quote=False)
        case Statement(_, children):
            return inlines_html(children, targets, terms)
        case Insertion(children):
            return f"<ins>{words}</ins>" if (words := inlines_html(children, targets, terms)) else ""
        case Deletion(children):
            return f"<del>{words}</del>" if (words := inlines_html(children, targets, f"was-{terms}")) else ""
        case Term(identifier, _, children):
            return f'<dfn id="{terms}-{escape(identifier)}">{inlines_html(children, targets, terms)}</dfn>'
        case _:
            assert_never(inline)
