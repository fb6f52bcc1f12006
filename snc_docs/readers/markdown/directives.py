"""Directives: what Markdown can't say, between ``::: name`` and ``:::``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from snc_docs.document.marks import HOLE
from snc_docs.document.nodes import (
    EMPTY_CELL,
    Block,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Embed,
    Fact,
    Facts,
    Inline,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Row,
    Signatory,
    Signatures,
    Table,
    Text,
)
from snc_docs.errors import Wording
from snc_docs.language.collation import collation_key
from snc_docs.language.typography import typeset
from snc_docs.patterns import regex
from snc_docs.readers.markdown.blocks import BlockReader, Heading
from snc_docs.readers.markdown.lines import Line

_CELL = regex(r"(?<!\\)\|")
_WHOLE: Final = 100
_TERM = regex(r"(.+?)\s*\{#([a-z0-9-]+)\}\s*$")
_PARAGRAPHS: Final = frozenset(("definitions", "notice", "paragraph", "subtitle"))
_MOST_COLUMNS: Final = 20
SINGLE_LINE: Final = frozenset(("contents", "embed", "pagebreak"))


_NOTHING: Final = (Text(EMPTY_CELL),)


class DirectiveReader:
    """Reads the directives of one clause."""

    def __init__(self, blocks: BlockReader) -> None:
        """Read words and paragraphs with ``blocks``."""
        self.blocks = blocks
        self.inlines = blocks.inlines
        self.findings = blocks.findings
        self._readers: dict[str, Callable[[str, Sequence[Line], int], list[Block]]] = {
            "contents": self._contents,
            "definitions": self._definitions,
            "embed": self._embed,
            "facts": self._facts,
            "notice": self._notice,
            "pagebreak": lambda *_: [PageBreak()],
            "paragraph": self._paragraph,
            "signatures": self._signatures,
            "subtitle": self._subtitle,
            "table": self._table,
        }

    def read(self, name: str, arguments: str, lines: Sequence[Line], line: int) -> list[Block]:
        """Return the blocks of one directive; a finding and nothing for a name that isn't one."""
        reader = self._readers.get(name)
        if reader is None:
            known = ", ".join(sorted(self._readers))
            self._wrong(line, f"directive inconnue « {name} » (connues : {known})", f"unknown directive '{name}' (known: {known})")
            return []
        return reader(arguments, lines if name in _PARAGRAPHS else [each for each in lines if each.text.strip()], line)

    def _wrong(self, line: int, fr: str, en: str) -> None:
        hint = Wording("voir le guide des modèles, docs/templates.md", "see the guide to templates, docs/templates.md")
        self.findings.add("directive.malformed", line, Wording(fr, en), hint)

    def _cells(self, line: Line) -> list[str] | None:
        text = line.text.strip()
        if not (text.startswith("|") and text.endswith("|") and len(text) > 1):
            self._wrong(line.number, "une ligne de tableau commence et finit par |", "a table line begins and ends with |")
            return None
        return [cell.strip() for cell in _CELL.split(text)[1:-1]]

    def _table(self, arguments: str, lines: Sequence[Line], line: int) -> list[Block]:
        header = self._cells(lines[0]) if lines else None
        if not header:
            self._wrong(line, "un tableau commence par sa ligne de titres", "a table begins with its heading row")
            return []
        if len(header) > _MOST_COLUMNS:
            self._wrong(line, f"plus de {_MOST_COLUMNS} colonnes", f"over {_MOST_COLUMNS} columns")
            return []
        widths = self._widths(arguments, len(header), line)
        columns = tuple(Column(self.inlines.read(title, lines[0].number), width) for title, width in zip(header, widths, strict=True))
        rows = [row for each in lines[1:] if (row := self._row(each, len(header))) is not None]
        return [Table(columns, tuple(rows), self.findings.origin(lines[0].number))]

    def _widths(self, arguments: str, count: int, line: int) -> list[int]:
        if not arguments:
            return [_WHOLE // count] * count
        numbers = [int(number) for number in re.findall(r"\d+", arguments)] if re.fullmatch(r"widths=\d{1,3}(,\d{1,3})*", arguments) else []
        if len(numbers) != count or sum(numbers) != _WHOLE or min(numbers) < 1:
            self._wrong(line, f"« widths= » donne {count} nombres dont la somme est 100", f"'widths=' gives {count} numbers that add up to 100")
            return [_WHOLE // count] * count
        return numbers

    def _row(self, line: Line, count: int) -> Row | None:
        group = line.text.lstrip().startswith("|=")
        cells = self._cells(Line(line.text.replace("|=", "|", 1), line.number) if group else line)
        if cells is None:
            return None
        if len(cells) != (1 if group else count):
            self._wrong(
                line.number,
                f"cette ligne a {len(cells)} cases, le tableau {count} colonnes",
                f"this row has {len(cells)} cells, the table {count} columns",
            )
            return None
        return Row("", tuple(Cell(self.inlines.read(cell, line.number) or _NOTHING) for cell in cells), group, self.findings.origin(line.number))

    def _fact(self, line: Line) -> Fact | None:
        cells = self._cells(line)
        if cells is None:
            return None
        if len(cells) != len(("label", "value")):
            self._wrong(line.number, "une ligne s'écrit | libellé | valeur |", "a line reads | label | value |")
            return None
        return Fact(self.inlines.read(cells[0], line.number), self.inlines.read(cells[1], line.number), self.findings.origin(line.number))

    def _facts(self, _: str, lines: Sequence[Line], __: int) -> list[Block]:
        return [Facts(tuple(fact for each in lines if (fact := self._fact(each)) is not None))]

    def _signatures(self, _: str, lines: Sequence[Line], line: int) -> list[Block]:
        columns: list[Signatory] = []
        for each in lines:
            if each.text.startswith("# "):
                columns.append(Signatory(self.inlines.read(each.text[2:].strip(), each.number), ()))
            elif not columns:
                self._wrong(each.number, "une colonne de signature commence par « # titre »", "a signature column begins with '# heading'")
            elif (fact := self._fact(each)) is not None:
                columns[-1] = Signatory(columns[-1].heading, (*columns[-1].rows, fact))
        if not columns:
            self._wrong(line, "un bloc de signatures a au moins une colonne", "a signature block has one column at least")
        return [Signatures(tuple(columns))]

    def _definitions(self, _: str, lines: Sequence[Line], line: int) -> list[Block]:
        entries: list[Definition] = []
        for each in lines:
            term = _TERM.match(each.text)
            if term and HOLE.search(term.group(1)):
                self._wrong(each.number, "un terme défini ne contient pas de valeur", "a defined term holds no value")
            elif term:
                forms = tuple(typeset(form.strip(), self.inlines.language) for form in term.group(1).split("|"))
                entries.append(Definition(term.group(2), forms, (), self.findings.origin(each.number)))
            elif each.text.startswith(": ") and entries:
                origin = self.findings.origin(each.number)
                paragraph = Paragraph(self.inlines.read(each.text[2:].strip(), each.number), "body", origin)
                last = entries[-1]
                entries[-1] = Definition(last.id, last.forms, (*last.blocks, paragraph), last.origin)
            elif each.text.strip():
                self._wrong(
                    each.number, "une définition s'écrit « Terme {#id} » puis « : sens »", "a definition reads 'Term {#id}', then ': meaning'"
                )
        if not entries:
            self._wrong(line, "aucune définition", "no definition")
        return [DefinitionList(tuple(sorted(entries, key=lambda entry: collation_key(entry.forms[0]))))]

    def _contents(self, arguments: str, _: Sequence[Line], line: int) -> list[Block]:
        return [Contents(self.inlines.read(arguments, line))]

    def _embed(self, arguments: str, _: Sequence[Line], line: int) -> list[Block]:
        hole = HOLE.match(arguments)
        alt = arguments[hole.end() :].strip() if hole else ""
        if not hole or not alt or HOLE.search(alt):
            self._wrong(line, "« ::: embed {{ champ }} texte de remplacement »", "'::: embed {{ field }} alternative text'")
            return []
        return [Embed(hole.group(), "", typeset(alt, self.inlines.language), self.findings.origin(line))]

    def _notice(self, _: str, lines: Sequence[Line], __: int) -> list[Block]:
        return self._paragraphs(lines, "notice")

    def _paragraph(self, _: str, lines: Sequence[Line], line: int) -> list[Block]:
        """Return the sentences that stand between blank lines as one paragraph: so each may have a condition of its own."""
        read = self._paragraphs(lines, "body")
        pieces = [block for block in read if isinstance(block, Paragraph)]
        if len(pieces) < len(read):
            self._wrong(line, "cette directive ne contient que des phrases", "this directive holds nothing but sentences")
        return [Paragraph(_run_in(pieces), "body", self.findings.origin(line))] if pieces else []

    def _subtitle(self, _: str, lines: Sequence[Line], __: int) -> list[Block]:
        return self._paragraphs(lines, "subtitle")

    def _paragraphs(self, lines: Sequence[Line], role: ParagraphRole) -> list[Block]:
        blocks: list[Block] = []
        for block in self.blocks.read(lines, role):
            if isinstance(block, Heading):
                self._wrong(block.line, "pas de titre dans cette directive", "no heading inside this directive")
            else:
                blocks.append(block)
        return blocks


def _run_in(pieces: Sequence[Paragraph]) -> tuple[Inline, ...]:
    """Return the words of paragraphs one after the other, with a space between them; neighbouring words are one text."""
    words: list[Inline] = []
    for piece in pieces:
        for child in (Text(" "), *piece.children) if words else piece.children:
            if isinstance(child, Text) and words and isinstance(words[-1], Text):
                words[-1] = Text(words[-1].text + child.text)
            else:
                words.append(child)
    return tuple(words)
