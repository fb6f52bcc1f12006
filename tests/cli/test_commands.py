from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from snc_docs import assemble, issued_document, load_agreement, parts_of
from snc_docs.cli import SUMMARIES, main
from snc_docs.cli import files as files_module
from snc_docs.cli.commands.build import command as build_command
from snc_docs.cli.options import PARTS as OFFERED
from snc_docs.errors import FileTroubleError
from snc_docs.writers.docx.verify import faults
from tests.tools import EXAMPLES, ROOT, TODAY, all_text, changed, client_data, paragraph_texts, parts, run_command, starter_data, write_pair, xml
from tests.writers.test_reference import letterhead

PARTS = ["agreement", "appendix-a", "appendix-b", "appendix-c", "body"]


def _summary(name: str) -> str:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return (command.help or "").partition("\n")[0]


def _written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path != folder / "agreement.json")


def test_build_writes_every_part_in_both_languages(tmp_path: Path) -> None:
    result = run_command("build", EXAMPLES / "outscale" / "client.yaml", "-o", tmp_path)
    assert result.exit_code == 0
    assert _written(tmp_path) == [f"{language}/{part}.docx" for language in ("en", "fr") for part in PARTS]
    assert sorted(Path(line).relative_to(tmp_path).as_posix() for line in result.stdout.split()) == ["agreement.json", *_written(tmp_path)]
    assert "exclusions.example" in result.stderr


def test_build_takes_baseline_and_client(tmp_path: Path) -> None:
    write_pair(tmp_path, client=changed(client_data(), "baseline", None))
    result = run_command("build", tmp_path / "baseline.yaml", tmp_path / "client.yaml", "-l", "fr", "--part", "body", "-o", tmp_path / "out")
    assert (result.exit_code, _written(tmp_path / "out")) == (0, ["fr/body.docx"])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--format", "html"], ["en/agreement.html"]),
        (["--format", "html", "--format", "docx", "--part", "appendix-c"], ["en/appendix-c.docx", "en/appendix-c.html"]),
    ],
)
def test_build_writes_the_formats_and_parts_asked_for(tmp_path: Path, options: list[str], expected: list[str]) -> None:
    result = run_command("build", EXAMPLES / "outscale" / "client.yaml", "-l", "en", "-o", tmp_path, *options)
    assert (result.exit_code, _written(tmp_path)) == (0, expected)


def test_build_takes_the_users_styles_and_templates(tmp_path: Path) -> None:
    assert run_command("init", tmp_path / "start").exit_code == 0
    own = tmp_path / "own" / "en"
    own.mkdir(parents=True)
    (own / "purpose.md.j2").write_text("# Purpose {#purpose}\n\nOur own wording for the Parties.\n", encoding="utf-8")
    result = run_command(
        "build",
        tmp_path / "start" / "client.yaml",
        "-l",
        "en",
        "--part",
        "body",
        "-o",
        tmp_path,
        "--reference",
        tmp_path / "start" / "reference.docx",
        "--templates",
        tmp_path / "own",
    )
    assert result.exit_code == 0, result.output
    content = (tmp_path / "en" / "body.docx").read_bytes()
    assert faults(content) == []
    assert "Our own wording for the Parties." in paragraph_texts(xml(content))


def test_wrong_input_gives_all_findings_exit_code_2_and_leaves_earlier_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run_command("build", write_pair(tmp_path), "-o", out).exit_code == 0
    before = {name: (out / name).read_bytes() for name in _written(out)}
    client: dict[str, Any] = changed(changed(client_data(), "client.siren", 12), "client_contacts.0.email", "nobody")
    result = run_command("build", write_pair(tmp_path, changed(starter_data(), "governing_law.country", "XX"), client), "-o", out)
    assert result.exit_code == 2
    assert {name: (out / name).read_bytes() for name in _written(out)} == before
    for rule in ("data.text-unquoted", "data.email-invalid", "data.place-unknown"):
        assert rule in result.stderr
    assert "3 error(s)" in result.stderr
    assert result.stdout == ""


def test_every_message_comes_in_french_too(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client={**client_data(), "colour": 1})
    assert "champ inconnu" in run_command("build", path, "-o", tmp_path, language="fr").stderr
    assert "champ inconnu" in run_command("build", path, "-o", tmp_path, "--ui-lang", "fr").stderr
    assert "unknown field" in run_command("build", path, "-o", tmp_path, "--ui-lang", "en", language="fr").stderr
    assert "champ inconnu" in run_command("--ui-lang", "fr", "build", path, "-o", tmp_path).stderr
    assert "unknown field" in run_command("--ui-lang", "fr", "build", path, "-o", tmp_path, "--ui-lang", "en").stderr


def test_json_says_everything_on_standard_output(tmp_path: Path) -> None:
    good = run_command("build", EXAMPLES / "outscale" / "client.yaml", "-o", tmp_path, "-l", "en", "--part", "body", "--json")
    data = json.loads(good.stdout)
    assert (data["ok"], [Path(each).name for each in data["files"]], [each["rule"] for each in data["findings"]]) == (
        True,
        ["body.docx", "agreement.json"],
        ["exclusions.example", "acceptance.none", "certificate.specimen", "contact.unknown"],
    )
    bad = run_command("build", write_pair(tmp_path, client={**client_data(), "colour": 1}), "-o", tmp_path, "--json")
    data = json.loads(bad.stdout)
    assert (bad.exit_code, data["ok"], data["findings"][0]["rule"], data["findings"][0]["line"] > 0) == (2, False, "data.extra-forbidden", True)
    absent = run_command("build", tmp_path / "nowhere.yaml", "--json")
    assert (absent.exit_code, json.loads(absent.stdout)["ok"]) == (3, False)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "nowhere.yaml"], 3, "check the name and the rights"),
        (["build", "CLIENT", "--part", "appendix-z"], 2, "take one of"),
        (["build", "CLIENT", "--reference", "nowhere.docx"], 3, "check the name and the rights"),
        (["build", "CLIENT", "--reference", "CLIENT"], 2, "make-agreement init"),
        (["build", "CLIENT", "--templates", "nowhere"], 3, "check --templates"),
        (["build", "CLIENT", "-l", "de"], 2, "is not one of"),
        (["build", "CLIENT", "-o", "/proc/nowhere"], 3, "can't be written"),
        (["build"], 2, "Missing argument"),
        (["nonsense"], 2, "No such command"),
        (["check", "nowhere.yaml"], 3, "check the name and the rights"),
    ],
)
def test_troubles_end_with_their_exit_code_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    client = str(EXAMPLES / "outscale" / "client.yaml")
    result = run_command(*(client if each == "CLIENT" else each for each in arguments))
    assert (result.exit_code, words in result.output) == (code, True), result.output


def test_faulty_templates_are_findings_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "purpose.md.j2").write_text("# Objet {#purpose}\n\n{{ provider.nonsense }}\n", encoding="utf-8")
    result = run_command("build", EXAMPLES / "outscale" / "client.yaml", "-o", tmp_path / "out", "--templates", tmp_path)
    assert (result.exit_code, f"{tmp_path}/fr/purpose.md.j2:3" in result.stderr, (tmp_path / "out").exists()) == (2, True, False)


def test_the_lint_of_terms_keeps_a_document_from_being_written_with_strict(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Purpose {#purpose}\n\nThis binds the Supplier.\n", encoding="utf-8")
    command = ("build", EXAMPLES / "complete" / "client.yaml", "-l", "en", "-o", tmp_path / "out", "--templates", tmp_path)
    for strict, exit_code in ((("--strict",), 2), ((), 0)):
        result = run_command(*command, *strict)
        assert (result.exit_code, "'Supplier'" in result.stderr) == (exit_code, True)


def test_faults_of_both_languages_come_in_one_run(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "purpose.md.j2").write_text("# X {#purpose}\n\n{{ nonsense }}\n", encoding="utf-8")
    for command in ("check", "build"):
        result = run_command(command, EXAMPLES / "outscale" / "client.yaml", "--templates", tmp_path)
        assert (result.exit_code, result.stderr.count("[template.fault]")) == (2, 2)


def test_languages_that_differ_are_found(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "purpose.md.j2").write_text("# Objet {#purpose}\n\n{{ provider.siren }}\n\n## Plus {#more}\n\nRien.\n", encoding="utf-8")
    result = run_command("check", EXAMPLES / "outscale" / "client.yaml", "--templates", tmp_path, "--json")
    found = {each["rule"] for each in json.loads(result.stdout)["findings"] if each["severity"] == "error" and each["clause"] == "purpose"}
    assert (result.exit_code, found) == (
        2,
        {
            "parity.fields",
            "parity.headings",
            "parity.links",
            "parity.loops",
            "parity.conditions",
            "parity.tables",
            "parity.paragraphs",
            "parity.references",
            "parity.terms",
        },
    )


def test_the_shipped_templates_are_checked_without_any_file() -> None:
    result = run_command("check", "--templates")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "templates: 0 error(s), 0 warning(s)\n", "")


def test_templates_are_checked_with_json_and_places(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "purpose.md.j2").write_text("# Purpose {#purpose}\n\n{{ client.nickname }}\n", encoding="utf-8")
    result = run_command("check", "--templates", tmp_path, "--json")
    unknown = [each for each in json.loads(result.stdout)["findings"] if each["rule"] == "template.unknown-field"]
    assert (result.exit_code, [(each["file"], each["line"], each["clause"]) for each in unknown]) == (
        2,
        [(str(tmp_path / "en" / "purpose.md.j2"), 3, "purpose")],
    )


def test_data_shows_conditions_that_the_examples_do_not(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        text = (ROOT / "templates" / language / "audit.md.j2").read_text(encoding="utf-8")
        (tmp_path / language).mkdir()
        changed_text = text.replace("if commitments.auditor_qualified", 'if provider.short_name == "Nuage Exemple"')
        (tmp_path / language / "audit.md.j2").write_text(changed_text, encoding="utf-8")
    starter = ROOT / "snc_docs" / "cli" / "starter" / "client.yaml"
    assert "[coverage.never-true]" in run_command("check", "--templates", tmp_path).stderr
    assert "[coverage.never-true]" not in run_command("check", "--templates", tmp_path, "--data", starter).stderr


def test_nothing_to_check_is_a_usage_error() -> None:
    assert run_command("check").exit_code == 2


def test_a_certificate_takes_the_users_styles_and_says_what_it_lacks(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(letterhead(tmp_path))
    result = _certificate(tmp_path, reference=str(own))
    assert (result.exit_code, "reference.style-missing" in result.stderr) == (0, True), result.output
    assert b"Garamond" in parts((tmp_path / "fr" / "deletion-certificate.docx").read_bytes())["word/styles.xml"]


def test_output_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").write_bytes(b"old")
    real = Path.write_bytes
    count = 0

    def fail_at_the_second(path: Path, content: bytes) -> int:
        nonlocal count
        count += 1
        if count == 2:
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail_at_the_second)
    with pytest.raises(FileTroubleError, match="No space left"):
        files_module.write_files({tmp_path / "one": b"new", tmp_path / "two": b"new"})
    assert (_written(tmp_path), (tmp_path / "one").read_bytes()) == (["one"], b"old")


def test_written_files_have_the_rights_of_the_umask(tmp_path: Path) -> None:
    files_module.write_files({tmp_path / "a": b"x"})
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


def test_check_lists_findings_and_writes_nothing(tmp_path: Path) -> None:
    result = run_command("check", EXAMPLES / "outscale" / "client.yaml")
    assert (result.exit_code, "0 error(s), 2 warning(s)" in result.stdout, _written(tmp_path)) == (0, True, [])


def test_check_takes_a_baseline_and_several_clients(tmp_path: Path) -> None:
    write_pair(tmp_path, client=changed(client_data(), "baseline", None))
    other = tmp_path / "other.yaml"
    other.write_text(json.dumps(changed({**client_data(), "nonsense": 1}, "baseline", None)), encoding="utf-8")
    result = run_command("check", tmp_path / "baseline.yaml", tmp_path / "client.yaml", other, "--json")
    data = json.loads(result.stdout)
    errors = [(Path(each["file"]).name, each["rule"]) for each in data["findings"] if each["severity"] == "error"]
    assert (result.exit_code, errors) == (2, [("other.yaml", "data.extra-forbidden")])


def test_check_names_each_finding_once(tmp_path: Path) -> None:
    result = run_command("check", tmp_path / "baseline.yaml", write_pair(tmp_path), "--json")
    found = [(each["rule"], each["path"], each["file"], each["line"]) for each in json.loads(result.stdout)["findings"]]
    assert sorted(found) == sorted(set(found))


def test_a_shell_offers_the_parts() -> None:
    parts = next(each for each in build_command.params if each.name == "parts")
    offered = [each.value for each in parts.shell_complete(click.Context(build_command), "appendix")]
    assert offered == ["appendix-a", "appendix-b", "appendix-c"]
    agreement = load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)
    assert parts_of(assemble(agreement, "en")) == OFFERED


def test_init_writes_files_that_build_as_they_are(tmp_path: Path) -> None:
    assert run_command("init", tmp_path).exit_code == 0
    assert _written(tmp_path) == ["baseline.schema.json", "baseline.yaml", "client.schema.json", "client.yaml", "reference.docx"]
    assert run_command("build", tmp_path / "client.yaml", "-o", tmp_path / "out").exit_code == 0


def test_init_writes_the_templates_to_be_changed(tmp_path: Path) -> None:
    assert run_command("init", tmp_path, "--templates").exit_code == 0
    shipped = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file())
    assert [name for name in _written(tmp_path) if name.startswith("templates/")] == [f"templates/{name}" for name in shipped]
    own = tmp_path / "templates" / "en" / "changes.md.j2"
    own.write_text(own.read_text(encoding="utf-8").replace("may be revised", "may be revised and renewed"), encoding="utf-8")
    result = run_command("build", tmp_path / "client.yaml", "-l", "en", "-o", tmp_path / "out")
    assert (result.exit_code, "templates.unnamed" in result.stderr) == (0, False), result.output
    assert "may be revised and renewed" in all_text(issued_document((tmp_path / "out" / "en" / "agreement.docx").read_bytes(), "x"))


def test_clauses_beside_the_baseline_that_nothing_names_are_told(tmp_path: Path) -> None:
    assert run_command("init", tmp_path).exit_code == 0
    assert run_command("init", tmp_path, "--templates").exit_code == 0  # later on: the baseline is the user's by now
    assert "[templates.unnamed]" in run_command("check", tmp_path / "client.yaml").stderr
    assert "[templates.unnamed]" not in run_command("check", tmp_path / "client.yaml", "--templates", tmp_path / "templates").stderr


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("mine", encoding="utf-8")
    result = run_command("init", tmp_path)
    assert (result.exit_code, _written(tmp_path), (tmp_path / "client.yaml").read_text(encoding="utf-8")) == (3, ["client.yaml"], "mine")


@pytest.mark.parametrize("of", ["baseline", "client"])
def test_schema_prints_json_schema(of: str) -> None:
    assert json.loads(run_command("schema", of).stdout)["$schema"].endswith("2020-12/schema")


def test_schema_alone_prints_both() -> None:
    both = json.loads(run_command("schema").stdout)
    assert both == {name: json.loads(run_command("schema", name).stdout) for name in ("baseline", "client")}


_CERTIFICATE = {
    "--account": "012345678901",
    "--ticket-received": "2026-10-01",
    "--deleted-on": "2026-10-14",
    "--checked-on": "2026-10-19",
    "--issued-on": "2026-10-20",
    "--place": "Saint-Cloud",
    "--signatory": "Ada Martin",
    "--title": "Responsable du support",
    "--title-en": "Support manager",
}


def _certificate(folder: Path, **changes: str) -> Result:
    options = [word for pair in (_CERTIFICATE | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}).items() for word in pair]
    return run_command("certificate", EXAMPLES / "outscale" / "client.yaml", "-o", folder, *options)


def test_certificate_writes_the_filled_certificate(tmp_path: Path) -> None:
    assert _certificate(tmp_path).exit_code == 0
    assert _written(tmp_path) == ["en/deletion-certificate.docx", "fr/deletion-certificate.docx"]
    content = (tmp_path / "en" / "deletion-certificate.docx").read_bytes()
    text = "\n".join(paragraph_texts(xml(content))).replace("\u00a0", " ")
    assert all(words in text for words in ("account 012345678901 has been", "on 1 October 2026", "20 October 2026", "Ada Martin", "Support manager"))
    assert all(words in text for words in ("Société des Archives", "SNC-2026-0042", "1 September 2026", "on 14 October 2026", "On 19 October 2026"))
    assert "Appendix" not in text + "\n".join(paragraph_texts(xml(content, "word/header1.xml")))
    assert "012345678901" in parts(content)["docProps/core.xml"].decode()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"issued_on": "20 October"}, "data.date-not-iso"),
        ({"place": " "}, "data.text-empty"),
        ({"checked_on": "2026-10-13"}, "deletion.check-before-deletion"),
        ({"ticket_received": "2026-02-30"}, "data.date-from-datetime-parsing"),
    ],
)
def test_certificate_refuses_wrong_facts(tmp_path: Path, change: dict[str, str], rule: str) -> None:
    result = _certificate(tmp_path, **change)
    assert (result.exit_code, rule in result.stderr, _written(tmp_path)) == (2, True, [])


@pytest.mark.parametrize("command", ["build", "certificate", "check", "init", "schema"])
def test_help_has_examples_and_fits_80_columns(command: str) -> None:
    result = run_command(command, "-h")
    assert result.exit_code == 0
    assert f"make-agreement {command}" in result.output
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    assert {name: _summary(name) for name in SUMMARIES} == SUMMARIES


def test_the_shell_completes_commands() -> None:
    result = CliRunner().invoke(
        main, [], env={"_MAKE_AGREEMENT_COMPLETE": "bash_complete", "COMP_WORDS": "make-agreement ch", "COMP_CWORD": "1"}, prog_name="make-agreement"
    )
    assert "check" in result.output


def test_both_languages_come_side_by_side_on_demand(tmp_path: Path) -> None:
    result = run_command("build", EXAMPLES / "outscale" / "client.yaml", "--format", "bilingual", "-o", tmp_path)
    assert (result.exit_code, _written(tmp_path)) == (0, ["bilingual/agreement.docx", "bilingual/agreement.html"])
    assert faults((tmp_path / "bilingual" / "agreement.docx").read_bytes()) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_languages_side_by_side_want_one_that_prevails(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "complete"
    shutil.copytree(EXAMPLES / "complete", folder)
    said = "languages.no-prevailing"
    arguments = ("build", folder / "client.yaml", "--today", "2026-12-01", "-o", tmp_path / "out", "--format")
    assert said not in run_command(*arguments, "bilingual", language=language).stderr
    text = (folder / "baseline.yaml").read_text(encoding="utf-8")
    (folder / "baseline.yaml").write_text(text.replace("  prevailing_language: fr", ""), encoding="utf-8")
    result = run_command(*arguments, "bilingual", language=language)
    line = text.split("\n").index("commitments:") + 1
    assert (result.exit_code, f"baseline.yaml:{line}" in result.stderr, said in result.stderr) == (0, True, True)
    assert run_command(*arguments, "bilingual", "--strict", language=language).exit_code == 2
    assert said not in run_command(*arguments, "docx", language=language).stderr


def test_side_by_side_needs_both_languages(tmp_path: Path) -> None:
    result = run_command("build", EXAMPLES / "outscale" / "client.yaml", "--format", "bilingual", "-l", "fr", "-o", tmp_path)
    assert (result.exit_code, "leave out -l" in result.stderr, _written(tmp_path)) == (2, True, [])


_CLIENT = EXAMPLES / "outscale" / "client.yaml"
_CLOSED = (
    "--account",
    "1",
    "--checked-on",
    "2026-10-20",
    "--ticket-received",
    "2026-10-01",
    "--issued-on",
    "2026-12-20",
    "--place",
    "Lyon",
    "--signatory",
    "A",
    "--title",
    "manager",
)
_JSON_OF: dict[str, tuple[str | Path, ...]] = {
    "amend": (_CLIENT, _CLIENT, "-o", "amendment", "--notified-on", "2026-12-01", "-l", "en"),
    "blanks": (_CLIENT,),
    "build": (_CLIENT, "-l", "en", "--part", "body"),
    "campaign": ("columns",),
    "certificate": (_CLIENT, "-l", "en", *_CLOSED),
    "check": (_CLIENT,),
    "compliance": (_CLIENT,),
    "diff": (_CLIENT, EXAMPLES / "complete" / "client.yaml"),
    "explain": ("certificate.expired",),
    "init": ("agreements",),
    "fields": (),
    "layers": (_CLIENT,),
    "new": ("new.yaml", "--baseline", EXAMPLES / "outscale" / "baseline.yaml"),
    "schema": ("client",),
    "statements": (_CLIENT, "-l", "en"),
}


@pytest.mark.parametrize("command", SUMMARIES)
def test_every_command_answers_programs_with_one_object(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a command says, it says as JSON; one that isn't listed above fails here."""
    monkeypatch.chdir(tmp_path)
    result = run_command(command, *_JSON_OF[command], *([] if command == "schema" else ["--json"]))
    said = json.loads(result.stdout)
    assert isinstance(said, dict), result.output
    assert command == "schema" or {"ok", "files", "findings"} <= said.keys()
    assert result.exit_code == {"amend": 2, "diff": 1}.get(command, 0)


def test_a_client_is_added_beside_a_baseline(tmp_path: Path) -> None:
    assert run_command("init", tmp_path / "a b").exit_code == 0
    done = run_command("new", tmp_path / "a b" / "clients" / "second.yaml", "--baseline", tmp_path / "a b" / "baseline.yaml")
    assert (done.exit_code, 'Next: make-agreement check "' in done.stderr) == (0, True), done.stderr
    assert 'baseline: "../baseline.yaml"\n' in (tmp_path / "a b" / "clients" / "second.yaml").read_text(encoding="utf-8")
    assert run_command("check", tmp_path / "a b" / "clients" / "second.yaml").exit_code == 0
    again = run_command("new", tmp_path / "a b" / "clients" / "second.yaml", "--baseline", tmp_path / "a b" / "baseline.yaml")
    assert (again.exit_code, "there already" in again.stderr) == (3, True)
    assert run_command("new", tmp_path / "third.yaml", "--baseline", tmp_path / "none.yaml").exit_code == 3
    assert not (tmp_path / "third.yaml").exists()


def test_templates_can_be_had_later_and_what_was_begun_is_left_alone(tmp_path: Path) -> None:
    first = run_command("init", tmp_path)
    assert (first.exit_code, f"Next: make-agreement build {tmp_path / 'client.yaml'}" in first.stderr) == (0, True)
    (tmp_path / "client.yaml").write_text("mine\n", encoding="utf-8")
    assert run_command("init", tmp_path, "--templates").exit_code == 0
    assert (tmp_path / "client.yaml").read_text(encoding="utf-8") == "mine\n"
    assert (tmp_path / "templates" / "en" / "purpose.md.j2").is_file()
    assert run_command("init", tmp_path, "--templates").exit_code == 3


def test_starters_are_commented_in_the_language_of_the_run_and_say_the_same(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        assert run_command("init", tmp_path / language, language=language).exit_code == 0
        baseline = tmp_path / language / "baseline.yaml"
        assert run_command("new", tmp_path / language / "second.yaml", "--baseline", baseline, language=language).exit_code == 0
    for name in ("baseline", "client", "second"):
        french, english = ((tmp_path / language / f"{name}.yaml").read_text(encoding="utf-8").splitlines() for language in ("fr", "en"))
        assert [_said(line) for line in french] == [_said(line) for line in english]
        assert french != english
    assert "année-mois-jour" in (tmp_path / "fr" / "second.yaml").read_text(encoding="utf-8")


def _said(line: str) -> list[str]:
    """Return what a line of a starter says without its remark, and the fields in it that are there to be uncommented."""
    return [line.partition("#")[0].rstrip(), *re.findall(r"^ *# +(?:- )?([a-z_]+):", line)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_of_a_starter_may_be_uncommented_as_it_is(tmp_path: Path, language: str) -> None:
    assert run_command("init", tmp_path, language=language).exit_code == 0
    client = tmp_path / "client.yaml"
    lines = [re.sub(r"^( *)# (?=\s*[a-z_]+:(?: |$))", r"\1", line) for line in client.read_text(encoding="utf-8").splitlines()[1:]]
    client.write_text("\n".join(lines).replace("kind: general-terms", "kind: specific"), encoding="utf-8")
    done = run_command("check", client)
    assert (done.exit_code, "error:" in done.stderr) == (0, False), done.stderr


def test_a_command_by_its_french_name_and_a_file_with_an_ending_more_are_answered(tmp_path: Path) -> None:
    assert "Did you mean 'build'?" in run_command("construire", "x.yaml").stderr
    (tmp_path / "client.yaml.txt").write_text("a: 1\n", encoding="utf-8")
    assert "there is 'client.yaml.txt': rename it" in run_command("check", tmp_path / "client.yaml").stderr


def test_an_agreement_of_no_client_is_said_to_be_blank(tmp_path: Path) -> None:
    shown = run_command("build", EXAMPLES / "complete" / "baseline.yaml", "-o", tmp_path, "-l", "fr").stderr
    assert ("this is the blank agreement of the baseline" in shown, "To send" in shown) == (True, False)


def test_a_list_of_blanks_names_the_client(tmp_path: Path) -> None:
    assert run_command("blanks", EXAMPLES / "outscale" / "client-unknown.yaml", "--format", "docx", "-o", tmp_path / "none").exit_code == 0
    done = run_command("blanks", EXAMPLES / "outscale" / "client.yaml", "--format", "docx", "-o", tmp_path, "-l", "fr")
    assert done.exit_code == 0, done.stderr
    assert any("Archives" in text for text in paragraph_texts(xml((tmp_path / "fr" / "blanks.docx").read_bytes())))
