"""What styles inherit from headings, and how it is kept from text that is no heading.

A style has all that it doesn't say from the style that it rests on (``w:basedOn``, ECMA-376 part 1, 17.7.4.3), and that in turn, each
property by itself (17.7.2); of ``w:numPr``, so says Word's own Subtitle, the list and the level each. So what rests on *heading 1* is in
the articles' list as soon as *heading 1* is. Word's *TOC Heading* rests on it; as Word ships it, it has outline level 9 of its own (17.3.1.20: body
text, not listed) and nothing against the number: it would count as Article 1.

- **Numbers**: a style without a number in the tree has ``w:numId`` 0, which takes inherited numbering off (17.9.18). A style that the writer doesn't
  use has it where the number would be one of ours. A list that shows signs alone (``bullet``, ``none``) counts nothing and stays,
  but for items of lists: the writer gives those their signs. Table styles have properties of paragraphs too (17.7.6), and
  so has the document (17.7.5.2): theirs lose them.
- **Outline levels**: the headings of articles and appendices have theirs, all else has none, or the table of contents would list itself.
- **Keep with next, page break before**: a look, which headings, the cover's title and the heading of the contents keep as Word shows it.
  Text that has them from a heading would be one page a paragraph, or one that can't be broken: it loses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS, PARAGRAPH_STYLES, numbered, style_ids, style_properties
from snc_docs.writers.docx.xml import Element, add_val, parse, put, qn, root

_NUMBERED: Final = (*CLAUSE_HEADINGS, *APPENDIX_HEADINGS)
# The outline level of each heading that the table of contents may list.
_LEVELS: Final = {name: level for names in (CLAUSE_HEADINGS, APPENDIX_HEADINGS, ("Unnumbered Heading",)) for level, name in enumerate(names)}
_LOOKS_LIKE_HEADING: Final = frozenset((*_LEVELS, "Title", "TOC Heading"))
_SIGNED_BY_THE_WRITER: Final = "List Paragraph"
_SIGNS: Final = frozenset(("bullet", "none"))
_BODY_TEXT: Final = 9  # the outline level of what isn't listed
_OFF: Final = "0"
# What neither a table nor the document's defaults may give to paragraphs.
_OF_HEADINGS: Final = (qn("w:numPr"), qn("w:outlineLvl"))


def keep_apart(styles: Element, signs: frozenset[str]) -> None:
    """Take off what styles inherit from headings and mustn't; the headings are tied to their lists already, ``signs`` are lists that don't count."""
    holders = [each for each in styles if each.tag == qn("w:docDefaults") or each.get(qn("w:type")) == "table"]
    for each in [each for holder in holders for each in holder.iter(*_OF_HEADINGS)]:
        each.getparent().remove(each)  # type: ignore[union-attr]  # none is the root
    family = Family(styles)
    for style in family.from_the_bottom():
        _take_number_off(style, family, signs)
        name = family.name(style)
        if name is not None:
            _set_level(style, name, family)
            _take_breaks_off(style, name, family)


class Family:
    """The paragraph styles of a part, and what each has of its own and of those that it rests on."""

    def __init__(self, styles: Element) -> None:
        """Know styles by their ids."""
        self._by_id = {style.get(qn("w:styleId"), ""): style for style in styles.iterfind(qn("w:style"))}
        self._ids = ids = style_ids(styles)
        self._names = {ids[name.lower()]: name for name in PARAGRAPH_STYLES if name.lower() in ids}
        self.numbered = frozenset(ids[name.lower()] for name in _NUMBERED if name.lower() in ids)

    def named(self, name: str) -> Element | None:
        """Return the style of a lower-case name, None where there is none."""
        return self._by_id.get(self._ids.get(name, ""))

    def from_the_bottom(self) -> list[Element]:
        """Return the styles of paragraphs, each behind those that it rests on: what these lose it has lost too."""
        ours = [style for style in self._by_id.values() if style.get(qn("w:type"), "paragraph") == "paragraph"]
        return sorted(ours, key=lambda style: len(list(self.lineage(style))))

    def name(self, style: Element) -> str | None:
        """Return the name by which the writer uses a style; text without a style is in the default one, whatever it is called."""
        known = self._names.get(style.get(qn("w:styleId"), ""))
        return known or ("Normal" if style.get(qn("w:default")) in ("1", "true", "on") else None)

    def found(self, style: Element, path: str) -> tuple[str, str] | None:
        """Return the id of the style that a value comes from, and the value: that of the style, or of the first below it that has one."""
        for each in self.lineage(style):
            properties = each.find(qn("w:pPr"))
            element = properties.find("/".join(map(qn, path.split("/")))) if properties is not None else None
            if element is not None:
                return each.get(qn("w:styleId"), ""), element.get(qn("w:val"), "")
        return None

    def lineage(self, style: Element) -> Iterator[Element]:
        """Yield a style and those that it rests on; Word lets none rest on itself, but a file may."""
        met: set[str] = set()
        following: Element | None = style
        while following is not None and following.get(qn("w:styleId"), "") not in met:
            met.add(following.get(qn("w:styleId"), ""))
            yield following
            based = following.find(qn("w:basedOn"))
            following = self._by_id.get(based.get(qn("w:val"), "")) if based is not None else None


def _take_number_off(style: Element, family: Family, signs: frozenset[str]) -> None:
    found = family.found(style, "w:numPr/w:numId")
    if found is None or found[1] == _OFF or style.get(qn("w:styleId")) in family.numbered:
        return
    name = family.name(style)
    counts = found[1] not in signs or name == _SIGNED_BY_THE_WRITER
    if found[0] in family.numbered or (name is not None and counts):
        put(style_properties(style), numbered(0))


def _set_level(style: Element, name: str, family: Family) -> None:
    level = _LEVELS.get(name, _BODY_TEXT)
    found = family.found(style, "w:outlineLvl")
    if (found[1] if found else str(_BODY_TEXT)) != str(level):
        put(style_properties(style), _valued("w:outlineLvl", level))


def _take_breaks_off(style: Element, name: str, family: Family) -> None:
    for what in ("w:keepNext", "w:pageBreakBefore"):
        found = family.found(style, what)
        if found and found[0] in family.numbered and name not in _LOOKS_LIKE_HEADING:
            put(style_properties(style), _valued(what, 0))


def _valued(name: str, value: int) -> Element:
    holder = root("w:pPr", "w")
    return add_val(holder, name, value)


def lists_of_signs(numbering: bytes | None) -> frozenset[str]:
    """Return the lists (``w:numId``) of a reference document that show signs alone, at every level."""
    if numbering is None:
        return frozenset()
    part = parse(numbering)
    forms = {
        each.get(qn("w:abstractNumId")): {form.get(qn("w:val")) for form in each.iterfind(f"{qn('w:lvl')}/{qn('w:numFmt')}")}
        for each in part.iterfind(qn("w:abstractNum"))
    }
    lists = ((each.get(qn("w:numId"), ""), each.find(qn("w:abstractNumId"))) for each in part.iterfind(qn("w:num")))
    return frozenset(number for number, of in lists if of is not None and set() < forms.get(of.get(qn("w:val")), set()) <= _SIGNS)
