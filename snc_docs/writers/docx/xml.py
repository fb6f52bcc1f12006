"""WordprocessingML elements by their prefixed names, as ECMA-376 part 1 writes them (``w:p``, ``w:pPr`` …)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from lxml import etree

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
SPACE_PRESERVE: Final = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}

Element = etree._Element  # noqa: SLF001  # lxml's public name for the type of an element


@cache
def qn(name: str) -> str:
    """Return ``{namespace}local`` for ``prefix:local``."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


# CT_PPrBase, then EG_RPrBase, in the order of the schema.
_SCHEMA_ORDER: Final = tuple(
    qn(f"w:{name}")
    for name in (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
        "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof vanish webHidden color w kern "
        "position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ).split()
)


def root(name: str, *prefixes: str) -> Element:
    """Return a new root element that declares the namespaces of ``prefixes``."""
    return etree.Element(qn(name), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes})


def add(parent: Element, name: str, attributes: Mapping[str, str] | None = None, /) -> Element:
    """Append an element and return it; attribute names are prefixed too, or plain."""
    if attributes is None:
        return etree.SubElement(parent, qn(name))
    return etree.SubElement(parent, qn(name), {qn(key) if ":" in key else key: value for key, value in attributes.items()})


def add_val(parent: Element, name: str, value: str | int) -> Element:
    """Append an element whose only attribute is ``w:val``."""
    element = etree.SubElement(parent, qn(name))
    element.set(qn("w:val"), str(value))
    return element


def unwrap(element: Element) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def properties_of(paragraph: Element) -> Element:
    """Return a paragraph's ``w:pPr``, made first in it where it has none."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = etree.SubElement(paragraph, qn("w:pPr"))
        paragraph.insert(0, properties)
    return properties


def schema_position(child: Element) -> int:
    """Return where the schema has a property of a paragraph or run among the others."""
    return _SCHEMA_ORDER.index(child.tag) if child.tag in _SCHEMA_ORDER else len(_SCHEMA_ORDER)


def put(properties: Element, child: Element) -> None:
    """Put a property where the schema has it, in the place of one of its name."""
    for old in properties.findall(str(child.tag)):
        properties.remove(old)
    at = next((index for index, each in enumerate(properties) if schema_position(each) > schema_position(child)), len(properties))
    properties.insert(at, child)


def parse(content: bytes) -> Element:
    """Return the root of an XML part: no entity is expanded, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def serialize(element: Element) -> bytes:
    """Return an XML part's bytes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
