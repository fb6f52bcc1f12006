"""numbering.xml: one multilevel list for articles, one for appendices, one for bullets, one for lettered lists.

ECMA-376 part 1, 17.9. ``w:abstractNum`` says how a list looks, ``w:num`` is one list; a ``w:lvlOverride`` with
``w:startOverride`` makes a list count from the start again. Levels of articles and appendices are tied to heading
styles by ``w:pStyle``; the style names the ``w:num`` in turn. Every ``w:nsid`` is a fixed number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from snc_docs.language.labels import Words
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS
from snc_docs.writers.docx.xml import Element, add, add_val, qn, root

# "SNC": what our lists' w:nsid begin with.
OWN_NSID: Final = "534E43"
# How far the words of an item stand from its list's margin, a level, in twips.
BULLET_INDENT: Final = 340
LETTER_INDENT: Final = 454
_BULLETS: Final = ("\u2013", "\u2022", "\u2013")
_LETTERS: Final = (("lowerLetter", "(%1)"), ("lowerRoman", "(%2)"), ("upperLetter", "(%3)"))


@dataclass(slots=True)
class Numbering:
    """The lists of one document, behind those of ``own``, a reference document's part, if it has one.

    ``first_abstract`` and ``first_number`` are the first ids that ``own`` leaves free.
    """

    words: Words
    style_ids: dict[str, str]
    own: Element | None = None
    first_abstract: int = 0
    first_number: int = 1
    appendix_start: int = 1
    lists: list[int] = field(default_factory=list)
    _by_key: dict[str | None, int] = field(default_factory=dict)

    @property
    def clauses(self) -> int:
        """Return the id of the articles' list."""
        return self.first_number

    @property
    def appendices(self) -> int:
        """Return the id of the appendices' list."""
        return self.first_number + 1

    @property
    def bullets(self) -> int:
        """Return the id of the bullets."""
        return self.first_number + 2

    def new_list(self, key: str | None = None) -> int:
        """Return the id of one more lettered list, which starts at (a); the same for the same key, of a list that two versions have."""
        if key in self._by_key:
            return self._by_key[key]
        self.lists.append(self.first_number + 3 + len(self.lists))
        if key is not None:
            self._by_key[key] = self.lists[-1]
        return self.lists[-1]

    def xml(self) -> Element:
        """Return the ``w:numbering`` part."""
        numbering = root("w:numbering", "w", "r") if self.own is None else self.own
        numbers = list(numbering.findall(qn("w:num")))
        for number in numbers:
            numbering.remove(number)
        self._clauses(numbering)
        self._appendices(numbering)
        self._bullets(numbering)
        self._letters(numbering)
        numbering.extend(numbers)
        self._numbers(numbering)
        return numbering

    def _abstract(self, numbering: Element, index: int) -> Element:
        abstract = add(numbering, "w:abstractNum", {"w:abstractNumId": str(self.first_abstract + index)})
        add_val(abstract, "w:nsid", f"{OWN_NSID}{index + 1:02X}")
        add_val(abstract, "w:multiLevelType", "multilevel")
        add_val(abstract, "w:tmpl", f"{OWN_NSID}{index + 0x11:02X}")
        return abstract

    def _clauses(self, numbering: Element) -> None:
        abstract = self._abstract(numbering, 0)
        texts = (f"{self.words.clause}\u00a0%1.", "%1.%2", "%1.%2.%3")
        for level, (text, style) in enumerate(zip(texts, CLAUSE_HEADINGS, strict=True)):
            _level(abstract, level, "decimal", text, style=self.style_ids.get(style.lower()), suffix="space")

    def _appendices(self, numbering: Element) -> None:
        abstract = self._abstract(numbering, 1)
        texts = (f"{self.words.appendix}\u00a0%1.", "%1.%2", "%1.%2.%3")
        for level, (text, style) in enumerate(zip(texts, APPENDIX_HEADINGS, strict=True)):
            kind = "decimal" if level else "upperLetter"
            _level(abstract, level, kind, text, style=self.style_ids.get(style.lower()), suffix="space")

    def _bullets(self, numbering: Element) -> None:
        abstract = self._abstract(numbering, 2)
        for level, bullet in enumerate(_BULLETS):
            _level(abstract, level, "bullet", bullet, indent=BULLET_INDENT * (level + 1), hanging=BULLET_INDENT)

    def _letters(self, numbering: Element) -> None:
        abstract = self._abstract(numbering, 3)
        for level, (kind, text) in enumerate(_LETTERS):
            _level(abstract, level, kind, text, indent=LETTER_INDENT * (level + 1), hanging=LETTER_INDENT)

    def _numbers(self, numbering: Element) -> None:
        for index in range(3):
            number = _num(numbering, self.first_number + index, self.first_abstract + index)
            if index == 1 and self.appendix_start != 1:
                _start(number, 0, self.appendix_start)
        for identifier in self.lists:
            number = _num(numbering, identifier, self.first_abstract + 3)
            for level in range(len(_LETTERS)):
                _start(number, level, 1)


def _level(
    abstract: Element, level: int, kind: str, text: str, *, style: str | None = None, suffix: str = "tab", indent: int = 0, hanging: int = 0
) -> None:
    """Append a ``w:lvl``, its children in the order of CT_Lvl."""
    element = add(abstract, "w:lvl", {"w:ilvl": str(level)})
    add_val(element, "w:start", 1)
    add_val(element, "w:numFmt", kind)
    if style:
        add_val(element, "w:pStyle", style)
    add_val(element, "w:suff", suffix)
    add_val(element, "w:lvlText", text)
    add_val(element, "w:lvlJc", "left")
    place = {"w:left": str(indent), "w:hanging": str(hanging)} if indent else {"w:left": "0", "w:firstLine": "0"}
    add(add(element, "w:pPr"), "w:ind", place)


def _num(numbering: Element, identifier: int, abstract: int) -> Element:
    number = add(numbering, "w:num", {"w:numId": str(identifier)})
    add_val(number, "w:abstractNumId", abstract)
    return number


def _start(number: Element, level: int, start: int) -> None:
    override = add(number, "w:lvlOverride", {"w:ilvl": str(level)})
    add_val(override, "w:startOverride", start)
