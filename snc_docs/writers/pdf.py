"""What LibreOffice leaves out of a PDF, so that it is what it says: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

LibreOffice writes the tags, the fonts, the bookmarks and the names of links. What it leaves out, up to 7.4 at least: the order of the tabs
on each page, what marks the borders of paragraphs as ornaments, the names of deleted links, the language of links and numbers, the level of
PDF/A, and the description of PDF/UA's own metadata.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from snc_docs.document.nodes import Properties
from snc_docs.writers.pdf_metadata import metadata_packet

if TYPE_CHECKING:
    from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Page, Pdf

# Operators (ISO 32000-1, table 51): those that build a path, those that paint one, those that begin and end marked content.
_BUILDING: Final = frozenset("m l c v y h re W W*".split())
_PAINTING: Final = frozenset("S s f F f* B B* b b*".split())
_BEGINNING: Final = frozenset(("BMC", "BDC"))
# Where a colour profile says when it was made (ICC.1, 7.2.8).
_MADE: Final = slice(24, 36)


def finished(pdf: bytes, properties: Properties, locales: Sequence[str]) -> bytes:
    """Return LibreOffice's tagged PDF as PDF/UA-1 and PDF/A-2a ask for it: the same bytes whenever it was made.

    ``locales`` are the languages of the document, the first one that of all whose own isn't said.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.obj.Tabs = pikepdf.Name.S  # ISO 14289-1, 7.18.3
            _mark_ornaments(file, page)
            _name_links(page, properties.title)
        _set_language(file.Root.StructTreeRoot, locales)
        _set_properties(file, properties, locales)
        written = io.BytesIO()
        file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return written.getvalue()


# ------------------------------------------------------------------------------------------------------------ ornaments


def _mark_ornaments(file: Pdf, page: Page) -> None:
    """Mark the lines and areas of a page that belong to no tag as ornaments (ISO 32000-1, 14.8.2.2): LibreOffice's borders of paragraphs."""
    import pikepdf

    instructions = [*pikepdf.parse_content_stream(page)]
    marked = [*_with_artifacts(instructions)]
    if len(marked) > len(instructions):
        page.obj.Contents = file.make_stream(pikepdf.unparse_content_stream(marked))


def _with_artifacts(
    instructions: Sequence[ContentStreamInstruction | ContentStreamInlineImage],
) -> Iterator[ContentStreamInstruction | ContentStreamInlineImage]:
    """Yield instructions, with each path that is painted outside all marked content in an artifact of its own; text and pictures stay as they are."""
    from pikepdf import ContentStreamInstruction, Name, Operator

    depth, path = 0, list[Any]()
    for each in instructions:
        name = str(each.operator)
        if name in _BUILDING:
            path.append(each)
            continue
        is_ornament = depth == 0 and name in _PAINTING
        if is_ornament:
            yield ContentStreamInstruction([Name.Artifact], Operator("BMC"))
        yield from path
        yield each
        if is_ornament:
            yield ContentStreamInstruction([], Operator("EMC"))
        path.clear()
        depth += (name in _BEGINNING) - (name == "EMC")
    yield from path


# ---------------------------------------------------------------------------------------------------------------- links


def _name_links(page: Page, title: str) -> None:
    """Give each link of a page that has no words, as those deleted in a redline, its address for a name, or the title of the document that it leads into."""
    for link in page.obj.get("/Annots", ()):
        if str(link.get("/Contents", "")) == "":
            link.Contents = str(link.A.URI) if "/A" in link and "/URI" in link.A else title


# ------------------------------------------------------------------------------------------------------------- language


def _set_language(root: Any, locales: Sequence[str]) -> None:
    """Write on each paragraph of another language than the document's which one it is: LibreOffice says it of words, not of the numbers and links between them."""
    for element in _elements(root) if len(locales) > 1 else ():
        spans = [each for each in _kids(element) if str(each.S) == "/Span" and "/Lang" in each]
        if len({str(each.Lang) for each in spans}) == 1:
            element.Lang = spans[0].Lang


def _elements(element: Any) -> Iterator[Any]:
    """Yield the structure elements below one, in their order."""
    for each in _kids(element):
        yield each
        yield from _elements(each)


def _kids(element: Any) -> list[Any]:
    """Return the structure elements in one."""
    import pikepdf

    inside = element.get("/K", ())
    every = inside if isinstance(inside, pikepdf.Array) else (inside,)
    return [each for each in every if isinstance(each, pikepdf.Dictionary) and "/S" in each]


# ----------------------------------------------------------------------------------------------------------- properties


def _set_properties(file: Pdf, properties: Properties, locales: Sequence[str]) -> None:
    """Write the metadata, the same in both its places; what says when and with what random number it was made goes."""
    import pikepdf

    file.Root.Metadata = file.make_stream(metadata_packet(properties, locales, str(file.docinfo.get("/Producer", ""))).encode())
    file.Root.Metadata.update(pikepdf.Dictionary(Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML))
    for name in ("/CreationDate", "/ModDate"):
        if name in file.docinfo:
            del file.docinfo[name]
    if properties.date:
        file.docinfo["/CreationDate"] = f"D:{properties.date.replace('-', '')}000000Z"
    for name in ("/ID", "/DocChecksum"):
        if name in file.trailer:
            del file.trailer[name]
    for intent in file.Root.get("/OutputIntents", ()):
        profile = intent.DestOutputProfile.read_bytes()
        intent.DestOutputProfile.write(profile[: _MADE.start] + bytes(_MADE.stop - _MADE.start) + profile[_MADE.stop :])
