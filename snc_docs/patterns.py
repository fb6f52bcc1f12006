"""Regular expressions compiled when they are first used: a command uses few of the hundred that the package holds, and compiling all takes longer than its work."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a ``re.Pattern``: the same methods and attributes, equal to another of the same words and flags."""

    def __init__(self, words: str | bytes, flags: int) -> None:
        self.pattern = words
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what the compiled pattern has under a name; it is kept, so each is looked up here once."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pattern) and (self.pattern, self._flags) == (other.pattern, other._flags)

    def __hash__(self) -> int:
        return hash((self.pattern, self._flags))


def regex(words: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` does, but that a fault in the words is raised (``re.error``) at the first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(words, flags))
