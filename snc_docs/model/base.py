"""What every part of the data model shares: frozen, closed models whose fields have a label in both languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from snc_docs.errors import Wording


class Model(BaseModel):
    """A frozen part of the data that refuses fields it doesn't know.

    ``key`` names the field by which an item of a list is told apart from its neighbours; None where it has none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=False)

    key: ClassVar[str | None] = None

    @classmethod
    def label_of(cls, field: str) -> Wording:
        """Return what people call ``field``; KeyError for a field the model doesn't have."""
        extra = cls.model_fields[field].json_schema_extra
        return Wording(**extra["label"]) if isinstance(extra, dict) and isinstance(extra.get("label"), dict) else Wording(field, field)  # type: ignore[arg-type]  # written by described() alone

    def is_blank(self) -> bool:
        """Return whether nothing is known: every field that isn't the key is None or blank."""
        values = (value for name, value in self if name != self.key)
        return all(value is None or (isinstance(value, Model) and value.is_blank()) for value in values)


def described(fr: str, en: str, **options: Any) -> Any:
    """Return a pydantic field labelled in both languages; required unless ``options`` hold a default."""
    return Field(title=en, json_schema_extra={"label": {"fr": fr, "en": en}}, **options)


def unknown(fr: str, en: str, **options: Any) -> Any:
    """Return a field whose value may be unknown: None prints as a fill-in field with the label as its prompt."""
    return described(fr, en, default=None, **options)


def optional(fr: str, en: str) -> Any:
    """Return a field that may be left out for good, and its words with it: templates print it under a condition."""
    return described(fr, en, default=None)


class LabelledEnum(StrEnum):
    """A closed list of choices, each with what it prints as in both languages."""

    wording: Wording

    def __new__(cls, value: str, fr: str, en: str) -> Self:
        """Make the choice ``value`` that prints as ``fr`` or ``en``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = Wording(fr, en)
        return member
