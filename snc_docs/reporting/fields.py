"""The list of all fields as text and as Markdown: ``docs/fields.md`` is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from snc_docs.errors import Wording
from snc_docs.model.listing import ListedField

_REQUIRED: Final = Wording("obligatoire", "required")
_CHOICES: Final = Wording("valeurs : ", "values: ")
_HEADINGS: Final = (Wording("Champ", "Field"), Wording("Ce que c’est", "What it is"), Wording("Contenu", "Holds"), Wording("Exemple", "Example"))
_SUCH_AS: Final = Wording("par exemple : ", "for example: ")
# Letters of an example that are shown.
_MOST: Final = 90


def field_lines(fields: Iterable[ListedField], language: str) -> Iterator[str]:
    """Yield the lines of the list: a field's path, then what it is, indented below."""
    for field in fields:
        yield field.path
        yield f"    {_about(field, language)}"


def _about(field: ListedField, language: str) -> str:
    parts = [field.label.in_language(language), _holds(field, language)]
    example = _example(field, language)
    return " – ".join([*parts, *([f"{_SUCH_AS.in_language(language)}{example}"] if example else [])])


def _example(field: ListedField, language: str) -> str:
    text = " ".join(field.example.in_language(language).split())
    return f"{text[:_MOST].rstrip()}…" if len(text) > _MOST else text


def _holds(field: ListedField, language: str) -> str:
    required = f", {_REQUIRED.in_language(language)}" if field.required else ""
    choices = f" ({_CHOICES.in_language(language)}{', '.join(value for value, _ in field.choices)})" if field.choices else ""
    return f"{field.kind.in_language(language)}{required}{choices}"


def field_table(fields: Iterable[ListedField], language: str) -> str:
    """Return the list as a Markdown table."""
    rows = [tuple(each.in_language(language) for each in _HEADINGS), ("---",) * len(_HEADINGS)]
    for field in fields:
        example = _example(field, language).replace("|", "\\|").replace("`", "")
        rows.append((f"`{field.path}`", field.label.in_language(language), _holds(field, language), f"`{example}`" if example else ""))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def as_data(fields: Iterable[ListedField]) -> list[dict[str, Any]]:
    """Return the list as plain values."""
    return [
        {
            "path": field.path,
            "label": {"fr": field.label.fr, "en": field.label.en},
            "kind": {"fr": field.kind.fr, "en": field.kind.en},
            "required": field.required,
            "example": {"fr": field.example.fr, "en": field.example.en},
            "choices": {value: {"fr": wording.fr, "en": wording.en} for value, wording in field.choices},
        }
        for field in fields
    ]
