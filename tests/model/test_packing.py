"""Validated data comes back from what this package keeps of it, value by value and kind by kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snc_docs import load_agreement
from snc_docs.model.base import LabelledEnum, Model
from snc_docs.model.facts import OWN_CHOICE
from snc_docs.model.packing import _models, packed, unpacked
from tests.tools import EXAMPLES, TODAY

CLIENTS = sorted(path for path in EXAMPLES.rglob("*.yaml") if "baseline:" in path.read_text(encoding="utf-8") and path.stem != "baseline")


def _values(value: Any) -> list[Any]:
    inner = [each for _, each in value] if isinstance(value, Model) else value if isinstance(value, tuple) else ()
    return [value, *(each for one in inner for each in _values(one))]


@pytest.mark.parametrize("path", CLIENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_example_comes_back(path: Path) -> None:
    agreement = load_agreement(path, today=TODAY).model_copy(update={"attachments": ()}).with_layers(())
    again = unpacked(packed(agreement))
    assert again == agreement
    assert [type(each) for each in _values(again)] == [type(each) for each in _values(agreement)]
    assert repr(again) == repr(agreement)


def test_kinds_are_told_apart_by_their_names() -> None:
    choices = [kind for kind in LabelledEnum.__subclasses__() if kind.__name__ != OWN_CHOICE]  # made of declarations, whose packing carries them
    names = [*_models(), *(kind.__name__ for kind in choices)]
    assert len(set(names)) == len(names)
    assert len(_models()) > 40


def test_all_that_a_part_of_the_data_says_is_in_how_python_writes_it() -> None:
    """Renderings are kept by it: two parts that are written the same must be the same."""
    hidden = [(name, field) for name, kind in _models().items() for field, about in kind.model_fields.items() if not about.repr]
    assert hidden == [("Attachment", "content")]


def test_what_is_no_value_of_the_data_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        packed(load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY))
