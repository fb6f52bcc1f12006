"""The content of a paragraph as atoms: what a revision keeps, takes out or puts in whole.

A word of a run's text, a break, a tab and a picture are atoms; so is a complex field from begin to end (17.16.2), of which
only the result may change. A hyperlink or a content control holds atoms of its own. Bookmarks stay outside revisions.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from snc_docs.language.tokens import tokens
from snc_docs.writers.docx.xml import Element, qn

_R: Final = qn("w:r")
_T: Final = qn("w:t")
_RPR: Final = qn("w:rPr")
_PPR: Final = qn("w:pPr")
_FIELD: Final = qn("w:fldChar")
_FIELD_TYPE: Final = qn("w:fldCharType")
_CONTROL: Final = qn("w:sdt")
_CONTENT: Final = qn("w:sdtContent")

Signature = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A token of text, or (``text`` "") an element that stands in a run; ``form`` is the run's ``w:rPr``."""

    text: str
    element: Element | None
    form: Element | None
    key: Hashable
    look: Signature

    @property
    def identity(self) -> Hashable:
        """Return what two versions must share for nothing to have changed."""
        return self.key, self.look


@dataclass(frozen=True, slots=True)
class Field:
    """A complex field: the runs up to its result, those of the result, and those that end it."""

    opening: list[Element]
    result: list[Element]
    ending: list[Element]
    key: Hashable
    identity: Hashable


@dataclass(frozen=True, slots=True)
class Holder:
    """A hyperlink or a content control; ``key`` is what it is without its words."""

    element: Element
    key: Hashable
    identity: Hashable


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark's start or end, or what else has no text."""

    element: Element
    key: Hashable

    @property
    def identity(self) -> Hashable:
        """Return the key: there is no more to it."""
        return self.key


@dataclass(frozen=True, slots=True)
class Break:
    """The mark of a paragraph that was cut, between two of its pieces."""

    key: Hashable = "break"
    identity: Hashable = "break"


Atom = Word | Field | Holder | Mark | Break


def signature(element: Element | None) -> Signature:
    """Return what an element says, comparable."""
    if element is None:
        return ()
    return element.tag, tuple(sorted(element.attrib.items())), element.text or "", tuple(signature(child) for child in element)


def same(old: Element, new: Element) -> bool:
    """Return whether two paragraphs or rows hold the same; what is noted on themselves doesn't count."""
    if etree.tostring(old) == etree.tostring(new):
        return True  # by far the most are, and lxml tells it sooner
    return len(old) == len(new) and all(signature(one) == signature(other) for one, other in zip(old, new, strict=True))


def atoms(children: Sequence[Element]) -> list[Atom]:
    """Return the atoms of the content of a paragraph, hyperlink or content control."""
    return list(_atoms(children))


def _atoms(children: Sequence[Element]) -> Iterator[Atom]:
    runs = iter(children)
    for child in runs:
        if child.tag == _R:
            kind = _field_kind(child)
            if kind == "begin":
                yield _field(child, runs)
            else:
                yield from _words(child)
        elif child.tag in (qn("w:hyperlink"), _CONTROL):
            yield Holder(child, _holder_key(child), ("holder", signature(child)))
        else:
            yield Mark(child, ("mark", signature(child)))


def _field_kind(run: Element) -> str | None:
    character = run.find(_FIELD)
    return character.get(_FIELD_TYPE) if character is not None else None


def _field(begin: Element, runs: Iterator[Element]) -> Field:
    parts: tuple[list[Element], list[Element], list[Element]] = ([begin], [], [])
    depth, part = 1, 0
    for run in runs:
        kind = _field_kind(run) if run.tag == _R else None
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth == 0:
            part = 2
        parts[part].append(run)
        if depth == 0:
            break
        if kind == "separate" and depth == 1:
            part = 1
    key = ("field", *(signature(run) for run in parts[0]))
    return Field(*parts, key, (key, *(signature(run) for run in (*parts[1], *parts[2]))))


def _words(run: Element) -> Iterator[Word]:
    form = run.find(_RPR)
    look = signature(form)
    for child in run:
        if child.tag == _T:
            yield from (Word(token, None, form, ("text", token), look) for token in tokens(child.text or ""))
        elif child.tag != _RPR:
            yield Word("", child, form, ("element", signature(child)), look)


def paragraph_content(paragraph: Element) -> list[Element]:
    """Return what stands in a paragraph behind its properties."""
    return [child for child in paragraph if child.tag != _PPR]


def content_of(holder: Element) -> Element:
    """Return the element that holds the runs of a hyperlink or content control."""
    content = holder.find(_CONTENT) if holder.tag == _CONTROL else None
    return holder if content is None else content


def _holder_key(holder: Element) -> Hashable:
    if holder.tag == _CONTROL:
        return "control", tuple(signature(child) for child in holder[0])
    return "link", tuple(sorted(holder.attrib.items()))


def size(atom: Atom) -> float:
    """Return how many characters an atom has, and a little for what has none."""
    match atom:
        case Word(text):
            return len(text) or 1.0
        case Field(_, result):
            return 0.1 + sum(len(text.text or "") for run in result for text in run.iter(_T))
        case Holder(element):
            return 0.1 + sum(len(text.text or "") for text in element.iter(_T))
        case Mark() | Break():
            return 0.01
