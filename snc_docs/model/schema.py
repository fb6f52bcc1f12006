"""JSON Schema of the two data files, for editors and other programs."""

from __future__ import annotations

from typing import Any, Final, Literal

from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.base import Model
from snc_docs.model.facts import Declared, GivenBy, facts_model
from snc_docs.model.schema_help import explained

_OTHERS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "baseline": (
        "negotiable",
        {
            "title": "negotiable",
            "description": "champs qu'un client peut négocier, avec leurs limites / fields that a client may negotiate, with their limits",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field"],
                "additionalProperties": False,
                "properties": {"field": {"type": "string"}, "least": {}, "most": {}, "choices": {"type": "array"}},
            },
            "examples": [[{"field": "notices.change", "least": {"days": 15}, "most": {"days": 60}}]],
        },
    ),
    "client": (
        "deviations",
        {
            "title": "deviations",
            "description": "valeurs propres à ce client, par leurs chemins dans le socle / values of this client's own, by their paths in the baseline",
            "type": "object",
            "examples": [{"notices.change": {"days": 45}}],
        },
    ),
}
SchemaOf = Literal["baseline", "client"]


def json_schema(of: SchemaOf, declared: Declared = ()) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a baseline or of a client file, with the own facts that layers declare; UnknownChoiceError for any other."""
    models: dict[str, type[Model]] = {"baseline": Baseline, "client": ClientFile}
    if of not in models:
        raise UnknownChoiceError(
            Wording(f"schéma inconnu « {of} » : prendre baseline ou client.", f"unknown schema '{of}': take baseline or client.")
        )
    model = models[of]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **explained(model.model_json_schema(), model)}
    editors = {"title": "$schema", "type": "string", "description": "where editors find this schema"}
    folder = {"type": "string", "minLength": 1}
    layers = {
        "title": "templates",
        "description": "folders of clause files, relative to this file",
        "anyOf": [folder, {"type": "array", "items": folder}],
    }
    schema["properties"] = {"$schema": editors, "templates": layers, **schema["properties"]}
    given = tuple(each for each in declared if each.given_by is (GivenBy.PROVIDER if of == "baseline" else GivenBy.CLIENT))
    if given:
        facts = facts_model(given)
        own = explained(facts.model_json_schema(), facts)
        schema["$defs"] = {**schema.get("$defs", {}), **own.pop("$defs", {})}
        schema["properties"]["facts"] = own
    schema["properties"][_OTHERS[of][0]] = _OTHERS[of][1]
    if of == "client":
        named = {"title": "baseline", "type": "string", "description": "path of the baseline, relative to this file"}
        schema["properties"] = {"baseline": named, **schema["properties"]}
    return schema
