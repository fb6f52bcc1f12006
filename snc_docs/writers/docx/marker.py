"""Notes on elements which node of the tree they were written for, so that two versions of a document can be laid side by side.

The notes are attributes without a namespace, taken off again before the file is written; a plain document has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from snc_docs.document.views import Spot
from snc_docs.writers.docx.xml import Element

KEY: Final = "snc-key"
MOVE: Final = "snc-move"
# On an entry of a table of contents: which table.
ENTRY: Final = "snc-entry"
_NOTES: Final = (KEY, MOVE, ENTRY)


class Marker:
    """Notes spots on elements; without spots it does nothing."""

    def __init__(self, spots: Mapping[int, Spot] | None = None) -> None:
        """Take the spots of one version, by the ``id`` of its nodes."""
        self._spots = spots

    @property
    def is_active(self) -> bool:
        """Return whether a version of a redline is being written."""
        return self._spots is not None

    def note(self, element: Element, node: Any, part: str = "") -> None:
        """Note that ``element`` is ``part`` of what was written for ``node``."""
        if self._spots is None:
            return
        spot = self._spots[id(node)]
        element.set(KEY, spot.path + part)
        if spot.move:
            element.set(MOVE, spot.move)

    def note_entry(self, element: Element, contents: Any, section: Any) -> None:
        """Note that ``element`` is the entry of ``section`` in a table of contents; an entry moves with its clause, not on its own."""
        if self._spots is not None:
            element.set(KEY, self._spots[id(section)].path)
            element.set(ENTRY, self._spots[id(contents)].path)

    def key(self, node: Any) -> str | None:
        """Return what names ``node`` in both versions, None in a plain document."""
        return self._spots[id(node)].path if self._spots is not None else None


def key_of(element: Element) -> str:
    """Return the key that an element was noted with, "" for none."""
    entry = element.get(ENTRY)
    return element.get(KEY, "") if entry is None else f"{entry}entry{element.get(KEY)}"


def without_notes(element: Element) -> None:
    """Take the notes off an element and all that is in it."""
    for each in element.iter():
        for name in _NOTES:
            if name in each.attrib:
                del each.attrib[name]
