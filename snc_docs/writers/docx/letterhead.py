"""A logo in the headers of a reference document: small at the head of each page, larger above the cover's title.

It is a look, as the rest of a header: an inline picture (DrawingML 20.4.2.8) at the start of the paragraph that holds the title, or of the
header's first; the cover has a header of its own (``w:titlePg``, 17.10.6), made where the reference has none. It isn't tracked in a redline,
and no document changes by it. Screen readers read it by its alternative text, where they read headers at all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from snc_docs.document.nodes import Picture
from snc_docs.writers.docx.markup import opened, val, wrapped
from snc_docs.writers.docx.numbers import PICTURE, SAME_PICTURE, image_token
from snc_docs.writers.docx.package import Part
from snc_docs.writers.docx.pictures import drawing
from snc_docs.writers.docx.reference import Margin, ReferenceDocument
from snc_docs.writers.docx.styles import style_ids
from snc_docs.writers.docx.xml import Element, add_val, parse, qn, root, serialize

# Millimetres: a line of a header leaves the text its place; a cover has room.
_IN_HEADER: Final = (36.0, 6.5)
_ON_COVER: Final = (70.0, 22.0)
_RELATION: Final = "rIdLogo"
# Its number among the drawings of a part (``wp:docPr``): no reference document's own reaches it.
_NUMBER: Final = "910001"
# What stands behind ``w:vAlign`` in the properties of a cell (CT_TcPr).
_BEHIND_ALIGNMENT: Final = tuple(qn(f"w:{name}") for name in ("hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange"))


class Logo(NamedTuple):
    """A picture: PNG or JPEG, upright, its size in pixels, and what it is called for those who don't see it."""

    content: bytes
    media_type: str
    width: int
    height: int
    alt: str


@lru_cache(maxsize=8)
def with_logo(reference: ReferenceDocument, logo: Logo) -> ReferenceDocument:
    """Return a reference document whose headers show a logo."""
    header = _shown(reference.header or _empty(reference), logo, _IN_HEADER)
    first = _shown(reference.first_header or _empty(reference), logo, _ON_COVER)
    return replace(reference, header=header, first_header=first, logo=logo)


def _empty(reference: ReferenceDocument) -> Margin:
    """Return a header of one empty paragraph."""
    style = style_ids(parse(reference.styles)).get("header")
    properties = wrapped("w:pPr", val("w:pStyle", style)) if style else ""
    return Margin(f"{opened('w:hdr', 'w', 'r')}{wrapped('w:p', properties)}</w:hdr>".encode())


def _shown(margin: Margin, logo: Logo, room: tuple[float, float]) -> Margin:
    file = f"media/logo.{logo.media_type.rpartition('/')[2]}"
    story = parse(margin.content)
    paragraph = _place(story)
    at = 1 if len(paragraph) and paragraph[0].tag == qn("w:pPr") else 0
    has_words = len(paragraph) > at
    for index, run in enumerate(_runs(logo, room, spaced=has_words)):
        paragraph.insert(at + index, run)
    _level(paragraph)
    part = Part(f"word/{file}", logo.media_type, logo.content)
    return Margin(serialize(story), (*margin.relationships, (_RELATION, "image", False, file)), (*margin.parts, part))


def _place(story: Element) -> Element:
    """Return the paragraph that a logo goes into: that of the title, else the first; one is made where there is none."""
    titles = (tag for tag in story.iter(qn("w:tag")) if tag.get(qn("w:val")) == "snc:title")
    around = (each for tag in titles for each in tag.iterancestors(qn("w:p")))
    found = next(around, None)
    if found is None:
        found = next(story.iter(qn("w:p")), None)
    return found if found is not None else etree.SubElement(story, qn("w:p"))


def _level(paragraph: Element) -> None:
    """Put the cells of a header's row on one line with the words beside the logo (``w:vAlign``, 17.4.83)."""
    for row in paragraph.iterancestors(qn("w:tr")):
        for cell in row.iterfind(qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            if properties is not None and properties.find(qn("w:vAlign")) is None:
                after = next((each for each in properties if each.tag in _BEHIND_ALIGNMENT), None)
                at = len(properties) if after is None else properties.index(after)
                properties.insert(at, add_val(root("w:tcPr", "w"), "w:vAlign", "bottom"))


def _runs(logo: Logo, room: tuple[float, float], *, spaced: bool) -> list[Element]:
    """Return the run of the picture, and one that keeps it from the words behind it."""
    scale = min(room[0] / logo.width, room[1] / logo.height)
    picture = Picture("logo", round(logo.width * scale, 2), round(logo.height * scale, 2), logo.alt)
    xml = drawing(picture).xml
    for token, written in ((image_token("logo"), _RELATION), (PICTURE, _NUMBER), (SAME_PICTURE, _NUMBER)):
        xml = xml.replace(token, written)
    space = '<w:r><w:t xml:space="preserve">   </w:t></w:r>' if spaced else ""
    return list(parse(f"{opened('w:p', 'w', 'r', 'wp', 'a', 'pic')}{xml}{space}</w:p>".encode()))
