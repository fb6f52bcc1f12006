"""What a PDF or a picture shows is drawn, as other programs show it; what can't be is refused or said."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from snc_docs.readers import drawing, drawn
from snc_docs.readers.drawn import UnreadableFileError, pages_of, upright
from snc_docs.readers.embedded import embedded
from tests.conftest import required
from tests.readers.pdfs import appearance, form, pdf
from tests.tools import in_folder

BOX = (50, 50, 150, 90)  # of every field below, in points from the lower left corner
_RECT = "/Rect [50 50 150 90]"
_INK = "0 0 1 rg 0 0 100 40 re f"

FIELDS = {
    "a text field with its appearance": form(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (REFERENCE) {_RECT} /F 4 /AP << /N 7 0 R >> >>",
        appearances=(appearance("BT /F1 12 Tf 2 10 Td (REFERENCE) Tj ET"),),
    ),
    "a text field without appearance": form(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (REFERENCE) {_RECT} /F 4 /DA (/F1 12 Tf 0 g) >>", more="/NeedAppearances true"
    ),
    "a choice without appearance": form(
        f"<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (a) /V (CHOSEN) /Opt [(CHOSEN) (OTHER)] {_RECT} /F 4 /DA (/F1 12 Tf 0 g) >>",
        more="/NeedAppearances true",
    ),
    "a ticked box": form(
        f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) /V /Yes /AS /Yes {_RECT} /F 4 /AP << /N << /Yes 7 0 R /Off 8 0 R >> >> >>",
        appearances=(appearance(_INK), appearance("")),
    ),
    "a signature": form(
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) {_RECT} /F 132 /AP << /N 7 0 R >> /V << /Type /Sig /Filter /Adobe.PPKLite >> >>",
        more="/SigFlags 3",
        appearances=(appearance(_INK),),
    ),
    "a stamp": pdf(f"<< /Type /Annot /Subtype /Stamp {_RECT} /F 4 /AP << /N 7 0 R >> >>", appearance(_INK), page="/Annots [6 0 R]"),
    "a comment's box": pdf(
        f"<< /Type /Annot /Subtype /Square {_RECT} /F 4 /IC [0 0 1] /AP << /N 7 0 R >> >>", appearance(_INK), page="/Annots [6 0 R]"
    ),
}


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a small picture with chunks behind its header (PNG, 5.3)."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "blue").save(buffer, "PNG")
    content = buffer.getvalue()
    more = b"".join(len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks)
    return content[:33] + more + content[33:]


@pytest.mark.parametrize(
    "chunk", [(b"iCCP", b"abc\0"), (b"iCCP", b""), (b"tRNS", b""), (b"acTL", b"\0"), (b"fcTL", b""), (b"zTXt", b"a\0"), (b"IDAT", b"")]
)
def test_a_damaged_chunk_is_a_damaged_file_or_none(chunk: tuple[bytes, bytes]) -> None:
    """Pillow stumbles over some of them in ways of its own; what is drawn or refused, the door stays shut to its errors."""
    try:
        assert upright(_png(chunk), "c.png").pictures[0].width == 40
    except UnreadableFileError as error:
        assert "unreadable file" in str(error)  # noqa: PT017  # either is right


def _page(content: bytes) -> Image.Image:
    (picture,) = pages_of(content, "c.pdf").pictures
    return Image.open(io.BytesIO(picture.content))


def _ink(page: Image.Image) -> int:
    """Return how many pixels aren't white in the box of the field."""
    scale = page.width / 200
    box = page.convert("L").crop((int(BOX[0] * scale), int((200 - BOX[3]) * scale), int(BOX[2] * scale), int((200 - BOX[1]) * scale)))
    return sum(box.histogram()[:200])


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_filled_in_or_stamped_is_drawn(kind: str) -> None:
    assert _ink(_page(FIELDS[kind])) > 100


@pytest.mark.parametrize("kind", FIELDS)
def test_a_page_looks_as_poppler_shows_it(kind: str, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        required("pdftoppm")
    (tmp_path / "c.pdf").write_bytes(FIELDS[kind])
    subprocess.run(["pdftoppm", "-r", str(drawn.DOTS_PER_INCH), "-png", "-singlefile", "c.pdf", "page"], cwd=tmp_path, check=True, timeout=60)  # noqa: S607  # found on the path above
    theirs, ours = Image.open(tmp_path / "page.png").convert("L"), _page(FIELDS[kind]).convert("L")
    difference = ImageChops.difference(theirs, ours.resize(theirs.size)).resize((10, 10), Image.Resampling.BOX)
    assert max(difference.tobytes()) < 60, "a part of the page is another"


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", b"\n" * 900])
def test_what_stands_before_the_header_is_passed_over(before: bytes, tmp_path: Path) -> None:
    from snc_docs.model.agreement import Attachment
    from snc_docs.model.attachments import read_attachment

    (tmp_path / "c.pdf").write_bytes(before + FIELDS["a stamp"])
    read = read_attachment(in_folder(tmp_path), "c.pdf")
    assert isinstance(read, Attachment)
    assert (read.media_type, _ink(_page(read.content)) > 100) == ("application/pdf", True)


def test_a_dynamic_xfa_form_is_refused_with_the_way_out() -> None:
    xfa = pdf(
        "<< /Length 30 >>\nstream\n<template xmlns='x'></template>\nendstream",
        catalog="/NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 6 0 R] >>",
    )
    with pytest.raises(UnreadableFileError, match="print it as PDF"):
        pages_of(xfa, "c.pdf")


def test_files_that_a_pdf_carries_are_said() -> None:
    carrying = pdf(
        "<< /Names [(a.txt) 7 0 R] >>",
        "<< /Type /Filespec /F (a.txt) /EF << /F 8 0 R >> >>",
        "<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream",
        catalog="/Names << /EmbeddedFiles 6 0 R >> /Collection << /View /T >>",
    )
    assert [each.rule for each in embedded(carrying, "application/pdf", "c.pdf", "x").findings] == ["certificate.attachments"]
    assert embedded(FIELDS["a stamp"], "application/pdf", "c.pdf", "x").findings == ()


_BROKEN = "<< /Type /XObject /Subtype /Image /Width 50 /Height 50 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /{} /Length 9 >>\nstream\nnot data!\nendstream"
_WITH_IMAGE = {"page": "/Resources << /XObject << /I 6 0 R >> >>", "content": "0 g 5 5 9 9 re f q 100 0 0 40 50 50 cm /I Do Q"}
UNSEEN = {
    "a stamp without appearance": pdf(f"<< /Type /Annot /Subtype /Stamp /Name /Approved {_RECT} /F 4 >>", page="/Annots [6 0 R]"),
    "a line without appearance": pdf(f"<< /Type /Annot /Subtype /Line /L [50 50 150 90] {_RECT} /F 4 >>", page="/Annots [6 0 R]"),
    "a polygon without appearance": pdf(f"<< /Type /Annot /Subtype /Polygon /Vertices [50 50 150 90 60 60] {_RECT} >>", page="/Annots [6 0 R]"),
    "a broken photograph": pdf(_BROKEN.format("DCTDecode"), **_WITH_IMAGE),
    "an image of an unknown kind": pdf(_BROKEN.format("FooDecode"), **_WITH_IMAGE),
    "a broken JPEG 2000": pdf(_BROKEN.format("JPXDecode"), **_WITH_IMAGE),
    "a stamp whose look has states, and none of them named": pdf(
        f"<< /Type /Annot /Subtype /Stamp {_RECT} /F 4 /AP << /N << /On 7 0 R >> >> >>", appearance(_INK), page="/Annots [6 0 R]"
    ),
    "Japanese without its font": pdf(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UTF16-H /DescendantFonts [7 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 8 0 R >>",
        "<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        content="0.9 g 20 20 10 10 re f BT /F2 12 Tf 0 g 20 50 Td <65E5672C> Tj ET",
    ).replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R"),
    "Greek in a font for Latin": pdf(
        "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 65 /LastChar 66 /Widths [600 600]"
        " /Encoding << /Type /Encoding /Differences [65 /alpha /beta] >> >>",
        content="0.9 g 20 20 10 10 re f BT /F2 12 Tf 0 g 20 50 Td (AB) Tj ET",
    ).replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R"),
    "a page that shows none of its text": pdf(page="/CropBox [0 0 10 10]"),
}


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_cannot_be_drawn_is_said(kind: str) -> None:
    found = embedded(UNSEEN[kind], "application/pdf", "c.pdf", "c").findings
    assert [(each.rule, "page(s) 1:" in each.message.en) for each in found] == [("certificate.unseen", True)]


@pytest.mark.parametrize("kind", FIELDS)
def test_what_is_drawn_is_not_said_to_be_missing(kind: str) -> None:
    assert embedded(FIELDS[kind], "application/pdf", "c.pdf", "c").findings == ()


def _unseen(content: bytes) -> list[str]:
    return [each.rule for each in embedded(content, "application/pdf", "c.pdf", "c").findings]


def test_a_blank_page_is_said_whatever_it_is_blank_for() -> None:
    broken = re.sub(rb"/Length (\d+) >>", rb"/Filter /FlateDecode /Length \1 >>", pdf(content="no zlib at all"))
    lost = pdf(content="0 0 1 rg 20 20 100 100 re f").replace(b"/Contents 4 0 R", b"/Contents 9 0 R")
    assert [_unseen(content) for content in (pdf(content=""), broken, lost)] == [["certificate.unseen"]] * 3


def _image(data: bytes, *, bits: int = 8, space: str = "/DeviceRGB", filters: str = "/FlateDecode") -> bytes:
    head = f"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace {space} /BitsPerComponent {bits} /Filter {filters} /Length {len(data)} >>"
    return head.encode() + b"\nstream\n" + data + b"\nendstream"


_PIXELS = bytes(range(100)) * 3
_INDEXED = "[/Indexed /DeviceRGB 1 <000000FF0000>]"


@pytest.mark.parametrize(
    ("image", "rules"),
    [
        (_image(zlib.compress(_PIXELS)), []),
        (_image(zlib.compress(_PIXELS[:100], 9)), ["certificate.unseen"]),
        (_image(zlib.compress(_PIXELS)[:30]), ["certificate.unseen"]),
        (_image(zlib.compress(bytes([0xAA, 0x80] * 10)), bits=1, space="/DeviceGray"), []),
        (_image(zlib.compress(bytes([0xAA] * 10)), bits=1, space="/DeviceGray"), ["certificate.unseen"]),
        (_image(zlib.compress(bytes([0, 1] * 50)), space=_INDEXED), []),
        (_image(b"never a picture", filters="/DCTDecode"), ["certificate.unseen"]),
    ],
)
def test_an_image_that_ends_before_its_last_line_is_said(image: bytes, rules: list[str]) -> None:
    content = "0.9 g 20 20 10 10 re f q 100 0 0 100 50 50 cm /I Do Q"
    assert _unseen(pdf(image, content=content).replace(b"/Resources <<", b"/Resources << /XObject << /I 6 0 R >>")) == rules


def test_an_image_of_a_stamp_that_cannot_be_decoded_is_said() -> None:
    look = appearance("q 100 0 0 40 0 0 cm /I Do Q").replace("/Resources <<", "/Resources << /XObject << /I 8 0 R >>")
    stamp = f"<< /Type /Annot /Subtype /Stamp {_RECT} /F 4 /AP << /N 7 0 R >> >>"
    for image, rules in ((_image(zlib.compress(_PIXELS)), []), (_image(b"never", filters="/JPXDecode"), ["certificate.unseen"])):
        assert _unseen(pdf(stamp, look, image, page="/Annots [6 0 R]")) == rules


@pytest.mark.parametrize(
    ("font", "text", "mode"),
    [("/Helvetica", "<E92026>", 0), ("/Symbol", "(ab)", 0), ("/ZapfDingbats", "(4)", 0), ("/Arial", "(AB)", 0), ("/Arial /Encoding 7 0 R", "(A)", 3)],
)
def test_a_font_that_every_machine_has_or_nobody_sees_is_no_loss(font: str, text: str, mode: int) -> None:
    described = f"<< /Type /Font /Subtype /Type1 /BaseFont {font} >>"
    content = f"0.9 g 20 20 10 10 re f BT /F2 12 Tf {mode} Tr 0 g 20 50 Td {text} Tj ET"
    greek = "<< /Type /Encoding /Differences [65 /alpha] >>"
    assert _unseen(pdf(described, greek, content=content).replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 6 0 R")) == []


def test_a_hidden_stamp_is_no_loss() -> None:
    assert _unseen(pdf(f"<< /Type /Annot /Subtype /Stamp {_RECT} /F 2 >>", page="/Annots [6 0 R]")) == []


@pytest.mark.parametrize(("flags", "look", "rules"), [(4, "/AP << /N 7 0 R >>", ["certificate.unseen"]), (2, "/AP << /N 7 0 R >>", []), (4, "", [])])
def test_a_field_without_its_form_is_said(flags: int, look: str, rules: list[str]) -> None:
    field = f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (4711) {_RECT} /F {flags} {look} >>"
    assert _unseen(pdf(field, appearance(_INK), page="/Annots [6 0 R]")) == rules


def test_a_file_behind_a_pin_is_said_like_any_other() -> None:
    pinned = pdf(f"<< /Type /Annot /Subtype /FileAttachment {_RECT} /F 4 /FS 7 0 R >>", "<< /Type /Filespec /F (x.txt) >>", page="/Annots [6 0 R]")
    assert [each.rule for each in embedded(pinned, "application/pdf", "c.pdf", "c").findings] == ["certificate.attachments"]


def _shading() -> bytes:
    """Return a PDF whose page asks for the same form in a form, thirty levels deep, ten times each."""
    levels = [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources << /XObject << /X {7 + n} 0 R >> >> /Length 59 >>\nstream\n{'/X Do ' * 9}12345\nendstream"
        for n in range(20)
    ]
    return pdf(*levels, appearance(_INK), page="", content="/X Do").replace(b"/F1 5 0 R >> >>", b"/F1 5 0 R >> /XObject << /X 6 0 R >> >>", 1)


@pytest.mark.parametrize(
    "bomb",
    [
        _shading(),
        pdf(
            "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 /Resources << >> /Length 12 >>\nstream\n0 0 1 1 re f\nendstream",
            content="/Pattern cs /P scn 0 0 200 200 re f",
        ).replace(b"/F1 5 0 R >> >>", b"/F1 5 0 R >> /Pattern << /P 6 0 R >> >>", 1),
        pdf(content="0 0 m " + "1 1 l " * 3_000_000 + "S"),
    ],
    ids=["forms in forms", "a tiny pattern", "an endless path"],
)
def test_a_page_that_asks_for_too_much_is_refused_or_drawn_soon(bomb: bytes) -> None:
    started = time.process_time(), time.monotonic()
    try:
        pages_of(bomb, "c.pdf")
    except UnreadableFileError as error:
        assert "too much time or memory" in str(error)  # noqa: PT017  # either is right
    assert time.monotonic() - started[1] < 55, "the limit of a page is a few seconds of processor time"


def test_a_refusal_is_kept_like_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"%PDF-1.7 nothing"
    for _ in range(2):
        with pytest.raises(UnreadableFileError):
            pages_of(content, "c.pdf")
        monkeypatch.setattr(subprocess, "run", None)  # the second time nothing runs


def test_the_clock_ends_what_the_processor_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn._answer.cache_clear()
    monkeypatch.setattr(drawn, "MAX_SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="too much time"):
        pages_of(FIELDS["a stamp"], "c.pdf")
    drawn._answer.cache_clear()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(UnreadableFileError, match="doesn't start"):
        pages_of(FIELDS["a stamp"], "c.pdf")
    drawn._answer.cache_clear()


def test_a_password_is_named() -> None:
    locked = pdf("<< /Filter /Standard /V 1 /R 2 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> /P -44 >>").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 6 0 R /ID [<00> <00>]"
    )
    with pytest.raises(UnreadableFileError, match="password"):
        pages_of(locked, "c.pdf")


@pytest.mark.parametrize("form_", ["JPEG", "PNG"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 30)), (3, (60, 30)), (6, (30, 60)), (8, (30, 60)), (5, (30, 60))])
def test_a_photograph_stands_upright(form_: str, orientation: int, size: tuple[int, int]) -> None:
    image = Image.new("RGB", (60, 30), "white")
    image.paste("black", (0, 0, 10, 10))
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    image.save(buffer, form_, exif=exif)
    (picture,) = upright(buffer.getvalue(), "c").pictures
    shown = Image.open(io.BytesIO(picture.content))
    assert (shown.size, (picture.width, picture.height)) == (size, size)
    assert shown.getexif().get(0x0112, 1) == 1
    assert (picture.content == buffer.getvalue()) == (orientation == 1)


@pytest.mark.parametrize(("pixels", "widest"), [((40, 20), 15), ((400, 200), 142), ((4000, 2000), 170)])
def test_a_small_picture_is_not_blown_up(pixels: tuple[int, int], widest: int) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", pixels, "white").save(buffer, "PNG")
    (block,) = embedded(buffer.getvalue(), "image/png", "c.png", "x").blocks
    assert 0 < block.width <= widest  # type: ignore[union-attr]  # a Picture


@pytest.mark.parametrize(
    ("size", "said"), [((1, 1), True), ((3000, 1), True), ((1, 6000), True), ((10, 10), True), ((40, 40), False), ((1000, 300), False)]
)
def test_a_picture_that_nobody_can_read_is_said(size: tuple[int, int], said: bool) -> None:  # noqa: FBT001  # what is expected
    buffer = io.BytesIO()
    Image.new("RGB", size, "blue").save(buffer, "PNG")
    found = embedded(buffer.getvalue(), "image/png", "c.png", "c").findings
    assert [each.rule for each in found] == (["certificate.unseen"] if said else [])


class _Stream:
    """What stands for standard input or output of the program that draws."""

    def __init__(self, content: bytes = b"") -> None:
        self.buffer = io.BytesIO(content)


def _answer(monkeypatch: pytest.MonkeyPatch, kind: str, draw: Callable[..., Any]) -> Any:
    """Return what the program answers, in this process, where ``draw`` does the drawing."""
    monkeypatch.setattr(sys, "argv", ["drawing.py", json.dumps({"kind": kind})])
    monkeypatch.setattr(sys, "stdin", _Stream(b"content"))
    monkeypatch.setattr(sys, "stdout", answer := _Stream())
    monkeypatch.setattr(drawing, "_limit_memory", lambda **_: None)
    monkeypatch.setattr(drawing, "_picture" if kind == "picture" else "_pages", draw)
    drawing.main()
    return json.loads(answer.buffer.getvalue().partition(b"\n")[0])


@pytest.mark.parametrize(("error", "said"), [(MemoryError(), ["limits"]), (drawing.RefusedError("large-page", 3), ["large-page", 3]), (None, None)])
@pytest.mark.parametrize("kind", ["pdf", "picture"])
def test_the_program_that_draws_says_why_it_does_not(
    monkeypatch: pytest.MonkeyPatch, kind: str, error: Exception | None, said: list[Any] | None
) -> None:
    def draw(*_: Any) -> Any:
        if error is not None:
            raise error
        return [(b"picture", "image/png", 3, 2)], {"attachments": 0, "unseen": []}

    answer = _answer(monkeypatch, kind, draw)
    assert answer.get("refused") == said
    assert answer.get("pictures") == (None if said else [[7, "image/png", 3, 2]])


def test_a_page_that_pdfium_cannot_measure_is_refused_by_its_number() -> None:
    for wrong in (ValueError, OverflowError):

        def ask(error: type[Exception] = wrong) -> None:
            raise error

        with pytest.raises(drawing.RefusedError) as raised:
            drawing._of_page(4, ask)
        assert raised.value.args == ("unreadable-page", 5)


def test_an_encoder_without_memory_is_over_the_limits() -> None:
    class Unsaved:
        width = height = 1

        def save(self, *_: Any, **__: Any) -> None:
            raise OSError("encoder error")

    with pytest.raises(MemoryError):
        drawing._png(Unsaved())


def test_an_annotation_that_is_none_is_passed_over() -> None:
    content = pdf("<< /Type /Annot /Subtype /Line /Rect [0 0 9 9] /F 4 >>", page="/Annots [99 0 R null 6 0 R 5]")
    assert pages_of(content, "odd.pdf").unseen == (1,)


@pytest.mark.parametrize("box", ["[0 0 99999 99999]", "[0 0 14400 9999999]"])
def test_a_page_that_no_sheet_has_is_refused(box: str) -> None:
    with pytest.raises(UnreadableFileError, match="page 1"):
        pages_of(pdf(page=f"/MediaBox {box}"), "endless.pdf")
