"""The responsibility matrix from a workbook: the same rows as its CSV gives, and a finding with sheet and cell for what can't be used."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import load_agreement
from snc_docs.archives import MAX_ENTRIES, MAX_UNPACKED
from snc_docs.diagnostics import Diagnostic
from snc_docs.model.matrix_files import MAX_BYTES, read_matrix
from snc_docs.model.parts import Responsibility
from tests.model.workbooks import rows_xml, workbook
from tests.tools import EXAMPLES, TODAY, in_folder

HEADINGS = ("id", "group.fr", "group.en", "activity.fr", "activity.en", "administration", "provider", "client", "note.fr", "note.en")
LINES = [
    ["sites", "Sites", "Sites", "Sûreté des sites", "Security of the sites", "", "R A"],
    ["platform", "Plateforme", "Platform", "Administration", "Administration", "oui", "R A", "I", "Sur demande", "On request"],
]


def _read(folder: Path, content: bytes, sheet: str | None = None) -> tuple[tuple[Responsibility, ...], list[Diagnostic]]:
    (folder / "matrix.xlsx").write_bytes(content)
    return read_matrix(in_folder(folder), "matrix.xlsx", sheet)


def _said(folder: Path, content: bytes, sheet: str | None = None) -> list[tuple[int | None, str]]:
    rows, findings = _read(folder, content, sheet)
    assert rows == ()
    assert {each.rule for each in findings} == {"matrix.file"}
    assert all(each.file and each.file.endswith("matrix.xlsx") and each.hint.fr and each.message.fr != each.message.en for each in findings)
    return [(each.line, each.message.en) for each in findings]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12)
_LINES = st.lists(st.lists(_TEXTS, min_size=1, max_size=len(HEADINGS)), max_size=6)


@given(_LINES, st.sets(st.integers(2, 8), max_size=3))
def test_a_table_gives_the_same_matrix_as_csv_and_as_workbook(lines: list[list[str]], empty: set[int]) -> None:
    rows = [list(HEADINGS), *([f"row-{at}", *line[1:]] for at, line in enumerate(lines))]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "matrix.csv").write_bytes(_csv(rows))
        of_csv, wrong_in_csv = read_matrix(in_folder(folder), "matrix.csv")
        of_workbook, wrong = _read(folder, workbook({"Sheet": rows_xml(rows, empty=sorted(empty))}))
    assert of_workbook == of_csv
    assert [(each.path, each.hint) for each in wrong] == [(each.path, each.hint) for each in wrong_in_csv]


@pytest.fixture
def rows() -> str:
    return rows_xml([list(HEADINGS), *LINES])


def _with(cell: str, attributes: str = "", after: str = "") -> bytes:
    """Return a workbook whose cell G2 holds other XML."""
    rows = rows_xml([list(HEADINGS), LINES[0][:6]]).removesuffix("</row>")
    return workbook({"Matrix": f'{rows}<c r="G2" {attributes}>{cell}</c></row>'}, after=after)


@pytest.mark.parametrize(
    ("cell", "attributes", "text"),
    [
        ("<is><t>R A</t></is>", 't="inlineStr"', "R A"),
        ("<is><r><t>R</t></r><r><rPr><b/></rPr><t xml:space='preserve'> A</t></r></is>", 't="inlineStr"', "R A"),
        ("<v>R A</v>", 't="str"', "R A"),
        ("<f>A1&amp;B1</f><v>R A</v>", 't="str"', "R A"),
        ("<v>12</v>", "", "12"),
        ("<v>12.0</v>", 't="n"', "12"),
        ("<f>6+6</f><v>12</v>", "", "12"),
        ("<v>1</v>", 't="b"', "true"),
        ("", "", None),
        ("<f>IF(TRUE,&quot;&quot;)</f><v></v>", 't="str"', None),
    ],
)
def test_a_cell_says_what_it_shows(tmp_path: Path, cell: str, attributes: str, text: str | None) -> None:
    (row,), findings = _read(tmp_path, _with(cell, attributes))
    assert findings == []
    assert (row.provider.en if row.provider else None) == text


@pytest.mark.parametrize(
    ("cell", "attributes", "said"),
    [
        ("<f>A1</f>", "", "a formula without a saved result: open the workbook and save it, or put the value"),
        ("<f>A1</f><v/>", "", "a formula without a saved result: open the workbook and save it, or put the value"),
        ("<v>46000</v>", 's="1"', "a date or a time: make the cell a text"),
        ("<v>0.5</v>", "", "a number with decimals: make the cell a text"),
        ("<v>#REF!</v>", 't="e"', "the formula gives an error « #REF! »"),
        ("<f>1/0</f><v>#DIV/0!</v>", 't="e"', "the formula gives an error « #DIV/0! »"),
    ],
)
def test_a_cell_that_has_no_text_is_said_with_its_sheet(tmp_path: Path, cell: str, attributes: str, said: str) -> None:
    assert _said(tmp_path, _with(cell, attributes)) == [(2, f"sheet 'Matrix', cell G2: {said}")]


def test_what_the_model_refuses_is_said_with_its_cell(tmp_path: Path) -> None:
    (line, said), *_ = _said(tmp_path, workbook({"M": rows_xml([["activity.fr", "activity.en", "id"], ["Fait", "Done", "Not an id"]], empty=[2])}))
    assert (line, said.startswith("sheet 'M', cell C3: ")) == (3, True)


@pytest.mark.parametrize(
    ("rows", "line", "cell"),
    [
        ([["activity", "colour"], ["a", "b"]], 1, "B1"),
        ([["provider"], ["a"]], 1, "A1"),
        ([["activity", "activity"], ["a", "b"]], 1, "A1"),
        ([["activity"], ["a", "", "c"]], 2, "B2"),
        ([], 1, "A1"),
    ],
)
def test_columns_that_are_not_known_are_said_with_their_cell(tmp_path: Path, rows: list[list[str]], line: int, cell: str) -> None:
    ((at, said),) = _said(tmp_path, workbook({"M": rows_xml(rows)}))
    assert (at, said.startswith(f"sheet 'M', cell {cell}: ")) == (line, True)


def test_cells_merged_downwards_count_in_each_row_and_others_are_said(tmp_path: Path) -> None:
    rows = rows_xml([["activity.fr", "activity.en", "provider", "client"], ["Un", "One", "R"], ["Deux", "Two"], ["Trois", "Three", "", "I"]])
    merged = '<mergeCells><mergeCell ref="C2:C4"/></mergeCells>'
    found, findings = _read(tmp_path, workbook({"M": rows}, after=merged))
    assert ([each.provider.fr for each in found if each.provider], findings) == (["R", "R", "R"], [])
    across = '<mergeCells count="1"><mergeCell ref="C4:D4"/></mergeCells>'
    assert _said(tmp_path, workbook({"M": rows}, after=across)) == [(4, "sheet 'M', cell C4: cells merged over columns: split them")]


def test_of_several_sheets_the_data_names_one(tmp_path: Path, rows: str) -> None:
    several = workbook({"Read me": rows_xml([["words"]]), "Matrice": rows})
    assert _said(tmp_path, several) == [(1, "several sheets (Read me, Matrice): name one, 'sheet: …' beside 'file:'")]
    assert _said(tmp_path, several, "matrix") == [(1, "no sheet 'matrix'; there are: Read me, Matrice")]
    assert [each.id for each in _read(tmp_path, several, "Matrice")[0]] == ["sites", "platform"]


def test_a_sheet_that_does_not_show_is_not_asked_for(tmp_path: Path, rows: str) -> None:
    content = workbook({"Lists": rows_xml([["words"]]), "Matrice": rows}, hidden=["Lists"])
    assert [each.id for each in _read(tmp_path, content)[0]] == ["sites", "platform"]


def test_a_csv_file_has_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "matrix.csv").write_bytes(_csv([["activity"], ["a"]]))
    assert [each.message.en for each in read_matrix(in_folder(tmp_path), "matrix.csv", "M")[1]] == ["a CSV file has no sheets: remove 'sheet'"]


_HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "the workbook has a password, or the old format .xls"),
    "cut short": (lambda: workbook({"M": ""})[:300], "this isn't an Excel workbook (.xlsx)"),
    "another archive": (lambda: b"PK\x03\x04" + bytes(200), "this isn't an Excel workbook (.xlsx)"),
    "a document type": (
        lambda: workbook({"M": ""}, more={"xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "the XML declares a document type",
    ),
    "malformed": (lambda: workbook({"M": "<row>"}), "the XML is malformed"),
    "no sheet": (lambda: workbook({}), "several sheets (–)"),
    "a part that isn't there": (
        lambda: workbook({"M": ""}, more={"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "sheet 'M' isn't a worksheet",
    ),
    "a cell at the far end": (
        lambda: workbook({"M": '<row r="1"><c r="XFD1048576"><v>1</v></c></row>'}),
        "cell XFD1048576: over 5000 lines or 50 columns",
    ),
    "a row at the far end": (lambda: workbook({"M": '<row r="1048576"><c><v>1</v></c></row>'}), "cell A1048576: over 5000 lines or 50 columns"),
    "many tags": (lambda: workbook({"M": "<row/>" * 1_000_001}), "the XML is too large"),
    "many parts": (lambda: workbook({"M": ""}, more={f"a{at}": "" for at in range(MAX_ENTRIES)}), "the archive is too large once unpacked"),
    "much once unpacked": (lambda: workbook({"M": ""}, more={"a": " " * MAX_UNPACKED}), "the archive is too large once unpacked"),
    "many bytes": (lambda: b"PK" + bytes(MAX_BYTES), "over 4 MiB"),
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_a_hostile_workbook_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    content, words = _HOSTILE[kind]
    ((_, said),) = _said(tmp_path, content())
    assert words in said


def test_a_format_without_a_value_at_the_far_end_is_no_cell(tmp_path: Path, rows: str) -> None:
    content = workbook({"M": f'{rows}<row r="1048576" s="1"><c r="XFD1048576" s="1"/></row>'})
    assert len(_read(tmp_path, content)[0]) == 2


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_a_workbook_with_other_bytes_in_it_is_read_or_refused(noise: bytes, at: int) -> None:
    content = workbook({"M": rows_xml([list(HEADINGS), *LINES])})
    with TemporaryDirectory() as name:
        rows, findings = _read(Path(name), content[:at] + noise + content[at + len(noise) :])
    assert bool(rows) != bool(findings)


def test_an_agreement_takes_its_matrix_from_the_sheet_that_the_baseline_names(tmp_path: Path) -> None:
    folder = tmp_path / "seven-services"
    shutil.copytree(EXAMPLES / "seven-services", folder)
    with (folder / "matrix.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    (folder / "matrix.xlsx").write_bytes(workbook({"Notes": rows_xml([["x"]]), "Matrix": rows_xml(rows)}))
    before = load_agreement(folder / "client.yaml", today=TODAY)
    text = (folder / "baseline.yaml").read_text(encoding="utf-8")
    assert "file: matrix.csv" in text
    (folder / "baseline.yaml").write_text(text.replace("file: matrix.csv", "file: matrix.xlsx\n  sheet: Matrix"), encoding="utf-8")
    after = load_agreement(folder / "client.yaml", today=TODAY)
    assert after.responsibility_matrix.rows == before.responsibility_matrix.rows != ()
