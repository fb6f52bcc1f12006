"""Whether a merged document gives back its versions: what is written is read as Word settles revisions, and compared.

A revision that goes takes its runs; a tracked mark that goes joins a paragraph to the next one, whose properties both then have;
a row that goes takes its cells, and a table without rows is gone. What has no words and no use is no difference: an empty
link, control or bookmark, how runs of one look are divided. What is the same value as in its version needs no reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from snc_docs.document.revisions import UnfaithfulRedlineError
from snc_docs.writers.docx.markup import opened
from snc_docs.writers.docx.numbers import unnumbered
from snc_docs.writers.docx.revising import version_of
from snc_docs.writers.docx.serializing import MOVED, Serializer
from snc_docs.writers.docx.written import BOTH, NEW, Flow, Mark, P, R, Tbl, Tr, pieces
from snc_docs.writers.docx.xml import Element, parse, qn

_P: Final = qn("w:p")
_R: Final = qn("w:r")
_PPR: Final = qn("w:pPr")
_RPR: Final = qn("w:rPr")
_TR: Final = qn("w:tr")
_SECTION: Final = qn("w:sectPr")
_NEW_BOXES: Final = (qn("w:ins"), qn("w:moveTo"))
_OLD_BOXES: Final = (qn("w:del"), qn("w:moveFrom"))
_TEXT: Final = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}
_BOOKMARK: Final = qn("w:bookmarkStart")
_BOOKMARK_END: Final = qn("w:bookmarkEnd")
_ALTERNATIVE: Final = qn("mc:AlternateContent")
_HOLDERS: Final = (qn("w:hyperlink"), qn("w:sdt"))
_CONTENT: Final = qn("w:sdtContent")
_LENGTH: Final = 80
_ROOT: Final = opened("w:document", "w", "r", "wp", "a", "pic")

# What an element says, comparable.
Said = tuple[object, ...]


class _Words(NamedTuple):
    """A text of one look."""

    look: Said
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads one version (OLD or NEW) out of what was merged, in which ``moves`` are those with words on both sides."""

    state: str
    moves: frozenset[str] = frozenset()

    def check(self, merged: Flow, expected: Flow) -> None:
        """Refuse a flow that doesn't give back the version, whose paragraphs and tables were ``expected``; UnfaithfulRedlineError says where."""
        waiting = iter(expected)
        joined: list[P] = []
        for block in merged:
            if type(block) is P and block.mark not in (BOTH, self.state):
                joined.append(block)
                continue
            if type(block) is Tbl and all(self._is_gone(row) for row in block.rows):
                continue
            if not self._gives(block, joined, next(waiting, None)):
                raise UnfaithfulRedlineError(_words([*joined, block]))
            joined = []
        if joined or next(waiting, None) is not None:
            raise UnfaithfulRedlineError(_words(joined))

    def _is_gone(self, row: Tr) -> bool:
        return row.state not in (BOTH, self.state)

    def _gives(self, block: P | Tbl, joined: Sequence[P], want: P | Tbl | None) -> bool:
        """Return whether a block, with the paragraphs that are joined to it, is what the version has there."""
        if type(block) is P and type(want) is P:
            if not joined and block == want:
                return True
            *before, last = self._elements([*joined, block])
            said = [each for element in before for each in self._content(element)]
            (wanted,) = self._elements([self._plain(want)])
            return self._paragraph(last, said) == self._paragraph(wanted, [])
        return type(block) is Tbl and type(want) is Tbl and not joined and self._gives_table(block, want)

    def _gives_table(self, table: Tbl, want: Tbl) -> bool:
        rows = [row for row in table.rows if not self._is_gone(row)]
        if len(rows) != len(want.rows):
            return False
        differing = [(row, other) for row, other in zip(rows, want.rows, strict=True) if row != other]
        if not differing and table.was is None and table.was_grid is None and (table.properties, table.grid) == (want.properties, want.grid):
            return True
        shown, wanted = replace(table, rows=[row for row, _ in differing]), replace(want, rows=[other for _, other in differing])
        found, other = self._elements([shown]), self._elements([self._plain(wanted)])
        return [self._table(each) for each in found] == [self._table(each) for each in other]

    def _elements(self, flow: Flow) -> list[Element]:
        text = unnumbered(Serializer(moves=self.moves).flow(self._without_marks(each) for each in flow))
        return list(parse(f"{_ROOT}{MOVED.sub('', text)}</w:document>".encode()))

    def _without_marks(self, block: P | Tbl) -> P | Tbl:
        """Return a block without the bookmarks of the other version: a heading that is a paragraph in this one keeps its bookmark, of no use."""
        if isinstance(block, Tbl):
            return block
        kept = [(state, inside) for state, inside in block.content if state in (BOTH, self.state) or any(type(piece) is not Mark for piece in inside)]
        return replace(block, content=kept) if len(kept) < len(block.content) else block

    def _plain(self, block: P | Tbl) -> P | Tbl:
        """Return a block of the version as its plain document has it."""
        if isinstance(block, P):
            return replace(block, content=[(BOTH, tuple(version_of(block.content, self.state)))])
        rows = [replace(row, cells=[replace(cell, blocks=[self._plain(each) for each in cell.blocks]) for cell in row.cells]) for row in block.rows]
        return replace(block, rows=rows)

    # ------------------------------------------------------------------------------------------------------- reading

    def _table(self, table: Element) -> Said:
        rows = []
        for row in table.iterfind(_TR):
            cells = [
                (self._properties(cell.find(qn("w:tcPr"))), *self._blocks([each for each in cell if each.tag != qn("w:tcPr")]))
                for cell in row.iterfind(qn("w:tc"))
            ]
            rows.append((self._properties(row.find(qn("w:trPr"))), *cells))
        return self._properties(table.find(qn("w:tblPr"))), self._properties(table.find(qn("w:tblGrid"))), *rows

    def _blocks(self, elements: Sequence[Element]) -> Iterator[Said]:
        """Yield what each block of a cell says; a paragraph whose mark is gone is joined to the next one."""
        joined: list[Said] = []
        gone = qn("w:del" if self.state == NEW else "w:ins")
        for element in elements:
            if element.tag != _P:
                rows = [row for row in element.iterfind(_TR) if row.find(f"{qn('w:trPr')}/{gone}") is not None]
                for row in rows:
                    element.remove(row)
                if element.find(_TR) is not None:
                    yield ("open", *joined) if joined else self._table(element)
            elif element.find(f"{_PPR}/{_RPR}/{gone}") is not None:
                joined += self._content(element)
            else:
                yield self._paragraph(element, joined)
                joined = []
        if joined:
            yield ("open", *joined)

    def _paragraph(self, paragraph: Element, joined: Sequence[Said]) -> Said:
        return self._properties(paragraph.find(_PPR)), *_joined([*joined, *self._content(paragraph)])

    def _properties(self, properties: Element | None) -> Said:
        """Return what properties were or are, revisions and section breaks aside."""
        if properties is None:
            return ()
        change = next((child for child in properties if str(child.tag).endswith("Change")), None)
        if change is not None and self.state != NEW:
            properties = change[0]
        aside = (_SECTION, *_NEW_BOXES, *_OLD_BOXES, *((change.tag,) if change is not None else ()))
        return tuple(_signature(child) for child in properties if child.tag not in aside and not (child.tag == _RPR and properties.tag == _PPR))

    def _content(self, parent: Element) -> list[Said]:
        said: list[Said] = []
        for child in _children(parent):
            if child.tag == _R:
                said += self._run(child)
            elif child.tag in (*_NEW_BOXES, *_OLD_BOXES):
                if child.tag in (_NEW_BOXES if self.state == NEW else _OLD_BOXES):
                    said += self._content(child)
            elif child.tag in _HOLDERS:
                content = child.find(_CONTENT)
                inside = tuple(_joined(self._content(child if content is None else content)))
                if inside:  # a link or control around nothing shows nothing, whether it holds an empty text or no text
                    said.append((child.tag, tuple(sorted(child.attrib.items())), inside))
            elif child.tag in (_BOOKMARK, _BOOKMARK_END):
                said.append((child.tag, child.get(qn("w:name"))))
        return said

    def _run(self, run: Element) -> Iterator[Said]:
        look = self._properties(run.find(_RPR))
        for child in run:
            if child.tag != _RPR:
                tag = _TEXT.get(str(child.tag), str(child.tag))
                yield _Words(look, child.text or "") if tag == qn("w:t") else (tag, look, *_signature(child)[1:])


def _children(parent: Element) -> Iterator[Element]:
    """Yield what stands in an element, of alternatives what Word takes."""
    for child in parent:
        yield from child[0] if child.tag == _ALTERNATIVE else (child,)


def _words(blocks: Sequence[P | Tbl]) -> str:
    """Return the first words of blocks, for a message."""
    found = (piece.text for each in blocks if type(each) is P for _, piece in pieces(each.content) if type(piece) is R)
    return "".join(found)[:_LENGTH]


def _signature(element: Element) -> Said:
    """Return what an element says, comparable."""
    return element.tag, tuple(sorted(element.attrib.items())), element.text or "", tuple(_signature(child) for child in element)


def _joined(said: Sequence[Said]) -> list[Said]:
    """Return content with texts of one look joined, and bookmarks around nothing left out."""
    result: list[Said] = []
    for each in said:
        last = result[-1] if result else ()
        if isinstance(each, _Words):
            if isinstance(last, _Words) and last.look == each.look:
                result[-1] = _Words(each.look, last.text + each.text)
            elif each.text:
                result.append(each)
        elif each[0] == _BOOKMARK_END and last and last[0] == _BOOKMARK:
            result.pop()
        else:
            result.append(each)
    return result
