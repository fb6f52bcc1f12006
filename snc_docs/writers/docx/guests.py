"""A foreign Word document made ready to be joined into ours.

Its styles and bookmarks get names of their own, so that it keeps its look and its headings don't count as our articles;
its page settings are taken off and noted; comments, which can't be carried, are taken out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from snc_docs.writers.docx.paragraphs import properties_of
from snc_docs.writers.docx.xml import Element, add_val, qn

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Marks that live between preparing and settling only; the finished file has neither.
SECTION_MARK: Final = "snc-section"
BOOKMARK_PAIR: Final = "snc-pair"

_MAX_BOOKMARK: Final = 40
_BOOKMARK_USER: Final = re.compile(r'((?:PAGE|NOTE)?REF\s+"?|HYPERLINK\s+\\l\s+"?)([^\s"\\]+)')
_STYLE_USERS: Final = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:styleLink", "w:numStyleLink")
_COMMENT_MARKS: Final = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


@dataclass(frozen=True, slots=True)
class Guest:
    """A prepared document: ``sections`` are the page settings of its marked paragraphs, ``last_section`` of its end."""

    document: WordDocument
    sections: list[Element]
    last_section: Element


def prepare(document: WordDocument, index: int) -> Guest:
    """Return the document ready to join, changed in place; ``index`` makes its names its own."""
    body = document.element.body
    pair_bookmarks(body, index)
    _rename_bookmarks(body, f"_F{index}_")
    _rename_styles(document, f"F{index}")
    for name in _COMMENT_MARKS:
        for mark in list(body.iter(qn(name))):
            mark.getparent().remove(mark)
    sections: list[Element] = []
    for section in list(body.iter(qn("w:sectPr"))):
        paragraph = section.getparent().getparent()
        if section.getparent().tag == qn("w:pPr") and paragraph.tag == qn("w:p"):
            paragraph.set(SECTION_MARK, str(len(sections)))
            sections.append(deepcopy(section))
            section.getparent().remove(section)
    last = body.find(qn("w:sectPr"))
    if last is None:
        raise ValueError("no section properties")
    return Guest(document, sections, deepcopy(last))


def pair_bookmarks(body: Element, index: int) -> None:
    """Note on each bookmark's start and end that they belong together: docxcompose numbers both by position."""
    open_pairs: dict[str, str] = {}
    count = 0
    for mark in body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        identifier = mark.get(qn("w:id"), "")
        if mark.tag == qn("w:bookmarkStart"):
            count += 1
            open_pairs[identifier] = f"{index}-{count}"
            mark.set(BOOKMARK_PAIR, open_pairs[identifier])
        elif identifier in open_pairs:
            mark.set(BOOKMARK_PAIR, open_pairs.pop(identifier))
    unclosed = set(open_pairs.values())
    for mark in body.iter(qn("w:bookmarkStart")):
        if mark.get(BOOKMARK_PAIR) in unclosed:
            del mark.attrib[BOOKMARK_PAIR]


def _rename_bookmarks(body: Element, prefix: str) -> None:
    renamed: dict[str, str] = {}
    for number, mark in enumerate(body.iter(qn("w:bookmarkStart"))):
        name = mark.get(qn("w:name"), "")
        new = f"{prefix}{name}"
        renamed[name] = new if len(new) <= _MAX_BOOKMARK else f"{new[: _MAX_BOOKMARK - 5]}_{number:04d}"
        mark.set(qn("w:name"), renamed[name])
    for link in body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor in renamed:
            link.set(qn("w:anchor"), renamed[anchor])
    for instruction in body.iter(qn("w:instrText")):
        instruction.text = _BOOKMARK_USER.sub(lambda match: match[1] + renamed.get(match[2], match[2]), instruction.text or "")


def _rename_styles(document: WordDocument, prefix: str) -> None:
    """Give every style a name and an id of its own, and every paragraph without a style the guest's default one."""
    styles = document.styles.element
    default = _default_style(styles)
    for style in styles.findall(qn("w:style")):
        style.set(qn("w:styleId"), prefix + style.get(qn("w:styleId"), ""))
        style.set(qn("w:customStyle"), "1")
        style.attrib.pop(qn("w:default"), None)
        name = style.find(qn("w:name"))
        if name is not None:
            name.set(qn("w:val"), f"{prefix} {name.get(qn('w:val'), '')}")
        for level in list(style.iter(qn("w:outlineLvl"))):
            level.getparent().remove(level)
    parts = [styles, document.element, *_numbering(document), *_notes(document)]
    for part in parts:
        for user in _STYLE_USERS:
            for reference in part.iter(qn(user)):
                reference.set(qn("w:val"), prefix + reference.get(qn("w:val"), ""))
    if default is not None:
        _keep_defaults(styles, default)
        for paragraph in document.element.body.iter(qn("w:p")):
            _name_style(paragraph, default.get(qn("w:styleId"), ""))


def _default_style(styles: Element) -> Element | None:
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
            return style
    return None


def _numbering(document: WordDocument) -> list[Element]:
    return [part.element for part in _parts(document, "numbering")]


def _notes(document: WordDocument) -> list[Element]:
    return [part.element for part in (*_parts(document, "footnotes"), *_parts(document, "endnotes")) if hasattr(part, "element")]


def _parts(document: WordDocument, kind: str) -> list[Any]:
    relations = document.part.rels.values()
    return [relation.target_part for relation in relations if not relation.is_external and relation.reltype.endswith(f"/{kind}")]


def _keep_defaults(styles: Element, default: Element) -> None:
    """Write the guest's document defaults into its default style: ours would show through otherwise."""
    for wrapper, name in (("w:pPrDefault", "w:pPr"), ("w:rPrDefault", "w:rPr")):
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn(wrapper)}/{qn(name)}")
        own = default.find(qn(name))
        if defaults is None:
            continue
        if own is None:
            default.append(deepcopy(defaults))
            continue
        given = {child.tag for child in own}
        own.extend(deepcopy(child) for child in defaults if child.tag not in given)
        own[:] = sorted(own, key=_position)


def _position(child: Element) -> int:
    return _SCHEMA_ORDER.index(child.tag) if child.tag in _SCHEMA_ORDER else len(_SCHEMA_ORDER)


# CT_PPrBase, then EG_RPrBase, in the order of the schema.
_SCHEMA_ORDER: Final = [
    qn(f"w:{name}")
    for name in (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
        "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
        "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof vanish webHidden color w kern "
        "position sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ).split()
]


def _name_style(paragraph: Element, style: str) -> None:
    properties = properties_of(paragraph)
    if properties.find(qn("w:pStyle")) is None:
        properties.insert(0, add_val(properties, "w:pStyle", style))
