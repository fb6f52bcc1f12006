"""What a page of HTML takes of a reference document: the fonts of text and headings, the colours of headings and links.

A property of runs comes from the style, from those that it rests on (``w:basedOn``), or from the document's defaults (ECMA-376 part 1, 17.7.2);
where it goes by the theme, from that. A colour that can't be read on the page (under 4.5:1, WCAG 2.1, 1.4.3), or is left to the program
(``auto``), isn't taken.
"""

from __future__ import annotations

import base64
import re
from typing import Final

from snc_docs.writers.docx.guest_theme import Theme
from snc_docs.writers.docx.inheritance import Family
from snc_docs.writers.docx.reference import ReferenceDocument, own_reference
from snc_docs.writers.docx.xml import Element, parse, qn
from snc_docs.writers.html.look import OUR_LOOK, Look

_LEAST_CONTRAST: Final = 4.5
# The darkest that accents stand on: the shade of groups of rows and of the contents, in page.css.
_PAPER: Final = "E8EDF2"
# Below it a channel of sRGB counts in proportion.
_LINEAR: Final = 0.04045


def look_of(reference: ReferenceDocument) -> Look:
    """Return what a page takes of a reference document."""
    logo = reference.logo
    look = _of_styles(reference)
    if logo is None:
        return look
    return look._replace(logo=f"data:{logo.media_type};base64,{base64.b64encode(logo.content).decode()}", logo_alt=logo.alt)


def _of_styles(reference: ReferenceDocument) -> Look:
    if reference.styles == own_reference().styles:
        return OUR_LOOK
    styles = parse(reference.styles)
    theme = dict(reference.extra).get("theme")
    if theme is not None:
        Theme(theme.content).write_out(styles)
    return Look(
        _font(_property(styles, "normal", "w:rFonts")),
        _font(_property(styles, "heading 1", "w:rFonts")),
        _colour(_property(styles, "heading 1", "w:color")),
        _colour(_property(styles, "hyperlink", "w:color")),
    )


def _property(styles: Element, name: str, wanted: str) -> Element | None:
    """Return a property of the runs of a style, None where nothing gives it."""
    family = Family(styles)
    style = family.named(name)
    lineage = [*(family.lineage(style) if style is not None else ()), *styles.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")]
    return next((found for each in lineage if (found := each.find(f"{qn('w:rPr')}/{qn(wanted)}")) is not None), None)


def _font(fonts: Element | None) -> str:
    """Return the name of a font; without what a style sheet would take for more than a name."""
    name = fonts.get(qn("w:ascii"), "") if fonts is not None else ""
    return re.sub(r"[^\w .-]", "", name).strip()


def _colour(colour: Element | None) -> str:
    value = colour.get(qn("w:val"), "") if colour is not None else ""
    return value.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", value) and contrast(value, _PAPER) >= _LEAST_CONTRAST else ""


def contrast(ink: str, paper: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Return how light a colour is, 0 to 1 (WCAG 2.1, "relative luminance")."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (each / 12.92 if each <= _LINEAR else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
