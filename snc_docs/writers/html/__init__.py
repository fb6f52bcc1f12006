"""The HTML writer: a document tree to one self-contained page with the same numbers and anchors as the Word file."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from snc_docs.document.nodes import Document, Redline
from snc_docs.language.known import words_of
from snc_docs.writers.html.blocks import BlockWriter
from snc_docs.writers.html.look import OUR_LOOK, Look

__all__ = ["main_html", "style", "write_html"]

_STYLE: Final = Path(__file__).parent / "page.css"
# Nothing is fetched and nothing runs: the page shows what it holds.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write_html(document: Document | Redline, look: Look = OUR_LOOK) -> bytes:
    """Return the page in UTF-8: semantic elements, pictures inside, no script, readable on a phone and printable; in the fonts and colours of ``look``."""
    shown = document.new if isinstance(document, Redline) else document
    words, properties = words_of(shown.language, shown.second), shown.properties
    version = f"{words.version} {properties.version}" if properties.version else ""
    marks = " · ".join(part for part in (properties.status, properties.reference, version) if part)
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{words.locale}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="author" content="{escape(properties.author)}">',
        f"<title>{escape(properties.title)}{escape(f' – {marks}') if marks else ''}</title>",
        f"<style>\n{style()}{dressed(look)}</style>",
        "</head>",
        '<body class="bilingual">' if shown.second else "<body>",
        f"<header>{_logo(look)}<p>{escape(properties.title)}</p><p>{escape(marks)}</p></header>",
        f"<main>\n{main_html(document)}</main>",
        f"<footer><p>{escape(properties.confidentiality)}</p></footer>",
        "</body>",
        "</html>",
        "",
    )
    return "\n".join(lines).encode()


def _logo(look: Look) -> str:
    return f'<img class="logo" src="{look.logo}" alt="{escape(look.logo_alt)}">' if look.logo else ""


def main_html(document: Document | Redline) -> str:
    """Return the sections of a document as HTML, for a page that ``style`` is part of."""
    return BlockWriter(document).page()


def dressed(look: Look) -> str:
    """Return the rules that put fonts and colours in the place of ours; those of colours hold in the light alone, the dark has its own."""
    fonts = (("body", look.text_font), ("h1, h2, h3, h4, h5", look.heading_font))
    rules = [f'{names} {{ font-family: "{font}", sans-serif; }}\n' for names, font in fonts if font]
    colours = " ".join(f"--{name}: #{colour};" for name, colour in (("accent", look.heading_colour), ("link", look.link_colour)) if colour)
    if colours:
        rules.append(f"@media print, (prefers-color-scheme: light) {{ :root {{ {colours} }} }}\n")
    return "".join(rules)


@cache
def style() -> str:
    """Return the style sheet of our pages."""
    return _STYLE.read_text(encoding="utf-8")
