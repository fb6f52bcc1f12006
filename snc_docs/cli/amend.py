"""``make-agreement amend``: the package that goes to a client when its agreement changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from snc_docs.amendment.amending import AmendmentRefusedError
from snc_docs.amendment.amending import amend as amended
from snc_docs.amendment.package import MANIFEST, STAYING
from snc_docs.cli.commands.amend import AmendOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.manifests import doubt, with_other_languages
from snc_docs.cli.show import NOT_TO_SIGN, Voice
from snc_docs.cli.versions import VersionAt, require_common_language, version_at
from snc_docs.days import day_of, this_day
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES

# What no reason of a salesperson's makes good: the agreement, or the framework, forbids it.
_MANDATORY: Final = frozenset(("amendment.forbidden",))


def amend(options: AmendOptions, voice: Voice) -> None:
    """Write the package; FindingsError where something stands against it and no reason is given."""
    day = this_day(options.today)
    read: list[Path] = []
    languages, former = options.languages or LANGUAGES, options.old_templates or options.templates
    found = version_at(options.old, options.old_baseline, languages, former, day, read)
    was, doubts = found.version, _doubts(found, former, options)
    now = version_at(options.new, None, languages, options.templates, day, read, voice).version
    require_common_language(was, now, options.languages)
    try:
        done = amended(
            was,
            now,
            notified_on=day_of(options.notified_on),
            effective_on=day_of(options.effective_on),
            asked_by=options.asked_by,
            both_sign=options.both_sign,
            in_force_since=day_of(options.in_force_since),
            reason=options.reason,
            author=options.author,
            reference=reference_at(options.reference),
            templates=options.templates,
            pdf=options.pdf,
            today=day,
            doubts=doubts,
        )
    except AmendmentRefusedError as error:
        raise AmendmentRefusedError(map(with_way_out, error.diagnostics)) from error
    written = with_other_languages(placed(options.output, done.files), options.output / MANIFEST)
    write_files(written, [*read, *([options.reference] if options.reference else [])])
    voice.findings(done.findings)
    voice.files(written)
    _say_what_to_send(list(written), voice)
    if now.agreement.is_draft:
        voice.aside(NOT_TO_SIGN)
    voice.result(done.findings, list(written))


def _say_what_to_send(paths: Sequence[Path], voice: Voice) -> None:
    """Say which files go to the client."""
    sent = ", ".join(str(path) for path in paths if path.name not in STAYING)
    kept = ", ".join(str(path) for path in paths if path.name in STAYING)
    voice.aside(Wording(f"À envoyer : {sent}. À garder : {kept}.", f"To send: {sent}. To keep: {kept}."))


def _doubts(found: VersionAt, templates: Sequence[Path], options: AmendOptions) -> list[Diagnostic]:
    """Return why OLD isn't proved to be the version in force: a Word file proves itself, data by the manifest of what was built."""
    why = doubt(found.loaded, found.version, templates, options.issued, options.old) if found.loaded is not None else None
    return [why] if why is not None else []


def with_way_out(finding: Diagnostic) -> Diagnostic:
    """Return a refusal with the way past it, where nothing mandatory stands against that."""
    if finding.rule in _MANDATORY:
        return finding
    hint = Wording(f'{finding.hint.fr} ; sinon, --override "motif écrit"', f'{finding.hint.en}; otherwise, --override "written reason"')
    return replace(finding, hint=hint)
