"""Two versions of the content of one paragraph, as one with revisions.

Words that only changed their look keep standing, with the old look in ``w:rPrChange`` (17.13.5.31); of a field that shows
something else the result alone is revised; a link to the same address is compared inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from snc_docs.document.sequences import matched, without_lone
from snc_docs.language.tokens import is_space
from snc_docs.writers.docx.paragraphs import set_text
from snc_docs.writers.docx.tracked.atoms import Atom, Break, Field, Holder, Mark, Word, atoms, content_of, size
from snc_docs.writers.docx.tracked.stamp import BOTH, NEW, OLD, Stamp, in_boxes
from snc_docs.writers.docx.xml import Element, qn

_T: Final = qn("w:t")
_DELETED_T: Final = qn("w:delText")

Step = tuple[str, Atom, Atom | None]


def merged_content(old: Sequence[Element], new: Sequence[Element], stamp: Stamp) -> list[Element]:
    """Return the content of a paragraph that holds both versions; the elements given are used up."""
    old_atoms, new_atoms = atoms(old), atoms(new)
    line = _Line(stamp)
    for state, atom, before in _steps(old_atoms, new_atoms):
        line.add(state, atom, before)
    return line.done


def cut_content(old: Sequence[Sequence[Element]], new: Sequence[Sequence[Element]], stamp: Stamp) -> list[list[Element]]:
    """Return the content of paragraphs, one side one and the other its pieces, as that of the pieces."""
    lines = [_Line(stamp)]
    for state, atom, before in _steps(*(_with_breaks(side) for side in (old, new))):
        if isinstance(atom, Break):
            lines.append(_Line(stamp))
        else:
            lines[-1].add(state, atom, before)
    return [line.done for line in lines]


def _with_breaks(paragraphs: Sequence[Sequence[Element]]) -> list[Atom]:
    result = atoms(paragraphs[0])
    for content in paragraphs[1:]:
        result += [Break(), *atoms(content)]
    return result


def _steps(old: list[Atom], new: list[Atom]) -> Iterator[Step]:
    """Yield what is deleted, inserted and kept, in reading order; what is kept with its old version."""
    pairs = matched([atom.identity for atom in old], [atom.identity for atom in new], _gain(old, new))
    pairs = without_lone(pairs, len(old), len(new), lambda index: _is_lone_space(old[index]))
    one = other = 0
    for kept, found in [*pairs, (len(old), len(new))]:
        yield from ((OLD, atom, None) for atom in old[one:kept])
        yield from ((NEW, atom, None) for atom in new[other:found])
        if kept < len(old):
            yield BOTH, new[found], old[kept]
        one, other = kept + 1, found + 1


def _is_lone_space(atom: Atom) -> bool:
    return isinstance(atom, Word) and is_space(atom.text)


def _gain(old: list[Atom], new: list[Atom]) -> Callable[[int, int], float]:
    """Return how much is gained by keeping an atom: its characters, half of them for a space, and less where something about it changed."""
    numbers: dict[Any, int] = {}
    keys, other_keys = ([numbers.setdefault(atom.key, len(numbers)) for atom in atoms_of] for atoms_of in (old, new))
    gains = [size(atom) * (0.5 if _is_lone_space(atom) else 1.0) + 0.01 for atom in new]

    def gain(one: int, other: int) -> float:
        if keys[one] != other_keys[other]:
            return 0.0
        return gains[other] if old[one].identity == new[other].identity else gains[other] * 0.7

    return gain


@dataclass(slots=True)
class _Line:
    """Writes atoms as runs, those in a row that share their state and look as one."""

    stamp: Stamp
    done: list[Element] = field(default_factory=list)
    # The revision and the run that the next word may join, and what it must share with them.
    _box: Element | None = None
    _box_state: str = BOTH
    _run: Element | None = None
    _look: Any = None

    def add(self, state: str, atom: Atom, before: Atom | None) -> None:
        match atom:
            case Word():
                self._word(state, atom, before if isinstance(before, Word) else None)
            case Field(opening, result, ending):
                if isinstance(before, Field) and before.identity != atom.identity:
                    self._bare(opening)
                    self._bare(merged_content(before.result, result, self.stamp))
                    self._bare(ending)
                else:
                    self._boxed([*opening, *result, *ending], state)
            case Holder():
                self._holder(state, atom, before if isinstance(before, Holder) else None)
            case Mark(element):
                self._bare([element])
            case Break():
                raise AssertionError("a break is between lines, not in one")

    def _bare(self, elements: Sequence[Element]) -> None:
        """Append elements outside of any revision."""
        self.done += elements
        self._box, self._box_state, self._run = None, BOTH, None

    def _boxed(self, elements: list[Element], state: str) -> None:
        if state == BOTH:
            self._bare(elements)
        else:
            self._bare(in_boxes(self.stamp, elements, state))

    def _holder(self, state: str, holder: Holder, before: Holder | None) -> None:
        if before is not None and before.identity != holder.identity:
            content = content_of(holder.element)
            content[:] = merged_content(list(content_of(before.element)), list(content), self.stamp)
            self._bare([holder.element])
        else:
            self._boxed([holder.element], state)

    def _word(self, state: str, word: Word, before: Word | None) -> None:
        look = (state, word.look, before.look if before is not None else word.look)
        if self._run is None or look != self._look:
            self._run, self._look = self._new_run(state, word, before), look
        if word.element is not None:
            self._run.append(deepcopy(word.element))
            return
        name = _DELETED_T if state == OLD else _T
        last = self._run[-1] if len(self._run) and self._run[-1].tag == name else etree.SubElement(self._run, name)
        set_text(last, (last.text or "") + word.text)

    def _new_run(self, state: str, word: Word, before: Word | None) -> Element:
        run = etree.Element(qn("w:r"))
        if word.form is not None:
            run.append(deepcopy(word.form))
        if before is not None and before.look != word.look:
            self._was(run, before)
        if state == BOTH:
            self._bare([run])
        else:
            if self._box is None or self._box_state != state:
                self._box, self._box_state = self.stamp.box(state), state
                self.done.append(self._box)
            self._box.append(run)
        return run

    def _was(self, run: Element, before: Word) -> None:
        """Note the old look of a run, last in its ``w:rPr``."""
        if not len(run):
            etree.SubElement(run, qn("w:rPr"))
        change = self.stamp.mark("w:rPrChange")
        change.append(deepcopy(before.form) if before.form is not None else etree.Element(qn("w:rPr")))
        run[0].append(change)
