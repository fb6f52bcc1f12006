"""The Open Packaging container: parts, content types, relationships, and a zip that is the same for the same parts.

ECMA-376 part 2. Parts are written in the order of their names, ``[Content_Types].xml`` first as readers expect it,
with one fixed time; pictures, compressed already, are stored.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import escape  # XML's own module imports all of urllib
from struct import pack
from typing import Final

from snc_docs.characters import as_xml
from snc_docs.kept import Kept

_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE_TYPE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FIXED_DATE: Final = 0x21  # the first of January 1980, in MS-DOS's form
_VERSION: Final = 20  # what a reader must know (4.4.3.2): to inflate
_UTF8: Final = 0x800  # a name that isn't ASCII (4.4.4)
_OWNER_ALONE: Final = 0o600 << 16  # may read and write it (4.4.15)
_MOST_KEPT: Final = 64_000  # bytes of a piece
_END_OF_BLOCKS: Final = b"\3\0"  # an empty block that is the last (RFC 1951, 3.2.3 and 3.2.6)
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name without a leading slash, its content type and its bytes.

    ``pieces`` are the same bytes cut where documents begin to differ: each is deflated by itself, and kept.
    """

    name: str
    content_type: str
    content: bytes
    pieces: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Relationships:
    """The relationships of one part, numbered rId1, rId2 … in the order they are asked for."""

    entries: list[tuple[str, str, bool]] = field(default_factory=list)
    _ids: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def id_for(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of the relationship of that type to that target, the same for the same three."""
        entry = (kind if ":" in kind else OFFICE_TYPE + kind, target, external)
        if entry not in self._ids:
            self.entries.append(entry)
            self._ids[entry] = f"rId{len(self.entries)}"
        return self._ids[entry]

    def xml(self) -> bytes:
        """Return the ``.rels`` part."""
        rows = []
        for number, (kind, target, external) in enumerate(self.entries, 1):
            mode = ' TargetMode="External"' if external else ""
            rows.append(f'<Relationship Id="rId{number}" Type="{kind}" Target="{escape(target)}"{mode}/>')
        return f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(rows)}</Relationships>'.encode()


@dataclass(slots=True)
class Package:
    """A package being made."""

    parts: dict[str, Part] = field(default_factory=dict)
    relationships: dict[str, Relationships] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        """Add a part, or put it in the place of the one with its name."""
        self.parts[part.name] = part

    def relations_of(self, name: str) -> Relationships:
        """Return the relationships of a part ("" for the package's own)."""
        return self.relationships.setdefault(name, Relationships())

    def to_bytes(self) -> bytes:
        """Return the zip."""
        files = {name: part.pieces or (part.content,) for name, part in self.parts.items()}
        files |= {_rels_name(name): (relations.xml(),) for name, relations in self.relationships.items() if relations.entries}
        return zipped_pieces({"[Content_Types].xml": (self._content_types(),), **dict(sorted(files.items()))})

    def _content_types(self) -> bytes:
        rows = [f'<Default Extension="rels" ContentType="{_RELS_TYPE}"/>', '<Default Extension="xml" ContentType="application/xml"/>']
        rows += [
            f'<Override PartName="/{escape(part.name)}" ContentType="{escape(part.content_type)}"/>'
            for part in sorted(self.parts.values(), key=lambda part: part.name)
        ]
        return f'{_DECLARATION}<Types xmlns="{_TYPES}">{"".join(rows)}</Types>'.encode()


_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"


def _rels_name(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def encoded(text: str) -> bytes:
    """Return a piece of a part in UTF-8, the same object for the same text; ValueError for what no XML file can hold."""
    return _encoded.get(text, None, partial(as_xml, text))


# Most pieces are what they were in the file before.
_encoded: Final[Kept[bytes]] = Kept(8_000_000, len)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of files in the order given, with nothing in it that depends on the time or the machine."""
    return zipped_pieces({name: (content,) for name, content in files.items()})


def zipped_pieces(files: Mapping[str, Sequence[bytes]]) -> bytes:
    """Return a zip of files in the order given, each in pieces.

    APPNOTE.TXT of PKWARE, 4.3: a local header and the data for each file, then the central directory. The library's own module would
    deflate each time what is the same in every document.
    """
    written, directory, at = [], [], 0
    for name, pieces in files.items():
        method, check, data = _stored(pieces) if name.endswith((".png", ".jpeg", ".jpg")) else _deflated(pieces)
        raw, size = name.encode(), sum(map(len, pieces))
        facts = pack("<HHHHHLLLHH", _VERSION, _UTF8 if len(raw) > len(name) else 0, method, 0, _FIXED_DATE, check, len(data), size, len(raw), 0)
        written += [b"PK\3\4", facts, raw, data]
        directory += [b"PK\1\2", pack("<H", _VERSION), facts, pack("<HHHLL", 0, 0, 0, _OWNER_ALONE, at), raw]
        at += len(facts) + len(raw) + len(data) + 4
    size = sum(map(len, directory))
    end = b"PK\5\6" + pack("<HHHHLLH", 0, 0, len(files), len(files), size, at, 0)
    return b"".join([*written, *directory, end])


def _stored(pieces: Sequence[bytes]) -> tuple[int, int, bytes]:
    content = b"".join(pieces)
    return 0, zlib.crc32(content), content


def _deflated(pieces: Sequence[bytes]) -> tuple[int, int, bytes]:
    """Return how a file is compressed, its checksum and its data: whole, or piece by piece (RFC 1951, 3.2.3: blocks end at a byte)."""
    check = 0
    for piece in pieces:
        check = zlib.crc32(piece, check)
    if len(pieces) == 1:
        return zlib.DEFLATED, check, _kept(pieces[0], zlib.Z_FINISH)
    return zlib.DEFLATED, check, b"".join([*(_kept(piece, zlib.Z_FULL_FLUSH) for piece in pieces), _END_OF_BLOCKS])


def _kept(content: bytes, flush: int) -> bytes:
    return _deflate_once(content, flush) if len(content) <= _MOST_KEPT else _deflate(content, flush)


def _deflate(content: bytes, flush: int) -> bytes:
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(flush)


_deflate_once = lru_cache(maxsize=384)(_deflate)
