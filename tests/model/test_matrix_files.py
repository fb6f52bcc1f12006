"""The responsibility matrix as a spreadsheet saves it: groups, empty cells, footnotes, letters for both languages; what is wrong has its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from snc_docs import Agreement, FindingsError, assemble, load_agreement
from snc_docs.document.nodes import Table
from snc_docs.document.walk import blocks_of
from snc_docs.model.matrix_files import read_matrix
from tests.tools import EXAMPLES, TODAY, in_folder, plain_cells

_ROWS = "id;group.fr;group.en;activity.fr;activity.en;administration;provider;client;note.fr;note.en\n"


def _read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[tuple[Any, ...]], list[tuple[str, int | None]]]:
    (tmp_path / "matrix.csv").write_bytes(text.encode(encoding))
    rows, findings = read_matrix(in_folder(tmp_path), "matrix.csv")
    shown = [(each.id, *(getattr(each, name).en if getattr(each, name) else None for name in ("group", "provider", "client"))) for each in rows]
    return shown, [(each.rule, each.line) for each in findings]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_spreadsheets_file_is_read_however_it_was_saved(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    text = _ROWS + "a;Un;One;Fait;Done;oui;R A;;;\nb;Un;One;Autre;Other;;;I;Note;Note\nc;Deux;Two;Fin;End;;C;R;;\n"
    rows, findings = _read(tmp_path, text.replace(";", separator).replace("\n", end), encoding)
    assert findings == []
    assert rows == [("a", "One", "R A", None), ("b", None, None, "I"), ("c", "Two", "C", "R")]


def test_identifiers_are_made_of_the_activity_where_there_are_none(tmp_path: Path) -> None:
    rows, findings = _read(tmp_path, "activity.fr,activity.en,provider\nMaintien,Upkeep of sites,R\n")
    assert (rows, findings) == ([("upkeep-of-sites", None, "R", None)], [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("a;b\n", 1),
        ("activity;activity\n", 1),
        ("activity.fr;provider\nFait;R\n", 2),
        (_ROWS + "a;;;Fait;Done;;R;;;\nb;;;Fait;Done;;R;;;;;too;many\n", 3),
        (_ROWS + "Not an id;;;Fait;Done;;R;;;\n", 2),
        (_ROWS + "a;;;F\x00ait;Done;;R;;;\n", 2),
        ("activity\n" + "x\n" * 5001, 5002),
    ],
)
def test_what_is_wrong_has_its_line(tmp_path: Path, text: str, line: int) -> None:
    rows, findings = _read(tmp_path, text)
    assert ("matrix.file", line) in findings
    assert rows == []


def test_a_file_that_is_no_utf_8_or_not_there_is_a_finding(tmp_path: Path) -> None:
    assert _read(tmp_path, _ROWS + "a;;;Fait é;Done;;R;;;\n", "cp1252")[1] == [("matrix.file", 2)]
    assert [each.rule for each in read_matrix(in_folder(tmp_path), "nowhere.csv")[1]] == ["matrix.file"]


def _hospital() -> Agreement:
    return load_agreement(EXAMPLES / "seven-services" / "client.yaml", today=TODAY)


def test_the_matrix_is_an_appendix_with_groups_empty_cells_and_notes() -> None:
    (section,) = (section for section in assemble(_hospital(), "en").sections if section.id == "matrix")
    assert section.label == "Appendix\u00a0C"
    (table,) = (block for block in blocks_of((section,)) if isinstance(block, Table))
    assert plain_cells(table) == [
        ["Sites"],
        ["Security of the sites", "R A", "–"],
        ["Upkeep of the hardware", "R A", "I"],
        ["Platform"],
        ["Administration of the platform", "R A", "I"],
        ["Administration of machines", "–", "R A"],
        ["Access"],
        ["Accounts and rights", "C", "R A"],
    ]


def test_rows_and_a_file_are_too_much(tmp_path: Path) -> None:
    data = yaml.safe_load((EXAMPLES / "minimal" / "baseline.yaml").read_text(encoding="utf-8"))
    row = {"id": "a", "activity": {"fr": "a", "en": "b"}}
    data["responsibility_matrix"] = {"file": "matrix.csv", "rows": [row]}
    (tmp_path / "baseline.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FindingsError) as refused:
        load_agreement(tmp_path / "baseline.yaml", today=TODAY)
    assert "matrix.file" in [each.rule for each in refused.value.diagnostics]
