"""The outline and the names of a folder of own templates: what is wrong in them is said with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError
from snc_docs.checking.templates import check_templates
from snc_docs.errors import FileTroubleError
from snc_docs.templating.folders import TemplateFolders, template_folders
from snc_docs.templating.outline import OutlineEntry, read_names, read_outline
from snc_docs.templating.rendering import render
from tests.tools import ROOT


def _refused(folder: Path, text: str) -> tuple[int | None, str]:
    (folder / "outline.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        read_outline(template_folders(folder))
    (finding,) = refused.value.diagnostics
    assert (finding.rule, Path(str(finding.file)).name) == ("outline.malformed", "outline.yaml")
    return finding.line, finding.message.en


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"])
def test_a_name_that_windows_keeps_for_itself_is_refused(tmp_path: Path, name: str) -> None:
    assert _refused(tmp_path, f"add:\n  - {{id: {name}, role: clause, after: purpose}}\n") == (2, f"'{name}': Windows can't name a file so")


@pytest.mark.parametrize("name", ["console", "com10x", "auxiliary", "nullity"])
def test_names_that_begin_like_those_are_none_of_them(tmp_path: Path, name: str) -> None:
    (tmp_path / "outline.yaml").write_text(f"add:\n  - {{id: {name}, role: clause, after: purpose}}\n", encoding="utf-8")
    assert name in [entry.id for entry in read_outline(template_folders(tmp_path))]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("add:\n  - {id: x, role: clause, after: nowhere}\n", 2, "'after' names one of: "),
        ("add:\n  - {id: x, role: clause}\n", 2, "'after' names one of: "),
        ("add:\n\n  - {id: purpose, role: clause, after: changes}\n", 3, "'purpose' is there already"),
        ("add: purpose\n", 1, "an entry has 'id' and 'role'"),
        ("add:\n  - purpose\n", 2, "an entry has 'id' and 'role'"),
        ("add:\n  - {id: x, role: clause, after: purpose, colour: red}\n", 2, "an entry has 'id' and 'role'"),
        ("add:\n  - {id: X Y, role: clause, after: purpose}\n", 2, "an entry has 'id' and 'role'"),
        ("add:\n  - {id: x, role: subsection, after: purpose}\n", 2, "'role' is one of"),
        ("add:\n  - {id: x, role: clause, after: purpose, when: [a]}\n", 2, "'when' is a condition as text"),
        ('add:\n  - {id: x, role: clause, after: purpose, landscape: "yes"}\n', 2, "'landscape' true or false"),
        ("add:\n  - {id: x, role: clause, after: purpose, covers: 19.1.a}\n", 2, "'covers' lists requirements"),
        ("add:\n  - {id: x, role: clause, after: purpose, covers: [19.1]}\n", 2, "'covers' lists requirements"),
        ("leave_out: [quality, qualty]\n", 1, "'leave_out' names some of: "),
        ("add: []\nleave_out: quality\n", 2, "'leave_out' lists identifiers of clauses"),
        ("leave_out: [[quality]]\n", 1, "'leave_out' names some of: "),
        ("outline: purpose\n", 1, "'outline:' must list clauses"),
        ("other: 1\n", 1, "'outline:' must list clauses"),
    ],
)
def test_what_is_wrong_in_an_outline_is_said_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    found, said = _refused(tmp_path, text)
    assert (found, words in said) == (line, True), said


def test_a_clause_that_is_left_out_goes_with_its_parts_and_may_be_added_elsewhere(tmp_path: Path) -> None:
    shipped = [entry.id for entry in read_outline(template_folders(None))]
    (tmp_path / "outline.yaml").write_text(
        "leave_out: [reversibility, quality]\nadd:\n  - {id: quality, role: clause, after: audit}\n", encoding="utf-8"
    )
    own = [entry.id for entry in read_outline(template_folders(tmp_path))]
    assert set(shipped) - set(own) == {"reversibility", "data-return", "secure-erasure"}
    assert own[own.index("audit") + 1] == "quality"


@pytest.mark.parametrize("after", ["obligations", "support-levels", "responsibility-matrix"])
def test_a_clause_that_is_added_among_parts_takes_none_of_them(tmp_path: Path, after: str) -> None:
    shipped = read_outline(template_folders(None))
    (tmp_path / "outline.yaml").write_text(f"add:\n  - {{id: insurance, role: clause, after: {after}}}\n", encoding="utf-8")
    own = read_outline(template_folders(tmp_path))
    assert {part: clause for part, clause in _clause_of(own).items() if part != "insurance"} == _clause_of(shipped)
    ids = [entry.id for entry in own]
    assert _clause_of(own)[ids[ids.index("insurance") - 1]] == _clause_of(own)[after]


def _clause_of(outline: Sequence[OutlineEntry]) -> dict[str, str]:
    """Return the clause or appendix of each entry, itself where it is one."""
    above, found = "", {}
    for entry in outline:
        above = above if entry.role == "subsection" else entry.id
        found[entry.id] = above
    return found


def test_a_part_goes_with_a_clause_whose_condition_is_false(tmp_path: Path, outscale: Agreement) -> None:
    (tmp_path / "outline.yaml").write_text(
        "add:\n  - {id: insurance, role: clause, after: confidentiality, when: document.history}\n  - {id: insured, role: part, after: insurance}\n",
        encoding="utf-8",
    )
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "insurance.md.j2").write_text("# Insurance {#insurance}\n\nThere is one.\n", encoding="utf-8")
    (tmp_path / "en" / "insured.md.j2").write_text("## What is insured {#insured}\n\nAll of it.\n", encoding="utf-8")
    shown = {clause.entry.id for clause in render(outscale, "en", template_folders(tmp_path))}
    assert "confidentiality" in shown
    assert not {"insurance", "insured"} & shown


def test_templates_without_an_outline_or_names_are_no_templates(tmp_path: Path) -> None:
    """As a package whose files went missing."""
    for read in (read_outline, lambda folders: read_names(folders, "fr")):
        with pytest.raises(FileTroubleError, match="missing from the templates; reinstall the package"):
            read(TemplateFolders((tmp_path,)))


@pytest.mark.parametrize(
    "name",
    [
        "purpose.md.j2~",
        ".purpose.md.j2.swp",
        "#purpose.md.j2#",
        "purpose.md.j2.bak",
        "purpose.md.j2.orig",
        "purpose.md.j2.tmp",
        "~$rpose.docx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._purpose.md.j2",
    ],
)
def test_what_editors_and_systems_leave_in_a_folder_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "purpose.md.j2").write_bytes((ROOT / "templates" / "fr" / "purpose.md.j2").read_bytes())
    for place in (tmp_path, tmp_path / "fr"):
        (place / name).write_bytes(b"\x00\xff not a template")
    assert check_templates(template_folders(tmp_path), ()) == []


def _moved(tmp_path: Path, moves: str) -> list[str]:
    (tmp_path / "outline.yaml").write_text(f"move: {moves}\n", encoding="utf-8")
    return [each.id for each in read_outline(template_folders(tmp_path))]


def test_a_clause_moves_with_its_parts_behind_anothers(tmp_path: Path) -> None:
    shipped = list(read_outline(template_folders()))
    ids = [each.id for each in shipped]
    moved = _moved(tmp_path, "[{id: reversibility, after: purpose}]")
    start = ids.index("reversibility")
    count = next((index for index, each in enumerate(shipped[start + 1 :], 1) if each.role != "subsection"), len(ids) - start)
    assert count > 1
    assert moved[moved.index("reversibility") :][:count] == ids[start : start + count]
    after = ids.index("purpose")
    parts = next(index for index, each in enumerate(shipped[after + 1 :], 1) if each.role != "subsection")
    assert moved.index("reversibility") == after + parts
    assert sorted(moved) == sorted(ids)


def test_a_part_moves_within_its_clause_and_to_another(tmp_path: Path) -> None:
    shipped = read_outline(template_folders())
    part = next(each.id for each in shipped if each.role == "subsection")
    moved = _moved(tmp_path, f"[{{id: {part}, after: purpose}}]")
    assert moved[moved.index("purpose") + 1] == part
    assert sorted(moved) == sorted(each.id for each in shipped)


@pytest.mark.parametrize(
    "moves",
    [
        "{}",
        "[purpose]",
        "[{id: purpose}]",
        "[{id: purposes, after: audit}]",
        "[{id: purpose, after: purpose}]",
        "[{id: purpose, after: audit, x: 1}]",
    ],
)
def test_a_move_that_names_nothing_is_said(tmp_path: Path, moves: str) -> None:
    with pytest.raises(FindingsError, match="'move'"):
        _moved(tmp_path, moves)
