"""The program that draws: pages of a PDF and pictures, in a process of its own, on limits that it sets itself.

pdfium, Pillow and the codecs below them are native code, and what they are given is hostile: a page of a kilobyte can ask for a
day's work or all of the memory. So they run in a child process (``drawn`` starts it), which has so many seconds of processor time
a page and so much address space; whatever ends it, the parent says of the file. It runs as a script, imports nothing of this
package, and speaks through its standard streams: the file comes in, one line of JSON and the pictures one after the other go out.
"""

from __future__ import annotations

import ctypes
import io
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

if sys.platform != "win32":
    import resource

# The whole of what a page or a picture may cost, beside what the interpreter itself takes.
_SECONDS_A_PAGE = 3
_BASE_BYTES = 320 * 2**20
_BYTES_A_PIXEL = 11  # a bitmap, its copy for the encoder, and what the encoder keeps
# Those that pdfium undoes before it tells the length of an image's data (7.4); of the others it tells the length of their code.
_WHOLE_FILTERS = {"FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "Fl", "LZW", "A85", "AHx", "RL"}
_XFA_FULL = 2  # FORMTYPE_XFA_FULL of fpdf_formfill.h
_EMPTY_TEXT = 2  # bytes of a text that pdfium gives: its end alone
# Those of the 14 standard fonts (9.6.2.2) whose signs aren't letters; pdfium has them, and for letters one that knows cp1252.
_SIGNS = (b"Symbol", b"ZapfDingbats")


class RefusedError(Exception):
    """A file that isn't drawn; ``args`` are a word that says why, and its figures."""


def main() -> None:
    """Draw standard input as the options in the first argument say, onto standard output."""
    options = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    _limit_memory(pixels=0)
    draw = _pages if options["kind"] == "pdf" else _picture
    try:
        _answer(draw(content, options))
    except RefusedError as error:
        _say({"refused": error.args})
    except MemoryError:
        _say({"refused": ("limits",)})


def _say(header: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")


def _answer(result: tuple[list[tuple[bytes, str, int, int]], dict[str, Any]]) -> None:
    pictures, notes = result
    _say({"pictures": [(len(content), kind, width, height) for content, kind, width, height in pictures], **notes})
    for content, *_ in pictures:
        sys.stdout.buffer.write(content)


def _limit_memory(*, pixels: float) -> None:
    """Cap the address space at what so many pixels need: not on Windows, and macOS takes the figure and doesn't hold to it."""
    if sys.platform != "win32":
        most = _BASE_BYTES + int(pixels) * _BYTES_A_PIXEL
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit_time() -> None:
    """Give the next page so many seconds of processor time from now on."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _SECONDS_A_PAGE, hard))


def _pages(content: bytes, options: dict[str, Any]) -> tuple[list[tuple[bytes, str, int, int]], dict[str, Any]]:
    """Return the pictures of a PDF's pages: fields and signatures as filled in, at so many dots an inch."""
    import pypdfium2

    _limit_time()
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("password" if "assword" in str(error) else "unreadable") from error
    count = len(pdf)
    if not 1 <= count <= options["most_pages"]:
        raise RefusedError("pages", count)
    if pdf.get_formtype() == _XFA_FULL:
        raise RefusedError("xfa")
    pdf.init_forms()  # pdfium draws form fields and signatures only for who fills forms
    notes = {"attachments": pdf.count_attachments(), "unseen": []}
    return list(_drawn(pdf, count, options, notes)), notes


def _drawn(pdf: Any, count: int, options: dict[str, Any], notes: dict[str, Any]) -> Iterator[tuple[bytes, str, int, int]]:
    scale = options["dots_per_inch"] / 72
    sizes = [_of_page(index, pdf.get_page_size, index) for index in range(count)]
    pixels = [width * height * scale**2 for width, height in sizes]
    for index, each in enumerate(pixels):
        if not each <= options["most_pixels"]:  # not a number counts as too large
            raise RefusedError("large-page", index + 1)
    if sum(pixels) > options["most_pixels_in_all"]:
        raise RefusedError("large-pages")
    _limit_memory(pixels=max(pixels))
    has_form = pdf.get_formtype() != 0
    for index in range(count):
        _limit_time()
        page = _of_page(index, pdf.get_page, index)
        image = _of_page(index, page.render, scale=scale).to_pil().convert("RGB")
        bare, carried = _annotations(page, has_form=has_form)
        notes["attachments"] += carried
        if bare or _is_unseen(page, image):
            notes["unseen"].append(index + 1)
        yield _png(image)


def _annotations(page: Any, *, has_form: bool) -> tuple[int, int]:
    """Return how many visible annotations a page has that pdfium doesn't draw, and how many carry a file (ISO 32000-2, 12.5.6).

    A field (12.7) is drawn with the form that it is part of; programs that take pages out of a file leave its form behind.
    """
    from pypdfium2 import raw

    bare = carried = 0
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        hidden = raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
        carried += kind == raw.FPDF_ANNOT_FILEATTACHMENT
        # Those for which pdfium makes no appearance of its own where the file gives none.
        undrawn = (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_CARET)
        has_look = raw.FPDFAnnot_GetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _EMPTY_TEXT  # of its state (/AS), if it has some
        bare += not hidden and ((kind in undrawn and not has_look) or (kind == raw.FPDF_ANNOT_WIDGET and has_look and not has_form))
        bare += not hidden and _shows_damage(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
    return bare, carried


def _shows_damage(annotation: Any) -> bool:
    """Return whether an image in the look of a stamp can't be decoded; pdfium tells what is in it of stamps and ink alone."""
    from pypdfium2 import raw

    for index in range(raw.FPDFAnnot_GetObjectCount(annotation)):
        each = raw.FPDFAnnot_GetObject(annotation, index)
        if raw.FPDFPageObj_GetType(each) == raw.FPDF_PAGEOBJ_IMAGE:
            bitmap = raw.FPDFImageObj_GetBitmap(each)
            if not bitmap:
                return True
            raw.FPDFBitmap_Destroy(bitmap)
    return False


def _is_unseen(page: Any, image: Any) -> bool:
    """Return whether a page's picture may lack what the page holds: it is blank, or an image in it can't be decoded whole."""
    from pypdfium2 import raw

    if all(low == high for low, high in image.getextrema()):
        return True
    if any(_is_damaged(each) for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,))):
        return True
    words = page.get_textpage()
    return any(_lacks_letters(each.raw, words.raw) for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)))


def _lacks_letters(text: Any, words: Any) -> bool:
    """Return whether a visible text is in a font that the file doesn't hold, and whose letters not every machine has."""
    from pypdfium2 import raw

    font = raw.FPDFTextObj_GetFont(text)
    if raw.FPDFFont_GetIsEmbedded(font) or raw.FPDFTextObj_GetTextRenderMode(text) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return False
    name = (ctypes.c_char * 64)()
    raw.FPDFFont_GetBaseFontName(font, name, len(name))
    length = raw.FPDFTextObj_GetText(text, words, None, 0)
    shown = (ctypes.c_ushort * (length // 2))()
    raw.FPDFTextObj_GetText(text, words, shown, length)
    letters = bytes(shown).decode("utf-16-le", "replace").rstrip("\0")
    return name.value not in _SIGNS and bool(letters.encode("cp1252", "ignore") != letters.encode("cp1252", "replace"))


def _is_damaged(image: Any) -> bool:
    """Return whether an image can't be decoded, or ends before its last line: pdfium draws the rest of it black."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        image.get_bitmap().close()
    except pypdfium2.PdfiumError:
        return True
    if not set(image.get_filters()) <= _WHOLE_FILTERS:
        return False
    facts = image.get_metadata()
    length = raw.FPDFImageObj_GetImageDataDecoded(image, None, 0)
    return bool(length < (facts.width * facts.bits_per_pixel + 7) // 8 * facts.height)


def _of_page(index: int, ask: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Return what pdfium answers about a page; RefusedError where it can't read it."""
    import pypdfium2

    try:
        return ask(*arguments, **options)
    except (pypdfium2.PdfiumError, ValueError, OverflowError) as error:  # a page without area, or with one that is no number
        raise RefusedError("unreadable-page", index + 1) from error


def _png(image: Any) -> tuple[bytes, str, int, int]:
    buffer = io.BytesIO()
    try:
        image.save(buffer, "PNG", compress_level=3)
    except OSError as error:  # what Pillow calls it when zlib gets no memory
        raise MemoryError from error
    return buffer.getvalue(), "image/png", image.width, image.height


def _picture(content: bytes, options: dict[str, Any]) -> tuple[list[tuple[bytes, str, int, int]], dict[str, Any]]:
    """Return a picture upright: its bytes as they are, or anew where a camera noted that it has to be turned (EXIF 2.3, tag 0x0112)."""
    from PIL import Image, ImageOps

    _limit_time()
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > options["most_pixels"]:
                raise RefusedError("large-picture")  # noqa: TRY301  # passes the door below unchanged
            _limit_memory(pixels=image.width * image.height)
            image.load()
            form = "PNG" if image.format == "PNG" else "JPEG"  # a JPEG of several frames calls itself MPO
            kind = f"image/{form.lower()}"
            turned = ImageOps.exif_transpose(image) if image.getexif().get(0x0112, 1) != 1 else None
            if turned is None:
                return [(content, kind, image.width, image.height)], {}
            buffer = io.BytesIO()
            turned.save(buffer, form, **({"quality": 95} if form == "JPEG" else {}), icc_profile=image.info.get("icc_profile"))
            return [(buffer.getvalue(), kind, turned.width, turned.height)], {}
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # Pillow's readers say that a file is damaged in a dozen ways, IndexError among them
        raise RefusedError("unreadable") from error


if __name__ == "__main__":
    main()
