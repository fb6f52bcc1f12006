"""Words inside a paragraph: emphasis, links, references, terms, fields, and the holes where values go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from snc_docs.document.nodes import Emphasis, FillIn, Inline, Link, Reference, ReferenceForm, Strong, Term, Text, Value
from snc_docs.document.walk import plain_text
from snc_docs.errors import Wording
from snc_docs.language.typography import typeset
from snc_docs.readers.markdown.lines import HOLE, Findings

_SPECIAL = re.compile(r"[*_\[\]\\`<>&!\n]")
_FORMS: dict[str, ReferenceForm] = {"": "label", ":number": "number", ":title": "title"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def _inline_parser() -> MarkdownIt:
    """Return a parser that lets every address through as written: our own check follows, and holes must come through."""
    parser = MarkdownIt("commonmark")
    vars(parser).update(validateLink=lambda _: True, normalizeLink=lambda url: url)
    return parser


_PARSER = _inline_parser()


@dataclass(slots=True)
class InlineReader:
    """Reads inline Markdown of one clause in one language."""

    language: str
    findings: Findings

    def read(self, text: str, line: int) -> tuple[Inline, ...]:
        """Return the inlines of ``text``, which stands at a template line."""
        if not _SPECIAL.search(text):
            return tuple(self._words(text))
        tokens = _PARSER.parseInline(text)[0].children or []
        return self._nodes(iter(tokens), "", line)

    def _nodes(self, tokens: Iterator[Token], end: str, line: int) -> tuple[Inline, ...]:
        """Return nodes up to the token ``end``."""
        nodes: list[Inline] = []
        words = ""
        for token in tokens:
            if token.type in ("text", "text_special", "softbreak"):
                words += " " if token.type == "softbreak" else token.content
                continue
            nodes += self._words(words)
            words = ""
            if token.type == end:
                return tuple(nodes)
            nodes += self._node(token, tokens, line)
        nodes += self._words(words)
        return tuple(nodes)

    def _words(self, text: str) -> Iterator[Inline]:
        """Yield text with a placeholder value for each hole; ``filling`` puts the real one there."""
        for index, piece in enumerate(HOLE.split(text)):
            if index % 2:
                yield Value(f"\ue010{piece}\ue011", "")
            elif piece:
                yield Text(typeset(piece, self.language))

    def _node(self, token: Token, tokens: Iterator[Token], line: int) -> list[Inline]:
        match token.type:
            case "strong_open":
                return [Strong(self._nodes(tokens, "strong_close", line))]
            case "em_open":
                return [Emphasis(self._nodes(tokens, "em_close", line))]
            case "link_open":
                return self._link(token, self._nodes(tokens, "link_close", line), line)
            case "hardbreak":
                self._refuse("une fin de ligne forcée", "a hard line break", line)
            case _:
                self._refuse(f"« {token.content or token.type} »", f"'{token.content or token.type}'", line)
        return []

    def _refuse(self, fr: str, en: str, line: int) -> None:
        self.findings.add(
            "markdown.not-in-dialect",
            line,
            Wording(f"{fr} n'est pas admis dans un modèle", f"{en} isn't allowed in a template"),
            Wording("le retirer, ou le faire précéder de \\ pour l'imprimer", "remove it, or put \\ before it to print it"),
        )

    def _link(self, token: Token, children: tuple[Inline, ...], line: int) -> list[Inline]:
        href = str(token.attrs.get("href", ""))
        words = plain_text(children)
        if href.startswith("#"):
            return self._reference(href[1:], words, line)
        if href.startswith("def:"):
            others = str(token.attrs.get("title", ""))
            forms = (words, *(form.strip() for form in others.split("|") if form.strip()))
            return [Term(href[4:], tuple(typeset(form, self.language) for form in forms), children, self.findings.origin(line))]
        if href.startswith("fill:"):
            return [FillIn(href[5:], words)]
        if href.startswith(_SCHEMES) or HOLE.fullmatch(href):
            return [Link(href, children)]
        self.findings.add(
            "link.address",
            line,
            Wording(f"adresse de lien refusée : « {href} »", f"link address refused: '{href}'"),
            Wording(
                "commencer par https://, mailto:, tel:, # (renvoi), def: ou fill:", "begin with https://, mailto:, tel:, # (reference), def: or fill:"
            ),
        )
        return list(children)

    def _reference(self, target: str, words: str, line: int) -> list[Inline]:
        if words not in _FORMS:
            self.findings.add(
                "reference.words",
                line,
                Wording(f"un renvoi n'a pas de mots à lui : « {words} »", f"a reference has no words of its own: '{words}'"),
                Wording(
                    f"écrire [](#{target}), [:number](#{target}) ou [:title](#{target})",
                    f"write [](#{target}), [:number](#{target}) or [:title](#{target})",
                ),
            )
        return [Reference(target, _FORMS.get(words, "label"), "", self.findings.origin(line))]
