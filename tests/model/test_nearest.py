"""A mistyped name is answered with the one that was meant, in both languages, at its file and line; a name like no other isn't."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import Diagnostic, FindingsError, load_agreement
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.field_names import kind_at
from snc_docs.model.listing import listed_fields
from snc_docs.model.nearest import nearest
from snc_docs.templating.unfolding import unfold
from tests.tools import TODAY, changed, client_data, starter_data, write_pair

TOP = (*Baseline.model_fields, *ClientFile.model_fields)


@given(st.sampled_from(TOP), st.data())
def test_one_slip_in_a_long_name_is_answered_with_that_name(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    slips = [name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], name[:at] + name[at + 1] + name[at] + name[at + 2 :]]
    slip = data.draw(st.sampled_from(slips))
    others = {each for each in TOP if each != name and nearest(slip, [each])}
    assert nearest(slip, TOP) in {name, *others}
    assert nearest(slip, [name]) == name or len(name) < 6


@given(st.sampled_from(TOP))
def test_the_way_in_which_words_are_joined_makes_no_difference(name: str) -> None:
    camel = "".join(part.title() for part in name.split("_"))
    assert {nearest(each, TOP) for each in (name, camel, name.upper(), name.replace("_", "-"), name.replace("_", " "))} == {name}


@given(st.text(max_size=200))
def test_whatever_a_file_calls_a_field_the_answer_is_a_known_name_or_none(name: str) -> None:
    assert nearest(name, TOP) in (None, *TOP)


def test_every_field_of_every_part_is_known_at_its_place() -> None:
    for file, model in (("baseline", Baseline), ("client", ClientFile)):
        for listed in listed_fields(file):
            if listed.path.startswith("facts"):
                continue
            *place, name = [step.removesuffix("[*]") for step in listed.path.split(".")]
            steps = [
                each for step, whole in zip(place, listed.path.split("."), strict=False) for each in ((step, 0) if whole.endswith("[*]") else (step,))
            ]
            assert name in kind_at(model, steps)[0].model_fields, listed.path


def _refused(path: Path) -> list[Diagnostic]:
    with pytest.raises(FindingsError) as refused:
        load_agreement(path, today=TODAY)
    return [each for each in refused.value.diagnostics if each.rule in ("data.extra-forbidden", "fact.undeclared")]


@pytest.mark.parametrize(
    ("file", "path", "value", "near"),
    [
        ("client", "clientt", {}, "client"),
        ("client", "client.share_captial", {"amount": 1, "currency": "EUR"}, "share_capital"),
        ("client", "client.legalName", "A", "legal_name"),
        ("client", "document.efective_date", "2026-07-01", "effective_date"),
        ("client", "client_contacts.0.phone", "+33 1 99 00 00 00", None),
        ("client", "client_contacts.0.telefone", "+33 1 99 00 00 00", "telephone"),
        ("client", "template", ["a"], "templates"),
        ("baseline", "commitments", {"reversability": {}}, "reversibility"),
        ("baseline", "governing_law.requirement", [], "requirements"),
        ("baseline", "provider.legal_form.eng", "a", "en"),
        ("baseline", "colour", "blue", None),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path, file: str, path: str, value: Any, near: str | None) -> None:
    data = {"baseline": starter_data(), "client": client_data()}
    data[file] = changed(data[file], path, value)
    (finding,) = _refused(write_pair(tmp_path, data["baseline"], data["client"]))
    assert (Path(finding.file or "").stem, bool(finding.line)) == (file, True)
    if near is None:
        assert "did you mean" not in finding.hint.en
    else:
        assert finding.hint.en.startswith((f"did you mean '{near}'? If not: ", f"write '{near}: "))
        assert finding.hint.fr.startswith((f"vouliez-vous dire « {near} » ? sinon : ", f"écrire « {near}: "))


def test_an_undeclared_fact_is_answered_with_the_nearest_declared(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    declared = "facts:\n  - {id: desk_hours, kind: text, label: {fr: a, en: b}}\n"
    (tmp_path / "own" / "facts.yaml").write_text(declared, encoding="utf-8")
    baseline = {**starter_data(), "templates": "own", "facts": {"desk_hour": "9-5"}}
    (finding,) = _refused(write_pair(tmp_path, baseline, client_data()))
    assert (finding.rule, finding.hint.en.startswith("did you mean 'desk_hours'?")) == ("fact.undeclared", True)


def test_an_unknown_field_in_a_template_is_answered_too() -> None:
    (fault,) = unfold("{{ client.legal_nam }}", "x", "x").analyzer.faults
    assert fault.hint.en.startswith("did you mean 'legal_name'? If not: take one of ")
