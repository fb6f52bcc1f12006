"""What a run says gets out on any terminal, and the exit code stays that of the work."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from snc_docs.characters import json_without_controls, without_controls
from snc_docs.cli import streams
from snc_docs.cli.show import MOST_SHOWN, Voice, default_language
from snc_docs.diagnostics import Diagnostic
from snc_docs.errors import NOTHING_TO_SAY, Wording
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


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "FR"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": ""}, "fr"),
        ({"LANG": "en_GB.UTF-8", "SNC_LANG": "fr"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "SNC_LANG": "de"}, "en"),
    ],
)
def test_messages_are_in_the_language_of_the_locale(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("SNC_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_table_of_files_with_their_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    for name, value in (("COLUMNS", "80"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    Voice("en", json=False).files({Path("out/fr/agreement.docx"): b"x" * 2048, Path("out/fr/\x1b[2Jé.docx"): b""})
    assert [line.split() for line in terminal.getvalue().splitlines()] == [
        ["✓", "out/fr/agreement.docx", "2", "KiB"],
        ["✓", "out/fr/\\x1b[2Jé.docx", "0", "KiB"],
    ]


@pytest.mark.parametrize(
    ("character", "shown"), [("→", "->"), ("é", "e"), ("\u202f", " "), ("\ud800", "\\ud800"), ("漢", "?"), ("œ", "oe"), ("ǆ", "dz")]
)
def test_each_character_has_a_look_alike(character: str, shown: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    streams._print_anything(stream)  # what a run does first
    stream.write(character)
    stream.flush()
    assert stream.buffer.getvalue().decode() == shown


def test_what_cannot_be_read_is_no_matter_of_look_alikes() -> None:
    streams._print_anything(io.StringIO())  # a stream of text alone: nothing to set
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", streams._HANDLER)  # as it is registered


@pytest.mark.parametrize(("encoding", "is_whole"), [("utf-8", True), ("UTF8", True), ("cp1252", False), (None, False), ("no-such", False)])
def test_whether_a_stream_prints_every_character(encoding: str | None, is_whole: bool) -> None:  # noqa: FBT001  # what is expected
    assert streams.is_utf8(type("Stream", (), {"encoding": encoding})()) is is_whole


def test_signals_are_left_alone_outside_the_main_thread() -> None:
    def held() -> list[object]:
        before = signal.getsignal(signal.SIGTERM)
        with streams.ended_by_signals(), streams.held_signals():
            return [before, signal.getsignal(signal.SIGTERM)]

    with ThreadPoolExecutor(1) as pool:
        before, during = pool.submit(held).result()
    assert before == during


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


def test_a_comparison_of_what_holds_controls_is_refused_without_showing_them(tmp_path: Path) -> None:
    old = write_pair(tmp_path)
    new = tmp_path / "new.yaml"
    new.write_text(json.dumps(changed(client_data(), "client.legal_name", "Nom\x9b31m\u202e[/x]")), encoding="utf-8")
    for form in ("text", "markdown", "json"):
        result = run_command("diff", old, new, "--format", form)
        assert (result.exit_code, set("\x9b\u202e") & set(result.output), "[data.unseen]" in result.stderr) == (2, set(), True)


def test_thousands_of_findings_are_listed_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    write_pair(tmp_path)
    path.write_text("baseline: baseline.yaml\n" + "".join(f"k{index}: 1\n" for index in range(5000)), encoding="utf-8")
    result = run_command("check", path)
    assert (result.exit_code, result.stderr.count("[data.extra-forbidden]")) == (2, MOST_SHOWN)
    assert "… and 4" in result.stderr
    assert len(json.loads(run_command("check", path, "--json").stdout)["findings"]) >= 5000


class _Broken(io.StringIO):
    def flush(self) -> None:
        raise BrokenPipeError


def test_a_pipe_that_is_closed_ends_the_run_as_a_signal_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", _Broken())
    with pytest.raises(SystemExit) as ended, streams.standard_streams():
        monkeypatch.setattr(sys, "stdout", _Broken())
    sys.stdout.close()  # what the rest went to
    assert ended.value.code == 128 + 13


def test_a_finding_without_advice_is_one_line() -> None:
    finding = Diagnostic.error("a.rule", Wording("mot", "word"), NOTHING_TO_SAY)
    assert Voice("fr", json=False)._line(finding, io.StringIO()) == "erreur: mot [a.rule]"
