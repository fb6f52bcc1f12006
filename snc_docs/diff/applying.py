"""Changes of the data put to use: ``apply(changes, old) == new``, and with ``reverse`` back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar, cast

from snc_docs.diff.data import DataChange, FieldChanged, ItemAdded, ItemMoved, ItemRemoved, ListItemStep, Step
from snc_docs.errors import SncDocsError, Wording
from snc_docs.model.agreement import Agreement
from snc_docs.model.base import Model
from snc_docs.model.facts import OwnFacts, facts_of

M = TypeVar("M", bound=Model)


class ForeignChangeError(SncDocsError):
    """A change that doesn't start from what the data says."""

    def __init__(self, path: str) -> None:
        """Say where."""
        super().__init__(
            Wording(
                f"« {path} » : la version n'est pas celle dont ces changements partent ; comparer de nouveau les deux versions.",
                f"'{path}': the version isn't the one that these changes start from; compare the two versions again.",
            )
        )


def apply_data(changes: Iterable[DataChange], old: M) -> M:
    """Return the new version of ``old``; ForeignChangeError if a change starts from something else."""
    return cast("M", _applied(old, [(change.place.steps, change) for change in changes]))


def reverse_data(changes: Iterable[DataChange]) -> tuple[DataChange, ...]:
    """Return the changes that lead back."""
    return tuple(_reversed(change) for change in changes)


def _reversed(change: DataChange) -> DataChange:
    steps = tuple(ListItemStep(step.key, step.new, step.old) if isinstance(step, ListItemStep) else step for step in change.place.steps)
    place = replace(change.place, steps=steps)
    match change:
        case FieldChanged(_, old, new):
            return FieldChanged(place, new, old)
        case ItemAdded(_, key, index, item):
            return ItemRemoved(place, key, index, item)
        case ItemRemoved(_, key, index, item):
            return ItemAdded(place, key, index, item)
        case ItemMoved(_, key, old, new, title):
            return ItemMoved(place, key, new, old, title)


Waiting = list[tuple[tuple[Step, ...], DataChange]]


def _applied(value: object, waiting: Waiting) -> object:
    if len(waiting) == 1 and not waiting[0][0] and isinstance(change := waiting[0][1], FieldChanged):
        if value != change.old:
            raise ForeignChangeError(change.place.path)
        return change.new
    if isinstance(value, Model):
        groups: dict[str, Waiting] = {}
        for steps, change in waiting:
            if not steps or not isinstance(steps[0], str) or not (steps[0] in type(value).model_fields or isinstance(value, OwnFacts)):
                raise ForeignChangeError(change.place.path)
            groups.setdefault(steps[0], []).append((steps[1:], change))
        changed = value.model_copy(update={name: _applied(getattr(value, name, None), group) for name, group in groups.items()})
        return changed.model_copy(update={"facts": facts_of(changed.declared, dict(changed.facts))}) if isinstance(changed, Agreement) else changed
    if isinstance(value, tuple):
        return _applied_items(value, waiting)
    raise ForeignChangeError(waiting[0][1].place.path)


def _applied_items(items: Sequence[object], waiting: Waiting) -> tuple[object, ...]:
    changed = list(items)
    inside: dict[int, Waiting] = {}
    for steps, change in waiting:
        if steps and isinstance(steps[0], ListItemStep):
            _within(items, steps[0].old, change)
            inside.setdefault(steps[0].old, []).append((steps[1:], change))
    for index, group in inside.items():
        changed[index] = _applied(changed[index], group)
    gone: set[int] = set()
    come: list[tuple[int, object]] = []
    for change in (change for steps, change in waiting if not steps):
        match change:
            case ItemRemoved(_, _, index, item):
                if _within(items, index, change) != item:
                    raise ForeignChangeError(change.place.path)
                gone.add(index)
            case ItemMoved(_, _, index, new, _):
                _within(items, index, change)
                gone.add(index)
                come.append((new, changed[index]))
            case ItemAdded(_, _, index, item):
                come.append((index, item))
            case FieldChanged():
                raise ForeignChangeError(change.place.path)
    result = [item for index, item in enumerate(changed) if index not in gone]
    for index, item in sorted(come, key=lambda each: each[0]):
        result.insert(index, item)
    return tuple(result)


def _within(items: Sequence[object], index: int, change: DataChange) -> object:
    if not 0 <= index < len(items):
        raise ForeignChangeError(change.place.path)
    return items[index]
