"""A short fuzz run over every door, and the run itself: that it sees a traceback, a hang and a blow-up, and gives the same inputs again."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import pytest

from snc_docs.readers import drawing
from tests import fuzzing
from tests.fuzzing import DOORS, Door, inputs, outcome

# `make fuzz` takes 20,000 inputs a door.
_INPUTS = 40


@pytest.mark.parametrize("name", DOORS)
def test_no_input_is_a_traceback(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "MOST_SECONDS", 120)  # a test isn't for the clock to judge
    monkeypatch.setattr(drawing, "_BASE_BYTES", drawing._BASE_BYTES)  # which the run raises
    fuzzing._warm(name, tmp_path)
    wrong = [result.wrong for content in islice(inputs(DOORS[name], 7, 1000), _INPUTS) if (result := outcome(DOORS[name], content, tmp_path)).wrong]
    assert wrong == []


def test_the_same_seed_gives_the_same_inputs() -> None:
    first, again, other = (list(inputs(DOORS["yaml"], seed, 30)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def _raises(*_: object) -> None:
    raise KeyError("lost")


def _hangs(*_: object) -> None:
    time.sleep(60)


def _swells(*_: object) -> int:
    return len(b"x" * (fuzzing.MOST_MIB + 100) * 2**20)


@pytest.mark.parametrize(("read", "said"), [(_raises, "KeyError: 'lost'"), (_hangs, "not done after 1 s"), (_swells, "took ")])
def test_the_run_sees_what_goes_wrong(read: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "MOST_SECONDS", 1 if read is _hangs else 120)
    door = Door(lambda: [b"x"], (b"y",), read, fuzzing._changed)  # type: ignore[arg-type]  # a reader
    assert said in outcome(door, b"x", tmp_path).wrong
