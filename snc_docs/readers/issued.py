"""What an issued Word file says of itself: the record it carries, the pictures it shows, and its text as it stands.

The file is hostile until checked: caps on what is unpacked, no document type declaration, so no entity.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree as ET

from snc_docs.errors import SncDocsError, Wording

MAX_UNPACKED: Final = 200 * 1024 * 1024
# A document of a thousand pages has a million tags; each takes a hundred bytes once read.
MAX_TAGS: Final = 2_000_000
NAMESPACE: Final = "urn:snc_docs:agreement:1"
_RECORD: Final = re.compile(r"customXml/item\d+\.xml")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class NotIssuedError(SncDocsError):
    """A Word file that carries no record of an agreement, or one that can't be trusted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Issued:
    """The record's data and tree, both JSON, the bytes of the pictures by name, and what the document shows (``shown``)."""

    data: str
    tree: str
    pictures: dict[str, bytes]
    shown: tuple[str, ...]


def read_issued(content: bytes, name: str) -> Issued:
    """Return what a Word file carries; NotIssuedError where it carries nothing that we wrote."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise refused(name, "l'archive est trop grande une fois décompressée", "the archive is too large once unpacked")
            files = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise refused(name, "ce n'est pas un document Word", "this isn't a Word document") from error
    record = next(_records(files, name), None)
    if record is None:
        raise refused(
            name,
            "ce document ne porte pas ses données (partie isolée, document bilingue, ou écrit avec --no-embed)",
            "this document doesn't carry its data (a single part, a bilingual document, or written with --no-embed)",
        )
    pictures = {path.rpartition("/")[2]: part for path, part in files.items() if path.startswith("word/media/")}
    return Issued(*record, pictures, shown(files, name))


def _records(files: dict[str, bytes], name: str) -> Iterator[tuple[str, str]]:
    for path, part in sorted(files.items()):
        if _RECORD.fullmatch(path) and NAMESPACE.encode() in part:
            root = _parsed(part, name)
            data, tree = (root.findtext(f"{{{NAMESPACE}}}{each}") for each in ("data", "tree"))
            if data and tree:
                yield data, tree


def shown(files: dict[str, bytes], name: str) -> tuple[str, ...]:
    """Return what the parts of a document show, as ``shown_by`` does."""
    if _MAIN not in files:
        raise refused(name, "document.xml manque", "document.xml is missing")
    relations = _parsed(files[_RELATIONS], name) if _RELATIONS in files else ()
    return shown_by([_parsed(files[_MAIN], name)], [each.get("Target", "") for each in relations if each.get("TargetMode") == "External"])


def shown_by(elements: Iterable[Any], links: Iterable[str]) -> tuple[str, ...]:
    """Return what paragraphs and tables show, comparable: their text without spaces, where their links lead, and what we never write."""
    text: list[str] = []
    foreign: set[str] = set()
    for element in elements:
        for each in element.iter():
            if each.tag in _SHOWN:
                text.append(each.text or "")
            elif (local := each.tag.rpartition("}")[2]) in _FOREIGN:
                foreign.add(local)
    return "".join(text).translate(_NO_SPACES), *sorted(links), *sorted(foreign)


_MAIN: Final = "word/document.xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_SHOWN: Final = {f"{_W}t", f"{_W}tab", f"{_W}br"}
# What would show, or hide, words that the text above doesn't tell.
_FOREIGN: Final = frozenset(
    "ins del moveFrom moveTo vanish specVanish oMath oMathPara sym object pict altChunk footnoteReference endnoteReference txbxContent".split()
)
_NO_SPACES: Final = {ord(character): None for character in " \t\n\u00a0\u202f"}
_OTHER_ENCODING: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)


def _parsed(part: bytes, name: str) -> ET.Element:
    """Return the root of a part in UTF-8 without a document type, so without entities to expand."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise refused(name, "le XML déclare un type de document", "the XML declares a document type")
    if b"\0" in part[:200] or _OTHER_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
        raise refused(name, "le XML n'est pas en UTF-8", "the XML isn't in UTF-8")
    if part.count(b"<") > MAX_TAGS:
        raise refused(name, "le XML est trop grand", "the XML is too large")
    try:
        return ET.fromstring(part)  # noqa: S314  # see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise refused(name, "le XML est mal formé", "the XML is malformed") from error


def refused(name: str, fr: str, en: str) -> NotIssuedError:
    """Return the error for a file that isn't trusted, with the way out."""
    return NotIssuedError(Wording(f"{name} : {fr} ; donner le fichier client.", f"{name}: {en}; give the client file."))
