"""Words as readers see them, so that a change is never cut in the middle of one.

A French word with its apostrophe, a number with its groups and unit (``1 849 930 €``), a date and whatever else is joined
by no-break spaces are one token each; so are an e-mail and a web address. Ordinary spaces and punctuation are tokens of
their own.
"""

from __future__ import annotations

import re
from typing import Final

from snc_docs.patterns import regex

_TOKEN: Final = regex(
    r"""
    https?://[^\s«»“”]*[\w/]                                   # a web address
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                             # an e-mail address
    | [€$£]?\w+(?:[’'\-./,]\w+)*                               # a word, with what joins it: l’accord, 99,95, ISO/IEC
      (?:[\u00a0\u202f](?:[\w€$£%°]+(?:[’'\-./,]\w+)*))*       # and what no-break spaces join to it
      [€$£%°]?
    | [ \t\n]+                                                 # ordinary spaces
    | .                                                        # anything else, one by one
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> list[str]:
    """Return the tokens of a text: joined, they are the text again."""
    return _TOKEN.findall(text)


def is_space(token: str) -> bool:
    """Return whether a token is ordinary space, which doesn't count as something that two versions have in common."""
    return token.isspace()


def weight(text: str) -> float:
    """Return how much is gained by keeping a token: its characters, half for space, and a little, so that even what is empty counts."""
    return len(text) * (0.5 if is_space(text) else 1.0) + 0.01
