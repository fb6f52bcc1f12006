"""The work of one client: data, documents, files, and the proof of them. One function, for whatever executor calls it, wherever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from snc_docs.building.agreements import build
from snc_docs.building.manifests import written_over
from snc_docs.building.names import named
from snc_docs.campaign.digests import baseline_digest
from snc_docs.campaign.handing import taken_over
from snc_docs.campaign.proof import Identities, Identity, identity_of, proved
from snc_docs.campaign.rows import Record, part_of_data
from snc_docs.campaign.storage import Store, put_all
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.errors import SncDocsError, Wording
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.given import Files, Given
from snc_docs.model.loading import Loaded, LoadedBaseline, load, read_baseline
from snc_docs.reporting.campaign import Outcome
from snc_docs.writers import Format
from snc_docs.writers.docx.reference import ReferenceDocument

# The parts that name the client in their own text.
_WHOLE: Final = frozenset(("agreement", "body"))
_CHANGED: Final = Wording("le socle a changé pendant la campagne", "the baseline changed while the campaign ran")
_AGAIN: Final = Wording("relancer avec --resume une fois qu'il ne change plus", "run again with --resume once it no longer changes")


@dataclass(frozen=True, slots=True)
class Settings:
    """How all clients of a campaign are made: what ``build`` takes, the baseline, and ``baseline_digest``, by which each worker sees that it is the same.

    ``baseline`` is None where each client file names its own.
    """

    baseline: Given | None
    files: Files | None = None
    languages: Sequence[Language] = ()
    formats: Sequence[Format] = ()
    parts: Sequence[str] = ()
    compliance_matrix: bool = False
    no_embed: bool = False
    names: str = ""
    reference: ReferenceDocument | None = None
    templates: tuple[Path, ...] = ()
    strict: bool = False
    today: date | None = None
    baseline_digest: str = ""
    identities: Identities | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One client to make: its record, the folder that it goes to, what tells it from the others, and the digest of all that it depends on."""

    key: str
    client: str
    record: Record
    identity: Identity
    digest: str = ""

    @property
    def place(self) -> tuple[str, int | None]:
        """Return the file and line that it is from."""
        return self.record.file, self.record.line


def made_by(settings: str, store: Store, jobs: Sequence[Job]) -> list[Outcome]:
    """Return what became of each job; ``settings`` is the name under which they are handed over (``handed_over``)."""
    common, baseline = _prepared(settings, store)
    return [made(each, common, baseline, store) for each in jobs]


@lru_cache(maxsize=2)
def _prepared(settings: str, store: Store) -> tuple[Settings, LoadedBaseline | None]:
    """Return the settings and the baseline, which a worker reads once for all its jobs."""
    common: Settings = taken_over(settings, store)
    return common, read_baseline(common.baseline, files=common.files) if common.baseline is not None else None


def made(job: Job, settings: Settings, baseline: LoadedBaseline | None, store: Store) -> Outcome:
    """Return what became of one client: files written, read back and proved, or why there are none."""
    outcome = Outcome(job.key, job.client, job.record.file, job.record.line, job.digest)
    try:
        loaded = loaded_job(job, settings, baseline)
        _require_same_baseline(loaded.agreement, settings, baseline)
        built = build(
            loaded,
            languages=settings.languages,
            formats=settings.formats,
            parts=settings.parts,
            compliance_matrix=settings.compliance_matrix,
            no_embed=settings.no_embed,
            reference=settings.reference,
            templates=settings.templates,
            strict=settings.strict,
            today=settings.today,
        )
        places = named(built.files, settings.names, loaded.agreement)
        over = list(_written_over(job, settings, store, {places[path]: built.files[path] for path in built.whole}, loaded.agreement))
        files = _written(job, settings, store, built.files, places)
    except FindingsError as error:
        return replace(outcome, findings=tuple(map(job.record.located, (*job.record.findings, *error.diagnostics))))
    except SncDocsError as error:
        return replace(outcome, findings=(*job.record.findings, _trouble(error, job)))
    except Exception as error:  # noqa: BLE001  # a fault of ours in one row keeps no other from being made
        return replace(outcome, findings=(*job.record.findings, _fault(error, job)))
    return replace(outcome, files=files, findings=tuple(map(job.record.located, (*job.record.findings, *over, *of_client(built.findings, loaded)))))


def _written_over(job: Job, settings: Settings, store: Store, whole: Mapping[Path, bytes], agreement: Agreement) -> Iterator[Diagnostic]:
    """Yield what is to be said where an agreement takes the place of another one of its version: of both languages at once."""
    from snc_docs.records import issued_version

    for path, content in whole.items():
        there = store.get(PurePosixPath(job.key, *path.parts)) if path.suffix == ".docx" else None
        if there is None or there == content:
            continue
        former = agreement.document  # of a file that somebody wrote in, nothing tells another version
        with suppress(SncDocsError):
            former = issued_version(there, path.name).agreement.document
        if former.version == agreement.document.version:
            since = former.effective_date.isoformat() if former.effective_date is not None else None
            yield from written_over(job.key, former.version, since, this_day(settings.today), is_draft=agreement.is_draft)
            return


def _require_same_baseline(agreement: Agreement, settings: Settings, baseline: LoadedBaseline | None) -> None:
    """Raise FindingsError where this worker read another baseline than the one that the campaign began with."""
    if settings.baseline_digest and baseline_digest(agreement, settings.templates, baseline) != settings.baseline_digest:
        raise FindingsError([Diagnostic.error("campaign.baseline-changed", _CHANGED, _AGAIN)])


def of_client(findings: Sequence[Diagnostic], loaded: Loaded) -> list[Diagnostic]:
    """Return the findings on the client alone: those on the baseline are the same for all, and said once."""
    common = {str(loaded.files[0])} if loaded.folder is not None else set()
    return [each for each in findings if each.file not in common and not (each.file is None and (each.path or "").startswith(_OF_BASELINE))]


_OF_BASELINE: Final = ("exclusions", "certificate", "attestations", "provider", "service", "locations", "commitments", "third_parties", "statements")


def loaded_job(job: Job, settings: Settings, baseline: LoadedBaseline | None) -> Loaded:
    """Return the agreement of a job; FindingsError where a cell of its row can't be taken, or its data is wrong."""
    errors = [each for each in job.record.findings if each.severity is Severity.ERROR]
    if errors:
        raise FindingsError(_with_more(errors, job, settings, baseline))
    return _load(job.record.given, settings, baseline)


def _load(given: Given, settings: Settings, baseline: LoadedBaseline | None) -> Loaded:
    if baseline is None:
        return load(given, today=settings.today, templates=settings.templates)
    return load(given, baseline=baseline, today=settings.today, templates=settings.templates)


def _with_more(errors: Sequence[Diagnostic], job: Job, settings: Settings, baseline: LoadedBaseline | None) -> list[Diagnostic]:
    """Return nothing that the row's own findings tell already, and what else is wrong with its data: all is mended at once."""
    wrong = {each.path for each in errors}
    try:
        _load(job.record.given, settings, baseline)
    except FindingsError as error:
        return [each for each in error.diagnostics if each.path not in wrong]
    return []


def _written(job: Job, settings: Settings, store: Store, built: Mapping[Path, bytes], places: Mapping[Path, Path]) -> tuple[tuple[str, str], ...]:
    """Write files in their places, prove them, and return their digests; what isn't proved doesn't stay."""
    digests = put_all(store, job.key, {places[path]: content for path, content in built.items()})
    files = {PurePosixPath(job.key, *places[path].parts): content for path, content in built.items()}
    whole = [str(PurePosixPath(job.key, *places[path].parts)) for path in built if path.stem in _WHOLE]
    try:
        _prove(job, settings, store, files, whole)
    except FindingsError:
        for name in files:
            store.remove(name)
        raise
    return digests


def _prove(job: Job, settings: Settings, store: Store, files: Mapping[PurePosixPath, bytes], whole: Sequence[str]) -> None:
    """Read each file back from where it lies; FindingsError where it isn't what was written, or holds another's data.

    ``whole`` are the files that name their client in their own text.
    """
    found: dict[str, bytes] = {}
    for name, content in files.items():
        back = store.get(name)
        if back != content:
            message = Wording(f"{name} : relu, le fichier n'est pas celui qui a été écrit", f"{name}: read back, the file isn't what was written")
            raise FindingsError([Diagnostic.error("campaign.proof", message, _AGAIN, file=str(name))])
        found[str(name)] = back
    wrong = list(proved(job.key, job.identity, settings.identities or Identities.of({}, ""), found, whole))
    if wrong:
        raise FindingsError(wrong)


def _trouble(error: SncDocsError, job: Job) -> Diagnostic:
    return Diagnostic.error(
        "campaign.trouble",
        error.wording,
        Wording("y remédier, puis --resume", "mend that, then --resume"),
        file=job.record.file,
        line=job.record.line,
    )


def _fault(error: Exception, job: Job) -> Diagnostic:
    what = f"{type(error).__name__}: {error}"
    message = Wording(f"erreur du logiciel ({what})", f"a fault of the program ({what})")
    hint = Wording("la signaler, avec les données de cette ligne", "report it, with the data of this row")
    return Diagnostic.error("campaign.fault", message, hint, file=job.record.file, line=job.record.line)


def identity(given: Mapping[str, Any]) -> Identity:
    """Return what tells a client from the others: legal name, number and reference."""
    client = part_of_data(given, "client")
    marks = (client.get("legal_name"), client.get("siren"), part_of_data(given, "document").get("reference"))
    return identity_of([str(each) for each in marks if each], json.dumps(given, ensure_ascii=False, default=str))
