"""The files of an amendment package, in each language, and the manifest that lists them with their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

from snc_docs._version import __version__
from snc_docs.amendment.facts import Amendment, added_third_parties
from snc_docs.amendment.instrument import instrument
from snc_docs.amendment.letters import form, has_form, kind_of, letter
from snc_docs.amendment.words import PackageWords, words_in
from snc_docs.assembly import numbered
from snc_docs.building.letterheads import letterhead
from snc_docs.building.manifests import as_file
from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import Document, ForeignDocument, Picture, Redline, Section
from snc_docs.document.parts import WHOLE
from snc_docs.document.walk import blocks_of, plain_text
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.language.formats import date_text, enumeration, period_text
from snc_docs.language.known import writing_of
from snc_docs.model.agreement import Agreement
from snc_docs.model.party import Party
from snc_docs.model.periods import Period
from snc_docs.records import record_of
from snc_docs.reporting.page import report_page
from snc_docs.templating.folders import Layers, TemplateFolders, template_folders
from snc_docs.writers import write
from snc_docs.writers.docx.reference import ReferenceDocument

MANIFEST = "manifest.json"
# What stays with the provider; all else is sent.
STAYING: Final = frozenset(("changes.html", MANIFEST))
_LETTERS: Final = {"notice": "notice-letter", "proposal": "proposal-letter", "request": "covering-letter"}
# Where a layer has left out the clause on changes.
_WHOLE: Final = Wording("l’ensemble", "the whole")


def package(
    amendment: Amendment,
    templates: Layers = None,
    reference: ReferenceDocument | None = None,
    overridden: Sequence[Diagnostic] = (),
    reason: str = "",
    *,
    pdf: bool = False,
) -> dict[PurePosixPath, bytes]:
    """Return the files of a package by their paths, with ``pdf`` each Word file but the redline as PDF too; ``overridden`` are refusals that somebody overrode, for ``reason``."""
    files: dict[PurePosixPath, bytes] = {}
    shown = letterhead(amendment.new.agreement, reference, amendment.new.logo)
    for language in amendment.changes.redlines:
        for name, document in _documents(amendment, language, templates).items():
            record = record_of(amendment.new.agreement, document) if isinstance(document, Document) and name == WHOLE else None
            files[PurePosixPath(language, f"{name}.docx")] = write(document, "docx", shown, record)
            if pdf and isinstance(document, Document):  # LibreOffice draws a redline without the pictures that come
                files[PurePosixPath(language, f"{name}.pdf")] = write(document, "pdf", shown)
        files[PurePosixPath(language, "changes.html")] = report_page(amendment.changes, language)
    return {**files, PurePosixPath(MANIFEST): _manifest(amendment, files, overridden, reason)}


def _documents(amendment: Amendment, language: Language, templates: Layers) -> dict[str, Document | Redline]:
    """Return the documents of a package in one language, by the names of their files without suffix."""
    words = words_of_package(amendment, language, template_folders(templates, below=amendment.new.layers[::-1]))
    new = amendment.new.documents[language]
    versions = f"{words.values['old_version']} → {words.values['new_version']}"
    documents: dict[str, Document | Redline] = {
        "amendment": _alone(new, instrument(amendment, words), versions),
        WHOLE: new,
        "redline": amendment.changes.redlines[language],
        _LETTERS[kind_of(amendment)]: _alone(new, (letter(amendment, words),), versions),
    }
    if has_form(amendment):
        name = "acceptance-form" if amendment.acceptance is not None else "objection-form"
        documents[name] = _alone(new, (form(amendment, words),), versions)
    return documents


def words_of_package(amendment: Amendment, language: Language, folders: TemplateFolders) -> PackageWords:
    """Return the words of a package in one language, with the values of this amendment and what its instrument calls itself."""
    words = words_in(language, _values(amendment, language), folders)
    return replace(words, values={**words.values, "this": words.plain("instrument", f"this{amendment.suffix}")})


def _alone(new: Document, sections: tuple[Section, ...], versions: str) -> Document:
    """Return a document of its own, under the reference of the agreement and its two versions, titled as its first section."""
    shown = {block.resource for block in blocks_of(sections) if isinstance(block, (Picture, ForeignDocument))}
    properties = replace(new.properties, title=plain_text(sections[0].title), version=versions)
    resources = tuple(resource for resource in new.resources if resource.name in shown)
    return numbered(replace(new, sections=sections, properties=properties, resources=resources))[0]


def _values(amendment: Amendment, language: Language) -> dict[str, str]:
    old, new = amendment.old.agreement, amendment.new.agreement
    since = old.document.effective_date
    return {
        "provider": _named(old.provider, new.provider, language),
        "client": _named(old.client, new.client, language),
        "reference": new.document.reference or "–",
        "old_version": old.document.version or "–",
        "new_version": new.document.version or "–",
        "since": date_text(since, language) if since is not None else "–",
        "notified": date_text(amendment.notified_on, language),
        "effective": date_text(amendment.effective_on, language),
        "of_notice": _of(old.notices.change, language),
        "ground": _ground(new, language),
        "basis": _basis(amendment, language),
        "of_third_parties": writing_of(language).of(enumeration(added_third_parties(amendment), language)),
        "of_objection": _of(old.commitments.objection, language),
        "of_answer": _of(amendment.acceptance.answer if amendment.acceptance is not None else None, language),
    }


def _ground(new: Agreement, language: Language) -> str:
    """Return why the agreement changes, without the full stop that the sentence has; "" where that isn't said."""
    return new.document.ground.in_language(language).rstrip(". ") if new.document.ground is not None else ""


def _basis(amendment: Amendment, language: Language) -> str:
    """Return how a sentence names the clause of the version in force that the change rests on: that on changes, or of the qualification's news."""
    wanted = "compliance" if amendment.is_news else "changes"
    clause = next((each for each in amendment.old.documents[language].sections if each.id == wanted), None)
    return _WHOLE.in_language(language) if clause is None else writing_of(language).named_part(clause.label, plain_text(clause.title))


def _named(old: Party, new: Party, language: Language) -> str:
    """Return what a party is called now, with the name that the version to amend gives it where that is another."""
    name = new.legal_name or "–"
    former = old.legal_name
    if former is None or former == name:
        return name
    return writing_of(language).formerly(name, former)


def _of(period: Period | None, language: Language) -> str:
    """Return a period in words and figures behind "of": ``d’un (1) mois``, ``of thirty (30) days``; a dash for none."""
    if period is None:
        return "–"
    return writing_of(language).of(period_text(period.counted(), language, in_words=True))


def _manifest(amendment: Amendment, files: dict[PurePosixPath, bytes], overridden: Sequence[Diagnostic], reason: str) -> bytes:
    old, new = amendment.old.agreement, amendment.new.agreement
    answer = amendment.acceptance.answer if amendment.acceptance is not None else None
    data: dict[str, Any] = {
        "reference": new.document.reference,
        "from": {"version": old.document.version, "baseline": old.baseline.version},
        "to": {"version": new.document.version, "baseline": new.baseline.version},
        "notified_on": amendment.notified_on.isoformat(),
        "effective_on": amendment.effective_on.isoformat(),
        "asked_by": amendment.asked_by,
        "acceptance": amendment.acceptance.form.value if amendment.acceptance is not None else None,
        # It runs from the receipt of the letter, whose day nobody knows yet.
        "answer_within": answer.model_dump(mode="json", exclude_defaults=True) if answer is not None else None,
        "duties": list(amendment.changes.duties()),
        "overridden": [{"rule": each.rule, "fr": each.message.fr, "en": each.message.en} for each in overridden],
        "override_reason": reason or None,
        "made_with": f"snc_docs {__version__}",
        "files": {str(path): {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for path, content in sorted(files.items())},
    }
    return as_file(data)
