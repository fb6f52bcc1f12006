"""Foreign Word documents joined in with docxcompose, and what has to be put right around it.

docxcompose copies content, pictures, lists, footnotes and styles. Left alone it also takes our heading styles for the
foreign headings (so they go on counting our articles), pairs bookmarks wrongly, drops or mixes up page settings, leaves
comments pointing nowhere and draws ``w:nsid`` at random. So the guest is prepared first (``guests``), page settings are
kept out of docxcompose's sight and put back by us, ids are counted again, and the zip is written anew.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from snc_docs.errors import SncDocsError, Wording
from snc_docs.writers.docx.guests import BOOKMARK_PAIR, SECTION_MARK, Guest, pair_bookmarks, prepare
from snc_docs.writers.docx.numbering import OWN_NSID
from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.verify import faults
from snc_docs.writers.docx.xml import Element, add, parse, properties_of, qn, serialize

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_SECTION: Final = qn("w:sectPr")
_SHOWN_ON_PAGES: Final = ("w:pgBorders", "w:lnNumType", "w:vAlign", "w:textDirection", "w:bidi", "w:footnotePr")


class ForeignDocumentError(SncDocsError):
    """A Word file that can't be joined in."""

    exit_code = 2


def join_foreign(content: bytes, foreign: Sequence[tuple[str, str, bytes]]) -> bytes:
    """Return our Word file with each foreign one in its place; ForeignDocumentError if one can't be joined.

    ``foreign`` gives, for each, the name of the bookmark at its place, its title, and its bytes.
    """
    from docx import Document

    from snc_docs.writers.docx.joining import Joiner

    title = ""
    try:
        master = Document(io.BytesIO(content))
        pair_bookmarks(master.element.body, 0)
        composer = Joiner(master)
        for index, (mark, name, source) in enumerate(foreign, 1):
            title = name
            guest = prepare(Document(io.BytesIO(source)), index)
            _join(composer, master, guest, _place(master, mark))
        buffer = io.BytesIO()
        composer.save(buffer)
        joined = _settled(buffer.getvalue(), content)
        found = faults(joined, joined=True)
        if found:
            raise ValueError(found[0])  # noqa: TRY301  # said with the document's title, as every other reason
        return joined  # noqa: TRY300  # as above
    except Exception as error:  # a foreign file may be wrong in any way, and three libraries read it; what they said is the error's cause
        raise ForeignDocumentError(
            Wording(
                f"« {title} » : ce document Word ne peut pas être joint, son contenu n'est pas celui d'un fichier Word correct ; "
                "l'enregistrer à nouveau dans Word, ou le donner en PDF.",
                f"'{title}': this Word document can't be joined in, its content isn't that of a sound Word file; "
                "save it in Word again, or give it as a PDF.",
            )
        ) from error


def _place(master: WordDocument, name: str) -> Element:
    """Return the paragraph that keeps the place of a foreign document."""
    paragraph: Element = next(mark.getparent() for mark in master.element.body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == name)
    return paragraph


def _join(composer: object, master: WordDocument, guest: Guest, place: Element) -> None:
    """Insert the guest behind ``place`` and give each of its sections its own page settings, with our header and footer."""
    body = master.element.body
    before = len(body)
    composer.insert(body.index(place) + 1, guest.document)  # type: ignore[attr-defined]  # docxcompose has no types
    end = body[body.index(place) + len(body) - before]
    ours, own_place = _section_after(place)
    for paragraph in body.iter(qn("w:p")):
        mark = paragraph.attrib.pop(SECTION_MARK, None)
        if mark is not None:
            properties_of(paragraph).append(_with_our_margins(guest.sections[int(mark)], ours))
    if guest.sections or guest.is_placed or not _same_page(guest.last_section, ours):
        _close_before(place, ours, own_place=own_place)
        _end_guest(end, _with_our_margins(guest.last_section, ours))
    elif own_place:
        _end_guest(end, ours)


def _section_after(place: Element) -> tuple[Element, bool]:
    """Return the ``w:sectPr`` of the section that ``place`` is in, and whether ``place`` itself carries it."""
    ours = (element for element in (place, *place.itersiblings()) if SECTION_MARK not in element.attrib)
    sections = ((element, element if element.tag == _SECTION else element.find(f"{qn('w:pPr')}/{_SECTION}")) for element in ours)
    return next((section, element is place) for element, section in sections if section is not None)


def _close_before(place: Element, ours: Element, *, own_place: bool) -> None:
    """End our section at ``place``; the new section starts a page, so the paragraph needs no page break of its own."""
    properties = properties_of(place)
    for page_break in properties.findall(qn("w:pageBreakBefore")):
        properties.remove(page_break)
    if not own_place:
        properties.append(deepcopy(ours))


def _end_guest(last: Element, section: Element) -> None:
    """End the guest's last section behind ``last``, on the body's own properties where nothing follows."""
    following = last.getnext()
    if following is not None and following.tag == _SECTION:
        following.getparent().replace(following, section)  # type: ignore[union-attr]  # a child of the body
        return
    carrier = etree.Element(qn("w:p"))
    properties = add(carrier, "w:pPr")
    add(properties, "w:spacing", {"w:before": "0", "w:after": "0", "w:line": "20", "w:lineRule": "exact"})
    properties.append(section)
    last.addnext(carrier)


def _with_our_margins(section: Element, ours: Element) -> Element:
    """Return a section's properties with our header and footer in the place of the guest's."""
    section = deepcopy(section)
    names = (qn("w:headerReference"), qn("w:footerReference"))
    for old in [child for child in section if child.tag in (*names, qn("w:titlePg"), qn("w:pgNumType"))]:
        section.remove(old)
    for index, reference in enumerate(child for child in ours if child.tag in names):
        section.insert(index, deepcopy(reference))
    return section


def _same_page(one: Element, other: Element) -> bool:
    """Return whether a guest's section fits ours: pages of one size, no narrower margins, and nothing more that shows on its pages."""
    sizes = [each.find(qn("w:pgSz")) for each in (one, other)]
    shapes = [tuple(size.get(qn(f"w:{side}")) for side in ("w", "h")) if size is not None else None for size in sizes]
    return (
        shapes[0] == shapes[1]
        and not any(each.find(qn(name)) is not None for each in (one, other) for name in _SHOWN_ON_PAGES)
        and _columns(one) == 1
        and all(_margin(one, side) >= _margin(other, side) for side in ("top", "right", "bottom", "left") if one.find(qn("w:pgMar")) is not None)
    )


def _margin(section: Element, side: str) -> int:
    margins = section.find(qn("w:pgMar"))
    return int(float(margins.get(qn(f"w:{side}"), "0"))) if margins is not None else 0


def _columns(section: Element) -> int:
    columns = section.find(qn("w:cols"))
    return max(int(columns.get(qn("w:num"), "1")), len(columns)) if columns is not None else 1


def _settled(joined: bytes, content: bytes) -> bytes:
    """Return the joined file with unique ids, fixed list ids, our own properties, and nothing random in its zip."""
    with zipfile.ZipFile(io.BytesIO(joined)) as archive:
        files = {name: archive.read(name) for name in sorted(archive.namelist())}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files |= {name: archive.read(name) for name in ("docProps/core.xml", "docProps/app.xml")}
    document = parse(files["word/document.xml"])
    _count_again(document)
    files["word/document.xml"] = serialize(document)
    files["word/numbering.xml"] = _fixed_lists(files["word/numbering.xml"])
    types = files.pop("[Content_Types].xml")
    return zipped({"[Content_Types].xml": types, **files})


def _count_again(document: Element) -> None:
    """Number bookmarks (by the pairs noted before docxcompose renumbered them), drawings and content controls."""
    numbers: dict[str, str] = {}
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(document.iter(qn(name))):
            pair = mark.attrib.pop(BOOKMARK_PAIR, None)
            if pair is None:
                mark.getparent().remove(mark)  # type: ignore[union-attr]  # a start without end, or an end without start
                continue
            mark.set(qn("w:id"), numbers.setdefault(pair, str(len(numbers) + 1)))
    for number, drawing in enumerate(document.iter(qn("wp:docPr")), 1):
        drawing.set("id", str(number))
    for number, identifier in enumerate(document.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"), 1):
        identifier.set(qn("w:val"), str(1_000_000 + number))


def _fixed_lists(content: bytes) -> bytes:
    numbering = parse(content)
    for number, identifier in enumerate(numbering.iter(qn("w:nsid")), 1):
        identifier.set(qn("w:val"), f"{int(OWN_NSID, 16) * 256 + number:08X}")
    return serialize(numbering)
