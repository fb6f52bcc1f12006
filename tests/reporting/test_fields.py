"""The list of all fields: every field of the model is in it, own facts too, and the page in the docs is the one made of the model."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from snc_docs.checking.examples import with_examples
from snc_docs.cli import main
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.agreement import Baseline, ClientFile
from snc_docs.model.base import Model
from snc_docs.model.listing import listed_fields
from snc_docs.reporting.fields import field_table
from tests.tools import EXAMPLES, ROOT

_PAGES = {"en": ROOT / "docs" / "fields.md", "fr": ROOT / "docs" / "fr" / "fields.md"}
_CLAUSES = EXAMPLES / "seven-services" / "clauses"


def _page(language: Language) -> str:
    head = _PAGES[language].read_text(encoding="utf-8").partition("## ")[0]
    return head + "\n".join(f"## {file}.yaml\n\n{field_table(with_examples(listed_fields(file), file), language)}" for file in ("baseline", "client"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_in_the_docs_is_made_of_the_model(language: Language, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--refresh-golden"):
        _PAGES[language].write_text(_page(language), encoding="utf-8")
    assert _PAGES[language].read_text(encoding="utf-8") == _page(language)


@pytest.mark.parametrize(("file", "model"), [("baseline", Baseline), ("client", ClientFile)])
def test_what_the_schema_names_is_listed(file: str, model: type[Model]) -> None:
    listed = {field.path.rpartition(".")[2] for field in listed_fields(file)}
    schema = model.model_json_schema()
    own_kinds = {"Money", "Delay", "Period", "LocalizedText", "LocalizedUrl"}
    models = [schema, *(each for name, each in schema["$defs"].items() if name not in own_kinds)]
    named = {name for each in models for name in each.get("properties", {})}
    assert named - listed == set()


def test_a_field_says_in_both_languages_what_it_is() -> None:
    fields = {field.path: field for field in listed_fields("client")}
    kind = fields["client.kind"]
    assert (kind.label.fr, kind.label.en) == ("nature de la partie", "kind of party")
    assert [value for value, _ in kind.choices] == ["company", "public-body", "association", "person"]
    assert not fields["client.legal_name"].required


@pytest.mark.parametrize(("language", "heading", "required"), [("fr", "Champ", "obligatoire"), ("en", "Field", "required")])
def test_markdown_is_in_the_language_of_the_terminal(language: str, heading: str, required: str) -> None:
    result = CliRunner().invoke(main, ["fields", "baseline", "--format", "markdown", "--ui-lang", language])
    assert result.exit_code == 0, result.output
    assert f"| {heading} |" in result.output
    assert re.search(rf"`provider` .*, {required} \|", result.output)


def test_own_facts_are_listed_with_their_layer() -> None:
    plain = CliRunner().invoke(main, ["fields"]).output
    layered = CliRunner().invoke(main, ["fields", "--templates", str(_CLAUSES)]).output
    assert "facts." not in plain
    assert re.search(r"^facts\.\w+$", layered, flags=re.MULTILINE)


def test_json_has_each_file_that_was_asked_for() -> None:
    both = json.loads(CliRunner().invoke(main, ["fields", "--json"]).output)
    assert set(both) == {"ok", "files", "findings", "baseline", "client"}
    one = json.loads(CliRunner().invoke(main, ["fields", "client", "--format", "json"]).output)
    assert "baseline" not in one
    kind = next(field for field in one["client"] if field["path"] == "client.kind")
    assert kind["choices"]["public-body"]["fr"]


def test_most_fields_show_a_value_that_an_example_gives() -> None:
    listed = [field for file in ("baseline", "client") for field in with_examples(listed_fields(file), file)]
    values = [field for field in listed if field.kind.en not in ("part", "list: part")]
    shown = [field for field in values if field.example.en]
    assert len(shown) > 0.85 * len(values), [field.path for field in values if not field.example.en]
    handling = next(field for field in listed if field.path == "commitments.data_handling[*].handling")
    assert handling.example.fr != handling.example.en
