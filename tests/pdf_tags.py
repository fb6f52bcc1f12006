"""What the tags of a PDF say, read by pikepdf: headings, bookmarks, tables, the languages of words. Shares no code with the writer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2

# Roles of ISO 32000-1, 14.8.4, by which a heading or a cell is known.
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(frozen=True)
class Tag:
    """A structure element: its standard role, its own name, its language (its parent's where it has none), and what is in it."""

    role: str
    name: str
    language: str
    alt: str
    attributes: dict[str, str]
    children: tuple[Tag, ...]
    has_words: bool

    def below(self) -> Iterator[Tag]:
        """Yield it and all below it, in their order."""
        yield self
        for child in self.children:
            yield from child.below()


def tags_of(pdf: bytes) -> Tag:
    """Return the root of the tags of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        root = file.Root.StructTreeRoot
        roles = {str(name): str(role) for name, role in root.get("/RoleMap", {}).items()}
        (top,) = _kids(root)
        return _tag(top, str(file.Root.Lang), roles)


def _tag(element: Any, language: str, roles: dict[str, str]) -> Tag:
    name = str(element.S)
    own = str(element.get("/Lang", language))
    kids = _kids(element)
    children = tuple(_tag(each, own, roles) for each in kids if isinstance(each, pikepdf.Dictionary) and "/S" in each)
    has_words = any(isinstance(each, int) or (isinstance(each, pikepdf.Dictionary) and "/MCID" in each) for each in kids)
    role = roles.get(name, name).removeprefix("/")
    return Tag(role, name.removeprefix("/"), own, str(element.get("/Alt", "")), _attributes(element), children, has_words)


def _attributes(element: Any) -> dict[str, str]:
    given = element.get("/A", pikepdf.Array())
    every: Any = given if isinstance(given, pikepdf.Array) else (given,)
    return {str(name).removeprefix("/"): str(value).removeprefix("/") for each in every for name, value in each.items()}


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", ())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Return the bookmarks of a PDF: their levels from 1, and their words."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [(each.level + 1, each.get_title()) for each in file.get_toc()]
    finally:
        file.close()
