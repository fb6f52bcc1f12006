"""What an issued Word file says of itself: the record it carries, the pictures it shows, and its text as it stands.

Other programs rename parts when they save a file, and write the same address in several relationships: so pictures go by what
they are (their digest), and links are a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from snc_docs.archives import UntrustedArchiveError, WordArchive, parsed, read_archive
from snc_docs.characters import composed
from snc_docs.errors import SncDocsError, Wording
from snc_docs.patterns import regex
from snc_docs.readers.bound import filled_in, settle_fields

NAMESPACE: Final = "urn:snc_docs:agreement:1"
_RECORD: Final = regex(r"customXml/item\d+\.xml")
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class NotIssuedError(SncDocsError):
    """A Word file that carries no record of an agreement, or one that can't be trusted."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Issued:
    """The record's data and tree, both JSON, the bytes of the pictures, what the document shows (``shown``), what it does with its fields ``unfilled``, and what was ``filled`` in, by data paths."""

    data: str
    tree: str
    pictures: tuple[bytes, ...]
    shown: tuple[str, ...]
    unfilled: Callable[[], tuple[str, ...]]
    filled: Mapping[str, str]


# The program that a file of ours names in its properties; an office that saves it again puts its own name, and keeps the record.
_OURS: Final = b"snc_docs"


def read_issued(content: bytes, name: str) -> Issued:
    """Return what a Word file carries; NotIssuedError where it carries nothing that we wrote."""
    try:
        archive = read_archive(content)
        record = next(_records(archive), None)
        if record is None:
            if not any(_OURS in part for path, part in archive.parts.items() if path.startswith("docProps/")):
                raise refused(
                    name, "ce document n'est pas de ceux que make-agreement écrit", "this isn't a document that make-agreement wrote", _GIVE_EITHER
                )
            raise refused(
                name,
                "ce document ne porte pas ses données (partie isolée, document bilingue, ou écrit avec --no-embed)",
                "this document doesn't carry its data (a single part, a bilingual document, or written with --no-embed)",
            )
        body = parsed(archive.parts[archive.main])
        pictures, shown = tuple(_pictures(archive, body)), _shown(archive, body)
        return Issued(*record, pictures, shown, partial(_shown, archive, body, unfilled=True), filled_in(archive))
    except UntrustedArchiveError as error:
        raise refused(name, error.wording.fr, error.wording.en) from error


def _records(archive: WordArchive) -> Iterator[tuple[str, str]]:
    for path, part in sorted(archive.parts.items()):
        if _RECORD.fullmatch(path) and NAMESPACE.encode() in part:
            root = parsed(part)
            data, tree = (root.findtext(f"{{{NAMESPACE}}}{each}") for each in ("data", "tree"))
            if data and tree:
                yield data, tree


def _pictures(archive: WordArchive, body: Any) -> Iterator[bytes]:
    """Yield the pictures that the drawings of a document show, in their order: what else lies in the file isn't seen."""
    targets = {identifier: target for identifier, _, target, outside in archive.related(archive.main) if not outside}
    for blip in body.iter(f"{_A}blip"):
        content = archive.parts.get(targets.get(blip.get(f"{_R}embed", ""), ""))
        if content is not None:
            yield content


def shown(archive: WordArchive, *, unfilled: bool = False) -> tuple[str, ...]:
    """Return what the main part of a document shows, as ``shown_by`` does, and whether its styles hide anything."""
    return _shown(archive, parsed(archive.parts[archive.main]), unfilled=unfilled)


def _shown(archive: WordArchive, body: Any, *, unfilled: bool = False) -> tuple[str, ...]:
    is_ours = settle_fields(body, archive)
    related = list(archive.related(archive.main))
    links = [target for _, _, target, outside in related if outside]
    styles = [target for _, kind, target, outside in related if kind == "styles" and not outside and target in archive.parts]
    hidden = {f"{local} of a style" for path in styles for each in parsed(archive.parts[path]).iter() if (local := _foreign(each)) in _HIDDEN}
    return (*shown_by(body, links, unfilled=unfilled), *sorted(hidden), *(() if is_ours else ("dataBinding",)))


def shown_by(element: Any, links: Iterable[str], *, unfilled: bool = False) -> tuple[str, ...]:
    """Return what the paragraphs and tables of an element show, comparable: their text without spaces, where their links lead, and what we never write.

    What stands in the instruction of a field isn't shown (17.16.18), whatever it is. With ``unfilled`` the tag of each field to fill in
    stands for what is in it: one that was filled in shows the same then, one that was moved, added or taken away doesn't.
    """
    text: list[str] = []
    foreign: set[str] = set()
    results: list[bool] = []  # of the fields that are open, whether their result has begun
    pages: list[bool] = []  # whether they show a page, which the layout says and not the document
    inside = _in_fields(element) if unfilled else {}
    for each in element.iter():
        tag = each.tag
        if inside and each in inside:
            text.append(inside[each])
        elif tag == _FIELD:
            _follow(results, pages, each.get(f"{_W}fldCharType", ""))
        elif tag in _SHOWN:
            is_page = pages[-1:] == [True] and (each.text or "").isdecimal()
            text += [each.text or ""] if all(results) and not is_page else []
        elif tag == _INSTRUCTION:
            pages[-1:] = [pages[-1] or (each.text or "").split()[:1] == ["PAGEREF"]] if pages else []
            foreign |= {f"field {kind}" for kind in _KIND.findall(each.text or "")[:1] if kind not in _OUR_FIELDS}
        elif local := _foreign(each):
            foreign.add(local)
    return composed(_SPACES.sub("", "".join(text))), *sorted(set(links)), *sorted(foreign)


def _in_fields(element: Any) -> dict[Any, str]:
    """Return the control of each field to fill in, with its tag, and the texts in it, with none."""
    found: dict[Any, str] = {}
    for control in element.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            found |= dict.fromkeys((each for each in control.iter() if each.tag in _SHOWN), "")
            found[control] = f"<{tag.get(f'{_W}val', '')}>"
    return found


def _follow(results: list[bool], pages: list[bool], kind: str) -> None:
    if kind == "begin":
        results.append(False)
        pages.append(False)
    elif kind == "separate" and results:
        results[-1] = True
    elif kind == "end" and results:
        results.pop()
        pages.pop()


def _foreign(element: Any) -> str:
    """Return the name of what we never write, and what shows or hides words or a picture; "" for anything else, or what is switched off."""
    local = _foreign_name(element.tag)
    if local == "srcRect":
        return "crop" if any(value.strip("0%. ") for value in element.attrib.values()) else ""
    return local if local and element.get(f"{_W}val", "").lower() not in _OFF else ""


@lru_cache(maxsize=1024)
def _foreign_name(tag: object) -> str:
    """Return the local name of an element that may be foreign; "" for what we write."""
    local = str(tag).rpartition("}")[2]
    return local if local in _FOREIGN or local == "srcRect" else ""


_SHOWN: Final = {f"{_W}t", f"{_W}tab", f"{_W}br"}
_HIDDEN: Final = frozenset("vanish specVanish".split())
# What would show, or hide, words that the text above doesn't tell.
_FOREIGN: Final = _HIDDEN | frozenset(
    "ins del moveFrom moveTo oMath oMathPara sym object pict altChunk footnoteReference endnoteReference txbxContent strike dstrike framePr "
    "hidden noBreakHyphen softHyphen pgNum cr ptab ruby contentPart chart AlternateContent fldSimple".split()
)
_OFF: Final = frozenset(("0", "false", "off", "none"))
_KIND: Final = regex(r"^\s*([A-Za-z]{2,})")
_OUR_FIELDS: Final = frozenset(("TOC", "REF", "PAGEREF", "HYPERLINK"))
_SPACES: Final = regex("[ \t\n\u00a0\u202f]+")
_FIELD, _INSTRUCTION = f"{_W}fldChar", f"{_W}instrText"


_GIVE_CLIENT: Final = Wording("donner le fichier client", "give the client file")
_GIVE_EITHER: Final = Wording("donner le fichier client, ou le document tel qu'émis", "give the client file, or the document as it was issued")


def refused(name: str, fr: str, en: str, remedy: Wording = _GIVE_CLIENT) -> NotIssuedError:
    """Return the error for a file that isn't trusted, with the way out."""
    return NotIssuedError(Wording(f"{name} : {fr} ; {remedy.fr}.", f"{name}: {en}; {remedy.en}."))
