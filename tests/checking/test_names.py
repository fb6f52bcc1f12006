"""names.yaml: the names and the terms to avoid, and what is said of an entry that can't be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs import FindingsError
from snc_docs.templating.folders import template_folders
from snc_docs.templating.outline import read_avoided, read_names


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("avoid: {en: [{word: x, instead: y}]}", "« avoid » : il manque « words » à une entrée", "'avoid': an entry has no 'words'"),
        ("avoid: {en: [{words: x}]}", "« avoid » : il manque « instead » à une entrée", "'avoid': an entry has no 'instead'"),
        ("avoid: {en: [{words: '(', instead: y}]}", "« avoid » n'est pas lisible : missing )", "'avoid' can't be read: missing )"),
        ("avoid: {en: [x]}", "« avoid » n'est pas lisible : string indices", "'avoid' can't be read: string indices"),
        ("avoid: [x]", "« avoid » n'est pas lisible : 'list' object", "'avoid' can't be read: 'list' object"),
    ],
)
def test_a_term_to_avoid_that_is_none_is_said(tmp_path: Path, text: str, french: str, english: str) -> None:
    (tmp_path / "names.yaml").write_text(f"# ours\n{text}\n", encoding="utf-8")
    with pytest.raises(FindingsError) as raised:
        read_avoided(template_folders(tmp_path), "en")
    (finding,) = raised.value.diagnostics
    assert (finding.rule, finding.line) == ("names.malformed", 2)
    assert finding.message.fr.startswith(french)
    assert finding.message.en.startswith(english)


def test_names_that_are_no_list_are_said(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("en: Outscale\n", encoding="utf-8")
    with pytest.raises(FindingsError, match="a list of names is expected"):
        read_names(template_folders(tmp_path), "en")
