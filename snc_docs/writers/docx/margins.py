"""Headers and footers: the reference document's, with the document's own words in its tagged controls.

A filled control is unwrapped: its runs stay, with the look they had, and nobody can mistake the header for a form. What the cover asks
for and the header shows too is asked for there as well, in a control that is bound to the cover's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from snc_docs.document.nodes import FillIn, Node, Properties, Section
from snc_docs.document.walk import child_names
from snc_docs.language.writing import Words
from snc_docs.writers.docx.controls import bound_control
from snc_docs.writers.docx.markup import opened
from snc_docs.writers.docx.numbers import Numbers
from snc_docs.writers.docx.package import WORD_TYPE, Package, Part
from snc_docs.writers.docx.reference import Margin
from snc_docs.writers.docx.revising import revised_words
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.stamp import Stamp
from snc_docs.writers.docx.written import BOTH, Piece, R
from snc_docs.writers.docx.xml import Element, parse, qn, serialize

# The ids of relationships in the reference document's part, and in ours.
Renamed = tuple[tuple[str, str], ...]

# What a header or footer is: ``header`` or ``footer``, and its type (ST_HdrFtr).
MarginKind = tuple[str, str]
# The fields to fill in that headers show, by their data paths.
Asked = Mapping[str, FillIn]

_SEPARATOR = " \u00b7 "
REFERENCE: Final = "document.reference"
VERSION: Final = "document.version"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A field to fill in, in the language of a locale."""

    field: FillIn
    locale: str


# Words of a header, each with the version that has them.
MarginWords = list[tuple[str, str | _Asked]]


class FilledMargin(NamedTuple):
    """A header or footer of a group, and the words that go into it; ``was`` are those of the old version, in a redline.

    ``fields`` are those to fill in whose prompts stand among the words, in the language ``locale``.
    """

    kind: MarginKind
    margin: Margin
    words: dict[str, str]
    was: dict[str, str] | None = None
    fields: Asked = {}  # noqa: RUF012  # never changed
    locale: str = ""


def margin_words(properties: Properties, words: Words, appendix: Section | None, asked: Asked) -> dict[str, str]:
    """Return the words of each control: title, status and reference with version and appendix, confidentiality mark, page x of y; prompts for what is ``asked``."""
    reference, version = (
        getattr(properties, name) or (asked[path].shown if path in asked else "") for name, path in (("reference", REFERENCE), ("version", VERSION))
    )
    label = appendix.label if appendix is not None else ""
    numbered = f"{words.version}\u00a0{version}" if version else ""
    return {
        "title": properties.title,
        "identity": _SEPARATOR.join(part for part in (properties.status, reference, numbered, label) if part),
        "confidentiality": properties.confidentiality,
        "page": words.page,
        "of": words.of,
    }


def asked_in(cover: Section | None, gone: type | None) -> Asked:
    """Return the fields to fill in of a cover that headers show too, by their paths; those of the version that is ``gone`` aside."""
    found: dict[str, FillIn] = {}
    waiting: list[Node] = [cover] if cover is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, FillIn) and node.path in (REFERENCE, VERSION):
            found[node.path] = node
        elif type(node) is not gone:
            waiting += [child for name in child_names(type(node)) for child in getattr(node, name) if not isinstance(child, Section)]
    return found


def add_margin(package: Package, number: str, filled: FilledMargin, stamp: Stamp, numbers: Numbers) -> str:
    """Add a header or footer part with its words to the package and return the id of its relationship to the document.

    Where its words were others, both are in it, as revisions.
    """
    (kind, _), margin, words, was, fields, locale = filled
    name = f"word/{kind}{number}.xml"
    relations = package.relations_of(name)
    renamed = tuple((old, relations.id_for(reltype, target, external=external)) for old, reltype, external, target in margin.relationships)
    if fields:
        content = _written(margin.content, renamed, {key: _with_fields(word, fields, locale) for key, word in words.items()}, stamp, numbers)
    elif was is None or was == words:
        content = _filled(margin.content, renamed, tuple(words.items()))
    else:
        both: dict[str, MarginWords] = {key: list(revised_words(was[key], word)) for key, word in words.items()}
        content = _written(margin.content, renamed, both, stamp)
    package.add(Part(name, f"{WORD_TYPE}{kind}+xml", content))
    for part in margin.parts:
        package.add(part)
    return package.relations_of("word/document.xml").id_for(kind, f"{kind}{number}.xml")


def _with_fields(words: str, fields: Asked, locale: str) -> MarginWords:
    """Return words in which prompts are fields to fill in."""
    for field in fields.values():
        before, prompt, after = words.partition(field.shown)
        if prompt:
            return [*_with_fields(before, fields, locale), (BOTH, _Asked(field, locale)), *_with_fields(after, fields, locale)]
    return [(BOTH, words)] if words else []


@lru_cache(maxsize=64)
def _filled(content: bytes, renamed: Renamed, words: tuple[tuple[str, str], ...]) -> bytes:
    """Return the part with words of one version: most documents have theirs in common but for the reference."""
    return _written(content, renamed, {key: [(BOTH, word)] if word else [] for key, word in words}, Stamp())


def _written(content: bytes, renamed: Renamed, words: dict[str, MarginWords], stamp: Stamp, numbers: Numbers | None = None) -> bytes:
    element = parse(content)
    _fill(element, words, stamp, numbers)
    _rename_ids(element, dict(renamed))
    return serialize(element)


def _fill(element: Element, words: dict[str, MarginWords], stamp: Stamp, numbers: Numbers | None) -> None:
    for control in list(element.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        name = tag.get(qn("w:val"), "") if tag is not None else ""
        content = control.find(qn("w:sdtContent"))
        if content is not None and name.startswith("snc:") and name[4:] in words:
            look = _look(content)
            xml = Serializer(stamp=stamp).content([(state, (_piece(each, look),)) for state, each in words[name[4:]]])
            _fill_control(control, content, parse(f"{opened('w:r', 'w')}{numbers.resolved(xml) if numbers else xml}</w:r>".encode()))


def _look(content: Element) -> str:
    """Return the look of a control's first run."""
    properties = content.find(f".//{qn('w:r')}/{qn('w:rPr')}")
    return etree.tostring(properties, encoding="unicode", with_tail=False) if properties is not None else ""


def _piece(words: str | _Asked, look: str) -> Piece:
    return R(look, words) if isinstance(words, str) else bound_control(words.field, look, look, words.locale)


def _fill_control(control: Element, content: Element, runs: Iterable[Element]) -> None:
    """Put runs in the place of a control's own, and what the control held in the place of the control.

    A control stands around runs, around paragraphs or around a cell (17.5.2.29 to 32); words always go into a paragraph.
    """
    paragraph = content.find(f".//{qn('w:p')}")
    holder = content if paragraph is None else paragraph
    for child in [child for child in holder if child.tag != qn("w:pPr")]:
        holder.remove(child)
    holder.extend(runs)
    for child in list(content):
        control.addprevious(child)
    parent = control.getparent()
    if parent is not None:
        parent.remove(control)


def _rename_ids(element: Element, renamed: dict[str, str]) -> None:
    for each in element.iter():
        for name in (qn("r:id"), qn("r:embed"), qn("r:link")):
            value = each.get(name)
            if value in renamed:
                each.set(name, renamed[value])
