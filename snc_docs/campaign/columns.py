"""What the columns of a table are: fields of the client file by their paths, whatever a heading calls them.

A heading is a path (``client.legal_name``, ``client_contacts[representative].email``, ``subscriptions[iaas].region``), a text that ends in a line with one
(as ``campaign columns`` writes them), what the field is called in French or English, where no other is called so, or a name that a mapping file leads to a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import Wording
from snc_docs.model.agreement import ClientFile
from snc_docs.model.base import LabelledEnum, Model, is_part, kind_of
from snc_docs.model.facts import Declared, GivenBy, facts_model
from snc_docs.model.field_names import is_called
from snc_docs.model.kinds import LocalizedText
from snc_docs.paths import DataPath

# Digits that a register's number has; a spreadsheet drops those at the front that are zero.
DIGITS: Final = {"siren": 9, "siret": 14}
TELEPHONE: Final = "telephone"
# What most clients need, and what a heading that two fields could have means first.
USUAL: Final = (
    "document.reference document.version document.effective_date client.kind client.gender client.legal_name client.short_name client.legal_form.fr client.legal_form.en "
    "client.share_capital.amount client.register_city client.siren client.registered_office client.country client.signatory.name "
    "client.signatory.title.fr client.signatory.title.en contract.kind contract.reference contract.date incident_level"
).split()
# Headings that no field is called by: an address in several columns, which is one field here, and what is said of a contract.
_MEANT: Final = {
    **dict.fromkeys(
        (
            "ville",
            "commune",
            "code postal",
            "cp",
            "rue",
            "voie",
            "adresse 1",
            "adresse 2",
            "city",
            "town",
            "street",
            "zip",
            "zip code",
            "postcode",
            "postal code",
        ),
        DataPath("client.registered_office"),
    ),
    **dict.fromkeys(("type de contrat", "nature du contrat", "contract type", "kind of contract"), DataPath("contract.kind")),
    **dict.fromkeys(("date du contrat", "date de signature", "contract date"), DataPath("contract.date")),
    **dict.fromkeys(("référence du contrat", "numéro de contrat", "n° de contrat", "n° contrat", "contract number"), DataPath("contract.reference")),
}
# Items of these lists have a column each in the sheet to fill in.
_MOST_ITEMS: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the client file, or one item of a list that its key says whole; ``kind`` is the type of its values, or of the item."""

    path: DataPath
    kind: Any
    label: Wording
    is_list: bool = False

    @property
    def name(self) -> str:
        """Return the name of the field itself."""
        return self.path.steps[-1]

    @property
    def choices(self) -> tuple[LabelledEnum, ...]:
        """Return what the field chooses from; nothing where it is free."""
        return tuple(self.kind) if isinstance(self.kind, type) and issubclass(self.kind, LabelledEnum) else ()


def column_at(path: DataPath, declared: Declared = ()) -> Column | None:
    """Return the column of a path; None where it leads to no single value of a client file."""
    own = facts_model(tuple(each for each in declared if each.given_by is GivenBy.CLIENT))
    model: Any = ClientFile
    labels: list[Wording] = []
    kind: Any = None
    is_list = False
    for step in path.steps:
        if is_list and is_part(model):
            is_list = False  # the step names an item
            labels.append(_item_label(model, step))
            kind = model
            continue
        if not (is_part(model)):
            return None
        if model is ClientFile and step == "facts":
            model = kind = own
            continue
        if step not in model.model_fields:
            return None
        labels.append(model.label_of(step))
        kind, is_list = kind_of(model.model_fields[step].annotation)
        model = kind
    if kind is None or (is_part(kind) and (is_list or not _is_named_item(path, kind))):
        return None
    return Column(path, kind, _joined(labels), is_list)


def _is_named_item(path: DataPath, kind: type[Model]) -> bool:
    """Return whether a path is that of an item which its key says whole: ``subscriptions[iaas]``."""
    return path.endswith("]") and kind.key is not None and not any(each.is_required() for name, each in kind.model_fields.items() if name != kind.key)


def _item_label(model: type[Model], step: str) -> Wording:
    """Return what people call an item of a list: the name of its choice, or its key as it stands."""
    kind = kind_of(model.model_fields[model.key].annotation)[0] if model.key else None
    if isinstance(kind, type) and issubclass(kind, LabelledEnum):
        found = next((each for each in kind if each.value == step), None)
        return found.wording if found is not None else Wording(step, step)
    return Wording(step, step)


def _joined(labels: Sequence[Wording]) -> Wording:
    return Wording(" – ".join(each.fr for each in labels), " – ".join(each.en for each in labels))


def all_columns(declared: Declared = (), services: Iterable[str] = ()) -> tuple[Column, ...]:
    """Return the columns of a sheet to fill in: every single field, each contact's by its role, each service's subscription."""
    own = facts_model(tuple(each for each in declared if each.given_by is GivenBy.CLIENT))
    paths = [*_paths(ClientFile, DataPath(), tuple(services)), *(each for each in _paths(own, DataPath("facts"), ()) if each != "facts.without")]
    return tuple(column for path in paths if (column := column_at(path, declared)) is not None)


def _paths(model: type[Model], at: DataPath, services: Sequence[str]) -> Iterator[DataPath]:
    for name, field in model.model_fields.items():
        kind, is_list = kind_of(field.annotation)
        where = at.field(name)
        if is_list and is_part(kind):
            for key in _keys(kind, services):
                item = where.item(key)
                if _is_named_item(item, kind):
                    yield item
                yield from (each for each in _paths(kind, item, services) if each.steps[-1] != kind.key)
        elif is_part(kind):
            yield from _paths(kind, where, services)
        else:
            yield where


def _keys(kind: type[Model], services: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that items of a list may have: those of a closed list, or the services offered."""
    of_key = kind_of(kind.model_fields[kind.key].annotation)[0] if kind.key else None
    if isinstance(of_key, type) and issubclass(of_key, LabelledEnum):
        return tuple(each.value for each in of_key)
    return tuple(services)[:_MOST_ITEMS] if kind.key == "service" else ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by their headings; headings that a mapping leaves out have none."""

    by_heading: Mapping[str, Column]
    findings: tuple[Diagnostic, ...]


def columns_of(
    headings: Iterable[str], file: str, mapping: Mapping[str, str | None] | None = None, declared: Declared = (), besides: Iterable[str] = ()
) -> Columns:
    """Return the columns of headings, with an error for each that leads nowhere or to the field of another; ``besides`` are headings of another use."""
    known = _by_label(declared)
    others = set(besides)
    found: dict[str, Column] = {}
    findings: list[Diagnostic] = []
    for heading in headings:
        if heading in others or (mapping is not None and mapping.get(heading, "") is None):
            continue
        path = (mapping or {}).get(heading) or _path_in(heading, known)
        column = column_at(DataPath(path), declared)
        if column is None:
            findings.append(_unknown(heading, path, file, declared))
        elif any(each.path == column.path for each in found.values()):
            message = Wording(f"deux colonnes donnent « {column.path} »", f"two columns give '{column.path}'")
            findings.append(Diagnostic.error("table.column", message, Wording("n'en garder qu'une", "keep one"), file=file, line=1, path=column.path))
        else:
            found[heading] = column
    return Columns(found, tuple(findings))


def _path_in(heading: str, known: Mapping[str, str]) -> str:
    """Return the path that a heading says: its last line, or the field of that name."""
    last = heading.strip().splitlines()[-1].strip()
    return known.get(_plain(last), last)


def _by_label(declared: Declared) -> dict[str, str]:
    """Return the paths of the single fields by their labels in both languages, those alone that tell one field."""
    found: dict[str, set[str]] = {}
    columns = all_columns(declared)
    paths = [each.path for each in columns if "[" not in each.path]
    for column in columns:
        for text in column.label:
            found.setdefault(_plain(text), set()).add(column.path)
        for text in _last(column):
            # "Name" or "Date" by itself is what another field is called too.
            found.setdefault(_plain(text), set()).update((column.path, *_called_so(text, paths)))
    return {label: next(iter(paths)) for label, paths in found.items() if len(paths) == 1}


def _last(column: Column) -> tuple[str, ...]:
    """Return what a field is called without what it is part of; nothing for one of an item, which would be anybody's."""
    return () if "[" in column.path else (column.name, *(text.rpartition(" – ")[2] for text in column.label))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u00a0", " ").replace("’", "'").split())


def _unknown(heading: str, path: str, file: str, declared: Declared) -> Diagnostic:
    """Return the finding on a heading that leads to no field."""
    part = DataPath(path)
    message = Wording(f"colonne « {heading} » : aucun champ « {path} »", f"column '{heading}': no field '{path}'")
    if _is_so(path, "subscriptions"):
        hint = Wording(
            "une colonne par service, à marquer d'un x : subscriptions[SERVICE] ; « campaign columns » les écrit",
            "a column for each service, to mark with an x: subscriptions[SERVICE]; 'campaign columns' writes them",
        )
    elif _is_text(part, declared):
        hint = Wording(f"une colonne par langue : {path}.fr et {path}.en", f"a column for each language: {path}.fr and {path}.en")
    else:
        paths = [each.path for each in all_columns(declared)]
        near = _called_so(path, paths)[:1] or get_close_matches(path, paths, n=1, cutoff=0.6)
        also = Wording(
            "la relier à un champ, ou à null pour l'ignorer, dans le fichier de --map ; « campaign columns » écrit un tableau à remplir",
            "lead it to a field, or to null to leave it out, in the file of --map; 'campaign columns' writes a table to fill in",
        )
        hint = Wording(f"vouliez-vous dire « {near[0]} » ? sinon : {also.fr}", f"did you mean '{near[0]}'? If not: {also.en}") if near else also
    return Diagnostic.error("table.column", message, hint, file=file, line=1)


def _called_so(heading: str, paths: Iterable[DataPath]) -> list[DataPath]:
    """Return the fields that people call as a heading says, what is meant first: the usual one, the nearest to the agreement itself, of no contact."""
    if _plain(heading) in _MEANT:
        return [_MEANT[_plain(heading)]]
    called = [each for each in paths if any(_is_so(heading, name) for name in _names_of(each))]
    return sorted(called, key=lambda each: ("[" in each, each not in USUAL, len(each.steps)))


def _is_so(heading: str, field: str) -> bool:
    return is_called(heading, field) or _plain(heading) == field.replace("_", " ")


def _names_of(path: DataPath) -> tuple[str, ...]:
    """Return the fields by whose names a column is known: its own, and that of a text, an amount or a person that it is the main part of."""
    steps = DataPath(path.fields).steps
    if path.endswith("]"):
        return ()
    return (steps[-1], *steps[-2:-1]) if steps[-1] in _MAIN_PARTS else steps[-1:]


_MAIN_PARTS: Final = ("fr", "amount", "name")


def _is_text(path: DataPath, declared: Declared) -> bool:
    """Return whether a path leads to a text in every language."""
    return all(column_at(path.field(language), declared) is not None for language in LocalizedText.model_fields)
