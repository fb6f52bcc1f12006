"""The few words that no template holds, since they stand outside the text: before numbers, in footers, as prompts."""

from __future__ import annotations

from typing import Final, NamedTuple


class Words(NamedTuple):
    """Words of one language."""

    locale: str
    clause: str
    appendix: str
    section: str
    page: str
    of: str
    version: str
    colon: str


WORDS: Final = {
    "fr": Words("fr-FR", "Article", "Annexe", "section", "Page", "sur", "Version", "\u00a0: "),
    "en": Words("en-GB", "Article", "Appendix", "section", "Page", "of", "Version", ": "),
}
