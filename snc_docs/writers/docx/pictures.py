"""Pictures: an inline ``w:drawing`` (DrawingML 20.4.2.8) with its size in EMU and its alternative text."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from snc_docs.document.nodes import Picture
from snc_docs.writers.docx.markup import quoted
from snc_docs.writers.docx.numbers import PICTURE, SAME_PICTURE, image_token
from snc_docs.writers.docx.written import Raw
from snc_docs.writers.docx.xml import NAMESPACES

_EMU_PER_MM: Final = 36_000
_TWIPS_PER_MM: Final = 1440 / 25.4
_SHARE: Final = 0.95


def fitted(picture: Picture, width: int, height: int) -> Picture:
    """Return the picture no larger than a text area in twips, its shape kept, with a little room for a line beside it."""
    scale = min(1.0, width / _TWIPS_PER_MM / picture.width, height * _SHARE / _TWIPS_PER_MM / picture.height)
    return picture if scale == 1.0 else replace(picture, width=picture.width * scale, height=picture.height * scale)


def drawing(picture: Picture) -> Raw:
    """Return the run of a picture; its number is unique among the drawings of the file."""
    size = f'cx="{round(picture.width * _EMU_PER_MM)}" cy="{round(picture.height * _EMU_PER_MM)}"'
    named = f"name={quoted(picture.resource)} descr={quoted(picture.alt)}"
    pic = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{SAME_PICTURE}" {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{image_token(picture.resource)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{PICTURE}" {named}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}">{pic}</a:graphicData></a:graphic></wp:inline>'
    )
    return Raw(f"<w:r><w:drawing>{inline}</w:drawing></w:r>")
