"""``make-agreement statements``: what an agreement states, as text, JSON or a Word file to tick, and the list of what was read."""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from snc_docs import write
from snc_docs.assembly import numbered
from snc_docs.building.inspecting import TICKED, inspected
from snc_docs.cli.commands.statements import StatementsOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.show import Voice
from snc_docs.days import this_day
from snc_docs.diagnostics import FindingsError, has_errors
from snc_docs.document.nodes import Document
from snc_docs.document.walk import plain_text
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.loading import Loaded, load
from snc_docs.reporting.statements import Stated, as_data, as_section, statements, ticked
from snc_docs.templating.folders import layered

_LEAST_WIDTH: Final = 60
_INDENT: Final = "    "


def list_statements(options: StatementsOptions, voice: Voice) -> None:
    """Show, write or keep the list; FindingsError for an agreement that has errors."""
    loaded = load(options.baseline, options.client, today=this_day(options.today), templates=options.templates)
    documents, findings = inspected(loaded, options.languages or LANGUAGES, options.templates)
    if has_errors(findings):
        raise FindingsError(findings)
    folders = layered(loaded.agreement, options.templates)
    stated = {language: statements(document, folders, loaded.agreement) for language, document in documents.items()}
    if options.tick:
        _keep(stated, loaded, options, voice)
        return
    match "json" if voice.json and options.form == "text" else options.form:
        case "json":
            voice.told(findings, languages={language: as_data(each) for language, each in stated.items()})
        case "text":
            _print(stated)
        case _:
            _write(stated, documents, loaded, options.output, voice)


def _keep(stated: dict[Language, tuple[Stated, ...]], loaded: Loaded, options: StatementsOptions, voice: Voice) -> None:
    """Write the list beside the baseline, in place of an earlier one."""
    content = ticked((each for language in stated for each in stated[language]), this_day(options.today))
    files = {(loaded.folder or Path()) / TICKED: content}
    write_files(files, loaded.files)
    voice.files(files)
    voice.result((), list(files))


def _print(stated: dict[Language, tuple[Stated, ...]]) -> None:
    width = max(shutil.get_terminal_size().columns, _LEAST_WIDTH) - len(_INDENT)
    for each in stated.values():
        label = None
        for one in each:
            if one.label != label:
                label = one.label
                click.secho(f"\n{_found_by_words(one.label)}", bold=True)
            lines = textwrap.wrap(_found_by_words(one.text), width - 2) or [""]
            click.echo(f"[ ] {lines[0]}")
            for line in lines[1:]:
                click.echo(_INDENT + line)
            for line in textwrap.wrap(f"← {one.basis()}", width, break_long_words=False, break_on_hyphens=False):
                click.secho(_INDENT + line, dim=True)


def _found_by_words(text: str) -> str:
    """Return a text as it is looked for in a pipe: with common spaces, where no terminal would break the line."""
    return text if sys.stdout.isatty() else text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _write(stated: dict[Language, tuple[Stated, ...]], documents: dict[Language, Document], loaded: Loaded, output: Path, voice: Voice) -> None:
    made = {Path(language, "statements.docx"): write(_document(documents[language], each), "docx") for language, each in stated.items()}
    files = placed(output, made)
    write_files(files, loaded.files)
    voice.files(files)
    voice.result((), list(files))


def _document(document: Document, stated: tuple[Stated, ...]) -> Document:
    """Return the list as a document of its own, under the reference of the agreement."""
    section = as_section(stated, document.language)
    properties = replace(document.properties, title=plain_text(section.title))
    return numbered(replace(document, sections=(section,), properties=properties, resources=()))[0]
