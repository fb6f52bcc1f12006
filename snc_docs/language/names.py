"""Names that a language writes with a capital whatever document they stand in: countries, languages, days and months (CLDR)."""

from __future__ import annotations

import re
from functools import cache, partial

from snc_docs.shelf import JSON, shelved


@cache
def proper_nouns(language: str) -> frozenset[str]:
    """Return the capitalised words of the names that the locale knows: ``France``, ``French``, ``Monday``, ``Royaume-Uni``."""
    return frozenset(shelved("proper nouns", JSON, lambda: (language,), partial(_known_to_locale, language)))


def _known_to_locale(language: str) -> list[str]:
    from snc_docs.language.formats import locale_of  # Babel's data is large, and most runs find the words on the shelf

    locale = locale_of(language)
    names = [
        *locale.territories.values(),
        *locale.languages.values(),
        *locale.days["format"]["wide"].values(),
        *locale.months["format"]["wide"].values(),
    ]
    return sorted({word for name in names for word in re.findall(r"\w[\w’'-]*", str(name)) if word[:1].isupper()})
