"""The theme of a foreign document written out (ECMA-376 part 1, 20.1.6): its fonts and colours by name, since ours has another theme.

A style or a run says ``w:asciiTheme="minorHAnsi"`` and leaves the font to the theme; a colour says ``w:themeColor="accent1"`` beside the
value that Word worked out; a drawing says ``a:schemeClr``. Without that theme each would show as something else.
"""

from __future__ import annotations

from typing import Final

from snc_docs.writers.docx.xml import Element, parse, qn

_FONTS: Final = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
_SCRIPTS: Final = {"HAnsi": "latin", "Ascii": "latin", "EastAsia": "ea", "Bidi": "cs"}
# What documents call the scheme's first four colours (17.18.97, 20.1.10.54); the others have one name.
_ALIASES: Final = {
    "background1": "lt1", "bg1": "lt1", "light1": "lt1", "text1": "dk1", "tx1": "dk1", "dark1": "dk1",
    "background2": "lt2", "bg2": "lt2", "light2": "lt2", "text2": "dk2", "tx2": "dk2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_COLOURED: Final = (
    ("val", "themeColor", "themeTint", "themeShade"),
    ("fill", "themeFill", "themeFillTint", "themeFillShade"),
    ("color", "themeColor", "themeTint", "themeShade"),
)
_WHITE: Final = 255


class Theme:
    """The fonts and colours of one theme part."""

    def __init__(self, content: bytes) -> None:
        """Read a theme part; what it lacks is left as it is."""
        root = parse(content)
        self.fonts = {
            f"{kind}{name}": font.get("typeface", "")
            for kind in ("major", "minor")
            for name, script in _SCRIPTS.items()
            if (font := root.find(f".//{qn(f'a:{kind}Font')}/{qn(f'a:{script}')}")) is not None
        }
        scheme = root.find(f".//{qn('a:clrScheme')}")
        self.colours = {str(each.tag).rpartition("}")[2]: colour for each in (scheme if scheme is not None else ()) if (colour := _colour(each))}

    def write_out(self, part: Element) -> None:
        """Put fonts and colours by name in the place of what goes by the theme, in styles, a body or notes."""
        for fonts in part.iter(qn("w:rFonts")):
            self._fonts(fonts)
        for element in list(part.iter()):
            if not isinstance(element.tag, str):
                continue
            if element.tag == qn("a:schemeClr"):
                self._scheme_colour(element)
            elif element.tag.startswith(qn("w:")):
                self._colours(element)

    def _fonts(self, fonts: Element) -> None:
        for name, by_theme in _FONTS.items():
            reference = fonts.attrib.pop(qn(f"w:{by_theme}"), None)
            font = self.fonts.get(str(reference), "")
            if font:
                fonts.set(qn(f"w:{name}"), font)

    def _colours(self, element: Element) -> None:
        for value, theme, tint, shade in _COLOURED:
            name = element.get(qn(f"w:{theme}"))
            if name is None:
                continue
            if value == "color" and qn("w:color") not in element.attrib:
                continue
            colour = self.colours.get(_ALIASES.get(name, name))
            if element.get(qn(f"w:{value}"), "auto") == "auto" and colour:
                element.set(qn(f"w:{value}"), _shaded(colour, element.get(qn(f"w:{tint}")), element.get(qn(f"w:{shade}"))))
        for _, theme, tint, shade in _COLOURED:
            for attribute in (theme, tint, shade):
                element.attrib.pop(qn(f"w:{attribute}"), None)

    def _scheme_colour(self, element: Element) -> None:
        name = element.get("val", "")
        colour = self.colours.get(_ALIASES.get(name, name))
        if colour:
            element.tag = qn("a:srgbClr")
            element.set("val", colour)


def _colour(entry: Element) -> str:
    """Return the six hexadecimal digits of a scheme's colour, "" for one that isn't given so."""
    plain, system = entry.find(qn("a:srgbClr")), entry.find(qn("a:sysClr"))
    return plain.get("val", "") if plain is not None else system.get("lastClr", "") if system is not None else ""


def _shaded(colour: str, tint: str | None, shade: str | None) -> str:
    """Return a colour made lighter or darker by a share of 255, in hexadecimal (17.18.97)."""
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    if tint is not None:
        share = int(tint, 16) / _WHITE
        channels = [round(channel * share + _WHITE * (1 - share)) for channel in channels]
    if shade is not None:
        channels = [round(channel * int(shade, 16) / _WHITE) for channel in channels]
    return "".join(f"{channel:02X}" for channel in channels)
