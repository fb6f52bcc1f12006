"""The order in which French and English dictionaries list words."""

from __future__ import annotations

import unicodedata


def collation_key(text: str) -> tuple[str, str, str]:
    """Return a sort key: letters first, then accents, then capitals; spaces, hyphens and apostrophes don't count first.

    French weighs accents from left to right, as CLDR does for ``fr`` (from right to left for ``fr-CA`` alone).
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae").replace("Œ", "OE").replace("Æ", "AE"))
    letters = "".join(char for char in decomposed if char.isalnum()).casefold()
    accents = "".join(char for char in decomposed if unicodedata.combining(char) or char.isalnum()).casefold()
    return letters, accents, text.swapcase()
