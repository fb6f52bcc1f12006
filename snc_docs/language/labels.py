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

    def beside(self, other: Words) -> Words:
        """Return the words of two languages at once, ``Annexe / Appendix``: what is the same in both once."""
        both = {name: f"{one} / {two}" for name, one, two in zip(self._fields, self, other, strict=True) if one != two}
        return self._replace(**{**both, "locale": self.locale, "colon": self.colon})


WORDS: Final = {
    "fr": Words("fr-FR", "Article", "Annexe", "section", "Page", "sur", "Version", "\u00a0: "),
    "en": Words("en-GB", "Article", "Appendix", "section", "Page", "of", "Version", ": "),
}


def words_of(language: str, second: str = "") -> Words:
    """Return the words of a document's language, or of its two languages."""
    return WORDS[language].beside(WORDS[second]) if second else WORDS[language]
