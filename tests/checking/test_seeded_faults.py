"""Every kind of fault, seeded into every clause file of one language, is found and named with both files and lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from snc_docs.checking.clauses import Clauses, read_clauses
from snc_docs.checking.templates import check_templates, compared
from snc_docs.diagnostics import Diagnostic
from snc_docs.templating.folders import TemplateFolders, shipped_folder, template_folders
from snc_docs.templating.outline import read_outline
from tests.checking.faults import KINDS
from tests.tools import LANGUAGES

CLAUSES = [entry.id for entry in read_outline(template_folders())]
OTHER = {"fr": "en", "en": "fr"}


def _text(language: str, clause: str) -> str:
    return (shipped_folder() / language / f"{clause}.md.j2").read_text(encoding="utf-8")


def _read(language: str, clause: str, folders: TemplateFolders) -> Clauses:
    return read_clauses(tuple(entry for entry in read_outline(folders) if entry.id == clause), language, folders)


def _found(folder: Path, language: str, clause: str, text: str) -> list[Diagnostic]:
    """Return what the check says of one clause with a faulty text in one language: parity first, then what can't be read at all."""
    (folder / language).mkdir(exist_ok=True)
    (folder / language / f"{clause}.md.j2").write_text(text, encoding="utf-8")
    folders = template_folders(folder)
    faulty, sound = _read(language, clause, folders), _read(OTHER[language], clause, folders)
    return [*compared(faulty, sound, folders), *faulty.findings]


def _names_both(finding: Diagnostic, language: str, clause: str) -> bool:
    said = f"{finding.file}:{finding.line} {finding.message.en}"
    return all(re.search(rf"{each}/{clause}\.md\.j2:\d+", said) for each in (language, OTHER[language]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clause", CLAUSES)
def test_every_seeded_fault_is_found_and_named_with_both_places(tmp_path: Path, clause: str, language: str) -> None:
    sound = _text(language, clause)
    assert _found(tmp_path, language, clause, sound) == []
    missed = []
    tried = 0
    for kind, seed in KINDS.items():
        for faulty in seed(sound):
            assert faulty != sound, kind
            tried += 1
            if not any(_names_both(finding, language, clause) for finding in _found(tmp_path, language, clause, faulty)):
                missed.append((kind, _changed_lines(sound, faulty)))
    assert missed == []
    assert tried > 0


def _changed_lines(sound: str, faulty: str) -> list[str]:
    return sorted(set(sound.split("\n")) ^ set(faulty.split("\n")))[:3]


def test_each_kind_of_fault_is_seeded_somewhere() -> None:
    counts = {kind: sum(1 for clause in CLAUSES for language in LANGUAGES for _ in seed(_text(language, clause))) for kind, seed in KINDS.items()}
    assert [kind for kind, count in counts.items() if count < 2] == []
    assert sum(counts.values()) > 900


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_in_one_language_alone_is_named(clause: str) -> None:
    folders = template_folders()
    outline = read_outline(folders)
    both = read_clauses(outline, "fr", folders)
    one = read_clauses(tuple(entry for entry in outline if entry.id != clause), "en", folders)
    assert "parity.clauses" in [finding.rule for finding in compared(both, one, folders) if finding.clause == clause]


def test_a_defined_term_that_one_language_no_longer_uses_is_named(tmp_path: Path) -> None:
    text = _text("en", "purpose").replace("the Framework", "the rules")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text(text, encoding="utf-8")
    found = [finding for finding in check_templates(template_folders(tmp_path)) if finding.rule == "parity.terms"]
    assert [(finding.clause, "def-framework" in finding.message.en) for finding in found] == [("purpose", True)]


def test_the_shipped_templates_have_no_fault() -> None:
    assert check_templates(template_folders()) == []
