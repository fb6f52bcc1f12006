"""docxcompose, with what it loses of a prepared guest carried here: lists, styles, pictures of any kind, parts of parts.

docxcompose takes lists, styles and pictures along element by element, as it meets them. It restarts the first list of every style, gives
the lists of one element one number, leaves out the styles that others rest on and the lists of footnotes, knows pictures in two places
of many, and numbers the relationships of a copied part anew, though its XML names them. A guest's names are its own by now, so that all
of it can be carried whole, once, before its body comes: nothing of ours is met, and nothing has to be told apart.

Lists (ECMA-376 part 1, 17.9): a ``w:num`` names a ``w:abstractNum``, which may name a list style (``w:numStyleLink``), which names the
``w:num`` again whose ``w:abstractNum`` bears its name (``w:styleLink``). Styles (17.7): ``w:basedOn``, ``w:link`` and the styles of a
list's levels. What the text uses, and what that rests on, is carried; the rest stays behind.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.rel import _Relationship
from docx.parts.image import ImagePart
from docxcompose.composer import Composer
from docxcompose.image import ImageWrapper

from snc_docs.writers.docx.guests import numberings, parts_of_kind
from snc_docs.writers.docx.xml import NAMESPACES, Element, parse, qn, serialize

_RELATIONS: Final = f"{{{NAMESPACES['r']}}}"
_USES_STYLE: Final = tuple(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "link", "styleLink", "numStyleLink"))
_IMAGE: Final = RELATIONSHIP_TYPE.IMAGE
# Those that docxcompose relates: pictures of DrawingML, the four parts of a diagram.
_KNOWN_PICTURES: Final = frozenset((qn("a:blip"), "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"))
_KNOWN_RELATIONS: Final = frozenset(f"{_RELATIONS}{name}" for name in ("dm", "lo", "qs", "cs"))


class Joiner(Composer):  # type: ignore[misc]  # docxcompose has no types
    """A composer that carries lists and styles before the body, and every picture with it."""

    def insert(self, index: int, doc: WordDocument, remove_property_fields: bool = True) -> None:  # noqa: FBT001, FBT002  # docxcompose's
        """Insert a prepared document at an index of the body."""
        _carry(doc, self.doc, self.numbering_part().element)
        super().insert(index, doc, remove_property_fields=remove_property_fields)

    def add_styles(self, doc: WordDocument, element: Element) -> None:
        """Do nothing: they are there."""

    def add_numberings(self, doc: WordDocument, element: Element) -> None:
        """Do nothing: they are there, and named so."""

    def restart_first_numbering(self, doc: WordDocument, element: Element) -> None:
        """Do nothing: a guest's lists are its own."""

    def add_shapes(self, doc: WordDocument, element: Element) -> None:
        """Relate what docxcompose doesn't know: pictures of any VML shape, fill or stroke, and what drawings keep beside their picture."""
        for each in element.iter():
            if each.tag not in _KNOWN_PICTURES:
                for name, identifier in each.attrib.items():
                    if str(name).startswith(_RELATIONS) and name not in _KNOWN_RELATIONS:
                        self._relate(doc, each, str(name), identifier)

    def _relate(self, doc: WordDocument, element: Element, name: str, identifier: str) -> None:
        relation = doc.part.rels.get(identifier)
        if relation is None:
            raise ValueError(f"no relationship {identifier}")
        if relation.reltype == _IMAGE and not relation.is_external:
            element.set(name, self.doc.part.relate_to(self._picture(relation.target_part), _IMAGE))
        elif name != f"{_RELATIONS}id":  # which docxcompose has related
            element.set(name, self.add_relationship(doc.part, self.doc.part, relation).rId)

    def _picture(self, part: ImagePart) -> ImagePart:
        """Return the picture of our package with the same bytes, put in where there is none."""
        pictures = self.pkg.image_parts
        found: ImagePart = pictures._get_by_sha1(part.sha1) or pictures._add_image_part(ImageWrapper(part))  # noqa: SLF001  # as docxcompose does
        return found

    def add_relationship(self, src_part: Part, dst_part: Part, relationship: _Relationship) -> _Relationship:
        """Relate a copy of a part; its own relationships keep the ids that its XML names."""
        if relationship.is_external:
            outside: _Relationship = super().add_relationship(src_part, dst_part, relationship)
            return outside
        part = relationship.target_part
        copied = self._copied(part)
        added: _Relationship = dst_part.rels.get_or_add(relationship.reltype, copied)
        self._relate_as(part, copied)
        return added

    def _copied(self, part: Part) -> Part:
        stem, _, ending = str(part.partname).rpartition(".")
        stem = stem.rstrip("0123456789")
        taken = {str(each.partname) for each in self.pkg.iter_parts()}
        number = next(number for number in range(1, len(taken) + 2) if f"{stem}{number}.{ending}" not in taken)
        return Part(PackURI(f"{stem}{number}.{ending}"), part.content_type, part.blob, self.pkg)

    def _relate_as(self, part: Part, copied: Part) -> None:
        for identifier, relation in part.rels.items():
            if relation.is_external:
                copied.load_rel(relation.reltype, relation.target_ref, identifier, is_external=True)
            else:
                inner = self._copied(relation.target_part)
                copied.load_rel(relation.reltype, inner, identifier)
                self._relate_as(relation.target_part, inner)


def _carry(guest: WordDocument, ours: WordDocument, lists: Element) -> None:
    """Put a guest's styles and lists into our parts, and the new numbers of its lists into its text."""
    notes = parts_of_kind(guest, "footnotes")
    stories = [guest.element.body, *(parse(part.blob) for part in notes)]
    styles, nums, abstracts = _used(guest, stories)
    numbers = {num.get(qn("w:numId"), ""): str(number) for number, num in enumerate(nums, _next(lists, "w:num", "w:numId"))}
    first = _next(lists, "w:abstractNum", "w:abstractNumId")
    names = {each.get(qn("w:abstractNumId"), ""): str(number) for number, each in enumerate(abstracts, first)}
    carried = [deepcopy(style) for style in styles]
    for root in (*stories, *carried):
        for reference in root.iter(qn("w:numId")):
            reference.set(qn("w:val"), numbers.get(reference.get(qn("w:val"), ""), "0"))
    for part, story in zip(notes, stories[1:], strict=True):
        part._blob = serialize(story)  # noqa: SLF001  # python-docx keeps a footnotes part as bytes
    known = {style.get(qn("w:styleId")) for style in carried}
    for style in carried:
        for follower in [each for each in style.findall(qn("w:next")) if each.get(qn("w:val")) not in known]:
            style.remove(follower)
    ours.styles.element.extend(carried)
    _put(lists, "w:abstractNum", [_renamed(each, "w:abstractNumId", names) for each in abstracts])
    copies = [_renamed(each, "w:numId", numbers) for each in nums]
    for num in copies:
        of = num.find(qn("w:abstractNumId"))
        if of is not None:
            of.set(qn("w:val"), names[of.get(qn("w:val"), "")])
    _put(lists, "w:num", copies)


def _used(guest: WordDocument, stories: list[Element]) -> tuple[list[Element], list[Element], list[Element]]:
    """Return the styles, the lists and the list definitions that stories use, and those that these rest on, in the order of their parts."""
    styles = {style.get(qn("w:styleId")): style for style in guest.styles.element.iterfind(qn("w:style"))}
    nums = {num.get(qn("w:numId")): num for part in numberings(guest) for num in part.iterfind(qn("w:num"))}
    abstracts = {each.get(qn("w:abstractNumId")): each for part in numberings(guest) for each in part.iterfind(qn("w:abstractNum"))}
    found: dict[int, Element] = {}
    waiting = list(stories)
    while waiting:
        root = waiting.pop()
        names = [each.get(qn("w:val")) for each in root.iter(*_USES_STYLE)]
        lists = [nums.get(each.get(qn("w:val"))) for each in root.iter(qn("w:numId"))]
        definitions = [abstracts.get(each.get(qn("w:val"))) for each in root.iter(qn("w:abstractNumId"))]
        for element in (*(styles.get(name) for name in names), *lists, *definitions):
            if element is not None and id(element) not in found:
                found[id(element)] = element
                waiting.append(element)
    styles_, nums_, abstracts_ = ([each for each in table.values() if id(each) in found] for table in (styles, nums, abstracts))
    for each in abstracts_:
        for bullet in list(each.iter(qn("w:lvlPicBulletId"))):
            bullet.getparent().remove(bullet)  # the sign of the level stands in for it
    return styles_, nums_, abstracts_


def _next(lists: Element, name: str, attribute: str) -> int:
    return max((int(each.get(qn(attribute), "0")) for each in lists.iterfind(qn(name))), default=0) + 1


def _renamed(element: Element, attribute: str, names: dict[str, str]) -> Element:
    copy = deepcopy(element)
    copy.set(qn(attribute), names[element.get(qn(attribute), "")])
    return copy


def _put(lists: Element, name: str, elements: list[Element]) -> None:
    """Put elements behind those of their name: pictures of bullets, definitions, lists, clean-up is the order of CT_Numbering."""
    order = [qn(f"w:{each}") for each in ("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup")]
    later = order[order.index(qn(name)) + 1 :]
    at = next((index for index, each in enumerate(lists) if each.tag in later), len(lists))
    lists[at:at] = elements
