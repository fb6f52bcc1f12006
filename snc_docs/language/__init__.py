"""How French and English write dates, amounts, lists and spaces, and in what order they sort; each an object of its own, looked up by its code."""

from typing import Final, Literal, get_args

from snc_docs.errors import Wording

# The languages of documents, by their ISO 639-1 codes: those that every text for people is in.
Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
if Wording._fields != LANGUAGES:
    raise AssertionError(f"every text for people is in the languages of documents: {LANGUAGES}, {Wording._fields}")
