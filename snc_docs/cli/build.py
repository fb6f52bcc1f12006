"""``make-agreement build``: the documents of one agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final

import click

from snc_docs import part_of, parts_of, side_by_side, write
from snc_docs.assembly import draw_attachments
from snc_docs.cli.commands.build import BILINGUAL, BuildOptions
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import inspected, reference_at
from snc_docs.cli.options import day_of
from snc_docs.cli.show import Voice
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors, strictly
from snc_docs.document.nodes import Document
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.model.agreement import Agreement
from snc_docs.model.language_rules import one_language_prevails
from snc_docs.model.loading import load
from snc_docs.records import record_of
from snc_docs.writers import gives_pages
from snc_docs.writers.docx.reference import ReferenceDocument


def build(options: BuildOptions, voice: Voice) -> None:
    """Write the documents; FindingsError while the input has errors."""
    _require_whole(options.formats, options.languages, options.parts)
    day = day_of(options.today)
    loaded = load(options.baseline, options.client, today=day, templates=options.templates)
    styles = reference_at(options.reference)
    with ThreadPoolExecutor(1) as background:
        background.submit(draw_attachments, loaded.agreement)  # what goes wrong there goes wrong again, and is said, below
        documents, more = inspected(loaded, options.languages or LANGUAGES, options.templates)
    asked = map(loaded.located, one_language_prevails(loaded.agreement)) if BILINGUAL in options.formats else ()
    findings: list[Diagnostic] = [*loaded.findings, *(styles.findings if styles else ()), *more, *asked]
    findings = strictly(findings) if options.strict else findings
    if has_errors(findings):
        raise FindingsError(findings)
    if options.compliance_matrix:
        documents = with_matrices(loaded.agreement, documents, loaded.agreement.judged_on(day))
    if options.page_numbers and not gives_pages():
        findings.append(_NO_LAYOUT)
    written = _written(documents, options, styles, None if options.no_embed else loaded.agreement)
    files = placed(options.output, dict(written))
    write_files(files, [*loaded.files, *([options.reference] if options.reference else [])])
    voice.findings(findings)
    voice.files(files)
    voice.result(findings, list(files))


def _require_whole(formats: Sequence[str], languages: Sequence[str], parts: Sequence[str]) -> None:
    """Raise UsageError for a bilingual document of one language, or of a part."""
    if BILINGUAL in formats and len(set(languages)) == 1:
        raise click.UsageError("The format bilingual needs both languages: leave out -l.")
    if BILINGUAL in formats and parts:
        raise click.UsageError("The format bilingual is always the whole agreement: leave out --part.")


def with_matrices(agreement: Agreement, documents: dict[str, Document], day: date) -> dict[str, Document]:
    """Return the documents with the matrix of requirements of each as one more appendix."""
    from snc_docs import assess, with_compliance_matrix

    return {language: with_compliance_matrix(document, assess(agreement, document, day)) for language, document in documents.items()}


def _written(
    documents: dict[str, Document], options: BuildOptions, reference: ReferenceDocument | None, embedded: Agreement | None
) -> Iterator[tuple[Path, bytes]]:
    """Yield each file's path below the output folder, and its bytes; the whole agreement as Word file carries its data, if there is any."""
    formats, paged = options.formats or ("docx",), options.page_numbers
    if BILINGUAL in formats:
        both = side_by_side(*documents.values())
        yield from ((Path(BILINGUAL, f"agreement.{name}"), write(both, name, reference, page_numbers=paged)) for name in ("docx", "html"))
    for language, document in documents.items():
        for name in dict.fromkeys(name for name in formats if name != BILINGUAL):
            default = parts_of(document) if name == "docx" else ("agreement",)
            for part in dict.fromkeys(options.parts or default):
                record = record_of(embedded, document) if embedded is not None and (part, name) == ("agreement", "docx") else None
                yield Path(language, f"{part}.{name}"), write(part_of(document, part), name, reference, record, page_numbers=paged)


_NO_LAYOUT: Final = Diagnostic(
    "contents.no-layout",
    Severity.WARNING,
    Wording("LibreOffice est introuvable : le sommaire n'a pas de numéros de page", "LibreOffice isn't here: the contents have no page numbers"),
    Wording(
        "installer LibreOffice (paquet libreoffice-writer), ou retirer --page-numbers",
        "install LibreOffice (package libreoffice-writer), or leave out --page-numbers",
    ),
)
