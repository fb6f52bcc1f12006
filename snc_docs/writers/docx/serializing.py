"""What was written, as text: of a plain document, and of a redline with its revisions.

ECMA-376 part 1, 17.13.5. ``w:ins`` and ``w:del`` go around runs, inside a hyperlink or a content control, never around
them. Deleted text is ``w:delText``, a deleted instruction ``w:delInstrText``; what a ``w:moveFrom`` holds keeps ``w:t``. A
content control that came or went has ``w:customXmlInsRange`` or ``w:customXmlDelRange`` around its start and its end, as Word
writes it, and for Word alone: LibreOffice 7.4 takes such a mark for a change of formatting of all that is behind it, and tears the
other controls apart when that is rejected. In a row that came or went other offices read the words of a control without it: LibreOffice doesn't
count a control as part of the revision, and would leave the row, empty. What properties were stands last in them (``w:pPrChange`` and its like). A row that came or went has ``w:ins`` or ``w:del``
in its ``w:trPr``; ``w:cellIns`` and ``w:cellDel`` aren't used: other columns are other rows, in one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from snc_docs.patterns import regex
from snc_docs.writers.docx.markup import field_character, for_word, instruction, run, val, words, wrapped
from snc_docs.writers.docx.numbers import bookmark_token, gone
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.written import BOTH, NEW, OLD, Field, Holder, Mark, P, Piece, PPr, R, Raw, Tbl, Tc, Tr, Unit

# Before and behind the revisions of a move, whose ends are known last: a range goes around the first and the last of its side.
MOVED: Final = regex("<(/?)([-+])([^>]*)>")
_RPR_START: Final = "<w:rPr>"
_RPR_END: Final = "</w:rPr>"


@dataclass(slots=True)
class Serializer:
    """Makes text of what was written; ``moves`` are the moves that have words in both their places, ``in_row`` a row that came or went."""

    stamp: Stamp = field(default_factory=Stamp)
    moves: frozenset[str] = frozenset()
    in_row: bool = False

    def flow(self, flow: Iterable[P | Tbl | str]) -> str:
        """Return paragraphs and tables, those that are text already as they are."""
        return "".join([each if isinstance(each, str) else self.paragraph(each) if isinstance(each, P) else self.table(each) for each in flow])

    def paragraph(self, paragraph: P) -> str:
        """Return a ``w:p``, children of its ``w:pPr`` in the order of CT_PPr."""
        if paragraph.is_copy:
            return replace(self, stamp=self.stamp.of_copies()).paragraph(replace(paragraph, is_copy=False))
        inner = ppr(paragraph.properties)
        if paragraph.mark != BOTH:
            inner += wrapped("w:rPr", self.stamp.mark("w:ins" if paragraph.mark == NEW else "w:del"))
        inner += paragraph.section
        if paragraph.was is not None:
            inner += self._change("w:pPr", ppr(paragraph.was))
        content = self.content(paragraph.content, move=paragraph.move, was_move=paragraph.was_move) if paragraph.content else ""
        return wrapped("w:p", (f"<w:pPr>{inner}</w:pPr>" if inner else "") + content)

    def _change(self, name: str, was: str) -> str:
        return self.stamp.mark(f"{name}Change", wrapped(name, was))

    # -------------------------------------------------------------------------------------------------------- content

    def content(self, content: Iterable[Unit], outer: str = BOTH, *, move: str = "", was_move: str = "") -> str:
        """Return what stands in a paragraph, link, control or field: runs in a row of one state in one revision."""
        written: list[str] = []
        state, end = BOTH, ""
        beside: tuple[Holder, str] | None = None
        for each, inside in content:
            own = each if outer == BOTH else outer
            if own == BOTH == state:
                written += [self._piece(piece, BOTH, "") for piece in inside]
                beside = (inside[-1], BOTH) if inside and isinstance(inside[-1], Holder) else None
                continue
            for piece in inside:
                moved = (was_move if own == OLD else move) if own != BOTH else ""
                boxed = own if _is_boxed(piece) else BOTH
                if boxed != state:
                    written.append(end)
                    start, end = self._box(boxed, moved) if boxed != BOTH else ("", "")
                    written.append(start)
                    state = boxed
                if isinstance(piece, Holder):
                    written.append(self._divider() if beside is not None and not self.in_row and _overlap(*beside, piece, own) else "")
                    beside = piece, own
                elif own == BOTH:
                    beside = None
                written.append(self._piece(piece, own, moved))
        return "".join(written) + end

    def _box(self, state: str, moved: str) -> tuple[str, str]:
        """Return the start and the end of a revision around runs; those of a move have places for the ends of its range."""
        if moved not in self.moves:
            name = "w:ins" if state == NEW else "w:del"
            return self.stamp.start(name), f"</{name}>"
        name = "w:moveTo" if state == NEW else "w:moveFrom"
        return f"<{state}{moved}>{self.stamp.start(name)}", f"</{name}></{state}{moved}>"

    def _divider(self) -> str:
        """Return what keeps a link and a control apart, and is gone whether all is accepted or rejected: an empty field, inserted and deleted.

        LibreOffice 7.4 writes a link and a control that touch, once the words of one are gone, with their ends in the wrong order: no XML.
        A bookmark, an empty run or an invisible character between them don't help, or stay.
        """
        runs = (field_character("begin"), instruction('QUOTE ""', "w:delInstrText"), field_character("separate"), field_character("end"))
        return f"{self.stamp.start('w:ins')}{self.stamp.start('w:del')}{''.join(run('', each) for each in runs)}</w:del></w:ins>"

    def _piece(self, piece: Piece, state: str, moved: str) -> str:
        if type(piece) is R and state == BOTH and piece.was is None:  # most are, and a match takes longer to tell
            return run(piece.look, words(piece.text))
        match piece:
            case R(look, text, was):
                if state == OLD and moved not in self.moves:
                    return run(look, words(text, "w:delText"))
                return run(look if was is None else self._relooked(look, was), words(text))
            case Holder():
                return self._holder(piece, state, moved)
            case Field():
                return self._field(piece, state, moved)
            case Mark(tag, name):
                number = f'<{tag} w:id="{bookmark_token(name)}"'
                return f'{number} w:name="{name}"/>' if tag == "w:bookmarkStart" else f"{number}/>"
            case Raw(xml):
                if state != OLD:
                    return xml
                return gone(xml if moved in self.moves else xml.replace("w:instrText", "w:delInstrText"))
            case _:
                assert_never(piece)

    def _relooked(self, look: str, was: str) -> str:
        """Return the ``w:rPr`` of a run that looked otherwise, with the old look last in it (17.13.5.31)."""
        change = self.stamp.mark("w:rPrChange", was or "<w:rPr/>")
        return f"{look.removesuffix(_RPR_END) or _RPR_START}{change}{_RPR_END}"

    def _field(self, piece: Field, state: str, moved: str) -> str:
        look = piece.look
        name = "w:delInstrText" if state == OLD and moved not in self.moves else "w:instrText"
        head = run(look, field_character("begin")) + run(look, instruction(piece.instruction, name)) + run(look, field_character("separate"))
        if state == BOTH:
            result = self.content(piece.result)
        else:
            result = "".join(self._piece(each, state, moved) for _, inside in piece.result for each in inside)
        return head + result + run(look, field_character("end"))

    def _holder(self, holder: Holder, state: str, moved: str) -> str:
        """Return a link or control; a control that came or went has its tags in ranges."""
        if holder.is_control and state != BOTH:
            return self._revised_control(holder, state, moved)
        content = self.content(holder.content, state, move=moved, was_move=moved)
        return f"{holder.start}{content}{holder.end}" if content or holder.is_control else f"{holder.start.removesuffix('>')}/>"

    def _revised_control(self, control: Holder, state: str, moved: str) -> str:
        name = "w:customXmlInsRange" if state == NEW else "w:customXmlDelRange"
        start = gone(control.start) if state == OLD else control.start
        ranges = (*self.stamp.around(name), *self.stamp.around(name))
        opens, opened, closes, closed = ranges if self.in_row else map(for_word, ranges)
        content = self.content(control.content, state, move=moved, was_move=moved)
        whole = f"{opens}{start}{opened}{content}{closes}{control.end}{closed}"
        if not self.in_row:
            return whole
        # Written a second time, not taken over: both stand in the part, and no two revisions have one id.
        fallback = self.content(control.content, state, move=moved, was_move=moved)
        begins, ends = (f"<{state}{moved}>", f"</{state}{moved}>") if moved in self.moves else ("", "")
        return f"{begins}{for_word(MOVED.sub('', whole), MOVED.sub('', fallback))}{ends}"

    # --------------------------------------------------------------------------------------------------------- tables

    def table(self, table: Tbl) -> str:
        """Return a ``w:tbl``."""
        properties, grid = table.properties, _columns(table.grid)
        if table.was is not None:
            properties += self._change("w:tblPr", table.was)
        if table.was_grid is not None:
            grid += self.stamp.numbered("w:tblGridChange", wrapped("w:tblGrid", _columns(table.was_grid)))
        rows = table.text + "".join([self.row(each) for each in table.rows])
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def row(self, row: Tr) -> str:
        """Return a ``w:tr``."""
        properties = row.properties
        if row.state != BOTH:
            properties += self.stamp.mark("w:ins" if row.state == NEW else "w:del")
        if row.was is not None:
            properties += self._change("w:trPr", row.was)
        inside = replace(self, in_row=True) if row.state != BOTH else self
        cells = "".join([inside.cell(each) for each in row.cells])
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"

    def cell(self, cell: Tc) -> str:
        """Return a ``w:tc``."""
        change = self._change("w:tcPr", cell.was) if cell.was is not None else ""
        return f"<w:tc><w:tcPr>{cell.properties}{change}</w:tcPr>{self.flow(cell.blocks)}</w:tc>"


def _overlap(one: Holder, its_state: str, other: Holder, state: str) -> bool:
    """Return whether a link and a control with nothing that stays between them are a trap: one of them came or went."""
    return one.is_control != other.is_control and (its_state, state) != (BOTH, BOTH)


def _is_boxed(piece: Piece) -> bool:
    """Return whether a piece is runs, which a revision goes around; a field whose result alone changed isn't one."""
    return isinstance(piece, (R, Raw)) or (isinstance(piece, Field) and all(state == BOTH for state, _ in piece.result))


def _columns(widths: Sequence[int]) -> str:
    return "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)


def ppr(properties: PPr) -> str:
    """Return what ``w:pPr`` holds, in the order of CT_PPrBase."""
    style, keep_next, page_break, numbering, more = properties
    inner = val("w:pStyle", style) if style is not None else ""
    if keep_next:
        inner += "<w:keepNext/>"
    if page_break:
        inner += "<w:pageBreakBefore/>"
    if numbering is not None:
        inner += f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
    if page_break:
        inner += '<w:spacing w:before="0"/>'  # the first line of every page stands at the same height
    return inner + more
