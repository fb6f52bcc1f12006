"""``make-agreement blanks``: what is left to fill in, as text, JSON, or files to send."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from snc_docs.assembly import numbered
from snc_docs.building.inspecting import inspected
from snc_docs.characters import without_controls
from snc_docs.cli.commands.blanks import BlanksOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.show import Voice
from snc_docs.days import this_day
from snc_docs.diagnostics import FindingsError, has_errors
from snc_docs.document.nodes import Document
from snc_docs.document.walk import plain_text
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.model.loading import load
from snc_docs.reporting.blanks import Blank, as_lines, as_section, as_workbook, blanks
from snc_docs.writers import write

_LEAST_WIDTH: Final = 60


def list_blanks(options: BlanksOptions, voice: Voice) -> None:
    """Show or write the list; FindingsError for an agreement that has errors."""
    loaded = load(options.baseline, options.client, today=this_day(options.today), templates=options.templates)
    documents, findings = inspected(loaded, options.languages or LANGUAGES, options.templates)
    if has_errors(findings):
        raise FindingsError(findings)
    found = [each for each in blanks(documents) if options.giver in (None, each.giver)]
    match "json" if voice.json and options.form == "text" else options.form:
        case "json":
            voice.told(findings, blanks=[each.as_dict() for each in found])
        case "text":
            _print(found, voice)
        case form:
            client = loaded.agreement.client.legal_name
            files = placed(
                options.output, {Path(language, f"blanks.{form}"): _file(found, each, form, client) for language, each in documents.items()}
            )
            write_files(files, loaded.files)
            voice.files(files)
            voice.result((), list(files))


def _file(found: Sequence[Blank], document: Document, form: str, client: str | None) -> bytes:
    """Return the list as a file in the language of a document, under the reference of the agreement and the client's name."""
    if form == "xlsx":
        return as_workbook(found, document.language)
    section = as_section(found, document.language, client)
    properties = replace(document.properties, title=plain_text(section.title))
    return write(numbered(replace(document, sections=(section,), properties=properties, resources=()))[0], "docx")


def _print(found: Sequence[Blank], voice: Voice) -> None:
    """Print a line for each field, by who gives it."""
    width = max(shutil.get_terminal_size().columns, _LEAST_WIDTH)
    giver = None
    for label, places, who, path in sorted(as_lines(found, voice.language), key=lambda each: each[2]):
        if who != giver:
            giver = who
            click.secho(f"\n{who}", bold=True)
        for number, line in enumerate(textwrap.wrap(f"{label}  ({path}; {places})", width - 2, break_on_hyphens=False)):
            click.echo(without_controls(f"{'  ' if number else '□ '}{line}"))
    count = len(found)
    click.echo(voice.say(Wording(f"\n{count} champ(s) à remplir", f"\n{count} field(s) to fill in")))
