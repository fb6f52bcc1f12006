"""The project's own check of a Word file: what Word refuses or repairs and the Open XML SDK validator doesn't see.

Each rule is a few lines over one XML part and yields a sentence for each fault; no sentence means a sound file. The
writer runs it where a user's reference document has a hand in the file, the tests everywhere, on every redline too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from snc_docs.patterns import regex
from snc_docs.writers.docx.xml import NAMESPACES, Element, parse, qn

# What a link may lead to.
SAFE_LINK: Final = regex("(?:https?://|mailto:)", re.IGNORECASE)
# What ours lead to besides: a document of the same folder.
_SIBLING: Final = regex(r"[\w-]+\.docx(?:#\w+)?|tel:\+?[\d-]+", re.ASCII)
_RELATIONS: Final = f"{{{NAMESPACES['r']}}}"
_PICTURES: Final = frozenset((qn("a:blip"), qn("v:imagedata"), qn("v:fill"), qn("v:stroke")))
_PICTURED: Final = frozenset((f"{_RELATIONS}embed", f"{_RELATIONS}id"))
_TEXT_PARTS: Final = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes")


def faults(content: bytes, *, joined: bool = False) -> list[str]:
    """Return what is wrong with a Word file, as sentences that begin with the part's name; ``joined`` for one that holds another's tables too."""
    rules = [rule for rule in _RULES if not (joined and rule is _adjacent_tables)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith(_TEXT_PARTS) and name.endswith(".xml")]
        parts = {name: parse(archive.read(name)) for name in names}
        relations = {name: _relation_ids(archive, name) for name in names}
        styles, numbering = parse(archive.read("word/styles.xml")), parse(archive.read("word/numbering.xml"))
        outside = list(_outside(archive))
    found = [f"{name}: {fault}" for name, part in parts.items() for rule in rules for fault in rule(part)]
    found += [f"{name}: {fault}" for name, part in parts.items() for fault in _unknown_names(part, styles, numbering)]
    found += [f"{name}: {fault}" for name, part in parts.items() for fault in _unrelated(part, relations[name], parts)]
    return found + [f"word/numbering.xml: {fault}" for fault in _lists(numbering)] + list(_doubled_controls(parts)) + outside


def _deleted_text(part: Element) -> Iterator[str]:
    """Inside ``w:del`` text is ``w:delText``; outside it never is."""
    for deletion in part.iter(qn("w:del")):
        for name in ("w:t", "w:instrText"):
            if deletion.find(f".//{qn(name)}") is not None:
                yield f"{name} inside w:del"
    for name in ("w:delText", "w:delInstrText"):
        for text in part.iter(qn(name)):
            if not any(ancestor.tag in (qn("w:del"), qn("w:moveFrom")) for ancestor in text.iterancestors()):
                yield f"{name} outside w:del"


def _nested_revisions(part: Element) -> Iterator[str]:
    for insertion in part.iter(qn("w:ins")):
        if any(ancestor.tag == qn("w:ins") for ancestor in insertion.iterancestors()):
            yield "w:ins inside w:ins"


def _moves(part: Element) -> Iterator[str]:
    """Every move has a range on both sides under one name, and every range an end."""
    sides = {}
    for side in ("From", "To"):
        starts = list(part.iter(qn(f"w:move{side}RangeStart")))
        ends = {end.get(qn("w:id")) for end in part.iter(qn(f"w:move{side}RangeEnd"))}
        sides[side] = Counter(start.get(qn("w:name")) for start in starts)
        yield from (f"move range {start.get(qn('w:name'))} without end" for start in starts if start.get(qn("w:id")) not in ends)
        if part.find(f".//{qn(f'w:move{side}')}") is not None and not starts:
            yield f"w:move{side} without a range"
    if sides["From"] != sides["To"]:
        yield "moveFrom and moveTo don't pair"


def _revision_ids(part: Element) -> Iterator[str]:
    """Every revision has an id of its own; a range's end has its start's."""
    revisions = (each for each in part.iter() if qn("w:author") in each.attrib and not str(each.tag).endswith("RangeEnd"))
    identifiers = Counter(each.get(qn("w:id")) for each in revisions)
    yield from (f"revision id {identifier} is there {count} times" for identifier, count in identifiers.items() if count > 1)


def _bookmarks(part: Element) -> Iterator[str]:
    starts = list(part.iter(qn("w:bookmarkStart")))
    ends = Counter(end.get(qn("w:id")) for end in part.iter(qn("w:bookmarkEnd")))
    names = Counter(start.get(qn("w:name")) for start in starts)
    identifiers = Counter(start.get(qn("w:id")) for start in starts)
    yield from (f"bookmark {name} is there {count} times" for name, count in names.items() if count > 1)
    yield from (f"bookmark id {identifier} is there {count} times" for identifier, count in identifiers.items() if count > 1)
    yield from (f"bookmark {start.get(qn('w:name'))} has {ends[start.get(qn('w:id'))]} ends" for start in starts if ends[start.get(qn("w:id"))] != 1)


def _cells(part: Element) -> Iterator[str]:
    for cell in part.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            yield "a cell that doesn't end in a paragraph"
    for row in part.iter(qn("w:tr")):
        if row.find(qn("w:tc")) is None and row.find(qn("w:sdt")) is None:
            yield "a row without a cell"


def _loose_runs(part: Element) -> Iterator[str]:
    """A run stands in a paragraph, or in what stands in one."""
    outside = {qn(name) for name in ("w:body", "w:hdr", "w:ftr", "w:tc", "w:tr", "w:tbl")}
    for run in part.iter(qn("w:r")):
        parent = run.getparent()
        if parent is not None and parent.tag in outside:
            yield "a run outside a paragraph"


def _adjacent_tables(part: Element) -> Iterator[str]:
    for table in part.iter(qn("w:tbl")):
        following = table.getnext()
        if following is not None and following.tag == qn("w:tbl"):
            yield "two tables side by side, which Word merges"


def _fields(part: Element) -> Iterator[str]:
    """Begin, separate and end balance within each story, in that order."""
    depth = 0
    for character in part.iter(qn("w:fldChar")):
        kind = character.get(qn("w:fldCharType"))
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth < 0:
            yield "a field ends that never began"
            depth = 0
    if depth:
        yield f"{depth} field(s) never end"


def _dangling_references(part: Element) -> Iterator[str]:
    names = {start.get(qn("w:name")) for start in part.iter(qn("w:bookmarkStart"))}
    for link in part.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor")) if qn("r:id") not in link.attrib else None
        if anchor is not None and anchor not in names:
            yield f"a link to bookmark {anchor}, which isn't there"
    for instruction in part.iter(qn("w:instrText"), qn("w:delInstrText")):
        words = (instruction.text or "").split()
        if words[:1] == ["REF"] and words[1] not in names:
            yield f"a reference to bookmark {words[1]}, which isn't there"


_RULES: Final[tuple[Callable[[Element], Iterator[str]], ...]] = (
    _deleted_text,
    _nested_revisions,
    _moves,
    _revision_ids,
    _bookmarks,
    _cells,
    _loose_runs,
    _adjacent_tables,
    _fields,
    _dangling_references,
)


def _unknown_names(part: Element, styles: Element, numbering: Element) -> Iterator[str]:
    known_styles = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    known_lists = {number.get(qn("w:numId")) for number in numbering.iter(qn("w:num"))} | {"0"}
    for name in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for reference in part.iter(qn(name)):
            if reference.get(qn("w:val")) not in known_styles:
                yield f"unknown style {reference.get(qn('w:val'))}"
    for reference in part.iter(qn("w:numId")):
        if reference.get(qn("w:val")) not in known_lists:
            yield f"unknown list {reference.get(qn('w:val'))}"


def _relation_ids(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the ids of a part's relationships, with the last word of their types."""
    folder, _, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    relations = parse(archive.read(path)) if path in archive.namelist() else ()
    return {each.get("Id", ""): each.get("Type", "").rpartition("/")[2] for each in relations}


def _outside(archive: zipfile.ZipFile) -> Iterator[str]:
    """Nothing leads out of the file but links to the web and mail: Word fetches pictures, templates and workbooks when it opens it."""
    for name in archive.namelist():
        for each in parse(archive.read(name)) if name.endswith(".rels") else ():
            target, kind = each.get("Target", ""), each.get("Type", "")
            safe = kind.endswith("/hyperlink") and (SAFE_LINK.match(target) or _SIBLING.fullmatch(target))
            if each.get("TargetMode") == "External" and not safe:
                yield f"{name}: {target} leads outside the file"


def _unrelated(part: Element, known: dict[str, str], parts: dict[str, Element]) -> Iterator[str]:
    """Whatever goes by a relationship has it, a picture that of a picture, and a note that is referred to is there."""
    for element in part.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(_RELATIONS) and value and value not in known:
                yield f"relationship {value} of {str(element.tag).rpartition('}')[2]} isn't there"
            elif name in _PICTURED and element.tag in _PICTURES and known.get(value) != "image":
                yield f"relationship {value} of {str(element.tag).rpartition('}')[2]} isn't that of a picture"
    for kind in ("footnote", "endnote"):
        notes = parts.get(f"word/{kind}s.xml")
        there = {note.get(qn("w:id")) for note in notes.iter(qn(f"w:{kind}"))} if notes is not None else set()
        for reference in part.iter(qn(f"w:{kind}Reference")):
            if reference.get(qn("w:id")) not in there:
                yield f"{kind} {reference.get(qn('w:id'))} isn't there"


def _lists(numbering: Element) -> Iterator[str]:
    """Every list has its own ``w:nsid``, and no two tie themselves to one style."""
    for name in ("w:nsid", "w:pStyle"):
        values = Counter(each.get(qn("w:val")) for each in numbering.iter(qn(name)))
        yield from (f"{name} {value} is there {count} times" for value, count in values.items() if count > 1)


def _doubled_controls(parts: dict[str, Element]) -> Iterator[str]:
    identifiers = Counter(identifier.get(qn("w:val")) for part in parts.values() for identifier in part.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"))
    yield from (f"content control id {identifier} is there {count} times" for identifier, count in identifiers.items() if count > 1)
