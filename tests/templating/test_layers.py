"""Layers of clause files: shipped < the provider's < this client's < those of the command line."""

from __future__ import annotations

import json
import pickle
import shutil
from pathlib import Path

import pytest

from snc_docs import Agreement, FindingsError, amend, assemble, build, check, compliance_of, inspect, load, load_agreement, version_of
from snc_docs.document.walk import sections_of
from snc_docs.errors import FileTroubleError
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.stored import restored, stored, told
from snc_docs.templating.folders import shipped_folder, template_folders
from snc_docs.templating.layers import changed_below, layered_clauses, records
from tests.tools import EXAMPLES, TODAY, all_text, paragraph_texts, run_command, xml


def _layer(folder: Path, name: str, words: str, clause: str = "purpose") -> Path:
    """Write a layer that says ``words`` in one clause of each language."""
    layer = folder / name
    for language in LANGUAGES:
        (layer / language).mkdir(parents=True)
        (layer / language / f"{clause}.md.j2").write_text(f"# {clause.title()} {{#{clause}}}\n\n{words}.\n", encoding="utf-8")
    return layer


def _files(folder: Path, baseline: str = "", client: str = "") -> Path:
    """Write the minimal example with a line more in each file."""
    for name, more in (("baseline.yaml", baseline), ("client.yaml", client)):
        text = (EXAMPLES / "minimal" / name).read_text(encoding="utf-8")
        (folder / name).write_text(f"{text}\n{more}\n", encoding="utf-8")
    return folder / "client.yaml"


def _purpose(agreement: Agreement, language: Language = "en", *own: Path) -> str:
    return next(all_text(section) for section in assemble(agreement, language, own).sections if section.id == "purpose")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_layer_lies_over_those_below(tmp_path: Path, language: Language) -> None:
    for name in ("provider", "client", "given", "last"):
        _layer(tmp_path, name, f"Words of {name}")
    assert "Words" not in _purpose(load_agreement(_files(tmp_path), today=TODAY), language)
    assert "Words of provider" in _purpose(load_agreement(_files(tmp_path, "templates: provider"), today=TODAY), language)
    both = load_agreement(_files(tmp_path, "templates: provider", "templates: [client]"), today=TODAY)
    assert "Words of client" in _purpose(both, language)
    assert "Words of given" in _purpose(both, language, tmp_path / "given")
    assert "Words of last" in _purpose(both, language, tmp_path / "given", tmp_path / "last")
    assert "Words of given" in _purpose(both, language, tmp_path / "last", tmp_path / "given")


def test_what_was_loaded_with_layers_is_made_with_them(tmp_path: Path) -> None:
    given = _layer(tmp_path, "given", "Words of given")
    _layer(tmp_path, "provider", "Words of provider")
    path = _files(tmp_path, "templates: provider")
    loaded = load(path, today=TODAY, templates=given)
    agreement = load_agreement(path, today=TODAY, templates=[given])
    assert agreement.layers == loaded.agreement.layers == (tmp_path / "provider", given)
    shown = {
        "assemble": _purpose(agreement),
        "build": all_text(build(loaded, today=TODAY).documents["en"]),
        "inspect": all_text(inspect(agreement, "en").document),
        "version_of": all_text(version_of(agreement, ["en"]).documents["en"]),
        "compliance_of": all_text(compliance_of(loaded, today=TODAY).documents["en"]),
        "check": all_text(assemble(check(path, templates=given, today=TODAY).agreement or agreement, "en")),
    }
    assert [name for name, text in shown.items() if "Words of given" not in text] == []
    assert version_of(agreement, ["en"]).layers == (given, tmp_path / "provider")


def test_the_package_of_an_amendment_has_the_words_of_the_layers_it_was_loaded_with(tmp_path: Path) -> None:
    given, path = _layer(tmp_path, "given", "Words of given"), _files(tmp_path)
    (given / "amendment.yaml").write_text("letter: {changes: {fr: 'Nos mots :', en: 'Our own words:'}}\n", encoding="utf-8")
    old, new = (load(path, today=TODAY, templates=layers).agreement for layers in (None, given))
    sent = amend(version_of(old, ["en"]), version_of(new, ["en"]), notified_on=TODAY, effective_on=TODAY, reason="agreed")
    (letter,) = [content for name, content in sent.files.items() if name.name.endswith("letter.docx")]
    assert "Our own words:" in paragraph_texts(xml(letter))


def test_a_layer_given_to_load_that_is_no_folder_stops_the_work(tmp_path: Path) -> None:
    path = _files(tmp_path)
    for named in (tmp_path / "nowhere", [path]):
        with pytest.raises(FileTroubleError, match="no such templates folder"):
            load(path, today=TODAY, templates=named)
    found = check(path, today=TODAY, templates=tmp_path / "nowhere").findings
    assert [each.rule for each in found] == ["file.unreadable"]


def test_outlines_add_their_clauses_from_the_bottom_up(tmp_path: Path) -> None:
    first, second = _layer(tmp_path, "first", "First", "insurance"), _layer(tmp_path, "second", "Second", "assurance")
    (first / "outline.yaml").write_text("add:\n  - {id: insurance, role: clause, after: purpose}\n", encoding="utf-8")
    (second / "outline.yaml").write_text("add:\n  - {id: assurance, role: part, after: insurance}\n", encoding="utf-8")
    agreement = load_agreement(_files(tmp_path), today=TODAY)
    document = assemble(agreement, "en", [first, second])
    clause = document.sections[[section.id for section in document.sections].index("purpose") + 1]
    assert (clause.id, clause.blocks[-1].id, clause.blocks[-1].label) == ("insurance", "assurance", "Article\u00a04.2")  # type: ignore[union-attr]  # a part


@pytest.mark.parametrize("value", ["nowhere", "baseline.yaml", "''", "[provider, 3]", "{a: b}", '"a\\0b"'])
@pytest.mark.parametrize("file", ["baseline", "client"])
def test_a_layer_that_is_no_folder_is_a_finding_with_file_and_line(tmp_path: Path, value: str, file: str) -> None:
    _layer(tmp_path, "provider", "Words")
    path = _files(tmp_path, **{file: f"templates: {value}"})
    with pytest.raises(FindingsError) as refused:
        load_agreement(path, today=TODAY)
    (finding,) = (each for each in refused.value.diagnostics if each.severity.value == "error")
    lines = (tmp_path / f"{file}.yaml").read_text(encoding="utf-8").split("\n")
    assert (finding.rule, Path(finding.file or "").stem) == ("data.templates", file) or finding.rule.startswith("file.")
    assert lines[(finding.line or 0) - 1].startswith("templates:")


def test_a_folder_that_is_not_there_stops_the_work_and_one_named_twice_counts_once(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError, match="no such templates folder"):
        template_folders([tmp_path / "nowhere"])
    layer, other = _layer(tmp_path, "layer", "Words"), _layer(tmp_path, "other", "Other")
    assert template_folders([layer, other, layer]).folders == (layer, other, shipped_folder())


def test_where_layers_lie_is_no_part_of_the_data(tmp_path: Path) -> None:
    _layer(tmp_path, "provider", "Words")
    agreement = load_agreement(_files(tmp_path, "templates: provider"), today=TODAY)
    assert agreement.layers == (tmp_path / "provider",)
    assert str(tmp_path) not in stored(agreement)
    assert restored(stored(agreement)) == told(agreement)
    assert pickle.loads(pickle.dumps(agreement)).layers == agreement.layers  # noqa: S301  # made on the same line
    assert agreement.model_copy(update={"incident_level": None}).layers == agreement.layers


def test_the_schema_knows_the_field() -> None:
    for of in ("baseline", "client"):
        assert "templates" in json.loads(run_command("schema", of).stdout)["properties"]


def test_every_command_takes_the_layers_of_the_files(tmp_path: Path) -> None:
    _layer(tmp_path, "provider", "Words of provider")
    path = _files(tmp_path, "templates: provider")
    out = tmp_path / "out"
    assert run_command("build", path, "-l", "en", "--format", "html", "-o", out).exit_code == 0
    assert "Words of provider" in (out / "en" / "agreement.html").read_text(encoding="utf-8")
    assert "Words of provider" in run_command("statements", path, "-l", "en").stdout
    changed = tmp_path / "changed"
    changed.mkdir()
    diff = run_command("diff", path, _files(changed), "--format", "markdown")
    assert (diff.exit_code, "Words of provider" in diff.stdout) == (1, True)


def test_a_part_has_one_level_less_than_a_clause(tmp_path: Path) -> None:
    layer = tmp_path / "layer"
    agreement = load_agreement(_files(tmp_path), today=TODAY)
    for deepest, fits in (("###", True), ("####", False)):
        for language in LANGUAGES:
            (layer / language).mkdir(parents=True, exist_ok=True)
            levels = "\n\n".join(f"{'#' * level} Level {{#level-{level}}}" for level in range(2, len(deepest) + 1))
            (layer / language / "quality.md.j2").write_text(f"# Quality {{#quality}}\n\n{levels}\n\nWords.\n", encoding="utf-8")
        if fits:
            labels = [section.label for section in sections_of(assemble(agreement, "en", layer).sections) if section.id.startswith("level-")]
            assert labels == ["Article\u00a07.3.1", "Article\u00a07.3.1.1"]
        else:
            with pytest.raises(FindingsError) as refused:
                assemble(agreement, "en", layer)
            assert [(each.rule, each.line) for each in refused.value.diagnostics] == [("heading.level", 7)]


# ----------------------------------------------------------------------------------------------------- changed below


def _provider_and_client(tmp_path: Path) -> tuple[Path, Path]:
    return _layer(tmp_path, "provider", "Words of provider"), _layer(tmp_path, "client", "Words of client")


def test_a_text_that_changed_below_its_replacement_is_said(tmp_path: Path) -> None:
    provider, client = _provider_and_client(tmp_path)
    folders = template_folders([provider, client])
    assert {each.rule for each in changed_below(folders, unrecorded=True)} == {"layer.unrecorded"}
    assert list(changed_below(folders)) == []
    for path, content in records(folders).items():
        path.write_bytes(content)
    assert list(changed_below(folders, unrecorded=True)) == []
    (provider / "fr" / "purpose.md.j2").write_text("# Objet {#purpose}\n\nAutre chose.\n", encoding="utf-8")
    (found,) = changed_below(folders)
    assert (found.rule, found.file) == ("layer.changed-below", str(client / "fr" / "purpose.md.j2"))
    assert str(provider / "fr" / "purpose.md.j2") in found.message.en
    agreement = load_agreement(_files(tmp_path), today=TODAY)
    assert "layer.changed-below" in {each.rule for each in inspect(agreement, "en", [provider, client]).findings}


def test_ends_of_lines_are_no_change(tmp_path: Path) -> None:
    provider, client = _provider_and_client(tmp_path)
    folders = template_folders([provider, client])
    for path, content in records(folders).items():
        path.write_bytes(content)
    purpose = provider / "en" / "purpose.md.j2"
    purpose.write_bytes(purpose.read_bytes().replace(b"\n", b"  \r\n") + b"\r\n")
    assert list(changed_below(folders)) == []


@pytest.mark.parametrize("text", ["replaces: []", "replaces: {a: 1}", "[]", "\xff"])
def test_a_record_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    layer = _layer(tmp_path, "layer", "Words")
    (layer / "layer.yaml").write_bytes(text.encode("latin-1"))
    with pytest.raises(FindingsError):
        list(changed_below(template_folders(layer)))


def test_each_clause_tells_its_layer(tmp_path: Path) -> None:
    layer = _layer(tmp_path, "layer", "Words")
    (layer / "fr" / "purpose.md.j2").unlink()
    by_id = {each.entry.id: each for each in layered_clauses(template_folders(layer))}
    assert (by_id["purpose"].layers, by_id["purpose"].replaces) == ({"fr": "shipped", "en": str(layer)}, True)
    assert (by_id["location"].layers, by_id["location"].replaces) == ({"fr": "shipped", "en": "shipped"}, False)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("termination.md", "en/termination.md.j2"),
        ("en/Termination.md.j2", "en/termination.md.j2"),
        ("en/clauses/termination.md.j2", "en/termination.md.j2"),
        ("fr/support_levels.md", "fr/support-levels.md.j2"),
        ("en/terminaton.md.j2", "en/termination.md.j2"),
        ("Outline.yaml", "outline.yaml"),
        ("something-else.md.j2", ""),
    ],
)
def test_wording_that_no_clause_takes_is_never_dropped_in_silence(tmp_path: Path, name: str, near: str) -> None:
    layer = _layer(tmp_path, "layer", "Words")
    (layer / name).parent.mkdir(parents=True, exist_ok=True)
    (layer / name).write_text("# Termination {#termination}\n\nOurs.\n", encoding="utf-8")
    client = EXAMPLES / "outscale" / "client.yaml"
    for command in (("build", client), ("compliance", client), ("amend", client, client), ("diff", client, client)):
        output = ("-o", tmp_path / "out") if command[0] != "diff" else ()
        result = run_command(*command, *output, "--templates", layer)
        assert (result.exit_code, result.stderr.count("[template.unused]")) == (2, 1), result.stderr
        assert (f"did you mean '{near}'" in result.stderr) == bool(near)
        assert not (tmp_path / "out").exists()


def test_the_command_shows_layers_and_what_no_clause_takes(tmp_path: Path) -> None:
    layer = _layer(tmp_path, "layer", "Words")
    (layer / "en" / "Termination.md.j2").write_text("# Termination {#termination}\n", encoding="utf-8")
    result = run_command("layers", "--templates", layer)
    assert result.exit_code == 0
    assert f"1  {layer}" in result.stdout
    assert max(map(len, (line for line in result.stdout.splitlines() if str(layer) not in line))) <= 80
    assert "purpose" in result.stdout
    assert "(replaces)" in result.stdout
    assert result.stderr.count("[template.unused]") == 1
    told_ = json.loads(run_command("layers", "--templates", layer, "--format", "json").stdout)
    assert told_["layers"] == ["shipped", str(layer)]
    assert {each["rule"] for each in told_["findings"]} == {"layer.unrecorded", "template.unused"}
    assert run_command("layers", "--templates", layer, "--accept").exit_code == 0
    assert "layer.unrecorded" not in run_command("layers", "--templates", layer).stderr
    shutil.rmtree(layer)
