"""Pictures: an inline ``w:drawing`` (DrawingML 20.4.2.8) with its size in EMU and its alternative text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from snc_docs.document.nodes import Picture
from snc_docs.writers.docx.paragraphs import add_run
from snc_docs.writers.docx.xml import NAMESPACES, Element, add

_EMU_PER_MM: Final = 36_000
_TWIPS_PER_MM: Final = 1440 / 25.4
_SHARE: Final = 0.95


def fitted(picture: Picture, width: int, height: int) -> Picture:
    """Return the picture no larger than a text area in twips, its shape kept, with a little room for a line beside it."""
    scale = min(1.0, width / _TWIPS_PER_MM / picture.width, height * _SHARE / _TWIPS_PER_MM / picture.height)
    return picture if scale == 1.0 else replace(picture, width=picture.width * scale, height=picture.height * scale)


def add_picture(paragraph: Element, picture: Picture, relationship: str, number: int) -> None:
    """Append a run with the picture; ``number`` is unique among the drawings of the file."""
    size = {"cx": str(round(picture.width * _EMU_PER_MM)), "cy": str(round(picture.height * _EMU_PER_MM))}
    named = {"id": str(number), "name": picture.resource, "descr": picture.alt}
    inline = add(add(add_run(paragraph), "w:drawing"), "wp:inline", {"distT": "0", "distB": "0", "distL": "0", "distR": "0"})
    add(inline, "wp:extent", size)
    add(inline, "wp:docPr", named)
    add(add(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {"noChangeAspect": "1"})
    data = add(add(inline, "a:graphic"), "a:graphicData", {"uri": NAMESPACES["pic"]})
    pic = add(data, "pic:pic")
    names = add(pic, "pic:nvPicPr")
    add(names, "pic:cNvPr", named)
    add(names, "pic:cNvPicPr")
    fill = add(pic, "pic:blipFill")
    add(fill, "a:blip", {"r:embed": relationship})
    add(add(fill, "a:stretch"), "a:fillRect")
    shape = add(pic, "pic:spPr")
    place = add(shape, "a:xfrm")
    add(place, "a:off", {"x": "0", "y": "0"})
    add(place, "a:ext", size)
    add(add(shape, "a:prstGeom", {"prst": "rect"}), "a:avLst")
