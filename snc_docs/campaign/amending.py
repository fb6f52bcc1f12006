"""The amendments of all agreements in force: each issued version found in a folder, the new baseline under its client's data, and its package."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from snc_docs._version import __version__
from snc_docs.amendment.amending import amendment_between, sent, warnings_of
from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.refusals import refusals
from snc_docs.building.names import file_name
from snc_docs.building.versions import inspected_version
from snc_docs.campaign.digests import baseline_digest
from snc_docs.campaign.handing import taken_over
from snc_docs.campaign.storage import Store, put_all
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.diff.comparison import Changes, UnlikeError
from snc_docs.diff.data import DataPlace, ListItemStep
from snc_docs.diff.showing import duty_text
from snc_docs.errors import SncDocsError, Wording
from snc_docs.inputs import read_file
from snc_docs.language import LANGUAGES, Language
from snc_docs.language.typography import typeset
from snc_docs.model.agreement import Agreement, ClientFile
from snc_docs.model.deviations import given_again
from snc_docs.model.facts import GivenBy
from snc_docs.model.loading import LoadedBaseline, load, load_shared, read_baseline
from snc_docs.patterns import regex
from snc_docs.readers.issued import NotIssuedError
from snc_docs.records import issued_version
from snc_docs.reporting.campaign import Outcome
from snc_docs.writers.docx.reference import ReferenceDocument

_NUMBERS: Final = regex(r"(\d+)((?:\.\d+)*)")
# What each new version changes by itself.
_ALWAYS: Final = ("document.version", "document.effective_date", "document.ground")


@dataclass(frozen=True, slots=True)
class AmendSettings:
    """How all agreements are amended: the new baseline, and what ``amend`` takes."""

    baseline: Path
    effective_on: date
    notified_on: date
    version: str | None = None
    ground: tuple[str, str] | None = None
    reason: str = ""
    author: str = ""
    reference: ReferenceDocument | None = None
    templates: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement in force: its Word files, one a language, under its reference; ``digest`` is that of all that its package depends on."""

    key: str
    files: tuple[Path, ...]
    digest: str

    @property
    def place(self) -> tuple[str, int | None]:
        """Return the first of its files."""
        return str(self.files[0]), None


@dataclass(frozen=True, slots=True)
class Found:
    """The agreements in force in a folder, and what is wrong with files that aren't one."""

    agreements: tuple[InForce, ...]
    findings: tuple[Diagnostic, ...]


def agreements_in(folder: Path, settings: AmendSettings) -> Found:
    """Return the agreements that Word files in a folder, at any depth, carry: the latest version of each reference, in all its languages.

    A file without a record (a part, a redline) is passed over; one that was changed since it was issued is a finding.
    """
    common = _common(settings)
    findings: list[Diagnostic] = []
    versions: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.rglob("*.docx")):
        try:
            version = issued_version(read_file(path), str(path))
        except NotIssuedError as error:
            if path.stem == "agreement":
                findings.append(Diagnostic.error("campaign.not-issued", error.wording, _HINT, file=str(path)))
            continue
        document = version.agreement.document
        versions[document.reference or path.parent.name][document.version or ""].append(path)
    agreements = tuple(_latest(reference, by_version, common) for reference, by_version in versions.items())
    if not agreements:
        message = Wording(f"{folder} : aucune convention émise", f"{folder}: no issued agreement")
        findings.append(Diagnostic.error("campaign.empty", message, _HINT, file=str(folder)))
    return Found(agreements, tuple(findings))


_HINT: Final = Wording("donner le document tel qu'émis", "give the document as it was issued")


def _latest(reference: str, by_version: Mapping[str, Sequence[Path]], common: str) -> InForce:
    latest = max(by_version, key=_order)
    files = tuple(by_version[latest])
    digest = hashlib.sha256(common.encode())
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return InForce(file_name(reference) or "agreement", files, digest.hexdigest())


def _order(version: str) -> tuple[tuple[int, ...], str]:
    match = _NUMBERS.fullmatch(version)
    return (tuple(int(each) for each in version.split(".")) if match else (), version)


def _common(settings: AmendSettings) -> str:
    """Return what all packages depend on: the options with the house style, the baseline and its files, the clauses of the layers, this package."""
    baseline = read_baseline(settings.baseline)
    alone = load_shared(baseline, templates=settings.templates, today=settings.effective_on).agreement
    return "\0".join([__version__, repr(settings), baseline_digest(alone, settings.templates, baseline)])


def next_version(version: str | None) -> str:
    """Return the next whole version: ``1.2`` gives ``2.0``, ``3`` gives ``4``; "2" behind one that isn't of numbers."""
    match = _NUMBERS.fullmatch(version or "")
    if match is None:
        return "2" if not version else f"{version}-2"
    return f"{int(match[1]) + 1}{re.sub(r'[0-9]+', '0', match[2])}"


def new_data(old: Agreement, settings: AmendSettings) -> dict[str, Any]:
    """Return the client's part of an agreement as a client file would give it, as its next version."""
    given = {name: getattr(old, name) for name in ClientFile.model_fields}
    data = ClientFile.model_construct(**given).model_dump(mode="json", exclude_none=True)
    document = data.setdefault("document", {})
    document |= {"version": settings.version or next_version(old.document.version), "effective_date": settings.effective_on.isoformat()}
    document.pop("ground", None)
    if settings.ground is not None:
        document["ground"] = dict(zip(("fr", "en"), settings.ground, strict=True))
    own = {each.id for each in old.declared if each.given_by is GivenBy.CLIENT}
    facts = old.facts.model_dump(mode="json", exclude_none=True) if own else {}
    if old.deviations:
        data["deviations"] = given_again(old)
    return {**data, **({"facts": {name: value for name, value in facts.items() if name in own}} if own else {})}


def amendment_of(agreement: InForce, settings: AmendSettings, baseline: LoadedBaseline) -> Amendment:
    """Return the amendment of an agreement; FindingsError where its files don't agree, or the new version is wrong."""
    old, *others = (issued_version(read_file(path), str(path)) for path in agreement.files)
    for path, other in zip(agreement.files[1:], others, strict=True):
        try:
            old = old.beside(other)
        except UnlikeError as error:
            message = Wording("les fichiers d'une même convention n'ont pas les mêmes données", "the files of one agreement haven't the same data")
            raise FindingsError([Diagnostic.error("campaign.unlike", message, _HINT, file=str(path))]) from error
    loaded = load(new_data(old.agreement, settings), baseline=baseline, templates=settings.templates, today=settings.effective_on)
    new, _ = inspected_version(loaded, [language for language in LANGUAGES if language in old.documents], settings.templates)
    return amendment_between(old, new, settings.notified_on, settings.effective_on, settings.author)


def amended_by(settings: str, store: Store, agreements: Sequence[InForce]) -> list[Outcome]:
    """Return what became of the package of each agreement; ``settings`` is the name under which they are handed over (``handed_over``)."""
    common, baseline = _prepared(settings, store)
    return [_amended(each, common, baseline, store) for each in agreements]


@lru_cache(maxsize=2)
def _prepared(settings: str, store: Store) -> tuple[AmendSettings, LoadedBaseline]:
    common: AmendSettings = taken_over(settings, store)
    return common, read_baseline(common.baseline)


def _outcome(agreement: InForce) -> Outcome:
    return Outcome(agreement.key, agreement.key, *agreement.place, agreement.digest)


def _amended(agreement: InForce, settings: AmendSettings, baseline: LoadedBaseline, store: Store) -> Outcome:
    outcome = _outcome(agreement)
    try:
        amendment = amendment_of(agreement, settings, baseline)
        outcome = replace(outcome, client=_client(amendment))
        built = sent(amendment, reason=settings.reason, reference=settings.reference, templates=settings.templates)
        files = put_all(store, agreement.key, built.files)
    except FindingsError as error:
        return replace(outcome, findings=tuple(_at(each, agreement) for each in error.diagnostics))
    except SncDocsError as error:
        return replace(outcome, findings=(Diagnostic.error("campaign.trouble", error.wording, _HINT, file=str(agreement.files[0])),))
    return replace(
        outcome, files=files, findings=(_kind(amendment.changes), *(_at(_without_client_file(each), agreement) for each in built.findings))
    )


# What is to be done about a letter without a name or an address where the data is that of the issued file, and there is no client file.
_ON_THE_LETTER: Final = Wording(
    "l'écrire sur la lettre, ou faire cet avenant par « make-agreement amend », avec un fichier client qui le donne",
    "write it on the letter, or make that amendment by 'make-agreement amend', with a client file that gives it",
)


def _without_client_file(finding: Diagnostic) -> Diagnostic:
    return replace(finding, hint=_ON_THE_LETTER) if finding.rule in ("amendment.no-addressee", "amendment.no-address") else finding


def _client(amendment: Amendment) -> str:
    return amendment.new.agreement.client.legal_name or "–"


def _at(finding: Diagnostic, agreement: InForce) -> Diagnostic:
    return finding if finding.file is not None else replace(finding, file=str(agreement.files[0]))


KIND: Final = "campaign.kind"


def _kind(changes: Changes) -> Diagnostic:
    """Return what changes and what it requires, by which packages are grouped."""
    duties = changes.duties()
    named = changed_fields(changes).values()
    said = []
    for language in LANGUAGES:
        fields = [each.in_language(language) for each in named]
        changed = ", ".join((*fields, *_rewritten(changes, language))) or "–"
        required = ", ".join(duty_text(each, changes, language) for each in duties) or "–"
        said.append(typeset(f"{changed} ({required})", language))
    return Diagnostic(KIND, Severity.INFO, Wording(*said), about=", ".join(duties) or "–")


def _rewritten(changes: Changes, language: Language) -> Iterator[str]:
    """Yield the headings of clauses whose wording is another, not by the data alone; in the language there is, where it isn't compared."""
    compared = language if language in changes.clauses else next(iter(changes.clauses), language)
    for change in changes.clauses.get(compared, ()):
        if any(not words.is_from_data for words in change.words):
            yield change.now or change.was


def changed_fields(changes: Changes) -> dict[str, Wording]:
    """Return what people call each field that changed, by its path, whatever item of a list it is of."""
    places = {each.place.path.fields: each.place for each in changes.data}
    return {path: _called(place) for path, place in places.items() if path not in _ALWAYS}


def _called(place: DataPlace) -> Wording:
    """Return the labels on the way to a field, without those of items."""
    labels = [label for step, label in zip(place.steps, place.labels, strict=True) if not isinstance(step, ListItemStep)]
    return Wording(*(" › ".join(label.in_language(language) for label in labels) for language in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Group:
    """Packages that change the same and require the same: one of them read is all of them read."""

    duties: str
    what: Wording
    outcomes: tuple[Outcome, ...]


def groups_of(outcomes: Iterable[Outcome]) -> Iterator[Group]:
    """Yield the groups of packages, the largest first."""
    by_kind: dict[Wording, list[Outcome]] = defaultdict(list)
    duties: dict[Wording, str] = {}
    for outcome in outcomes:
        kind = next((each for each in outcome.findings if each.rule == KIND), None)
        if kind is not None:
            by_kind[kind.message].append(outcome)
            duties[kind.message] = kind.about
    for what, members in sorted(by_kind.items(), key=lambda each: -len(each[1])):
        yield Group(duties[what], what, tuple(members))


def planned_by(agreements: Sequence[InForce], settings: AmendSettings) -> Iterator[Outcome]:
    """Yield what each package would change and require, nothing written: its ``KIND`` finding, and what stands against it."""
    baseline = read_baseline(settings.baseline)
    for agreement in agreements:
        outcome = _outcome(agreement)
        try:
            amendment = amendment_of(agreement, settings, baseline)
        except FindingsError as error:
            yield replace(outcome, findings=tuple(_at(each, agreement) for each in error.diagnostics))
            continue
        against = refusals(amendment)
        told = warnings_of(amendment, against) if settings.reason else (*against, *warnings_of(amendment))
        kind = () if any(each.rule == "amendment.nothing" for each in against) else (_kind(amendment.changes),)
        findings = (*kind, *(_at(_without_client_file(each), agreement) for each in told))
        yield replace(outcome, client=_client(amendment), findings=findings)
