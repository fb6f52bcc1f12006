"""Conditions and values of own facts are seen with the facts that the layers under check declare, whatever the examples' own layers declare."""

from __future__ import annotations

from pathlib import Path

from snc_docs.checking.examples import example_agreements
from snc_docs.checking.templates import check_templates
from snc_docs.templating.folders import template_folders
from tests.tools import EXAMPLES

_FACTS = """
facts:
  - {id: secrecy, kind: period, label: {fr: durée du secret, en: time of secrecy}}
  - {id: desk_number, kind: number, label: {fr: numéro, en: number}}
"""
_CLAUSE = "# Secret {#confidentiality}\n\nUn secret de {{ facts.secrecy|in_words }}, au {{ facts.desk_number }}.\n"


def test_an_examples_own_facts_do_not_hide_those_that_a_layer_declares(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(_FACTS, encoding="utf-8")
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "confidentiality.md.j2").write_text(_CLAUSE, encoding="utf-8")
    found = check_templates(template_folders(tmp_path), example_agreements())
    assert [each.message.en for each in found if each.rule == "template.fault"] == []


def test_an_example_is_seen_with_its_own_facts_in_its_own_layer() -> None:
    found = check_templates(template_folders(EXAMPLES / "seven-services" / "clauses"), example_agreements())
    assert [each for each in found if each.rule.startswith("coverage.") and "support.md.j2" in str(each.file)] == []
