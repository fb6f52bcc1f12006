"""How French and English write dates, amounts, lists and spaces, and in what order they sort."""

from typing import Final

# The languages of documents, by their ISO 639-1 codes; the first is the one that findings name first.
LANGUAGES: Final = ("fr", "en")
