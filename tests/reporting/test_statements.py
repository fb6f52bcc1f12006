"""What an agreement states, and what each thing rests on; the list that is ticked once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from snc_docs import Agreement, FindingsError, assemble, load_agreement
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.commitments import Commitments
from snc_docs.model.periods import Period
from snc_docs.model.practices import Practices
from snc_docs.reporting.statements import Stated, keys_ticked, statements, ticked, unticked
from snc_docs.templating.folders import template_folders
from tests.tools import EXAMPLES, TODAY, run_command

_DAY = date(2026, 11, 26)


def _stated(agreement: Agreement, language: Language = "en", templates: Path | None = None) -> tuple[Stated, ...]:
    return statements(assemble(agreement, language, templates), template_folders(templates))


def _complete() -> Agreement:
    return load_agreement(EXAMPLES / "complete" / "client.yaml", today=TODAY)


def _with(agreement: Agreement, **commitments: Any) -> Agreement:
    return agreement.model_copy(update={"commitments": agreement.commitments.model_copy(update=commitments)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("practice", Practices.model_fields)
def test_each_practice_says_something_of_its_own_and_nothing_without_it(language: Language, practice: str) -> None:
    complete = _complete()
    said = {
        yes: _stated(_with(complete, practices=complete.commitments.practices.model_copy(update={practice: yes})), language) for yes in (True, False)
    }
    new = {each.key for each in said[True]} - {each.key for each in said[False]}
    assert new
    assert all(f"commitments.practices.{practice}" in each.conditions for each in said[True] if each.key in new)
    assert not any(f"commitments.practices.{practice}" in each.conditions for each in said[False])


def test_every_statement_rests_on_data_or_on_the_line_of_a_template() -> None:
    for each in _stated(_complete()):
        assert each.paths or each.conditions or (each.origin is not None and each.origin.line > 0)
        assert each.text.strip()


def test_another_figure_is_the_same_statement_and_another_sentence_is_not(outscale: Agreement) -> None:
    later = outscale.model_copy(update={"notices": outscale.notices.model_copy(update={"change": Period(days=45)})})
    assert [each.key for each in _stated(outscale)] == [each.key for each in _stated(later)]
    assert [each.text for each in _stated(outscale)] != [each.text for each in _stated(later)]
    dropped = outscale.model_copy(update={"certifications": ()})
    gone = {each.text for each in _stated(outscale)} - {each.text for each in _stated(dropped)}
    assert gone == {
        "The Service Provider shall also supply the Services in compliance with the requirements of the following certification: ISO/IEC 27001."
    }


def test_a_new_item_of_a_list_is_a_new_statement(outscale: Agreement) -> None:
    parties = outscale.third_parties
    more = parties.others[0].model_copy(update={"name": "Another network"})
    new = outscale.model_copy(update={"third_parties": parties.model_copy(update={"others": (*parties.others, more)})})
    known = keys_ticked(ticked(_stated(outscale), _DAY), "statements.json")
    found = list(unticked(_stated(new), known))
    assert [(each.rule, each.clause) for each in found] == [("statement.unticked", "other-third-parties")]
    assert "Another network" in found[0].message.en


def test_sentences_of_one_paragraph_are_told_apart_and_marks_are_kept(outscale: Agreement) -> None:
    by_text = {each.text: each for each in _stated(outscale)}
    assert by_text["The Service Provider shall transfer none of it outside the European Union."].paths == ()
    consent = by_text["The Client’s production data shall not be used for tests unless the Service Provider has first obtained the Client’s consent."]
    assert (consent.facts, consent.label) == (("test-consent",), "Article\u00a010")


def test_own_clauses_are_listed_with_their_lines(tmp_path: Path, outscale: Agreement) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Purpose {#purpose}\n\nWe promise the moon.\n", encoding="utf-8")
    (promise,) = (each for each in _stated(outscale, templates=tmp_path) if "moon" in each.text)
    assert promise.basis() == f"{tmp_path / 'en' / 'purpose.md.j2'}:3"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"statements": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_ticked_list_is_refused(content: bytes) -> None:
    with pytest.raises(FindingsError) as refused:
        keys_ticked(content, "statements.json")
    assert [each.rule for each in refused.value.diagnostics] == ["statement.list-unreadable"]


def _folder(tmp_path: Path) -> Path:
    for name in ("baseline.yaml", "client.yaml"):
        (tmp_path / name).write_bytes((EXAMPLES / "minimal" / name).read_bytes())
    return tmp_path


def test_what_was_not_ticked_is_a_finding_of_every_build(tmp_path: Path) -> None:
    client = _folder(tmp_path) / "client.yaml"
    assert run_command("statements", client, "--tick").exit_code == 0
    kept = json.loads((tmp_path / "statements.json").read_text(encoding="utf-8"))
    assert len(kept["statements"]) > 100
    assert run_command("check", client).stderr.count("statement.unticked") == 0
    with (tmp_path / "baseline.yaml").open("a", encoding="utf-8") as baseline:
        baseline.write("\ncommitments:\n  practices: {support_consent: true}\n")
    for command in (("check", client), ("build", client, "-o", tmp_path / "out")):
        result = run_command(*command)
        assert (result.exit_code, result.stderr.count("[statement.unticked]")) == (0, 2)


def test_the_list_comes_as_text_json_and_word(tmp_path: Path) -> None:
    client = EXAMPLES / "minimal" / "client.yaml"
    shown = run_command("statements", client, "-l", "en").stdout
    assert "[ ] Technical Support shall be provided in French.\n    ← languages.support[0]\n" in shown
    assert max(map(len, shown.splitlines())) <= 80
    listed = json.loads(run_command("statements", client, "-l", "fr", "--format", "json").stdout)["languages"]["fr"]
    assert {"key", "clause", "label", "text", "data", "conditions", "deviates", "facts", "template"} == set(listed[0])
    assert run_command("statements", client, "-l", "en", "--format", "docx", "-o", tmp_path).exit_code == 0
    assert (tmp_path / "en" / "statements.docx").read_bytes().startswith(b"PK")


# A mark inside a row, "(main contact)", is no statement of its own.
_OPTIONAL = sorted(name for name, field in Commitments.model_fields.items() if not field.is_required() and name != "main_contact")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", _OPTIONAL)
def test_what_goes_with_a_datum_is_said_to_rest_on_it(name: str, language: Language) -> None:
    complete = _complete()
    empty = type(complete.commitments).model_fields[name].get_default(call_default_factory=True)
    without = {each.key for each in _of(_with(complete, **{name: empty}), language)}
    gone = [each for each in _of(complete, language) if each.key not in without]
    assert [each.text for each in gone if f"commitments.{name}" not in each.basis() and not each.basis().startswith("templates/")] == []


def test_a_condition_that_no_datum_meets_is_not_what_a_statement_rests_on() -> None:
    bases = " ".join(each.basis() for each in _of(load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY), "en"))
    assert "subscriptions" in bases
    assert "responsibility_matrix.url" not in bases
    law = next(each for each in _of(_complete(), "fr") if "à l’exclusion" in each.text)
    assert law.basis() == "governing_law.country ; selon governing_law.scope"


def _of(agreement: Agreement, language: Language) -> tuple[Stated, ...]:
    return statements(assemble(agreement, language), template_folders(), agreement)
