"""The words of an amendment package: the shipped ones hang together, a user's own are laid over them or refused with their line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from snc_docs.amendment.words import PackageWords, words_in
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.document.nodes import Text, Value
from snc_docs.errors import Wording
from snc_docs.templating.folders import template_folders
from tests.tools import ROOT


def test_the_words_have_the_same_values_in_both_languages() -> None:
    data = yaml.safe_load((ROOT / "templates" / "amendment.yaml").read_text(encoding="utf-8"))
    for group in data.values():
        for name, entry in group.items():
            assert (name, sorted(set(re.findall(r"\{(\w+)\}", entry["fr"])))) == (name, sorted(set(re.findall(r"\{(\w+)\}", entry["en"]))))


def test_own_words_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "amendment.yaml").write_text("letter: {changes: {fr: 'Modifications :', en: 'The changes, {effective}:'}}\n", encoding="utf-8")
    with pytest.raises(FindingsError, match=r"letter\.changes"):
        words_in("en", {}, template_folders(tmp_path))
    (tmp_path / "amendment.yaml").write_text("letter: {changes: {fr: 'Modifications :', en: 'The changes:'}}\n", encoding="utf-8")
    assert words_in("en", {}, template_folders(tmp_path)).plain("letter", "changes") == "The changes:"
    assert words_in("fr", {}, template_folders(tmp_path)).plain("letter", "changes") == "Modifications\u00a0:"


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ("letter: {unknown: {fr: a, en: b}}", "letter.unknown"),
        ("other: {changes: {fr: a, en: b}}", "other.changes"),
        ("letter: {changes: {fr: a}}", "letter.changes"),
        ("letter: {changes: text}", "letter.changes"),
        ("letter: {changes: {fr: [a], en: b}}", "letter.changes"),
        ("letter: {changes: {en: b}}", "letter.changes"),
        ("letter: text", "letter"),
        ("other:", "other"),
        ("letter: {changes: {fr: 'a {reason}', en: b}}", "letter.changes"),
    ],
)
def test_own_words_that_cannot_be_are_said_with_their_line(tmp_path: Path, wrong: str, name: str) -> None:
    (tmp_path / "amendment.yaml").write_text(f"# ours\n\n{wrong}\n", encoding="utf-8")
    with pytest.raises(FindingsError) as raised:
        words_in("en", {}, template_folders(tmp_path))
    assert raised.value.diagnostics == (
        Diagnostic.error(
            "amendment.words",
            Wording(
                f"« {name} » : entrée inconnue, sans texte dans les deux langues, ou valeur inconnue entre accolades",
                f"'{name}': unknown entry, no text in both languages, or an unknown value in braces",
            ),
            Wording("partir du fichier amendment.yaml fourni", "start from the amendment.yaml that is shipped"),
            file=str(tmp_path / "amendment.yaml"),
            line=3,
        ),
    )


def test_all_own_words_that_cannot_be_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "amendment.yaml").write_text("letter:\n  a: {fr: a, en: b}\n  b: {fr: a, en: b}\nform: no\n", encoding="utf-8")
    with pytest.raises(FindingsError) as raised:
        words_in("fr", {}, template_folders(tmp_path))
    assert [each.line for each in raised.value.diagnostics] == [2, 3, 4]


def test_words_have_their_values_and_nothing_empty_between_them() -> None:
    words = PackageWords("en", {"letter": {"a": "{one}{two} and {one}", "b": "x"}}, {"one": "first", "two": "second"})
    assert words.inlines("letter", "a") == (
        Value("amendment.one", "First"),
        Value("amendment.two", "second"),
        Text(" and "),
        Value("amendment.one", "first"),
    )
    assert words.inlines("letter", "b") == (Text("x"),)
