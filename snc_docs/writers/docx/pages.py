"""Groups of sections that share page settings: the body, then each appendix by itself.

A group ends with its ``w:sectPr`` (17.6.17, 17.6.18): in its last paragraph, the last group's at the end of the body. So a group
always ends in a paragraph, as Word asks of a body anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from snc_docs.document.nodes import Deletion, Insertion, Section
from snc_docs.writers.docx.body import body_of, ended
from snc_docs.writers.docx.margins import Asked, FilledMargin, MarginKind, add_margin, asked_in, margin_words
from snc_docs.writers.docx.numbers import Numbers, section_token
from snc_docs.writers.docx.package import Package
from snc_docs.writers.docx.place import Context, Place
from snc_docs.writers.docx.reference import Margin, Page, ReferenceDocument
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.written import Flow, P, Tbl


@dataclass(slots=True)
class Group:
    """One group as written: its paragraphs and tables, what its ``w:sectPr`` holds behind its references, its headers and footers.

    ``key`` is the same for the same group in two versions of a document; ``was`` is what its ``w:sectPr`` held in the old version.
    """

    key: str
    flow: Sequence[P | Tbl | str]
    properties: str
    margins: list[FilledMargin]
    was: str | None = None

    @property
    def blocks(self) -> Flow:
        """Return its paragraphs and tables; none is text in a redline."""
        return [each for each in self.flow if not isinstance(each, str)]


def written_groups(context: Context, reference: ReferenceDocument) -> list[Group]:
    """Return the groups of a version of a document."""
    groups, asked = [], _asked_in_cover(context)
    for group in page_groups(context.document.sections):
        is_turned = _is_turned(group)
        page = reference.page
        place = Place(page.text_width(landscape=is_turned), page.text_height(landscape=is_turned), context.words.colon)
        flow = ended(body_of(group, place, context), context)
        groups.append(Group(key_of_group(group, context), flow, _section_properties(group, page), _margins(group, context, reference, asked)))
    return groups


def page_groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield what shares page settings."""
    group: list[Section] = []
    for section in sections:
        if section.role == "appendix" and group:
            yield group
            group = []
        group.append(section)
    yield group


def key_of_group(group: Sequence[Section], context: Context) -> str:
    """Return what names a group in two versions of a document."""
    return context.key(group[0]) if group and group[0].role == "appendix" else ""


def _is_turned(group: Sequence[Section]) -> bool:
    """Return whether the pages of a group are turned, which its first section decides."""
    return bool(group) and group[0].landscape


def _is_cover(group: Sequence[Section]) -> bool:
    """Return whether a group begins with the cover, which has the headers and footers of a first page."""
    return bool(group) and group[0].role == "cover"


def _section_properties(group: Sequence[Section], page: Page) -> str:
    """Return what ``w:sectPr`` holds behind its references, in the order of CT_SectPr; a cover has ``w:titlePg``."""
    turned = f'w:w="{page.height}" w:h="{page.width}" w:orient="landscape"'
    size = turned if _is_turned(group) else f'w:w="{page.width}" w:h="{page.height}"'
    margins = "".join(f' w:{side}="{value}"' for side, value in page.margins)
    cover = "<w:titlePg/>" if _is_cover(group) else ""
    return f'<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar{margins}/><w:cols w:space="708"/>{cover}'


def _asked_in_cover(context: Context) -> Asked:
    """Return the fields to fill in of the cover that headers show too."""
    cover = next((section for section in context.document.sections if section.role == "cover"), None)
    return asked_in(cover, None if context.kept is None else Deletion if context.kept is Insertion else Insertion)


def _margins(group: Sequence[Section], context: Context, reference: ReferenceDocument, asked: Asked) -> list[FilledMargin]:
    words = margin_words(context.document.properties, context.words, group[0] if group and group[0].role == "appendix" else None, asked)
    fields = asked if context.kept is None else {}
    margins: list[tuple[MarginKind, Margin | None]] = [(("header", "default"), reference.header), (("footer", "default"), reference.footer)]
    if _is_cover(group):
        margins += [(("header", "first"), reference.first_header), (("footer", "first"), reference.first_footer)]
    return [FilledMargin(kind, margin, words, None, fields, context.words.locale) for kind, margin in margins if margin is not None]


def body_xml(package: Package, groups: Sequence[Group], serializer: Serializer, numbers: Numbers) -> list[str]:
    """Return the ``w:body`` of groups, each ended by its properties, with their headers and footers in the package.

    It is in pieces, cut behind what is kept of a clause.
    """
    # What the text refers to comes first among the relationships: the headers aren't part of it.
    texts = [
        [numbers.resolved(serializer.flow(piece)) for piece in _pieces(_carrying(group, number, len(groups)))]
        for number, group in enumerate(groups, 1)
    ]
    for number, (pieces, group) in enumerate(zip(texts, groups, strict=True), 1):
        pieces[-1] = _ended(pieces[-1], number, _placed(package, group, number, serializer, numbers))
    return ["<w:body>", *(piece for pieces in texts for piece in pieces), "</w:body>"]


def _pieces(flow: Sequence[P | Tbl | str]) -> list[list[P | Tbl | str]]:
    """Return a flow in pieces, each of which begins with what is text already."""
    pieces: list[list[P | Tbl | str]] = [[]]
    for each in flow:
        if isinstance(each, str) and pieces[-1]:
            pieces.append([])
        pieces[-1].append(each)
    return pieces


def _carrying(group: Group, number: int, count: int) -> Sequence[P | Tbl | str]:
    """Return the flow of a group whose last paragraph is to carry its properties, unless it is the last group."""
    last = group.flow[-1]
    assert isinstance(last, P)  # noqa: S101  # a group ends in a paragraph
    return group.flow if number == count else [*group.flow[:-1], replace(last, section=section_token(number))]


def _ended(text: str, number: int, properties: str) -> str:
    token = section_token(number)
    return text.replace(token, properties) if token in text else text + properties


def _placed(package: Package, group: Group, number: int, serializer: Serializer, numbers: Numbers) -> str:
    """Return the ``w:sectPr`` of a group, with what it was in the old version last in it (17.13.5.32)."""
    references = ""
    for margin in group.margins:
        kind, which = margin.kind
        name = f"{number}" if which == "default" else f"{number}-{which}"
        identifier = add_margin(package, name, margin, serializer.stamp, numbers)
        references += f'<w:{kind}Reference w:type="{which}" r:id="{identifier}"/>'
    change = "" if group.was is None else serializer.stamp.mark("w:sectPrChange", f"<w:sectPr>{group.was}</w:sectPr>")
    return f"<w:sectPr>{references}{group.properties}{change}</w:sectPr>"
