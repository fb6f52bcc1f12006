"""Named kinds of edit: for each, an old and a new document that differ in that alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from snc_docs.document.nodes import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Fact,
    Facts,
    FillIn,
    Inline,
    Link,
    ListItem,
    OrderedList,
    PageBreak,
    Paragraph,
    Picture,
    Properties,
    Reference,
    Resource,
    Row,
    Section,
    Signatory,
    Signatures,
    Strong,
    Table,
    Text,
    Value,
)
from snc_docs.document.numbering import number, resolve
from snc_docs.document.walk import rewrite
from snc_docs.readers.embedded import digest_of
from tests.tools import ENGLISH

_PIXELS = (
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082",
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d76360f8cf00000202010018dd8db10000000049454e44ae426082",
)
_WORDS = "The Service Provider informs the Client thirty days before the change, in writing, and answers every question."
_MORE = "Evidence is kept for two years. Each party bears its own costs."


def _p(*inlines: Inline | str, **role: Any) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in inlines), **role)


def _bullets(*texts: str) -> BulletList:
    return BulletList(tuple(ListItem((_p(text),)) for text in texts))


def _letters(*texts: str) -> OrderedList:
    return OrderedList(tuple(ListItem((_p(text),)) for text in texts))


def _row(key: str, *cells: str) -> Row:
    return Row(key, tuple(Cell((Value(f"{key}.{index}", cell),) if cell else ()) for index, cell in enumerate(cells)))


_ROWS = (
    _row("a", "Alpha SAS", "Network", "Paris"),
    _row("b", "Beta SAS", "Hosting", "Lyon"),
    _row("c", "Gamma SAS", "Support", "Lille"),
    _row("d", "Delta SAS", "Audit", "Nantes"),
)


def _table(*rows: Row, columns: tuple[tuple[str, int], ...] = (("Name", 40), ("Service", 30), ("Town", 30))) -> Table:
    return Table(tuple(Column((Text(title),), width) for title, width in columns), rows)


def _clause(name: str, *blocks: Block, title: str = "", role: Any = "clause", **more: Any) -> Section:
    return Section(name, role, (Text(title or name.capitalize()),), blocks, **more)


def _document(*sections: Section, **more: Any) -> Document:
    properties = Properties(title="Agreement", author="Provider", reference="REF-1", version="1.0", date="2026-07-01")
    return resolve(number(Document("en", sections, more.pop("properties", properties), **more), ENGLISH))[0]


_COVER = _clause("cover", _p("between two parties", role="subtitle"), Contents((Text("Contents"),)), role="cover", title="Service agreement")
_PARTIES = Facts((Fact((Text("Client"),), (Value("client.name", "Acme SA"),)), Fact((Text("Seat"),), (Value("client.seat", "Paris"),))))
_NOTICE = _clause("notice", _p(_WORDS), _p(_MORE))
_DUTIES = _clause(
    "duties", _p("The Client:"), _bullets("pays on time", "names a contact", "keeps secrets"), _p("as said in ", Reference("notice", "label"), ".")
)
_STEPS = _clause(
    "steps", _p("In this order:"), _letters("write", "wait", "act"), _p("See ", Link("https://example.com/a", (Text("the service page"),)), ".")
)
_SUPPLIERS = _clause("suppliers", _p("Third parties at work:"), _table(*_ROWS), _p("The list is kept up to date."))
_DEFINITIONS = (Definition("api", ("API",), (_p("a programming interface."),)), Definition("log", ("Log",), (_p("a record."),)))
_TERMS = _clause("terms", DefinitionList(_DEFINITIONS))


def _signatory(party: str, name: str) -> Signatory:
    return Signatory((Text(party),), (Fact((Text("Name"),), (Text(name),)), Fact((Text("Signature"),), ())))


_SIGNING = _clause("signing", Signatures((_signatory("Client", "A. Martin"), _signatory("Provider", "B. Petit"))))
_ANNEX = _clause("annex", _p("Prices follow."), _table(*_ROWS[:2]), _p("All prices are net."), role="appendix", title="Prices")
_PROOF = _clause("proof", _p("The certificate."), role="appendix", title="Certificate")
_BODY = (_COVER, _clause("parties", _PARTIES), _NOTICE, _DUTIES, _STEPS, _SUPPLIERS, _TERMS, _SIGNING, _ANNEX, _PROOF)
BASE = _document(*_BODY)


def _with(name: str, *blocks: Any, **more: Any) -> Document:
    """Return the base document with other blocks in one section."""
    return _document(*(replace(each, blocks=blocks, **more) if each.id == name else each for each in _BODY))


def _words(*inlines: Inline | str) -> Document:
    return _with("notice", _p(*inlines), _p(_MORE))


def _order(*names: str, **more: Any) -> Document:
    sections = {each.id: each for each in _BODY}
    return _document(*(sections[name] for name in names), **more)


_NAMES = tuple(each.id for each in _BODY)


def _without(*names: str) -> Document:
    return _order(*(name for name in _NAMES if name not in names))


def _suppliers(*blocks: Block) -> Document:
    return _with("suppliers", *blocks)


def _duties(*items: str) -> Document:
    return _with("duties", _p("The Client:"), _bullets(*items), *_DUTIES.blocks[2:])


def _certificate(pixels: str) -> Document:
    content = bytes.fromhex(pixels)
    resource = Resource(f"{digest_of(content)}.png", "image/png", content)
    document = _with("proof", _p("The certificate."), Picture(resource.name, 50, 50, "certificate"))
    return replace(document, resources=(resource,))


_INTRODUCTION, _LAST = _p("Third parties at work:"), _p("The list is kept up to date.")
_NEW_CLAUSE = _clause("audit", _p("The Client may audit once a year."), _bullets("on site", "from afar"), title="Audit")
_OTHER_COLUMNS = _table(*(replace(row, cells=row.cells[:2]) for row in _ROWS), columns=(("Name", 60), ("Service", 40)))

_ASKED = Row("asked", (Cell((Text("Zeta SAS"),)), Cell((FillIn("zeta.service", "service"),)), Cell((Text("Metz"),))))
_ASKED_ROW, _ASKED_LAST = (_suppliers(_INTRODUCTION, _table(*rows), _LAST) for rows in ((*_ROWS[:2], _ASKED, *_ROWS[2:]), (*_ROWS, _ASKED)))
_THREE, _FOUR, _LATER = _letters("write", "wait", "act"), _letters("write", "wait", "act", "ask"), _letters("wait", "act", "ask")
_SEAT = FillIn("client.seat", "seat")
_TELEPHONE = Link("tel:+33465710004", (Value("client.telephone", "+33 4 65 71 00 04"),))


def _reached(telephone: Inline) -> Document:
    return _suppliers(_INTRODUCTION, _table(replace(_ROWS[0], cells=(*_ROWS[0].cells[:2], Cell((telephone,)))), *_ROWS[1:]), _LAST)


def _part(name: str, *blocks: Block, title: str = "") -> Section:
    return _clause(name, *blocks, title=title, role="subsection")


_WHERE, _WHEN, _HOW = _p("Notices are sent to the address of each party."), _p("They are received on the third day."), _p("Letters are in writing.")
_PLAIN_NOTICE = _with("notice", _p(_WORDS), _WHERE, _WHEN, _HOW)
_PARTED_NOTICE = _with("notice", _p(_WORDS), _part("where", _WHERE, _WHEN, _HOW, title="Where notices go"))
_DEEPER_NOTICE = _with("notice", _p(_WORDS), _part("what", _WHERE, _part("where", _WHEN, _HOW, title="Where notices go")))
_LEVEL_NOTICE = _with("notice", _p(_WORDS), _part("what", _WHERE), _part("where", _WHEN, _HOW, title="Where notices go"))


# More than any table has: it is what stays, where its neighbours went elsewhere.
_LONG = (_HOW, *(_p(f"{_MORE} For the {each} time, and as often as it is asked for in writing.") for each in ("first", "second", "third")))


def _lines(*blocks: Block) -> Document:
    return _with("notice", _p(_WORDS), *blocks)


def _renamed(document: Document, old: str, new: str) -> Document:
    """Return a document in which a section has another identifier."""

    def renamed(node: Any) -> Any:
        return replace(node, target=new) if isinstance(node, Reference) and node.target == old else node

    sections = (replace(each, id=new) if each.id == old else each for each in document.sections)
    return replace(document, sections=tuple(rewrite(each, renamed) for each in sections))


_EARLY_SUPPLIERS = _order("cover", "parties", "suppliers", "notice", "duties", "steps", "terms", "signing", "annex", "proof")

# Each name says what happens from the old document to the new one; "out" is "in" the other way round.
KINDS: dict[str, tuple[Document, Document]] = {
    "word changed": (BASE, _words(_WORDS.replace("thirty", "forty"))),
    "word in": (BASE, _words(_WORDS.replace("every question", "every single question"))),
    "word out": (BASE, _words(_WORDS.replace("every ", ""))),
    "first word": (BASE, _words(_WORDS.replace("The", "Any", 1))),
    "last word": (BASE, _words(_WORDS.replace("question.", "request."))),
    "accent": (_words("Le Prestataire a notifié."), _words("Le Prestataire a notifie.")),
    "capital": (BASE, _words(_WORDS.replace("change", "Change"))),
    "no-break space": (_words("at most 30 days"), _words("at most 30\u00a0days")),
    "double space": (_words("one two"), _words("one  two")),
    "typographic apostrophe": (_words("l'accord du Client"), _words("l’accord du Client")),
    "amount": (_words("au capital de 1\u202f849\u202f930\u00a0€."), _words("au capital de 1\u202f849\u202f931\u00a0€.")),
    "bold only": (BASE, _words("The Service Provider informs the Client ", Strong((Text("thirty days"),)), _WORDS.partition("thirty days")[2])),
    "italic and word": (BASE, _words(Emphasis((Text("The Service Provider"),)), _WORDS.partition("Provider")[2].replace("thirty", "forty"))),
    "line break": (_words(Value("x", "one two")), _words(Value("x", "one\ntwo"))),
    "whole paragraph replaced": (BASE, _with("notice", _p("Nothing of what stood here is left."), _p(_MORE))),
    "paragraph in": (BASE, _with("notice", _p(_WORDS), _p("A sentence between."), _p(_MORE))),
    "first paragraph in": (BASE, _with("notice", _p("A sentence before."), _p(_WORDS), _p(_MORE))),
    "last paragraph in": (BASE, _with("notice", _p(_WORDS), _p(_MORE), _p("A sentence after."))),
    "last paragraph of the document in": (BASE, _with("proof", _p("The certificate."), _p("It is renewed each year."))),
    "first paragraph out": (BASE, _with("notice", _p(_MORE))),
    "last paragraph out": (BASE, _with("notice", _p(_WORDS))),
    "paragraph split": (BASE, _with("notice", _p(_WORDS), _p("Evidence is kept for two years."), _p("Each party bears its own costs."))),
    "paragraph cut in three, with a word changed": (
        _with("notice", _p(f"{_MORE} {_WORDS}")),
        _with("notice", _p("Evidence is kept for two years."), _p("Each party bears its own expenses."), _p(_WORDS)),
    ),
    "paragraphs merged": (BASE, _with("notice", _p(f"{_WORDS} {_MORE}"))),
    "clause in": (BASE, _document(*_BODY[:4], _NEW_CLAUSE, *_BODY[4:])),
    "clause out": (BASE, _without("steps")),
    "first clause out": (BASE, _without("parties")),
    "last clause out": (BASE, _without("signing")),
    "clause moved": (BASE, _order("cover", "parties", "duties", "steps", "suppliers", "terms", "notice", "signing", "annex", "proof")),
    "clause moved and edited": (
        BASE,
        _document(
            *(_BODY[index] for index in (0, 1, 3, 4, 5)), replace(_NOTICE, blocks=(_p(_WORDS.replace("thirty", "forty")), _p(_MORE))), *_BODY[6:]
        ),
    ),
    "clauses swapped": (BASE, _order("cover", "parties", "notice", "steps", "duties", "suppliers", "terms", "signing", "annex", "proof")),
    "bullet in": (BASE, _duties("pays on time", "names a contact", "answers", "keeps secrets")),
    "first bullet out": (BASE, _duties("names a contact", "keeps secrets")),
    "last bullet in": (BASE, _duties("pays on time", "names a contact", "keeps secrets", "answers")),
    "bullet changed": (BASE, _duties("pays on time", "names two contacts", "keeps secrets")),
    "lettered item in": (BASE, _with("steps", _p("In this order:"), _letters("write", "wait", "ask", "act"), *_STEPS.blocks[2:])),
    "last lettered item in, in a second list": (_lines(_letters("a", "b"), _p("And:"), _THREE), _lines(_letters("a", "b"), _p("And:"), _FOUR)),
    "first lettered item out, in a second list": (_lines(_letters("a", "b"), _p("And:"), _FOUR), _lines(_letters("a", "b"), _p("And:"), _LATER)),
    "list in": (BASE, _with("notice", _p(_WORDS), _bullets("by letter", "by e-mail"), _p(_MORE))),
    "bullets to letters": (
        BASE,
        _with("duties", _p("The Client:"), _letters("pays on time", "names a contact", "keeps secrets"), *_DUTIES.blocks[2:]),
    ),
    "subheading in": (_PLAIN_NOTICE, _PARTED_NOTICE),
    "subheading in before the last paragraph": (_PLAIN_NOTICE, _with("notice", _p(_WORDS), _WHERE, _WHEN, _part("how", _HOW))),
    "subheading out": (_PARTED_NOTICE, _PLAIN_NOTICE),
    "empty subheading in at the end": (_PLAIN_NOTICE, _with("notice", _p(_WORDS), _WHERE, _WHEN, _HOW, _part("more"))),
    "heading lowered": (_LEVEL_NOTICE, _DEEPER_NOTICE),
    "heading raised": (_DEEPER_NOTICE, _LEVEL_NOTICE),
    "heading raised and retitled": (
        _DEEPER_NOTICE,
        _with("notice", _p(_WORDS), _part("what", _WHERE), _part("where", _WHEN, _HOW, title="Where all notices go")),
    ),
    "paragraph to heading": (_lines(_WHERE, _WHEN, _HOW), _lines(_WHERE, _part("when", _HOW, title="They are received on the third day."))),
    "last paragraph to heading": (_lines(_WHERE, _WHEN), _lines(_WHERE, _part("when", title="They are received on the third day."))),
    "heading to item": (
        _lines(_WHERE, _part("when", title="They are received on the third day.")),
        _lines(_WHERE, BulletList((ListItem((_WHEN,)),))),
    ),
    "paragraph to notice": (_lines(_WHERE, _WHEN, _HOW), _lines(_WHERE, replace(_WHEN, role="notice"), _HOW)),
    "last paragraph to notice": (_lines(_WHERE, _WHEN), _lines(_WHERE, replace(_WHEN, role="notice"))),
    "paragraphs to bullets": (_lines(_WHERE, _WHEN, _HOW), _lines(BulletList(tuple(ListItem((each,)) for each in (_WHERE, _WHEN))), _HOW)),
    "last paragraph to item": (_lines(_WHERE, _WHEN), _lines(_WHERE, BulletList((ListItem((_WHEN,)),)))),
    "item to paragraph with a word changed": (
        _lines(_WHERE, OrderedList((ListItem((_WHEN,)), ListItem((_HOW,))))),
        _lines(_WHERE, _p("They are received on the fifth day."), OrderedList((ListItem((_HOW,)),))),
    ),
    "second item to paragraph": (
        _lines(OrderedList(tuple(ListItem((each,)) for each in (_WHERE, _WHEN, _HOW)))),
        _lines(OrderedList((ListItem((_WHERE,)),)), _WHEN, OrderedList((ListItem((_HOW,)),))),
    ),
    "items put together": (
        _lines(OrderedList((ListItem((_WHERE,)),)), _p("And then:"), OrderedList((ListItem((_WHEN,)), ListItem((_HOW,))))),
        _lines(OrderedList((ListItem((_WHERE,)), ListItem((_WHEN,)), ListItem((_HOW,))))),
    ),
    "list in an item": (
        _lines(BulletList((ListItem((_WHERE, BulletList((ListItem((_WHEN,)),)))),))),
        _lines(BulletList((ListItem((_WHERE,)), ListItem((_WHEN,))))),
    ),
    "paragraph moved up": (_lines(_WHERE, _WHEN, _HOW), _lines(_HOW, _WHERE, _WHEN)),
    "heading and its last paragraph exchanged": (
        _lines(_part("when", _WHEN, _HOW)),
        _lines(_WHEN, _part("when", _HOW)),
    ),
    "part moved to another clause": (
        _document(*_BODY[:2], _clause("notice", _p(_WORDS), _part("where", _WHERE, _WHEN)), *_BODY[3:]),
        _document(*_BODY[:2], _clause("notice", _p(_WORDS)), replace(_DUTIES, blocks=(*_DUTIES.blocks, _part("where", _WHERE, _WHEN))), *_BODY[4:]),
    ),
    # What is behind a table that went along is a move of its own there.
    "part moved before one with a table": (
        _lines(_part("towns", _WHERE, _table(*_ROWS[:2])), _part("when", _WHEN), _part("how", *_LONG)),
        _lines(_part("how", *_LONG), _part("towns", _WHERE, _table(*_ROWS[:2])), _part("when", _WHEN)),
    ),
    "identifier changed": (BASE, _renamed(BASE, "notice", "notices")),
    "contents out": (BASE, _with("cover", *_COVER.blocks[:1])),
    "appendices exchanged": (BASE, _order(*_NAMES[:-2], "proof", "annex")),
    "heading retitled": (BASE, _with("notice", *_NOTICE.blocks, title=(Text("Notices"),))),
    "row in": (BASE, _suppliers(_INTRODUCTION, _table(_ROWS[0], _row("e", "Eta SAS", "Power", "Metz"), *_ROWS[1:]), _LAST)),
    "first row out": (BASE, _suppliers(_INTRODUCTION, _table(*_ROWS[1:]), _LAST)),
    "last row in": (BASE, _suppliers(_INTRODUCTION, _table(*_ROWS, _row("e", "Eta SAS", "Power", "Metz")), _LAST)),
    "row moved": (BASE, _suppliers(_INTRODUCTION, _table(*_ROWS[1:], _ROWS[0]), _LAST)),
    "cell changed": (BASE, _suppliers(_INTRODUCTION, _table(_ROWS[0], _row("b", "Beta SAS", "Hosting", "Brest"), *_ROWS[2:]), _LAST)),
    "cell emptied": (BASE, _suppliers(_INTRODUCTION, _table(_ROWS[0], _row("b", "Beta SAS", "Hosting", ""), *_ROWS[2:]), _LAST)),
    "column title": (BASE, _suppliers(_INTRODUCTION, _table(*_ROWS, columns=(("Name", 40), ("Service", 30), ("City", 30))), _LAST)),
    "column widths": (BASE, _suppliers(_INTRODUCTION, _table(*_ROWS, columns=(("Name", 20), ("Service", 50), ("Town", 30))), _LAST)),
    "column out": (BASE, _suppliers(_INTRODUCTION, _OTHER_COLUMNS, _LAST)),
    "column in": (_suppliers(_INTRODUCTION, _OTHER_COLUMNS, _LAST), BASE),
    "table in": (BASE, _with("notice", _p(_WORDS), _table(*_ROWS[:2]), _p(_MORE))),
    "table out": (BASE, _suppliers(_INTRODUCTION, _LAST)),
    "table and its introduction out": (BASE, _with("suppliers", _LAST)),
    "last table of an appendix in": (BASE, _with("annex", *_ANNEX.blocks, _table(*_ROWS[2:]))),
    "last table of the document in": (BASE, _with("proof", _p("The certificate."), _table(*_ROWS[2:]))),
    "table behind the last one of an appendix in": (
        _with("annex", *_ANNEX.blocks[:2]),
        _with("annex", *_ANNEX.blocks[:2], _part("more", _table(*_ROWS[2:]))),
    ),
    "part with two tables in": (
        _lines(_WHERE),
        _lines(_WHERE, _part("more", _WHEN, _table(*_ROWS[:2]), _HOW, _table(*_ROWS[2:]))),
    ),
    "table replaced by text": (BASE, _suppliers(_INTRODUCTION, _p("None at this time."), _LAST)),
    "link text": (BASE, _with("steps", *_STEPS.blocks[:2], _p("See ", Link("https://example.com/a", (Text("the status page"),)), "."))),
    "link target": (BASE, _with("steps", *_STEPS.blocks[:2], _p("See ", Link("https://example.com/b", (Text("the service page"),)), "."))),
    "reference target": (BASE, _with("duties", *_DUTIES.blocks[:2], _p("as said in ", Reference("terms", "label"), "."))),
    "fill-in field filled": (
        _with("parties", Facts((Fact((Text("Client"),), (FillIn("client.name", "name"),)), _PARTIES.rows[1]))),
        BASE,
    ),
    "one of two fields filled in": (
        _with("parties", Facts((Fact((Text("Client"),), (FillIn("client.name", "name"),)), Fact((Text("Seat"),), (_SEAT,))))),
        _with("parties", Facts((_PARTIES.rows[0], Fact((Text("Seat"),), (_SEAT,))))),
    ),
    "row with a field in": (BASE, _ASKED_ROW),
    "row with a field moved": (_ASKED_ROW, _ASKED_LAST),
    "telephone filled in": (_reached(FillIn("client.telephone", "telephone")), _reached(_TELEPHONE)),
    "telephone no longer known": (_reached(_TELEPHONE), _reached(FillIn("client.telephone", "telephone"))),
    "clause with a table moved down": (_EARLY_SUPPLIERS, BASE),
    "clause with a table moved up": (BASE, _EARLY_SUPPLIERS),
    "fact in": (BASE, _with("parties", Facts((*_PARTIES.rows, Fact((Text("Capital"),), (Value("client.capital", "€10"),)))))),
    "definition in": (BASE, _with("terms", DefinitionList((*_DEFINITIONS, Definition("sla", ("SLA",), (_p("service levels."),)))))),
    "signatory changed": (BASE, _with("signing", Signatures((_signatory("Client", "C. Durand"), _signatory("Provider", "B. Petit"))))),
    "header text": (BASE, replace(BASE, properties=replace(BASE.properties, version="2.0"))),
    "page break in": (BASE, _with("notice", _p(_WORDS), PageBreak(), _p(_MORE))),
    "appendix in": (_without("annex"), BASE),
    "last appendix out": (BASE, _without("proof")),
    "last appendix in": (_without("proof"), BASE),
    "appendix page turned landscape": (BASE, _with("annex", *_ANNEX.blocks, landscape=True)),
    "certificate replaced": (_certificate(_PIXELS[0]), _certificate(_PIXELS[1])),
}
