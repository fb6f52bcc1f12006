"""The body: blocks as paragraphs and tables, headings with bookmarks.

A page break is ``w:pageBreakBefore`` on the paragraph that follows, never an empty paragraph. Adjacent tables would merge, so a
paragraph of six points stands between them; a table can't end a section or a page break either, so it stands there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Final, assert_never

from snc_docs.diagnostics import FindingsError
from snc_docs.document.nodes import (
    Block,
    BulletList,
    Contents,
    Definition,
    DefinitionList,
    Deletion,
    Embed,
    Facts,
    ForeignDocument,
    Insertion,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Section,
    SideBySide,
    Signatures,
    Table,
)
from snc_docs.document.numbering import DEEPEST, heading_number, references_of, too_deep
from snc_docs.document.paragraphs import counts_paragraphs, is_counted, is_introduced, is_signed
from snc_docs.document.walk import MOST_KEPT, blocks_in, weight_of
from snc_docs.kept import Kept
from snc_docs.language.known import words_of
from snc_docs.writers.docx.columns import column_of, pair_row, pair_table
from snc_docs.writers.docx.contents import contents_of
from snc_docs.writers.docx.inlines import bookmark, content_of, reference_field, unit
from snc_docs.writers.docx.markup import PLAIN, Format, look_of, val
from snc_docs.writers.docx.numbering import BULLET_INDENT, LETTER_INDENT, PARAGRAPH_INDENT
from snc_docs.writers.docx.numbers import list_token
from snc_docs.writers.docx.pictures import drawing, fitted
from snc_docs.writers.docx.place import Context, Place, place_mark
from snc_docs.writers.docx.serializing import Serializer
from snc_docs.writers.docx.styles import APPENDIX_HEADINGS, CLAUSE_HEADINGS
from snc_docs.writers.docx.tables import keep_with_next, table_of
from snc_docs.writers.docx.written import BOTH, Content, Mark, P, PartlyText, PPr, R, Tbl, Tr

# A clause of so few paragraphs isn't broken over pages.
_SHORT: Final = 3
_PARAGRAPH_STYLES: Final = {"body": None, "notice": "Notice", "quote": None, "subtitle": "Subtitle"}
# A quotation is indented on both sides (17.3.1.12), by no style: a user's reference document needs none for it.
_INDENTS: Final = {"quote": '<w:ind w:left="567" w:right="284"/>'}
_BODY_TEXT: Final = 9  # the outline level of what isn't listed (17.3.1.20)
_FORCED: Final = PageBreak()
# The names of the lists of plain documents: each is one's own.
_OWN_LISTS: Final = count()
# How much of a digest tells two files of one name apart.
_DIGEST: Final = 8
# What shows more than is in its section: the other sections, the place of a document in the file.
_SHOW_OTHERS: Final = frozenset((Contents, ForeignDocument))
# What sections were written as, and whether that depends on the sections around them.
_written: Final[Kept[tuple[tuple[P | Tbl | str, ...], bool]]] = Kept(MOST_KEPT, weight_of)

# What is laid out: paragraphs, tables, rows of two columns, places where a page is to start, and paragraphs that are text already.
Written = P | Tbl | Tr | PageBreak | str


def body_of(sections: Sequence[Section], place: Place, context: Context) -> list[P | Tbl | str]:
    """Return the paragraphs and tables of sections that share one text area; what follows a cover starts a page.

    What a section was written as is kept as text, but for its last paragraph, which may carry the properties of a page group.
    """
    followed = list(zip(sections, map(is_signed, (*sections[1:], None)), strict=False))
    if context.document.second:
        return [*laid_out((each for section, to_sign in followed for each in _top(section, place, context, to_sign=to_sign)), place, context)[0]]
    flow: list[P | Tbl | str] = []
    starts_page = False
    for section, to_sign in followed:
        written, starts_page = _kept(section, place, context, starts_page=starts_page, to_sign=to_sign)
        flow += written
    return flow


def _kept(section: Section, place: Place, context: Context, *, starts_page: bool, to_sign: bool) -> tuple[Sequence[P | Tbl | str], bool]:
    """Return what a section is written as, and whether a page starts behind it."""
    if context.kept is not None or not _SHOW_OTHERS.isdisjoint(blocks_in(section)):
        return _laid_section(section, place, context, starts_page=starts_page, to_sign=to_sign)
    key = (starts_page, to_sign, place, context.styles, context.lists, _targets(section, context))
    return _written.get(section, key, lambda: _as_text(_laid_section(section, place, context, starts_page=starts_page, to_sign=to_sign)))


def _laid_section(section: Section, place: Place, context: Context, *, starts_page: bool, to_sign: bool) -> tuple[PartlyText, bool]:
    return laid_out(_top(section, place, context, to_sign=to_sign), place, context, starts_page=starts_page)


def _as_text(laid: tuple[PartlyText, bool]) -> tuple[tuple[P | Tbl | str, ...], bool]:
    flow, starts_page = laid
    return (Serializer().flow(flow[:-1]), *flow[-1:]), starts_page


def _targets(section: Section, context: Context) -> tuple[object, ...]:
    """Return what is written of the sections that a section refers to."""
    found = ((reference.form, context.targets.get(reference.target)) for reference in references_of(section))
    return tuple(
        (target.role, target.number, target.number if form != "title" and target.number else context.text(target.title)) if target else None
        for form, target in found
    )


def laid_out(written: Iterable[Written], place: Place, context: Context, *, starts_page: bool = False) -> tuple[PartlyText, bool]:
    """Return what was written as paragraphs and tables: pages started, tables kept apart, rows of two columns in tables of theirs.

    Beside it, whether a page is to start behind.
    """
    flow: PartlyText = []
    pairs: Tbl | None = None
    for each in written:
        if isinstance(each, PageBreak):
            starts_page = True
            continue
        if type(each) is P and starts_page:
            each.properties = each.properties._replace(page_break=True)
        if isinstance(each, (Tbl, Tr)):
            follows = type(each) is Tr and bool(flow) and flow[-1] is pairs
            if starts_page or (flow and type(flow[-1]) is Tbl and not follows):
                flow.append(_spacer(context, starts_page=starts_page, keep_next=bool(flow) and flow[-1] is pairs and _is_kept(pairs)))
                follows = False
        if isinstance(each, Tr):
            if not follows or pairs is None:
                pairs = pair_table(place.width)
                flow.append(pairs)
            pairs.rows.append(each)
        else:
            flow.append(each)
        starts_page = False
    return flow, starts_page


def _is_kept(table: Tbl | None) -> bool:
    """Return whether the last row of a table stays on the page of what follows: what stands between has to, too."""
    last = table.rows[-1].cells[0].blocks[-1] if table is not None else None
    return isinstance(last, P) and last.properties.keep_next


def _spacer(context: Context, *, starts_page: bool = False, keep_next: bool = False, key: str = "", move: str = "") -> P:
    return P(context.ppr("Spacer", keep_next=keep_next)._replace(page_break=starts_page), [], key, move)


def ended(flow: list[P | Tbl | str], context: Context) -> list[P | Tbl | str]:
    """Return a flow that ends in a paragraph, which carries the properties of its section."""
    return flow if flow and type(flow[-1]) is P else [*flow, _spacer(context)]


# --------------------------------------------------------------------------------------------------------- sections


def _top(section: Section, place: Place, context: Context, *, to_sign: bool) -> Iterable[Written]:
    """Return a section of the top level; ``to_sign`` is whether the signatures follow, which then stand on the page of its end."""
    written = _section(section, 0, place, context, is_appendix=section.role == "appendix")
    if section.role == "cover":
        return chain(written, [_FORCED])
    return _ending_together([*written]) if to_sign else written


def _ending_together(written: Sequence[Written]) -> Sequence[Written]:
    """Return what was written with its end on the page of what follows: the last paragraph, or the last row of a table and what stands behind that."""
    for each in reversed(written):
        if isinstance(each, P):
            each.properties = each.properties._replace(keep_next=True)
            if not each.content:  # it parts tables, whatever style a user's reference document has for it
                continue
        elif isinstance(each, Tbl):
            keep_with_next(each.rows[-1].cells)
        elif isinstance(each, Tr):
            keep_with_next(each.cells)
        break
    return written


def _section(section: Section, depth: int, place: Place, context: Context, *, is_appendix: bool) -> Iterator[Written]:
    names = APPENDIX_HEADINGS if is_appendix else CLAUSE_HEADINGS
    if depth == DEEPEST:
        raise FindingsError([too_deep(section)])
    style = {"cover": "Title", "unnumbered": "Unnumbered Heading"}.get(section.role, names[depth])
    numbering = _heading_numbering(section, depth, context, is_appendix=is_appendix)
    if context.document.second:
        left, right = _columns(place, context)
        headings = _heading(section, style, numbering, left, context), _translated_heading(section, style, right, context)
        yield pair_row([headings[0]], [headings[1]], place.width, context.key(section, "pair"), context.spot(section).move)
    else:
        yield _heading(section, style, numbering, place, context)
    yield from _blocks(section, depth, place, context, is_appendix=is_appendix)


def _heading_numbering(section: Section, depth: int, context: Context, *, is_appendix: bool) -> tuple[int, int] | None:
    """Return the list and level of a heading; list 0 takes off what its style would number (17.9.18)."""
    if section.role == "cover":
        return None
    if not section.number:
        return 0, 0
    return (context.lists.appendices if is_appendix else context.lists.clauses), depth


def _heading(section: Section, style: str, numbering: tuple[int, int] | None, place: Place, context: Context) -> P:
    name = bookmark(section.id, context)
    content: Content = [
        (BOTH, (Mark("w:bookmarkStart", name),)),
        *content_of(section.title, place, context),
        (BOTH, (Mark("w:bookmarkEnd", name),)),
    ]
    return P(context.ppr(style, keep_next=True, numbering=numbering), content, context.key(section), context.spot(section).move)


def _translated_heading(section: Section, style: str, place: Place, context: Context) -> P:
    """Return a heading in the right column: its look, no number of its own but a reference to it, not in the outline."""
    ending = unit(" " if section.role == "subsection" else ". ") if section.number else (BOTH, ())
    number = (reference_field(section.id, "\\r \\h", heading_number(section).rstrip("."), PLAIN, context),) if section.number else ()
    content: Content = [(BOTH, number), ending, *content_of(section.translation, place, context)]
    properties = context.ppr(style, keep_next=True, numbering=(0, 0), more=val("w:outlineLvl", _BODY_TEXT))
    return P(properties, content, context.key(section, "translation"), context.spot(section).move)


def _columns(place: Place, context: Context) -> tuple[Place, Place]:
    """Return the left and the right column of a place."""
    first, second = words_of(context.document.language), words_of(context.document.second)
    return column_of(place, first.colon, None), column_of(place, second.colon, second.locale)


# ----------------------------------------------------------------------------------------------------------- blocks


def _blocks(section: Section, depth: int, place: Place, context: Context, *, is_appendix: bool) -> Iterator[Written]:
    blocks = section.blocks
    counts = counts_paragraphs(section)
    inside = replace(place, counted=(context.lists.paragraphs, depth + 1)) if counts else place
    # Not of numbered ones: a paragraph more would change the properties of its neighbours, and LibreOffice loses the number of each when that is rejected.
    is_short = not counts and len(blocks) <= _SHORT and all(isinstance(block, Paragraph) for block in blocks)
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Section):
            yield from _section(block, depth + 1, place, context, is_appendix=is_appendix)
        else:
            yield from _block(block, inside, context, keep_next=is_introduced(following) or (is_short and following is not None))


def _block(block: Block, place: Place, context: Context, *, keep_next: bool) -> Iterator[Written]:
    match block:
        case Paragraph(children, role):
            numbering = place.counted if is_counted(block) else None
            properties = context.ppr(_PARAGRAPH_STYLES[role], keep_next=keep_next, numbering=numbering, more=_INDENTS.get(role, ""))
            yield _paragraph(block, properties, content_of(children, place, context), context)
        case BulletList(items):
            yield from _list(items, context.lists.bullets, 0, place, context)
        case OrderedList(items):
            yield from _list(items, _own_list(block, context), 0, place, context)
        case Table() | Facts() | Signatures():
            yield table_of(block, place, context)
            yield _spacer(context, key=context.key(block, "after"), move=context.spot(block).move)
        case DefinitionList(entries):
            for entry in entries:
                yield from _definition(entry, place, context)
        case Contents():
            yield from contents_of(block, place, context)
        case PageBreak():
            yield block
        case Picture():
            fitting = fitted(block, place.width, place.height)
            yield _paragraph(block, context.ppr("Illustration"), [(BOTH, (drawing(fitting),))], context)
        case ForeignDocument():
            yield _foreign(block, context)
        case SideBySide():
            yield _side_by_side(block, place, context, keep_next=keep_next)
        case Embed() | Section() | Insertion() | Deletion():
            raise AssertionError(f"{type(block).__name__} isn't a block by now")
        case _:
            assert_never(block)


def _paragraph(node: object, properties: PPr, content: Content, context: Context) -> P:
    spot = context.spot(node)
    return P(properties, content, spot.path, spot.move)


def _own_list(block: OrderedList, context: Context) -> str:
    """Return the token of a list that counts from the start; in a redline both versions have the same."""
    return list_token(context.key(block) or f"own {next(_OWN_LISTS)}")


def _list(items: Sequence[ListItem], list_id: int | str, level: int, place: Place, context: Context) -> Iterator[P]:
    """Yield items; only an item's first paragraph carries the number or bullet, the others are indented as far as its words."""
    step = BULLET_INDENT if list_id == context.lists.bullets else LETTER_INDENT
    margin = PARAGRAPH_INDENT if place.counted else 0
    indent = f'<w:ind w:left="{margin + step * (level + 1)}"/>'
    own = f'<w:ind w:left="{margin + step * (level + 1)}" w:hanging="{step}"/>' if margin else ""
    for index, item in enumerate(items):
        is_marked = True
        # Neither the first item nor the last stands alone on a page.
        together = index in (0, len(items) - 2) and index < len(items) - 1
        for block in item.blocks:
            match block:
                case Paragraph(children):
                    numbering, more = ((list_id, level), own) if is_marked else (None, indent)
                    properties = context.ppr("List Paragraph", keep_next=together, numbering=numbering, more=more)
                    yield _paragraph(block, properties, content_of(children, place, context), context)
                    is_marked = False
                case BulletList(inner):
                    yield from _list(inner, context.lists.bullets, min(level + 1, 2), place, context)
                case OrderedList(inner):
                    yield from _list(inner, _own_list(block, context), min(level + 1, 2), place, context)
                case Insertion() | Deletion():
                    raise AssertionError("a version of a redline has no revisions among its blocks")
                case _:
                    assert_never(block)


def _definition(entry: Definition, place: Place, context: Context) -> Iterator[P]:
    properties = context.ppr("Definition", more=f'<w:ind w:left="{PARAGRAPH_INDENT}"/>' if place.counted else "")
    bold = Format(bold=True, language=place.language)
    head: Content = [(BOTH, (R(look_of(bold), entry.forms[0]), R(look_of(bold), place.colon)))]
    first = entry.blocks[0] if entry.blocks else None
    yield _paragraph(entry, properties, [*head, *content_of(first.children if first else (), place, context)], context)
    for block in entry.blocks[1:]:
        yield _paragraph(block, properties, content_of(block.children, place, context), context)


def _foreign(block: ForeignDocument, context: Context) -> P:
    """Return an empty paragraph that says where a foreign document goes; ``foreign`` puts it there.

    A redline names the document instead, with the beginning of its digest: nobody can track changes in a file that we didn't write.
    """
    if context.kept is not None:
        return _paragraph(block, context.ppr("Notice"), [unit(f"{block.title} ({block.resource.partition('.')[0][:_DIGEST]})")], context)
    context.guests += 1
    name = place_mark(context.guests)
    return P(context.ppr("Spacer"), [(BOTH, (Mark("w:bookmarkStart", name), Mark("w:bookmarkEnd", name)))])


def _side_by_side(block: SideBySide, place: Place, context: Context, *, keep_next: bool) -> Tr:
    left, right = _columns(place, context)
    flows = [
        # Contents alone are text, and stand in no column.
        [
            each
            for each in laid_out((each for inner in blocks for each in _block(inner, column, context, keep_next=keep_next)), column, context)[0]
            if not isinstance(each, str)
        ]
        for column, blocks in ((left, block.left), (replace(right, counted=None), block.right))  # a row has one number
    ]
    return pair_row(flows[0], flows[1], place.width, context.key(block, "pair"), context.spot(block).move)
