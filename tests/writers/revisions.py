"""An accept and a reject of tracked changes in Word's XML, written from ECMA-376 17.13.5 and from nothing of the package.

``version`` settles every revision of a Word file; ``said`` gives what a file says as lines, comparable between files: ids that
are counted anew in each file are by order of appearance, runs of one look are one run, and what is left empty is gone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

from lxml import etree

from tests.tools import W

Element = Any  # what lxml gives back, none of whose parents is missing here
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOXES = {"accept": ("ins", "moveTo"), "reject": ("del", "moveFrom")}
_CHANGES = ("pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange")
_TEXTS = tuple(W + name for name in ("t", "delText", "instrText", "delInstrText"))
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")


class LostMarkError(AssertionError):
    """A paragraph is to be joined to a next one that isn't there."""


def settled(part: Element, how: str) -> Element:
    """Return a copy of a part with every revision accepted or rejected."""
    part = chosen(part)
    stay, gone = _BOXES[how], _BOXES["reject" if how == "accept" else "accept"]
    for change in [each for name in _CHANGES for each in part.iter(W + name)]:
        _settle_change(change, how)
    for row in list(part.iter(f"{W}tr")):
        _settle_row(row, stay[0], gone[0])
    for table in [each for each in part.iter(f"{W}tbl") if each.find(f"{W}tr") is None]:
        table.getparent().remove(table)
    for name in gone:
        for box in [each for each in part.iter(W + name) if each.getparent().tag != f"{W}rPr"]:
            box.getparent().remove(box)
    for name in stay:
        for box in [each for each in part.iter(W + name) if each.getparent().tag != f"{W}rPr"]:
            _unwrap(box)
    for each in [each for each in part.iter() if "Range" in etree.QName(each).localname]:
        each.getparent().remove(each)
    for paragraph in list(part.iter(f"{W}p")):
        _settle_mark(paragraph, stay[0], gone[0])
    return part


def chosen(part: Element, *, by_word: bool = True) -> Element:
    """Return a copy of a part as Word reads it, or as an office does that knows the standard alone (part 3, 10.2)."""
    part = deepcopy(part)
    for alternative in list(part.iter(f"{MC}AlternateContent")):
        taken = alternative.find(f"{MC}Choice" if by_word else f"{MC}Fallback")
        for child in list(taken) if taken is not None else ():
            alternative.addprevious(child)
        alternative.getparent().remove(alternative)
    return part


def _settle_change(change: Element, how: str) -> None:
    properties = change.getparent()
    properties.remove(change)
    if how == "accept":
        return
    kept = [each for each in properties if each.tag in (f"{W}sectPr", *_REFERENCES) or (each.tag == f"{W}rPr" and properties.tag == f"{W}pPr")]
    kept += [each for each in properties if properties.tag == f"{W}trPr" and each.tag in (f"{W}ins", f"{W}del")]
    old = list(change[0])
    properties[:] = [*(each for each in kept if each.tag in _REFERENCES), *old, *(each for each in kept if each.tag not in _REFERENCES)]


def _settle_row(row: Element, stay: str, gone: str) -> None:
    if row.find(f"{W}trPr/{W}{gone}") is not None:
        row.getparent().remove(row)
        return
    mark = row.find(f"{W}trPr/{W}{stay}")
    if mark is not None:
        mark.getparent().remove(mark)


def _unwrap(box: Element) -> None:
    for text in box.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for text in box.iter(f"{W}delInstrText"):
        text.tag = f"{W}instrText"
    for child in list(box):
        box.addprevious(child)
    box.getparent().remove(box)


def _settle_mark(paragraph: Element, stay: str, gone: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    mark = properties.find(f"{W}rPr") if properties is not None else None
    if mark is None:
        return
    properties.remove(mark)
    if mark.find(W + stay) is not None:
        return
    assert mark.find(W + gone) is not None
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        raise LostMarkError(etree.tostring(paragraph)[-600:])
    at = 1 if following.find(f"{W}pPr") is not None else 0
    following[at:at] = [child for child in paragraph if child is not properties]
    paragraph.getparent().remove(paragraph)


# ----------------------------------------------------------------------------------------------------------- comparing


def version(content: bytes, how: str) -> dict[str, Element]:
    """Return the parts of a Word file that hold text, every revision settled."""
    return {name: settled(part, how) for name, part in parts(content).items()}


def parts(content: bytes) -> dict[str, Element]:
    """Return the parts of a Word file that hold text, and the relationships of the document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith(("word/document", "word/header", "word/footer", "word/_rels/document"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def bookmarks(files: dict[str, Element]) -> set[str]:
    """Return the names of the bookmarks in a file."""
    return {_same_bookmark(each.get(f"{W}name")) for each in files["word/document.xml"].iter(f"{W}bookmarkStart")}


def said(files: dict[str, Element], known: set[str] | None = None) -> list[str]:
    """Return what the text parts of a file say, a line for each paragraph, row and property.

    Bookmarks that aren't ``known`` are left out, where any are: a heading that is a paragraph in one version keeps its bookmark there.
    """
    relations = {each.get("Id"): each for each in files["word/_rels/document.xml.rels"]}
    body = files["word/document.xml"][0]
    strange = [each for each in body.iter(f"{W}bookmarkStart") if known is not None and _same_bookmark(each.get(f"{W}name")) not in known]
    numbers = {each.get(f"{W}id") for each in strange}
    for each in [*strange, *(each for each in body.iter(f"{W}bookmarkEnd") if each.get(f"{W}id") in numbers)]:
        each.getparent().remove(each)
    _unbound(body)
    _clean(body)
    lines = list(_lines(body, relations, {}))
    for reference in body.iter(*_REFERENCES):
        story = files[f"word/{relations[reference.get(f'{R}id')].get('Target')}"]
        _unwrapped(story)
        _clean(story)
        lines += [f"{etree.QName(reference).localname}: {line}" for line in _lines(story, relations, {})]
    return lines


# What says how a field is filled in, by what it is bound to and of what kind: a redline binds none, and says nothing of it.
_BINDING = (
    *(W + name for name in ("placeholder", "dataBinding", "text", "date", "rPr")),
    "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox",
)


def _unbound(part: Element) -> None:
    for properties in part.iter(f"{W}sdtPr"):
        for each in [each for each in properties if each.tag in _BINDING]:
            properties.remove(each)


def _unwrapped(margin: Element) -> None:
    """Put the words of a header's controls in their places."""
    for control in list(margin.iter(f"{W}sdt")):
        content = control.find(f"{W}sdtContent")
        for child in list(content):
            control.addprevious(child)
        control.getparent().remove(control)


def _clean(part: Element) -> None:
    """Take out what is left empty, and join runs of one look."""
    for holder in [each for name in ("sdt", "hyperlink") for each in part.iter(W + name) if each.find(f".//{W}r") is None]:
        holder.getparent().remove(holder)
    for start in list(part.iter(f"{W}bookmarkStart")):
        end = start.getnext()
        if end is not None and end.tag == f"{W}bookmarkEnd" and not start.get(f"{W}name", "").startswith("_Foreign"):
            for each in (start, end):
                each.getparent().remove(each)
    for text in [each for each in part.iter(f"{W}t") if not each.text]:
        text.getparent().remove(text)
    for properties in [each for name in ("rPr", "pPr", "trPr") for each in part.iter(W + name) if len(each) == 0]:
        properties.getparent().remove(properties)
    for holder in list(part.iter(f"{W}p", f"{W}hyperlink", f"{W}sdtContent")):
        _join_runs(holder)


def _join_runs(holder: Element) -> None:
    for one, other in pairwise(list(holder)):
        if one.tag == other.tag == f"{W}r" and _look(one) == _look(other):
            properties = other.find(f"{W}rPr")
            inside = [each for run in (one, other) for each in run if each.tag != f"{W}rPr"]
            other[:] = [*([properties] if properties is not None else []), *inside]
            holder.remove(one)
    for run in holder.iterfind(f"{W}r"):
        for one, other in pairwise(list(run)):
            if one.tag == other.tag == f"{W}t":
                other.text = (one.text or "") + (other.text or "")
                run.remove(one)


def _look(run: Element) -> bytes:
    properties = run.find(f"{W}rPr")
    return etree.tostring(properties) if properties is not None else b""


def _same_bookmark(text: str) -> str:
    """Return a text with the bookmarks of a clause's former place called as they are in the old file."""
    return text.replace("_Was_", "_Ref_")


def _lines(element: Element, relations: dict[str | None, Element], lists: dict[str, str], depth: int = 0) -> Iterator[str]:
    attributes = []
    for name, value in sorted(element.attrib.items()):
        if (element.tag, name, value) == (f"{W}cols", f"{W}num", "1"):
            continue  # what is so without saying
        if name == "{http://www.w3.org/XML/1998/namespace}space" or (name == f"{W}id" and "bookmark" in element.tag):
            continue
        if name in (f"{R}id", f"{R}embed"):
            attributes.append("to " + (relations[value].get("Target", "") if element.tag not in _REFERENCES else "a part"))
        elif element.tag == f"{W}numId" and int(value) > 3:
            attributes.append(lists.setdefault(value, f"list {len(lists)}"))
        elif not (element.tag == f"{W}id" or (element.tag.endswith("docPr") and name == "id") or element.tag.endswith("cNvPr")):
            attributes.append(f"{etree.QName(name).localname}={_same_bookmark(value)}")
    text = f" {_same_bookmark(element.text)!r}" if element.text and element.tag in _TEXTS else ""
    yield f"{'  ' * depth}{etree.QName(element).localname} {' '.join(attributes)}{text}"
    for child in element:
        yield from _lines(child, relations, lists, depth + 1)
