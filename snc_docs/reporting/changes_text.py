"""What changed, as lines of text for people; a terminal paints them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final, Protocol

from snc_docs.characters import without_controls
from snc_docs.diff.comparison import Changes
from snc_docs.diff.showing import Entry, clause_entries, data_entries, duty_text, weight_text
from snc_docs.language import Language
from snc_docs.reporting.words import words_in

_COLOURS: Final = {
    "essential": "red",
    "security": "red",
    "third-parties": "yellow",
    "location": "yellow",
    "notice-period": "yellow",
    "contact": "cyan",
    "editorial": "white",
}


class Paint(Protocol):
    """What gives a text its colour, and makes it bold, as ``click.style`` does for a terminal."""

    def __call__(self, text: str, /, *, fg: str | None = None, bold: bool | None = None) -> str:
        """Return the text as it looks."""


def _plain(text: str, /, *, fg: str | None = None, bold: bool | None = None) -> str:  # noqa: ARG001  # no file has either
    return text


WIDTH: Final = 80


def changes_text(changes: Changes, language: Language, width: int = WIDTH, paint: Paint = _plain) -> Iterator[str]:
    """Yield the lines, without their ends, of at most ``width`` characters."""
    words = words_in(language)
    if changes.is_empty:
        yield words["same"]
        return
    forbidden = changes.forbidden()
    if forbidden:
        yield paint(words["forbidden"], fg="red", bold=True)
        for where, reason in forbidden:
            yield from _wrapped(f"{where.in_language(language)}{words['colon']} {reason.in_language(language)}", width, "  ")
        yield ""
    if changes.duties():
        yield paint(words["duties"], bold=True)
        for duty in changes.duties():
            yield from _wrapped(duty_text(duty, changes, language), width, "  ")
        yield ""
    for title, entries in ((words["data"], data_entries(changes, language)), (words["clauses"], clause_entries(changes, language))):
        if entries:
            yield paint(f"{title} ({len(entries)})", bold=True)
            for entry in entries:
                yield from _entry(entry, language, width, paint)
            yield ""


def _entry(entry: Entry, language: Language, width: int, paint: Paint) -> Iterator[str]:
    weight = weight_text(entry.rating.weight, language)
    about = entry.about + (f" – {entry.kind}" if entry.kind else "")
    first, *rest = textwrap.wrap(without_controls(f"{about} [{weight}]"), width - 2, subsequent_indent="  ") or [""]
    yield "  " + first.replace(f"[{weight}]", paint(f"[{weight}]", fg=_COLOURS[entry.rating.weight]))
    yield from (f"  {line}" for line in rest)
    yield from _change("", entry.old, entry.new, width, paint)
    for around, old, new in entry.details:
        yield from _change(around, old, new, width, paint)


def _change(around: str, old: str, new: str, width: int, paint: Paint) -> Iterator[str]:
    if around:
        yield from _wrapped(around, width, "      ")
    for sign, text, colour in (("-", old, "red"), ("+", new, "green")):
        if text:
            yield from (paint(line, fg=colour) for line in _wrapped(text, width, "    ", f"    {sign} "))


def _wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        without_controls(text), width, initial_indent=indent if first is None else first, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
