"""``make-agreement diff``: what changed between two versions of an agreement."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from snc_docs.building.versions import WRITTEN, differences
from snc_docs.characters import without_controls
from snc_docs.cli.commands.diff import DiffOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.show import Voice, print_json
from snc_docs.cli.versions import require_common_language, version_at
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic
from snc_docs.diff.comparison import Changes
from snc_docs.diff.showing import as_data
from snc_docs.errors import SncDocsError
from snc_docs.language import LANGUAGES, Language
from snc_docs.reporting.changes_text import changes_text
from snc_docs.reporting.markdown import report_markdown

SAME, DIFFERENT, TROUBLE = 0, 1, 2
_SUFFIXES: Final = {"text": ".txt", "json": ".json", "markdown": ".md"}


def diff(options: DiffOptions, voice: Voice) -> None:
    """Say or write what changed; SystemExit with the exit code of the comparison."""
    with _trouble_as_diff_says(voice):
        day = this_day(options.today)
        wanted = options.languages or LANGUAGES
        read: list[Path] = [options.reference] if options.reference else []
        styles = reference_at(options.reference)
        was = version_at(options.old, options.old_baseline, wanted, options.old_templates or options.templates, day, read).version
        now = version_at(options.new, options.new_baseline, wanted, options.templates, day, read).version
        require_common_language(was, now, options.languages)
        moment = datetime.now(UTC) if options.today is None else day
        formats = options.formats or ("text",)
        done = differences(was, now, formats=[form for form in formats if form in WRITTEN], author=options.author, reference=styles, today=moment)
        printed = [form for form in dict.fromkeys(formats) if form not in WRITTEN]
        written = done.files
        if not written and [_SUFFIXES[form] for form in printed] == [options.output.suffix.lower()]:
            written, printed = {Path(f"changes{options.output.suffix.lower()}"): _printed(done.changes, printed[0], voice).encode()}, []
        files = placed(options.output, written) if written else {}
        write_files(files, read)
        _say(done.changes, printed, files, done.findings, voice)
    raise SystemExit(SAME if done.changes.is_empty else DIFFERENT)


@contextmanager
def _trouble_as_diff_says(voice: Voice) -> Iterator[None]:
    """Give every trouble the exit code that diff has for it."""
    try:
        yield
    except SncDocsError as error:
        voice.trouble(error)
        sys.exit(TROUBLE)


def _say(changes: Changes, forms: Sequence[str], files: dict[Path, bytes], findings: Sequence[Diagnostic], voice: Voice) -> None:
    """Print what was asked for, and the names of the files; to a program one object with both."""
    if voice.json:
        voice.told(findings, list(files), **as_data(changes))
        return
    voice.findings(findings)
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
            _page(list(changes_text(changes, _language(changes, voice), _width(), click.style)))


def _language(changes: Changes, voice: Voice) -> Language:
    return voice.language if voice.language in changes.redlines else next(iter(changes.redlines))


def _printed(changes: Changes, form: str, voice: Voice) -> str:
    """Return what a format prints, for a file."""
    match form:
        case "json":
            return json.dumps(as_data(changes), ensure_ascii=False, indent=2) + "\n"
        case "markdown":
            return report_markdown(changes, _language(changes, voice))
        case _:
            return "\n".join(changes_text(changes, _language(changes, voice), _width())) + "\n"


def _width() -> int:
    return max(shutil.get_terminal_size().columns, 40)


def _page(lines: list[str]) -> None:
    """Print lines, through a pager where a terminal is too low for them."""
    text = "\n".join(lines) + "\n"
    if sys.stdout.isatty() and len(lines) >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)
