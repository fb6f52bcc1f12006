"""The report as one self-contained page: the list of changes, and the redline inline or side by side.

Nothing is fetched; the one script is allowed by its digest. Without it the page shows the list and the redline inline.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from snc_docs.diff.comparison import Changes
from snc_docs.diff.showing import Entry, clause_entries, data_entries, duty_text, rating_text, weight_text, weights_shown
from snc_docs.document.nodes import Redline
from snc_docs.language import Language
from snc_docs.language.known import words_of
from snc_docs.reporting.words import words_in
from snc_docs.writers.html import main_html, style

_FOLDER: Final = Path(__file__).parent


def report_page(changes: Changes, language: Language) -> bytes:
    """Return the page of one language, in UTF-8."""
    redline = changes.redline_in(language)
    words = words_in(language)
    script = _file("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    title = f"{words['title']} – {redline.new.properties.title}"
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{words_of(language).locale}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style()}{_file('report.css')}{_spoken(words)}</style>",
        "</head>",
        '<body class="report">',
        f"<header><p>{escape(title)}</p><p>{escape(_marks(redline, words))}</p></header>",
        '<div class="layout">',
        f'<aside class="changes" aria-label="{escape(words["changes"])}">',
        *_aside(changes, language, words),
        "</aside>",
        f'<div><div class="versions" aria-hidden="true"><span>{escape(words["old"])}</span><span>{escape(words["new"])}</span></div>',
        f'<main data-old="{escape(words["old"])}">\n{main_html(redline)}</main></div>',
        "</div>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
        "",
    )
    return "\n".join(lines).encode()


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _spoken(words: dict[str, str]) -> str:
    """Return what a screen reader says around insertions and deletions."""
    pairs = (("ins", "inserted"), ("del", "deleted"))
    return "".join(f'{tag}::before {{ content: " [{words[name]}] "; }} {tag}::after {{ content: " [{words["end"]}] "; }}\n' for tag, name in pairs)


def _marks(redline: Redline, words: dict[str, str]) -> str:
    old, new = redline.old.properties, redline.new.properties
    versions = " → ".join(f"{words['version']} {each.version or '–'}" for each in (old, new))
    return " · ".join(part for part in (new.reference or old.reference, versions) if part)


def _aside(changes: Changes, language: Language, words: dict[str, str]) -> Iterator[str]:
    entries = [*data_entries(changes, language), *clause_entries(changes, language)]
    yield f"<h1>{escape(words['title'])}</h1>"
    yield from _summary(changes, language, words)
    yield from _tools(changes, language, words)
    yield f'<h2 id="report_title">{escape(words["changes"])} ({len(entries)})</h2>'
    yield '<ol id="report_changes" aria-labelledby="report_title">'
    for number, entry in enumerate(entries, 1):
        yield from _entry(number, entry, changes, language, words)
    yield "</ol>"


def _summary(changes: Changes, language: Language, words: dict[str, str]) -> Iterator[str]:
    if changes.is_empty:
        yield f"<p>{escape(words['same'])}</p>"
        return
    forbidden = changes.forbidden()
    if forbidden:
        rows = "".join(
            f"<li>{escape(where.in_language(language))}{words['colon']} {escape(reason.in_language(language))}</li>" for where, reason in forbidden
        )
        yield f'<div class="forbidden-list" role="note"><p><strong>{escape(words["forbidden"])}</strong></p><ul>{rows}</ul></div>'
    duties = changes.duties()
    if duties:
        rows = "".join(f"<li>{escape(duty_text(duty, changes, language))}</li>" for duty in duties)
        yield f"<h2>{escape(words['duties'])}</h2><ul>{rows}</ul>"


def _tools(changes: Changes, language: Language, words: dict[str, str]) -> Iterator[str]:
    yield '<div class="tools">'
    yield f"<fieldset><legend>{escape(words['view'])}</legend>"
    for name, checked in (("inline", " checked"), ("side-by-side", "")):
        yield f'<label><input type="radio" name="view" value="{name}"{checked}> {escape(words[name])}</label>'
    yield f"</fieldset><fieldset><legend>{escape(words['weight'])}</legend>"
    for name, count in weights_shown(changes, language).items():
        yield f'<label><input type="checkbox" name="weight" value="{name}" checked> {escape(weight_text(name, language))} ({count})</label>'
    yield '</fieldset></div><div class="steps">'
    yield f'<button type="button" id="report_previous">{escape(words["previous"])} <kbd>p</kbd></button>'
    yield f'<button type="button" id="report_next">{escape(words["next"])} <kbd>n</kbd></button>'
    data = "".join(f' data-{name}="{escape(words[key])}"' for name, key in (("place", "place"), ("shown", "shown"), ("none", "no-mark")))
    yield f'<p id="report_status" role="status"{data}></p>'
    yield "</div>"


def _entry(number: int, entry: Entry, changes: Changes, language: Language, words: dict[str, str]) -> Iterator[str]:
    kind = ' class="forbidden"' if entry.rating.forbidden else ""
    clause = f' data-clause="{escape(entry.clause)}"' if entry.clause else ""
    yield f'<li id="report_change_{number}" data-weight="{entry.rating.weight}"{clause}{kind}>'
    about = escape(entry.about)
    if entry.clause:
        target = f"was-{entry.clause}" if _is_gone(changes, language, entry.clause) else entry.clause
        about = f'<a href="#{escape(target)}">{about}</a>'
    yield f'<span class="about">{about}</span>{f" – {escape(entry.kind)}" if entry.kind else ""}'
    yield from _words((("", entry.old, entry.new),) if entry.old or entry.new else ())
    yield from _words(entry.details)
    why = entry.rating.forbidden
    reason = f" <b>{escape(words['forbidden-short'])}{words['colon']} {escape(why.in_language(language))}</b>" if why is not None else ""
    yield f'<p class="rating">{escape(rating_text(entry.rating, changes, language))}{reason}</p></li>'


def _words(details: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for around, old, new in details:
        before, _, after = around.partition("[…]")
        change = " ".join(part for part in (f"<del>{escape(old)}</del>" if old else "", f"<ins>{escape(new)}</ins>" if new else "") if part)
        yield f'<p class="words"><span class="around">{escape(before)}</span>{change}<span class="around">{escape(after)}</span></p>'


def _is_gone(changes: Changes, language: Language, clause: str) -> bool:
    return any(change.id == clause and not change.now for change in changes.clauses[language])
