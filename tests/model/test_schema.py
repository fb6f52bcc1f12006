from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from snc_docs import json_schema
from snc_docs.diagnostics import FindingsError
from snc_docs.errors import UnknownChoiceError
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.base import Model
from snc_docs.model.commitments import Ownership
from snc_docs.model.party import Party
from snc_docs.model.source import parse_source
from tests.tools import EXAMPLES


@pytest.mark.parametrize(("of", "model"), [("baseline", Baseline), ("client", ClientFile)])
def test_the_schema_names_every_field_and_closes_every_object(of: str, model: type[Model]) -> None:
    schema = json_schema(of)  # type: ignore[arg-type]  # one of the two literals
    assert set(model.model_fields) <= set(schema["properties"])
    objects = [each for each in schema["$defs"].values() if each.get("type") == "object"]
    assert all(each["additionalProperties"] is False for each in objects)


def test_every_field_is_explained_in_both_languages_with_a_value_that_it_takes() -> None:
    for of in ("baseline", "client"):
        schema = json_schema(of)
        fields = [(name, about) for part in (schema, *schema["$defs"].values()) for name, about in part.get("properties", {}).items()]
        for name, about in fields:
            if name not in ("$schema", "templates") and not (name == "baseline" and of == "client"):
                assert " / " in about["description"], name
                jsonschema.Draft202012Validator({**about, "$defs": schema["$defs"]}).validate(about["examples"][0])


def test_a_client_file_may_name_its_baseline() -> None:
    assert json_schema("client")["properties"]["baseline"]["type"] == "string"


def _models(model: type[Model]) -> set[type[Model]]:
    found = {model}
    for sub in Model.__subclasses__():
        found |= {sub, *sub.__subclasses__()}
    return found


def test_every_field_has_a_label_in_both_languages() -> None:
    missing = [
        (model.__name__, name)
        for model in _models(Model)
        for name in model.model_fields
        if model.label_of(name) == (name, name) and name not in ("service", "version", "client", "exclusions", "position", "phase", "minutes")
    ]
    assert missing == []


def test_models_are_frozen_and_closed() -> None:
    assert all(model.model_config.get("frozen") and model.model_config.get("extra") == "forbid" for model in _models(Model))


_STRINGS = st.sampled_from(
    [
        *(
            "",
            " ",
            "\u200b",
            "x",
            "a b",
            "2026-02-30",
            "2026-02-29",
            "2028-02-29",
            "0000-01-01",
            " 2026-07-01 ",
            "26-07-01",
            "1",
            "30",
            "12.5",
            "1e3",
            "-1",
            "NaN",
            "250000 €",
            "99999999999999999",
            "000000000000000000000000001",
            "9999999999999999.9999",
            "100.0001",
            "100.0000",
            "999",
        ),
        *(
            "FR",
            "fr",
            "EU",
            " FR",
            "FR\n",
            "F R",
            "XX",
            "EUR",
            "EUX",
            "abc-def",
            "-a",
            "Abc",
            "IaaS",
            "iaas",
            "representative",
            "general-terms",
            "true",
            "yes",
            "null",
            "a\x00b",
            "\ud800",
            "\ufffe",
        ),
        *(
            "+33 4 65 71 00 01",
            "04 65 71 00 01",
            "+33",
            "a@example.com",
            "a@",
            "nobody",
            "https://example.com/x",
            "ftp://example.com",
            "https://a b",
            "999 999 014",
            "999 999 015",
            "999.999.014",
            "99999901",
            "999 999 030 00013",
            "FR17999999030",
            "fr 17 999 999 030",
            "DEB8535R.HRB12345",
            "DEB8535R",
            "month",
        ),
    ]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 40_000)
    | st.sampled_from([0.5, 99.95, 101.0, -0.5, 30.0, 1e20, 12345])
    | _STRINGS
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["fr", "en", "days", "amount", "id", "role", "colour", "$schema"]), inner, max_size=2)
    ),
    max_leaves=3,
)
# What no pattern can tell: check digits, the blocks of a telephone number, the parts of an e-mail or web address, digits of a number.
_BEYOND_PATTERNS = {
    "siren_invalid",
    "siret_invalid",
    "vat_invalid",
    "euid_invalid",
    "number_invalid",
    "email_invalid",
    "telephone_invalid",
    "url_invalid",
    "decimal_max_digits",
    "decimal_max_places",
    "decimal_whole_digits",
}
_FILES = {
    "baseline": ("outscale/baseline.yaml", "complete/baseline.yaml", "choices/first.yaml"),
    "client": ("outscale/client.yaml", "complete/client.yaml", "outscale/client-commune.yaml", "outscale/client-unknown.yaml"),
}


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Return every place of data where another value may be put: what holds it, and under which name or number."""
    found: list[tuple[Any, Any]] = []
    for key, value in list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []:
        found += [(data, key), *_places(value)]
    return found


@st.composite
def _spoilt(draw: st.DrawFn, of: str) -> str:
    """Return a data file as JSON in which one or two values are other ones, or are gone, or have company."""
    data = parse_source((EXAMPLES / draw(st.sampled_from(_FILES[of]))).read_text(encoding="utf-8"), "x.yaml", Path()).data
    data = json.loads(json.dumps(data, default=float))
    for _ in range(draw(st.integers(0, 2))):
        places = _places(data)
        holder, key = places[draw(st.integers(0, len(places) - 1))]
        how = draw(st.sampled_from(["change", "change", "change", "remove", "add"]))
        if how == "remove":
            del holder[key]
        elif how == "add" and isinstance(holder, dict):
            holder[draw(st.sampled_from(["colour", "kind", "days", "$schema", "fr"]))] = draw(_VALUES)
        else:
            holder[key] = draw(_VALUES)
        if not _places(data):
            break
    return json.dumps(data)


@pytest.mark.parametrize("of", ["baseline", "client"])
@settings(max_examples=400)
@given(st.data())
def test_the_schema_refuses_what_the_model_refuses_and_no_more(of: str, data: st.DataObject) -> None:
    text = data.draw(_spoilt(of))
    named = json.loads(text)
    problems = [error.json_path for error in _VALIDATORS[of].iter_errors(named) if error.validator != "uniqueItems"]  # which a rule refuses
    try:
        read = parse_source(text, "x.json", Path()).data
    except FindingsError:
        assert problems or "\\u" in text  # half a character in the name of a field, which no schema looks at
        return
    if of == "client" and not isinstance(read.pop("baseline", ""), str):
        return  # the loader's own affair
    try:
        (Baseline if of == "baseline" else ClientFile).model_validate(read)
    except ValidationError as error:
        kinds = {each["type"] for each in error.errors()}
        assert problems or kinds <= _BEYOND_PATTERNS, error  # noqa: PT017  # either is right
    else:
        assert problems == []


_VALIDATORS = {of: jsonschema.Draft202012Validator(json_schema(of)) for of in ("baseline", "client")}


def test_the_schema_is_one_of_2020_12_that_a_strict_validator_compiles(node_modules: Path, tmp_path: Path) -> None:
    script = """
    const Ajv = require(process.argv[1] + "/ajv/dist/2020").default, fs = require("fs");
    const ajv = new Ajv({strict: true, strictTypes: true, allErrors: true});
    const answers = {};
    for (const name of ["baseline", "client"]) {
      const validate = ajv.compile(JSON.parse(fs.readFileSync(name + ".schema.json"))), data = JSON.parse(fs.readFileSync(name + ".json"));
      answers[name] = [validate(data), validate({...data, colour: 1})];
    }
    console.log(JSON.stringify(answers));
    """
    for of, (first, *_) in _FILES.items():
        jsonschema.Draft202012Validator.check_schema(json_schema(of))  # type: ignore[arg-type]  # as above
        (tmp_path / f"{of}.schema.json").write_text(json.dumps(json_schema(of)), encoding="utf-8")  # type: ignore[arg-type]  # as above
        data = parse_source((EXAMPLES / first).read_text(encoding="utf-8"), "x.yaml", Path()).data
        (tmp_path / f"{of}.json").write_text(json.dumps(data, default=float), encoding="utf-8")
    done = subprocess.run(["node", "-e", script, str(node_modules)], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)  # noqa: S607  # found by the fixture
    assert (done.stderr, json.loads(done.stdout)) == ("", {"baseline": [True, False], "client": [True, False]})


def test_a_schema_of_anything_else_is_refused() -> None:
    with pytest.raises(UnknownChoiceError, match="'zz': take baseline or client"):
        json_schema("zz")  # type: ignore[arg-type]  # as a caller without types may


@pytest.mark.parametrize(
    ("path", "value", "is_good"),
    [
        ("individual_cap", 24, True),
        ("individual_cap", "24.00", True),
        ("individual_cap", 24.5, False),
        ("individual_cap", "24.01", False),
        ("individual_cap", 27, False),
        ("collective_cap", 39, True),
        ("collective_cap", "38.9999", True),
        ("collective_cap", 100, False),
    ],
)
def test_a_share_has_the_bounds_of_its_field_in_the_schema_too(path: str, value: Any, is_good: bool) -> None:  # noqa: FBT001  # what is expected
    schema = json_schema("baseline")["$defs"]["Ownership"]["properties"][path]
    assert jsonschema.Draft202012Validator(schema).is_valid(value) is is_good
    try:
        Ownership.model_validate({"seat": "FR", "individual_cap": 24, "collective_cap": 39, path: value})
    except ValidationError:
        assert not is_good
    else:
        assert is_good


@pytest.mark.parametrize("of", ["baseline", "client"])
def test_a_list_of_plain_values_holds_none_of_them_twice_in_the_schema_either(of: str) -> None:
    definitions: dict[str, Any] = json_schema(of)["$defs"]  # type: ignore[arg-type]  # as above
    lists = {
        f"{name}.{field}": about
        for name, model in {**definitions, of: json_schema(of)}.items()  # type: ignore[arg-type]  # as above
        for field, about in model.get("properties", {}).items()
        if about.get("type") == "array" and field not in ("negotiable", "templates")
    }
    plain = {
        name for name, about in lists.items() if "$ref" not in about["items"] or "enum" in definitions[about["items"]["$ref"].rpartition("/")[2]]
    }
    assert {name for name, about in lists.items() if about.get("uniqueItems")} == plain
    assert {"baseline": {"Locations.operations", "Languages.support"}, "client": {"Party.without"}}[of] <= plain


_SHAPED = {
    "siren": (
        ("999999030", "999 999 030", "999\u202f999\u00a0030", "999.999.030", " 999999030\n"),
        ("99999903", "9999990300", "99999903O", "FR999999030"),
    ),
    "siret": (("99999903000013", "999 999 030 00013"), ("999999030", "999 999 030 0001", "999 999 030 000131")),
    "vat_number": (
        ("FR17999999030", "fr 17 999 999 030", "IE8Z49289F", "NL 0044.95.445.B01", "XI 432525179"),
        ("17999999030", "FR", "FR1", "FR17999999030123456"),
    ),
    "euid": (("DEB8535R.HRB12345", "FR7501.999999030", "deb8535r.hrb 12345_7"), ("DEB8535R", "1E.2", ".123", "DE.")),
}


@pytest.mark.parametrize("field", _SHAPED)
def test_numbers_of_registers_have_their_shape_in_the_schema_too(field: str) -> None:
    good, bad = _SHAPED[field]
    schema = jsonschema.Draft202012Validator(json_schema("client")["$defs"]["Party"]["properties"][field])
    assert [text for text in good if not schema.is_valid(text)] == []
    assert [text for text in bad if schema.is_valid(text)] == []
    for text in bad:
        with pytest.raises(ValidationError):
            Party.model_validate({field: text})


@given(st.sampled_from(sorted(_SHAPED)), st.text("0123456789 .\u00a0\u202f-FRDEfr/_\uff11\u0131\n", max_size=24))
def test_no_number_that_the_model_takes_is_refused_by_the_schema(field: str, text: str) -> None:
    try:
        Party.model_validate({field: text})
    except ValidationError:
        return
    assert jsonschema.Draft202012Validator(json_schema("client")["$defs"]["Party"]["properties"][field]).is_valid(text)


def test_the_schema_takes_what_says_that_a_party_has_none() -> None:
    fields = json_schema("client")["$defs"]["Party"]["properties"]
    for name in ("legal_form", "share_capital", "registration", "siren", "register_city", "signatory"):
        assert {"const": "not-applicable"} in fields[name]["anyOf"], name
    assert "anyOf" not in fields["without"] or {"const": "not-applicable"} not in fields["without"]["anyOf"]
