"""The documentation says what is there: commands run, examples build, every name and finding is listed."""

from __future__ import annotations

import ast
import re
import runpy
import shlex
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import snc_docs
from snc_docs import Agreement, assemble, inspect, issued_version
from snc_docs.checking.explaining import explanations
from snc_docs.cli import SUMMARIES, main
from snc_docs.compliance.catalogue import catalogue
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.commitments import Commitments
from snc_docs.model.judging import RULES
from snc_docs.readers.markdown.blocks import BlockReader
from snc_docs.readers.markdown.directives import DirectiveReader
from snc_docs.readers.markdown.inlines import InlineReader
from snc_docs.readers.markdown.lines import Findings
from snc_docs.templating.filters import FILTERS
from snc_docs.writers.docx.reference import CONTROL_TAGS
from snc_docs.writers.docx.styles import CHARACTER_STYLES, PARAGRAPH_STYLES, TABLE_STYLES
from tests.templating.test_rendering import shown_words
from tests.tools import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
_DOCS = ROOT / "docs"
# The pages by their paths in the folder of the documentation; the French ones are in one of their own.
PAGES = {str(path.relative_to(_DOCS)): path.read_text(encoding="utf-8") for path in sorted(_DOCS.rglob("*.md"))} | {"README.md": README}
# What whoever works on the code reads, in English.
_OF_THE_CODE = {"contributing.md", "inside.md", "library.md", "reference.md"}
_IN_BOTH = sorted({path.name for path in _DOCS.glob("*.md")} - _OF_THE_CODE)


def test_the_reference_is_what_the_docstrings_say() -> None:
    """Else: make reference."""
    assert runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["reference"]() == PAGES["reference.md"]


def _blocks(text: str, language: str) -> list[str]:
    return [body for name, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE) if name == language]


def test_the_commands_of_the_readme_run_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [line.partition("#")[0] for block in _blocks(README, "sh") for line in block.splitlines() if line.startswith("make-agreement")]
    assert len(commands) == 3
    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out").rglob("*.docx"))) == 10


def test_the_mistake_that_the_readme_shows_is_said_in_those_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init", "my-agreements"])
    client = tmp_path / "my-agreements" / "client.yaml"
    text = client.read_text(encoding="utf-8")
    client.write_text(re.sub(r"^  # siren: .*", '  siren: "12"', text, flags=re.MULTILINE), encoding="utf-8")
    said = CliRunner().invoke(main, ["build", "my-agreements/client.yaml", "--ui-lang", "en"]).stderr
    shown = next(block for block in _blocks(README, "") if "error:" in block)
    assert shown in said


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = _blocks(README, "python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102  # the documentation's own example
    assert isinstance(names["word_files"], dict)
    assert {str(path) for path in names["word_files"]} == {"fr/agreement.docx", "en/agreement.docx"}


def test_a_record_becomes_two_files_as_the_page_of_the_library_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    code = _blocks(PAGES["library.md"], "python")[0]
    exec(compile(code, "library.md", "exec"), {})  # noqa: S102  # the documentation's own example
    for language in ("fr", "en"):
        assert issued_version((tmp_path / language / "agreement.docx").read_bytes(), "a.docx").agreement.client.legal_name == "Exemple SA"


@pytest.mark.parametrize("index", range(4))
def test_the_examples_of_the_guide_build(outscale: Agreement, tmp_path: Path, index: int) -> None:
    example = _blocks(GUIDE, "markdown")[index]
    outline = (ROOT / "templates" / "outline.yaml").read_text(encoding="utf-8") + "  - {id: example, role: clause}\n"
    (tmp_path / "outline.yaml").write_text(outline, encoding="utf-8")
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "example.md.j2").write_text(example, encoding="utf-8")
    assert inspect(outscale, "en", tmp_path).findings == ()
    assert "example" in [section.id for section in assemble(outscale, "en", tmp_path).sections]


def test_the_guide_has_every_example_and_every_filter() -> None:
    assert len(_blocks(GUIDE, "markdown")) == 4
    assert set(re.findall(r"^\| `(\w+)` \| `", GUIDE, flags=re.MULTILINE)) == set(FILTERS)


def test_the_filters_print_what_the_guide_says(outscale: Agreement, tmp_path: Path) -> None:
    rows = re.findall(r"^\| `\w+` \| `(.*?)` \| (.*?) \|$", GUIDE.replace("\\|", "¦"), flags=re.MULTILINE)
    whole = [
        (example.replace("¦", "|"), shown)
        for example, shown in rows
        if re.search(r"\|(in_words|law_of|in_language|listed|alternatives|sample)\b", example.replace("¦", "|"))
    ]
    assert len(whole) == 6
    for example, shown in whole:
        assert shown_words(outscale, tmp_path, example) == shown.partition(";")[0].replace(", or ", "§").partition("§")[0].replace(
            "the value", "[account]"
        )


def test_the_guide_has_every_directive() -> None:
    directives = DirectiveReader(BlockReader(InlineReader("en", Findings("", ""))))._readers
    table = GUIDE.partition("| directive |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)) == set(directives)


def _rules() -> set[str]:
    """Return every rule that the code can report: the first text of a call that makes a finding."""
    made = {"Diagnostic", "error", "add", "refuse", "warning", "note", "_error", "_warning", "_finding", "_difference", "_unknown", "_differs"}
    found = set()
    for path in (ROOT / "snc_docs").rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
            first = call.args[0] if call.args else None
            if name in made and isinstance(first, ast.Constant) and re.fullmatch(r"[a-z-]+\.[a-z-]+", str(first.value)):
                found.add(str(first.value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_explained(language: Language) -> None:
    """By the pages, which ``make-agreement explain`` prints from."""
    assert len(_rules()) > 40
    assert {name for names in RULES for name in names} <= _rules()
    assert {rule for rule in _rules() if not explanations(rule, language)} == set()


_FRENCH_README = (ROOT / "README.fr.md").read_text(encoding="utf-8")


def _structure(text: str) -> dict[str, object]:
    """Return what both languages of a page share: headings by their depth, rows of tables, what stands as code, code without its comments, links."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    code = [line for name, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE) if name for line in body.splitlines()]
    links = Counter(re.sub(r"#.*|^(\.\./)*(docs/)?(fr/)?", "", each).replace(".fr.", ".") for each in re.findall(r"\]\(([^)\s]+)\)", prose))
    return {
        "headings": re.findall(r"^#+(?= )", prose, flags=re.MULTILINE),
        "rows": [len(run.splitlines()) for run in re.findall(r"(?:^\|.*\n)+", prose, flags=re.MULTILINE)],
        "items": len(re.findall(r"^- ", prose, flags=re.MULTILINE)),
        "spans": Counter(re.findall(r"``.+?``|`[^`\n]+`", prose.replace("texte déplacé", "moved text"))),
        "code": [re.sub(r"\s*#.*", "", line).replace(".fr", ".en") for line in code],
        "links": +Counter({each: count for each, count in links.items() if each not in ("", "README.md")}),
    }


def test_every_page_that_is_not_of_the_code_is_in_both_languages() -> None:
    assert sorted(path.name for path in (_DOCS / "fr").iterdir()) == _IN_BOTH


@pytest.mark.parametrize("name", ["README.md", *_IN_BOTH])
def test_both_languages_of_a_page_say_the_same_as_far_as_its_structure_tells(name: str) -> None:
    english, french = (_structure(each) for each in ((README, _FRENCH_README) if name == "README.md" else (PAGES[name], PAGES[f"fr/{name}"])))
    if name == "fields.md":  # made of the model, with examples in each language
        english.pop("spans")
    for part, kept in english.items():
        assert french[part] == kept, part


def test_every_public_name_command_style_and_tag_is_listed() -> None:
    assert [name for name in snc_docs.__all__ if f"`{name}" not in PAGES["library.md"]] == []
    assert [name for name in SUMMARIES if f"`make-agreement {name}" not in README] == []
    assert [style for style in (*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES) if style not in PAGES["look.md"]] == []
    assert [tag for tag in CONTROL_TAGS if f"`snc:{tag}`" not in PAGES["look.md"]] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else (_DOCS / page).parent
    targets = [
        target
        for target in re.findall(r"\]\(([^)#]+?)\)", re.sub(r"`[^`]*`", "", re.sub(r"```.*?```", "", PAGES[page], flags=re.DOTALL)))
        if ":" not in target
    ]
    assert [target for target in targets if not (folder / target).exists()] == []


def test_the_facts_that_words_can_state_are_all_listed() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.j2")]
    stated = {fact for text in texts for facts in re.findall(r"\(says:([^)]+)\)", text) for fact in facts.split("+")}
    listed = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", PAGES["compliance.md"], flags=re.MULTILINE))
    assert listed == {fact.id: fact.name.en for fact in catalogue().facts.values() if fact.words is not None}
    assert stated <= set(listed)


def test_the_number_of_articles_that_the_readme_names_is_that_of_the_example(outscale: Agreement) -> None:
    said = re.search(r"(\d+) articles, signatures, appendices A, B and C", README)
    assert said is not None
    sections = assemble(outscale, "fr").sections
    assert int(said.group(1)) == sum(section.role == "clause" for section in sections)
    assert [section.number for section in sections if section.role == "appendix"] == ["A", "B", "C"]


@pytest.mark.parametrize("name", PAGES)
def test_every_table_of_the_guides_is_one_piece(name: str) -> None:
    """A blank line inside a table shows its second half as text: each run of lines with bars has its own line of dashes."""
    runs = [run for run in re.split(r"\n\s*\n", re.sub(r"```.*?```", "", PAGES[name], flags=re.DOTALL)) if run.lstrip().startswith("|")]
    assert [run.splitlines()[0] for run in runs if not re.match(r"\|[^\n]*\|\n\|(?:\s*:?-+:?\s*\|)+", run.lstrip())] == []


def test_the_guide_to_the_data_names_each_commitment() -> None:
    guide = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert [name for name in Commitments.model_fields if not re.search(rf"(?<![a-z_]){name}(?=[`:.])", guide)] == []
