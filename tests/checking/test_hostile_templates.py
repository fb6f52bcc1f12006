"""What a hostile reading of the check found: each was missed, or ended in a traceback, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs import FindingsError
from snc_docs.checking.examples import example_agreements
from snc_docs.checking.templates import check_templates
from snc_docs.diagnostics import Diagnostic
from snc_docs.templating.folders import template_folders
from tests.tools import EXAMPLES, run_command

_IF = "{% if commitments.backup %}"


def _extra(folder: Path, french: str, english: str, *, when: str = "") -> Path:
    condition = f", when: {when}" if when else ""
    (folder / "outline.yaml").write_text(f"add:\n  - {{id: extra, role: clause, after: purpose{condition}}}\n", encoding="utf-8")
    for language, body in (("fr", french), ("en", english)):
        (folder / language).mkdir()
        (folder / language / "extra.md.j2").write_text(f"# Extra {{#extra}}\n\n{body}\n", encoding="utf-8")
    return folder


def _findings(folder: Path, *, with_data: bool = False) -> list[Diagnostic]:
    try:
        return check_templates(template_folders(folder), example_agreements() if with_data else ())
    except FindingsError as error:
        return list(error.diagnostics)


def _rules(folder: Path, *, with_data: bool = False) -> set[str]:
    return {finding.rule for finding in _findings(folder, with_data=with_data)}


@pytest.mark.parametrize(
    "body",
    [
        "{{ commitments.erasure.period|in_words }}.",
        "{{ provider.legal_name|law_of }}.",
        "{{ provider }}.",
        "{{ service.regions }}.",
        "{{ notices.change|in_words(3) }}.",
        "{{ commitments.availability.services['nope'].label }}.",
    ],
)
def test_what_fails_on_the_examples_is_a_finding_with_its_place(tmp_path: Path, body: str) -> None:
    found = [each for each in _findings(_extra(tmp_path, body, body), with_data=True) if each.rule == "template.fault"]
    assert {(Path(str(each.file)).name, each.line) for each in found} == {("extra.md.j2", 3)}


def test_optional_data_without_its_condition_says_what_to_do(tmp_path: Path) -> None:
    body = "{{ commitments.erasure.period|in_words }}."
    hints = {each.hint.en for each in _findings(_extra(tmp_path, body, body), with_data=True) if each.rule == "template.fault"}
    assert hints == {"put {% if … %} on that data around it, or mend the name"}


@pytest.mark.parametrize(
    ("when", "rule"),
    [
        ("contract.knd == 'x'", "template.unknown-field"),
        ("'contract.kind =='", "template.fault"),
        ("nosuch", "template.unknown-field"),
        ("false", "outline.malformed"),
    ],
)
def test_a_condition_of_the_outline_is_checked_too(tmp_path: Path, when: str, rule: str) -> None:
    found = [each for each in _findings(_extra(tmp_path, "x", "x", when=when), with_data=True) if each.rule == rule]
    assert [(Path(str(each.file)).name, each.line) for each in found] == [("outline.yaml", 2)]


def _table(first: str, second: str) -> str:
    return f"::: table widths=50,50\n| a | b |\n{first}\n{second}\n:::"


_ROWS = ("| x | y |", "| z | w |")


@pytest.mark.parametrize(
    ("french", "english", "rule"),
    [
        (_table(f"{_IF}\n{_ROWS[0]}\n{{% endif %}}", _ROWS[1]), _table(_ROWS[0], f"{_IF}\n{_ROWS[1]}\n{{% endif %}}"), "parity.tables"),
        (
            f"::: facts\n{_IF}\n| a | b |\n{{% endif %}}\n| c | d |\n:::",
            f"::: facts\n| a | b |\n{_IF}\n| c | d |\n{{% endif %}}\n:::",
            "parity.blocks",
        ),
        (_table(*_ROWS), _table("| x | |", _ROWS[1]), "parity.tables"),
        ("[x](mailto:a@example.com)", "[x](mailto:b@example.com)", "parity.links"),
        ('{{ contract.reference|choose("30 jours", "60 jours") }}.', '{{ contract.reference|choose("90 days", "60 days") }}.', "parity.fields"),
    ],
)
def test_differences_inside_tables_links_and_words_are_seen(tmp_path: Path, french: str, english: str, rule: str) -> None:
    assert rule in _rules(_extra(tmp_path, french, english))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"Il\n{_IF}\nne peut pas\n{{% endif %}}\npartir.", True),
        (f"Un.\n{_IF}\nDeux.\n{{% endif %}}\nTrois.", True),
        (f"Un.\n\n{_IF}\nDeux.\n{{% else %}}\nTrois.\n{{% endif %}}\n\nQuatre.", False),
        (f"Un.\n{_IF}\n\nDeux.\n{{% endif %}}", False),
    ],
)
def test_a_control_joined_to_words_is_in_the_middle_of_a_sentence(tmp_path: Path, body: str, found: bool) -> None:  # noqa: FBT001  # a parameter
    assert ("template.inline-control" in _rules(_extra(tmp_path, body, body))) == found


def test_a_file_that_no_outline_names_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "purposes.md.j2").write_text("{% broken", encoding="utf-8")
    assert [(each.rule, Path(str(each.file)).name) for each in _findings(tmp_path)] == [("template.unused", "purposes.md.j2")]
    empty = tmp_path / "fr" / "empty"
    empty.mkdir()
    assert [each.rule for each in _findings(empty)] == ["template.unused"]


def test_own_names_come_with_the_shipped_ones(tmp_path: Path) -> None:
    _extra(tmp_path, "À Paris, oui.", "It is in Paris.")
    assert _rules(tmp_path) == {"term.undefined"}
    (tmp_path / "names.yaml").write_text("fr: [Paris]\nen: [Paris]\n", encoding="utf-8")
    assert _rules(tmp_path) == set()
    (tmp_path / "names.yaml").write_text("fr: Paris\n", encoding="utf-8")
    assert _rules(tmp_path) == {"names.malformed"}


def test_numbers_grouped_by_plain_spaces_are_the_same_in_both_languages(tmp_path: Path) -> None:
    assert _rules(_extra(tmp_path, "Sous le numéro 999 999 030.", "Under number 999 999 030.")) == set()


def test_bilingual_is_always_whole(tmp_path: Path) -> None:
    result = run_command("build", "nothing.yaml", "--format", "bilingual", "--part", "body", "-o", tmp_path)
    assert (result.exit_code, "leave out --part" in result.stderr) == (2, True)


def _definitions(*entries: str) -> str:
    return "\n".join(("::: definitions", *entries, ":::"))


def _entry(form: str, identifier: str, *, when: str = "") -> str:
    entry = f"{form} {{#def-{identifier}}}\n: sens.\n"
    return f"{{% if {when} %}}\n{entry}{{% endif %}}" if when else entry


@pytest.mark.parametrize(("when", "found"), [("commitments.backup", False), ("commitments.erasure", True)])
def test_conditions_around_definitions_go_with_them_whatever_the_order(tmp_path: Path, when: str, found: bool) -> None:  # noqa: FBT001  # a parameter
    french = _definitions(_entry("Zèbre", "alpha", when="commitments.backup"), _entry("Âne", "beta"))
    english = _definitions(_entry("Beta", "beta"), _entry("Alpha", "alpha", when=when))
    assert ("parity.definitions" in _rules(_extra(tmp_path, french, english))) == found
    assert "parity.conditions" not in _rules(tmp_path)


def test_every_template_that_is_not_utf8_is_said_with_its_line_and_is_the_users_to_mend(tmp_path: Path) -> None:
    for name in ("en/changes.md.j2", "fr/purpose.md.j2"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"# Title {#term}\n\nS\xe9curit\xe9.\n")
    found = {(Path(str(each.file)).name, each.line, each.message.en) for each in _findings(tmp_path) if each.rule == "template.fault"}
    assert found == {(name, 3, "the template isn't UTF-8") for name in ("changes.md.j2", "purpose.md.j2")}
    for command in (("check", "--templates", tmp_path), ("build", EXAMPLES / "outscale" / "client.yaml", "--templates", tmp_path)):
        result = run_command(*command)
        assert (result.exit_code, result.stderr.count("isn't UTF-8 [template.fault]")) == (2, 2)


@pytest.mark.parametrize(("name", "content"), [("outline.yaml", b"add:\n  - {id: \xff}\n"), ("names.yaml", b"a: 1\nb: \xff\n")])
def test_a_list_of_a_template_folder_that_is_not_utf8_is_said_with_its_line(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert [(Path(str(each.file)).name, each.line, each.rule) for each in _findings(tmp_path)] == [(name, 2, "template.fault")]


def test_definitions_may_stand_under_each_branch_of_a_condition(tmp_path: Path) -> None:
    def text(*entries: str) -> str:
        branches = ("{% if commitments.backup %}", "{% elif commitments.erasure %}", "{% else %}")
        lines = [line for branch, entry in zip(branches, entries, strict=True) for line in (branch, entry)]
        return _definitions(*lines, "{% endif %}")

    french = [_entry(form, form.lower()) for form in ("Alpha", "Beta", "Gamma")]
    assert "parity.definitions" not in _rules(_extra(tmp_path, text(*french), text(*french)))
    (tmp_path / "en" / "extra.md.j2").write_text("# Extra {#extra}\n\n" + text(french[0], french[2], french[1]) + "\n", encoding="utf-8")
    keys = [each.message.en for each in _findings(tmp_path) if each.rule == "parity.definitions"]
    assert any("else of if commitments.backup" in key for key in keys)
    assert any("else of else of if commitments.backup" in key for key in keys)


def test_a_template_may_end_in_a_control(tmp_path: Path) -> None:
    body = f"{_IF}\n\nx.\n\n{{% endif %}}"
    _extra(tmp_path, body, body)
    for language in ("fr", "en"):
        path = tmp_path / language / "extra.md.j2"
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    assert _rules(tmp_path) <= {"term.unused"}


def test_what_a_loop_takes_apart_and_what_it_does_not_have_are_said(tmp_path: Path) -> None:
    body = "{% for a, b in third_parties.others %}\n\nx {{ loop.zzz }}.\n\n{% endfor %}"
    found = {(each.rule, each.message.en) for each in _findings(_extra(tmp_path, body, body))}
    assert ("template.unknown-field", "unknown field 'loop.zzz'") in found


@pytest.mark.parametrize(("when", "rules"), [("commitments.backup", set()), ("contract.kind == 'x'", {"coverage.never-true"})])
def test_conditions_of_an_outline_are_seen_both_ways_too(tmp_path: Path, when: str, rules: set[str]) -> None:
    found = _findings(_extra(tmp_path, "Du texte.", "Some text.", when=f'"{when}"'), with_data=True)
    assert {each.rule for each in found if each.rule.startswith("coverage.")} == rules
    assert {(Path(str(each.file)).name, each.line) for each in found if each.rule.startswith("coverage.")} == (
        {("outline.yaml", 2)} if rules else set()
    )


def test_a_clause_without_its_template_is_said_once_and_the_others_are_read(tmp_path: Path) -> None:
    _extra(tmp_path, "Du texte.", "Some text.")
    (tmp_path / "en" / "extra.md.j2").unlink()
    assert "template.missing" in _rules(tmp_path, with_data=True)


@pytest.mark.parametrize("operator", [" or ", " and "])
def test_conditions_without_end_are_a_finding(tmp_path: Path, operator: str) -> None:
    body = f"{{% if {operator.join(['provider'] * 2000)} %}}\n\nx.\n\n{{% endif %}}"
    assert "template.fault" in _rules(_extra(tmp_path, body, body))
    assert run_command("check", "--templates", tmp_path).exit_code == 2
