"""``make-agreement diff``: what changed between two versions of an agreement."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from snc_docs import write
from snc_docs.characters import without_controls
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.options import (
    PATH,
    author_option,
    command_frame,
    day_of,
    language_option,
    new_argument,
    old_argument,
    old_templates_option,
    reference_at,
    reference_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice, print_json
from snc_docs.cli.versions import require_common_language, version_at
from snc_docs.diff.comparison import Changes, compare
from snc_docs.diff.showing import Entry, as_data, clause_entries, data_entries, duty_text, weight_text
from snc_docs.errors import SncDocsError
from snc_docs.language.formats import LANGUAGES
from snc_docs.reporting.markdown import report_markdown
from snc_docs.reporting.page import report_page
from snc_docs.reporting.words import words_in
from snc_docs.writers.docx.reference import Reference

_EXAMPLES: Final = """\b
Examples:
  make-agreement diff old.yaml new.yaml
  make-agreement diff issued.docx client.yaml -l fr
  make-agreement diff client.yaml client.yaml --new-baseline baseline-2027.yaml
  make-agreement diff old.yaml new.yaml --format html --format docx -o out
  make-agreement diff old.yaml new.yaml --format json | jq .duties

Exit codes, as those of diff: 0 the same, 1 different, 2 trouble.
"""
SAME, DIFFERENT, TROUBLE = 0, 1, 2
_WRITTEN: Final = ("html", "docx")
_SUFFIXES: Final = {"text": ".txt", "json": ".json", "markdown": ".md"}
_COLOURS: Final = {
    "essential": "red",
    "security": "red",
    "third-parties": "yellow",
    "location": "yellow",
    "notice-period": "yellow",
    "contact": "cyan",
    "editorial": "white",
}


@click.command(name="diff", epilog=_EXAMPLES)
@old_argument
@new_argument
@language_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["text", "json", "html", "docx", "markdown"]),
    help="Format; may be repeated. Default: text. html is a page to click through, docx has tracked changes.",
)
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=Path("out"),
    show_default=True,
    metavar="OUT",
    help="Folder of the html and docx files, or the file itself where one document is asked for (text, JSON and Markdown too).",
)
@click.option("--old-baseline", type=PATH, metavar="FILE", help="Baseline of OLD, in the place of the one that it names.")
@click.option("--new-baseline", type=PATH, metavar="FILE", help="Baseline of NEW, in the place of the one that it names.")
@author_option
@reference_option
@templates_option
@old_templates_option
@today_option
@command_frame
def command(
    old: Path,
    new: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    output: Path,
    old_baseline: Path | None,
    new_baseline: Path | None,
    author: str,
    reference: Path | None,
    templates: Path | None,
    old_templates: Path | None,
    today: datetime | None,
    *,
    voice: Voice,
) -> None:
    """Tell what NEW changes in OLD: the data, the clauses, the words.

    OLD and NEW are client files, or Word files that this command wrote: they
    carry their data. Each change is rated, says which duty it triggers, and
    whether the agreement itself forbids it.
    """
    with _trouble_as_diff_says(voice):
        day = day_of(today)
        wanted = languages or LANGUAGES
        read: list[Path] = [reference] if reference else []
        styles = reference_at(reference)
        was = version_at(old, old_baseline, wanted, old_templates or templates, day, read)
        now = version_at(new, new_baseline, wanted, templates, day, read)
        require_common_language(was, now, languages)
        changes = compare(was, now, author, datetime.now(UTC) if today is None else day)
        written, printed = _asked_for(changes, formats or ("text",), output, styles, voice)
        files = placed(output, written) if written else {}
        write_files(files, read)
        _say(changes, printed, files, voice)
    raise SystemExit(SAME if changes.is_empty else DIFFERENT)


def _asked_for(changes: Changes, formats: Sequence[str], output: Path, styles: Reference | None, voice: Voice) -> tuple[dict[Path, bytes], list[str]]:
    """Return the documents to write, and the formats to print; one that is printed is written where OUT names a file of its kind."""
    printed = [form for form in dict.fromkeys(formats) if form not in _WRITTEN]
    written = {
        Path(language, f"changes.{form}"): _file(changes, language, form, styles)
        for language in changes.redlines
        for form in formats
        if form in _WRITTEN
    }
    if not written and [_SUFFIXES[form] for form in printed] == [output.suffix.lower()]:
        return {Path(f"changes{output.suffix.lower()}"): _printed(changes, printed[0], voice).encode()}, []
    return written, printed


@contextmanager
def _trouble_as_diff_says(voice: Voice) -> Iterator[None]:
    """Give every trouble the exit code that diff has for it."""
    try:
        yield
    except SncDocsError as error:
        voice.trouble(error)
        sys.exit(TROUBLE)


def _file(changes: Changes, language: str, form: str, styles: Reference | None) -> bytes:
    return report_page(changes, language) if form == "html" else write(changes.redlines[language], "docx", styles)


def _say(changes: Changes, forms: Sequence[str], files: dict[Path, bytes], voice: Voice) -> None:
    """Print what was asked for, and the names of the files; to a program one object with both."""
    if voice.json:
        print_json({**as_data(changes), "files": [str(path) for path in files]})
        return
    for form in forms:
        _print(changes, form, voice)
    voice.files(files)


def _print(changes: Changes, form: str, voice: Voice) -> None:
    match form:
        case "json":
            print_json(as_data(changes))
        case "markdown":
            click.echo(without_controls(report_markdown(changes, _language(changes, voice))), nl=False)
        case _:
            _page(list(_text(changes, _language(changes, voice))))


def _language(changes: Changes, voice: Voice) -> str:
    return voice.language if voice.language in changes.redlines else next(iter(changes.redlines))


def _printed(changes: Changes, form: str, voice: Voice) -> str:
    """Return what a format prints, for a file."""
    match form:
        case "json":
            return json.dumps(as_data(changes), ensure_ascii=False, indent=2) + "\n"
        case "markdown":
            return report_markdown(changes, _language(changes, voice))
        case _:
            return click.unstyle("\n".join(_text(changes, _language(changes, voice)))) + "\n"


def _page(lines: list[str]) -> None:
    """Print lines, through a pager where a terminal is too low for them."""
    text = "\n".join(lines) + "\n"
    if sys.stdout.isatty() and len(lines) >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)


def _text(changes: Changes, language: str) -> Iterator[str]:
    words = words_in(language)
    if changes.is_empty:
        yield words["same"]
        return
    width = max(shutil.get_terminal_size().columns, 40)
    forbidden = changes.forbidden()
    if forbidden:
        yield click.style(words["forbidden"], fg="red", bold=True)
        for where, reason in forbidden:
            yield from _wrapped(f"{where.in_language(language)}{words['colon']} {reason.in_language(language)}", width, "  ")
        yield ""
    if changes.duties():
        yield click.style(words["duties"], bold=True)
        for duty in changes.duties():
            yield from _wrapped(duty_text(duty, changes, language), width, "  ")
        yield ""
    for title, entries in ((words["data"], data_entries(changes, language)), (words["clauses"], clause_entries(changes, language))):
        if entries:
            yield click.style(f"{title} ({len(entries)})", bold=True)
            for entry in entries:
                yield from _entry(entry, language, width)
            yield ""


def _entry(entry: Entry, language: str, width: int) -> Iterator[str]:
    weight = weight_text(entry.rating.weight, language)
    about = entry.about + (f" – {entry.kind}" if entry.kind else "")
    first, *rest = textwrap.wrap(without_controls(f"{about} [{weight}]"), width - 2, subsequent_indent="  ") or [""]
    yield "  " + first.replace(f"[{weight}]", click.style(f"[{weight}]", fg=_COLOURS[entry.rating.weight]))
    yield from (f"  {line}" for line in rest)
    yield from _change("", entry.old, entry.new, width)
    for around, old, new in entry.details:
        yield from _change(around, old, new, width)


def _change(around: str, old: str, new: str, width: int) -> Iterator[str]:
    if around:
        yield from _wrapped(around, width, "      ")
    for sign, text, colour in (("-", old, "red"), ("+", new, "green")):
        if text:
            yield from (click.style(line, fg=colour) for line in _wrapped(text, width, "    ", f"    {sign} "))


def _wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        without_controls(text), width, initial_indent=indent if first is None else first, subsequent_indent=indent + "  ", break_on_hyphens=False
    )
