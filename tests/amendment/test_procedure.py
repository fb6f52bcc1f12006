"""An amendment goes by the data; where the client's article says otherwise how the agreement changes, no notice goes out unnoticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from snc_docs import Agreement, load, load_agreement, version_of
from snc_docs.amendment.amending import amendment_between
from snc_docs.amendment.refusals import refusals
from snc_docs.building.inspecting import inspected
from tests.tools import EXAMPLES, TODAY

_PATH = EXAMPLES / "outscale" / "client.yaml"
_OWN = "# Changes {#changes}\n\n"
_ACCEPTED = "[An update shall apply only if the Client accepts it in writing](says:change-by-acceptance)"
_NOTICE = "The Service Provider shall give notice at least {{ notices.change|in_words }} in advance"


def _layer(folder: Path, words: str) -> Path:
    path = folder / "en" / "changes.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(f"{_OWN}{words}.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"{_NOTICE}.\n\n{_ACCEPTED}", ["acceptance"]),
        ("The Service Provider shall give notice ninety (90) days in advance", ["doesn't print the notice"]),
        (f"{_ACCEPTED}, ninety (90) days after its proposal", ["acceptance", "doesn't print the notice"]),
        (f"{_NOTICE}. [The new version shall apply from that date](says:change-by-notice)", []),
    ],
)
def test_words_that_ask_for_more_than_the_data_are_told_and_stand_against_a_notice(tmp_path: Path, words: str, said: list[str]) -> None:
    layer = _layer(tmp_path, words)
    shown = [each.message.en for each in inspected(load(_PATH, today=TODAY), ("en",), layer)[1] if each.rule == "changes.unlike-data"]
    assert [any(word in message for message in shown) for word in said] == [True] * len(said)
    assert len(shown) == len(said)
    agreement = load_agreement(_PATH, today=TODAY)
    assert [each.count("version in force") for each in _against(agreement, layer)] == [1] * len(said)
    assert _against(agreement, layer, both_sign=True) == []


def _against(agreement: Agreement, layer: Path, *, both_sign: bool = False) -> list[str]:
    later = {"version": "2.0", "effective_date": date(2028, 6, 1)}
    new = agreement.model_copy(
        update={"document": agreement.document.model_copy(update=later), "notices": agreement.notices.model_copy(update={"compliance": None})}
    )
    amendment = amendment_between(version_of(agreement, ["en"], layer), version_of(new, ["en"], layer), date(2027, 1, 4))
    return [each.message.en for each in refusals(replace(amendment, has_both_sign=both_sign)) if each.rule == "amendment.procedure"]


@pytest.mark.parametrize("name", ["outscale", "complete", "software", "seven-services", "minimal"])
def test_the_shipped_article_says_what_the_data_says(name: str) -> None:
    found = inspected(load(EXAMPLES / name / "client.yaml", today=TODAY), ("fr", "en"), None)[1]
    assert [each for each in found if each.rule == "changes.unlike-data"] == []


def test_an_article_that_leaves_out_the_acceptance_of_the_data_is_told(tmp_path: Path) -> None:
    layer = _layer(tmp_path, _NOTICE)
    found = inspected(load(EXAMPLES / "complete" / "client.yaml", today=TODAY), ("en",), layer)[1]
    assert ["doesn't say so" in each.message.en for each in found if each.rule == "changes.unlike-data"] == [True]
