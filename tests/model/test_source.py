from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snc_docs import FindingsError
from snc_docs.errors import FileTroubleError
from snc_docs.model import source
from snc_docs.model.scalars import BeyondNumber, core_value
from snc_docs.model.source import parse_source, read_source


def _read(folder: Path, text: str, name: str = "data.yaml") -> source.Source:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_source(path)


def _rules(error: pytest.ExceptionInfo[FindingsError]) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.line) for finding in error.value.diagnostics]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("06000", 6000),
        ("0o14", 12),
        ("0xff", 255),
        ("-3", -3),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("2026-07-01", "2026-07-01"),
        ("1.50", Decimal("1.50")),
        ("1e3", Decimal(1000)),
        (".info", ".info"),
        ("nan", "nan"),
        ("1e", "1e"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    value = core_value(written)
    assert (value, type(value) is bool) == (meant, type(meant) is bool)


@pytest.mark.parametrize("written", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e99999", "-2.5E+00123", f"{10**1001}"])
def test_a_number_that_no_field_takes_is_no_text(written: str) -> None:
    value = core_value(written)
    assert (type(value), str(value), value == value) == (BeyondNumber, written, False)  # noqa: PLR0124  # as no number is


def test_a_number_remembers_how_it_was_written() -> None:
    assert getattr(core_value("06000"), "written", None) == "06000"


def test_quoted_scalars_are_text(tmp_path: Path) -> None:
    assert _read(tmp_path, "a: '06000'\nb: \"true\"\nc: >\n  folded\n").data == {"a": "06000", "b": "true", "c": "folded\n"}


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    read = _read(tmp_path, "a:\n  b: 1\n  list:\n    - role: x\n      name: one\n    - role: y\n      name: two\n")
    assert [read.line(path) for path in (("a",), ("a", "b"), ("a", "list", 1, "name"), ("a", "list", "y", "name"), ("a", "missing"), ("z",))] == [
        1,
        2,
        7,
        7,
        1,
        1,
    ]


def test_the_second_item_of_a_key_is_found_by_its_rank(tmp_path: Path) -> None:
    read = _read(tmp_path, "list:\n  - role: x\n    name: one\n  - role: x\n    name: two\n")
    assert read.line(("list", "x#2", "name")) == 5


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: &x 1\nb: *x\n", "file.alias", 1),
        ("a: 1\na: 2\n", "file.key-doubled", 2),
        ("a: !!python/object:os.system x\n", "file.tag", 1),
        ("a: 1\n? [b]\n: 2\n", "file.key", 2),
        ("- a\n", "file.not-a-mapping", 1),
        ("a: [1\n", "file.malformed", 1),
        ("a: 1\nb: \x01\n", "file.malformed", 2),
        ("a: 1\n<<: {b: 2}\n", "file.key", 2),
    ],
)
def test_what_data_may_not_hold_is_a_finding_with_its_line(tmp_path: Path, text: str, rule: str, line: int) -> None:
    with pytest.raises(FindingsError) as error:
        _read(tmp_path, text)
    assert (rule, line) in _rules(error)


def test_nested_aliases_are_refused_without_being_expanded(tmp_path: Path) -> None:
    laughs = "a: &a [x, x]\n" + "".join(f"{chr(98 + index)}: &{chr(98 + index)} [{', '.join([f'*{chr(97 + index)}'] * 9)}]\n" for index in range(20))
    with pytest.raises(FindingsError) as error:
        _read(tmp_path, laughs)
    assert {rule for rule, _ in _rules(error)} == {"file.alias"}


def test_deep_nesting_is_a_finding_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(FindingsError):
        _read(tmp_path, "a: " + "[" * 5000)


def test_json_is_read_with_its_lines(tmp_path: Path) -> None:
    read = _read(tmp_path, '{\n\t"a": "\\ud83d\\ude00 \\/ \\u00e9",\n\t"b": [1, 2.5, true, null]\n}\n', "data.json")
    assert (read.data, read.line(("b", 1))) == ({"a": "😀 / é", "b": [1, Decimal("2.5"), True, None]}, 3)


@pytest.mark.parametrize("deep", [0, 40])
@pytest.mark.parametrize("half", ["\\ud83d", "\\uDE00", "\ud83d"])
def test_half_a_character_in_json_is_said_at_its_place_each_once(half: str, deep: int) -> None:
    nested = "[" * deep + f'"x{half}"' + "]" * deep
    with pytest.raises(FindingsError) as error:
        parse_source(f'{{"a": "\\ud83d\\ude00",\n "b/c": [1, {nested}],\n "{half}": 2}}', "data.json", Path())
    pointers = {each.pointer for each in error.value.diagnostics}
    assert {each.rule for each in error.value.diagnostics} == {"file.malformed"}
    assert pointers == {f"/b~1c/1{'/0' * deep}", "/" + json.loads('"' + half + '"')}


def test_malformed_json_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(FindingsError) as error:
        _read(tmp_path, '{\n"a": 1,\n}', "data.json")
    assert _rules(error) == [("file.malformed", 3)]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=8,
    )
)
def test_any_json_value_is_read_as_json_reads_it(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    folder = tmp_path_factory.mktemp("json")
    assert _read(folder, json.dumps({"value": value}), "data.json").data == {"value": value}


def test_a_file_that_is_absent_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError, match="check the name and the rights"):
        read_source(tmp_path / "nowhere.yaml")


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: 1\nb: \xe9\n")
    with pytest.raises(FindingsError) as error:
        read_source(path)
    assert _rules(error) == [("file.malformed", 2)]


def test_a_file_over_the_cap_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    with pytest.raises(FileTroubleError, match="give a smaller file"):
        _read(tmp_path, "a: 1234567890\n")
