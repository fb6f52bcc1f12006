"""A certificate's file as blocks of the tree: PDF pages and pictures as pictures, a Word file as a foreign document.

The file is hostile until checked: page and pixel caps, and a finding for what pdfium or Pillow can't open. Pictures
are scaled to fit the text area of an A4 page. PDF pages are drawn at 150 dots an inch; the same bytes give the same
pictures, which are kept for the process's life, since drawing them costs more than the rest of a document.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from snc_docs.document.nodes import Block, ForeignDocument, PageBreak, Picture, Resource
from snc_docs.errors import SncDocsError, Wording

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES: Final = 40
MAX_PIXELS: Final = 40_000_000
MAX_ALL_PIXELS: Final = 160_000_000
MAX_UNPACKED: Final = 200 * 1024 * 1024
# Text area of the reference document, in millimetres.
AREA: Final = (160.0, 232.0)
# The first picture stands under the facts of the appendix.
FIRST_AREA: Final = (160.0, 160.0)
_DOTS_PER_INCH: Final = 150
_MARGIN_PART: Final = re.compile(r"word/(header|footer)\d*\.xml")
_PDFIUM = threading.Lock()  # pdfium isn't thread-safe

Blocks = tuple[tuple[Block, ...], tuple[Resource, ...]]


class UnreadableFileError(SncDocsError):
    """An attached file that can't be embedded."""

    exit_code = 2


def embedded(content: bytes, media_type: str, name: str, alt: str) -> Blocks:
    """Return the blocks that show a file, and the resources that they name; UnreadableFileError if it can't be shown."""
    match media_type:
        case "application/pdf":
            return _pictures(_pdf_pages(content, name), alt)
        case "image/png" | "image/jpeg":
            return _pictures((_checked_picture(content, media_type, name),), alt)
        case _:
            _check_archive(content, name)
            resource = Resource(f"{digest_of(content)}.docx", media_type, content)
            return (ForeignDocument(resource.name, alt),), (resource,)


def loses_margins(content: bytes) -> bool:
    """Return whether a Word file has words or pictures in a header or footer, which joining it in leaves behind."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if _MARGIN_PART.fullmatch(name)]
    return any(mark in part for part in parts for mark in (b"<w:t>", b"<w:t ", b"<w:drawing", b"<w:pict"))


def digest_of(content: bytes) -> str:
    """Return what names a resource: the beginning of its SHA-256 digest."""
    return hashlib.sha256(content).hexdigest()[:16]


def _unreadable(name: str, fr: str, en: str) -> UnreadableFileError:
    return UnreadableFileError(Wording(f"{name} : {fr} ; donner un autre fichier.", f"{name}: {en}; give another file."))


def _pictures(pictures: tuple[tuple[bytes, str, int, int], ...], alt: str) -> Blocks:
    blocks: list[Block] = []
    resources: dict[str, Resource] = {}
    for index, (content, media_type, width, height) in enumerate(pictures, 1):
        resource = Resource(f"{digest_of(content)}.{media_type.rpartition('/')[2]}", media_type, content)
        resources[resource.name] = resource
        area = AREA if blocks else FIRST_AREA
        scale = min(area[0] / width, area[1] / height)
        words = alt if len(pictures) == 1 else f"{alt} ({index}/{len(pictures)})"
        if blocks:
            blocks.append(PageBreak())
        blocks.append(Picture(resource.name, round(width * scale, 2), round(height * scale, 2), words))
    return tuple(blocks), tuple(resources.values())


def _pdf_pages(content: bytes, name: str) -> tuple[tuple[bytes, str, int, int], ...]:
    """Return the pictures of a PDF's pages, one thread at a time: a second one finds them drawn."""
    with _PDFIUM:
        return _drawn_pages(content, name)


@lru_cache(maxsize=16)
def _drawn_pages(content: bytes, name: str) -> tuple[tuple[bytes, str, int, int], ...]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, f"PDF illisible ({error})", f"unreadable PDF ({error})") from error
    try:
        if not 1 <= len(pdf) <= MAX_PAGES:
            raise _unreadable(name, f"{len(pdf)} pages (1 à {MAX_PAGES} admises)", f"{len(pdf)} pages (1 to {MAX_PAGES} allowed)")
        points = sum(width * height for width, height in (pdf.get_page_size(index) for index in range(len(pdf))))
        if points * (_DOTS_PER_INCH / 72) ** 2 > MAX_ALL_PIXELS:
            raise _unreadable(name, "pages trop grandes", "its pages are too large")
        return tuple(_page(pdf, index, name) for index in range(len(pdf)))
    finally:
        pdf.close()


def _page(pdf: object, index: int, name: str) -> tuple[bytes, str, int, int]:
    import pypdfium2

    try:
        page = pdf[index]  # type: ignore[index]  # a PdfDocument, imported late
        scale = _DOTS_PER_INCH / 72
        if page.get_width() * page.get_height() * scale**2 > MAX_PIXELS:
            raise _unreadable(name, f"page {index + 1} trop grande", f"page {index + 1} is too large")
        return _png(page.render(scale=scale).to_pil())
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, f"page {index + 1} illisible", f"page {index + 1} is unreadable") from error


def _png(image: Image) -> tuple[bytes, str, int, int]:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PNG", compress_level=3)
    return buffer.getvalue(), "image/png", image.width, image.height


@lru_cache(maxsize=16)
def _checked_picture(content: bytes, media_type: str, name: str) -> tuple[bytes, str, int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _unreadable(name, "image trop grande", "the picture is too large")
            image.load()
            return content, media_type, image.width, image.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable(name, f"image illisible ({error})", f"unreadable picture ({error})") from error


def _check_archive(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked <= MAX_UNPACKED:
                archive.testzip()
    except Exception as error:  # encrypted, unknown compression, broken data: zipfile has an exception of its own for each
        raise _unreadable(name, "archive DOCX illisible", "unreadable DOCX archive") from error
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise _unreadable(name, "ce n'est pas un document Word", "this isn't a Word document")
    if unpacked > MAX_UNPACKED:
        raise _unreadable(name, "le DOCX décompressé est trop grand", "the unpacked DOCX is too large")
