"""From the tree to formats: Word, HTML, and PDF by LibreOffice. Writers never see the data model."""

from __future__ import annotations

from typing import Final

from snc_docs.document.nodes import Document, Redline
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.writers.docx import write_docx
from snc_docs.writers.docx.reference import Reference
from snc_docs.writers.html import write_html
from snc_docs.writers.office import to_pdf

FORMATS: Final = ("docx", "html", "pdf")


def write(document: Document | Redline, format: str, reference: Reference | None = None, record: bytes | None = None) -> bytes:  # noqa: A002  # the word users expect
    """Return the document as ``docx``, ``html`` or ``pdf``; UnknownChoiceError for any other format.

    ``reference`` (see ``read_reference``) lends a Word file and the PDF their styles; ``record`` is what a Word file carries
    with it (see ``record_of``).
    """
    match format:
        case "docx":
            return write_docx(document, reference, record)
        case "html":
            return write_html(document)
        case "pdf":
            return to_pdf(write_docx(document, reference))
        case _:
            known = ", ".join(FORMATS)
            raise UnknownChoiceError(Wording(f"format inconnu « {format} » : prendre {known}.", f"unknown format '{format}': take one of {known}."))
