"""The shipped examples, as the data with which every condition of the shipped templates is seen both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from snc_docs.errors import NOTHING_TO_SAY, Wording
from snc_docs.inputs import shipped
from snc_docs.model.agreement import Agreement
from snc_docs.model.listing import ListedField
from snc_docs.model.loading import load_agreement
from snc_docs.model.parts import AccountDeletion
from snc_docs.model.source import read_source
from snc_docs.paths import DataPath

# A day on which the certificates of the examples are in force.
_DAY: Final = date(2026, 12, 1)


def examples_folder() -> Path:
    """Return the folder of the examples."""
    return shipped("examples")


def example_agreements() -> list[Agreement]:
    """Return the agreements of the examples, and two of them again with the facts of deletion certificates."""
    agreements = [load_agreement(path, today=_DAY) for path in _files()]
    return [*agreements, *_certified(agreements)]


def _certified(agreements: Sequence[Agreement]) -> Iterator[Agreement]:
    """Yield an agreement that says how far a deletion goes and one that doesn't, with a day on which it was final, and without."""
    for says in (True, False):
        form = next(each for each in agreements if (kind := each.deletion_certificate) is not None and (kind.extent is not None) is says)
        for day in (None, _DAY):
            yield form.for_closed_account(AccountDeletion(account="012345678901", deleted_on=day))


def _files() -> list[Path]:
    """Return the client files of each example, or its baselines where it has none."""
    folders = sorted(path for path in examples_folder().iterdir() if path.is_dir())
    return [path for folder in folders for path in sorted(folder.glob("client*.yaml")) or sorted(folder.glob("*.yaml"))]


def with_examples(fields: Iterable[ListedField], of: str) -> tuple[ListedField, ...]:
    """Return the fields of a ``baseline`` or a ``client`` file with a value each that a shipped example gives: whether a text is a sentence or a part of one is seen there."""
    values = _values_given(of)
    return tuple(replace(field, example=values.get(field.path, NOTHING_TO_SAY)) for field in fields)


# The example that gives every optional commitment.
_MOST_TELLING: Final = "complete"


@cache
def _values_given(of: str) -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    folders = sorted((path for path in examples_folder().iterdir() if path.is_dir()), key=lambda path: (path.name != _MOST_TELLING, path))
    for folder in folders:
        for path in sorted(folder.glob(f"{of}*.yaml")):
            for where, value in _leaves(read_source(path).data, DataPath()):
                found.setdefault(where, value)
    return found


def _leaves(value: Any, path: DataPath) -> Iterator[tuple[str, Wording]]:
    """Yield the values of data by their paths, ``[*]`` for an item of a list; a text in both languages, and a time or an amount, is one value."""
    if isinstance(value, Mapping):
        if value.keys() == {"fr", "en"}:
            yield path, Wording(str(value["fr"]), str(value["en"]))
        elif path and all(not isinstance(each, Mapping | list) for each in value.values()):
            yield path, Wording(*(f"{{{', '.join(f'{name}: {_shown(each)}' for name, each in value.items())}}}",) * 2)
        for name, each in value.items():
            yield from _leaves(each, path.field(str(name)))
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, path.item("*"))
    elif value is not None:
        yield path, Wording(*(_shown(value),) * 2)


def _shown(value: object) -> str:
    """Return a value as YAML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
