"""Lines of two versions as those of a redline, and what changed in each clause, written down line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import cast

from snc_docs.diff.blocks import BlockMerger, can_merge
from snc_docs.diff.changes import WordChange, WordKind
from snc_docs.diff.lines import text_of, whole_change
from snc_docs.diff.log import Log, Part
from snc_docs.diff.pairing import Pairing, lists_around, paired
from snc_docs.document.lines import Container, Placed
from snc_docs.document.nodes import Inline, Line, LineBlock, Paragraph, Section
from snc_docs.document.revisions import dressed, line_words
from snc_docs.document.sequences import regions


def merged_sections(old: Sequence[Section], new: Sequence[Section]) -> tuple[tuple[Line, ...], list[Part]]:
    """Return the lines of two versions as one, and the clauses and their parts in that order, with what changed in each."""
    moves = count(1)
    merging = _Merging(paired(old, new, moves), BlockMerger(moves))
    return tuple(merging.lines()), merging.parts


def compared(old: Section, new: Section, above: Part | None) -> list[Part]:
    """Return a section that has another place in each version, and its parts, with what changed in each."""
    _, (first, *parts) = merged_sections([old], [new])
    first.above = above
    return [first, *parts] if not first.is_alone else [Part(old, new, above)]


@dataclass(slots=True)
class _Merging:
    """Merges paired lines in order; the part of a section begins with its heading."""

    pairing: Pairing
    merger: BlockMerger
    parts: list[Part] = field(default_factory=list)
    # The part of each section of either version.
    part_of: dict[Container, Part] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        old, new = self.pairing.old, self.pairing.new
        for gone, come, both in regions(old.lines, new.lines, self.pairing.pairs):
            yield from self._whole(gone, come)
            yield from self._both(*both) if both else ()

    # ---------------------------------------------------------------------------------------- what one version has alone

    def _whole(self, gone: Sequence[Placed], come: Sequence[Placed]) -> Iterator[Line]:
        """Yield lines that went and lines that came; what has a successor of its kind in its clause changed into it."""
        waiting: list[tuple[Part, LineBlock]] = []
        for line in gone:
            part, move = self._part(line, line, None), self.pairing.old.moves.get(line.section, "")
            if line.block is not None and _is_told(line, move):
                waiting.append((part, line.block))
            yield Line(_content(line), line.frame, None, move=move)
        for line in come:
            part, move = self._part(line, None, line), self.pairing.new.moves.get(line.section, "")
            if line.block is not None and _is_told(line, move):
                former = next((each for each in waiting if each[0] is part and type(each[1]) is type(line.block)), None)
                waiting = [each for each in waiting if each is not former]
                part.log.words.append(whole_change(former[1] if former else None, line.block))
            yield Line(_content(line), None, line.frame, move=move)
        for part, block in waiting:
            part.log.words.append(whole_change(block, None))

    # ---------------------------------------------------------------------------------------------- what both have

    def _both(self, old: Placed, new: Placed) -> Iterator[Line]:
        """Yield one line that both versions have, or two where a block can't hold both its versions."""
        was, now = old.block, new.block
        if was is None or now is None:
            yield Line((), old.frame, new.frame)
        elif was != now and not (_is_worded(was) or can_merge(was, now)):
            yield from self._whole([old], [new])
        else:
            part, log = self._part(new, old, new), Log()
            yield Line((self._merged(was, now, log),), old.frame, new.frame, _former(was, now))
            is_heading = old.opened is not None and new.opened is not None
            (part.title if is_heading else part.log).words += [*log.words, *_recast(old, new)]

    def _merged(self, was: LineBlock, now: LineBlock, log: Log) -> LineBlock:
        if was == now or not _is_worded(now):
            return self.merger.one(was, now, log)
        return dressed(now, tuple(cast("Sequence[Inline]", self.merger.words(line_words(was), line_words(now), log))))

    # --------------------------------------------------------------------------------------------------------- parts

    def _part(self, line: Placed, old: Placed | None, new: Placed | None) -> Part:
        """Return the part that a line is in, as the newer of its versions has it; a heading begins one."""
        was, now = (each if each is not None and each.opened is not None else None for each in (old, new))
        heading = now or was
        if heading is not None:  # in a version in which it is no heading, no section begins
            self._begin(heading, was, now)
        return self.part_of[line.section]

    def _begin(self, heading: Placed, old: Placed | None, new: Placed | None) -> None:
        above = next((self.part_of[each] for each in reversed(heading.containers) if each in self.part_of), None)
        was, now = (cast("Section", each.section.node) if each else None for each in (old, new))
        part = Part(was, now, above)
        self.parts.append(part)
        self.part_of |= {each.section: part for each in (old, new) if each}


def _content(line: Placed) -> tuple[LineBlock, ...]:
    return (line.block,) if line.block is not None else ()


def _is_told(line: Placed, move: str) -> bool:
    """Return whether a line that came or went is told by itself: not a heading, nor what moved."""
    return line.opened is None and not move


def _is_worded(block: LineBlock) -> bool:
    """Return whether a block is a line of words alone, so that it may be another such block in the other version."""
    return isinstance(block, (Paragraph, Section))


def _former(was: LineBlock, now: LineBlock) -> LineBlock | None:
    """Return the block of the old version without its words, None where nothing but words changed."""
    if not _is_worded(was):
        return None
    shell = dressed(was, ())
    return shell if shell != dressed(now, ()) else None


def _recast(old: Placed, new: Placed) -> Iterator[WordChange]:
    """Yield the change of a paragraph that became a notice or an item, or whose list became another one."""
    was, now = old.block, new.block
    if isinstance(was, Paragraph) and isinstance(now, Paragraph) and (was.role, lists_around(old)) != (now.role, lists_around(new)):
        yield WordChange(WordKind.LOOK, text_of(was), text_of(now))
