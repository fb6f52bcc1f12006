"""Pairs of versions, made by chance from a seed: edits of wording and of data, alone and together, in both languages and directions.

Each edit is a function of a document (or of an agreement) and of a source of chance; one that finds nothing to edit gives None. The
same seed gives the same pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, NamedTuple

from snc_docs import Agreement, assemble, load_agreement
from snc_docs.assembly import numbered
from snc_docs.document.nodes import (
    Block,
    BulletList,
    Cell,
    Contents,
    Document,
    Link,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Section,
    Strong,
    Table,
    Text,
    Value,
)
from snc_docs.document.walk import plain_text, rewrite, walk
from snc_docs.model.periods import Period
from tests.tools import EXAMPLES, LANGUAGES, TODAY

WordingEdit = Callable[[Document, Random], Document | None]
DataEdit = Callable[[Agreement, Random], Agreement | None]
_WORDS = ("promptly", "in writing", "without cost", "each year", "on request", "within reason", "as agreed", "in good faith")
_SENTENCE = "Both parties keep a record of it {}."


class Pair(NamedTuple):
    """Two versions of one document, and what was done to the first."""

    name: str
    old: Document
    new: Document


# ----------------------------------------------------------------------------------------------------- edits of wording


def _some_clause(document: Document, random: Random, change: Callable[[Section], Section | None]) -> Document | None:
    """Return the document with one of its clauses or appendices changed, by chance."""
    order = [section for section in document.sections if section.role in ("clause", "appendix")]
    random.shuffle(order)
    for section in order:
        changed = _in_depth(section, random, change)
        if changed is not None:
            return _with(document, section, changed)
    return None


def _in_depth(section: Section, random: Random, change: Callable[[Section], Section | None]) -> Section | None:
    """Return the section with itself or one of its parts changed."""
    parts = [block for block in section.blocks if isinstance(block, Section)]
    if parts and random.random() < 0.5:
        part = random.choice(parts)
        inner = _in_depth(part, random, change)
        if inner is not None:
            return replace(section, blocks=tuple(inner if each is part else each for each in section.blocks))
    return change(section)


def _with(document: Document, old: Section, *new: Section) -> Document:
    index = document.sections.index(old)
    return replace(document, sections=(*document.sections[:index], *new, *document.sections[index + 1 :]))


def _words_changed(document: Document, random: Random) -> Document | None:
    return _some_text(document, random, lambda text: _swapped(text, random))


def _some_text(document: Document, random: Random, change: Callable[[str], Any]) -> Document | None:
    texts = [node for node in walk(document) if isinstance(node, Text) and len(node.text.split()) > 3]
    if not texts:
        return None
    chosen = random.choice(texts)
    found = False

    def edited(node: Any) -> Any:
        nonlocal found
        if node is chosen and not found:
            found = True
            return change(node.text)
        return node

    return replace(document, sections=tuple(rewrite(section, edited) for section in document.sections))


def _swapped(text: str, random: Random) -> Text:
    words = text.split(" ")
    places = [index for index, word in enumerate(words) if word.isalpha()]
    if places:
        words[random.choice(places)] = random.choice(_WORDS)
    return Text(" ".join(words))


def _word_out(document: Document, random: Random) -> Document | None:
    def change(text: str) -> Text:
        words = text.split(" ")
        places = [index for index, word in enumerate(words) if word.isalpha()]
        if places:
            del words[random.choice(places)]
        return Text(" ".join(words))

    return _some_text(document, random, change)


def _words_in(document: Document, random: Random) -> Document | None:
    def change(text: str) -> Text:
        words = text.split(" ")
        words.insert(random.randrange(1, len(words)), f"({random.choice(_WORDS)})")
        return Text(" ".join(words))

    return _some_text(document, random, change)


def _bold(document: Document, random: Random) -> Document | None:
    def change(text: str) -> Any:
        first, _, rest = text.partition(" ")
        return Text(first + " "), Strong((Text(rest),))

    return _some_text(document, random, change)


def _linked(document: Document, random: Random) -> Document | None:
    return _some_text(document, random, lambda text: Link(f"https://example.com/{random.randrange(9)}", (Text(text),)))


def _blocks(section: Section, blocks: list[Block]) -> Section:
    return replace(section, blocks=tuple(blocks))


def _own(section: Section) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a section before its parts, and its parts."""
    parts = [block for block in section.blocks if isinstance(block, Section)]
    return [block for block in section.blocks if not isinstance(block, Section)], list(parts)


def _paragraph_in(document: Document, random: Random) -> Document | None:
    def change(section: Section) -> Section | None:
        own, parts = _own(section)
        own.insert(random.randint(0, len(own)), Paragraph((Text(_SENTENCE.format(random.choice(_WORDS))),)))
        return _blocks(section, own + parts)

    return _some_clause(document, random, change)


def _some_paragraph(document: Document, random: Random, change: Callable[[Paragraph], list[Block]]) -> Document | None:
    def edited(section: Section) -> Section | None:
        own, parts = _own(section)
        places = [index for index, block in enumerate(own) if isinstance(block, Paragraph) and block.role == "body" and plain_text(block.children)]
        if not places:
            return None
        index = random.choice(places)
        paragraph = own[index]
        assert isinstance(paragraph, Paragraph)
        return _blocks(section, [*own[:index], *change(paragraph), *own[index + 1 :], *parts])

    return _some_clause(document, random, edited)


def _paragraph_out(document: Document, random: Random) -> Document | None:
    return _some_paragraph(document, random, lambda _: [])


def _paragraph_rewritten(document: Document, random: Random) -> Document | None:
    return _some_paragraph(document, random, lambda _: [Paragraph((Text(_SENTENCE.format(random.choice(_WORDS))),))])


def _to_notice(document: Document, random: Random) -> Document | None:
    return _some_paragraph(document, random, lambda paragraph: [replace(paragraph, role="notice")])


def _to_item(document: Document, random: Random) -> Document | None:
    kind = random.choice((BulletList, OrderedList))
    return _some_paragraph(document, random, lambda paragraph: [kind((ListItem((paragraph,)),))])


def _split(document: Document, random: Random) -> Document | None:
    def change(paragraph: Paragraph) -> list[Block]:
        for index, inline in enumerate(paragraph.children):
            if isinstance(inline, Text) and ". " in inline.text:
                first, rest = inline.text.split(". ", 1)
                return [Paragraph((*paragraph.children[:index], Text(f"{first}."))), Paragraph((Text(rest), *paragraph.children[index + 1 :]))]
        return [paragraph, Paragraph((Text(_SENTENCE.format(random.choice(_WORDS))),))]

    return _some_paragraph(document, random, change)


def _heading_in(document: Document, random: Random) -> Document | None:
    def change(section: Section) -> Section | None:
        own, parts = _own(section)
        if section.role == "subsection" or not own:
            return None
        at = random.randint(0, len(own))
        title = (Text(f"On what is done {random.choice(_WORDS)}"),)
        return _blocks(section, [*own[:at], Section(f"part-{random.randrange(10**6)}", "subsection", title, tuple(own[at:])), *parts])

    return _some_clause(document, random, change)


def _with_parts(document: Document, random: Random, change: Callable[[list[Section], int], list[Block]]) -> Document | None:
    def edited(section: Section) -> Section | None:
        own, parts = _own(section)
        inner = [part for part in parts if isinstance(part, Section)]
        if not inner:
            return None
        index = random.randrange(len(inner))
        return _blocks(section, [*own, *change(inner, index)])

    order = [section for section in document.sections if section.role in ("clause", "appendix")]
    random.shuffle(order)
    for section in order:
        changed = edited(section)
        if changed is not None:
            return _with(document, section, changed)
    return None


def _heading_out(document: Document, random: Random) -> Document | None:
    """Take a heading out: what stood under it goes on in the part before it."""

    def change(parts: list[Section], index: int) -> list[Block]:
        part = parts[index]
        own, inner = _own(part)
        if index:
            before = parts[index - 1]
            return [*parts[: index - 1], _blocks(before, [*before.blocks, *own, *inner]), *parts[index + 1 :]]
        return [*own, *inner, *parts[1:]]

    changed = _with_parts(document, random, change)
    return _without_dangling(changed) if changed is not None else None


def _lowered(document: Document, random: Random) -> Document | None:
    def change(parts: list[Section], index: int) -> list[Block]:
        if not index or any(isinstance(block, Section) for block in parts[index].blocks):
            return [*parts]
        before = parts[index - 1]
        return [*parts[: index - 1], _blocks(before, [*before.blocks, parts[index]]), *parts[index + 1 :]]

    return _with_parts(document, random, change)


def _part_moved(document: Document, random: Random) -> Document | None:
    return _with_parts(document, random, lambda parts, index: [*parts[:index], *parts[index + 1 :], parts[index]])


def _retitled(document: Document, random: Random) -> Document | None:
    return _some_clause(document, random, lambda section: replace(section, title=(*section.title, Text(f" {random.choice(_WORDS)}"))))


def _of_role(document: Document, random: Random, role: str) -> Section | None:
    found = [section for section in document.sections if section.role == role]
    return random.choice(found) if found else None


def _section_in(document: Document, random: Random) -> Document | None:
    after = _of_role(document, random, random.choice(("clause", "appendix")))
    if after is None:
        return None
    items = BulletList(tuple(ListItem((Paragraph((Text(word),)),)) for word in _WORDS[:3]))
    blocks = (Paragraph((Text(_SENTENCE.format(random.choice(_WORDS))),)), items)
    return _with(document, after, after, Section(f"new-{random.randrange(10**6)}", after.role, (Text("What is new"),), blocks))


def _section_out(document: Document, random: Random) -> Document | None:
    gone = _of_role(document, random, random.choice(("clause", "appendix")))
    return _without_dangling(_with(document, gone)) if gone is not None else None


def _section_moved(document: Document, random: Random) -> Document | None:
    role = random.choice(("clause", "appendix"))
    moved = _of_role(document, random, role)
    if moved is None:
        return None
    places = [index for index, section in enumerate(document.sections) if section.role == role]
    others = [section for section in document.sections if section is not moved]
    others.insert(random.choice(places), moved)
    return replace(document, sections=tuple(others))


def _renamed(document: Document, random: Random) -> Document | None:
    section = _of_role(document, random, "clause")
    if section is None:
        return None
    name = f"{section.id}-x"

    def renamed(node: Any) -> Any:
        return replace(node, target=name) if isinstance(node, Reference) and node.target == section.id else node

    sections = (replace(each, id=name) if each is section else each for each in document.sections)
    return replace(document, sections=tuple(rewrite(each, renamed) for each in sections))


def _some_node(document: Document, random: Random, kind: type, change: Callable[[Any], Any]) -> Document | None:
    found = [node for node in walk(document) if isinstance(node, kind)]
    if not found:
        return None
    chosen = random.choice(found)
    return replace(document, sections=tuple(rewrite(section, lambda node: change(node) if node is chosen else node) for section in document.sections))


def _item_in(document: Document, random: Random) -> Document | None:
    item = ListItem((Paragraph((Text(random.choice(_WORDS)),)),))

    def change(block: Any) -> Any:
        at = random.randint(0, len(block.items))
        return replace(block, items=(*block.items[:at], item, *block.items[at:]))

    return _some_node(document, random, random.choice((BulletList, OrderedList)), change)


def _item_out(document: Document, random: Random) -> Document | None:
    def change(block: Any) -> Any:
        at = random.randrange(len(block.items))
        left = (*block.items[:at], *block.items[at + 1 :])
        return replace(block, items=left) if left else block

    return _some_node(document, random, random.choice((BulletList, OrderedList)), change)


def _rows(document: Document, random: Random, change: Callable[[list[Any]], list[Any]]) -> Document | None:
    return _some_node(document, random, Table, lambda table: replace(table, rows=tuple(change(list(table.rows)))))


def _row_out(document: Document, random: Random) -> Document | None:
    def change(rows: list[Any]) -> list[Any]:
        places = [index for index, row in enumerate(rows) if not row.group]
        if len(places) > 1:
            del rows[random.choice(places)]
        return rows

    return _rows(document, random, change)


def _row_in(document: Document, random: Random) -> Document | None:
    def change(rows: list[Any]) -> list[Any]:
        places = [index for index, row in enumerate(rows) if not row.group]
        if places:
            row = rows[random.choice(places)]
            cells = tuple(Cell((Value("added", f"added {index}"),)) for index, _ in enumerate(row.cells))
            rows.insert(random.choice(places), replace(row, key="added", cells=cells))
        return rows

    return _rows(document, random, change)


def _row_moved(document: Document, random: Random) -> Document | None:
    def change(rows: list[Any]) -> list[Any]:
        places = [index for index, row in enumerate(rows) if not row.group]
        if len(places) > 1:
            rows.insert(random.choice(places), rows.pop(random.choice(places)))
        return rows

    return _rows(document, random, change)


def _widths(document: Document, random: Random) -> Document | None:
    def change(table: Any) -> Any:
        if len(table.columns) < 2 or table.columns[0].width < 12:
            return table
        first, second, *rest = table.columns
        return replace(table, columns=(replace(first, width=first.width - 5), replace(second, width=second.width + 5), *rest))

    return _some_node(document, random, Table, change)


def _table_out(document: Document, random: Random) -> Document | None:
    return _some_node(document, random, Table, lambda _: ())


def _contents_out(document: Document, random: Random) -> Document | None:
    return _some_node(document, random, Contents, lambda _: ())


def _page_break(document: Document, random: Random) -> Document | None:
    return _some_paragraph(document, random, lambda paragraph: [PageBreak(), paragraph])


def _without_dangling(document: Document) -> Document:
    """Return a document whose references to what it no longer has are plain words."""
    known = {node.id for node in walk(document) if isinstance(node, Section)}

    def known_only(node: Any) -> Any:
        return Text(node.text) if isinstance(node, Reference) and node.target not in known else node

    return replace(document, sections=tuple(rewrite(section, known_only) for section in document.sections))


WORDING: dict[str, WordingEdit] = {
    "words changed": _words_changed,
    "word out": _word_out,
    "words in": _words_in,
    "bold": _bold,
    "link": _linked,
    "paragraph in": _paragraph_in,
    "paragraph out": _paragraph_out,
    "paragraph rewritten": _paragraph_rewritten,
    "paragraph to notice": _to_notice,
    "paragraph to item": _to_item,
    "paragraph split": _split,
    "heading in": _heading_in,
    "heading out": _heading_out,
    "heading lowered": _lowered,
    "part moved": _part_moved,
    "retitled": _retitled,
    "section in": _section_in,
    "section out": _section_out,
    "section moved": _section_moved,
    "identifier changed": _renamed,
    "item in": _item_in,
    "item out": _item_out,
    "row in": _row_in,
    "row out": _row_out,
    "row moved": _row_moved,
    "column widths": _widths,
    "table out": _table_out,
    "contents out": _contents_out,
    "page break": _page_break,
}

# -------------------------------------------------------------------------------------------------------- edits of data


def _version(agreement: Agreement, random: Random) -> Agreement:
    return agreement.model_copy(update={"document": agreement.document.model_copy(update={"version": f"{random.randrange(2, 9)}.0"})})


def _notice(agreement: Agreement, random: Random) -> Agreement:
    period = Period(days=random.randrange(31, 90))
    return agreement.model_copy(update={"notices": agreement.notices.model_copy(update={"change": period})})


def _client_name(agreement: Agreement, random: Random) -> Agreement:
    return agreement.model_copy(update={"client": agreement.client.model_copy(update={"legal_name": f"Compagnie {random.randrange(99)} SA"})})


def _contact_out(agreement: Agreement, random: Random) -> Agreement | None:
    contacts = list(agreement.client_contacts)
    if not contacts:
        return None
    del contacts[random.randrange(len(contacts))]
    return agreement.model_copy(update={"client_contacts": tuple(contacts)})


def _contacts_turned(agreement: Agreement, random: Random) -> Agreement | None:
    contacts = list(agreement.client_contacts)
    random.shuffle(contacts)
    return agreement.model_copy(update={"client_contacts": tuple(contacts)})


def _interface(agreement: Agreement, random: Random) -> Agreement:
    languages = random.choice((("fr", "en"), ("en",), ("fr",)))
    return agreement.model_copy(update={"languages": agreement.languages.model_copy(update={"interface": languages})})


DATA: dict[str, DataEdit] = {
    "version": _version,
    "notice": _notice,
    "client's name": _client_name,
    "contact out": _contact_out,
    "contacts in another order": _contacts_turned,
    "languages of the interface": _interface,
}

# ---------------------------------------------------------------------------------------------------------------- pairs

_AGREEMENTS = ("outscale/client", "outscale/client-unknown", "complete/client", "choices/first")
_MOST_TOGETHER = 5


@cache
def _agreement(name: str) -> Agreement:
    return load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY)


def pairs(seed: int, count: int) -> Iterator[Pair]:
    """Yield pairs of versions: each kind of edit alone first, in turn, then several together; half of them lead back."""
    random = Random(seed)  # chance that can be had again, not a secret
    kinds = [*WORDING, *DATA]
    for number in range(count):
        names = [kinds[number % len(kinds)]] if number < 2 * len(kinds) else random.sample(kinds, random.randint(2, _MOST_TOGETHER))
        old, new = _edited(names, random)
        if random.random() < 0.5:
            old, new = new, old
        yield Pair(f"{number}: {', '.join(names)}", old, new)


def _edited(names: list[str], random: Random) -> tuple[Document, Document]:
    agreement, language = _agreement(random.choice(_AGREEMENTS)), random.choice(LANGUAGES)
    edited = agreement
    for name in names:
        edited = (DATA[name](edited, random) if name in DATA else None) or edited
    old, new = assemble(agreement, language), assemble(edited, language)
    for name in names:
        new = (WORDING[name](new, random) if name in WORDING else None) or new
    return old, numbered(new)[0]
