"""What a campaign made, told: a page to read, a table for a spreadsheet, and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Protocol

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.language.known import words_of
from snc_docs.writers.html import style


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row.

    ``key`` is its folder below the output, ``client`` what people call it, ``files`` are what was written, with the SHA-256 of each, ``digest`` is that of all
    that it depends on; ``kept`` says that an earlier run had made it.
    """

    key: str
    client: str
    file: str
    line: int | None
    digest: str
    files: tuple[tuple[str, str], ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    kept: bool = False

    @property
    def is_made(self) -> bool:
        """Return whether its files are there."""
        return bool(self.files)


_HEADINGS: Final = Wording("ligne;client;dossier;état;fichiers;empreinte;constats", "row;client;folder;state;files;digest;findings")
_MADE: Final = Wording("fait", "made")
_KEPT: Final = Wording("inchangé", "unchanged")
_BAD: Final = Wording("à corriger", "to mend")
_TITLE: Final = Wording("Campagne", "Campaign")
_DIGITS: Final = 12
# What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def state_of(outcome: Outcome) -> Wording:
    """Return what is said of a row: made, unchanged or to mend."""
    return (_KEPT if outcome.kept else _MADE) if outcome.is_made else _BAD


def summary_of(outcomes: Sequence[Outcome]) -> Wording:
    """Return how many rows were made, were unchanged and are to mend."""
    count = Counter(state_of(each) for each in outcomes)
    files = sum(len(each.files) for each in outcomes)
    return Wording(
        f"{len(outcomes)} ligne(s) : {count[_MADE]} faite(s), {count[_KEPT]} inchangée(s), {count[_BAD]} à corriger ; {files} fichier(s)",
        f"{len(outcomes)} row(s): {count[_MADE]} made, {count[_KEPT]} unchanged, {count[_BAD]} to mend; {files} file(s)",
    )


def report_csv(outcomes: Iterable[Outcome], language: str) -> bytes:
    """Return a row for each row, in UTF-8 with its mark and with semicolons, as spreadsheets read it; no cell of it is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS.in_language(language).split(";"))
    for each in outcomes:
        said = " | ".join(_told(finding, language) for finding in each.findings)
        cells = (
            str(each.line or ""),
            each.client,
            each.key,
            state_of(each).in_language(language),
            str(len(each.files)),
            each.digest[:_DIGITS],
            said,
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def report_json(outcomes: Iterable[Outcome], findings: Iterable[Diagnostic]) -> bytes:
    """Return all of it as JSON: ``rows``, each with its files and findings, and the ``findings`` on the table itself."""
    data = {"rows": [as_data(each) for each in outcomes], "findings": [each.as_dict() for each in findings]}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def as_data(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain values."""
    return {
        "key": outcome.key,
        "client": outcome.client,
        "file": outcome.file,
        "line": outcome.line,
        "made": outcome.is_made,
        "kept": outcome.kept,
        "digest": outcome.digest,
        "files": dict(outcome.files),
        "findings": [each.as_dict() for each in outcome.findings],
    }


def report_page(outcomes: Sequence[Outcome], findings: Sequence[Diagnostic], language: str) -> bytes:
    """Return one page, in UTF-8, that fetches nothing: what is to mend first, then all rows."""
    bad = [each for each in outcomes if not each.is_made]
    good = [each for each in outcomes if each.is_made]
    said = "".join(f"<li>{escape(_told(each, language))}</li>" for each in findings)
    body = (
        f"<p>{escape(summary_of(outcomes).in_language(language))}</p>",
        f"<ul>{said}</ul>" if said else "",
        _table(_HEADINGS.in_language(language).split(";"), [_cells(each, language) for each in (*bad, *good)], _TITLE.in_language(language)),
    )
    return _page(_TITLE.in_language(language), body, language)


class Grouped(Protocol):
    """Rows of one kind."""

    @property
    def what(self) -> Wording:
        """Return what they have in common."""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Return the rows."""


def summary_page(groups: Sequence[Grouped], language: str) -> bytes:
    """Return one page of the groups, each with its rows: who reads one of a group has read it."""
    title = _SUMMARY.in_language(language)
    headings = _GROUPED.in_language(language).split(";")
    body = []
    for each in groups:
        shown = [(escape(one.client), f"<code>{escape(one.key)}</code>") for one in each.outcomes]
        body += [
            f"<h2>{len(each.outcomes)} × {escape(each.what.in_language(language))}</h2>",
            _table(headings, shown, each.what.in_language(language)),
        ]
    return _page(title, body, language)


_SUMMARY: Final = Wording("Avenants par nature et par obligation", "Amendments by kind and by duty")
_GROUPED: Final = Wording("client;dossier", "client;folder")


def _page(title: str, body: Iterable[str], language: str) -> bytes:
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{words_of(language).locale}">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style()}{_STYLE}</style>",
        "</head>",
        "<body><main>",
        f"<h1>{escape(title)}</h1>",
        *body,
        "</main></body>",
        "</html>",
        "",
    )
    return "\n".join(each for each in lines[:-1] if each).encode() + b"\n"


def _cell(heading: str, content: str) -> str:
    """Return a cell that knows its heading, which a phone shows before it."""
    return f'<td data-column="{escape(heading)}">{content}</td>'


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """Return a table, wide ones to be moved sideways; cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in headings)
    body = "\n".join(f"<tr>{''.join(_cell(heading, each) for heading, each in zip(headings, row, strict=True))}</tr>" for row in rows)
    region = f'<div class="wide" role="region" aria-label="{escape(label)}" tabindex="0">'
    return f"{region}<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"


_STYLE: Final = ".wide{overflow-x:auto}td{vertical-align:top}td ul{margin:0;padding-left:1.2em}td code{white-space:nowrap}\n"


def _cells(outcome: Outcome, language: str) -> tuple[str, ...]:
    said = "".join(f"<li>{escape(_told(each, language))}</li>" for each in outcome.findings)
    return (
        escape(str(outcome.line or "")),
        escape(outcome.client),
        f"<code>{escape(outcome.key)}</code>",
        escape(state_of(outcome).in_language(language)),
        str(len(outcome.files)),
        f"<code>{escape(outcome.digest[:_DIGITS])}</code>",
        f"<ul>{said}</ul>" if said else "",
    )


_NAMES: Final = {
    Severity.ERROR: Wording("erreur", "error"),
    Severity.WARNING: Wording("avertissement", "warning"),
    Severity.INFO: Wording("information", "note"),
}


def _told(finding: Diagnostic, language: str) -> str:
    """Return a finding in one line, with what to do."""
    hint = finding.hint.in_language(language)
    place = f" ({finding.path})" if finding.path else ""
    kind = _NAMES[finding.severity].in_language(language)
    return f"{kind}: {finding.message.in_language(language)}{place}{f' → {hint}' if hint else ''}"
