"""Reference documents as Word makes them, and worse: styles that rest on numbered headings."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from docx import Document as WordDocument
from docx.oxml import parse_xml

from snc_docs.writers.docx.package import zipped
from snc_docs.writers.docx.reference import reference_docx
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS, PARAGRAPH_STYLES
from tests.tools import W, parts

_NS: Final = f'xmlns:w="{W[1:-1]}"'
_HEADINGS: Final = {"Unnumbered Heading", *CLAUSE_HEADINGS, *APPENDIX_HEADINGS}


def level(index: int, form: str, text: str, style: str = "") -> str:
    """Return a ``w:lvl``."""
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tied}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'


def list_of(number: int, *levels: str) -> tuple[str, str]:
    """Return a list's ``w:abstractNum`` and its ``w:num``."""
    abstract = f'<w:abstractNum {_NS} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
    return abstract, f'<w:num {_NS} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


def numbered(number: int, index: int | None = None) -> str:
    """Return a ``w:numPr``."""
    return f'<w:numPr>{"" if index is None else f"<w:ilvl w:val={chr(34)}{index}{chr(34)}/>"}<w:numId w:val="{number}"/></w:numPr>'


def words_own() -> bytes:
    """Return a document of Word's own styles whose headings a multilevel list numbers, as Word ties it; its *TOC Heading* rests on *heading 1*."""
    document = WordDocument()
    lists = document.part.numbering_part.element
    levels = (level(index, "decimal", ".".join(f"%{each}" for each in range(1, index + 2)), f"Heading{index + 1}") for index in range(3))
    for element in map(parse_xml, list_of(90, *levels)):
        lists.insert(0, element) if element.tag == f"{W}abstractNum" else lists.append(element)
    for index in range(3):
        properties = document.styles[f"Heading {index + 1}"].element.get_or_add_pPr()
        properties._insert_numPr(parse_xml(numbered(90, index).replace("<w:numPr", f"<w:numPr {_NS}", 1)))
    return _saved(document)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def restyled(change: Callable[[str], str], *lists: tuple[str, str]) -> bytes:
    """Return our own reference document with its styles changed as text, and a numbering part with ``lists`` where there are some."""
    files = parts(reference_docx())
    files["word/styles.xml"] = change(files["word/styles.xml"].decode()).encode()
    if lists:
        inside = "".join(each for kind in zip(*lists, strict=True) for each in kind)
        files["word/numbering.xml"] = f"<w:numbering {_NS}>{inside}</w:numbering>".encode()
        kind = '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
        files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", kind.encode() + b"</Types>")
        relation = (
            '<Relationship Id="rId80" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'
        )
        name = "word/_rels/document.xml.rels"
        files[name] = files[name].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    return zipped(files)


def _style(styles: str, name: str, change: Callable[[str], str]) -> str:
    """Return styles with one of them changed."""
    found = next(each for each in re.findall(r"<w:style .*?</w:style>", styles, re.DOTALL) if f'<w:name w:val="{name}"/>' in each)
    return styles.replace(found, change(found))


def with_properties(styles: str, name: str, properties: str) -> str:
    """Return styles, one of which has only ``properties`` in its ``w:pPr``."""

    def change(style: str) -> str:
        bare = re.sub(r"\s*<w:pPr>.*?</w:pPr>", "", style, flags=re.DOTALL)
        before = next((each for each in ("<w:rPr>", "<w:tblPr>") if each in bare), "</w:style>")
        return bare.replace(before, f"<w:pPr>{properties}</w:pPr>{before}", 1)

    return _style(styles, name, change)


def resting_on(styles: str, names: Iterable[str], based: str) -> str:
    """Return styles of which those with ``names`` have no properties of their own and rest on another."""
    for name in names:
        styles = with_properties(styles, name, "")
        styles = _style(styles, name, lambda style: re.sub(r'<w:basedOn w:val="\w+"/>', f'<w:basedOn w:val="{based}"/>', style))
    return styles


def all_on_heading_1() -> bytes:
    """Return a reference document in which every style but Normal rests on *heading 1*, one of them through two others."""
    names = [name for name in PARAGRAPH_STYLES if name not in {"Normal", *_HEADINGS}]
    kept = '<w:keepNext/><w:pageBreakBefore/><w:outlineLvl w:val="0"/>'

    def change(styles: str) -> str:
        styles = resting_on(styles, names, "Heading1")
        styles = resting_on(styles, ["Subtitle"], "Title")
        styles = resting_on(styles, ["TOC Heading"], "Subtitle")
        return with_properties(styles, "heading 1", kept)

    return restyled(change)


def all_numbered() -> bytes:
    """Return a reference document whose Normal, on which all rests, is numbered by a list of the user's own, as are its tables."""

    def change(styles: str) -> str:
        styles = with_properties(styles, "Normal", numbered(1))
        return with_properties(styles, "Facts Table", numbered(1))

    return restyled(change, list_of(1, level(0, "decimal", "No. %1")))


def definitions_with(form: str) -> bytes:
    """Return a reference document whose definitions have a sign or a number of the user's own before them."""
    text = "%1)" if form == "decimal" else "\u2022"
    return restyled(lambda styles: with_properties(styles, "Definition", numbered(1)), list_of(1, level(0, form, text)))


HOUSES: Final[dict[str, Callable[[], bytes]]] = {
    "Word's own": words_own,
    "all on heading 1": all_on_heading_1,
    "all numbered": all_numbered,
    "definitions numbered": lambda: definitions_with("decimal"),
}
