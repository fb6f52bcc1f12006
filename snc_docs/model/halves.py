"""Half a surrogate pair in JSON text, which no other form of data can hold: it is no character, and no file of ours takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.paths import Step, path_of, pointer_to
from snc_docs.patterns import regex

_HALF: Final = regex("[\ud800-\udfff]")
# One as JSON may write it, or as it is.
_WRITTEN: Final = regex(rf"\\u([dD][89a-fA-F][0-9a-fA-F]{{2}})|({_HALF.pattern})")


def half_characters(text: str, data: Any, name: str, deepest: int) -> Iterator[Diagnostic]:
    """Yield a finding for each text, or name of a field, of the data of JSON text that has half a character in it; no data lies deeper than ``deepest``."""
    places = _lines_of_halves(text)
    for steps, half in _halves(data, deepest) if places else ():
        yield _half_character(name, places.get(half, 1), steps, half)


def _halves(data: Any, deepest: int) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the steps to each text, or to what has a name, with half a surrogate pair in it, and that half."""
    inside: list[tuple[tuple[Step, ...], Any]] = [((), data)]
    while inside:
        steps, value = inside.pop()
        half = _HALF.search("\n".join(text for text in (*map(str, steps[-1:]), value) if isinstance(text, str)))
        if half is not None:
            yield steps, half.group()
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        inside += (((*steps, name), child) for name, child in (children if len(steps) < deepest else ()))


def _lines_of_halves(text: str) -> dict[str, int]:
    """Return the first line of each half of a surrogate pair in JSON text, whole pairs among them, in one pass."""
    lines: dict[str, int] = {}
    line, seen = 1, 0
    for match in _WRITTEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        lines.setdefault(match[2] or chr(int(match[1], 16)), line)
    return lines


def _half_character(name: str, line: int, steps: Sequence[Step], half: str) -> Diagnostic:
    escape = f"\\u{ord(half):04x}"
    message = Wording(f"« {escape} » n'est que la moitié d'un caractère", f"'{escape}' is half a character")
    hint = Wording("récrire le texte en entier", "write the text anew, whole")
    found = Diagnostic.error("file.malformed", message, hint, file=name, line=line, path=path_of(steps))
    return replace(found, pointer=pointer_to(steps))
