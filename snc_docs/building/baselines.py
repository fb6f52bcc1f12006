"""A baseline checked once for all its clients: its values, its rules, its layers' facts, and the files that it names, each of which is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from snc_docs.assembly import attachment_fault
from snc_docs.building.documents import foreign_faults, logo_faults
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.document.nodes import Document, Properties, Section
from snc_docs.model.agreement import Agreement
from snc_docs.model.attachments import named_in
from snc_docs.model.given import Files, Given
from snc_docs.model.layer_folders import Templates
from snc_docs.model.loading import LoadedBaseline, load_alone, read_baseline
from snc_docs.readers.embedded import UnreadableFileError, embedded


def load_baseline(baseline: Given, *, files: Files | None = None, templates: Templates = None) -> LoadedBaseline:
    """Return a baseline for ``load_agreement(client, baseline=…)``: read once, checked once, its parts shared by all its clients.

    ``baseline`` is a file's path, JSON text, a mapping or a ``Baseline``; ``files`` are those that it names, by name; ``templates`` are folders of
    clause files over those that it names, for all its clients.
    FindingsError lists everything that is wrong in it alone, in the files that it names and in what its layers declare; what is wrong with a client,
    and whether certificates are in force on its day, comes with the client.
    """
    read = read_baseline(baseline, files=files, templates=templates)
    loaded = load_alone(read)
    findings = [*loaded.findings, *map(loaded.located, _file_faults(loaded.agreement))]
    if has_errors(findings):
        raise FindingsError(dict.fromkeys(findings))
    return read


def _file_faults(agreement: Agreement) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that the documents of an agreement show: writing would find it out too late."""
    for _, path, name in named_in(agreement):
        file = agreement.attachment(name) if name is not None else None
        if file is None:
            continue
        try:
            shown = embedded(file.content, file.media_type, file.name, alt="")
        except UnreadableFileError as error:
            yield attachment_fault(error, path)
            continue
        alone = Document("fr", (Section("appendix", "appendix", (), shown.blocks),), Properties("", "", "", "", "", ""), shown.resources)
        yield from (replace(each, path=path) for each in foreign_faults(alone))
    yield from logo_faults(agreement)
