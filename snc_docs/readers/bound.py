"""Content controls that take their words from data in the file (ECMA-376 part 1, 17.5.2.6, 22.5): Word shows the data, whatever is saved.

A binding names a part by the identifier in its properties, or the file's own properties by one that every Word knows, and a place
in it by an XPath. Programs write one form of it, ``/n:a[1]/n:b[1]`` with an attribute or ``text()`` at its end; no other is looked into.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from snc_docs.archives import WordArchive, parsed
from snc_docs.patterns import regex
from snc_docs.word_content import FIELDS, FIELDS_STORE, WORD

_CUSTOM: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_OWN_PROPERTIES: Final = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
# What the data has for a box that isn't ticked.
NOT_TICKED: Final = "false"
# A control of another kind shows its data in a form of its own: a date by its pattern, a choice by its name.
_OTHER_KINDS: Final = tuple(f"{WORD}{kind}" for kind in ("date", "dropDownList", "comboBox", "picture"))
_MAPPING: Final = regex(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_STEP: Final = regex(r"/(?:([\w.-]+):)?([\w.-]+)(?:\[(\d{1,6})\])?")
_PATH: Final = regex(rf"(?:{_STEP.pattern})+?(?:/@(?:([\w.-]+):)?([\w.-]+))?(?:/text\(\)(?:\[1\])?)?")


def is_stale(control: ET.Element, archive: WordArchive) -> bool:
    """Return whether Word would show other words in a control (``w:sdt``) than those that are saved in it."""
    properties, content = control.find(f"{WORD}sdtPr"), control.find(f"{WORD}sdtContent")
    binding = properties.find(f"{WORD}dataBinding") if properties is not None else None
    if properties is None or binding is None or content is None or any(properties.find(kind) is not None for kind in _OTHER_KINDS):
        return False
    value = "".join(value_of(archive, binding).split())
    # Where the data has nothing, Word shows the control's own placeholder.
    return bool(value) and value != "".join("".join(each.text or "" for each in content.iter(f"{WORD}t")).split())


def settle_fields(body: ET.Element, archive: WordArchive) -> bool:
    """Put what Word shows in the fields to fill in of our documents in the place of what is saved there; return whether no control is bound to anything else."""
    is_ours = True
    for control in body.iter(f"{WORD}sdt"):
        binding = control.find(f"{WORD}sdtPr/{WORD}dataBinding")
        if binding is None:
            continue
        if binding.get(f"{WORD}storeItemID", "").upper() != FIELDS_STORE:
            is_ours = False
        elif (value := value_of(archive, binding)) and value != NOT_TICKED:
            for text in (texts := list(control.iter(f"{WORD}t"))):
                text.text = value if text is texts[0] else ""
    return is_ours


def filled_in(archive: WordArchive) -> dict[str, str]:
    """Return what was filled in of the fields of a document of ours, by their data paths."""
    part = _store(archive, FIELDS_STORE)
    fields = parsed(part).iterfind(f"{{{FIELDS}}}field") if part is not None else ()
    return {each.get("path", ""): each.text for each in fields if each.text and each.text != NOT_TICKED}


def value_of(archive: WordArchive, binding: ET.Element) -> str:
    """Return the characters of what a binding leads to; "" where that isn't there."""
    part = _store(archive, binding.get(f"{WORD}storeItemID", "").upper())
    path = binding.get(f"{WORD}xpath", "")
    match = _PATH.fullmatch(path)
    if part is None or match is None:
        return ""
    names = dict(_MAPPING.findall(binding.get(f"{WORD}prefixMappings", "")))
    *_, prefix, attribute = match.groups()
    first, *steps = _STEP.findall(path.partition("/@")[0].partition("/text()")[0])
    element = parsed(part)
    if element.tag != _tag(first[0], first[1], names):
        return ""
    for step in steps:
        same = [each for each in element if each.tag == _tag(step[0], step[1], names)]
        place = int(step[2] or 1)
        if not 0 < place <= len(same):
            return ""
        element = same[place - 1]
    return element.get(_tag(prefix or "", attribute, names), "") if attribute else "".join(element.itertext())


def _tag(prefix: str, name: str, names: dict[str, str]) -> str:
    return f"{{{names.get(prefix, '')}}}{name}" if prefix else name


def _store(archive: WordArchive, identifier: str) -> bytes | None:
    """Return the part of a data store (22.5.2.1) with that identifier; None where the file has none."""
    own = _OWN_PROPERTIES.get(identifier)
    if own is not None:
        return archive.parts.get(own)
    for _, kind, target, outside in archive.related(archive.main):
        if kind != "customXml" or outside or target not in archive.parts:
            continue
        for _, inner, properties, _ in archive.related(target):
            content = archive.parts.get(properties) if inner == "customXmlProps" else None
            if content is not None and parsed(content).get(f"{_CUSTOM}itemID", "").upper() == identifier:
                return archive.parts[target]
    return None
