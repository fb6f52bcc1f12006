"""What ``make-agreement build`` does but for the files: an agreement inspected in its languages, both compared, and written in every format asked for.

A function of its arguments: it gives the files as bytes, and writes none. While anything is wrong, it gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from snc_docs.assembly import draw_attachments, side_by_side
from snc_docs.building.files import Built
from snc_docs.building.inspecting import inspected
from snc_docs.building.letterheads import letterhead
from snc_docs.building.names import named
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, Severity, has_errors, strictly
from snc_docs.document.nodes import Document
from snc_docs.document.parts import WHOLE, part_of, parts_of
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.language_rules import one_language_prevails
from snc_docs.model.loading import Loaded
from snc_docs.templating.folders import Layers
from snc_docs.writers import BILINGUAL, Format, file_name, gives_pages, write

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument

_NO_LAYOUT: Final = Diagnostic(
    "contents.no-layout",
    Severity.WARNING,
    Wording("LibreOffice est introuvable : le sommaire n'a pas de numéros de page", "LibreOffice isn't here: the contents have no page numbers"),
    Wording(
        "installer LibreOffice (paquet libreoffice-writer), ou retirer --page-numbers",
        "install LibreOffice (package libreoffice-writer), or leave out --page-numbers",
    ),
)


def build(  # noqa: PLR0913  # what the command has options for
    agreement: Agreement | Loaded,
    *,
    languages: Sequence[Language] = (),
    formats: Sequence[Format | Literal["bilingual"]] = (),
    parts: Sequence[str] = (),
    compliance_matrix: bool = False,
    page_numbers: bool = False,
    no_embed: bool = False,
    names: str = "",
    reference: ReferenceDocument | None = None,
    templates: Layers = None,
    strict: bool = False,
    today: date | None = None,
) -> Built:
    """Return the files of an agreement as ``make-agreement build`` writes them, with the same names, defaults and findings.

    ``languages`` are both by default, ``formats`` ``docx`` (``html``, ``pdf``, ``bilingual``), ``parts`` all as Word files and the whole agreement in other
    formats. ``names`` is the pattern of their names, ``{language}/{part}`` by default; it may hold ``{reference}``, ``{version}`` and ``{client}``.
    ``agreement`` is what ``load_agreement`` gives, or ``load``, whose files and warnings findings then name. ``today`` is the day on which dates are
    judged while the effective date is unknown (this day by default).
    FindingsError lists all that is wrong; UnknownChoiceError names a language, format, part or pattern of names that there isn't.
    """
    loaded = Loaded.of(agreement)
    _require_whole(formats, languages, parts)
    with ThreadPoolExecutor(1) as background:
        background.submit(draw_attachments, loaded.agreement)  # what goes wrong there goes wrong again, and is said, below
        documents, more = inspected(loaded, languages or LANGUAGES, templates)
    asked = map(loaded.located, one_language_prevails(loaded.agreement)) if BILINGUAL in formats else ()
    findings: list[Diagnostic] = [*loaded.findings, *(reference.findings if reference else ()), *more, *asked]
    findings = strictly(findings) if strict else findings
    if has_errors(findings):
        raise FindingsError(findings)
    day = loaded.agreement.judged_on(this_day(today))
    whole = with_matrices(loaded.agreement, documents, day) if compliance_matrix else documents
    if page_numbers and not gives_pages():
        findings.append(_NO_LAYOUT)
    styles, carried = letterhead(loaded.agreement, reference), None if no_embed else loaded.agreement
    written = _Writing(whole, formats or ("docx",), parts, styles, carried, page_numbers=page_numbers)
    return _named(Built(dict(written.files()), tuple(findings), documents), names, loaded.agreement)


def _named(built: Built, pattern: str, agreement: Agreement) -> Built:
    """Return what was built with its files called by a pattern, and which of them are whole."""
    places = named(built.files, pattern, agreement)
    whole = tuple(place for path, place in places.items() if path.stem == WHOLE)
    return replace(built, files={places[path]: content for path, content in built.files.items()}, whole=whole)


def _require_whole(formats: Sequence[str], languages: Sequence[Language], parts: Sequence[str]) -> None:
    """Raise UnknownChoiceError for a bilingual document of one language, or of a part."""
    if BILINGUAL in formats and (len(set(languages)) == 1 or parts):
        raise UnknownChoiceError(
            Wording(
                "le format bilingual est toujours celui de toute la convention, dans les deux langues.",
                "the format bilingual is always the whole agreement, in both languages.",
            )
        )


def with_matrices(agreement: Agreement, documents: dict[Language, Document], day: date) -> dict[Language, Document]:
    """Return the documents with the matrix of requirements of each as one more appendix."""
    from snc_docs.compliance.assessment import assess
    from snc_docs.matrices import with_compliance_matrix

    return {language: with_compliance_matrix(document, assess(agreement, document, day)) for language, document in documents.items()}


@dataclass(frozen=True)
class _Writing:
    """Documents and how they are to be written; the whole agreement as Word file carries its data, if there is any."""

    documents: dict[Language, Document]
    formats: Sequence[Format | Literal["bilingual"]]
    parts: Sequence[str]
    reference: ReferenceDocument | None
    embedded: Agreement | None
    page_numbers: bool

    def files(self) -> Iterator[tuple[Path, bytes]]:
        """Yield each file's path below the output folder, and its bytes."""
        from snc_docs.records import record_of

        if BILINGUAL in self.formats:
            both = side_by_side(*self.documents.values())
            both_formats: tuple[Format, ...] = ("docx", "html")
            yield from ((Path(BILINGUAL, file_name(WHOLE, name)), self._written(both, name)) for name in both_formats)
        for language, document in self.documents.items():
            for name in dict.fromkeys(name for name in self.formats if name != "bilingual"):
                default = parts_of(document) if name == "docx" else (WHOLE,)
                for part in dict.fromkeys(self.parts or default):
                    record = record_of(self.embedded, document) if self.embedded is not None and (part, name) == (WHOLE, "docx") else None
                    yield Path(language, file_name(part, name)), self._written(part_of(document, part), name, record)

    def _written(self, document: Document, name: Format, record: bytes | None = None) -> bytes:
        return write(document, name, self.reference, record, page_numbers=self.page_numbers)
