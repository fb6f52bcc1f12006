"""Regular expressions compiled late do what those compiled at once do."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from typing import Any

import pytest

import snc_docs
from snc_docs import patterns
from snc_docs.patterns import regex


def test_it_does_what_a_compiled_one_does() -> None:
    late, at_once = regex(r"(?P<word>\w+)-(\d)", re.IGNORECASE), re.compile(r"(?P<word>\w+)-(\d)", re.IGNORECASE)
    text = "ab-1, CD-2"
    for _ in range(2):
        assert [found.groupdict() for found in late.finditer(text)] == [found.groupdict() for found in at_once.finditer(text)]
        assert late.sub(r"\2", text) == at_once.sub(r"\2", text)
    assert (late.pattern, late.flags, late.groups, dict(late.groupindex)) == (
        at_once.pattern,
        at_once.flags,
        at_once.groups,
        dict(at_once.groupindex),
    )
    assert regex(rb"\d").findall(b"a1") == [b"1"]


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[Any, ...]] = []
    real, late = re.compile, regex(r"a+b")

    def compiling(*given: Any) -> Any:
        compiled.append(given)
        return real(*given)

    monkeypatch.setattr(re, "compile", compiling)
    assert compiled == []
    for _ in range(3):
        late.search("aab")
    assert compiled == [(r"a+b", 0)]


def test_those_of_the_same_words_and_flags_are_equal() -> None:
    assert regex("a") == regex("a")
    assert hash(regex("a")) == hash(regex("a"))
    assert regex("a") != regex("a", re.IGNORECASE)
    assert regex("a") != regex("b")
    assert regex("a") != re.compile("a")


def test_a_fault_is_raised_when_it_is_used() -> None:
    faulty = regex("(")
    with pytest.raises(re.error):
        faulty.search("")


def test_all_those_of_the_package_can_be_compiled() -> None:
    modules = [import_module(each.name) for each in pkgutil.walk_packages(snc_docs.__path__, "snc_docs.") if not each.name.endswith("__main__")]
    late = {each for module in modules for each in vars(module).values() if isinstance(each, patterns._Pattern)}
    assert len(late) > 100
    for each in late:
        each.search("" if isinstance(each.pattern, str) else b"")
