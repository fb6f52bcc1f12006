"""``make-agreement compliance``: which requirement of SecNumCloud 3.2 is met by which clause, and what mends the others."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import fields
from typing import Any, Final

import click

from snc_docs.building.verdicts import WRITTEN, compliance_of
from snc_docs.cli.commands.compliance import ComplianceOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.show import Voice
from snc_docs.compliance.assessment import Assessment, Finding, Verdict, worst
from snc_docs.compliance.catalogue import catalogue
from snc_docs.compliance.matrix import as_data, reasons, summary
from snc_docs.days import this_day
from snc_docs.document.nodes import Document
from snc_docs.document.walk import sections_of
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.model.loading import load
from snc_docs.reporting.suggestions import Suggestion
from snc_docs.reporting.suggestions import as_data as suggestions_data

_COLOURS: Final = {
    Verdict.MET: "green",
    Verdict.NOT_APPLICABLE: "cyan",
    Verdict.PARTIAL: "yellow",
    Verdict.DELEGATED: "yellow",
    Verdict.MISSING: "red",
    Verdict.CONFLICT: "magenta",
}
BELOW_REQUIRED: Final = 1


def compliance(options: ComplianceOptions, voice: Voice) -> None:
    """Say or write the verdicts; SystemExit where one is below what is required."""
    day = this_day(options.today)
    loaded = load(options.baseline, options.client, today=day, templates=options.templates)
    asked = {each.name: getattr(options, each.name) for each in fields(options) if each.name not in _OF_FILES}
    told = compliance_of(loaded, today=day, **asked)
    match "json" if voice.json and options.form not in WRITTEN else options.form:
        case "json":
            voice.told(told.findings, **_as_object(told.documents, told.assessments, told.short, told.suggestions))
        case "text":
            _print_table(told.documents, told.assessments, voice)
            _print_proposed(told.suggestions, voice)
        case _:
            files = placed(options.output, told.files)
            write_files(files, loaded.files)
            voice.files(files)
            voice.result((), list(files))
    if told.short:
        _print_short(told.short, voice)
        raise SystemExit(BELOW_REQUIRED)


# What says where the data is and where the files go; all other options are the library's own.
_OF_FILES: Final = frozenset(("baseline", "client", "output", "today"))


Proposed = dict[str, tuple[Suggestion, ...]]


def _print_proposed(proposed: Proposed, voice: Voice) -> None:
    """Print each sentence with the mark that it may deserve."""
    found = [each for of_language in proposed.values() for each in of_language]
    if not proposed:
        return
    click.secho(f"\n{voice.say(_TO_CONFIRM if found else _NOTHING_PROPOSED)}", bold=True)
    width = max(shutil.get_terminal_size().columns, 60) - 4
    for each in found:
        origin = each.stated.origin
        click.echo(f"{each.requirement}  {each.mark()}  {f'{origin.file}:{origin.line}' if origin else ''}")
        for line in textwrap.wrap(each.stated.text, width):
            click.echo(f"    {line}")


_TO_CONFIRM: Final = Wording(
    "Mots de vos clauses à relire : s'ils le disent, les marquer [mots](says:…)",
    "Words of your clauses to read: if they say it, mark them [words](says:…)",
)
_NOTHING_PROPOSED: Final = Wording("Aucun mot de vos clauses à proposer", "No words of your clauses to propose")


def _as_object(documents: dict[Language, Document], assessments: dict[Language, Assessment], short: Assessment, proposed: Proposed) -> dict[str, Any]:
    """Return the verdicts as plain values."""
    return {
        "ok": not short,
        "framework": catalogue().framework,
        "verdicts": {each.requirement.id: each.verdict.value for each in worst(assessments)},
        "below": [each.requirement.id for each in short],
        "languages": {language: as_data(assessments[language], document) for language, document in documents.items()},
        **({"suggestions": {language: suggestions_data(each) for language, each in proposed.items()}} if proposed else {}),
    }


def _print_table(documents: dict[Language, Document], assessments: dict[Language, Assessment], voice: Voice) -> None:
    """Print three columns: requirement, verdict, and what there is to say. No-break spaces stay whole, as rich's tables don't let them."""
    shown = documents.get(voice.language) or next(iter(documents.values()))
    labels = {section.id: section.label or section.id for section in sections_of(shown.sections)}
    findings, words = worst(assessments), catalogue().words
    first = max(len(voice.say(words["requirement"])), *(len(each.requirement.id) for each in findings)) + 2
    second = max(len(voice.say(words["verdict"])), *(len(voice.say(each.verdict.wording)) for each in findings)) + 2
    width = max(shutil.get_terminal_size().columns, 60) - first - second
    heading = f"{voice.say(words['requirement']):<{first}}{voice.say(words['verdict']):<{second}}{voice.say(words['asks'])}"
    click.secho(heading, bold=True)
    kind = None
    for finding in findings:
        if finding.requirement.kind is not kind:
            kind = finding.requirement.kind
            click.secho(f"\n{voice.say(words[kind.value])}", bold=True)
        verdict = click.style(f"{voice.say(finding.verdict.wording):<{second}}", fg=_COLOURS[finding.verdict])
        lines = [line for text in _lines(finding, assessments, labels, voice) for line in textwrap.wrap(text, width)]
        click.echo(f"{finding.requirement.id:<{first}}{verdict}{lines[0]}")
        for line in lines[1:]:
            click.echo(" " * (first + second) + line)
    click.echo(f"\n{textwrap.fill(voice.say(summary(findings)), first + second + width)}")


def _lines(finding: Finding, assessments: dict[Language, Assessment], labels: dict[str, str], voice: Voice) -> list[str]:
    """Return what the table says of one requirement: title, clauses, and why it isn't met."""
    clauses = ", ".join(labels.get(section, section) for section in finding.sections)
    lines = [f"{voice.say(finding.requirement.title)}{f' ({clauses})' if clauses else ''}"]
    verdicts = {language: each.verdict for language, found in assessments.items() for each in found if each.requirement is finding.requirement}
    if len(set(verdicts.values())) > 1:
        lines.append(", ".join(f"{language}: {voice.say(verdict.wording)}" for language, verdict in verdicts.items()))
    if finding.to_mend:
        lines += list(reasons(finding, voice.language, mend=True))
    return lines


def _print_short(short: Assessment, voice: Voice) -> None:
    if not voice.json:
        names = ", ".join(each.requirement.id for each in short)
        click.echo(voice.say(Wording(f"En dessous du niveau exigé : {names}", f"Below what is required: {names}")), err=True)
