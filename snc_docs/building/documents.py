"""The documents of an agreement in its languages, looked at: all that is wrong with them, with their clauses and with the files that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from snc_docs.assembly import attachment_fault, document_of, inspect, language_differences
from snc_docs.building.letterheads import letterhead
from snc_docs.building.procedure import procedure_findings
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import Document, ForeignDocument
from snc_docs.document.parity import VALUES
from snc_docs.document.walk import blocks_of
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.paths import values_of
from snc_docs.model.wordings import shortened
from snc_docs.templating.folders import Layers, TemplateFolders, layered
from snc_docs.templating.outline import read_outline
from snc_docs.templating.unused import unused_files
from snc_docs.writers import write

Documents = dict[Language, Document]


def assembled(agreement: Agreement, languages: Sequence[Language], templates: Layers) -> Documents:
    """Return the document of each language that can be assembled, whatever is found in it."""
    documents: Documents = {}
    for language in languages:
        with suppress(FindingsError):
            documents[language] = document_of(agreement, language, templates)
    return documents


def looked_at(agreement: Agreement, languages: Sequence[Language], templates: Layers) -> tuple[Documents, tuple[Diagnostic, ...]]:
    """Return the document of each language that can be assembled, and what is found in them, each once."""
    documents: Documents = {}
    findings: list[Diagnostic] = []
    for language in languages:
        try:
            assembly = inspect(agreement, language, templates)
        except FindingsError as error:
            findings += error.diagnostics
            continue
        documents[language] = assembly.document
        findings += [*assembly.findings, *foreign_faults(assembly.document)]
    folders = layered(agreement, templates)
    findings += [*logo_faults(agreement), *_of_layers(folders, documents), *procedure_findings(agreement, documents)]
    shown = list(documents.values())
    for other in shown[1:]:
        findings += language_differences(shown[0], other, folders)
    return documents, tuple(dict.fromkeys(_with_both_texts(finding, agreement) for finding in findings))


def _with_both_texts(finding: Diagnostic, agreement: Agreement) -> Diagnostic:
    """Return a finding on a text whose languages differ with what both say; any other as it is."""
    if finding.rule != VALUES:
        return finding
    text = next((value for path, value in values_of(agreement) if path == finding.path and isinstance(value, LocalizedText)), None)
    if text is None:
        return finding
    fr, en = (shortened(text.in_language(language)) for language in ("fr", "en"))
    message = Wording(f"« {fr} » et « {en} » : {finding.message.fr}", f"'{fr}' and '{en}': {finding.message.en}")
    return replace(finding, message=message)


def logo_faults(agreement: Agreement) -> list[Diagnostic]:
    """Return what is wrong with the file of the logo: writing would find it out too late."""
    try:
        letterhead(agreement)
    except FindingsError as error:
        return list(error.diagnostics)
    return []


def _of_layers(folders: TemplateFolders, languages: Iterable[Language]) -> list[Diagnostic]:
    """Return what is said of files of layers that no clause takes, and of marks that own clauses lost; of an outline that can't be read, the documents have said so."""
    if not folders.own():
        return []
    from snc_docs.templating.marks import lost_marks

    try:
        outline = read_outline(folders)
    except FindingsError:
        return []
    return [*unused_files(folders, outline), *(finding for language in languages for finding in lost_marks(folders, outline, language))]


def foreign_faults(document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the Word files that are joined in: writing would find it out too late."""
    if any(isinstance(block, ForeignDocument) for block in blocks_of(document.sections)):
        from snc_docs.writers.docx.foreign import ForeignDocumentError

        try:
            write(document, "docx")
        except ForeignDocumentError as error:
            yield attachment_fault(error, "certificate.file")
