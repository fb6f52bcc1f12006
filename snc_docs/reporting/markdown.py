"""The report as Markdown (CommonMark with the struck-through text of GitHub), for a ticket or an e-mail: what is struck through is old, what is bold is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from snc_docs.diff.comparison import Changes
from snc_docs.diff.showing import Entry, clause_entries, data_entries, duty_text, rating_text
from snc_docs.language import Language
from snc_docs.patterns import regex
from snc_docs.reporting.words import words_in

_SPECIAL: Final = regex(r"([\\`*_{}\[\]<>#|~&])")


def report_markdown(changes: Changes, language: Language) -> str:
    """Return the report of one language."""
    return "\n".join(_lines(changes, language)) + "\n"


def _lines(changes: Changes, language: Language) -> Iterator[str]:
    changes.redline_in(language)  # refuses a language that isn't compared
    words = words_in(language)
    yield f"# {words['title']}"
    yield ""
    if changes.is_empty:
        yield words["same"]
        return
    forbidden = [
        f"**{_plain(where.in_language(language))}**{words['colon']} {_plain(reason.in_language(language))}" for where, reason in changes.forbidden()
    ]
    yield from _list(words["forbidden"], forbidden)
    yield from _list(words["duties"], [_plain(duty_text(duty, changes, language)) for duty in changes.duties()])
    for title, entries in ((words["data"], data_entries(changes, language)), (words["clauses"], clause_entries(changes, language))):
        yield from _list(title, [_entry(entry, changes, language, words) for entry in entries])


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield f"## {title}"
        yield ""
        yield from (f"- {item}" for item in items)
        yield ""


def _entry(entry: Entry, changes: Changes, language: Language, words: dict[str, str]) -> str:
    kind = f" – {entry.kind}" if entry.kind else ""
    line = f"{_plain(entry.about)}{kind}{_change(entry.old, entry.new, words)} *({_plain(rating_text(entry.rating, changes, language))})*"
    details = (f"  - {_plain(around)}{_change(old, new, words) if around else _shown(old, new)}" for around, old, new in entry.details)
    return "\n".join((line, *details))


def _change(old: str, new: str, words: dict[str, str]) -> str:
    shown = _shown(old, new)
    return f"{words['colon']} {shown}" if shown else ""


def _shown(old: str, new: str) -> str:
    return " → ".join(part for part in (_marked("~~", old), _marked("**", new)) if part)


def _marked(mark: str, text: str) -> str:
    """Return words between marks, which have to stand right beside them."""
    return f"{mark}{_plain(text.strip())}{mark}" if text.strip() else _plain(text)


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))
