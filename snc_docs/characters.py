"""Which characters a file of ours can hold, which of them show, and which must not reach a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

from snc_docs.patterns import regex

# What XML 1.0's Char production leaves out (https://www.w3.org/TR/xml/#charsets), lone surrogates included: said this
# way round, since a class of all that it allows takes ten times as long to compile.
NOT_IN_XML: Final = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# The same in UTF-8, where half a surrogate pair has no place at all.
_BYTES_NOT_IN_XML: Final = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_NO_CHARACTER, _NO_OTHER = "\ufffe".encode(), "\uffff".encode()


def as_xml(text: str) -> bytes:
    """Return text in UTF-8; ValueError for what no XML file can hold. A large text is looked through twenty times as fast as by ``NOT_IN_XML``."""
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = b"\0"
    if len(content.translate(None, _BYTES_NOT_IN_XML)) < len(content) or _NO_CHARACTER in content or _NO_OTHER in content:
        raise ValueError("the document holds a character that no XML file can hold")
    return content


# White space, format characters and fillers that print as nothing (Unicode's Default_Ignorable_Code_Point, basic plane). Written as
# escapes, so that the same class is a pattern of Python and, in the JSON Schema, of ECMA-262.
_INVISIBLE: Final = (
    r"\s\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
VISIBLE: Final = regex(f"[^{_INVISIBLE}]")

# Spaces that look like a blank and that YAML takes for text.
ODD_SPACES: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"

# C0, DEL and C1 controls, and what turns the direction of text around: a terminal obeys them.
_CONTROLS: Final = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def without_controls(text: str) -> str:
    r"""Return a text in which control characters, turned directions and lone surrogates are shown as escapes: ``\x1b``, ``\u202e``."""
    return _CONTROLS.sub(lambda match: _escape(ord(match.group())), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004  # as Python writes them


def json_without_controls(text: str) -> str:
    """Return JSON text with the same characters as JSON's own escapes: they stand inside strings alone, so it means the same."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def composed(text: str) -> str:
    """Return the text in Unicode's normal form C: an accent typed behind its letter, as Macs and PDF files do, is the letter with its accent."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
