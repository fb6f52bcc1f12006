"""Page numbers of the contents, from LibreOffice's layout: written, laid out, read from the PDF, written again until they agree.

A number takes its room on a line, so the contents are laid out with the numbers that they show. Each heading has a bookmark, which is a
named destination in the PDF (ISO 32000-1, 12.3.2.3); LibreOffice writes what isn't a letter or a figure in its name as two hexadecimal
figures. PDFium isn't made for threads: one file is read at a time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Lock
from typing import Any, Final

from snc_docs.errors import OfficeFailedError, Wording
from snc_docs.patterns import regex
from snc_docs.writers.docx.contents import Pages
from snc_docs.writers.office import to_pdf

# The second layout has the right numbers, and the third one sees that; where a number moves what follows, one more each.
_MOST_LAYOUTS: Final = 6
_ONE_AT_A_TIME: Final = Lock()
_ESCAPED: Final = regex("5F")  # an underscore: a bookmark has letters and figures beside it


def laid_out(written: Callable[[Pages], bytes]) -> tuple[bytes, bytes]:
    """Return a Word file whose contents give the pages of its headings, and its PDF.

    ``written`` makes the file with those pages, by the names of bookmarks. OfficeMissingError without LibreOffice, OfficeFailedError where
    it doesn't come to an end.
    """
    pages: Pages = {}
    for _ in range(_MOST_LAYOUTS):
        content = written(pages)
        pdf = to_pdf(content)
        found = pages_in(pdf)
        if found == pages:
            return content, pdf
        pages = found
    raise OfficeFailedError(
        Wording(
            "La pagination du sommaire ne se stabilise pas : construire sans --page-numbers, ou raccourcir un titre.",
            "The page numbers of the contents don't settle: build without --page-numbers, or shorten a heading.",
        )
    )


def pages_in(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1, of each bookmark of a PDF that LibreOffice made."""
    import pypdfium2  # PDF is rarely asked for, and this takes long

    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document:
        return dict(sorted(_destinations(document)))


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page of a PDF, as PDFium reads it."""
    import pypdfium2  # as above

    with _ONE_AT_A_TIME, closing(pypdfium2.PdfDocument(pdf)) as document:
        return tuple(page.get_textpage().get_text_range() for page in document)


def _destinations(document: Any) -> Iterator[tuple[str, int]]:
    from pypdfium2 import raw

    for index in range(raw.FPDF_CountNamedDests(document.raw)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(document.raw, index, None, ctypes.byref(size))
        name = ctypes.create_string_buffer(max(size.value, 0))
        place = raw.FPDF_GetNamedDest(document.raw, index, name, ctypes.byref(size))
        page = raw.FPDFDest_GetDestPageIndex(document.raw, place)
        yield _ESCAPED.sub("_", name.raw.decode("utf-16-le").rstrip("\0")), page + 1
