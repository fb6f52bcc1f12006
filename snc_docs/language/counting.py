"""Numbers that a text writes in words: "deux", "vingt-et-un", "ninety-nine"; num2words gives the words, this finds them.

"One" is none of them: it is an article and a pronoun as often. What looks like a number and isn't ("pour cent", "neuf" for new) each language names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final, NamedTuple

from snc_docs.language.known import writing_of
from snc_docs.patterns import regex
from snc_docs.shelf import JSON, shelved

# What contracts write in words: days, months and years, shares and originals; hundreds and thousands beyond.
_WRITTEN: Final = (*range(2, 200), *range(200, 1000, 50), 365, *range(1000, 10_001, 500), 100_000, 1_000_000)
_WORD: Final = regex(r"\w+")
# What may stand between the words of one number.
_BETWEEN: Final = regex(r",?[\s\-‑]+")


class Counted(NamedTuple):
    """A number in words, in figures, and where its words begin and end in the text."""

    number: str
    start: int
    end: int


class _Numbers(NamedTuple):
    """Numbers by their words, joined by spaces; how many words those that begin with a word have at most; and what is no number."""

    by_words: Mapping[str, str]
    longest: Mapping[str, int]
    others: re.Pattern[str]


def counted(text: str, language: str) -> Iterator[Counted]:
    """Yield the numbers in words of a text, each the longest that its words make."""
    numbers = _numbers(language)
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        size = _longest(numbers, words, at, text)
        end = words[at + size - 1][2] if size else 0
        other = numbers.others.match(text, words[at][1])
        if other is not None and other.end() >= end:
            at = next((index for index in range(at + 1, len(words)) if words[index][1] >= other.end()), len(words))
        elif size:
            yield Counted(numbers.by_words[_joined(words[at : at + size], text)], words[at][1], end)
            at += size
        else:
            at += 1


_Words = list[tuple[str, int, int]]


def _longest(numbers: _Numbers, words: _Words, at: int, text: str) -> int:
    """Return how many words from one on make a number, the most that do; 0 for none."""
    most = min(numbers.longest.get(words[at][0], 0), len(words) - at)
    return next((size for size in range(most, 0, -1) if _joined(words[at : at + size], text) in numbers.by_words), 0)


def _joined(words: _Words, text: str) -> str:
    """Return words as numbers are looked up; "" where something else than a space, a hyphen or a comma stands between them."""
    for (_, _, end), (_, start, _) in pairwise(words):
        if _BETWEEN.fullmatch(text, end, start) is None:
            return ""
    return " ".join(word for word, _, _ in words)


@lru_cache(maxsize=8)
def _numbers(language: str) -> _Numbers:
    writing = writing_of(language)
    by_words: dict[str, str] = shelved("numbers in words", JSON, lambda: (writing.number_words,), partial(_in_words, writing.number_words))
    found = by_words | {" ".join(_WORD.findall(words.lower())): number for words, number in writing.also_numbers.items()}
    longest: dict[str, int] = {}
    for words in found:
        first, *rest = words.split()
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return _Numbers(found, longest, regex(rf"(?:{writing.no_numbers})(?!\w)", re.IGNORECASE))


def _in_words(name: str) -> dict[str, str]:
    """Return the numbers by their words."""
    from num2words import num2words

    return {" ".join(_WORD.findall(num2words(number, lang=name).lower())): str(number) for number in _WRITTEN}
