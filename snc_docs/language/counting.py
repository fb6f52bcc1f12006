"""Numbers that a text writes in words: "deux", "vingt-et-un", "ninety-nine"; num2words gives the words, this finds them.

"One" is none of them: it is an article and a pronoun as often. What looks like a number and isn't ("pour cent", "neuf" for new) each language names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from snc_docs.language.known import writing_of

# What contracts write in words: days, months and years, shares and originals; hundreds and thousands beyond.
_WRITTEN: Final = (*range(2, 200), *range(200, 1000, 50), 365, *range(1000, 10_001, 500), 100_000, 1_000_000)
_APART: Final = re.compile(r"[\s\-‑’']+")


def counted(text: str, language: str) -> list[tuple[str, int, int]]:
    """Return the numbers in words of a text, in figures, each with where its words begin and end."""
    numbers, pattern = _patterns(language)
    return [(numbers[_plain(match.group())], match.start(), match.end()) for match in pattern.finditer(text) if match.lastgroup != "other"]


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the numbers by their words, and the pattern that finds those words, or others that are no number."""
    from num2words import num2words

    writing = writing_of(language)
    numbers = {_plain(num2words(number, lang=writing.number_words)): str(number) for number in _WRITTEN}
    numbers |= {_plain(word): number for word, number in writing.also_numbers.items()}
    longest_first = sorted(numbers, key=len, reverse=True)
    words = "|".join(re.escape(each).replace(r"\ ", r",?[\s\-‑]+") for each in longest_first)
    return numbers, re.compile(rf"(?<!\w)(?:(?P<other>{writing.no_numbers})|(?:{words}))(?!\w)", re.IGNORECASE)


def _plain(words: str) -> str:
    """Return words as they are looked up: joined by spaces, in small letters."""
    return _APART.sub(" ", words).lower().replace(",", "")
