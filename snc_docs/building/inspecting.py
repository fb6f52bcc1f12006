"""An agreement inspected in its languages: the documents, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from snc_docs.assembly import attachment_fault, inspect, language_differences, layered
from snc_docs.building.letterheads import letterhead
from snc_docs.building.procedure import procedure_findings
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.document.nodes import Document, ForeignDocument
from snc_docs.document.parity import VALUES
from snc_docs.document.walk import blocks_of
from snc_docs.errors import Wording
from snc_docs.inputs import read_file
from snc_docs.language import Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.loading import Loaded
from snc_docs.model.paths import values_of
from snc_docs.model.wordings import shortened
from snc_docs.templating.folders import OWN_CLAUSES, Layers, TemplateFolders
from snc_docs.templating.outline import read_outline
from snc_docs.templating.unused import unused_files
from snc_docs.writers import write

# Beside the baseline: what legal ticked last.
TICKED: Final = "statements.json"
Inspected = tuple[dict[Language, Document], list[Diagnostic]]


def inspected(loaded: Loaded, languages: Iterable[Language], templates: Layers) -> Inspected:
    """Return the document of each language that can be assembled, and every finding, with the file and line of its data."""
    documents: dict[Language, Document] = {}
    findings: list[Diagnostic] = []
    for language in dict.fromkeys(languages):
        try:
            assembly = inspect(loaded.agreement, language, templates)
        except FindingsError as error:
            findings += error.diagnostics
            continue
        documents[language] = assembly.document
        findings += [*assembly.findings, *foreign_faults(assembly.document)]
    findings += [*_unticked(loaded, documents, templates), *logo_faults(loaded.agreement)]
    folders = layered(loaded.agreement, templates)
    findings += [*_of_layers(folders, documents), *_unnamed(loaded, folders), *procedure_findings(loaded.agreement, documents)]
    shown = list(documents.values())
    for other in shown[1:]:
        findings += language_differences(shown[0], other, folders)
    return documents, [loaded.located(_with_both_texts(finding, loaded.agreement)) for finding in dict.fromkeys(findings)]


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


def _unticked(loaded: Loaded, documents: dict[Language, Document], templates: Layers) -> Iterator[Diagnostic]:
    """Yield what the documents state beyond the list that was ticked, where one lies beside the baseline."""
    path = loaded.folder / TICKED if loaded.folder is not None else None
    if path is None or not path.is_file():
        return
    from snc_docs.reporting.statements import keys_ticked, statements, unticked

    known, folders = keys_ticked(read_file(path), str(path)), layered(loaded.agreement, templates)
    for document in documents.values():
        yield from unticked(statements(document, folders), known)


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


def _unnamed(loaded: Loaded, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield a warning where clauses lie beside the baseline, in the folder where ``init`` writes them, and nothing says to use them."""
    folder = loaded.folder / OWN_CLAUSES if loaded.folder is not None else None
    if folder is None or not any(folder.glob("*/*.md.j2")) or any(folder.samefile(each) for each in folders.folders):
        return
    yield Diagnostic(
        "templates.unnamed",
        Severity.WARNING,
        Wording("ces clauses à côté du socle ne servent à rien", "these clauses beside the baseline are used for nothing"),
        Wording(
            f"ajouter au socle « templates: {OWN_CLAUSES} », ou les donner par --templates ; sinon les ranger ailleurs",
            f"add 'templates: {OWN_CLAUSES}' to the baseline, or give them with --templates; else keep them elsewhere",
        ),
        file=str(folder),
    )


def foreign_faults(document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the Word files that are joined in: writing would find it out too late."""
    if any(isinstance(block, ForeignDocument) for block in blocks_of(document.sections)):
        from snc_docs.writers.docx.foreign import ForeignDocumentError

        try:
            write(document, "docx")
        except ForeignDocumentError as error:
            yield attachment_fault(error, "certificate.file")
