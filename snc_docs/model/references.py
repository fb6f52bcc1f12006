"""Identifiers by which data names items elsewhere in it, and what people call those: nobody but a file says "gpu" of graphics cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Self

from snc_docs.errors import Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model, refers_to
from snc_docs.model.kinds import LocalizedText


class Named(str):
    """An identifier that knows what people call the item that it names; as text it is the identifier."""

    __slots__ = ("label",)
    label: Wording

    def __new__(cls, identifier: str, label: Wording | None = None) -> Self:
        """Return an identifier with its item's name in both languages."""
        named = super().__new__(cls, identifier)
        named.label = label or Wording(identifier, identifier)
        return named

    def __reduce__(self) -> tuple[type[Named], tuple[str, Wording]]:
        """Return how it is made again in another process."""
        return Named, (str(self), self.label)


# The names of a list's items, in the order in which they are asked for.
_NAMES: Final = ("label", "title", "name", "reference")


def with_names(agreement: Agreement) -> Agreement:
    """Return an agreement that is equal to another, and whose references are ``Named``: those that lead nowhere stay as they are."""
    named = _named(agreement, agreement)
    assert isinstance(named, Agreement)  # noqa: S101  # of the same kind
    return named


def _named(part: Model, whole: Agreement) -> Model:
    """Return a part with its references named: the same object where it has none."""
    changed: dict[str, object] = {}
    for name, value in part:
        refers = refers_to(type(part), name)
        shown = _reference(value, _names(part, refers, whole)) if refers is not None else _inside(value, whole)
        if shown is not value:
            changed[name] = shown
    return part.model_copy(update=changed) if changed else part


def _inside(value: object, whole: Agreement) -> object:
    if isinstance(value, Model):
        return _named(value, whole)
    if isinstance(value, tuple) and value and isinstance(value[0], Model):
        items = tuple(_named(each, whole) for each in value)
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
    return value


def _reference(value: object, names: Mapping[str, Wording]) -> object:
    if isinstance(value, tuple):
        return tuple(_reference(each, names) for each in value) if value else value
    return Named(value, names[value]) if isinstance(value, str) and value in names else value


def _names(holder: Model, path: str, whole: Agreement) -> dict[str, Wording]:
    """Return what the items of the list at a path are called, by their keys; of a list inside items, that of the service that its holder names."""
    found: object = whole
    for step in path.split("."):
        if isinstance(found, tuple):
            found = next((each for each in found if getattr(each, "id", None) == getattr(holder, "service", None)), None)
        found = getattr(found, step, None)
    return {getattr(each, each.key): _name(each) for each in found if each.key is not None} if isinstance(found, Sequence) else {}


def _name(item: Model) -> Wording:
    name = next((value for each in _NAMES if (value := getattr(item, each, None)) is not None), getattr(item, item.key or ""))
    return Wording(name.fr, name.en) if isinstance(name, LocalizedText) else Wording(str(name), str(name))
