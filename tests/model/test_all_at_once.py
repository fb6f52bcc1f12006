"""What is wrong is said at once, and what a schema would fill in says no more than what was left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import FindingsError, Severity, json_schema, load_agreement
from snc_docs.model.kinds import Money
from snc_docs.model.stored import stored
from tests.tools import EXAMPLES, TODAY, client_data

_BASELINE = EXAMPLES / "outscale" / "baseline.yaml"


def test_every_number_of_a_party_is_checked_whatever_else_of_it_is_wrong() -> None:
    client = {"siren": "123", "legal_frm": "SA", "vat_number": "FR00", "euid": "x", "siret": "1", "country": "ZZ"}
    with pytest.raises(FindingsError) as refused:
        load_agreement({"client": client}, baseline=_BASELINE, today=TODAY)
    assert {(each.path or "").removeprefix("client.") for each in refused.value.diagnostics} == {*client}


def _filled(data: Any, schema: dict[str, Any], definitions: dict[str, Any]) -> Any:
    """Return data with the defaults of a schema filled in, as forms and validators do (ajv's ``useDefaults``)."""
    for each in (schema, *schema.get("anyOf", ()), *schema.get("allOf", ())):
        if "$ref" in each:
            data = _filled(data, definitions[each["$ref"].rpartition("/")[2]], definitions)
    if isinstance(data, dict):
        properties = schema.get("properties", {})
        filled = {name: about["default"] for name, about in properties.items() if "default" in about} | data
        return {name: _filled(value, properties.get(name, {}), definitions) for name, value in filled.items()}
    if isinstance(data, list):
        return [_filled(each, schema.get("items", {}), definitions) for each in data]
    return data


@pytest.mark.parametrize("client", [{"document": {}, "client": {"legal_name": "X"}, "contract": {}}, client_data()])
def test_filling_in_the_defaults_of_the_schema_changes_nothing(client: dict[str, Any]) -> None:
    """null says that there is none: of a field that was left out it would make one that doesn't apply."""
    schema = json_schema("client")
    data = {name: value for name, value in client.items() if name != "baseline"}
    filled = _filled(data, schema, schema["$defs"])
    assert filled != data
    assert load_agreement(filled, baseline=_BASELINE, today=TODAY) == load_agreement(data, baseline=_BASELINE, today=TODAY)


@given(st.decimals(0, 10**12, places=4, allow_nan=False, allow_infinity=False))
def test_an_amount_is_kept_in_one_form_however_it_was_written(amount: Decimal) -> None:
    written = Money.model_validate({"amount": amount})
    for other in (f"{amount:f}", amount.normalize(), f"{amount.normalize():f}"):
        assert str(Money.model_validate({"amount": other}).amount) == str(written.amount)
    assert written.amount == amount


def test_equal_data_is_the_same_record_too() -> None:
    agreements = [
        load_agreement({"client": {"share_capital": {"amount": each}}}, baseline=_BASELINE, today=TODAY)
        for each in (1000.5, "1000.50", Decimal("1000.5"))
    ]
    assert len({stored(each) for each in agreements}) == 1


@pytest.mark.parametrize("written", ["sans objet", "Néant", "n/a", "none"])
@pytest.mark.parametrize("field", ["share_capital", "siren", "legal_form"])
def test_what_says_that_there_is_none_is_told_how_to_say_it(field: str, written: str) -> None:
    with pytest.raises(FindingsError) as refused:
        load_agreement({"client": {field: written}}, baseline=_BASELINE, today=TODAY)
    assert [each.hint.en for each in refused.value.diagnostics] == [f"write '{field}: not-applicable'"]


def test_a_capital_of_nothing_is_none() -> None:
    with pytest.raises(FindingsError) as refused:
        load_agreement({"client": {"share_capital": {"amount": 0}}}, baseline=_BASELINE, today=TODAY)
    errors = [each for each in refused.value.diagnostics if each.severity is Severity.ERROR]
    assert [(each.rule, each.path) for each in errors] == [("party.no-capital", "client.share_capital")]
