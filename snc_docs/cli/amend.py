"""``make-agreement amend``: the package that goes to a client when its agreement changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.package import package
from snc_docs.amendment.refusals import refusals
from snc_docs.characters import NOT_IN_XML
from snc_docs.cli.commands.amend import AmendOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.options import day_of
from snc_docs.cli.show import Voice
from snc_docs.cli.versions import filled_in_word, require_common_language, version_at
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.diff.comparison import Version, compare
from snc_docs.diff.limits import office_limits
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language import LANGUAGES


def amend(options: AmendOptions, voice: Voice) -> None:
    """Write the package; FindingsError where something stands against it and no reason is given."""
    day = day_of(options.today)
    read: list[Path] = []
    was = version_at(options.old, None, options.languages or LANGUAGES, options.old_templates or options.templates, day, read)
    now = version_at(options.new, None, options.languages or LANGUAGES, options.templates, day, read, voice)
    require_common_language(was, now, options.languages)
    told = options.notified_on.date() if options.notified_on is not None else day
    amendment = Amendment(was, now, compare(was, now, options.author, told), told, _effective_day(now, options.effective_on))
    against = refusals(amendment)
    if against and not options.reason.strip():
        raise FindingsError([_with_way_out(finding) for finding in against])
    files = package(amendment, options.templates, reference_at(options.reference), against, _printable(options.reason))
    written = placed(options.output, {Path(path): content for path, content in files.items()})
    write_files(written, [*read, *([options.reference] if options.reference else [])])
    findings = [*filled_in_word((options.old, options.new)), *(replace(finding, severity=Severity.WARNING) for finding in against)]
    findings += dict.fromkeys(finding for each in amendment.changes.redlines.values() for finding in office_limits(each))
    voice.findings(findings)
    voice.files(written)
    voice.result(findings, list(written))


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
