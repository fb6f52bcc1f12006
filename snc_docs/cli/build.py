"""``make-agreement build``: the documents of one agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from snc_docs import part_of, parts_of, side_by_side, write
from snc_docs.assembly import draw_attachments
from snc_docs.cli.files import placed, write_files
from snc_docs.cli.inspecting import inspected
from snc_docs.cli.options import (
    baseline_argument,
    client_argument,
    command_frame,
    day_of,
    language_option,
    output_option,
    reference_at,
    reference_option,
    templates_option,
    today_option,
)
from snc_docs.cli.show import Voice
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.document.nodes import Document
from snc_docs.language.formats import LANGUAGES
from snc_docs.model.agreement import Agreement
from snc_docs.model.loading import load
from snc_docs.records import record_of
from snc_docs.writers import FORMATS
from snc_docs.writers.docx.reference import Reference

BILINGUAL: Final = "bilingual"
_EXAMPLES: Final = """\b
Examples:
  make-agreement build client.yaml
  make-agreement build baseline.yaml client.yaml -l fr -o out
  make-agreement build client.yaml --format pdf --part agreement
  make-agreement build client.yaml --reference our-styles.docx
  make-agreement build client.yaml --compliance-matrix
  make-agreement build client.yaml --format bilingual
"""


@click.command(name="build", epilog=_EXAMPLES)
@baseline_argument
@client_argument
@language_option
@output_option("the documents")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*FORMATS, BILINGUAL]),
    help="Format; may be repeated. Default: docx. PDF needs LibreOffice; bilingual: both languages side by side.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="PART",
    help="agreement, body or appendix-a, -b, -c …; may be repeated. Default: all as docx, agreement as html or pdf.",
)
@click.option("--compliance-matrix", is_flag=True, help="Add the matrix of SecNumCloud requirements as one more appendix.")
@click.option("--no-embed", is_flag=True, help="Leave the data and tree out of agreement.docx; 'diff' then needs the client file.")
@reference_option
@templates_option
@today_option
@command_frame
def command(
    baseline: Path,
    client: Path | None,
    languages: Sequence[str],
    output: Path,
    formats: Sequence[str],
    parts: Sequence[str],
    reference: Path | None,
    templates: Path | None,
    today: datetime | None,
    *,
    compliance_matrix: bool,
    no_embed: bool,
    voice: Voice,
) -> None:
    """Write the documents of BASELINE and CLIENT.

    One argument is enough where the client file names its baseline
    ("baseline: FILE"). OUT/fr/ and OUT/en/ receive agreement.docx (all of it),
    body.docx and each appendix alone. Nothing is written while the input has
    errors. The format bilingual gives OUT/bilingual/agreement.docx and .html.
    """
    _require_whole(formats, languages, parts)
    day = day_of(today)
    loaded = load(baseline, client, today=day)
    styles = reference_at(reference)
    with ThreadPoolExecutor(1) as background:
        background.submit(draw_attachments, loaded.agreement)  # what goes wrong there goes wrong again, and is said, below
        documents, more = inspected(loaded, languages or LANGUAGES, templates)
    findings: list[Diagnostic] = [*loaded.findings, *(styles.findings if styles else ()), *more]
    if has_errors(findings):
        raise FindingsError(findings)
    if compliance_matrix:
        documents = with_matrices(loaded.agreement, documents, loaded.agreement.judged_on(day))
    written = _written(documents, formats or ("docx",), parts, styles, None if no_embed else loaded.agreement)
    files = placed(output, dict(written))
    write_files(files, [*loaded.files, *([reference] if reference else [])])
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
    documents: dict[str, Document], formats: Sequence[str], parts: Sequence[str], reference: Reference | None, embedded: Agreement | None
) -> Iterator[tuple[Path, bytes]]:
    """Yield each file's path below the output folder, and its bytes; the whole agreement as Word file carries its data, if there is any."""
    if BILINGUAL in formats:
        both = side_by_side(*documents.values())
        yield from ((Path(BILINGUAL, f"agreement.{name}"), write(both, name, reference)) for name in ("docx", "html"))
    for language, document in documents.items():
        for name in dict.fromkeys(name for name in formats if name != BILINGUAL):
            default = parts_of(document) if name == "docx" else ("agreement",)
            for part in dict.fromkeys(parts or default):
                record = record_of(embedded, document) if embedded is not None and (part, name) == ("agreement", "docx") else None
                yield Path(language, f"{part}.{name}"), write(part_of(document, part), name, reference, record)
