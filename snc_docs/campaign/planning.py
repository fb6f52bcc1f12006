"""What a campaign will do: its jobs, each with a folder of its own, and everything that keeps one of them from being made."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from snc_docs._version import __version__
from snc_docs.assembly import assemble
from snc_docs.building.names import file_name
from snc_docs.campaign.digests import baseline_digest, job_digest
from snc_docs.campaign.proof import Identities, plain, text_of
from snc_docs.campaign.rows import Record, listed_lines, part_of_data
from snc_docs.campaign.work import Job, Settings, identity, loaded_job, of_client
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.language import LANGUAGES
from snc_docs.model.agreement import Agreement, ClientFile
from snc_docs.model.loading import LoadedBaseline, load_shared, read_baseline
from snc_docs.model.source import read_kept_source
from snc_docs.paths import DataPath
from snc_docs.records import record_of
from snc_docs.reporting.blanks import blanks
from snc_docs.writers import write


@dataclass(frozen=True)
class Campaign:
    """All that a run needs: its jobs, how they are made, and the findings that are about no single row."""

    jobs: tuple[Job, ...]
    settings: Settings
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One row as it would be made: what stands against it, and the data paths that it leaves open."""

    job: Job
    findings: tuple[Diagnostic, ...]
    blanks: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Return whether it can be made."""
        return not has_errors(self.findings)


def campaign_of(records: Sequence[Record], settings: Settings, findings: Iterable[Diagnostic] = ()) -> Campaign:
    """Return the campaign of records: folders given out, doubles found, the baseline read once.

    FindingsError for a baseline that is wrong, whatever the client.
    """
    baseline = read_baseline(settings.baseline, files=settings.files) if settings.baseline is not None else None
    common = _common(settings, baseline)
    shared: list[Diagnostic] = [*findings]
    digest = ""
    known = ""
    if baseline is not None:
        alone = load_shared(baseline, today=settings.today, templates=settings.templates)
        digest = baseline_digest(alone.agreement, settings.templates, baseline)
        known = _known(alone.agreement, settings)
        shared += [each for each in alone.findings if each.severity is not Severity.INFO]
    jobs = [_job(record, number, f"{common}{digest}") for number, record in enumerate(records, 1)]
    jobs = list(_apart(jobs))
    identities = Identities.of({each.key: each.identity for each in jobs}, known)
    return Campaign(tuple(jobs), replace(settings, baseline_digest=digest, identities=identities), tuple(dict.fromkeys(shared)))


def _known(agreement: Agreement, settings: Settings) -> str:
    """Return all that the files of a client of whom nothing is known say, in every language, as it is searched."""
    documents = (assemble(agreement, language, settings.templates) for language in settings.languages or LANGUAGES)
    return " ".join(text_of("agreement.docx", write(each, "docx", record=record_of(agreement, each))) for each in documents)


def _common(settings: Settings, baseline: LoadedBaseline | None) -> str:
    """Return the digest of what all rows share but the baseline: the options, and this package."""
    skipped = {"baseline", "files", "templates", "identities", "baseline_digest", "reference", *([] if settings.compliance_matrix else ["today"])}
    options = [repr(getattr(settings, each.name)) for each in fields(settings) if each.name not in skipped]
    reference = repr(settings.reference) if settings.reference is not None else ""
    return hashlib.sha256("\0".join([__version__, *options, reference, str(baseline is None)]).encode()).hexdigest()


def _job(record: Record, number: int, common: str) -> Job:
    data = _data(record)
    reference = part_of_data(data, "document").get("reference")
    stem = record.given.stem if isinstance(record.given, Path) else f"row-{record.line or number:05d}"
    key = file_name(str(reference)) if isinstance(reference, (str, int)) and str(reference).strip() else stem
    name = part_of_data(data, "client").get("legal_name")
    return Job(key or stem, str(name) if name else "–", record, identity(data), job_digest(record, common))


def _data(record: Record) -> Mapping[str, Any]:
    """Return the plain data of a record; nothing for a file that can't be read, which is said when it is made."""
    if isinstance(record.given, Path):
        try:
            return read_kept_source(record.given).data
        except (FindingsError, FileTroubleError):
            return {}
    return record.given if isinstance(record.given, dict) else {}


def _apart(jobs: Sequence[Job]) -> Iterator[Job]:
    """Yield the jobs, each that would take another's folder or has its reference with an error, and with a warning where a client comes twice."""
    folders: dict[str, list[Job]] = defaultdict(list)
    clients: dict[str, list[Job]] = defaultdict(list)
    marks = [_client_mark(each) for each in jobs]
    for job, mark in zip(jobs, marks, strict=True):
        folders[job.key.casefold()].append(job)
        if mark:
            clients[mark].append(job)
    for job, mark in zip(jobs, marks, strict=True):
        findings = list(job.record.findings)
        key, same = job.key, folders[job.key.casefold()]
        if len(same) > 1:
            lines = _others(same, job)
            message = Wording(f"référence « {key} » donnée aussi ligne {lines}", f"reference '{key}' given on line {lines} too")
            hint = Wording("donner à chaque convention la sienne", "give each agreement its own")
            findings.append(Diagnostic.error("campaign.double", message, hint, path="document.reference"))
            key = f"{key}~{next(number for number, each in enumerate(same, 1) if each is job)}"
        if len(clients.get(mark, ())) > 1:
            lines = _others(clients[mark], job)
            message = Wording(f"ce client est aussi ligne {lines}", f"this client is on line {lines} too")
            hint = Wording("retirer la ligne si c'est la même convention", "remove the line if it is the same agreement")
            findings.append(Diagnostic("campaign.same-client", Severity.WARNING, message, hint, path="client"))
        record = replace(job.record, findings=tuple(map(job.record.located, findings)))
        yield replace(job, key=key, record=record)


def _others(jobs: Sequence[Job], job: Job) -> str:
    return listed_lines([each.record.line or each.record.file for each in jobs if each is not job])


def _client_mark(job: Job) -> str:
    """Return what two rows of one client share: its SIREN number, else its name; "" where neither is known."""
    client = part_of_data(_data(job.record), "client")
    return re.sub(r"\D", "", str(client.get("siren") or "")) or plain(str(client.get("legal_name") or "")).strip()


def plan(campaign: Campaign) -> Iterator[Planned]:
    """Yield each row as it would be made: its data judged by every rule, and what it leaves open."""
    settings = campaign.settings
    baseline = read_baseline(settings.baseline, files=settings.files) if settings.baseline is not None else None
    for job in campaign.jobs:
        try:
            loaded = loaded_job(job, settings, baseline)
        except FindingsError as error:
            yield Planned(job, tuple(map(job.record.located, (*job.record.findings, *error.diagnostics))), ())
            continue
        found = (*job.record.findings, *of_client(loaded.findings, loaded))
        yield Planned(job, tuple(map(job.record.located, found)), _blanks(loaded.agreement, settings))


def _blanks(agreement: Agreement, settings: Settings) -> tuple[str, ...]:
    """Return the data paths of the client file that the document leaves open, each once, in their order."""
    language = (settings.languages or LANGUAGES)[0]
    found = blanks({language: assemble(agreement, language, settings.templates)})
    return tuple(each.path for each in found if DataPath(each.path).steps[0] in ClientFile.model_fields)


def sample(planned: Sequence[Planned], count: int) -> tuple[Planned, ...]:
    """Return up to ``count`` telling rows of those that can be made, in the table's order.

    The longest name, the most left open, the most data, then rows with combinations of choices that the rows taken don't have.
    """
    good = [each for each in planned if each.is_good]
    chosen: dict[str, Planned] = {}
    for measure in (lambda each: len(each.job.client), lambda each: len(each.blanks), lambda each: _size(_data(each.job.record))):
        if good and len(chosen) < count:
            best = max(good, key=measure)
            chosen.setdefault(best.job.key, best)
    seen = {_combination(each) for each in chosen.values()}
    for each in sorted(good, key=lambda each: each.job.key in chosen):
        if len(chosen) < count and _combination(each) not in seen:
            seen.add(_combination(each))
            chosen[each.job.key] = each
    for each in good:
        if len(chosen) < count:
            chosen.setdefault(each.job.key, each)
    return tuple(each for each in good if each.job.key in chosen)


def _size(value: object) -> int:
    """Return how many values data holds."""
    if isinstance(value, dict):
        return sum(_size(each) for each in value.values())
    return sum(_size(each) for each in value) if isinstance(value, list) else 1


def _combination(planned: Planned) -> tuple[object, ...]:
    """Return the choices of a row that change which clauses it gets: contract, kind of client, country, services and their options."""
    data = _data(planned.job.record)
    subscribed = data.get("subscriptions")
    services = tuple(sorted(str(each) for each in subscribed)) if isinstance(subscribed, list) else ()
    chosen = (part_of_data(data, part).get(name) for part, name in (("contract", "kind"), ("client", "kind"), ("client", "country")))
    return (*map(str, chosen), services)
