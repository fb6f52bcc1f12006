"""Slips of the keyboard: each is said at its line with what to do, in both languages, and no value is lost or cut short."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from snc_docs.characters import NOT_IN_XML
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.model import source
from snc_docs.model.slips import _CURLY, _MARKS, trouble_of
from snc_docs.model.source import parse_source


def _refused(text: str, name: str = "client.yaml") -> Diagnostic:
    with pytest.raises(FindingsError) as error:
        parse_source(text, name, Path())
    return error.value.diagnostics[0]


@pytest.mark.parametrize(
    ("text", "rule", "line", "words"),
    [
        ('a: "Foo"#1 Bar\n', "file.cut-short", 1, "#"),
        ("a: 1\nb: 'Foo' #1 Bar\n", "file.cut-short", 2, "#"),
        ("a:\n  b: #1 Bar\n", "file.cut-short", 2, "#"),
        ("a: ! foo\n", "file.tag", 1, "straight quotation"),
        ("x: 1\na:\n\tb: 1\n", "file.malformed", 3, "plain spaces"),
        ("a:1\nb: 2\nc: 3\n", "file.malformed", 1, "name: value"),
        ("a: 1\nb: x\u2028c: 2\n", "file.malformed", 2, "remove"),
        ("b: x\x85c: 2\n", "file.malformed", 1, "remove"),
        ("a: 1\rb: x # y\rc: 2\r", "file.cut-short", 2, "#"),
        ("a: Archives : la société\n", "file.malformed", 1, "quotation marks"),
        ("a: Archives\u00a0: la société\n", "file.malformed", 1, "quotation marks"),
        ("a:\n  b: c\n  d: Lyon: ville\n", "file.malformed", 3, "quotation marks"),
        ("a: 'L'eau vive'\n", "file.malformed", 1, "apostrophe"),
        ('a: "Dupont "Frères""\n', "file.malformed", 1, "quotation marks"),
        ("a: &Partners\n", "file.alias", 1, "quotation marks"),
        ("x: 1\na: & Cie\n", "file.malformed", 2, "quotation marks"),
        ("a: *Note\n", "file.alias", 1, "quotation marks"),
        ("a: [b, &c d]\n", "file.alias", 1, "quotation marks"),
        ("a: !Attention\n", "file.tag", 1, "quotation"),
        ("a: @direction\n", "file.malformed", 1, "quotation marks"),
        ("a: `code`\n", "file.malformed", 1, "quotation marks"),
        ("a: 100 %\nb: %x\n", "file.malformed", 2, "quotation marks"),
        ("a: b\n\tc: d\n", "file.malformed", 2, "plain spaces"),
        ("a:\n  b: c\n d: e\n", "file.malformed", 3, "plain spaces"),
        ('a: "C:\\Users"\n', "file.malformed", 1, "backslash"),
        ("a: {b: c\nd: e\n", "file.malformed", 1, "close"),
        ("a: [b\nc: d\n", "file.malformed", 1, "close"),
        ("a: | texte\n", "file.malformed", 1, "next line"),
        ("a: ,b\n", "file.malformed", 1, "quotation marks"),
        ("a:b\nc: d\n", "file.malformed", 1, "name: value"),
        ("a: - b\n", "file.malformed", 1, "quotation marks"),
        ("---\na: 1\n---\na: 2\n", "file.malformed", 3, "keep one"),
        ("a:\n\u00a0\u00a0b: c\n", "file.odd-space", 2, "plain space"),
        ("a:\n\u00a0\u00a0b: c\n  d: e\n", "file.malformed", 2, "plain space"),
        ("a:\n  b: c\n\u202f d: e\n", "file.odd-space", 3, "plain space"),
        ("a:\n  b:\u00a0c\n", "file.odd-space", 2, "plain space"),
        ("a:\n  b: c\n    d:\u2003e\n", "file.odd-space", 3, "plain space"),
        ("a:\n-\u00a0b\n", "file.malformed", 2, "plain space"),
        ("a: Dupont #1\n", "file.cut-short", 1, "quotation marks"),
        ("a: Hall # 4\n", "file.cut-short", 1, "two spaces"),
        ("a:\n  - b\n  - C #1\n", "file.cut-short", 3, "quotation marks"),
        ("a: {b: “c”}\n", "file.quotes", 1, "straight"),
        ("a: “1.0”\n", "file.quotes", 1, "straight"),
        ("a: «\u00a0b\u00a0»\n", "file.quotes", 1, "straight"),
        ("a: ‘b’\n", "file.quotes", 1, "straight"),
        ("a: „b“\n", "file.quotes", 1, "straight"),
        ("a: \x01\n", "file.malformed", 1, "remove"),
        ("a: 1\na: 2\n", "file.key-doubled", 2, "keep one"),
        ("? [a]\n: b\n", "file.key", 1, ""),
        ("a: {fr: société anonyme, #1 SA\n    en: SA}\n", "file.cut-short", 1, "#"),
        ("a: 1\nb: [ #1 Telecom,\n LUMEN]\n", "file.cut-short", 2, "#"),
        ("a: ['x, #3', \"y\", #2\n z]\n", "file.cut-short", 1, "#"),
        ("a: ’b’\n", "file.quotes", 1, "straight"),
        ("a: »b«\n", "file.quotes", 1, "straight"),
        ('a: “b"\n', "file.quotes", 1, "straight"),
        ("a: !!str 1\n", "file.tag", 1, "quotation"),
        ("x: 1\na: 'never closed\nb: 2\nc: 3\n", "file.malformed", 2, "quotation"),
        ('a: "two\n  lines"\nb: [1, 2\nc: 3\n', "file.malformed", 3, "close what is open"),
        ('x: 1\na: "never closed\nb: 2\n', "file.malformed", 2, "close them"),
    ],
)
def test_a_slip_is_said_at_its_line_in_both_languages(text: str, rule: str, line: int, words: str) -> None:
    found = _refused(text)
    assert (found.rule, found.line, words in found.hint.en) == (rule, line, True), found
    assert found.message.fr != found.message.en
    assert not any(word in found.message.fr + found.hint.fr for word in ("mapping", "expected", "found", "scalar", "token"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: "Foo" # remark\n', "Foo"),
        ("a: # remark\n", None),
        ('a:\r\n  "x"\r\n', "x"),
        ("a: b  # remark\n", "b"),
        ('a: "b #1"\n', "b #1"),
        ("a: b#1\n", "b#1"),
        ("a: 30 # days\n", 30),
        ("a: true #yes\n", True),
        ('a: "“b”"\n', "“b”"),
        ("a: “b” et c\n", "“b” et c"),
        ("a: |\n  b # c\n  «\u00a0d\u00a0»\n  \u00a0e:\u00a0f\n", "b # c\n«\u00a0d\u00a0»\n\u00a0e:\u00a0f\n"),
        ("a: R&D & Cie\n", "R&D & Cie"),
        ("a: 12:30\n", "12:30"),
        ("a: e\u0301\n", "é"),
        ("a: NO\n", "NO"),
        ("$schema: x\na: b\n", "b"),
        ("a: [b, # remark\n  c]  # see [ #2]\n", ["b", "c"]),
        ("a: 'b, #1'\n", "b, #1"),
        ("a: [b#1, c]  # x [ #1\n", ["b#1", "c"]),
    ],
)
def test_what_is_no_slip_stays_as_it_is_written(text: str, value: object) -> None:
    assert parse_source(text, "client.yaml", Path()).data == {"a": value}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029\ufeff"), min_size=1, max_size=30))
def test_a_plain_value_is_kept_whole_or_refused(text: str) -> None:
    """Whatever somebody types behind a field's name: all of it is the value, or a finding says that it isn't."""
    try:
        data = parse_source(f"name: {text}\nlast: end\n", "client.yaml", Path()).data
    except FindingsError:
        return
    value = data.get("name")
    if (
        isinstance(value, str)
        and not text.lstrip().startswith(("'", '"', "|", ">", "[", "{", "#", "-", "?"))
        and "\n" not in text
        and "\r" not in text
    ):
        import unicodedata

        without_remark = text.partition("  # ")[0]
        assert unicodedata.normalize("NFC", without_remark.strip(" \t")) == value or "  # " in text


@given(st.dictionaries(st.from_regex("[a-z]{1,6}", fullmatch=True), st.text(max_size=20) | st.integers(-(10**9), 10**9) | st.booleans(), max_size=4))
def test_what_another_program_writes_is_read_back(data: dict[str, Any]) -> None:
    import unicodedata

    expected = {key: unicodedata.normalize("NFC", value) if isinstance(value, str) else value for key, value in data.items() if key != "$schema"}
    written = json.dumps(data)
    try:
        assert parse_source(written, "x.json", Path()).data == expected
    except FindingsError as error:
        assert any("half a character" in each.message.en for each in error.diagnostics)  # noqa: PT017  # either is right
    # A value in typographic quotation marks is refused, as it stands: they would print.
    quoted = any(isinstance(value, str) and len(value) > 1 and value[0] in _CURLY and value[-1] in _MARKS for value in data.values())
    if not quoted and not any(isinstance(value, str) and NOT_IN_XML.search(value) for value in data.values()):
        written = yaml.safe_dump({"d": data}, allow_unicode=True)
        if any(separator in written for separator in "\x85\u2028\u2029"):
            with pytest.raises(FindingsError, match="line separator"):
                parse_source(written, "x.yaml", Path())
        else:
            assert parse_source(written, "x.yaml", Path()).data["d"] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": "x\\ud800"}', "half a character"),
        ('{"a": 1,\n "\\udc00": 2}', "half a character"),
        ('{"a": ' + "1" * 5000 + "}", "unreadable JSON"),
        ('{"a": 1', "malformed JSON"),
        ("[" * 100_000, "JSON"),
        ('{"a": [' + "1," * 400_000 + "1]}", "values in one file"),
    ],
)
def test_json_that_cannot_be_data_is_refused(text: str, words: str) -> None:
    assert words in _refused(text, "x.json").message.en


def test_pairs_of_escapes_and_escaped_backslashes_are_text() -> None:
    assert parse_source(r'{"a": "\\ud83d\\ude00 \\\\ud800"}'.replace("\\\\", "\\"), "x.json", Path()).data["a"].startswith("😀")


@pytest.mark.parametrize("text", ["a: [" + "1," * 400_000 + "1]\n", "".join(f"k{index}: 1\n" for index in range(200_000))])
def test_more_values_than_any_agreement_has_are_refused(text: str) -> None:
    assert "values in one file" in _refused(text).message.en


def test_an_unknown_complaint_of_the_parser_has_words_too() -> None:
    assert trouble_of("a: b", 1, "something new", None).message.fr == "la syntaxe YAML n'est pas correcte ici"


def test_lines_are_found_once_for_thousands_of_findings() -> None:
    parsed = parse_source("list:\n" + "".join(f"  - {{id: k{index}, name: n}}\n" for index in range(20_000)), "x.yaml", Path())
    assert [parsed.line(("list", f"k{index}", "name")) for index in (0, 19_999)] == [2, 20_001]
    assert all(parsed.line(("list", index)) == index + 2 for index in range(0, 20_000, 7))
    assert len(parsed._children) <= 4
    assert source.MAX_NODES < 10**6


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1, "b": {"c": "x",\n "c": "y"}}', 2),
        ('{"a"\n: 1,\n "c": "x",\n "c": "y"}', 4),
        ('{"a": "\x7f",\n "c": "x",\n "c": "y"}', 3),
        ('{"a": ' + "[" * 60 + "]" * 60 + ',\n "c": "x",\n "c": "y"}', 3),
        ('{"' + "k" * 2000 + '": 1,\n "c": "x",\n "c": "y"}', 3),
        ('{"é": 1,\n "\\u00e9": 2}', 1),
    ],
)
def test_a_name_that_json_gives_twice_is_refused_whatever_stands_beside_it(text: str, line: int) -> None:
    found = _refused(text, "x.json")
    assert (found.rule, found.line) == ("file.key-doubled", line)


def test_values_of_json_have_lines_wherever_its_colons_stand() -> None:
    source = parse_source('{"a"\n : 1,\n "b" :\n  {"c": "x \\" : y\x7f"}}', "x.json", Path())
    assert (source.data, source.line(["b"]), source.line(["b", "c"])) == ({"a": 1, "b": {"c": 'x " : y\x7f'}}, 3, 4)


def test_thousands_of_names_given_twice_are_found_in_one_pass() -> None:
    written = ",\n".join(f'{{"k{index}": 1, "k{index}": 2}}' for index in range(30_000))
    with pytest.raises(FindingsError) as error:
        parse_source(f'{{"a": [\n{written}\n]}}', "x.json", Path())
    assert [each.line for each in error.value.diagnostics[:3]] == [2, 3, 4]
    assert len(error.value.diagnostics) == 30_000
