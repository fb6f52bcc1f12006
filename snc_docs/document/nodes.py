"""The document tree: small, frozen, equal by value, of the standard library alone.

Readers and templates make it, phases rewrite it, writers print it. Children are tuples, so a tree can be hashed and
shared between threads. ``origin`` says which template line a node came from; it takes no part in equality or in the
JSON codec.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args, get_origin

from snc_docs.document.origins import Origin
from snc_docs.document.revised import NODES, WORDS
from snc_docs.document.revised import Deletion as Deletion  # noqa: PLC0414  # nodes like the others, for who imports them from here
from snc_docs.document.revised import Insertion as Insertion  # noqa: PLC0414  # as above
from snc_docs.patterns import regex

# What names a section: small letters and digits, joined by single hyphens, 60 at most.
IDENTIFIER = regex("[a-z0-9](?:-?[a-z0-9]){0,59}")
# What a box to tick looks like, empty and ticked.
EMPTY_BOX = "\N{BALLOT BOX}"
# What a cell of a table shows that says nothing, so that nobody takes it for one that was forgotten.
EMPTY_CELL = "–"
TICKED_BOX = "\N{BALLOT BOX WITH X}"


def _origin() -> Origin | None:
    return field(default=None, compare=False, repr=False)


# ---------------------------------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """Words that came from the data at ``path``, verbatim; a newline prints as a line break."""

    path: str
    text: str


# What goes into a field: words that are the same in all languages, words of one language, a day, or a box that is ticked.
FillKind = Literal["text", "wording", "date", "check"]


@dataclass(frozen=True, slots=True)
class FillIn:
    """A field left for the reader of the document to fill in; ``path`` names it, ``prompt`` shows in it (of a box, what ticking it says).

    ``kind`` takes no part in equality: it says how the field is filled in, not what the document says.
    """

    path: str
    prompt: str
    kind: FillKind = field(default="text", compare=False)

    @property
    def shown(self) -> str:
        """Return what shows while nothing is filled in: the prompt in brackets, or an empty box."""
        return EMPTY_BOX if self.kind == "check" else f"[{self.prompt}]"


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold words."""

    children: tuple[Inline, ...] = field(metadata=WORDS)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic words."""

    children: tuple[Inline, ...] = field(metadata=WORDS)


@dataclass(frozen=True, slots=True)
class Link:
    """A live hyperlink to ``href`` (http, https, mailto or tel)."""

    href: str
    children: tuple[Inline, ...] = field(metadata=WORDS)
    origin: Origin | None = _origin()


ReferenceForm = Literal["label", "number", "title", "page"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A live cross-reference to the section ``target``; ``text`` is what it shows once resolved: "" for its page, which only a layout knows."""

    target: str
    form: ReferenceForm
    text: str = ""
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Term:
    """The place in a sentence that defines a term; ``forms`` are all the spellings that mean it."""

    id: str
    forms: tuple[str, ...]
    children: tuple[Inline, ...] = field(metadata=WORDS)
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that state ``facts``, by the identifiers that rules of compliance go by; they print as any others."""

    facts: tuple[str, ...]
    children: tuple[Inline, ...] = field(metadata=WORDS)
    origin: Origin | None = _origin()


Inline = Text | Value | FillIn | Strong | Emphasis | Link | Reference | Term | Statement | Insertion["Inline"] | Deletion["Inline"]

# ----------------------------------------------------------------------------------------------------------- blocks

ParagraphRole = Literal["body", "notice", "quote", "subtitle"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``notice`` is a boxed remark, ``subtitle`` stands under the title on the cover."""

    children: tuple[Inline, ...] = field(metadata=WORDS)
    role: ParagraphRole = "body"
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list: paragraphs and lists in it."""

    blocks: tuple[ItemBlock, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with bullets."""

    items: tuple[ListItem, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list: (a), (i), (A) by depth, counted from the start."""

    items: tuple[ListItem, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its heading and its share of the width, in per cent; in a redline ``was`` is the share that it had where that changed."""

    title: tuple[Inline, ...] = field(metadata=WORDS)
    width: int
    was: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell: one paragraph."""

    children: tuple[Inline, ...] = field(metadata=WORDS)


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; a group row has one cell over all columns.

    ``key`` is the data path of the item it shows ("" for none). It takes no part in equality: with two items of one key it
    depends on their order.
    """

    key: str = field(compare=False)
    cells: tuple[Cell, ...] = field(metadata=NODES)
    group: bool = False
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header row repeats on each page and whose rows don't break."""

    columns: tuple[Column, ...] = field(metadata=NODES)
    rows: tuple[Row, ...] = field(metadata=NODES)
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line: label on the left, what it is on the right; no children means room to write by hand."""

    label: tuple[Inline, ...] = field(metadata=WORDS)
    children: tuple[Inline, ...] = field(metadata=WORDS)
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled lines one under the other."""

    rows: tuple[Fact, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class Signatory:
    """One column of a signature block."""

    heading: tuple[Inline, ...] = field(metadata=WORDS)
    rows: tuple[Fact, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signature block: one column for each party, all on one page."""

    columns: tuple[Signatory, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term and what it means; the first of ``forms`` is the headword."""

    id: str
    forms: tuple[str, ...]
    blocks: tuple[Paragraph, ...] = field(metadata=NODES)
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Defined terms, sorted by the language's collation."""

    entries: tuple[Definition, ...] = field(metadata=NODES)


@dataclass(frozen=True, slots=True)
class Contents:
    """The place of the table of contents."""

    title: tuple[Inline, ...] = field(metadata=WORDS)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a page."""


@dataclass(frozen=True, slots=True)
class Embed:
    """The place of a file named by the data at ``path``; assembly puts pictures or a foreign document here."""

    path: str
    name: str
    alt: str
    origin: Origin | None = _origin()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; ``resource`` names one of the document's resources, sizes are in millimetres."""

    resource: str
    width: float
    height: float
    alt: str


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A Word document that was written elsewhere, joined in whole."""

    resource: str
    title: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What one language says on the left and another on the right, in a document of two languages."""

    left: tuple[Block, ...] = field(metadata=NODES)
    right: tuple[Block, ...] = field(metadata=NODES)


SectionRole = Literal["cover", "unnumbered", "clause", "appendix", "subsection"]


@dataclass(frozen=True, slots=True)
class Section:
    """A clause, an appendix, or a part of one, with a stable identifier that is the same in all languages.

    ``number`` is "" until computed and for what has no number; ``label`` is what a reference to it shows
    ("Article 7.6", "Appendix C"). A ``landscape`` section turns its pages; only appendices can. ``covers`` are the
    requirements of the framework that the clause declares to meet, by their identifiers. ``translation`` is the title in
    the second language of a document of two.
    """

    id: str
    role: SectionRole
    title: tuple[Inline, ...] = field(metadata=WORDS)
    blocks: tuple[Block, ...] = field(metadata=NODES)
    number: str = ""
    label: str = ""
    landscape: bool = False
    covers: tuple[str, ...] = ()
    translation: tuple[Inline, ...] = field(default=(), metadata=WORDS)
    origin: Origin | None = _origin()


# What a list's item may hold: a table of contents or a table there would be no Word that a reader of the file expects.
ItemBlock = Paragraph | BulletList | OrderedList | Insertion["ItemBlock"] | Deletion["ItemBlock"]

# What is a line of its own in a redline: a section stands for its heading, without its blocks.
LineBlock = Paragraph | Table | Facts | Signatures | DefinitionList | Contents | PageBreak | Embed | Picture | ForeignDocument | SideBySide | Section

Block = LineBlock | BulletList | OrderedList | Insertion["Block"] | Deletion["Block"]
# A list or an item that holds nothing yet.
ListShell = BulletList | OrderedList | ListItem


# Whatever stands in a tree below the document.
Node = Inline | Block | ListItem | Column | Cell | Row | Fact | Signatory | Definition


def kinds_of(union: object) -> frozenset[type]:
    """Return the classes of a union of nodes: ``isinstance`` doesn't take one that holds revisions of its own kind."""
    return frozenset(get_origin(kind) or kind for kind in get_args(union))


# --------------------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True)
class Resource:
    """Bytes that the document carries: a picture or a foreign document, named by its digest."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Properties:
    """What headers, footers and file properties say; "" where unknown. ``date`` is ISO 8601, ``status`` a word for what isn't to be signed as it is."""

    title: str = ""
    subject: str = ""
    author: str = ""
    reference: str = ""
    version: str = ""
    date: str = ""
    confidentiality: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """Who made the revisions of a redline, and when: ISO 8601 in UTC, "" where unknown."""

    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language (``fr`` or ``en``), or in two side by side: then ``second`` is the one on the right."""

    language: str
    sections: tuple[Section, ...] = field(metadata=NODES)
    properties: Properties = Properties()
    resources: tuple[Resource, ...] = ()
    second: str = ""

    def resource(self, name: str) -> Resource:
        """Return the resource called ``name``; KeyError where the document has none."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a line of one version stands in.

    ``kept`` counts the sections, lists and items that stay open behind the line before it in that version, outermost first (a heading
    opens its section); ``opens`` are the lists and items that begin with it.
    """

    kept: int
    opens: tuple[ListShell, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on its own in a redline: one heading, paragraph or other block; none where a list or an item holds nothing.

    ``old`` and ``new`` say what it stands in, None in a version that lacks it. Its words hold both versions; ``was`` is the block of the
    old version, its words left out, where more than words changed. ``move`` is "" or what a line that went shares with the one that came.
    """

    content: tuple[LineBlock, ...] = field(metadata=NODES)
    old: Frame | None
    new: Frame | None
    was: LineBlock | None = None
    move: str = ""

    @property
    def block(self) -> LineBlock | None:
        """Return its block."""
        return self.content[0] if self.content else None


@dataclass(frozen=True, slots=True)
class Redline:
    """Two versions of one document as one: lines that both have, or one alone.

    ``old`` and ``new`` are the versions with their sections left out; ``revised`` says who revised, and when.
    """

    old: Document
    new: Document
    lines: tuple[Line, ...] = field(metadata=NODES)
    revised: Revised = Revised()
