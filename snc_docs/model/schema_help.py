"""What an editor shows of each field of a data file: what it is called in both languages, its choices by name, and a value such as it takes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from snc_docs.model.base import LabelledEnum, Model, is_part, kind_of
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.party import NOT_APPLICABLE, TRAIT_OF, Party
from snc_docs.model.periods import Period

# Schemas of the parts of a model, by their names.
Schemas = dict[str, dict[str, Any]]
# Values of text fields, by their names; of any other, its kind's.
_BY_NAME: Final[dict[str, Any]] = {
    "legal_name": "Société Exemple",
    "siren": "999 999 030",
    "siret": "999 999 030 00013",
    "vat_number": "FR17999999030",
    "euid": "DEB8535R.HRB12345",
    "country": "FR",
    "currency": "EUR",
    "email": "nom@exemple.fr",
    "telephone": "+33 1 99 00 00 00",
    "registered_office": "1 rue de l’Exemple, 75000 Paris, France",
    "register_city": "Paris",
    "url": "https://exemple.fr/page",
    "reference": "SNC-2026-0107",
    "version": "1.0",
    "file": "certificate.pdf",
    "id": "identifier",
}
_BY_KIND: Final[tuple[tuple[type, Any], ...]] = (
    (LocalizedText, {"fr": "texte", "en": "text"}),
    (LocalizedUrl, {"fr": "https://exemple.fr/page", "en": "https://example.com/page"}),
    (Money, {"amount": 1000, "currency": "EUR"}),
    (Period, {"days": 30}),
    (bool, True),
    (int, 2),
    (Decimal, 24),
    (date, "2026-09-01"),
)
# Where a text has a form of its own: one of these is of that form.
_FORMS: Final = ("Exemple", "exemple", "FR", "fr", "EUR", "https://exemple.fr/page", "2026-09-01")


def explained(schema: dict[str, Any], model: type[Model]) -> dict[str, Any]:
    """Return the JSON Schema of a model with a description in both languages, and an example, of each field of it and of its parts."""
    parts = {each.__name__: each for each in _parts(model)}
    known = schema.get("$defs", {})
    definitions = {
        name: {**each, "properties": _properties(each, parts[name], known)} if name in parts and "properties" in each else each
        for name, each in known.items()
    }
    return {**schema, "properties": _properties(schema, model, known), **({"$defs": definitions} if definitions else {})}


def _parts(model: type[Model], seen: set[type[Model]] | None = None) -> set[type[Model]]:
    """Return a model with all parts below it."""
    known = set() if seen is None else seen
    if model not in known:
        known.add(model)
        for field in model.model_fields.values():
            kind, _ = kind_of(field.annotation)
            if is_part(kind):
                _parts(kind, known)
    return known


def _properties(schema: dict[str, Any], model: type[Model], known: Schemas) -> dict[str, Any]:
    found = {}
    for name, about in schema["properties"].items():
        if name in model.model_fields:
            kind, is_list = kind_of(model.model_fields[name].annotation)
            label = model.label_of(name)
            choices = _choices(kind)
            example = _example(name, kind, about, known)
            taken = _or_not_applicable(about) if model is Party and name in TRAIT_OF else about
            found[name] = {
                **{key: value for key, value in taken.items() if key != "default" or _may_be_filled_in(value)},
                # A list of plain values holds none of them twice (rule data.doubled).
                **({"uniqueItems": True} if is_list and not is_part(kind) else {}),
                "description": f"{label.fr} / {label.en}{choices}",
                "examples": [[example] if is_list else example],
            }
        else:
            found[name] = about
    return found


# What is said about a field, whatever values it takes.
_ANNOTATIONS: Final = frozenset(("title", "description", "default", "examples"))


def _or_not_applicable(about: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field that a party may go without: that of its values, or what says so."""
    values = about.get("anyOf") or [{key: value for key, value in about.items() if key not in _ANNOTATIONS}]
    said = {key: value for key, value in about.items() if key in _ANNOTATIONS}
    return {**said, "anyOf": [*values, {"const": NOT_APPLICABLE}]}


def _may_be_filled_in(default: object) -> bool:
    """Return whether a default says the same as leaving the field out: null says that there is none, and a part of nulls does of all of it."""
    return default is not None and not isinstance(default, dict)


def _choices(kind: Any) -> str:
    if not (isinstance(kind, type) and issubclass(kind, LabelledEnum)):
        return ""
    return "".join(f"\n- {each.value}: {each.wording.fr} / {each.wording.en}" for each in kind)


def _example(name: str, kind: Any, about: dict[str, Any], known: Schemas) -> Any:
    for of, value in _BY_KIND:
        if isinstance(kind, type) and issubclass(kind, of):
            return value
    if isinstance(kind, type) and issubclass(kind, LabelledEnum):
        return next(iter(kind)).value
    if is_part(kind):
        needed = [each for each, field in kind.model_fields.items() if field.is_required()] or list(kind.model_fields)[:1]
        return {each: _of_field(kind, each, known) for each in needed}
    return _BY_NAME.get(name) or _of_form(about)


def _of_field(model: type[Model], name: str, known: Schemas) -> Any:
    kind, is_list = kind_of(model.model_fields[name].annotation)
    value = _example(name, kind, known[model.__name__]["properties"][name], known)
    return [value] if is_list else value


def _of_form(about: dict[str, Any]) -> str:
    """Return a text of the form that a schema asks for."""
    forms = [each for each in _alternatives(about) if "pattern" in each or "enum" in each]
    for text in _FORMS:
        if not forms or any(text in each["enum"] if "enum" in each else re.search(each["pattern"], text) for each in forms):
            return text
    return _FORMS[0]


def _alternatives(about: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the schemas of which one has to hold, items of a list for the list itself."""
    inner = [about["items"]] if "items" in about else about.get("anyOf", [])
    return [about, *(found for each in inner for found in _alternatives(each))]
