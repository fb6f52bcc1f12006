"""What every part of the data model shares: frozen, closed models whose fields have a label in both languages.

Modules with models in them have no ``from __future__ import annotations``: pydantic would parse each annotation anew in every command. This one has none with fields.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from snc_docs.errors import Wording


@dataclass(frozen=True, slots=True)
class _About:
    """What a field carries for us, where pydantic takes a function on its JSON Schema: this one changes nothing, so no keyword of ours gets there."""

    label: Wording
    printed: bool
    refers: str | None = None

    def __call__(self, schema: JsonDict) -> None:
        """Leave the schema as it is."""


class Model(BaseModel):
    """A frozen part of the data that refuses fields it doesn't know.

    ``key`` names the field by which an item of a list is told apart from its neighbours; None where it has none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=False, defer_build=True)

    key: ClassVar[str | None] = None

    @classmethod
    def label_of(cls, field: str) -> Wording:
        """Return what people call ``field``; KeyError for a field the model doesn't have."""
        about = cls.model_fields[field].json_schema_extra
        return about.label if isinstance(about, _About) else Wording(field, field)

    @classmethod
    def is_printed(cls, field: str) -> bool:
        """Return whether templates are meant to show ``field``: not what only tells items apart or only rules look at."""
        about = cls.model_fields[field].json_schema_extra
        return field != cls.key and not (isinstance(about, _About) and not about.printed)

    def is_blank(self) -> bool:
        """Return whether nothing is known: every field that isn't the key is None, an empty list or blank."""
        values = (value for name, value in self if name != self.key)
        return all(value in (None, ()) or (isinstance(value, Model) and value.is_blank()) for value in values)


def described(fr: str, en: str, *, printed: bool = True, refers: str | None = None, **options: Any) -> Any:
    """Return a pydantic field labelled in both languages; required unless ``options`` hold a default.

    A field that isn't ``printed`` is for rules alone: no template has to show it. One that ``refers`` to a list of the agreement,
    by its path, names items of it by their keys: people are shown what those are called.
    """
    return Field(title=en, json_schema_extra=_About(Wording(fr, en), printed, refers), **options)


def unknown(fr: str, en: str, **options: Any) -> Any:
    """Return a field whose value may be unknown: None prints as a fill-in field with the label as its prompt."""
    return described(fr, en, default=None, **options)


def optional(fr: str, en: str, *, printed: bool = True, refers: str | None = None) -> Any:
    """Return a field that may be left out for good, and its words with it: templates print it under a condition."""
    return described(fr, en, printed=printed, refers=refers, default=None)


class LabelledEnum(StrEnum):
    """A closed list of choices, each with what it prints as in both languages."""

    wording: Wording

    def __new__(cls, value: str, fr: str, en: str) -> Self:
        """Make the choice ``value`` that prints as ``fr`` or ``en``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = Wording(fr, en)
        return member


def refers_to(model: type[Model], field: str) -> str | None:
    """Return the path of the list whose items a field of a model names by their keys; None for one that names none."""
    about = model.model_fields[field].json_schema_extra
    return about.refers if isinstance(about, _About) else None


def is_part(kind: Any) -> TypeGuard[type[Model]]:
    """Return whether a type is that of a part of the data, with fields of its own."""
    return isinstance(kind, type) and issubclass(kind, Model)


def kind_of(annotation: Any) -> tuple[Any, bool]:
    """Return the type behind a field's annotation and whether it is a tuple of them: ``Party | None`` is Party, ``tuple[Place, ...]`` a list."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kind_of(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return kind_of(next(each for each in get_args(annotation) if each is not type(None)))
    if origin is tuple:
        return kind_of(get_args(annotation)[0])[0], True
    return annotation, False
