"""``make-agreement check``: every finding on data, templates and documents, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.inspecting import inspected
from snc_docs.cli.options import command_frame, language_option, templates_option, today_option
from snc_docs.cli.show import Voice
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.language.formats import LANGUAGES
from snc_docs.model.loading import load
from snc_docs.model.source import read_source

_EXAMPLES: Final = """\b
Examples:
  make-agreement check client.yaml
  make-agreement check baseline.yaml clients/*.yaml --json
  make-agreement check client.yaml --templates our-clauses
"""


@click.command(name="check", epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@language_option
@templates_option
@today_option
@command_frame
def command(files: Sequence[Path], languages: Sequence[str], templates: Path | None, today: datetime | None, *, voice: Voice) -> None:
    """Check FILES: baselines, client files, or both; or templates.

    A client file is checked with the baseline that it names, or else with the
    baseline among FILES; a baseline alone is checked with an unknown client.
    Exit code 2 when there are errors, 3 when a file can't be read.
    """
    day = today.date() if today else None
    findings: list[Diagnostic] = []
    pairs = list(_pairs(files, findings))
    for pair in pairs:
        try:
            loaded = load(*pair, today=day)
            findings += loaded.findings
            findings += inspected(loaded, languages or LANGUAGES, templates)[1]
        except FindingsError as error:
            findings += error.diagnostics
        except FileTroubleError as error:
            findings.append(_unreadable(pair[0], error))
    findings = sorted(dict.fromkeys(findings), key=Diagnostic.in_order)
    voice.findings(findings)
    if not voice.json:
        click.echo(voice.say(Wording(f"{len(files)} fichier(s) : ", f"{len(files)} file(s): ")) + voice.count(findings))
    voice.result(findings)
    if any(finding.rule == "file.unreadable" for finding in findings):
        raise SystemExit(FileTroubleError.exit_code)
    if has_errors(findings):
        raise SystemExit(FindingsError.exit_code)


def _unreadable(path: Path, error: FileTroubleError) -> Diagnostic:
    """Return the finding for a file that can't be read, so that the other files are still checked."""
    return Diagnostic.error("file.unreadable", error.wording, Wording("vérifier le chemin et les droits", "check path and rights"), file=str(path))


def _pairs(files: Iterable[Path], findings: list[Diagnostic]) -> Iterator[tuple[Path, Path | None]]:
    """Yield what to load together: a client file with its baseline, or a baseline that no client file uses."""
    baselines, clients = [], []
    for path in files:
        try:
            source = read_source(path)
        except FindingsError as error:
            findings += error.diagnostics
            continue
        except FileTroubleError as error:
            findings.append(_unreadable(path, error))
            continue
        if isinstance(source.data.get("baseline"), str):
            yield path, None
        elif "provider" in source.data:
            baselines.append(path)
        else:
            clients.append(path)
    if not baselines:
        yield from ((client, None) for client in clients)
    for baseline in baselines:
        yield from ((baseline, client) for client in clients or (None,))
