"""Names that a language writes with a capital whatever document they stand in: countries, languages, days and months (CLDR)."""

from __future__ import annotations

import re
from functools import cache

from snc_docs.language.formats import locale_of


@cache
def proper_nouns(language: str) -> frozenset[str]:
    """Return the capitalised words of the names that the locale knows: ``France``, ``French``, ``Monday``, ``Royaume-Uni``."""
    locale = locale_of(language)
    names = [
        *locale.territories.values(),
        *locale.languages.values(),
        *locale.days["format"]["wide"].values(),
        *locale.months["format"]["wide"].values(),
    ]
    return frozenset(word for name in names for word in re.findall(r"\w[\w’'-]*", str(name)) if word[:1].isupper())
