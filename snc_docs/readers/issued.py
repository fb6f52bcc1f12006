"""What an issued Word file says of itself: the record it carries, the pictures it shows, and its text as it stands.

Other programs rename parts when they save a file, and write the same address in several relationships: so pictures go by what
they are (their digest), and links are a set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from snc_docs.archives import UntrustedArchiveError, WordArchive, parsed, read_archive
from snc_docs.characters import composed
from snc_docs.errors import SncDocsError, Wording

NAMESPACE: Final = "urn:snc_docs:agreement:1"
_RECORD: Final = re.compile(r"customXml/item\d+\.xml")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class NotIssuedError(SncDocsError):
    """A Word file that carries no record of an agreement, or one that can't be trusted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Issued:
    """The record's data and tree, both JSON, the bytes of the pictures, and what the document shows (``shown``)."""

    data: str
    tree: str
    pictures: tuple[bytes, ...]
    shown: tuple[str, ...]


def read_issued(content: bytes, name: str) -> Issued:
    """Return what a Word file carries; NotIssuedError where it carries nothing that we wrote."""
    try:
        archive = read_archive(content)
        record = next(_records(archive), None)
        if record is None:
            raise refused(
                name,
                "ce document ne porte pas ses données (partie isolée, document bilingue, ou écrit avec --no-embed)",
                "this document doesn't carry its data (a single part, a bilingual document, or written with --no-embed)",
            )
        pictures = tuple(part for path, part in archive.parts.items() if path.startswith("word/media/"))
        return Issued(*record, pictures, shown(archive))
    except UntrustedArchiveError as error:
        raise refused(name, error.wording.fr, error.wording.en) from error


def _records(archive: WordArchive) -> Iterator[tuple[str, str]]:
    for path, part in sorted(archive.parts.items()):
        if _RECORD.fullmatch(path) and NAMESPACE.encode() in part:
            root = parsed(part)
            data, tree = (root.findtext(f"{{{NAMESPACE}}}{each}") for each in ("data", "tree"))
            if data and tree:
                yield data, tree


def shown(archive: WordArchive) -> tuple[str, ...]:
    """Return what the main part of a document shows, as ``shown_by`` does."""
    links = [target for _, _, target, outside in archive.related(archive.main) if outside]
    return shown_by([parsed(archive.parts[archive.main])], links)


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
    return composed("".join(text).translate(_NO_SPACES)), *sorted(set(links)), *sorted(foreign)


_SHOWN: Final = {f"{_W}t", f"{_W}tab", f"{_W}br"}
# What would show, or hide, words that the text above doesn't tell.
_FOREIGN: Final = frozenset(
    "ins del moveFrom moveTo vanish specVanish oMath oMathPara sym object pict altChunk footnoteReference endnoteReference txbxContent".split()
)
_NO_SPACES: Final = {ord(character): None for character in " \t\n\u00a0\u202f"}


def refused(name: str, fr: str, en: str) -> NotIssuedError:
    """Return the error for a file that isn't trusted, with the way out."""
    return NotIssuedError(Wording(f"{name} : {fr} ; donner le fichier client.", f"{name}: {en}; give the client file."))
