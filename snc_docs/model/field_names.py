"""The field that was meant by a name that isn't one: by its label, by what people call it in either language, or because it belongs to another part.

A name that nothing is near to is answered with all that may stand in its place: nobody has to look them up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from snc_docs.errors import Wording
from snc_docs.model.base import LabelledEnum, Model, is_part, kind_of
from snc_docs.model.nearest import meant, nearest
from snc_docs.model.proposals import example_of, plain, text_of
from snc_docs.paths import Step
from snc_docs.patterns import regex

# What people call fields that have other names, in either language and in the words of registers and forms.
_ALSO_CALLED: Final[dict[str, tuple[str, ...]]] = {
    "legal_name": (
        "nom",
        "name",
        "raison sociale",
        "dénomination",
        "dénomination sociale",
        "société",
        "company",
        "company name",
        "corporate name",
        "client name",
        "client",
        "customer",
        "entreprise",
        "organisme",
        "organisation",
        "nom du client",
        "nom de la société",
    ),
    "registered_office": (
        "adresse",
        "address",
        "siège",
        "siège social",
        "adresse du siège",
        "head office",
        "registered address",
        "adresse complète",
        "full address",
    ),
    "register_city": ("greffe", "rcs", "ville du greffe", "ville rcs", "ville d'immatriculation", "lieu d'immatriculation", "register"),
    "legal_form": ("forme", "forme juridique", "company type", "type"),
    "share_capital": ("capital", "capital social"),
    "short_name": ("nom court", "sigle", "acronym", "trade name", "nom commercial", "enseigne"),
    "country": ("pays",),
    "signatory": ("signataire", "représentant", "representative", "représentant légal", "legal representative", "signed by"),
    "name": ("nom", "prénom et nom", "nom complet", "full name"),
    "title": ("titre", "fonction", "poste", "qualité", "position", "job title", "function", "rôle"),
    "job_title": ("titre", "fonction", "poste", "qualité", "position", "title", "function"),
    "email": ("mail", "e-mail", "courriel", "adresse mail", "email address", "mél"),
    "telephone": ("tel", "tél", "téléphone", "phone", "mobile", "portable", "phone number", "numéro de téléphone"),
    "availability": ("horaires", "disponibilité", "disponibilités", "availability", "hours"),
    "role": ("rôle", "fonction", "type"),
    "client_contacts": ("contacts", "contact", "interlocuteurs", "interlocuteur", "nom du contact", "contact name"),
    "provider_contacts": ("contacts", "contact", "interlocuteurs"),
    "effective_date": ("date", "date d'effet", "prise d'effet", "date de début", "start date", "start", "entrée en vigueur"),
    "reference": ("référence", "ref", "réf", "numéro", "n°", "number", "no", "id"),
    "siren": ("n° siren", "numéro siren", "siren number"),
    "siret": ("n° siret", "numéro siret"),
    "gender": ("genre", "sexe", "civilité"),
    "currency": ("devise", "monnaie"),
    "vat_number": ("tva", "numéro de tva", "n° tva", "vat", "vat number", "vat id", "tva intracommunautaire"),
    "kind": ("type", "nature"),
    "subscriptions": ("services", "souscriptions", "abonnements", "options"),
    "document": ("convention", "agreement"),
    "contract": ("contrat",),
}


def is_called(name: str, field: str) -> bool:
    """Return whether people call a field so, in either language and in the words of registers and forms."""
    return _joined(name) in _other_names(field)


@lru_cache(maxsize=256)
def _other_names(field: str) -> frozenset[str]:
    return frozenset(map(_joined, _ALSO_CALLED.get(field, ())))


def hint_for_name(name: str, written: object, model: type[Model], place: Sequence[int | str], besides: Sequence[str] = ()) -> Wording:
    """Return what to do about a name at a place of a model's data that isn't one of its fields; ``besides`` are others that may stand there.

    ``written`` is what stands behind the name.
    """
    part, _ = kind_at(model, place)
    called = _called(name, part)
    if called is not None and called not in besides:
        return to_write(called, _shown(called, written))
    fields = tuple(part.model_fields) if is_part(part) else ()
    listed = ", ".join((*fields, *besides))
    known = Wording(f"le retirer, ou prendre l'un de ceux-ci : {listed}", f"remove it, or take one of these: {listed}")
    near = nearest(name, (*fields, *besides))
    if near is not None and near != name:
        return meant(near, known)
    elsewhere = next(_elsewhere(name, model), None)
    if elsewhere is not None:
        return Wording(f"ce champ va dans « {elsewhere} » : l'indenter sous ce nom", f"this field goes into '{elsewhere}': indent it below that name")
    return known


def kind_at(model: type[Model], place: Sequence[int | str]) -> tuple[Any, bool]:
    """Return the kind of what is at a place of a model's data, and whether that is a list of it; None for a place that there isn't."""
    kind: Any = model
    is_list = False
    for step in place:
        if isinstance(step, int):
            is_list = False
        elif is_part(kind) and step in kind.model_fields:
            kind, is_list = kind_of(kind.model_fields[step].annotation)
        else:
            return None, False
    return kind, is_list


def _called(name: str, part: Any) -> str | None:
    """Return the field of a part that people call so: by its label, or by another name of it."""
    return _names_of(part).get(_joined(name)) if is_part(part) else None


@lru_cache(maxsize=256)
def _names_of(part: type[Model]) -> dict[str, str]:
    """Return the fields of a part by all that they are called, the first field of a name: a hostile file asks thousands of times."""
    names = ((_joined(each), field) for field in part.model_fields for each in (field, *part.label_of(field), *_ALSO_CALLED.get(field, ())))
    found: dict[str, str] = {}
    for name, field in names:
        found.setdefault(name, field)
    return found


def _shown(field: str, written: object) -> str:
    """Return a value as the line to write has it; dots for one of several lines."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        return "…"
    return text_of(field, written) if isinstance(written, str) else str(written)


def _joined(name: str) -> str:
    """Return a name without what joins its words: ``legalName``, ``Legal name`` and ``legal-name`` are one."""
    return plain(name).replace(" ", "")


def _elsewhere(name: str, model: type[Model]) -> Iterator[str]:
    """Yield the parts right below a model that have a field of that name."""
    for field, about in model.model_fields.items():
        kind, _ = kind_of(about.annotation)
        if is_part(kind) and name in kind.model_fields:
            yield field


def to_write(name: Step, value: str) -> Wording:
    """Return a hint that gives the line to write."""
    line = f"{name}: {value}" if isinstance(name, str) and name else value
    return Wording(f"écrire « {line} »", f"write '{line}'")


def written_as(hint: Wording, name: str, path: str) -> Wording:
    """Return a hint to write a line of YAML (``to_write``) with another name for its field, any other as it is."""
    french = _LINE_FR.fullmatch(hint.fr)
    return to_write(path, french["value"]) if french is not None and french["name"] == name else hint


def in_a_cell(hint: Wording, name: str, path: str = "") -> Wording:
    """Return a hint to write, to add or to remove a line of YAML as one to write the value in a cell, to add the column of a path, or to empty the cell.

    Any other as it is, with a table in the place of a client file.
    """
    if hint.fr.startswith(("retirer le champ", "retirer ce champ")):
        return Wording("vider la cellule : le champ s'imprime à remplir", "empty the cell: the field prints as one to fill in")
    hint = Wording(hint.fr.replace("fichier client", "tableau"), hint.en.replace("client file", "table"))
    under = _UNDER_FR.match(hint.fr), _UNDER_EN.match(hint.en)
    if under[0] is not None and under[1] is not None:
        column = f"{under[0]['part']}.{under[0]['name']}"
        rest = Wording(*(re.sub(rf"{under[0]['name']}: ", "", text[match.end() :]) for text, match in zip(hint, under, strict=True) if match))
        value = under[0]["value"]
        return Wording(f"écrire « {value} » dans une colonne « {column} »{rest.fr}", f"write '{value}' in a column '{column}'{rest.en}")
    if hint.fr.startswith(f"ajouter « {name}: ") and path:
        return Wording(f"ajouter une colonne « {path} »", f"add a column '{path}'")
    french, english = _LINE_FR.fullmatch(hint.fr), _LINE_EN.fullmatch(hint.en)
    if french is None or english is None or french["name"] != name:
        return hint
    value = french["value"]
    try:
        value = str(json.loads(value)) if value.startswith('"') else value
    except ValueError:
        return hint
    return hint if value.startswith(("{", "[")) else Wording(f"écrire « {value} » dans la cellule", f"write '{value}' in the cell")


# A field to add below a part of the data, which has a column of its own in a table.
_UNDER_FR: Final = regex(r"ajouter « (?P<name>\w+): (?P<value>[\w-]+) » sous « (?P<part>\w+) »")
_UNDER_EN: Final = regex(r"add '(?P<name>\w+): (?P<value>[\w-]+)' under '(?P<part>\w+)'")
_LINE_FR: Final = regex(r"écrire « (?P<name>[\w.]+): (?P<value>.*) »", re.DOTALL)
_LINE_EN: Final = regex(r"write '(?P<name>[\w.]+): (?P<value>.*)'", re.DOTALL)


def hint_for_missing(name: str, model: type[Model], place: Sequence[int | str]) -> Wording:
    """Return how to give a field that is missing, with a value such as it takes."""
    kind, is_list = kind_at(model, (*place, name))
    if isinstance(kind, type) and issubclass(kind, LabelledEnum) and not is_list:
        listed = choices_of(kind)
        return Wording(f"ajouter « {name}: … », l'un de ceux-ci : {listed.fr}", f"add '{name}: …', one of these: {listed.en}")
    example = example_of(kind, is_list=is_list)
    return Wording(f"ajouter « {name}: {example} »", f"add '{name}: {example}'")


def choices_of(kind: type[LabelledEnum]) -> Wording:
    """Return all choices with their names, in each language."""
    named = [Wording(*(f"{each.value} ({name})" for name in each.wording)) for each in kind]
    return Wording(", ".join(each.fr for each in named), ", ".join(each.en for each in named))


def hint_for_choice(written: object, kind: type[LabelledEnum]) -> Wording:
    """Return what to choose from, the choice that was meant first."""
    listed = choices_of(kind)
    take = Wording(f"prendre l'un de ceux-ci : {listed.fr}", f"take one of these: {listed.en}")
    near = nearest(str(written), (each.value for each in kind))
    return meant(near, take) if near is not None else take
