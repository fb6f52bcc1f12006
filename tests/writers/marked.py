"""How many characters a redline marks, and how few whole words would do: those outside the longest run that both versions share.

Spaces aren't counted: one that two rewordings share is no word that stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from snc_docs.document.sequences import common
from snc_docs.language.tokens import tokens
from tests.tools import W, parts
from tests.writers.revisions import chosen

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# A word, and where it leads: the words of a link to another place are others, and so are those that a field no longer makes.
Word = tuple[str, str]
_FIELD = "a field"


def tracked_characters(body: Any) -> int:
    """Return how many characters are inserted, deleted or moved."""
    body = chosen(body)
    boxes = [box for name in ("ins", "del", "moveFrom", "moveTo") for box in body.iter(W + name)]
    return sum(_length(text.text or "") for box in boxes for name in ("t", "delText") for text in box.iter(W + name))


def least_characters(old: bytes, new: bytes) -> int:
    """Return how many characters of whole words have to be tracked between two Word files."""
    words, others = _words(old), _words(new)
    kept = common(words, others, lambda index: len(words[index][0]))
    shared = sum(_length(words[one][0]) for one, _ in kept)
    return sum(_length(word) for word, _ in (*words, *others)) - 2 * shared


def _length(text: str) -> int:
    return sum(not each.isspace() for each in text)


def _words(content: bytes) -> list[Word]:
    files = parts(content)
    targets = {each.get("Id"): each.get("Target", "") for each in etree.fromstring(files["word/_rels/document.xml.rels"])}
    return [word for paragraph in etree.fromstring(files["word/document.xml"]).iter(f"{W}p") for word in (*_line(paragraph, targets), ("\n", ""))]


def _line(paragraph: Any, targets: dict[Any, Any]) -> list[Word]:
    """Return the words of a paragraph, those of each link by themselves."""
    pieces: list[tuple[str, str]] = [("", "")]
    for text in paragraph.iter(f"{W}t"):
        link = next((each for each in text.iterancestors(f"{W}hyperlink") if each.get(f"{R}id")), None)
        target = targets.get(link.get(f"{R}id"), "") if link is not None else _FIELD if _is_result(text) else ""
        if target == pieces[-1][1]:
            pieces[-1] = pieces[-1][0] + (text.text or ""), target
        else:
            pieces.append((text.text or "", target))
    return [(token, target) for text, target in pieces for token in tokens(text)]


def _is_result(text: Any) -> bool:
    """Return whether a text is what a field of its paragraph shows: it stands between the characters that separate and end one."""
    run = text.getparent()
    return (_next_character(run.itersiblings(preceding=True)), _next_character(run.itersiblings())) == ("separate", "end")


def _next_character(runs: Iterable[Any]) -> str:
    return next((each.get(f"{W}fldCharType", "") for run in runs for each in run.iter(f"{W}fldChar")), "")
