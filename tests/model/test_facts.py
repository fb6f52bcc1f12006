"""Own facts: declared in a layer, then data as any other: typed, located, stored, compared, rated, protected."""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import Agreement, FindingsError, Version, apply, assemble, compare, inspect, load_agreement, reverse, version_of
from snc_docs.amendment.facts import Amendment
from snc_docs.amendment.refusals import refusals
from snc_docs.diff.showing import data_entries
from snc_docs.language import LANGUAGES
from snc_docs.model.facts import Declared, FactKind, FactsFile, GivenBy, Protection, facts_model, facts_of
from snc_docs.model.stored import restored, stored, told
from tests.tools import EXAMPLES, TODAY, all_text, run_command

_LABEL = {"fr": "libellé du fait", "en": "label of the fact"}
_TEXTS = {"fr": "mots", "en": "words"}
# Of each kind that can be measured or not: a value, a better one for a client whom high values protect, and how it prints in English.
_VALUES: dict[str, tuple[Any, Any, str]] = {
    "text": ("one", "two", "one"),
    "wording": (_TEXTS, {"fr": "autres", "en": "others"}, "words"),
    "number": (5, 7, "5"),
    "rate": (99.5, 99.9, "99.5%"),
    "period": ({"days": 10}, {"weeks": 2}, "10\u00a0days"),
    "amount": ({"amount": 100}, {"amount": 200}, "€100"),
    "date": ("2026-01-01", "2026-06-01", "1\u00a0January\u00a02026"),
    "yes-no": (True, False, "True"),
    "address": (
        {"fr": "https://a.example/fr", "en": "https://a.example/en"},
        {"fr": "https://b.example/fr", "en": "https://b.example/en"},
        "https://a.example/en",
    ),
    "choice": ("gold", "silver", "Gold"),
}
_CHOICES = [{"id": "gold", "label": {"fr": "Or", "en": "Gold"}}, {"id": "silver", "label": {"fr": "Argent", "en": "Silver"}}]
_MEASURED = ("number", "rate", "period", "amount", "date")


def _fact(kind: str, name: str = "own", **more: Any) -> dict[str, Any]:
    choices = {"choices": _CHOICES} if kind == "choice" else {}
    return {"id": name, "kind": kind, "label": _LABEL, **choices, **more}


_TABLE = _fact(
    "table",
    "targets",
    protects="present",
    row_key="level",
    columns=[
        {"id": "level", "kind": "text", "label": {"fr": "niveau", "en": "level"}},
        {"id": "restore", "kind": "period", "label": {"fr": "rétablissement", "en": "restoration"}, "protects": "lower"},
        {"id": "kept", "kind": "rate", "label": {"fr": "taux tenu", "en": "rate kept"}, "protects": "higher", "required": False},
    ],
)
_ROWS: list[dict[str, Any]] = [{"level": "P1", "restore": {"hours": 4}, "kept": 95}, {"level": "P2", "restore": {"hours": 8}}]


def _folder(folder: Path, facts: list[dict[str, Any]], baseline: Any = None, client: Any = None, clause: str = "") -> Path:
    """Write the minimal example with a layer that declares facts, and their values; return the client file."""
    layer = folder / "layer"
    layer.mkdir(parents=True, exist_ok=True)
    (layer / "facts.yaml").write_text(json.dumps({"facts": facts}, indent=1), encoding="utf-8")
    for language in LANGUAGES if clause else ():
        (layer / language).mkdir(exist_ok=True)
        (layer / language / "purpose.md.j2").write_text(f"# Title {{#purpose}}\n\n{clause}\n", encoding="utf-8")
    for name, values in (("baseline.yaml", baseline), ("client.yaml", client)):
        data = yaml.safe_load((EXAMPLES / "minimal" / name).read_text(encoding="utf-8"))
        data |= (
            {"templates": "layer"} if name == "baseline.yaml" else {"document": {"reference": "R", "version": "1.0", "effective_date": "2026-12-01"}}
        )
        data |= {} if values is None else {"facts": values}
        (folder / name).write_text(json.dumps(data, indent=1), encoding="utf-8")
    return folder / "client.yaml"


def _loaded(folder: Path, *arguments: Any, **more: Any) -> Agreement:
    return load_agreement(_folder(folder, *arguments, **more), today=TODAY)


def _refused(folder: Path, *arguments: Any, **more: Any) -> list[tuple[str, str, str, int]]:
    with pytest.raises(FindingsError) as refused:
        _loaded(folder, *arguments, **more)
    return [
        (each.rule, each.path or "", Path(each.file or "").name, each.line or 0)
        for each in refused.value.diagnostics
        if each.severity.value == "error"
    ]


def _declared(*facts: dict[str, Any]) -> Declared:
    return FactsFile.model_validate({"facts": list(facts)}).facts


# ---------------------------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize("kind", _VALUES)
def test_each_kind_prints_as_the_language_writes_it(tmp_path: Path, kind: str) -> None:
    value, _, shown = _VALUES[kind]
    clause = "{% if facts.own %}\nIt is so.\n{% endif %}" if kind == "yes-no" else "It is {{ facts.own }}."
    agreement = _loaded(tmp_path, [_fact(kind)], {"own": value}, clause=clause)
    said = next(all_text(section) for section in assemble(agreement, "en").sections if section.id == "purpose")
    assert (f"It is {shown}." if kind != "yes-no" else "It is so.") in said


def test_there_is_a_value_of_every_kind() -> None:
    assert {*_VALUES, "table"} == {kind.value for kind in FactKind}


def test_a_table_prints_its_rows(tmp_path: Path) -> None:
    clause = "::: table widths=50,50\n| Level | Time |\n{% for target in facts.targets %}\n| {{ target.level }} | {{ target.restore }} |\n{% endfor %}\n:::"
    agreement = _loaded(tmp_path, [_TABLE], {"targets": _ROWS}, clause=clause)
    for language, time in zip(LANGUAGES, ("4\u00a0heures", "4\u00a0hours"), strict=True):
        said = next(all_text(section) for section in assemble(agreement, language).sections if section.id == "purpose")
        assert f"P1{time}" in said.replace("\n", "")


def test_the_three_states_of_a_clients_fact(tmp_path: Path) -> None:
    clause = "Here: {{ facts.own }}."
    for given_value, shown in ((None, "Here: [label of the fact]."), ({"own": "not-applicable"}, "Here: ."), ({"own": "one"}, "Here: one.")):
        agreement = _loaded(tmp_path, [_fact("text", given_by="client")], None, given_value, clause=clause)
        assert shown in next(all_text(section) for section in assemble(agreement, "en").sections if section.id == "purpose")


# ---------------------------------------------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("facts", "baseline", "client", "found"),
    [
        ([_fact("rate")], {"own": 101}, None, ("data.less-than-equal", "facts.own", "baseline.yaml")),
        ([_fact("rate")], {"own": "x"}, None, ("data.decimal-parsing", "facts.own", "baseline.yaml")),
        ([_fact("choice")], {"own": "bronze"}, None, ("data.enum", "facts.own", "baseline.yaml")),
        ([_TABLE], {"targets": [{"level": "P1"}]}, None, ("data.missing", "facts.targets[0].restore", "baseline.yaml")),
        ([_TABLE], {"targets": [*_ROWS, _ROWS[0]]}, None, ("data.doubled", "facts.targets[P1#2]", "baseline.yaml")),
        ([], {"own": 1}, None, ("fact.undeclared", "facts.own", "baseline.yaml")),
        ([], None, {"own": 1}, ("fact.undeclared", "facts.own", "client.yaml")),
        ([_fact("rate")], None, {"own": 1}, ("fact.elsewhere", "facts.own", "client.yaml")),
        ([_fact("rate", given_by="client")], {"own": 1}, None, ("fact.elsewhere", "facts.own", "baseline.yaml")),
        ([_fact("rate", required=True)], None, None, ("fact.missing", "facts.own", "baseline.yaml")),
        ([_fact("rate")], [1], None, ("data.model-type", "facts", "baseline.yaml")),
        ([_fact("text"), _fact("rate")], None, None, ("fact.doubled", "", "facts.yaml")),
        ([_fact("text", "Own")], None, None, ("data.string-pattern-mismatch", "facts[0].id", "facts.yaml")),
        ([_fact("text", "_own")], None, None, ("data.string-pattern-mismatch", "facts[0].id", "facts.yaml")),
        ([_fact("text", "copy")], None, None, ("data.fact-reserved", "facts[0]", "facts.yaml")),
        ([_fact("text", "is_blank")], None, None, ("data.fact-reserved", "facts[0]", "facts.yaml")),
        ([_fact("text", "class")], None, None, ("data.fact-reserved", "facts[0]", "facts.yaml")),
        ([_fact("text", "without")], None, None, ("data.fact-reserved", "facts[0]", "facts.yaml")),
        ([_fact("colour")], None, None, ("data.enum", "facts[0].kind", "facts.yaml")),
        ([_fact("choice", choices=[])], None, None, ("data.fact-choices", "facts[0]", "facts.yaml")),
        ([_fact("text", choices=_CHOICES)], None, None, ("data.fact-choices", "facts[0]", "facts.yaml")),
        ([_fact("text", protects="higher")], None, None, ("data.fact-protects", "facts[0]", "facts.yaml")),
        ([{**_TABLE, "row_key": "restore"}], None, None, ("data.fact-columns", "facts[0]", "facts.yaml")),
        ([{**_TABLE, "columns": [*_TABLE["columns"], _TABLE["columns"][0]]}], None, None, ("data.fact-columns", "facts[0]", "facts.yaml")),
        ([_fact("text", columns=_TABLE["columns"])], None, None, ("data.fact-columns", "facts[0]", "facts.yaml")),
        (
            [{**_TABLE, "columns": [*_TABLE["columns"], {"id": "t", "kind": "table", "label": _LABEL}]}],
            None,
            None,
            ("data.fact-nested", "facts[0].columns[3]", "facts.yaml"),
        ),
        ([_fact("text", label={"fr": "x"})], None, None, ("data.missing", "facts[0].label.en", "facts.yaml")),
        ([_fact("text", f"f{index}") for index in range(501)], None, None, ("data.too-long", "facts", "facts.yaml")),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path: Path, facts: Any, baseline: Any, client: Any, found: tuple[str, str, str]) -> None:
    refused = _refused(tmp_path, facts, baseline, client)
    assert found in [each[:3] for each in refused]
    assert all(line > 0 for *_, line in refused)


def test_an_undeclared_fact_in_a_clause_is_a_fault_with_its_line(tmp_path: Path) -> None:
    agreement = _loaded(tmp_path, [_fact("text")], {"own": "x"}, clause="{{ facts.other }}")
    with pytest.raises(FindingsError) as refused:
        assemble(agreement, "en")
    assert [(each.rule, each.line) for each in refused.value.diagnostics] == [("template.fault", 3)]
    result = run_command("check", "--templates", tmp_path / "layer")
    assert "unknown field 'facts.other'" in result.stderr
    assert "take one of own" in result.stderr


def test_a_declared_fact_that_nothing_prints_is_said(tmp_path: Path) -> None:
    _folder(tmp_path, [_fact("text"), _fact("text", "printed")], clause="{{ facts.printed }}")
    result = run_command("check", "--templates", tmp_path / "layer")
    assert "'facts.own'" in result.stderr
    assert "'facts.printed'" not in result.stderr


def test_a_layer_above_declares_a_fact_anew(tmp_path: Path) -> None:
    path = _folder(tmp_path, [_fact("text")], {"own": 5})
    above = tmp_path / "above"
    above.mkdir()
    (above / "facts.yaml").write_text(json.dumps({"facts": [_fact("number")]}), encoding="utf-8")
    assert load_agreement(path, today=TODAY, templates=above).facts.own == 5  # type: ignore[attr-defined]  # declared above


def test_the_schema_has_them(tmp_path: Path) -> None:
    _folder(tmp_path, [_fact("rate"), _TABLE, _fact("text", "theirs", given_by="client")])
    schemas = json.loads(run_command("schema", "--templates", tmp_path / "layer").stdout)
    assert set(schemas["baseline"]["properties"]["facts"]["properties"]) == {"without", "own", "targets"}
    assert set(schemas["client"]["properties"]["facts"]["properties"]) == {"without", "theirs"}
    assert "facts" not in json.loads(run_command("schema", "baseline").stdout)["properties"]


# -------------------------------------------------------------------------------------------------------------- laws


_KINDS = st.sampled_from(sorted(_VALUES))


@st.composite
def _declarations(draw: st.DrawFn) -> tuple[Declared, dict[str, Any]]:
    """Return declarations of any kinds with values of them, some unknown."""
    facts: list[dict[str, Any]] = []
    values: dict[str, Any] = {}
    for index, kind in enumerate(draw(st.lists(_KINDS, max_size=6))):
        name = f"fact_{index}"
        facts.append(_fact(kind, name, protects="higher" if kind in _MEASURED else "present", given_by=draw(st.sampled_from(["provider", "client"]))))
        value = draw(st.sampled_from([None, *_VALUES[kind][:2]]))
        values |= {} if value is None else {name: value}
    if draw(st.booleans()):
        facts.append(_TABLE)
        values["targets"] = draw(st.sampled_from([[], _ROWS, _ROWS[:1]]))
    return _declared(*facts), values


def _with(agreement: Agreement, declared: Declared, values: dict[str, Any]) -> Agreement:
    facts = facts_of(declared, dict(facts_model(declared).model_validate(values)))
    return agreement.model_copy(update={"declared": declared, "facts": facts})


@given(_declarations())
def test_facts_come_back_from_what_a_document_carries(drawn: tuple[Declared, dict[str, Any]]) -> None:
    agreement = _with(_MINIMAL, *drawn)
    assert restored(stored(agreement)) == told(agreement)
    assert pickle.loads(pickle.dumps(agreement)) == agreement  # noqa: S301  # made on the same line
    assert type(restored(stored(agreement)).facts) is type(agreement.facts)


@given(_declarations(), _declarations())
def test_changes_lead_from_one_version_to_the_other_and_back(one: tuple[Declared, dict[str, Any]], other: tuple[Declared, dict[str, Any]]) -> None:
    old, new = (Version(told(_with(_MINIMAL, *each)), {}) for each in (one, other))
    changes = compare(old, new)
    assert apply(changes, old).agreement == new.agreement
    assert apply(reverse(changes), new).agreement == old.agreement
    for language in LANGUAGES:
        data_entries(changes, language)


_MINIMAL = load_agreement(EXAMPLES / "minimal" / "client.yaml", today=TODAY)


# ----------------------------------------------------------------------------------------------------------- protection


def _forbidden(one: Agreement, other: Agreement) -> bool:
    return any(rating.forbidden for _, rating in compare(Version(told(one), {}), Version(told(other), {})).rated_data())


@pytest.mark.parametrize("kind", _MEASURED)
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_fact_lowered_is_forbidden_and_raised_is_not(kind: str, direction: str) -> None:
    low, high, _ = _VALUES[kind]
    declared = _declared(_fact(kind, protects=direction))
    less, more, none = (_with(_MINIMAL, declared, values) for values in ({"own": low}, {"own": high}, {}))
    assert _forbidden(more, less) is (direction == "higher")
    assert _forbidden(less, more) is (direction == "lower")
    assert _forbidden(less, none)
    assert not _forbidden(none, less)


@pytest.mark.parametrize("kind", _VALUES)
def test_a_fact_that_protects_by_being_there_may_change_and_not_go(kind: str) -> None:
    declared = _declared(_fact(kind, protects="present"))
    value, other, _ = _VALUES[kind]
    there, changed, gone = (_with(_MINIMAL, declared, values) for values in ({"own": value}, {"own": other}, {}))
    assert _forbidden(there, gone)
    assert _forbidden(there, changed) is (kind == "yes-no")
    assert _forbidden(there, _MINIMAL)


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_period_that_loses_its_length_is_lowered_whichever_way_it_protects(direction: str) -> None:
    declared = _declared(_fact("period", protects=direction))
    counted, open_ended = (_with(_MINIMAL, declared, {"own": value}) for value in ({"months": 36}, {"without_undue_delay": True}))
    assert _forbidden(counted, open_ended)


def test_a_fact_without_protection_may_go() -> None:
    declared = _declared(_fact("rate"))
    assert not _forbidden(_with(_MINIMAL, declared, {"own": 99}), _MINIMAL)


def test_rows_and_columns_protect_by_themselves() -> None:
    declared = _declared(_TABLE)
    old = _with(_MINIMAL, declared, {"targets": _ROWS})
    for rows, forbidden in (
        (_ROWS[:1], True),
        ([_ROWS[0] | {"restore": {"hours": 5}}, _ROWS[1]], True),
        ([_ROWS[0] | {"restore": {"hours": 3}}, _ROWS[1]], False),
        ([_ROWS[0] | {"kept": 94}, _ROWS[1]], True),
        ([*_ROWS, {"level": "P3", "restore": {"days": 2}}], False),
    ):
        assert _forbidden(old, _with(_MINIMAL, declared, {"targets": rows})) is forbidden


def test_an_amendment_that_lowers_a_fact_is_refused(tmp_path: Path) -> None:
    """As one that lowers a shipped field is; the clause that prints it changes with it."""
    facts = [_fact("rate", protects="higher")]
    versions = []
    for name, rate, version in (("old", 99.9, "1.0"), ("new", 99.5, "2.0")):
        agreement = _loaded(tmp_path / name, facts, {"own": rate}, clause="The rate is {{ facts.own }}.")
        document = agreement.document.model_copy(update={"version": version})
        versions.append(version_of(agreement.model_copy(update={"document": document}), LANGUAGES))
    changes = compare(versions[0], versions[1])
    amendment = Amendment(versions[0], versions[1], changes, date(2026, 12, 2), date(2027, 3, 1))
    assert "amendment.forbidden" in {each.rule for each in refusals(amendment)}


def test_people_read_labels_never_paths(tmp_path: Path) -> None:
    declared = _declared(_fact("rate"), _TABLE)
    old = _with(_MINIMAL, declared, {"own": 99, "targets": _ROWS})
    new = _with(_MINIMAL, declared, {"own": 98.5, "targets": [_ROWS[0] | {"restore": {"hours": 5}}, _ROWS[1]]})
    shown = [(each.about, each.old, each.new) for each in data_entries(compare(Version(told(old), {}), Version(told(new), {})), "en")]
    assert shown == [
        ("Own facts › label of the fact", "99%", "98.5%"),
        ("Own facts › label of the fact › P1 › restoration", "4\u00a0hours", "5\u00a0hours"),
    ]
    del tmp_path


def test_an_issued_word_file_compares_without_its_layer(tmp_path: Path) -> None:
    path = _folder(tmp_path, [_fact("rate", protects="higher")], {"own": 99.9}, clause="The rate is {{ facts.own }}.")
    assert run_command("build", path, "-l", "en", "--part", "agreement", "--format", "docx", "-o", tmp_path / "out").exit_code == 0
    (tmp_path / "baseline.yaml").write_text((tmp_path / "baseline.yaml").read_text(encoding="utf-8").replace("99.9", "99.5"), encoding="utf-8")
    result = run_command("diff", tmp_path / "out" / "en" / "agreement.docx", path)
    assert result.exit_code == 1
    assert "label of the fact" in result.stdout
    assert "99.9%" in result.stdout


def test_a_new_label_is_a_new_prompt(tmp_path: Path) -> None:
    fact = _fact("text", given_by="client")
    for label in ("first label", "second label"):
        agreement = _loaded(tmp_path, [fact | {"label": {"fr": "x", "en": label}}], clause="Here: {{ facts.own }}.")
        assert label in all_text(assemble(agreement, "en").sections[4])


def test_own_facts_are_found_in_compliance(tmp_path: Path) -> None:
    clause = "[The service is available {{ facts.own }} of the time](says:availability+availability-rate), by [month](says:availability-period) and [service](says:availability-scope)."
    agreement = _loaded(tmp_path, [_fact("rate")], {"own": 99.9}, clause=clause)
    result = run_command("compliance", tmp_path / "client.yaml", "-l", "en", "--format", "json")
    facts = {each["id"]: each for entry in json.loads(result.stdout)["languages"]["en"] if entry["id"] == "19.1.j" for each in entry["facts"]}
    assert (facts["availability-rate"]["held"], facts["availability-rate"]["data"]) == (True, ["facts.own"])
    assert inspect(agreement, "en").document.language == "en"


def test_kinds_protections_and_givers_have_words_in_both_languages() -> None:
    for enum in (FactKind, Protection, GivenBy):
        assert all(each.wording.fr and each.wording.en for each in enum)
    assert Decimal("99.5") == facts_model(_declared(_fact("rate"))).model_validate({"own": 99.5}).own  # type: ignore[attr-defined]  # declared
