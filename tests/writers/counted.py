"""The numbers that Word counts in a Word file, by its own rules, sharing no code with the writer.

ECMA-376 part 1. A paragraph's list is its own ``w:numId``, else that of the nearest style below it that has one (17.7.2); 0 takes a list off
(17.9.18). Its level is its own ``w:ilvl``; in a style that is ignored where a level names the style by ``w:pStyle`` (17.9.23). A level starts
anew behind a higher one (17.9.10); lists of one ``w:abstractNum`` go on counting but where one says otherwise (17.9.26).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tests.tools import W, xml

Element = etree._Element

# What the writer numbers by itself in the text: the items of lettered lists.
_ITEMS = "534E4304"
_SIGNS = ("bullet", "none")


def counted(content: bytes) -> list[tuple[str, str]]:
    """Return the number and the words of every paragraph that has a number, those of lettered lists aside."""
    counts = _Counts(_Styles(xml(content, "word/styles.xml")), xml(content, "word/numbering.xml"))
    return [(label, "".join(each.itertext(f"{W}t"))) for each in xml(content).iter(f"{W}p") if (label := counts.label(each))]


def outlined(content: bytes) -> list[tuple[int, str]]:
    """Return the outline level, from 0, and the words of every paragraph that Word's table of contents would find (17.3.1.20)."""
    styles = _Styles(xml(content, "word/styles.xml"))
    levels = ((styles.value(each, "w:outlineLvl"), each) for each in xml(content).iter(f"{W}p"))
    return [(int(level), "".join(each.itertext(f"{W}t"))) for level, each in levels if level is not None and int(level) < 9]


def _name(prefixed: str) -> str:
    return prefixed.replace("w:", W)


def _val(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


class _Styles:
    def __init__(self, styles: Element) -> None:
        self.by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.default = next(name for name, style in self.by_id.items() if (style.get(f"{W}type"), style.get(f"{W}default")) == ("paragraph", "1"))

    def chain(self, paragraph: Element) -> Iterator[Element]:
        """Yield what a paragraph's properties come from: itself, its style, and those that this is based on."""
        yield paragraph
        name = _val(paragraph.find(f"{W}pPr/{W}pStyle")) or self.default
        while name is not None:
            yield self.by_id[name]
            name = _val(self.by_id[name].find(f"{W}basedOn"))

    def value(self, paragraph: Element, path: str) -> str | None:
        """Return the value that holds for a paragraph, None for none."""
        found = (_val(each.find(f"{W}pPr/{_name(path)}")) for each in self.chain(paragraph))
        return next((value for value in found if value is not None), None)


@dataclass
class _Counts:
    styles: _Styles
    numbering: Element
    counts: dict[str, list[int]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)

    def label(self, paragraph: Element) -> str:
        """Count a paragraph and return what stands before its words, "" for nothing."""
        number = self.styles.value(paragraph, "w:numPr/w:numId") or "0"
        num = next((each for each in self.numbering.iterfind(f"{W}num") if each.get(f"{W}numId") == number), None)
        if num is None:
            return ""
        key = _val(num.find(f"{W}abstractNumId")) or ""
        abstract = next(each for each in self.numbering.iterfind(f"{W}abstractNum") if each.get(f"{W}abstractNumId") == key)
        levels = {int(each.get(f"{W}ilvl", "0")): each for each in abstract.iterfind(f"{W}lvl")}
        level = self._level(paragraph, levels)
        if _val(abstract.find(f"{W}nsid")) == _ITEMS or _val(levels[level].find(f"{W}numFmt")) in _SIGNS:
            return ""
        return self._text(self._counted(key, num, level, levels), level, levels)

    def _level(self, paragraph: Element, levels: dict[int, Element]) -> int:
        own = _val(paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl"))
        if own is not None:
            return int(own)
        tied = {_val(level.find(f"{W}pStyle")): index for index, level in levels.items()}
        for style in list(self.styles.chain(paragraph))[1:]:
            if style.get(f"{W}styleId") in tied:
                return tied[style.get(f"{W}styleId")]
        return int(self.styles.value(paragraph, "w:numPr/w:ilvl") or "0")

    def _counted(self, key: str, num: Element, level: int, levels: dict[int, Element]) -> list[int]:
        starts = [int(_val(levels[each].find(f"{W}start")) or "1") for each in sorted(levels)]
        counts = self.counts.setdefault(key, [start - 1 for start in starts])
        if num.get(f"{W}numId", "") not in self.met:
            self.met.add(num.get(f"{W}numId", ""))
            for override in num.iterfind(f"{W}lvlOverride"):
                counts[int(override.get(f"{W}ilvl", "0"))] = int(_val(override.find(f"{W}startOverride")) or "1") - 1
        counts[level] += 1
        counts[level + 1 :] = [start - 1 for start in starts[level + 1 :]]
        for above in range(level):
            counts[above] = max(counts[above], starts[above])
        return counts

    def _text(self, counts: list[int], level: int, levels: dict[int, Element]) -> str:
        def shown(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            if _val(levels[index].find(f"{W}numFmt")) != "upperLetter":
                return str(counts[index])
            repeats, letter = divmod(counts[index] - 1, 26)
            return chr(ord("A") + letter) * (repeats + 1)

        return re.sub(r"%(\d)", shown, _val(levels[level].find(f"{W}lvlText")) or "")
