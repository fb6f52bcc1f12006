"""What changed in the data of two agreements: fields, and items of lists matched by what names them, never by their position.

Each change knows its place by field names and items, an item by what names it and by where it stands in either version: so
changes can be applied to the old version and, reversed, to the new one (``applying``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from snc_docs.document.sequences import by_key
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.language.typography import typeset
from snc_docs.model.base import Model
from snc_docs.model.facts import OwnFacts, OwnRow, Protection
from snc_docs.model.kinds import LocalizedText, LocalizedUrl, Money
from snc_docs.model.paths import key_of
from snc_docs.model.periods import Period
from snc_docs.model.references import Named
from snc_docs.paths import DataPath
from snc_docs.values import text_of

# Models that are one value, not a part with fields of its own.
_VALUES: Final = (LocalizedText, LocalizedUrl, Money, Period)


@dataclass(frozen=True, slots=True)
class ListItemStep:
    """One item of a list on the way to a change: what names it, and its place in the old and the new list."""

    key: str
    old: int
    new: int


Step = str | ListItemStep


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where a change is: the steps from the agreement down, and what people call each."""

    steps: tuple[Step, ...] = ()
    labels: tuple[Wording, ...] = ()
    # Of an own fact, in which direction its layer says that it protects the client.
    protects: Protection = Protection.NONE

    def down(self, step: Step, label: Wording, protects: Protection | None = None) -> DataPlace:
        """Return the place one step further; what protects it goes on to what is inside unless that says otherwise."""
        return DataPlace((*self.steps, step), (*self.labels, label), self.protects if protects is None else protects)

    def wording(self) -> Wording:
        """Return what people call the place: the labels on the way to it, the first one with a capital."""
        texts = (typeset(" › ".join(label.in_language(language) for label in self.labels), language) for language in LANGUAGES)
        return Wording(*(text[:1].upper() + text[1:] for text in texts))

    @property
    def path(self) -> DataPath:
        """Return the data path: ``third_parties.others[LUMEN].category``."""
        path = DataPath()
        for step in self.steps:
            path = path.item(step.key) if isinstance(step, ListItemStep) else path.field(step)
        return path


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """A field has another value; None where it has none."""

    place: DataPlace
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class ItemAdded:
    """A list has one item more, at ``index`` of the new list."""

    place: DataPlace
    key: str
    index: int
    item: object


@dataclass(frozen=True, slots=True)
class ItemRemoved:
    """A list has one item less, which was at ``index`` of the old list."""

    place: DataPlace
    key: str
    index: int
    item: object


@dataclass(frozen=True, slots=True)
class ItemMoved:
    """An item of a list has another place among those that stayed; ``title`` is what people call it."""

    place: DataPlace
    key: str
    old: int
    new: int
    title: Wording


DataChange = FieldChanged | ItemAdded | ItemRemoved | ItemMoved


def data_changes(old: Model, new: Model) -> tuple[DataChange, ...]:
    """Return what changed from one model to another of its kind, in the order of its fields."""
    return tuple(_fields(old, new, DataPlace()))


def _fields(old: Model, new: Model, place: DataPlace) -> Iterator[DataChange]:
    if isinstance(old, OwnFacts) and isinstance(new, OwnFacts):
        yield from _own(old, new, place)
        return
    protections = type(old).protections if isinstance(old, OwnRow) else {}
    for name in type(old).model_fields:
        yield from _value(getattr(old, name), getattr(new, name), place.down(name, type(old).label_of(name), protections.get(name)))


def _own(old: OwnFacts, new: OwnFacts, place: DataPlace) -> Iterator[DataChange]:
    """Yield what changed in own facts, those that only one version declares among them."""
    for name in dict.fromkeys((*type(old).model_fields, *type(new).model_fields)):
        kind = type(old) if name in type(old).model_fields else type(new)
        where = place.down(name, kind.label_of(name), type(old).protections.get(name))
        yield from _value(getattr(old, name, None), getattr(new, name, None), where)


def _value(old: object, new: object, place: DataPlace) -> Iterator[DataChange]:
    if old == new:
        return
    same = type(old) is type(new) or (isinstance(old, OwnFacts) and isinstance(new, OwnFacts))
    if isinstance(old, Model) and isinstance(new, Model) and same and not isinstance(old, _VALUES):
        yield from _fields(old, new, place)
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and (keys := _keys(old, new)) is not None:
        yield from _items(old, new, *keys, place)
    else:
        yield FieldChanged(place, old, new)


def _keys(old: Sequence[object], new: Sequence[object]) -> tuple[list[str], list[str]] | None:
    """Return what names each item of two lists; None where something doesn't name one alone."""
    if any(key_of(item) is None for item in (*old, *new)):
        return None
    names, others = ([key_of(item) or "" for item in items] for items in (old, new))
    doubled = {name for each in (names, others) for name in each if each.count(name) > 1}
    keys, other_keys = ([_key(item, name, doubled) for item, name in zip(*pair, strict=True)] for pair in ((old, names), (new, others)))
    told_apart = all(len(set(each)) == len(each) and all(each) for each in (keys, other_keys))
    return (keys, other_keys) if told_apart else None


def _key(item: object, name: str, doubled: set[str]) -> str:
    """Return the key of an item; with its name where several share a key: contacts go by role and name."""
    return f"{name}: {getattr(item, 'name', None) or ''}" if name in doubled else name


def _items(old: Sequence[object], new: Sequence[object], keys: list[str], other_keys: list[str], place: DataPlace) -> Iterator[DataChange]:
    still, moved = by_key(keys, other_keys)
    places = {other: one for one, other in (*still, *moved)}
    gone = set(range(len(keys))) - set(places.values())
    yield from (ItemRemoved(place, keys[index], index, old[index]) for index in sorted(gone))
    for index, key in enumerate(other_keys):
        was = places.get(index)
        if was is None:
            yield ItemAdded(place, key, index, new[index])
            continue
        if (was, index) in moved:
            yield ItemMoved(place, key, was, index, title_of(new[index], key))
        yield from _value(old[was], new[index], place.down(ListItemStep(key, was, index), _title_of_both(old[was], new[index], key)))


def _title_of_both(old: object, new: object, key: str) -> Wording:
    """Return what people call an item of both versions: what tells it in either, or else its former name, whose change is what is told."""
    was, now = title_of(old, key), title_of(new, key)
    if was == now or not (isinstance(old, Model) and isinstance(new, Model)):
        return now
    kept = [part for part, other in zip(_told_by(old), _told_by(new), strict=False) if part == other]
    return Wording(*(", ".join(_in(part, language) for part in kept) for language in LANGUAGES)) if kept else was


def title_of(item: object, key: str = "") -> Wording:
    """Return what people call an item of a list: its name, label or text; a contact goes by its role, and by its name as well unless ``key`` does without."""
    if not isinstance(item, Model):
        return Wording(*(_in(item, language) for language in LANGUAGES))
    role = getattr(item, "role", None)
    names = ("name",) if role is not None else _NAMES
    name = next((each for each in (getattr(item, name, None) for name in names) if each is not None), None)
    parts = [part for part in (role, None if role is not None and key == str(role) else name) if part is not None] or _told_by(item)
    return Wording(*(", ".join(_in(part, language) for part in parts or [_key_field(item)]) for language in LANGUAGES))


def _key_field(item: Model) -> object:
    return getattr(item, item.key) if item.key is not None else str(item)


# What an item goes by, the first that it has; and items that several fields tell together.
_NAMES: Final = ("label", "name", "title", "activity", "phase", "text", "word")
_TOGETHER: Final = (("impact", "urgency"), ("service", "below"), ("kind", "reference"))


def _told_by(item: Model) -> list[object]:
    """Return the fields that tell an item together; nothing for one that its key alone tells."""
    found = ([getattr(item, name, None) for name in names] for names in _TOGETHER)
    return next((parts for parts in found if None not in parts), [])


def _in(part: object, language: str) -> str:
    if isinstance(part, Named):
        return part.label.in_language(language)
    return part.in_language(language) if isinstance(part, LocalizedText) else text_of(part, language)
