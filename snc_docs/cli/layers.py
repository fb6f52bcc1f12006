"""``make-agreement layers``: the clauses of an agreement's layers, as a table or JSON, and the record of what they replace."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from typing import Any, Final

import click

from snc_docs.cli.commands.layers import LayersOptions
from snc_docs.cli.files import write_files
from snc_docs.cli.show import Voice
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.model.loading import load
from snc_docs.templating.folders import TemplateFolders, layered, template_folders
from snc_docs.templating.layers import LayeredClause, changed_below, layer_name, layered_clauses, records
from snc_docs.templating.unused import unused_files

_HEADINGS: Final = (Wording("Clause", "Clause"), Wording("Rôle", "Role"), Wording("Couche", "Layer"), Wording("Couvre", "Covers"))
_REPLACES: Final = Wording("remplace", "replaces")
_NONE: Final = Wording("absente", "missing")


def layers(options: LayersOptions, voice: Voice) -> None:
    """Show the layers of each clause, or keep what they replace."""
    folders = (
        layered(load(options.client, templates=options.templates).agreement, options.templates)
        if options.client
        else template_folders(options.templates)
    )
    if options.accept:
        files = records(folders)
        write_files(files, ())
        voice.files(files)
        voice.result((), list(files))
        return
    clauses = layered_clauses(folders)
    findings = [*changed_below(folders, unrecorded=True), *unused_files(folders, [each.entry for each in clauses])]
    if options.form == "json" or voice.json:
        voice.told(findings, layers=_named(folders), clauses=[_data(each) for each in clauses])
        return
    _print(clauses, folders, voice)
    voice.findings(sorted(findings, key=Diagnostic.in_order))


def _named(folders: TemplateFolders) -> list[str]:
    """Return the layers, the lowest first."""
    return [layer_name(folder) for folder in reversed(folders.folders)]


def _data(clause: LayeredClause) -> dict[str, Any]:
    entry = clause.entry
    return {
        "id": entry.id,
        "role": entry.role,
        "when": entry.when,
        "covers": list(entry.covers),
        "layers": clause.layers,
        "replaces": clause.replaces,
    }


def _print(clauses: Sequence[LayeredClause], folders: TemplateFolders, voice: Voice) -> None:
    """Print a line a clause: its name, role, layer and requirements; layers by their numbers, told above."""
    numbers = {name: str(index) for index, name in enumerate(_named(folders))}
    for name, number in numbers.items():
        click.echo(f"{number}  {name}")
    rows = [tuple(map(voice.say, _HEADINGS)), *(_row(clause, numbers, voice) for clause in clauses)]
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(len(_HEADINGS) - 1)]
    room = max(shutil.get_terminal_size().columns, 60) - sum(widths)
    click.echo()
    for index, row in enumerate(rows):
        lines = textwrap.wrap(row[-1], room) or [""]
        head = "".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=False))
        click.secho(f"{head}{lines[0]}".rstrip(), bold=index == 0)
        for line in lines[1:]:
            click.echo(" " * sum(widths) + line)


def _row(clause: LayeredClause, numbers: dict[str, str], voice: Voice) -> tuple[str, str, str, str]:
    found = {language: numbers[clause.layers[language]] if clause.layers[language] else voice.say(_NONE) for language in LANGUAGES}
    same = len(set(found.values())) == 1
    shown = found[LANGUAGES[0]] if same else ", ".join(f"{language}: {layer}" for language, layer in found.items())
    indent = "  " if clause.entry.role == "subsection" else ""
    role = "part" if clause.entry.role == "subsection" else clause.entry.role
    return f"{indent}{clause.entry.id}", role, f"{shown} ({voice.say(_REPLACES)})" if clause.replaces else shown, ", ".join(clause.entry.covers)
