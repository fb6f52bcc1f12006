"""The fonts and colours of a page, where they are others than ours."""

from __future__ import annotations

from typing import Final, NamedTuple


class Look(NamedTuple):
    """Names of fonts, and colours as six hexadecimal digits; "" for what is as in our own pages."""

    text_font: str = ""
    heading_font: str = ""
    heading_colour: str = ""
    link_colour: str = ""
    # The address of a picture (RFC 2397), and what it is called.
    logo: str = ""
    logo_alt: str = ""


OUR_LOOK: Final = Look()
