"""What an issued Word file says of itself: the record it carries, the pictures it shows, and its text as it stands.

The file is hostile until checked: caps on what is unpacked, no document type declaration, so no entity.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from snc_docs.errors import SncDocsError, Wording

MAX_UNPACKED: Final = 200 * 1024 * 1024
NAMESPACE: Final = "urn:snc_docs:agreement:1"
_RECORD: Final = re.compile(r"customXml/item\d+\.xml")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN: Final = {f"{_W}t", f"{_W}tab", f"{_W}br"}


class NotIssuedError(SncDocsError):
    """A Word file that carries no record of an agreement, or one that can't be trusted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Issued:
    """The record's data and tree, both JSON, the bytes of the pictures by name, and the shown text without spaces."""

    data: str
    tree: str
    pictures: dict[str, bytes]
    text: str


def read_issued(content: bytes, name: str) -> Issued:
    """Return what a Word file carries; NotIssuedError where it carries nothing that we wrote."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise _refused(name, "l'archive est trop grande une fois décompressée", "the archive is too large once unpacked")
            files = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _refused(name, "ce n'est pas un document Word", "this isn't a Word document") from error
    record = next(_records(files, name), None)
    if record is None:
        raise _refused(
            name, "ce document ne porte pas ses données (écrit avec --no-embed ?)", "this document doesn't carry its data (written with --no-embed?)"
        )
    pictures = {path.rpartition("/")[2]: part for path, part in files.items() if path.startswith("word/media/")}
    return Issued(*record, pictures, shown_text(files.get("word/document.xml", b""), name))


def _records(files: dict[str, bytes], name: str) -> Iterator[tuple[str, str]]:
    for path, part in sorted(files.items()):
        if _RECORD.fullmatch(path) and NAMESPACE.encode() in part:
            root = _parsed(part, name)
            data, tree = (root.findtext(f"{{{NAMESPACE}}}{each}") for each in ("data", "tree"))
            if data and tree:
                yield data, tree


def shown_text(document: bytes, name: str) -> str:
    """Return the text of document.xml without spaces."""
    if not document:
        raise _refused(name, "document.xml manque", "document.xml is missing")
    return "".join("".join(each.itertext()) for each in _parsed(document, name).iter() if each.tag in _SHOWN).translate(_NO_SPACES)


_NO_SPACES: Final = {ord(character): None for character in " \t\n\u00a0\u202f"}


def _parsed(part: bytes, name: str) -> ET.Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise _refused(name, "le XML déclare un type de document", "the XML declares a document type")
    try:
        return ET.fromstring(part)  # noqa: S314  # no document type, so no entity to expand
    except ET.ParseError as error:
        raise _refused(name, "le XML est mal formé", "the XML is malformed") from error


def _refused(name: str, fr: str, en: str) -> NotIssuedError:
    return NotIssuedError(Wording(f"{name} : {fr} ; donner le fichier client.", f"{name}: {en}; give the client file."))
