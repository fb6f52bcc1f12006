"""Paragraphs, lists and headings of one stretch of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from snc_docs.document.nodes import (
    IDENTIFIER,
    Block,
    BulletList,
    FillIn,
    Inline,
    ItemBlock,
    ListItem,
    OrderedList,
    Paragraph,
    ParagraphRole,
    Reference,
)
from snc_docs.document.walk import walk
from snc_docs.errors import Wording
from snc_docs.patterns import regex
from snc_docs.readers.markdown.inlines import InlineReader
from snc_docs.readers.markdown.lines import Findings, Line

_ANCHOR = regex(r"\s*\{#([^}]*)\}\s*$")
# CommonMark has headings of six levels; what has more of these is text to it, and would print them.
_TOO_DEEP = 7 * "#"
# markdown-it's level of the items of a list in a list in a list.
_DEEPEST_ITEM = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before sections are nested: its level (1 to 6), identifier and title."""

    level: int
    id: str
    title: tuple[Inline, ...]
    line: int


def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table").disable("reference")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_PARSER = _block_parser()


class BlockReader:
    """Reads blocks of one clause."""

    def __init__(self, inlines: InlineReader) -> None:
        """Read words with ``inlines``."""
        self.inlines = inlines
        self.findings: Findings = inlines.findings

    def read(self, lines: Sequence[Line], role: ParagraphRole = "body") -> Iterator[Block | Heading]:
        """Yield the blocks and headings of consecutive lines."""
        tokens = iter(_PARSER.parse("\n".join(line.text for line in lines)))
        yield from self._blocks(tokens, "", lines, role)

    def _blocks(self, tokens: Iterator[Token], end: str, lines: Sequence[Line], role: ParagraphRole) -> Iterator[Block | Heading]:
        for token in tokens:
            if token.type == end:
                return
            line = lines[token.map[0]].number if token.map else lines[0].number
            match token.type:
                case "paragraph_open":
                    content = next(tokens).content
                    next(tokens)
                    if content.startswith(_TOO_DEEP):
                        words, _, _ = content.partition("\n")
                        yield self._heading(len(words) - len(words.lstrip("#")), words.lstrip("# "), line)
                        continue
                    first, end_line = token.map or (0, 1)
                    numbers = [each.number for each in lines[first:end_line]]
                    yield Paragraph(self.inlines.read(content, *numbers), role, self.findings.origin(line))
                case "heading_open":
                    content = next(tokens).content
                    next(tokens)
                    yield self._heading(int(token.tag[1]), content, line)
                case "bullet_list_open":
                    yield BulletList(self._items(tokens, "bullet_list_close", lines))
                case "ordered_list_open":
                    yield OrderedList(self._items(tokens, "ordered_list_close", lines))
                case _:
                    self._refuse(token, tokens, line)

    def _items(self, tokens: Iterator[Token], end: str, lines: Sequence[Line]) -> tuple[ListItem, ...]:
        items = []
        for token in takewhile(lambda each: each.type != end, tokens):
            line = lines[token.map[0]].number if token.map else lines[0].number
            if token.level > _DEEPEST_ITEM:
                self._not_in_dialect("une liste de plus de trois niveaux", "a list of more than three levels", line)
            blocks: list[ItemBlock] = []
            for block in self._blocks(tokens, "list_item_close", lines, "body"):
                if isinstance(block, Heading):
                    self._not_in_dialect("un titre dans une liste", "a heading in a list", block.line)
                elif isinstance(block, (Paragraph, BulletList, OrderedList)):
                    blocks.append(block)
            if not blocks:
                self._not_in_dialect("un élément de liste vide", "an empty list item", line)
            items.append(ListItem(tuple(blocks)))
        return tuple(items)

    def _heading(self, level: int, content: str, line: int) -> Heading:
        anchor = _ANCHOR.search(content)
        identifier = anchor.group(1) if anchor else ""
        if not IDENTIFIER.fullmatch(identifier):
            self.findings.add(
                "heading.identifier",
                line,
                Wording("ce titre n'a pas d'identifiant valable", "this heading has no valid identifier"),
                Wording("le terminer par {#mots-en-minuscules}", "end it with {#words-in-small-letters}"),
            )
        title = self.inlines.read(_ANCHOR.sub("", content), line)
        if any(isinstance(node, (Reference, FillIn)) for inline in title for node in walk(inline)):
            self.findings.add(
                "heading.reference",
                line,
                Wording("un titre ne contient ni renvoi ni champ à remplir", "a heading holds no reference and no fill-in field"),
                Wording("le mettre dans le texte de la clause", "put it in the text of the clause"),
            )
        return Heading(level, identifier, title, line)

    def _refuse(self, token: Token, tokens: Iterator[Token], line: int) -> None:
        names = {
            "fence": Wording("un bloc de code", "code"),
            "code_block": Wording("un texte en retrait", "indented text"),
            "html_block": Wording("du HTML", "HTML"),
            "hr": Wording("un filet", "a rule"),
            "blockquote_open": Wording("une citation", "a quotation"),
            "table_open": Wording("un tableau hors de « ::: table »", "a table outside '::: table'"),
        }
        what = names.get(token.type) or Wording(f"« {token.type} »", token.type)
        self._not_in_dialect(what.fr, what.en, line)
        if token.nesting == 1:
            closing = token.type.replace("_open", "_close")
            any(each.type == closing and each.level == token.level for each in tokens)  # passes over what it holds

    def _not_in_dialect(self, fr: str, en: str, line: int) -> None:
        self.findings.add(
            "markdown.not-in-dialect",
            line,
            Wording(f"interdit dans un modèle : {fr}", f"not allowed in a template: {en}"),
            Wording("employer paragraphes, listes, titres et directives « ::: »", "use paragraphs, lists, headings and '::: ' directives"),
        )
