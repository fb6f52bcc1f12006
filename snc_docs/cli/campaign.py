"""``make-agreement campaign``: rows to documents, with a plan before, a sample to look at, and a report behind."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

import click

from snc_docs.building.names import require_pattern
from snc_docs.campaign.columns import all_columns
from snc_docs.campaign.planning import Planned, campaign_of, plan, sample
from snc_docs.campaign.rows import listed_lines
from snc_docs.campaign.running import T, Work, in_order, run, workers_for
from snc_docs.campaign.sheet import sheet_to_fill_in, usual_columns
from snc_docs.campaign.sources import read_records
from snc_docs.campaign.state import FILE, State, refuse_second
from snc_docs.campaign.storage import Folder, Store, store_at
from snc_docs.campaign.work import Settings, made_by
from snc_docs.cli.commands.campaign import CampaignAmendOptions, CampaignOptions, ColumnsOptions
from snc_docs.cli.files import write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.progress import progress
from snc_docs.cli.show import Voice, print_json
from snc_docs.cli.speech import said
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, Severity, has_errors
from snc_docs.errors import Wording
from snc_docs.model.agreement import LISTED_ROLES, Agreement
from snc_docs.model.fact_loading import declared_in
from snc_docs.model.facts import Declared
from snc_docs.model.loading import load_shared, read_baseline
from snc_docs.reporting.campaign import Outcome, report_csv, report_json, report_page, summary_of
from snc_docs.templating.folders import template_folders

SOME_BAD: Final = 1
_MOST_SHOWN: Final = 20


def campaign(options: CampaignOptions, voice: Voice) -> None:
    """Plan or run; SystemExit where rows are to mend."""
    if options.baseline is None and not options.rows.is_dir():
        raise click.UsageError(said("The rows of a table name no baseline: give it with --baseline FILE."))
    if options.names:
        require_pattern(options.names)
    settings = _settings(options)
    records = read_records(options.rows, options.mapping, _declared(options.baseline, options.templates), options.dates)
    whole = campaign_of(records.records, settings, records.findings)
    if options.plan:
        _tell_plan(list(plan(whole)), whole.findings, voice)
        return
    if options.sample is not None:
        chosen = {each.job.key for each in sample(list(plan(whole)), options.sample)}
        whole = replace(whole, jobs=tuple(each for each in whole.jobs if each.key in chosen))
    store = store_at(options.output)
    outcomes = carried_out(made_by, whole.jobs, whole.settings, store, options, voice)
    tell(outcomes, whole.findings, store, voice)
    if not all(each.is_made for each in outcomes):
        raise SystemExit(SOME_BAD)


def _settings(options: CampaignOptions) -> Settings:
    return Settings(
        options.baseline,
        languages=tuple(options.languages),
        formats=tuple(options.formats),
        parts=tuple(options.parts),
        compliance_matrix=options.compliance_matrix,
        no_embed=options.no_embed,
        names=options.names,
        reference=reference_at(options.reference),
        templates=tuple(options.templates),
        strict=options.strict,
        today=this_day(options.today),
    )


def _declared(baseline: Path | None, templates: Sequence[Path]) -> Declared:
    """Return the facts that the layers of the baseline, and those of the command line, declare."""
    below = _shared(baseline, templates).layers if baseline is not None else ()
    return declared_in(template_folders(tuple(templates), below=below).lowest_first())


def _shared(baseline: Path, templates: Sequence[Path]) -> Agreement:
    return load_shared(read_baseline(baseline), templates=tuple(templates)).agreement


def carried_out(
    work: Work[T], tasks: Sequence[T], settings: object, store: Store, options: CampaignOptions | CampaignAmendOptions, voice: Voice
) -> list[Outcome]:
    """Return what became of each task, in the order of their rows, shown as it comes; FileTroubleError where a run was in the same place before.

    The state is in the file that is named, or in that of the folder; beside this run where the files go to a URL.
    """
    state = State(options.state or (store.path / FILE if isinstance(store, Folder) else Path(FILE)))
    if not options.resume:
        refuse_second(state)
    outcomes = []
    with workers_for(options.executor, options.jobs) as workers, progress(len(tasks), voice) as shown:
        for outcome in run(work, tasks, settings, store, state, workers):
            outcomes.append(outcome)
            shown.step(bad=not outcome.is_made)
    return in_order(outcomes)


def tell(outcomes: Sequence[Outcome], findings: Sequence[Diagnostic], store: Store, voice: Voice) -> None:
    """Write the report in three forms, and say what there is to say of it."""
    store.put(PurePosixPath("report.html"), report_page(outcomes, findings, voice.language))
    store.put(PurePosixPath("report.csv"), report_csv(outcomes, voice.language))
    store.put(PurePosixPath("report.json"), report_json(outcomes, findings))
    store.tidy()
    if voice.json:
        told = json.loads(report_json(outcomes, findings))
        print_json(
            {"ok": all(each.is_made for each in outcomes), "files": [_place(store, f"report.{form}") for form in ("html", "csv", "json")], **told}
        )
        return
    voice.findings(findings)
    bad = [each for each in outcomes if not each.is_made]
    for each in bad[:_MOST_SHOWN]:
        click.echo(f"✗ {each.client} ({each.key})", err=True)
        voice.findings(each.findings)
    if len(bad) > _MOST_SHOWN:
        more = len(bad) - _MOST_SHOWN
        click.echo(voice.say(Wording(f"… et {more} autres : voir le rapport.", f"… and {more} more: see the report.")), err=True)
    _tell_warnings(((each.key, each.findings) for each in outcomes if each.is_made), voice)
    click.echo(voice.say(summary_of(outcomes)))
    click.echo(_place(store, "report.html"))


def _tell_warnings(found: Iterable[tuple[str, Sequence[Diagnostic]]], voice: Voice) -> None:
    """Say each warning on rows that can be made once, with the rows that it is about."""
    rows: dict[tuple[str, Wording], list[tuple[str, Diagnostic]]] = defaultdict(list)
    for key, findings in found:
        for each in findings:
            if each.severity is Severity.WARNING:
                rows[each.rule, each.hint].append((key, each))
    for about in rows.values():
        voice.findings([about[0][1]])
        if len(about) > 1:
            keys = listed_lines([key for key, _ in about])
            click.echo(voice.say(Wording(f"    {len(about)} lignes : {keys}", f"    {len(about)} rows: {keys}")), err=True)


def _place(store: Store, name: str) -> str:
    return str(store.path / name) if isinstance(store, Folder) else f"{store.url}/{name}"


def _tell_plan(planned: Sequence[Planned], findings: Sequence[Diagnostic], voice: Voice) -> None:
    """Say what a run would do; SystemExit where rows are to mend."""
    blanks = Counter(path for each in planned for path in each.blanks)
    bad = [each for each in planned if not each.is_good]
    if voice.json:
        print_json(_plan_data(planned, blanks, findings, voice))
    else:
        voice.findings(findings)
        for each in bad[:_MOST_SHOWN]:
            click.echo(f"✗ {each.job.client} ({each.job.key})", err=True)
            voice.findings(each.findings)
        _tell_warnings(((each.job.key, each.findings) for each in planned if each.is_good), voice)
        _tell_blanks(blanks, len(planned) - len(bad), voice)
        good = len(planned) - len(bad)
        click.echo(
            voice.say(
                Wording(
                    f"{len(planned)} ligne(s) : {good} à faire, {len(bad)} à corriger", f"{len(planned)} row(s): {good} to make, {len(bad)} to mend"
                )
            )
        )
    if bad:
        raise SystemExit(SOME_BAD)


def _tell_blanks(blanks: Counter[str], good: int, voice: Voice) -> None:
    if blanks:
        click.echo(voice.say(Wording("Laissé à remplir :", "Left to fill in:")))
    for path, count in blanks.most_common():
        click.echo(f"  {count:>6} / {good}  {path}")


def _plan_data(planned: Sequence[Planned], blanks: Counter[str], findings: Iterable[Diagnostic], voice: Voice) -> dict[str, Any]:
    return {
        "ok": all(each.is_good for each in planned),
        "rows": [
            {
                "key": each.job.key,
                "client": each.job.client,
                "line": each.job.record.line,
                "ok": not has_errors(each.findings),
                "blanks": list(each.blanks),
                "findings": [voice.data_of(finding) for finding in each.findings],
            }
            for each in planned
        ],
        "blanks": dict(blanks.most_common()),
        "findings": [voice.data_of(each) for each in findings],
    }


def write_columns(options: ColumnsOptions, voice: Voice) -> None:
    """Write the workbook to fill in."""
    declared = _declared(options.baseline, options.templates)
    shared = _shared(options.baseline, options.templates) if options.baseline is not None else None
    services = tuple(each.id for each in shared.services) if shared is not None else ()
    roles = tuple(each.value for each in LISTED_ROLES)
    columns = all_columns(declared, services) if options.all_fields else usual_columns(declared, services, roles)
    if shared is not None and not (shared.commitments.incidents and shared.commitments.incidents.levels):
        columns = tuple(each for each in columns if each.path != "incident_level")  # there is none to choose
    if options.workbook.suffix.lower() not in ("", ".xlsx"):
        raise click.UsageError(said("The columns are an Excel workbook: give its name the ending .xlsx."))
    files = {options.workbook: sheet_to_fill_in(columns)}
    write_files(files, [options.baseline] if options.baseline is not None else [])
    voice.files(files)
    voice.result((), list(files), columns=[each.path for each in columns])
