"""A certificate's file as blocks of the tree: PDF pages and pictures as pictures, a Word file as a foreign document.

Everything that the file shows is there, or a finding says what isn't. Pictures are scaled to fit the text area of an A4 page, each page
of a certificate on one of its own, never beyond their own size at 72 dots an inch, where they would be too coarse to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document import nodes
from snc_docs.document.nodes import Block, ForeignDocument, PageBreak, Resource
from snc_docs.errors import Wording
from snc_docs.readers.drawn import Drawn, Picture, UnreadableFileError, pages_of, upright
from snc_docs.readers.word_file import read_word_file

__all__ = ["Embedded", "UnreadableFileError", "digest_of", "embedded"]

# Text area of the reference document, in millimetres, with a little room for a line beside a picture.
AREA: Final = (170.0, 236.0)
# A first picture of so many millimetres stands under the facts of the appendix, a higher one on a page of its own.
_UNDER_FACTS: Final = 160.0
_LEAST_MM: Final = 5.0
_MOST_MM_A_PIXEL: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Embedded:
    """What shows a file: its blocks, the resources that they name, and what the file holds that isn't shown."""

    blocks: tuple[Block, ...]
    resources: tuple[Resource, ...]
    findings: tuple[Diagnostic, ...] = ()


def embedded(content: bytes, media_type: str, name: str, alt: str) -> Embedded:
    """Return the blocks that show a file; UnreadableFileError if it can't be shown."""
    match media_type:
        case "application/pdf":
            drawn = pages_of(content, name)
            return _pictures(drawn.pictures, alt, tuple(_not_shown(drawn, name)))
        case "image/png" | "image/jpeg":
            pictures = upright(content, name).pictures
            return _pictures(pictures, alt, tuple(_too_small(pictures[0], name)))
        case _:
            plain, findings = read_word_file(content, name)
            resource = Resource(f"{digest_of(plain)}.docx", media_type, plain)
            return Embedded((ForeignDocument(resource.name, alt),), (resource,), findings)


def digest_of(content: bytes) -> str:
    """Return what names a resource: the beginning of its SHA-256 digest."""
    return hashlib.sha256(content).hexdigest()[:16]


def _not_shown(drawn: Drawn, name: str) -> Iterator[Diagnostic]:
    """Yield a warning for the files that a PDF carries, those of a portfolio being all that it is about, and for what can't be drawn of its pages."""
    hint = Wording("imprimer en PDF ce qui doit figurer dans l'annexe", "print as PDF what the appendix has to show")
    if drawn.attachments:
        message = Wording(
            f"« {name} » porte {drawn.attachments} fichier(s) joint(s), qui ne sont pas repris",
            f"'{name}' carries {drawn.attachments} attached file(s), which aren't shown",
        )
        yield Diagnostic("certificate.attachments", Severity.WARNING, message, hint)
    if drawn.unseen:
        pages = ", ".join(map(str, drawn.unseen))
        message = Wording(
            f"« {name} », page(s) {pages} : une image ou une annotation ne peut pas être dessinée, ou la page est blanche",
            f"'{name}', page(s) {pages}: an image or an annotation can't be drawn, or the page is blank",
        )
        yield Diagnostic("certificate.unseen", Severity.WARNING, message, hint)


def _too_small(picture: Picture, name: str) -> Iterator[Diagnostic]:
    """Yield a warning for a picture of which a side is printed thinner than a line of text."""
    if min(AREA[0] / picture.width, AREA[1] / picture.height, _MOST_MM_A_PIXEL) * min(picture.width, picture.height) < _LEAST_MM:
        yield Diagnostic(
            "certificate.unseen",
            Severity.WARNING,
            Wording(f"« {name} » est trop petit pour être lu", f"'{name}' is too small to read"),
            Wording("donner une image plus grande", "give a larger picture"),
        )


def _pictures(pictures: Sequence[Picture], alt: str, findings: tuple[Diagnostic, ...] = ()) -> Embedded:
    blocks: list[Block] = []
    resources: dict[str, Resource] = {}
    for index, picture in enumerate(pictures, 1):
        resource = Resource(f"{digest_of(picture.content)}.{picture.media_type.rpartition('/')[2]}", picture.media_type, picture.content)
        resources[resource.name] = resource
        scale = min(AREA[0] / picture.width, AREA[1] / picture.height, _MOST_MM_A_PIXEL)
        words = alt if len(pictures) == 1 else f"{alt} ({index}/{len(pictures)})"
        if blocks or picture.height * scale > _UNDER_FACTS:
            blocks.append(PageBreak())
        blocks.append(nodes.Picture(resource.name, round(picture.width * scale, 2), round(picture.height * scale, 2), words))
    return Embedded(tuple(blocks), tuple(resources.values()), findings)
