"""``make-agreement check``: every finding on data, templates and documents, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from snc_docs.characters import without_controls
from snc_docs.checking.agreements import check as checked
from snc_docs.checking.agreements import in_order, unreadable
from snc_docs.cli.commands.check import CheckOptions
from snc_docs.cli.files import write_files
from snc_docs.cli.show import Voice
from snc_docs.cli.speech import said
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.loading import is_baseline, load
from snc_docs.model.source import parse_source, read_source
from snc_docs.reporting.pipelines import as_github, as_sarif
from snc_docs.templating.folders import TemplateFolders, read_template_text, template_folders

_COLON: Final = Wording(" : ", ": ")


def check(options: CheckOptions, voice: Voice) -> None:
    """Say every finding; SystemExit with the exit code that they ask for."""
    if not options.files and not options.templates.are_checked:
        raise click.UsageError(said("Give FILES, or --templates."))
    day = options.today.date() if options.today else None
    templates = options.templates.folders
    findings: list[Diagnostic] = []
    layers: list[Path] = []
    own: list[Agreement | None] = []
    pairs = list(_pairs(options.files, findings))
    for pair in pairs:
        done = checked(*pair, languages=options.languages, templates=templates, today=day)
        findings += done.findings
        own.append(done.agreement)
        layers += done.agreement.layers if done.agreement is not None else ()
    if options.templates.are_checked:
        from snc_docs.checking.examples import example_agreements
        from snc_docs.checking.templates import check_templates

        if options.accept_names:
            _accept_names(template_folders(templates, below=layers), voice)
        agreements = [load(path, today=day, templates=templates).agreement for path in options.data]
        given = [*agreements, *(found for found in own if found is not None)]
        findings += check_templates(template_folders(templates, below=layers), [*example_agreements(), *agreements], given)
    told = in_order(findings, strict=options.strict)
    _say(told, options, voice)
    if any(finding.rule == "file.unreadable" for finding in told):
        raise SystemExit(FileTroubleError.exit_code)
    if has_errors(told):
        raise SystemExit(FindingsError.exit_code)


def _say(told: Sequence[Diagnostic], options: CheckOptions, voice: Voice) -> None:
    """Print the findings in the format that is asked for."""
    match "json" if voice.json and options.form == "text" else options.form:
        case "json":
            replace(voice, json=True).result(told)
        case "sarif":
            click.echo(as_sarif(told, voice.language, Path.cwd()))
        case "github":
            for line in as_github(told, voice.language):
                click.echo(without_controls(line))
        case _:
            voice.findings(told)
            click.echo(voice.say(_checked(len(options.files), with_templates=options.templates.are_checked)) + voice.count(told))


def _accept_names(folders: TemplateFolders, voice: Voice) -> None:
    """Write the names that clauses use into the uppermost of the user's own layers; UsageError where there is none."""
    from snc_docs.checking.names import with_names
    from snc_docs.checking.templates import undefined_names

    own = folders.own()
    if not own:
        raise click.UsageError(said("--accept-names writes into a layer of your own: name it with --templates DIR."))
    path = own[0] / "names.yaml"
    text = read_template_text(path) if path.is_file() else ""
    known = parse_source(text, str(path), path.parent).data if text else {}
    found = undefined_names(folders)
    if any(found.values()):
        files = {path: with_names(text, known, found).encode()}
        write_files(files, ())
        voice.files(files)


def _checked(count: int, *, with_templates: bool) -> Wording:
    """Return what was checked, before the count of findings."""
    files = Wording(f"{count} fichier(s)", f"{count} file(s)") if count else Wording("", "")
    templates = Wording("modèles", "templates") if with_templates else Wording("", "")
    return Wording(*(", ".join(filter(None, (files[at], templates[at]))) + _COLON[at] for at in range(len(_COLON))))


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
            findings.append(unreadable(path, error))
            continue
        if isinstance(source.data.get("baseline"), str):
            yield path, None
        elif is_baseline(source):
            baselines.append(path)
        else:
            clients.append(path)
    if not baselines:
        yield from ((client, None) for client in clients)
    for baseline in baselines:
        yield from ((baseline, client) for client in clients or (None,))
