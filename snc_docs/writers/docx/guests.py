"""A foreign Word document made ready to be joined into ours.

Its styles and bookmarks get names of their own, so that it keeps its look and its headings don't count as our articles; its theme is
written out; its fields are settled (``guest_fields``); its page settings are taken off and noted. Taken out is what points outside the
text: comments, the programs behind objects (their pictures stay), bindings to data parts, links to anything but the web and mail, and
marks of newer versions of Word that a root of ours doesn't declare. Of an alternative (``mc:AlternateContent``, part 3) one is chosen,
since the prefixes that the choice goes by are declared on the guest's own root.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from snc_docs.word_content import is_newer
from snc_docs.writers.docx.guest_fields import settle_fields
from snc_docs.writers.docx.guest_theme import Theme
from snc_docs.writers.docx.verify import SAFE_LINK
from snc_docs.writers.docx.xml import NAMESPACES, Element, add_val, parse, properties_of, qn, schema_position, serialize, unwrap

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart
    from docx.opc.rel import Relationships

# Marks that live between preparing and settling only; the finished file has neither.
SECTION_MARK: Final = "snc-section"
BOOKMARK_PAIR: Final = "snc-pair"

_MAX_BOOKMARK: Final = 40
_STYLE_USERS: Final = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:styleLink", "w:numStyleLink")
_TAKEN_OUT: Final = (
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:commentReference",
    "w:dataBinding",
    "w:placeholder",
    "w:control",
    "w:proofErr",
    "w:permStart",
    "w:permEnd",
    "o:OLEObject",
)
# Drawings that Word 2010 and LibreOffice know without an alternative beside them.
_KNOWN_DRAWINGS: Final = frozenset(f"http://schemas.microsoft.com/office/word/2010/wordprocessing{kind}" for kind in ("Shape", "Group", "Canvas"))
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_RELATIONS: Final = f"{{{NAMESPACES['r']}}}"
# What a document draws by a part of its own: charts, diagrams.
_DRAWN_TYPES: Final = ("chart+xml", "drawing+xml", "chartshapes+xml", "diagramData+xml")
_OUTSIDE_ATTRIBUTES: Final = frozenset((qn("o:href"), qn("r:href"), qn("r:link"), "href", "src"))


@dataclass(frozen=True, slots=True)
class Guest:
    """A prepared document: ``sections`` are the page settings of its marked paragraphs, ``last_section`` of its end.

    ``is_placed`` says whether it has something at a place of the page, which other margins would move.
    """

    document: WordDocument
    sections: list[Element]
    last_section: Element
    is_placed: bool


def prepare(document: WordDocument, index: int) -> Guest:
    """Return the document ready to join, changed in place; ``index`` makes its names its own."""
    body = document.element.body
    notes = [(part, parse(part.blob)) for part in parts_of_kind(document, "footnotes")]
    stories = [body, *(element for _, element in notes)]
    pair_bookmarks(body, index)
    renamed = _rename_bookmarks(body, f"_F{index}_")
    for story in stories:
        _choose_alternatives(story)
        _take_out(story)
        _keep_safe_links(story, document.part.rels if story is body else {})  # docxcompose leaves the notes' links behind
        settle_fields(story, renamed)
    _cut_outside(document)
    _write_out_theme(document, stories)
    _rename_styles(document, f"F{index}", stories)
    for part, element in notes:
        part._blob = serialize(element)  # noqa: SLF001  # python-docx keeps a footnotes part as bytes, and has no other way to change them
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
    is_placed = next(body.iter(qn("wp:anchor"), qn("w:framePr")), None) is not None or any(
        "position:absolute" in shape.get("style", "").replace(" ", "") for shape in body.iter() if str(shape.tag).startswith(_VML)
    )
    return Guest(document, sections, deepcopy(last), is_placed)


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


def _rename_bookmarks(body: Element, prefix: str) -> dict[str, str]:
    """Give every bookmark a name of its own, and return the new names by the old."""
    renamed: dict[str, str] = {}
    for number, mark in enumerate(body.iter(qn("w:bookmarkStart"))):
        name = mark.get(qn("w:name"), "")
        new = f"{prefix}{name}"
        renamed[name] = new if len(new) <= _MAX_BOOKMARK else f"{new[: _MAX_BOOKMARK - 5]}_{number:04d}"
        mark.set(qn("w:name"), renamed[name])
    for link in list(body.iter(qn("w:hyperlink"))):
        anchor = link.get(qn("w:anchor")) if qn("r:id") not in link.attrib else None  # beside an address, it is a place in what that leads to
        if anchor in renamed:
            link.set(qn("w:anchor"), renamed[anchor])
        elif anchor is not None:
            unwrap(link)
    return renamed


def _choose_alternatives(story: Element) -> None:
    """Put the drawing that today's offices know in the place of each alternative, else its fallback, else what there is."""
    for alternative in list(story.iter(qn("mc:AlternateContent"))):
        choices, fallback = alternative.findall(qn("mc:Choice")), alternative.find(qn("mc:Fallback"))
        known = [each for each in choices if _required(each) <= _KNOWN_DRAWINGS]
        chosen = next((each for each in (*known, fallback, *choices) if each is not None and len(each)), None)
        parent = alternative.getparent()
        if parent is not None:
            at = parent.index(alternative)
            parent[at : at + 1] = list(chosen) if chosen is not None else []


def _required(choice: Element) -> set[str | None]:
    """Return the namespaces that a choice goes by: its prefixes are the file's own."""
    return {choice.nsmap.get(prefix) for prefix in choice.get("Requires", "").split()}


def _take_out(story: Element) -> None:
    for name in _TAKEN_OUT:
        for element in list(story.iter(qn(name))):
            element.getparent().remove(element)  # type: ignore[union-attr]  # none of them is a root
    for picture in list(story.iter(qn("v:imagedata"))):
        if qn("r:id") not in picture.attrib:
            picture.getparent().remove(picture)  # type: ignore[union-attr]  # as above
    for element in list(story.iter()):
        if not isinstance(element.tag, str):
            continue
        if is_newer(element.tag):
            element.getparent().remove(element)  # type: ignore[union-attr]  # as above
            continue
        for name in [name for name in element.attrib if is_newer(str(name)) or name in _OUTSIDE_ATTRIBUTES]:
            del element.attrib[name]


def _keep_safe_links(story: Element, relations: Relationships) -> None:
    """Leave links to the web and mail alone; the words of any other stay, without it."""
    for link in [*story.iter(qn("w:hyperlink")), *story.iter(qn("a:hlinkClick")), *story.iter(qn("a:hlinkHover"))]:
        identifier = link.get(qn("r:id"))
        if not identifier:
            continue
        target = relations[identifier].target_ref if identifier in relations and relations[identifier].is_external else ""
        if not SAFE_LINK.match(target):
            unwrap(link)


def _cut_outside(document: WordDocument) -> None:
    """Cut what drawings and charts keep outside the file, such as the workbook that a chart's figures come from."""
    for part in document.part.package.iter_parts():
        outside = {identifier for identifier, relation in part.rels.items() if relation.is_external}
        if not outside or not part.content_type.endswith(_DRAWN_TYPES):
            continue
        drawn = parse(part.blob)
        for element in list(drawn.iter(qn("c:externalData"), qn("a:hlinkClick"), qn("a:hlinkHover"))):
            if element.get(qn("r:id")) in outside:
                element.getparent().remove(element)  # type: ignore[union-attr]  # none of them is a root
        if any(value in outside for element in drawn.iter() for name, value in element.attrib.items() if str(name).startswith(_RELATIONS)):
            raise ValueError("a drawing shows what isn't in the file")
        for identifier in outside:
            part.rels.pop(identifier)
        part._blob = serialize(drawn)  # noqa: SLF001  # as the footnotes


def _write_out_theme(document: WordDocument, stories: list[Element]) -> None:
    for part in parts_of_kind(document, "theme")[:1]:
        theme = Theme(part.blob)
        for element in (document.styles.element, *numberings(document), *stories):
            theme.write_out(element)


def _rename_styles(document: WordDocument, prefix: str, stories: list[Element]) -> None:
    """Give every style a name and an id of its own, and every paragraph without a style the guest's default one."""
    styles = document.styles.element
    default = _default_style(styles)
    _drop_unknown(document, styles, stories)
    for style in styles.findall(qn("w:style")):
        style.set(qn("w:styleId"), prefix + style.get(qn("w:styleId"), ""))
        style.set(qn("w:customStyle"), "1")
        style.attrib.pop(qn("w:default"), None)
        name = style.find(qn("w:name"))
        if name is not None:
            name.set(qn("w:val"), f"{prefix} {name.get(qn('w:val'), '')}")
        for level in list(style.iter(qn("w:outlineLvl"))):
            level.getparent().remove(level)
    parts = [styles, *stories, *numberings(document)]
    for part in parts:
        for user in _STYLE_USERS:
            for reference in part.iter(qn(user)):
                reference.set(qn("w:val"), prefix + reference.get(qn("w:val"), ""))
    if default is not None:
        _name_default(styles, default, stories)


def _name_default(styles: Element, default: Element, stories: list[Element]) -> None:
    """Name the default style on each paragraph without one. It holds the document's defaults, which ours would take the place of.

    In a table with a style the defaults come from that, since it stands above them and below the styles of paragraphs (17.7.2).
    """
    name = default.get(qn("w:styleId"), "")
    inside = deepcopy(default)
    inside.set(qn("w:styleId"), f"{name}_T")
    for called in inside.findall(qn("w:name")):
        called.set(qn("w:val"), f"{called.get(qn('w:val'), '')} T")
    styles.append(inside)
    for style in styles.findall(qn("w:style")):
        if style is default or (style.get(qn("w:type")) == "table" and style.find(qn("w:basedOn")) is None):
            _keep_defaults(styles, style)
    for story in stories:
        in_tables = {paragraph for table in story.iter(qn("w:tbl")) if _has_style(table) for paragraph in table.iter(qn("w:p"))}
        for paragraph in story.iter(qn("w:p")):
            _name_style(paragraph, f"{name}_T" if paragraph in in_tables else name)


def _has_style(table: Element) -> bool:
    return table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None


def _drop_unknown(document: WordDocument, styles: Element, stories: list[Element]) -> None:
    """Take out references to styles and lists that the document doesn't have: Word shows the default there."""
    known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    lists = {number.get(qn("w:numId")) for part in numberings(document) for number in part.findall(qn("w:num"))} | {"0"}
    for part in (styles, *stories):
        users = [(name, known) for name in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")]
        for name, there in (*users, ("w:numId", lists)):
            for user in [each for each in part.iter(qn(name)) if each.get(qn("w:val")) not in there]:
                user.getparent().remove(user)  # type: ignore[union-attr]  # none of them is a root


def _default_style(styles: Element) -> Element | None:
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
            return style
    return None


def numberings(document: WordDocument) -> list[Element]:
    """Return the numbering part of a document, in a list that is empty where it has none."""
    return [part.element for part in parts_of_kind(document, "numbering")]


def parts_of_kind(document: WordDocument, kind: str) -> list[XmlPart]:
    """Return the parts of a document that are related to its main one by a type that ends in ``kind``."""
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
            own = deepcopy(defaults)
            followers = [qn(f"w:{each}") for each in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr") if f"w:{each}" != name]
            at = next((index for index, each in enumerate(default) if each.tag in followers), len(default))
            default.insert(at, own)
            continue
        given = {child.tag for child in own}
        own.extend(deepcopy(child) for child in defaults if child.tag not in given)
        own[:] = sorted(own, key=schema_position)


def _name_style(paragraph: Element, style: str) -> None:
    properties = properties_of(paragraph)
    if properties.find(qn("w:pStyle")) is None:
        properties.insert(0, add_val(properties, "w:pStyle", style))
