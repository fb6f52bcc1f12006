"""Fields of a foreign document (ECMA-376 part 1, 17.16): kept where they mean the same in ours, frozen to their last result elsewhere.

A field is simple (``w:fldSimple`` with its instruction in an attribute) or complex: runs with ``w:fldChar`` begin, separate and end,
the instruction in ``w:instrText`` between the first two, cut into runs as the program that wrote it pleased, the result between the
last two. What stands before the separation isn't shown. In our document a page number, a table of contents or a date would be worked
out anew, and DDE, INCLUDETEXT and their like fetch or run something: of all these the result stays, as text. References to the
document's own bookmarks and links to web and mail addresses go on living, under the new names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from snc_docs.patterns import regex
from snc_docs.writers.docx.xml import SPACE_PRESERVE, Element, add, qn, unwrap

_REFERENCE: Final = regex(r'(\s*(?:PAGEREF|NOTEREF|REF)\s+"?)([^\s"\\]+)("?.*)', re.IGNORECASE | re.DOTALL)
_LINK: Final = regex(r'\s*HYPERLINK\s+"?(?:https?://|mailto:)[^"]*"?[^"]*', re.IGNORECASE)
_LINK_INSIDE: Final = regex(r'(\s*HYPERLINK\s+\\l\s+"?)([^\s"\\]+)("?.*)', re.IGNORECASE | re.DOTALL)
_BOX: Final = {True: "\N{BALLOT BOX WITH X}", False: "\N{BALLOT BOX}"}
_OFF: Final = frozenset(("0", "false", "off"))


@dataclass(slots=True)
class _Field:
    """A complex field: its characters, the pieces of its instruction, and what else stands where the instruction does."""

    begin: Element
    separate: Element | None = None
    end: Element | None = None
    instruction: list[Element] = field(default_factory=list)
    unseen: list[Element] = field(default_factory=list)


def settle_fields(story: Element, renamed: Mapping[str, str]) -> None:
    """Change the fields of a body or of notes in place; ``renamed`` gives the new name of each bookmark of the document."""
    for simple in list(story.iter(qn("w:fldSimple"))):
        kept = _kept(simple.get(qn("w:instr"), ""), renamed)
        if kept is None:
            unwrap(simple)
        else:
            simple.set(qn("w:instr"), kept)
    for each in _complex_fields(story):
        kept = _kept("".join(piece.text or "" for piece in each.instruction), renamed) if each.end is not None else None
        if kept is None:
            _freeze(each)
        else:
            first, *others = each.instruction
            first.text = kept
            first.set(*next(iter(SPACE_PRESERVE.items())))
            for other in others:
                _remove(other)


def _kept(instruction: str, renamed: Mapping[str, str]) -> str | None:
    """Return the instruction of a field that goes on living, with the new name of its bookmark; None for one that is frozen."""
    for pattern in (_REFERENCE, _LINK_INSIDE):
        match = pattern.fullmatch(instruction)
        if match is not None and match[2] in renamed:
            return f"{match[1]}{renamed[match[2]]}{match[3]}"
    return instruction if _LINK.fullmatch(instruction) else None


def _complex_fields(story: Element) -> Iterator[_Field]:
    """Yield the complex fields of a story, inner ones first; what never ends, or never began, too."""
    waiting: list[_Field] = []
    done: list[_Field] = []
    for each in story.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:tab"), qn("w:br"), qn("w:sym")):
        kind = each.get(qn("w:fldCharType")) if each.tag == qn("w:fldChar") else None
        if kind == "begin":
            waiting.append(_Field(each))
        elif kind is not None and not waiting:
            done.append(_Field(each))  # a character of no field: out with it
        elif kind == "separate":
            waiting[-1].separate = each
        elif kind == "end":
            waiting[-1].end = each
            done.append(waiting.pop())
        elif each.tag == qn("w:instrText"):
            if waiting:
                waiting[-1].instruction.append(each)
            else:
                done.append(_Field(each))
        else:
            unseen = next((outer for outer in waiting if outer.separate is None), None)
            if unseen is not None and each.getparent().tag == qn("w:r"):  # type: ignore[union-attr]  # a text has a run
                unseen.unseen.append(each)
    yield from (*done, *waiting)


def _freeze(each: _Field) -> None:
    """Take a field's characters and instruction out, so that its result stays as text; a form's box or choice is written out."""
    choice = _form_choice(each.begin)
    run = each.begin.getparent()
    if choice is not None and run is not None:
        text = add(run, "w:t")
        text.text = choice
    unseen = each.unseen if each.end is not None else ()  # of a field that never ends, nobody knows what isn't shown
    for element in (each.begin, each.separate, each.end, *each.instruction, *unseen):
        if element is not None:
            _remove(element)


def _form_choice(begin: Element) -> str | None:
    """Return what Word draws for a form's check box or list (17.16.7, 17.16.9), which has no result of its own; None for any other field."""
    box = begin.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
    if box is not None:
        state = box.find(qn("w:checked"))
        state = state if state is not None else box.find(qn("w:default"))
        return _BOX[state is not None and state.get(qn("w:val"), "1").lower() not in _OFF]
    choices = begin.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
    if choices is None:
        return None
    entries = [entry.get(qn("w:val"), "") for entry in choices.findall(qn("w:listEntry"))]
    chosen = choices.find(qn("w:result"))
    index = int(chosen.get(qn("w:val"), "0")) if chosen is not None else 0
    return entries[index] if 0 <= index < len(entries) else ""


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
