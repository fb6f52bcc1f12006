"""A fault in a row of a table, of facts or of signatures is said at the row's own line of the template, whatever the row stands in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from snc_docs import Agreement, FindingsError, assemble, inspect
from snc_docs.checking.templates import check_templates
from snc_docs.diagnostics import Diagnostic
from snc_docs.templating.folders import template_folders
from tests.tools import LANGUAGES

# The row "FAULT" is where the fault goes; what stands around it is what a template may put there.
PLAIN: Final = "::: table widths=50,50\n| a | b |\n| c | d |\nFAULT\n| e | f |\n:::"
REMARKED: Final = "::: table\n\n| a | b |\n<!-- two\nlines -->\n\nFAULT\n| e | f |\n:::"
LOOPED: Final = (
    "::: table\n| a | b |\n{% for each in provider_contacts %}\n| {{ each.name }} | x |\nFAULT\n| {{ each.role }} | y |\n{% endfor %}\n| z | z |\n:::"
)
GROUPED: Final = (
    "{% if provider.siren %}\n::: table\n| a | b |\n{% for category in third_parties.categories %}\n|= {{ category.label }} |\n"
    "{% for each in category.covers %}\n{% if each.text %}\n| {{ each.text }} | x |\nFAULT\n{% endif %}\n{% endfor %}\n{% endfor %}\n:::\n{% endif %}"
)
FACTS: Final = "::: facts\n| a | b |\n\nFAULT\n| c | {{ provider.siren }} |\n:::"
SIGNATURES: Final = "::: signatures\n# a\n| b | c |\nFAULT\n# d\n| e | f |\n:::"
HEADINGS: Final = "::: table\n\nFAULT\n| c | d |\n:::"
SHAPES: Final = {
    "plain": PLAIN,
    "remarked": REMARKED,
    "looped": LOOPED,
    "grouped": GROUPED,
    "facts": FACTS,
    "signatures": SIGNATURES,
    "headings": HEADINGS,
}
# What is wrong with a row, by the finding that says it.
CHECKED: Final = {
    "template.unknown-field": "| x | {{ provider.nome }} |",
    "template.unknown-filter": "| x | {{ provider.short_name|shouted }} |",
    "reference.unknown": "| x | [](#nowhere) |",
    "reference.words": "| x | [words](#clause-x) |",
    "reference.typed": "| x | See Article 7.6 |",
    "statement.unknown": "| x | [words](says:no-such-fact) |",
    "term.undefined": "| x | of the Frobnicator |",
    "term.avoided": "| x | the Authority |",
    "typography.quotes": '| x | a "word" |',
    "typography.ellipsis": "| x | and so on... |",
    "typography.elision": "| x | le nom de {{ provider.short_name }} |",
    "link.address": "| x | [a](ftp://example.org) |",
    "markdown.not-in-dialect": "| x | a `word` |",
    "directive.malformed": "| x | y | z |",
}
RENDERED: Final = {
    "template.fault": ("| x | {{ nothing.there }} |", "| x | {{ provider.nome }} |", '| x | {{ third_parties.categories["no-such"].label }} |'),
    "reference.unknown": ("| x | [](#nowhere) |",),
    "link.address": ("| x | [a]({{ provider.short_name }}) |",),
    "reference.words": ("| x | [words](#clause-x) |",),
    "identifier.doubled": ("| [one](def:twice) | [other](def:twice) |",),
}


def _folder(folder: Path, body: str) -> tuple[Path, int]:
    """Return a layer of one clause that holds ``body`` in both languages, and the line of the row that is at fault."""
    (folder / "outline.yaml").write_text("outline:\n  - {id: clause-x, role: clause}\n", encoding="utf-8")
    (folder / "names.yaml").write_text(
        "avoid:\n" + "".join(f"  {language}: [{{words: authority, instead: client}}]\n" for language in LANGUAGES), encoding="utf-8"
    )
    text = f"# Title {{#clause-x}}\n\nwords\n\n{body}\n"
    line = text[: text.index("FAULT")].count("\n") + 1
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        (folder / language / "clause-x.md.j2").write_text(text, encoding="utf-8")
    return folder, line


def _seeded(folder: Path, body: str, row: str) -> int:
    """Write a layer whose row is at fault; return the row's line."""
    _, line = _folder(folder, body)
    for language in LANGUAGES:
        path = folder / language / "clause-x.md.j2"
        path.write_text(path.read_text(encoding="utf-8").replace("FAULT", row), encoding="utf-8")
    return line


def _lines(findings: list[Diagnostic], rule: str) -> set[int | None]:
    return {finding.line for finding in findings if finding.rule == rule}


@pytest.mark.parametrize(
    ("rule", "shape"),
    [
        (rule, shape) for rule in CHECKED for shape in SHAPES if (rule, shape) != ("directive.malformed", "headings")
    ],  # no row is too long then, all others are too short
)
def test_the_check_of_templates_names_the_line_of_the_row(tmp_path: Path, rule: str, shape: str) -> None:
    line = _seeded(tmp_path, SHAPES[shape], CHECKED[rule])
    found = check_templates(template_folders(tmp_path))
    assert _lines(found, rule) == {line}, [(each.rule, each.line, each.message.en) for each in found]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rule", "row"), [(rule, row) for rule, rows in RENDERED.items() for row in rows])
def test_a_build_names_the_line_of_the_row(outscale: Agreement, tmp_path: Path, rule: str, row: str, shape: str) -> None:
    line = _seeded(tmp_path, SHAPES[shape], row)
    with pytest.raises(FindingsError) as error:
        assemble(outscale, "en", tmp_path)
    assert _lines(list(error.value.diagnostics), rule) == {line}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rule", "row"), [("term.undefined", "| x | of the Frobnicator |"), ("reference.typed", "| x | See Article 7.6 |")])
def test_a_warning_of_a_build_names_the_line_of_the_row(outscale: Agreement, tmp_path: Path, rule: str, row: str, shape: str) -> None:
    line = _seeded(tmp_path, SHAPES[shape], row)
    assert _lines(list(inspect(outscale, "en", tmp_path).findings), rule) == {line}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_difference_between_languages_names_the_lines_of_both_rows(tmp_path: Path, shape: str) -> None:
    line = _seeded(tmp_path, SHAPES[shape], "| x | within 30 days |")
    path = tmp_path / "en" / "clause-x.md.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("30 days", "31 days"), encoding="utf-8")
    (found,) = [each for each in check_templates(template_folders(tmp_path)) if each.rule == "parity.numbers"]
    assert found.line == line
    assert f"en/clause-x.md.j2:{line}" in found.message.en


@pytest.mark.parametrize("shape", SHAPES)
def test_a_character_that_no_word_file_holds_is_said_at_its_row(outscale: Agreement, tmp_path: Path, shape: str) -> None:
    line = _seeded(tmp_path, SHAPES[shape], '| x | {{ "\\x07" }} |')
    with pytest.raises(FindingsError) as error:
        assemble(outscale, "en", tmp_path)
    assert _lines(list(error.value.diagnostics), "template.fault") == {line}
