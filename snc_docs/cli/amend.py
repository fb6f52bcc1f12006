"""``make-agreement amend``: the package that goes to a client when its agreement changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.package import package
from snc_docs.amendment.refusals import refusals
from snc_docs.characters import NOT_IN_XML
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
from snc_docs.cli.show import Voice
from snc_docs.cli.versions import require_common_language, version_at
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.diff.comparison import Version, compare
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language.formats import LANGUAGES

_EXAMPLES: Final = """\b
Examples:
  make-agreement amend issued/client.yaml client.yaml -o package
  make-agreement amend old.yaml new.yaml -o package --notified-on 2026-12-01
  make-agreement amend old.yaml new.yaml -o package --override "Agreed with
    the client on 2026-11-20, see e-mail of that day"
"""
_DAY: Final = click.DateTime(["%Y-%m-%d"])


@click.command(name="amend", epilog=_EXAMPLES)
@old_argument
@new_argument
@click.option("-o", "--output", type=PATH, required=True, metavar="OUT", help="Folder of the package.")
@click.option("--notified-on", type=_DAY, metavar="DATE", help="Day on which the client is told. Default: this day.")
@click.option("--effective-on", type=_DAY, metavar="DATE", help="Day on which the change takes effect. Default: the effective date of NEW.")
@click.option(
    "--override", "reason", default="", metavar="REASON", help="Write the package in spite of refusals; the reason is kept in the manifest."
)
@author_option
@language_option
@reference_option
@templates_option
@old_templates_option
@today_option
@command_frame
def command(
    old: Path,
    new: Path,
    output: Path,
    notified_on: datetime | None,
    effective_on: datetime | None,
    reason: str,
    author: str,
    languages: Sequence[str],
    reference: Path | None,
    templates: Path | None,
    old_templates: Path | None,
    today: datetime | None,
    *,
    voice: Voice,
) -> None:
    """Write the package by which NEW takes the place of OLD.

    OLD is the version in force: its client file, or its Word file. Each
    language gets the amending instrument, the consolidated version, the
    redline, the report, and the letter to the client's main contact; with the
    form for an answer where OLD says that the client has to accept.
    """
    day = day_of(today)
    read: list[Path] = []
    was = version_at(old, None, languages or LANGUAGES, old_templates or templates, day, read)
    now = version_at(new, None, languages or LANGUAGES, templates, day, read, voice)
    require_common_language(was, now, languages)
    told = notified_on.date() if notified_on is not None else day
    amendment = Amendment(was, now, compare(was, now, author, told), told, _effective_day(now, effective_on))
    against = refusals(amendment)
    if against and not reason.strip():
        raise FindingsError([_with_way_out(finding) for finding in against])
    files = package(amendment, templates, reference_at(reference), against, _printable(reason))
    written = placed(output, {Path(path): content for path, content in files.items()})
    write_files(written, [*read, *([reference] if reference else [])])
    overridden = [replace(finding, severity=Severity.WARNING) for finding in against]
    voice.findings(overridden)
    voice.files(written)
    voice.result(overridden, list(written))


def _effective_day(new: Version, given: datetime | None) -> date:
    """Return the day on which the change takes effect; FindingsError where neither the data nor the command line says."""
    day = given.date() if given is not None else new.agreement.document.effective_date
    if day is None:
        raise FindingsError(
            [
                Diagnostic.error(
                    "amendment.no-date",
                    Wording("la nouvelle version n'a pas de date d'effet", "the new version has no effective date"),
                    Wording("l'écrire dans « document.effective_date »", "write it in 'document.effective_date'"),
                )
            ]
        )
    return day


def _printable(reason: str) -> str:
    """Return a reason as the manifest keeps it; UnknownChoiceError where a file can't hold it."""
    if NOT_IN_XML.search(reason):
        raise UnknownChoiceError(
            Wording("--override contient un caractère de contrôle : le retirer.", "--override has a control character in it: remove it.")
        )
    return reason.strip()


def _with_way_out(finding: Diagnostic) -> Diagnostic:
    hint = Wording(f'{finding.hint.fr} ; sinon, --override "motif écrit"', f'{finding.hint.en}; otherwise, --override "written reason"')
    return replace(finding, hint=hint)
