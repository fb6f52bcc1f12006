"""``make-agreement build``: the documents of one agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

import click

from snc_docs.building.agreements import build as built
from snc_docs.building.files import Built
from snc_docs.building.manifests import FILE, as_json, manifest_of
from snc_docs.cli.commands.build import BuildOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import reference_at
from snc_docs.cli.manifests import beside
from snc_docs.cli.show import NOT_TO_SIGN, Voice
from snc_docs.cli.speech import said
from snc_docs.days import this_day
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.model.loading import load
from snc_docs.writers import BILINGUAL

# What says where the data is and where the files go; all other options are the library's own (tests/test_building.py).
_OF_FILES = frozenset(("baseline", "client", "output", "replace", "reference", "today"))


def build(options: BuildOptions, voice: Voice) -> None:
    """Write the documents; FindingsError while the input has errors."""
    _require_whole(options.formats, options.languages, options.parts)
    day = this_day(options.today)
    loaded = load(options.baseline, options.client, today=day, templates=options.templates)
    asked = {each.name: getattr(options, each.name) for each in fields(options) if each.name not in _OF_FILES}
    done = built(loaded, reference=reference_at(options.reference), today=day, **asked)
    files = placed(options.output, done.files)
    findings = list(done.findings)
    if options.output not in files:  # a folder: one file alone needs nothing beside it
        manifest = manifest_of(loaded, done.documents, options.templates, done.files)
        manifest, said_of_former = beside(options.output, manifest, day, replace=options.replace, is_draft=loaded.agreement.is_draft)
        findings += said_of_former
        files[options.output / FILE] = as_json(manifest)
    write_files(files, [*loaded.files, *([options.reference] if options.reference else [])])
    voice.findings(findings)
    voice.files(files)
    _say_what_to_send(done, options, voice, is_draft=loaded.agreement.is_draft, is_of_client=not loaded.is_baseline_alone)
    voice.result(findings, list(files))


def _say_what_to_send(done: Built, options: BuildOptions, voice: Voice, *, is_draft: bool, is_of_client: bool) -> None:
    """Say which of several files hold the whole agreement, of which others may be parts; and that a draft isn't to be signed."""
    if not is_of_client:
        voice.aside(_OF_NOBODY)
    elif done.whole and len(done.files) > 1:
        paths = ", ".join(str(options.output / path) for path in done.whole)
        parts = _PARTS if len(done.whole) < len(done.files) else Wording("", "")
        voice.aside(Wording(f"À envoyer : {paths}{parts.fr}.", f"To send: {paths}{parts.en}."))
    if is_draft:
        voice.aside(NOT_TO_SIGN)


_OF_NOBODY: Final = Wording(
    "Aucun fichier client n'a été donné : c'est la convention vierge du socle.",
    "No client file was given: this is the blank agreement of the baseline.",
)
_PARTS: Final = Wording(" (les autres fichiers en sont des parties)", " (the other files are parts of them)")


def _require_whole(formats: Sequence[str], languages: Sequence[Language], parts: Sequence[str]) -> None:
    """Raise UsageError for a bilingual document of one language, or of a part."""
    if BILINGUAL in formats and len(set(languages)) == 1:
        raise click.UsageError(said("The format bilingual needs both languages: leave out -l."))
    if BILINGUAL in formats and parts:
        raise click.UsageError(said("The format bilingual is always the whole agreement: leave out --part."))
