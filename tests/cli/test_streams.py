"""What a run says gets out on any terminal, and the exit code stays that of the work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from snc_docs.characters import json_without_controls, without_controls
from snc_docs.cli.show import MOST_SHOWN
from tests.tools import changed, client_data, run_command, story, write_pair

COMMAND = [sys.executable, "-c", "from snc_docs.cli import main; main()"]


def _run(*arguments: str | Path, encoding: str = "utf-8", redirect: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C.UTF-8", "COLUMNS": "80", **more}
    command: list[str] = [*COMMAND, *map(str, arguments)]
    if redirect:
        command = ["bash", "-c", f'"$@" {redirect}', "bash", *command]
    return subprocess.run(command, capture_output=True, check=False, env=environment, timeout=120)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("compliance", "{old}"), 0),
        (("check", "{old}", "--ui-lang", "fr"), 0),
        (("diff", "{old}", "{new}", "--ui-lang", "fr"), 1),
        (("diff", "{old}", "{new}", "--format", "markdown"), 1),
        (("diff", "{old}", "{new}", "--format", "json"), 1),
        (("schema", "client"), 0),
    ],
)
def test_every_encoding_gets_the_whole_text(tmp_path: Path, encoding: str, arguments: tuple[str, ...], code: int) -> None:
    old, new = story(tmp_path)
    done = _run(*(each.format(old=old, new=new) for each in arguments), encoding=encoding)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr
    text = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)  # click takes ASCII for a locale that nobody set
    if "json" in arguments or "schema" in arguments:
        assert json.loads(text) == json.loads(_run(*(each.format(old=old, new=new) for each in arguments)).stdout)


@pytest.mark.parametrize(
    ("redirect", "code"),
    [(">/dev/full", 3), (">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 0)],
)
def test_full_and_closed_streams_are_no_traceback(redirect: str, code: int) -> None:
    done = _run("schema", "client", redirect=redirect)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr


@pytest.mark.parametrize(
    "arguments", [("check", "{old}"), ("check", "nope.yaml"), ("build", "{old}", "-l", "fr", "--part", "agreement", "-o", "out")]
)
def test_a_full_standard_error_never_looks_like_versions_that_differ(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    old, _ = story(tmp_path)
    done = _run(*(each.format(old=old).replace("out", str(tmp_path / "out")) for each in arguments), redirect="2>/dev/full")
    assert done.returncode == 3


def test_the_same_versions_are_the_same_with_closed_output_and_work_is_done(tmp_path: Path) -> None:
    old, _ = story(tmp_path)
    assert _run("diff", old, old, redirect=">&-").returncode == 0
    assert _run("build", old, "-l", "fr", "-o", tmp_path / "out", redirect="2>&- >&-").returncode == 0
    assert (tmp_path / "out" / "fr" / "agreement.docx").read_bytes()[:2] == b"PK"


def test_whoever_has_read_enough_ends_the_output_quietly(tmp_path: Path) -> None:
    old, new = story(tmp_path)
    done = _run("diff", old, new, "--format", "json", redirect="| head -c 10; exit ${PIPESTATUS[0]}")
    assert (done.returncode in (1, 141), done.stderr) == (True, b"")


def test_pictures_of_python_never_show(tmp_path: Path) -> None:
    old, _ = story(tmp_path)
    assert _run("check", old, PYTHONWARNINGS="error").returncode == 0


_HOSTILE = "\x1b]0;title\x07\x9b31m\u202egnp\u2066x\u2029y\x7f\x85"


def test_controls_are_shown_as_escapes() -> None:
    assert without_controls(f"a{_HOSTILE}b\n\t") == "a\\x1b]0;title\\x07\\x9b31m\\u202egnp\\u2066x\\u2029y\\x7f\\x85b\n\t"
    assert json.loads(json_without_controls(json.dumps({"a": _HOSTILE}, ensure_ascii=False))) == {"a": _HOSTILE}


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_no_data_reaches_the_terminal_as_a_command(tmp_path: Path, options: tuple[str, ...]) -> None:
    shown = "\x9b31m\u202egnp\u2066x\x7f"
    client = changed(changed(client_data(), "client.legal_name", f"Nom{shown}"), "client.siren", shown)
    bad = [write_pair(tmp_path, client={**client, f"k{shown}": 1})]
    named = tmp_path / f"n{shown}.yaml"
    named.write_text(json.dumps({f"k{_HOSTILE}": 1, "baseline": f"b{shown}.yaml"}), encoding="utf-8")
    for path in (*bad, named):
        result = run_command("check", path, *options)
        assert result.exit_code in (2, 3)
        assert not set("\x9b\u202e\u2066\x7f\x1b\x07") & set(result.output), result.output


def test_a_comparison_shows_no_controls_either(tmp_path: Path) -> None:
    old = write_pair(tmp_path)
    new = tmp_path / "new.yaml"
    new.write_text(json.dumps(changed(client_data(), "client.legal_name", "Nom\x9b31m\u202e[/x]")), encoding="utf-8")
    for form in ("text", "markdown", "json"):
        result = run_command("diff", old, new, "--format", form)
        assert (result.exit_code, set("\x9b\u202e") & set(result.output)) == (1, set())


def test_thousands_of_findings_are_listed_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    write_pair(tmp_path)
    path.write_text("baseline: baseline.yaml\n" + "".join(f"k{index}: 1\n" for index in range(5000)), encoding="utf-8")
    result = run_command("check", path)
    assert (result.exit_code, result.stderr.count("[data.extra-forbidden]")) == (2, MOST_SHOWN)
    assert "… and 4" in result.stderr
    assert len(json.loads(run_command("check", path, "--json").stdout)["findings"]) >= 5000
