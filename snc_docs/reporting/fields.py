"""The list of all fields as text and as Markdown: ``docs/fields.md`` is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from snc_docs.errors import Wording
from snc_docs.model.listing import ListedField

_REQUIRED: Final = Wording("obligatoire", "required")
_CHOICES: Final = Wording("valeurs : ", "values: ")
_HEADINGS: Final = (Wording("Champ", "Field"), Wording("Ce que c’est", "What it is"), Wording("Contenu", "Holds"))


def field_lines(fields: Iterable[ListedField], language: str) -> Iterator[str]:
    """Yield the lines of the list: a field's path, then what it is, indented below."""
    for field in fields:
        yield field.path
        yield f"    {_about(field, language)}"


def _about(field: ListedField, language: str) -> str:
    parts = [field.label.in_language(language), _holds(field, language)]
    return " – ".join(parts)


def _holds(field: ListedField, language: str) -> str:
    required = f", {_REQUIRED.in_language(language)}" if field.required else ""
    choices = f" ({_CHOICES.in_language(language)}{', '.join(value for value, _ in field.choices)})" if field.choices else ""
    return f"{field.kind.in_language(language)}{required}{choices}"


def field_table(fields: Iterable[ListedField], language: str) -> str:
    """Return the list as a Markdown table."""
    rows = [tuple(each.in_language(language) for each in _HEADINGS), ("---",) * len(_HEADINGS)]
    rows += [(f"`{field.path}`", field.label.in_language(language), _holds(field, language)) for field in fields]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def as_data(fields: Iterable[ListedField]) -> list[dict[str, Any]]:
    """Return the list as plain values."""
    return [
        {
            "path": field.path,
            "label": {"fr": field.label.fr, "en": field.label.en},
            "kind": {"fr": field.kind.fr, "en": field.kind.en},
            "required": field.required,
            "choices": {value: {"fr": wording.fr, "en": wording.en} for value, wording in field.choices},
        }
        for field in fields
    ]
