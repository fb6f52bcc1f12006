"""numbering.xml: one multilevel list for articles, one for appendices, one for bullets, one for lettered lists.

ECMA-376 part 1, 17.9. ``w:abstractNum`` says how a list looks, ``w:num`` is one list; a ``w:lvlOverride`` with
``w:startOverride`` makes a list count from the start again. Levels of articles and appendices are tied to heading
styles by ``w:pStyle``; the style names the ``w:num`` in turn. The paragraphs of an article count at the level below its heading:
10.4 is the fourth behind the heading of Article 10, and a fifth level, of no style, counts those below the deepest heading. They have a
``w:num`` of their own, of the headings' ``w:abstractNum``: the lists go on counting together (17.9.26), and LibreOffice 7.4, for which every
paragraph of the headings' own ``w:num`` is a heading, lists none of them in the contents. Their number comes of their own ``w:numPr``, so the level's indent
goes before that of their style (17.9.22). Every ``w:nsid`` is a fixed number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from snc_docs.language.writing import Words
from snc_docs.writers.docx.markup import opened, val
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS
from snc_docs.writers.docx.xml import Element, parse, qn, serialize

# "SNC": what our lists' w:nsid begin with.
OWN_NSID: Final = "534E43"
# How far the words of an item stand from its list's margin, a level, in twips.
BULLET_INDENT: Final = 340
LETTER_INDENT: Final = 454
# How far the words of a numbered paragraph stand from its number's margin, in twips (14 mm): room for 10.10.10.
PARAGRAPH_INDENT: Final = 794
# The definitions of the lists that all clauses share, in the order of ``Lists``.
_SHARED: Final = (0, 1, 2, 0)
_BULLETS: Final = ("\u2013", "\u2022", "\u2013")
# Further lists share a definition: an nsid has two digits of its own, and a w:tmpl begins at 0x11.
_MOST_APART: Final = 200
_LETTERS: Final = (("lowerLetter", "(%1)"), ("lowerRoman", "(%2)"), ("upperLetter", "(%3)"))


class Lists(NamedTuple):
    """The ids of the articles' list, the appendices' and the bullets', and of the list of articles' paragraphs."""

    clauses: int
    appendices: int
    bullets: int
    paragraphs: int


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
    # Whether each lettered list is defined by itself, as in a redline: LibreOffice 7.4 counts on through lists of one definition where the first
    # item of the second one goes, and where an item has its former properties back.
    apart: bool = False
    lists: dict[str, int] = field(default_factory=dict)

    @property
    def shared(self) -> Lists:
        """Return the ids of the lists that all clauses share."""
        return Lists(*(self.first_number + index for index in range(len(_SHARED))))

    def list_id(self, key: str) -> int:
        """Return the id of a lettered list of its own, which starts at (a); the same for the same key."""
        return self.lists.setdefault(key, self.first_number + len(_SHARED) + len(self.lists))

    def xml(self) -> bytes:
        """Return the ``w:numbering`` part."""
        starts = [self.appendix_start if index == 1 else 1 for index in range(len(_SHARED))]
        numbers = "".join(
            _num(self.first_number + index, self.first_abstract + look, _start(0, start) if start != 1 else "")
            for index, (look, start) in enumerate(zip(_SHARED, starts, strict=True))
        )
        letters = "".join(_start(level, 1) for level in range(len(_LETTERS)))
        looks = range(self.first_abstract + 3, self.first_abstract + 3 + self._letters())
        numbers += "".join(_num(identifier, looks[min(index, len(looks) - 1)], letters) for index, identifier in enumerate(self.lists.values()))
        styles = tuple(self.style_ids.get(style.lower()) for style in (*CLAUSE_HEADINGS, *APPENDIX_HEADINGS))
        abstracts = _abstracts(self.words, styles, self.first_abstract, self._letters())
        if self.own is None:
            return f"{opened('w:numbering', 'w', 'r')}{abstracts}{numbers}</w:numbering>".encode()
        return self._behind_own(self.own, abstracts, numbers)

    def _letters(self) -> int:
        """Return how many definitions of lettered lists there are."""
        return max(1, min(len(self.lists), _MOST_APART)) if self.apart else 1

    def _behind_own(self, own: Element, abstracts: str, numbers: str) -> bytes:
        """Return a reference document's part with our lists behind its own: all ``w:abstractNum`` stand before all ``w:num``."""
        ours = [parse(f"{opened('w:numbering', 'w', 'r')}{each}</w:numbering>".encode()) for each in (abstracts, numbers)]
        own_numbers = list(own.findall(qn("w:num")))
        own.extend([*ours[0], *own_numbers, *ours[1]])
        return serialize(own)


@lru_cache(maxsize=16)
def _abstracts(words: Words, styles: tuple[str | None, ...], first: int, lettered: int) -> str:
    """Return how the lists look: articles, appendices, bullets, and letters as many times as asked."""
    inner = ("%1.%2", "%1.%2.%3", "%1.%2.%3.%4", "%1.%2.%3.%4.%5")
    clauses = [_level(0, "decimal", f"{words.clause}\u00a0%1.", style=styles[0], suffix="space")]
    for level, (text, style) in enumerate(zip(inner, (*styles[1 : len(CLAUSE_HEADINGS)], None), strict=True), 1):
        clauses.append(_level(level, "decimal", text, style=style, indent=PARAGRAPH_INDENT, hanging=PARAGRAPH_INDENT))
    appendices = [_level(0, "upperLetter", f"{words.appendix}\u00a0%1.", style=styles[len(CLAUSE_HEADINGS)], suffix="space")]
    for level, (text, style) in enumerate(zip(inner, styles[len(CLAUSE_HEADINGS) + 1 :], strict=False), 1):
        appendices.append(_level(level, "decimal", text, style=style, suffix="space"))
    bullets = [_level(level, "bullet", text, indent=BULLET_INDENT * (level + 1), hanging=BULLET_INDENT) for level, text in enumerate(_BULLETS)]
    letters = [_level(level, kind, text, indent=LETTER_INDENT * (level + 1), hanging=LETTER_INDENT) for level, (kind, text) in enumerate(_LETTERS)]
    return "".join(_abstract(index, first, levels) for index, levels in enumerate((clauses, appendices, bullets, *[letters] * lettered)))


def _abstract(index: int, first: int, levels: list[str]) -> str:
    facts = val("w:nsid", f"{OWN_NSID}{index + 1:02X}") + val("w:multiLevelType", "multilevel") + val("w:tmpl", f"{OWN_NSID}{index + 0x11:02X}")
    return f'<w:abstractNum w:abstractNumId="{first + index}">{facts}{"".join(levels)}</w:abstractNum>'


def _level(level: int, kind: str, text: str, *, style: str | None = None, suffix: str = "tab", indent: int = 0, hanging: int = 0) -> str:
    """Return a ``w:lvl``, its children in the order of CT_Lvl."""
    place = f'w:left="{indent}" w:hanging="{hanging}"' if indent else 'w:left="0" w:firstLine="0"'
    named = val("w:pStyle", style) if style else ""
    return (
        f'<w:lvl w:ilvl="{level}">{val("w:start", 1)}{val("w:numFmt", kind)}{named}{val("w:suff", suffix)}{val("w:lvlText", text)}'
        f"{val('w:lvlJc', 'left')}<w:pPr><w:ind {place}/></w:pPr></w:lvl>"
    )


def _num(identifier: int, abstract: int, overrides: str) -> str:
    return f'<w:num w:numId="{identifier}">{val("w:abstractNumId", abstract)}{overrides}</w:num>'


def _start(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}">{val("w:startOverride", start)}</w:lvlOverride>'
