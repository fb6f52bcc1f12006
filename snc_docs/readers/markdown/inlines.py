"""Words inside a paragraph: emphasis, links, references, terms, fields, and the holes where values go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from snc_docs.document.marks import HOLE, hole
from snc_docs.document.nodes import (
    IDENTIFIER,
    Emphasis,
    FillIn,
    FillKind,
    Inline,
    Link,
    Reference,
    ReferenceForm,
    Statement,
    Strong,
    Term,
    Text,
    Value,
)
from snc_docs.document.walk import plain_text, walk
from snc_docs.errors import Wording
from snc_docs.language.typography import typeset
from snc_docs.patterns import regex
from snc_docs.readers.markdown.lines import Findings

_SPECIAL = regex(r"[*_\[\]\\`<>&!\n]")
# markdown-it's search for a link's end takes a time that grows with the square of the brackets.
_MOST_BRACKETS = 2000
_FORMS: dict[str, ReferenceForm] = {"": "label", ":number": "number", ":title": "title"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
# What leads the path of a field to fill in, and what goes into such a field.
_FIELDS: dict[str, FillKind] = {"fill:": "text", "date:": "date", "check:": "check"}


def _inline_parser() -> MarkdownIt:
    """Return a parser that lets every address through as written: our own check follows, and holes must come through."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).disable("entity")
    vars(parser).update(validateLink=lambda _: True, normalizeLink=lambda url: url)
    return parser


_PARSER = _inline_parser()


def _holds_value(inlines: tuple[Inline, ...]) -> bool:
    return any(isinstance(node, Value) for inline in inlines for node in walk(inline))


@dataclass(slots=True)
class InlineReader:
    """Reads inline Markdown of one clause in one language."""

    language: str
    findings: Findings
    _lines: Iterator[int] = field(default_factory=lambda: iter(()))
    _line: int = 1

    def read(self, text: str, *lines: int) -> tuple[Inline, ...]:
        """Return the inlines of ``text``; ``lines`` are the template lines of its own lines."""
        if not _SPECIAL.search(text):
            return tuple(self._words(text))
        self._lines = iter(lines)
        self._line = next(self._lines)
        if text.count("[") > _MOST_BRACKETS:
            self._refuse(f"un paragraphe de plus de {_MOST_BRACKETS} « [ »", f"a paragraph of over {_MOST_BRACKETS} '['")
            return ()
        tokens = _PARSER.parseInline(text)[0].children or []
        return self._nodes(iter(tokens), "")

    def _nodes(self, tokens: Iterator[Token], end: str) -> tuple[Inline, ...]:
        """Return nodes up to the token ``end``."""
        nodes: list[Inline] = []
        words = ""
        for token in tokens:
            if token.type in ("text", "text_special", "softbreak"):
                words += " " if token.type == "softbreak" else token.content
                self._line = next(self._lines, self._line) if token.type == "softbreak" else self._line
                continue
            nodes += self._words(words)
            words = ""
            if token.type == end:
                return tuple(nodes)
            nodes += self._node(token, tokens)
        nodes += self._words(words)
        return tuple(nodes)

    def _words(self, text: str) -> Iterator[Inline]:
        """Yield text with a placeholder value for each hole; ``filling`` puts the real one there."""
        if "](" in text:
            self.findings.add(
                "link.nested",
                self._line,
                Wording(
                    "« ]( » resterait visible : un lien ou un énoncé n'en contient pas un autre",
                    "']( ' would show: a link or statement holds no other",
                ),
                Wording("les écrire l'un après l'autre", "write them one after the other"),
            )
        for index, piece in enumerate(HOLE.split(text)):
            if index % 2:
                yield Value(hole(piece), "")
            elif piece:
                yield Text(typeset(piece, self.language))

    def _node(self, token: Token, tokens: Iterator[Token]) -> list[Inline]:
        match token.type:
            case "strong_open":
                return [Strong(self._nodes(tokens, "strong_close"))]
            case "em_open":
                return [Emphasis(self._nodes(tokens, "em_close"))]
            case "link_open":
                line = self._line
                return self._link(token, self._nodes(tokens, "link_close"), line)
            case "hardbreak":
                self._refuse("une fin de ligne forcée", "a hard line break")
            case _:
                self._refuse(f"« {token.content or token.type} »", f"'{token.content or token.type}'")
        return []

    def _refuse(self, fr: str, en: str) -> None:
        self.findings.add(
            "markdown.not-in-dialect",
            self._line,
            Wording(f"interdit dans un modèle : {fr}", f"not allowed in a template: {en}"),
            Wording("le retirer, ou le faire précéder de \\ pour l'imprimer", "remove it, or put \\ before it to print it"),
        )

    def _link(self, token: Token, children: tuple[Inline, ...], line: int) -> list[Inline]:
        href = str(token.attrs.get("href", ""))
        words = plain_text(children)
        if href.startswith("#"):
            return self._reference(href[1:], words, line)
        others = str(token.attrs.get("title", ""))
        if href.startswith(("def:", *_FIELDS)) and (HOLE.search(href + others) or _holds_value(children)):
            self.findings.add(
                "link.address",
                line,
                Wording("un terme défini ou un champ à remplir ne contient pas de valeur", "a defined term or a fill-in field holds no value"),
                Wording("écrire ses mots dans le modèle", "write its words in the template"),
            )
        if href.startswith("def:"):
            forms = (words, *(form.strip() for form in others.split("|") if form.strip()))
            return [Term(href[4:], tuple(typeset(form, self.language) for form in forms), children, self.findings.origin(line))]
        if (scheme := href[: href.find(":") + 1]) in _FIELDS:
            return [FillIn(href.removeprefix(scheme), words, _FIELDS[scheme])]
        if href.startswith("says:"):
            return self._statement(href[5:], children, line)
        if (href.startswith(_SCHEMES) and not HOLE.search(href)) or HOLE.fullmatch(href):
            return [Link(href, children, self.findings.origin(line))]
        self.findings.add(
            "link.address",
            line,
            Wording(f"adresse de lien refusée : « {href} »", f"link address refused: '{href}'"),
            Wording(
                "commencer par https://, mailto:, tel:, # (renvoi), def:, fill:, date:, check: ou says:",
                "begin with https://, mailto:, tel:, # (reference), def:, fill:, date:, check: or says:",
            ),
        )
        return list(children)

    def _statement(self, facts: str, children: tuple[Inline, ...], line: int) -> list[Inline]:
        identifiers = tuple(facts.split("+"))
        if not children or not all(IDENTIFIER.fullmatch(each) for each in identifiers):
            self.findings.add(
                "statement.malformed",
                line,
                Wording(f"énoncé mal formé : « says:{facts} »", f"malformed statement: 'says:{facts}'"),
                Wording(
                    "écrire [les mots qui le disent](says:fait), ou says:fait+autre-fait",
                    "write [the words that say it](says:fact), or says:fact+other-fact",
                ),
            )
        return [Statement(identifiers, children, self.findings.origin(line))]

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
