"""What a Word file from outside holds that can't pass into ours as it is, found by element and never by the text of a tag.

One meaning has many spellings: another program names the prefix ``ns0`` or breaks a tag after its name, so nothing here looks at
bytes. Elements are those of ECMA-376 part 1 (17.13 revisions, 17.16 fields, 17.17 documents inside) and of [MS-DOCX].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from snc_docs.patterns import regex

# What the fields to fill in of our documents are bound to: the namespace of the custom XML part, and the identifier of its store.
FIELDS: Final = "urn:snc_docs:fields:1"
FIELDS_STORE: Final = "{5E0C5EC4-0001-4000-8000-53454E434C44}"

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _word(names: str) -> frozenset[str]:
    return frozenset(WORD + name for name in names.split())


REVISIONS: Final = _word(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tblGridChange trPrChange tcPrChange cellIns cellDel "
    "cellMerge numberingChange customXmlInsRangeStart customXmlDelRangeStart customXmlMoveFromRangeStart customXmlMoveToRangeStart"
) | {f"{_W14}conflictIns", f"{_W14}conflictDel"}
DOCUMENTS_INSIDE: Final = _word("altChunk subDoc")
OBJECTS: Final = frozenset(("{urn:schemas-microsoft-com:office:office}OLEObject", f"{WORD}control"))
# What prints; a run's other children say how, or where.
SHOWN: Final = _word("t drawing pict object sym tab br ptab noBreakHyphen softHyphen footnoteReference") | {
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
}
# [MS-DOCX]: word/2010/wordml and what came after it; drawings have other names.
NEWER: Final = (
    "{http://schemas.microsoft.com/office/word/201",
    "{http://schemas.microsoft.com/office/word/202",
    "{http://schemas.microsoft.com/office/word/2006/wordml",
)
_DRAWINGS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessing"
_HOLD_CONTENT: Final = _word("body tc p r")

_ACTIVE: Final = frozenset(
    "DDEAUTO DDE INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK MACROBUTTON DATABASE RD GOTOBUTTON AUTOTEXT AUTOTEXTLIST MERGEFIELD PRINT ASK "
    "FILLIN".split()
)
# 17.16.5: those that show nothing of themselves, and a form's, whose box or choice is written out.
_SHOW_NOTHING: Final = frozenset("XE TC TA RD SET ASK PRIVATE ADVANCE HYPERLINK REF PAGEREF NOTEREF FORMTEXT FORMCHECKBOX FORMDROPDOWN PRINT".split())
_LINK: Final = regex(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]\S*))', re.IGNORECASE)
_WORDS: Final = regex(r"[A-Z]+")


@dataclass(slots=True)
class Field:
    """A field's instruction, whether its result was reached, whether it stands in an outer one's instruction, and whether it prints anything."""

    instruction: str = ""
    is_result: bool = False
    is_hidden: bool = False
    prints: bool = False

    @property
    def kind(self) -> str:
        """Return the first word of the instruction in capitals, as ``DDEAUTO``; ``=`` for a formula, empty where there is none."""
        words = self.instruction.split()
        return (_WORDS.match(words[0].upper()) or [words[0][:1]])[0] if words else ""


def holds(root: ET.Element, names: frozenset[str]) -> bool:
    """Return whether an element of one of those names stands in a part."""
    return any(element.tag in names for element in root.iter())


def is_newer(name: str) -> bool:
    """Return whether a name belongs to a version of Word after the standard's, drawings aside."""
    return name.startswith(NEWER) and not name.startswith(_DRAWINGS)


def active_fields(root: ET.Element) -> set[str]:
    """Return the kinds of the fields in a part that fetch or run something, wherever in an instruction they stand."""
    said = " ".join(each.instruction for each in fields(root)).upper()
    loose = " ".join(each.text or "" for each in root.iter(f"{WORD}instrText")).upper()  # of a field that never ends, too
    return {word for word in _WORDS.findall(f"{said} {loose}") if word in _ACTIVE}


def fetched_addresses(root: ET.Element) -> Iterator[str]:
    """Yield the addresses that a part's old drawings fetch by themselves, without a relationship (part 4, 19.1.2: src, o:href)."""
    for element in root.iter():
        yield from (value for name, value in element.attrib.items() if value and (name == "src" or name.endswith("}href")))


def linked_addresses(root: ET.Element) -> Iterator[str]:
    """Yield where a part's old drawings and HYPERLINK fields lead, which have no relationship either."""
    yield from (element.get("href", "") for element in root.iter() if element.get("href"))
    for each in fields(root):
        match = _LINK.match(each.instruction)
        if match is not None:
            yield match[1] or match[2]


def fields_without_result(root: ET.Element) -> set[str]:
    """Return the kinds of the fields of which Word shows something that the file doesn't hold: EQ, LISTNUM, a button's words."""
    return {each.kind for each in fields(root) if not (each.prints or each.is_hidden) and each.kind and each.kind not in _SHOW_NOTHING}


def newer_content(root: ET.Element) -> set[str]:
    """Return the names of what only a newer Word shows and the file gives no other form of (part 3, 10.2)."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for child in element:
            if child.tag == f"{_MC}AlternateContent" and child.find(f"{_MC}Fallback/*") is not None:
                continue
            if element.tag in _HOLD_CONTENT or element.tag == f"{_MC}Choice":
                found |= {child.tag.rpartition("}")[2]} if is_newer(child.tag) or child.tag == f"{WORD}contentPart" else set()
            waiting.append(child)
    return found


def fields(root: ET.Element) -> Iterator[Field]:
    """Yield the fields of a part that end, inner ones first (17.16.18, 17.16.19)."""
    opened: list[Field] = []
    for entering, element in _walk(root):
        if element.tag == f"{WORD}fldSimple":
            if entering:
                _open(opened, element.get(f"{WORD}instr", ""), is_result=True)
            elif opened:
                yield _close(opened)
        elif entering and element.tag == f"{WORD}fldChar":
            kind = element.get(f"{WORD}fldCharType")
            if kind == "begin":
                _open(opened)
            elif kind == "separate" and opened:
                opened[-1].is_result = True
            elif kind == "end" and opened:
                yield _close(opened)
        elif entering and element.tag == f"{WORD}instrText" and opened:
            opened[-1].instruction += element.text or ""
        elif entering and element.tag in SHOWN and opened:
            opened[-1].prints = opened[-1].prints or opened[-1].is_result


def _open(opened: list[Field], instruction: str = "", *, is_result: bool = False) -> None:
    outer = opened[-1] if opened else Field(is_result=True)
    opened.append(Field(instruction, is_result, is_hidden=outer.is_hidden or not outer.is_result))


def _close(opened: list[Field]) -> Field:
    """Take the innermost field off; what it prints, the result that it stands in prints."""
    done = opened.pop()
    if opened and opened[-1].is_result:
        opened[-1].prints = opened[-1].prints or done.prints
    return done


def _walk(root: ET.Element) -> Iterator[tuple[bool, ET.Element]]:
    """Yield each element on entering and on leaving it, however deep they nest."""
    waiting = [(True, root)]
    while waiting:
        entering, element = waiting.pop()
        yield entering, element
        if entering:
            waiting.append((False, element))
            waiting.extend((True, child) for child in reversed(element))
