"""From the tree to formats: Word, HTML, and PDF by LibreOffice. Writers never see the data model.

A format is a line of ``FORMATS``; its writer is imported when it is first used, for the names are wanted by commands that write nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from snc_docs.errors import UnknownChoiceError, Wording

if TYPE_CHECKING:
    from snc_docs.document.nodes import Document, Redline
    from snc_docs.writers.docx.reference import ReferenceDocument

Format = Literal["docx", "html", "pdf"]
# What a comparison is told in; BILINGUAL is the last.
ChangesFormat = Literal["text", "json", "html", "docx", "markdown", "bilingual"]
# Writes a document, with the styles of a reference document, and with the record that a Word file carries.
Writer = Callable[["Document | Redline", "ReferenceDocument | None", bytes | None], bytes]


def _docx(document: Document | Redline, reference: ReferenceDocument | None, record: bytes | None) -> bytes:
    from snc_docs.writers.docx import write_docx

    return write_docx(document, reference, record)


def _html(document: Document | Redline, reference: ReferenceDocument | None, _: bytes | None) -> bytes:
    from snc_docs.writers.html import write_html

    if reference is None:
        return write_html(document)
    from snc_docs.writers.docx.look import look_of

    return write_html(document, look_of(reference))


def _pdf(document: Document | Redline, reference: ReferenceDocument | None, _: bytes | None) -> bytes:
    from snc_docs.document.nodes import Redline
    from snc_docs.language.known import words_of
    from snc_docs.writers.office import to_pdf
    from snc_docs.writers.pdf import finished

    shown = document.new if isinstance(document, Redline) else document
    locales = tuple(words_of(each).locale for each in (shown.language, shown.second) if each)
    exported = _laid_out(document, reference, None)[1] if _lists_pages(document) else to_pdf(_docx(document, reference, None))
    return finished(exported, shown.properties, locales)


def _laid_out(document: Document | Redline, reference: ReferenceDocument | None, record: bytes | None) -> tuple[bytes, bytes]:
    """Return the Word file whose contents give the pages of a layout, and the PDF of it."""
    from snc_docs.writers.docx import write_docx
    from snc_docs.writers.layout import laid_out

    return laid_out(lambda pages: write_docx(document, reference, record, pages))


def _lists_pages(document: Document | Redline) -> bool:
    """Return whether a document has contents; those of a redline, which is of no single layout, give no pages."""
    from snc_docs.document.nodes import Contents, Document, Reference
    from snc_docs.document.walk import walk

    return isinstance(document, Document) and any(
        isinstance(node, Contents) or (isinstance(node, Reference) and node.form == "page") for node in walk(document)
    )


def gives_pages() -> bool:
    """Return whether LibreOffice is here, whose layout tells the pages of the contents."""
    from snc_docs.writers.office import office_program

    return office_program() is not None


class FileFormat(NamedTuple):
    """What writes a format, and what its files end with, behind the full stop."""

    write: Writer
    suffix: str


FORMATS: Final[dict[Format, FileFormat]] = {"docx": FileFormat(_docx, "docx"), "html": FileFormat(_html, "html"), "pdf": FileFormat(_pdf, "pdf")}
# Both languages side by side, in Word and HTML.
BILINGUAL: Final = "bilingual"


def file_name(stem: str, format: Format) -> str:  # noqa: A002  # the word users expect
    """Return the name of a file of a format, ``agreement.docx``; UnknownChoiceError for one that there isn't."""
    return f"{stem}.{_known(format).suffix}"


def _known(name: Format) -> FileFormat:
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnknownChoiceError(Wording(f"format inconnu « {name} » : prendre {known}.", f"unknown format '{name}': take one of {known}."))
    return FORMATS[name]


def write(
    document: Document | Redline,
    format: Format,  # noqa: A002  # the word users expect
    reference: ReferenceDocument | None = None,
    record: bytes | None = None,
    *,
    page_numbers: bool = False,
) -> bytes:
    """Return the document as ``docx``, ``html`` or ``pdf``; UnknownChoiceError for any other format.

    ``reference`` (see ``read_reference``) lends a Word file and the PDF their styles, and a page of HTML its fonts and colours; ``record`` is what a Word file carries
    with it (see ``record_of``). With ``page_numbers`` the contents of a Word file give the pages of a layout by LibreOffice, where it is here; those
    of a PDF always do.
    """
    form = _known(format)
    if page_numbers and format == "docx" and gives_pages() and _lists_pages(document):
        return _laid_out(document, reference, record)[0]
    return form.write(document, reference, record)
