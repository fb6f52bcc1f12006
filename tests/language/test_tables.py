"""What the package says in each language it says in every one: a table that a new language is missing from fails here."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module

import snc_docs
from snc_docs.language import LANGUAGES


def _tables() -> Iterator[tuple[str, set[str]]]:
    """Yield the keys of each mapping by language that a module or class of the package holds, with its name."""
    for each in pkgutil.walk_packages(snc_docs.__path__, "snc_docs."):
        if each.name.endswith("__main__"):
            continue
        module = import_module(each.name)
        held = [(name, value) for name, value in vars(module).items() if not name.startswith("__")]
        held += [
            (f"{name}.{inner}", value)
            for name, owner in held
            if isinstance(owner, type) and owner.__module__ == each.name
            for inner, value in vars(owner).items()
        ]
        for name, value in held:
            if isinstance(value, Mapping) and value and {str(key) for key in value} & {*LANGUAGES} and all(isinstance(key, str) for key in value):
                yield f"{each.name}.{name}", {str(key) for key in value}


def test_each_table_by_language_has_every_language() -> None:
    tables = dict(_tables())
    assert "snc_docs.compliance.binding._DENIAL" in tables
    assert {name: keys for name, keys in tables.items() if not {*LANGUAGES} <= keys} == {}
