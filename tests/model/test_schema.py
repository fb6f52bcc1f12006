from __future__ import annotations

import pytest

from snc_docs import json_schema
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.base import Model


@pytest.mark.parametrize(("of", "model"), [("baseline", Baseline), ("client", ClientFile)])
def test_the_schema_names_every_field_and_closes_every_object(of: str, model: type[Model]) -> None:
    schema = json_schema(of)  # type: ignore[arg-type]  # one of the two literals
    assert set(model.model_fields) <= set(schema["properties"])
    objects = [each for each in schema["$defs"].values() if each.get("type") == "object"]
    assert all(each["additionalProperties"] is False for each in objects)


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
