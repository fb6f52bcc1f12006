"""Word files, and Excel's, as archives: the parts of an Open Packaging container (ECMA-376 part 2), or why they can't be trusted.

A file is hostile until checked: caps on its entries and on what they unpack to, no document type declaration in any part, so no
entity, and a cap on tags, each of which costs a hundred bytes once read. The main part is the one that the package's own
relationships name: Word for the web calls it ``document2.xml``. Templates (.dotx) and files with macros (.docm) hold the same
parts under other content types; ``as_document`` gives them as a plain document without macros.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from snc_docs.errors import SncDocsError, Wording
from snc_docs.patterns import regex

MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_ENTRIES: Final = 5_000
# A document of a thousand pages has a million tags.
MAX_TAGS: Final = 2_000_000

_TYPES: Final = "[Content_Types].xml"
_PACKAGE_RELATIONS: Final = "_rels/.rels"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT: Final = "/officeDocument"
_WORD: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
# What Word calls a document's main part, by what it is saved as.
_MAIN_TYPES: Final = regex(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml"
)
_OTHER_ENCODING: Final = regex(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_ENCRYPTED: Final = 0x1
# ISO/IEC 29500 part 1: another namespace for every element, declared on the root.
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_HEAD: Final = 8_192


_WORD_DOCUMENT: Final = Wording("un document Word", "a Word document")


class UntrustedArchiveError(SncDocsError):
    """A file that isn't a Word file, or whatever was asked for, or one that can't be read safely; its wording is the reason alone, without the file's name."""

    exit_code = 2


def _refused(fr: str, en: str) -> UntrustedArchiveError:
    return UntrustedArchiveError(Wording(fr, en))


@dataclass(frozen=True, slots=True)
class WordArchive:
    """The parts of a Word file by their names, without a leading slash, and the name of its main part."""

    parts: dict[str, bytes]
    main: str

    @property
    def has_macros(self) -> bool:
        """Return whether the file carries a VBA project."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.parts)

    def related(self, part: str) -> Iterator[tuple[str, str, str, bool]]:
        """Yield the id, the type's last word, the target and whether it is outside the file, of each relationship of a part."""
        folder, _, name = part.rpartition("/")
        relations = self.parts.get(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        for each in parsed(relations).iter(_RELATION) if relations is not None else ():
            target, outside = each.get("Target", ""), each.get("TargetMode") == "External"
            yield each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target if outside else _resolved(folder, target), outside


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that a relationship of a part in ``folder`` leads to."""
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def read_archive(content: bytes, *, most_tags: int = MAX_TAGS, kind: Wording = _WORD_DOCUMENT) -> WordArchive:
    """Return the parts of a Word file, or of another ``kind`` of Office's; UntrustedArchiveError says why it isn't one, or can't be trusted."""
    isnt_one = _refused(f"ce n'est pas {kind.fr}", f"this isn't {kind.en}")
    parts = unpacked(content, isnt_one)
    main = _main_part(parts, isnt_one)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            check_xml(part, most_tags)
    if _STRICT in parts[main][:_HEAD]:
        raise _refused(
            "il est au format Open XML Strict : l'enregistrer dans Word comme « Document Word »",
            "it is in the Strict Open XML format: save it in Word as a 'Word Document'",
        )
    return WordArchive(parts, main)


def unpacked(content: bytes, isnt_one: UntrustedArchiveError) -> dict[str, bytes]:
    """Return the entries of a ZIP archive by name, within the caps; ``isnt_one`` is raised for what is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.flag_bits & _ENCRYPTED for info in entries):
                raise _refused("l'archive est protégée par un mot de passe", "the archive is protected by a password")
            if len(entries) > MAX_ENTRIES or sum(info.file_size for info in entries) > MAX_UNPACKED:
                raise _refused("l'archive est trop grande une fois décompressée", "the archive is too large once unpacked")
            return {info.filename.replace("\\", "/").lstrip("/"): archive.read(info) for info in entries}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, MemoryError) as error:
        raise isnt_one from error


def _main_part(parts: dict[str, bytes], isnt_one: UntrustedArchiveError) -> str:
    """Return the name of the main part, which the package's relationships give."""
    relations = parts.get(_PACKAGE_RELATIONS)
    if relations is None or _TYPES not in parts:
        raise isnt_one
    check_xml(relations, MAX_TAGS)
    for each in parsed(relations).iter(_RELATION):
        if each.get("Type", "").endswith(_OFFICE_DOCUMENT):
            name = _resolved("", each.get("Target", ""))
            if name in parts:
                return name
    raise isnt_one


def check_xml(part: bytes, most_tags: int) -> None:
    """Raise UntrustedArchiveError for XML that declares a document type, isn't in UTF-8 or has too many tags."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise _refused("le XML déclare un type de document", "the XML declares a document type")
    if b"\0" in part[:200] or _OTHER_ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")):
        raise _refused("le XML n'est pas en UTF-8", "the XML isn't in UTF-8")
    if part.count(b"<") > most_tags:
        raise _refused("le XML est trop grand", "the XML is too large")


def parsed(part: bytes) -> ET.Element:
    """Return the root of a part that was checked: in UTF-8 and without a document type, so without entities to expand."""
    try:
        return ET.fromstring(part)  # noqa: S314  # see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise _refused("le XML est mal formé", "the XML is malformed") from error


def as_document(content: bytes, archive: WordArchive) -> bytes:
    """Return a template, or a file with macros, as a plain document without them; a plain document as it is."""
    types = archive.parts[_TYPES]
    if not _MAIN_TYPES.search(types):
        return content
    parts = {name: part for name, part in archive.parts.items() if not _is_macro(name)}
    parts[_TYPES] = _without_macros(_MAIN_TYPES.sub(_WORD + b"document.main+xml", types))
    for name in [name for name in parts if name.endswith(".rels")]:
        parts[name] = _without_macros(parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in sorted(parts.items(), key=lambda each: (each[0] != _TYPES, each[0])):
            written.writestr(name, part)
    return buffer.getvalue()


def _is_macro(name: str) -> bool:
    return "vba" in name.rpartition("/")[2].lower()


def _without_macros(listing: bytes) -> bytes:
    """Return content types or relationships without the entries that name parts of a macro project."""
    return re.sub(rb"<(?:Override|Relationship)\b[^>]*(?:vbaProject|vbaData|wordVbaData)[^>]*/>", b"", listing, flags=re.IGNORECASE)
