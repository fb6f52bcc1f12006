"""How many characters a redline marks, and how few whole words would do: those outside the longest run that both versions share."""

from __future__ import annotations

from typing import Any

from lxml import etree

from snc_docs.document.sequences import common
from snc_docs.language.tokens import tokens
from tests.tools import W, parts

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# A word, and where it leads: the words of a link to another place are others.
Word = tuple[str, str]


def tracked_characters(body: Any) -> int:
    """Return how many characters are inserted, deleted or moved."""
    boxes = [box for name in ("ins", "del", "moveFrom", "moveTo") for box in body.iter(W + name)]
    return sum(len(text.text or "") for box in boxes for name in ("t", "delText") for text in box.iter(W + name))


def least_characters(old: bytes, new: bytes) -> int:
    """Return how many characters of whole words have to be tracked between two Word files."""
    words, others = _words(old), _words(new)
    kept = common(words, others, lambda index: len(words[index][0]))
    shared = sum(len(words[one][0]) for one, _ in kept if words[one][0] != "\n")
    return sum(len(word) for word, _ in (*words, *others) if word != "\n") - 2 * shared


def _words(content: bytes) -> list[Word]:
    files = parts(content)
    targets = {each.get("Id"): each.get("Target", "") for each in etree.fromstring(files["word/_rels/document.xml.rels"])}
    return [word for paragraph in etree.fromstring(files["word/document.xml"]).iter(f"{W}p") for word in (*_line(paragraph, targets), ("\n", ""))]


def _line(paragraph: Any, targets: dict[Any, Any]) -> list[Word]:
    """Return the words of a paragraph, those of each link by themselves."""
    pieces: list[tuple[str, str]] = [("", "")]
    for text in paragraph.iter(f"{W}t"):
        link = next((each for each in text.iterancestors(f"{W}hyperlink") if each.get(f"{R}id")), None)
        target = targets.get(link.get(f"{R}id"), "") if link is not None else ""
        if target == pieces[-1][1]:
            pieces[-1] = pieces[-1][0] + (text.text or ""), target
        else:
            pieces.append((text.text or "", target))
    return [(token, target) for text, target in pieces for token in tokens(text)]
