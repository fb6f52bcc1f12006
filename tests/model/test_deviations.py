"""A client's own terms hold within what the baseline lets be negotiated, and nowhere else; the limits stay in the house."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, Diagnostic, FindingsError, Severity, issued_version, load, load_agreement, load_baseline, version_of
from snc_docs.building.versions import baseline_findings
from snc_docs.campaign.amending import AmendSettings, new_data
from snc_docs.model.deviations import given_again
from snc_docs.model.periods import Delay, Period
from snc_docs.model.stored import restored, stored, told
from tests.tools import TODAY, changed, client_data, run_command, starter_data, write_pair

_NEGOTIABLE: list[dict[str, Any]] = [
    {"field": "notices.change", "least": {"days": 15}, "most": {"days": 60}},
    {"field": "commitments.data_protection_officer", "choices": ["both", "provider"]},
    {"field": "service.name"},
    {"field": "certificate.framework_version"},
]
_BASELINE = {**starter_data(), "negotiable": _NEGOTIABLE[:3]}


def _pair(folder: Path, deviations: object, negotiable: object = _NEGOTIABLE[:3]) -> Path:
    return write_pair(folder, {**starter_data(), "negotiable": negotiable}, {**client_data(), "deviations": deviations})


def _errors(path: Path) -> list[Diagnostic]:
    with pytest.raises(FindingsError) as refused:
        load(path, today=TODAY)
    return [each for each in refused.value.diagnostics if each.severity.value == "error"]


def test_an_agreed_term_holds_for_its_client_alone(tmp_path: Path) -> None:
    found = load(_pair(tmp_path, {"notices.change": {"days": 45}}), today=TODAY)
    assert found.agreement.notices.change == Period(days=45)
    assert found.agreement.deviations == ("notices.change",)
    (note,) = (each for each in found.findings if each.rule == "deviation.agreed")
    assert (Path(note.file or "").name, note.path, note.message.fr) == (
        "client.yaml",
        "notices.change",
        "clause propre à ce client : délais › préavis de modification",
    )
    baseline = load_baseline(_BASELINE)
    with_own, without = ({**client_data(), **more} for more in ({"deviations": {"notices.change": {"days": 45}}}, {}))
    changes = [load_agreement(each, baseline=baseline, today=TODAY).notices.change for each in (without, with_own, without)]
    assert changes == [Period(days=30), Period(days=45), Period(days=30)]


def test_a_term_that_the_baseline_does_not_give_may_be_agreed(tmp_path: Path) -> None:
    agreement = load_agreement(_pair(tmp_path, {"commitments.data_protection_officer": "both"}), today=TODAY)
    assert str(agreement.commitments.data_protection_officer) == "both"


@pytest.mark.parametrize(
    ("deviations", "said", "hint"),
    [
        ({"notices.change": {"days": 61}}, "beyond the baseline's limits", "take at most {days: 60}"),
        ({"notices.change": {"days": 14}}, "beyond the baseline's limits", "take at least {days: 15}"),
        ({"commitments.data_protection_officer": "where-required"}, "beyond the baseline's limits", "take one of these: both, provider"),
        ({"notices.compliance": {"days": 14}}, "'notices.compliance' isn't negotiable", "remove this deviation, or ask legal"),
        ({"notices.chang": {"days": 45}}, "'notices.chang' isn't negotiable", "did you mean 'notices.change'?"),
        ({"préavis de modification": {"days": 45}}, "isn't negotiable", "did you mean 'notices.change'?"),
        ({"provider.legal_name": "Autre"}, "isn't negotiable", "remove this deviation"),
        (["notices.change"], "fields 'path: value' are expected", "write 'notices.change"),
    ],
)
def test_any_other_is_refused_at_its_line(tmp_path: Path, deviations: object, said: str, hint: str) -> None:
    (finding,) = _errors(_pair(tmp_path, deviations))
    assert (finding.rule, Path(finding.file or "").name, bool(finding.line)) == ("deviation.refused", "client.yaml", True)
    assert said in finding.message.en
    assert hint in finding.hint.en


def test_a_value_of_another_form_is_refused_in_the_client_file(tmp_path: Path) -> None:
    (finding,) = _errors(_pair(tmp_path, {"notices.change": "45 jours"}))
    assert (finding.rule, Path(finding.file or "").name, finding.hint.en) == ("data.model-type", "client.yaml", "write 'notices.change: {days: 45}'")


@pytest.mark.parametrize(
    "wrong",
    [
        "notices.change",
        {"field": "notices"},
        {"field": "notices.chnge"},
        {"field": "provider.legal_name"},
        {"field": "certificate.framework_version"},
        {"field": "third_parties.others"},
        {"field": "service.name", "least": "A"},
        {"field": "notices.change", "least": "soon"},
        {"field": "notices.change", "most": {"days": 60}, "unit": "days"},
        {"field": "notices.change", "choices": 3},
    ],
)
def test_what_can_not_be_negotiated_is_said_in_the_baseline(tmp_path: Path, wrong: object) -> None:
    (finding,) = _errors(_pair(tmp_path, {}, [wrong]))
    assert (finding.rule, Path(finding.file or "").name) == ("deviation.negotiable", "baseline.yaml")


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        ({"days": "x"}, {"/deviations/notices.change/days"}),
        ({"dayz": 60}, {"/deviations/notices.change/dayz"}),
        (60, {"/deviations/notices.change"}),
        ({"days": 400}, {"/deviations/notices.change"}),
    ],
)
def test_a_deviation_is_pointed_at_where_the_client_gives_it(value: object, pointers: set[str]) -> None:
    data = {**client_data(), "deviations": {"notices.change": value, "notices.complience": {"days": 3}}}
    with pytest.raises(FindingsError) as caught:
        load(data, baseline={**starter_data(), "negotiable": _NEGOTIABLE[:3]}, today=TODAY)
    found = [each for each in caught.value.diagnostics if each.severity is Severity.ERROR]
    assert {each.pointer for each in found} == {*pointers, "/deviations/notices.complience"}
    assert {each.source for each in found} == {"client"}


def test_an_agreed_deviation_is_pointed_at_too() -> None:
    data = {**client_data(), "deviations": {"notices.change": {"days": 45}}}
    found = load(data, baseline={**starter_data(), "negotiable": _NEGOTIABLE[:3]}, today=TODAY).findings
    assert [(each.pointer, each.source) for each in found if each.rule == "deviation.agreed"] == [("/deviations/notices.change", "client")]
    assert {each.source for each in found if each.rule in ("exclusions.example", "contact.unknown")} == {"baseline", "client"}


def _agreement(**deviations: Any) -> Agreement:
    client = {**client_data(), "deviations": {name.replace("__", "."): value for name, value in deviations.items()}}
    return load_agreement(_BASELINE, client, today=TODAY)


def test_the_limits_are_in_no_record_and_the_deviations_are() -> None:
    agreement = _agreement(notices__change={"days": 45})
    text = stored(agreement)
    assert "negotiable" not in text
    assert '"days":60' not in text
    assert restored(text) == told(agreement)


def test_a_campaign_of_amendments_gives_them_again() -> None:
    settings = AmendSettings(Path("new.yaml"), effective_on=date(2027, 9, 1), notified_on=date(2027, 7, 1))
    data = new_data(_agreement(notices__change={"days": 45}, service__name="NUAGE"), settings)
    assert data["deviations"] == {"notices.change": {"days": 45}, "service.name": "NUAGE"}
    assert load_agreement(_BASELINE, data, today=TODAY).notices.change == Period(days=45)


def test_a_deviation_is_no_change_of_the_baseline() -> None:
    usual, own = (version_of(each, ["en"]) for each in (_agreement(), _agreement(notices__change={"days": 45})))
    assert baseline_findings(usual, own) == ()
    other = changed(_BASELINE, "notices.compliance", {"months": 2})
    third = version_of(load_agreement(other, {**client_data(), "deviations": {"notices.change": {"days": 50}}}, today=TODAY), ["en"])
    assert [each.rule for each in baseline_findings(own, third)] == ["baseline.same-version"]


def test_statements_and_diff_show_them(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "usual").mkdir()
    own, usual = _pair(tmp_path / "own", {"notices.change": {"days": 45}}), _pair(tmp_path / "usual", {})
    listed = run_command("statements", own, "-l", "en").stdout
    assert "(of this client's own)" in " ".join(listed.split())
    assert "of this client's own" not in " ".join(run_command("statements", usual, "-l", "en").stdout.split())
    compared = run_command("diff", usual, own, "--ui-lang", "en")
    assert "45" in compared.stdout
    assert "terms of the client" in compared.stdout.lower()


def _own_facts(folder: Path, negotiable: object) -> Path:
    """Return a client file whose baseline lets a fact that its layer declares be negotiated."""
    layer = folder / "layer"
    layer.mkdir()
    fact = {"id": "standby", "kind": "period", "label": {"fr": "délai d'astreinte", "en": "standby time"}, "protects": "lower"}
    (layer / "facts.yaml").write_text(json.dumps({"facts": [fact]}), encoding="utf-8")
    client = _pair(folder, {"facts.standby": {"hours": 2}}, negotiable)
    baseline = folder / "baseline.yaml"
    given = {**json.loads(baseline.read_text(encoding="utf-8")), "facts": {"standby": {"hours": 4}}, "templates": ["layer"]}
    baseline.write_text(json.dumps(given), encoding="utf-8")
    return client


def test_own_facts_may_be_negotiated_too(tmp_path: Path) -> None:
    loaded = load(_own_facts(tmp_path, [{"field": "facts.standby", "least": {"hours": 1}, "most": {"hours": 8}}]), today=TODAY)
    assert loaded.agreement.facts.standby == Delay(hours=2)  # type: ignore[attr-defined]  # as declared
    assert loaded.agreement.deviations == ("facts.standby",)
    assert given_again(loaded.agreement) == {"facts.standby": {"hours": 2}}
    assert "standby time" in next(each.message.en for each in loaded.findings if each.rule == "deviation.agreed")


def test_own_facts_have_limits_too(tmp_path: Path) -> None:
    (finding,) = _errors(_own_facts(tmp_path, [{"field": "facts.standby", "least": {"hours": 3}}]))
    assert (finding.rule, finding.hint.en) == ("deviation.refused", "take at least {hours: 3}")


def test_a_row_is_said_to_be_none(tmp_path: Path) -> None:
    (finding,) = _errors(_pair(tmp_path, {}, [{"field": "third_parties.others[reseau]"}]))
    assert "neither is a list, nor a row of one" in finding.message.en


def test_the_issued_word_file_knows_them(tmp_path: Path) -> None:
    own = _pair(tmp_path, {"notices.change": {"days": 45}})
    assert run_command("build", own, "-o", tmp_path / "out", "-l", "en", "--part", "agreement").exit_code == 0
    content = (tmp_path / "out" / "en" / "agreement.docx").read_bytes()
    assert issued_version(content, "agreement.docx").agreement.deviations == ("notices.change",)
