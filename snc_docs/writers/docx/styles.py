"""The styles that the writer uses, by the names Word shows, and what each language and numbering adds to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from snc_docs.writers.docx.xml import Element, add, add_val, put, qn, root

# Built-in styles keep their English names in every language of Word (ECMA-376 part 1, 17.7.4.9), so names are looked up, not ids.
PARAGRAPH_STYLES: Final = (
    "Normal",
    "heading 1",
    "heading 2",
    "heading 3",
    "heading 4",
    "Unnumbered Heading",
    "Appendix Heading",
    "Appendix Heading 2",
    "Appendix Heading 3",
    "Appendix Heading 4",
    "Title",
    "Subtitle",
    "TOC Heading",
    "toc 1",
    "toc 2",
    "List Paragraph",
    "Definition",
    "Notice",
    "Illustration",
    "Table Text",
    "Table Heading",
    "Table Group",
    "Fact Text",
    "Spacer",
)
CHARACTER_STYLES: Final = ("Hyperlink", "Placeholder Text")
TABLE_STYLES: Final = ("Agreement Table", "Facts Table", "Signature Table")

# One a level, as deep as headings go.
CLAUSE_HEADINGS: Final = ("heading 1", "heading 2", "heading 3", "heading 4")
APPENDIX_HEADINGS: Final = ("Appendix Heading", "Appendix Heading 2", "Appendix Heading 3", "Appendix Heading 4")

_BEHIND_PROPERTIES: Final = {qn(f"w:{name}") for name in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")}


class Styles:
    """The ids of the styles that the writer uses, by the names that Word shows; None for one that a reference document lacks."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        """Take all ids of a document, by lower-case name."""
        self._ids = {name: ids.get(name.lower()) for name in (*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES)}
        self._key = tuple(self._ids.values())
        self._hash = hash(self._key)

    def __getitem__(self, name: str) -> str | None:
        """Return the id of a style."""
        return self._ids[name]

    def __eq__(self, other: object) -> bool:
        """Compare the ids."""
        return isinstance(other, Styles) and self._key == other._key

    def __hash__(self) -> int:
        """Hash the ids."""
        return self._hash


def style_ids(styles: Element) -> dict[str, str]:
    """Return the style ids by lower-case name."""
    found = {}
    for style in styles.iterfind(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and style.get(qn("w:styleId")):
            found[name.get(qn("w:val"), "").lower()] = style.get(qn("w:styleId"), "")
    return found


def tab_stops(styles: Element, names: Collection[str]) -> tuple[int, ...]:
    """Return the places of the tab stops of styles, in twips, those at a hanging indent included (17.3.1.37)."""
    found = set()
    ids = {identifier for name, identifier in style_ids(styles).items() if name in names}
    for style in styles.iterfind(qn("w:style")):
        if style.get(qn("w:styleId")) in ids:
            found |= {each.get(qn("w:pos"), "") for each in style.iterfind(f"{qn('w:pPr')}/{qn('w:tabs')}/{qn('w:tab')}")}
            found |= {each.get(qn("w:left"), "") for each in style.iterfind(f"{qn('w:pPr')}/{qn('w:ind')}")}
    return tuple(sorted(int(each) for each in found if each.isdecimal() and int(each)))


def set_language(styles: Element, locale: str) -> None:
    """Set the proofing language of the document's defaults (``w:docDefaults``), on which every style rests."""
    defaults = _child(styles, "w:docDefaults", first=True)
    properties = _child(_child(defaults, "w:rPrDefault", first=True), "w:rPr")
    language = _child(properties, "w:lang")
    language.set(qn("w:val"), locale)
    language.set(qn("w:eastAsia"), locale)


def set_numbering(styles: Element, names: tuple[str, ...], numbering_id: int) -> None:
    """Tie heading styles to the levels of one multilevel numbering (``w:numPr``)."""
    ids = style_ids(styles)
    for level, name in enumerate(names):
        style = next((each for each in styles.iterfind(qn("w:style")) if each.get(qn("w:styleId")) == ids.get(name.lower())), None)
        if style is not None:
            put(style_properties(style), numbered(numbering_id, level))


def numbered(numbering_id: int, level: int | None = None) -> Element:
    """Return a ``w:numPr``; list 0 takes off what would be inherited (17.9.18)."""
    number = root("w:numPr", "w")
    if level is not None:
        add_val(number, "w:ilvl", level)
    add_val(number, "w:numId", numbering_id)
    return number


def style_properties(style: Element) -> Element:
    """Return the ``w:pPr`` of a style, made where it has none: in CT_Style it stands before all other properties."""
    properties = style.find(qn("w:pPr"))
    if properties is None:
        properties = add(style, "w:pPr")
        at = next((index for index, each in enumerate(style) if each.tag in _BEHIND_PROPERTIES), len(style) - 1)
        style.insert(at, properties)
    return properties


def _child(parent: Element, name: str, *, first: bool = False) -> Element:
    found = parent.find(qn(name))
    if found is None:
        found = add(parent, name)
        if first:
            parent.insert(0, found)
    return found
