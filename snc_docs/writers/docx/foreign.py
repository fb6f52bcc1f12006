"""Foreign Word documents joined in with docxcompose, and what has to be put right around it.

Joining whole files doubles bookmark names, clashes ids, loses the foreign page settings and draws ``w:nsid`` at random. So:

- the foreign file's bookmarks get names of their own, and its fields follow them;
- its comments, tracked changes' authors and headers stay as docxcompose copies them, its last section's page size and
  orientation go into a paragraph of its own at its end, and the section before it ends first, so that a landscape
  certificate stays landscape while our header and footer run on;
- ids of bookmarks, drawings and content controls are counted again over the whole document, list ids are made fixed,
  and the zip is written anew with fixed times.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from snc_docs.errors import SncDocsError, Wording
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.xml import Element, add, parse, qn, serialize

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MARK: Final = "_Foreign_"
_WP_DOCPR: Final = qn("wp:docPr")
_BOOKMARK_USERS: Final = re.compile(r"(REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)(\s+\"?)([^\s\"]+)")


class ForeignDocumentError(SncDocsError):
    """A Word file that can't be joined in."""

    exit_code = 2


def join_foreign(content: bytes, foreign: dict[str, bytes]) -> bytes:
    """Return our Word file with each foreign one in its place; ForeignDocumentError if one can't be joined."""
    from docx import Document
    from docxcompose.composer import Composer

    master = Document(io.BytesIO(content))
    composer = Composer(master)
    for index, (resource, source) in enumerate(sorted(foreign.items()), 1):
        place = _place(master, resource)
        try:
            guest = Document(io.BytesIO(source))
            _rename_bookmarks(guest.element.body, f"_F{index}_")
            _end_sections(master, guest, place)
            composer.insert(list(master.element.body).index(place) + 1, guest)
        except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
            raise ForeignDocumentError(
                Wording(f"{resource} : ce document Word ne peut pas être joint ({error}) ; le donner en PDF.", f"{resource}: this Word document can't be joined in ({error}); give it as a PDF.")
            ) from error
    buffer = io.BytesIO()
    composer.save(buffer)
    return _settled(buffer.getvalue(), content)


def _place(master: WordDocument, resource: str) -> Element:
    """Return the paragraph that keeps the place of a foreign document."""
    name = f"{_MARK}{resource.partition('.')[0]}"
    for mark in master.element.body.iter(qn("w:bookmarkStart")):
        if mark.get(qn("w:name")) == name:
            paragraph: Element = mark.getparent()
            return paragraph
    raise KeyError(name)


def _rename_bookmarks(body: Element, prefix: str) -> None:
    names = {mark.get(qn("w:name"), "") for mark in body.iter(qn("w:bookmarkStart"))}
    renamed = {name: (prefix + name)[:40] for name in names}
    for mark in body.iter(qn("w:bookmarkStart")):
        mark.set(qn("w:name"), renamed[mark.get(qn("w:name"), "")])
    for link in body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor in renamed:
            link.set(qn("w:anchor"), renamed[anchor])
    for instruction in body.iter(qn("w:instrText")):
        instruction.text = _BOOKMARK_USERS.sub(
            lambda match: f"{match[1]}{match[2]}{renamed.get(match[3], match[3])}", instruction.text or ""
        )


def _end_sections(master: WordDocument, guest: WordDocument, place: Element) -> None:
    """End our section before the foreign document, and give the foreign one its own page settings."""
    body = guest.element.body
    ours = _section_of(master.element.body, place)
    for properties in body.iter(qn("w:sectPr")):
        _take_margins(properties, ours)
    last = body.find(qn("w:sectPr"))
    if last is None or _same_page(last, ours):
        return
    closing = deepcopy(ours)
    place_properties = place.find(qn("w:pPr"))
    (place_properties if place_properties is not None else add(place, "w:pPr")).append(closing)
    carrier = etree.Element(qn("w:p"))
    add(carrier, "w:pPr").append(deepcopy(last))
    last.addprevious(carrier)


def _section_of(body: Element, place: Element) -> Element:
    """Return the ``w:sectPr`` of the section that ``place`` is in: the first one at or after it."""
    for element in (place, *place.itersiblings()):
        found = element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            return found
    raise KeyError("w:sectPr")


def _take_margins(properties: Element, ours: Element) -> None:
    """Put our header and footer in the place of the foreign ones, whose parts docxcompose leaves behind."""
    for name in ("w:headerReference", "w:footerReference"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    for index, reference in enumerate(each for each in ours if each.tag in (qn("w:headerReference"), qn("w:footerReference"))):
        properties.insert(index, deepcopy(reference))


def _same_page(one: Element, other: Element) -> bool:
    sizes = [each.find(qn("w:pgSz")) for each in (one, other)]
    shapes = [tuple(size.get(qn(f"w:{side}")) for side in ("w", "h")) if size is not None else None for size in sizes]
    return shapes[0] == shapes[1]


def _settled(joined: bytes, content: bytes) -> bytes:
    """Return the joined file with unique ids, fixed list ids, our own properties, and nothing random in its zip."""
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist())}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files["docProps/core.xml"] = archive.read("docProps/core.xml")
    document = parse(files["word/document.xml"])
    _count_again(document)
    files["word/document.xml"] = serialize(document)
    files["word/numbering.xml"] = _fixed_lists(files["word/numbering.xml"])
    types = files.pop("[Content_Types].xml")
    return zipped({"[Content_Types].xml": types, **files})


def _count_again(document: Element) -> None:
    bookmarks: dict[str, str] = {}
    for number, mark in enumerate(document.iter(qn("w:bookmarkStart")), 1):
        # A start's id may be used by two bookmarks by now; the end that follows it is the one it pairs with.
        end = _matching_end(mark)
        mark.set(qn("w:id"), str(number))
        if end is not None:
            end.set(qn("w:id"), f"new{number}")
    for end in document.iter(qn("w:bookmarkEnd")):
        end.set(qn("w:id"), end.get(qn("w:id"), "").removeprefix("new"))
    del bookmarks
    for number, drawing in enumerate(document.iter(_WP_DOCPR), 1):
        drawing.set("id", str(number))
    for number, identifier in enumerate(document.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), 1):
        identifier.set(qn("w:val"), str(1_000_000 + number))


def _matching_end(mark: Element) -> Element | None:
    identifier = mark.get(qn("w:id"))
    following: Any = mark.xpath("following::w:bookmarkEnd", namespaces={"w": qn("w:x")[1:-2]})
    return next((end for end in following if end.get(qn("w:id")) == identifier), None)


def _fixed_lists(content: bytes) -> bytes:
    numbering = parse(content)
    for number, identifier in enumerate(numbering.iter(qn("w:nsid")), 1):
        identifier.set(qn("w:val"), f"534E44{number:02X}"[-8:])
    return serialize(numbering)
