"""``make-agreement campaign amend``: the packages of all agreements in force, and a summary by what they change and require."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import click

from snc_docs.campaign.amending import AmendSettings, agreements_in, amended_by, groups_of, planned_by
from snc_docs.campaign.storage import store_at
from snc_docs.cli.campaign import SOME_BAD, carried_out, tell
from snc_docs.cli.commands.campaign import CampaignAmendOptions
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.show import NOT_TO_SIGN, Voice
from snc_docs.days import day_of, this_day
from snc_docs.diagnostics import Diagnostic, has_errors
from snc_docs.errors import Wording
from snc_docs.model.loading import load_shared, read_baseline
from snc_docs.reporting.campaign import Outcome, as_data, summary_page


def amend_all(options: CampaignAmendOptions, voice: Voice) -> None:
    """Plan or write the packages; SystemExit where some are to mend."""
    settings = _settings(options)
    found = agreements_in(options.folder, settings)
    if options.plan:
        _tell_plan(list(planned_by(found.agreements, settings)), found.findings, voice)
        return
    store = store_at(options.output)
    done = carried_out(amended_by, found.agreements, settings, store, options, voice)
    groups = list(groups_of(done))
    store.put(PurePosixPath("summary.html"), summary_page(groups, voice.language))
    store.tidy()
    if not voice.json:
        _tell_groups(groups, voice)
    tell(done, found.findings, store, voice)
    if load_shared(read_baseline(settings.baseline), templates=settings.templates, today=settings.effective_on).agreement.is_draft:
        voice.aside(NOT_TO_SIGN)
    if has_errors(found.findings) or not all(each.is_made for each in done):
        raise SystemExit(SOME_BAD)


def _settings(options: CampaignAmendOptions) -> AmendSettings:
    return AmendSettings(
        options.baseline,
        day_of(options.effective_on),
        this_day(options.notified_on or options.today),
        options.version,
        (options.ground[0], options.ground[1]) if options.ground else None,
        options.reason.strip(),
        options.author,
        reference_at(options.reference),
        tuple(Path(each) for each in options.templates),
    )


def _tell_groups(groups: Sequence[Any], voice: Voice) -> None:
    for each in groups:
        click.echo(f"{len(each.outcomes):>6}  {voice.say(each.what)}")


def _tell_plan(planned: Sequence[Outcome], findings: Sequence[Diagnostic], voice: Voice) -> None:
    """Say what would be sent, by what it requires; SystemExit where something is to mend."""
    groups = list(groups_of(planned))
    bad = [each for each in planned if has_errors(each.findings)]
    if voice.json:
        data = [{"duties": each.duties, "what": voice.say(each.what), "keys": [one.key for one in each.outcomes]} for each in groups]
        voice.told(findings, groups=data, rows=[as_data(each) for each in planned], ok=not bad and not has_errors(findings))
    else:
        voice.findings(findings)
        for each in bad:
            voice.findings(each.findings)
        for group in groups:
            _tell_groups([group], voice)
            for one in group.outcomes:
                click.echo(f"        {one.key}" + (f"  {one.client}" if one.client not in (one.key, "–") else ""))
        click.echo(voice.say(Wording(f"{len(planned)} convention(s), {len(groups)} sorte(s)", f"{len(planned)} agreement(s), {len(groups)} kind(s)")))
    if bad or has_errors(findings):
        raise SystemExit(SOME_BAD)
