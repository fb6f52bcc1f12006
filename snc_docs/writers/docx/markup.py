"""A small vocabulary of WordprocessingML as text: escaped, with children in the order of the schema.

ECMA-376 part 1, 17. What is written from a tree is text from the start: a run is a piece of it, and the parts of a file are pieces
joined. XML that comes from elsewhere (a reference document, a certificate) is read and written by lxml, in ``xml``.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from snc_docs.patterns import regex
from snc_docs.writers.docx.xml import NAMESPACES

_BREAKS: Final = regex("([\n\t])")
_SHOWN: Final = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_ALTERNATIVE: Final = f'<mc:AlternateContent xmlns:mc="{NAMESPACES["mc"]}" xmlns:w15="{NAMESPACES["w15"]}">'


def escaped(text: str) -> str:
    """Return text as it stands between tags."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def quoted(text: str) -> str:
    """Return text as the value of an attribute, its quotation marks included; a parser would make blanks of line ends and tabs."""
    text = escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def val(name: str, value: str | int) -> str:
    """Return an element whose only attribute is ``w:val``; ``value`` is a number or an identifier."""
    return f'<{name} w:val="{value}"/>'


def wrapped(name: str, inner: str) -> str:
    """Return an element without attributes."""
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def opened(name: str, *prefixes: str) -> str:
    """Return the declaration of a part and the start tag of its root, with the namespaces of ``prefixes``."""
    spaces = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)
    return f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<{name}{spaces}>"


def for_word(content: str, others: str = "") -> str:
    """Return content for Word since 2013, and what other offices read in its place (part 3, 10.2); may stand anywhere (part 1, L.1.18.4)."""
    fallback = wrapped("mc:Fallback", others) if others else ""
    return f'{_ALTERNATIVE}<mc:Choice Requires="w15">{content}</mc:Choice>{fallback}</mc:AlternateContent>'


# ------------------------------------------------------------------------------------------------------------- runs


class Format(NamedTuple):
    """How a run looks: character style and weight; ``language`` where its words are in another one than the document's."""

    style: str | None = None
    bold: bool = False
    italic: bool = False
    language: str | None = None


PLAIN: Final = Format()


@cache
def look_of(form: Format) -> str:
    """Return the ``w:rPr`` of a run, children in the order of CT_RPr; "" for none."""
    inner = val("w:rStyle", form.style) if form.style else ""
    inner += "<w:b/><w:bCs/>" if form.bold else ""
    inner += "<w:i/><w:iCs/>" if form.italic else ""
    inner += f'<w:lang w:val="{form.language}" w:eastAsia="{form.language}"/>' if form.language else ""
    return wrapped("w:rPr", inner) if inner else ""


def words(text: str, name: str = "w:t") -> str:
    """Return what a run holds of a text: ``w:t`` (``w:delText`` where it is deleted), a newline as ``w:br``, a tab as ``w:tab``."""
    if "\n" not in text and "\t" not in text:
        return _t(text, name)
    return "".join(_SHOWN.get(piece) or _t(piece, name) for piece in _BREAKS.split(text) if piece)


def _t(text: str, name: str) -> str:
    """Return one text; the attribute keeps spaces that a reader may drop."""
    if text[:1].isspace() or text[-1:].isspace() or "  " in text:
        return f'<{name} xml:space="preserve">{escaped(text)}</{name}>'
    return f"<{name}>{escaped(text)}</{name}>"


def run(look: str, inner: str) -> str:
    """Return a run."""
    return f"<w:r>{look}{inner}</w:r>"


def field_character(kind: str) -> str:
    """Return what begins, separates or ends a complex field (17.16.18)."""
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def instruction(text: str, name: str = "w:instrText") -> str:
    """Return a field's instruction (``w:delInstrText`` where it is deleted)."""
    return f'<{name} xml:space="preserve"> {escaped(text)} </{name}>'
