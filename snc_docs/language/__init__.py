"""How French and English write dates, amounts, lists and spaces, and in what order they sort; each an object of its own, looked up by its code."""

from typing import Final

from snc_docs.errors import Wording

# The languages of documents, by their ISO 639-1 codes: those that every text for people is in.
LANGUAGES: Final = Wording._fields
