"""What an agreement leaves to fill in: each field, where it prints, and who gives it; as plain values, a section to print, and a workbook to send to the client."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from snc_docs.document.nodes import Cell, Column, Document, FillIn, Paragraph, Row, Section, Strong, Table, Text
from snc_docs.document.walk import plain_text, walk
from snc_docs.errors import Wording
from snc_docs.language import Language
from snc_docs.model.parts import ContactRole
from snc_docs.paths import DataPath

WORDS: Final = {
    "title": Wording("Informations à fournir", "Information to provide"),
    "introduction": Wording(
        "La convention laisse ces champs à remplir. Ceux qui sont renseignés ici sont reportés dans le document avant sa signature.",
        "The agreement leaves these fields to fill in. Those given here are put in the document before it is signed.",
    ),
    "field": Wording("Information", "Information"),
    "place": Wording("Où elle figure", "Where it stands"),
    "giver": Wording("Qui la donne", "Who gives it"),
    "value": Wording("Valeur", "Value"),
    "cover": Wording("couverture", "cover"),
}
_GIVERS: Final = {
    "client": Wording("le Client", "the Client"),
    "provider": Wording("le Prestataire", "the Service Provider"),
    "signature": Wording("à la signature", "at signature"),
}
_OF_CLIENT: Final = ("client", "client_contacts", "subscriptions", "incident_level")
_WIDTHS: Final = (32, 22, 14, 32)
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes, whenever it is made


@dataclass(frozen=True, slots=True)
class Blank:
    """One field left to fill in: its data path, what it is called, the labels of the clauses where it prints by language, and who gives it."""

    path: str
    label: Wording
    places: Mapping[str, tuple[str, ...]]
    giver: str

    def as_dict(self) -> dict[str, Any]:
        """Return the field as plain values, for JSON: label and places in every language, by its code."""
        places = {language: list(each) for language, each in self.places.items()}
        return {"path": self.path, "label": self.label._asdict(), "places": places, "giver": self.giver}


def blanks(documents: Mapping[Language, Document]) -> tuple[Blank, ...]:
    """Return each field that the documents leave open, in the order in which they print it."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    places: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for language, document in documents.items():
        for section in document.sections:
            for node in walk(section):
                if isinstance(node, FillIn):
                    labels[node.path].setdefault(language, node.prompt)
                    places[node.path][language][_place(section, language)] = None
    return tuple(
        Blank(path, _label(path, of_path), {language: tuple(each) for language, each in places[path].items()}, _giver(path))
        for path, of_path in labels.items()
    )


def _place(section: Section, language: str) -> str:
    return WORDS["cover"].in_language(language) if section.role == "cover" else section.label or plain_text(section.title)


def _label(path: str, labels: Mapping[str, str]) -> Wording:
    """Return what a field is called in each language, in that of the other where a document is in one alone, behind the role of a contact or who signs."""
    any_ = next(iter(labels.values()))
    plain = Wording(*(labels.get(language, any_) for language in Wording._fields))
    steps = DataPath(path).steps
    role = next((each.wording for each in ContactRole if each.value in steps), None)
    if steps[0] == "signatures" and len(steps) > 1:
        role = _GIVERS.get(steps[1])
    return plain if role is None else Wording(f"{role.fr} – {plain.fr}", f"{role.en} – {plain.en}")


def _giver(path: str) -> str:
    first = DataPath(path).steps[0]
    if first in _OF_CLIENT:
        return "client"
    return "signature" if first == "signatures" else "provider"


def as_lines(found: Iterable[Blank], language: str) -> list[tuple[str, str, str, str]]:
    """Return label, places, giver and path of each field, for people."""
    return [
        (each.label.in_language(language), ", ".join(_places(each, language)), _GIVERS[each.giver].in_language(language), each.path) for each in found
    ]


def _places(blank: Blank, language: str) -> tuple[str, ...]:
    """Return where a field prints, in the other language where it prints in that alone."""
    return blank.places.get(language) or next(iter(blank.places.values()))


def as_section(found: Iterable[Blank], language: str, client: str | None = None) -> Section:
    """Return the list as a section with room for each value; ``client`` is whom it is for, where that is known."""
    columns = tuple(
        Column((Text(WORDS[name].in_language(language)),), width) for name, width in zip(("field", "place", "giver", "value"), _WIDTHS, strict=True)
    )
    rows = tuple(
        Row(path, (*(Cell((Text(text),)) for text in (label, places, giver)), Cell(()))) for label, places, giver, path in as_lines(found, language)
    )
    title, introduction = (WORDS[name].in_language(language) for name in ("title", "introduction"))
    named = (Paragraph((Strong((Text(client),)),)),) if client else ()
    return Section("blanks", "unnumbered", (Text(title),), (*named, Paragraph((Text(introduction),)), Table(columns, rows)))


def as_workbook(found: Iterable[Blank], language: str) -> bytes:
    """Return the list as a workbook (.xlsx) with a column for the values, and the data path of each behind."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7ECF3", "border": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        open_ = book.add_format({"num_format": "@", "bg_color": "#FFFBE6", "border": 1})
        soft = book.add_format({"font_color": "#6B7280"})
        sheet = book.add_worksheet(WORDS["title"].in_language(language)[:31])
        sheet.freeze_panes(1, 0)
        for column, (name, width) in enumerate((("field", 44), ("value", 44), ("place", 28), ("giver", 20))):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, WORDS[name].in_language(language), bold)
        sheet.set_column(4, 4, 44, soft)
        for line, (label, places, giver, path) in enumerate(as_lines(found, language), 1):
            sheet.write_string(line, 0, label, text)
            sheet.write_blank(line, 1, None, open_)
            for column, each in ((2, places), (3, giver), (4, path)):
                sheet.write_string(line, column, each, text if column < 4 else soft)  # noqa: PLR2004  # the last one
    return content.getvalue()
