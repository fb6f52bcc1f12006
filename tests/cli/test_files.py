"""Files are written whole or not at all, whatever ends the run; inputs are never written over."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from snc_docs.cli import files
from snc_docs.cli.files import OutputOverInputError, placed, write_files
from snc_docs.cli.streams import held_signals
from snc_docs.errors import FileTroubleError
from tests.tools import EXAMPLES, client_data, run_command, story, write_pair


def _state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Return what is in a folder: of each file its content, rights and time."""
    found = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        status = path.stat()
        found[path.relative_to(folder).as_posix()] = (path.read_bytes(), stat.S_IMODE(status.st_mode), status.st_mtime_ns)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three files of other rights and an old time."""
    out = tmp_path / "out"
    out.mkdir()
    for name, mode in (("a", 0o664), ("b", 0o600), ("c", 0o640)):
        (out / name).write_bytes(b"old " + name.encode())
        (out / name).chmod(mode)
        os.utime(out / name, (1_700_000_000, 1_700_000_000))
    return out


def _new(folder: Path) -> dict[Path, bytes]:
    return {folder / name: b"new " + name.encode() for name in ("a", "b", "d", "c", "sub/e")}


def _interrupted(count: int, error: BaseException, real: Callable[..., Path]) -> Callable[..., Path]:
    calls = 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == count:
            raise error
        return real(self, target)

    return replace


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(143), OSError(28, "No space left on device"), MemoryError()], ids=lambda error: type(error).__name__
)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_what_ends_the_run_between_two_files_puts_all_back(folder: Path, monkeypatch: pytest.MonkeyPatch, count: int, error: BaseException) -> None:
    before = _state(folder)
    monkeypatch.setattr(Path, "replace", _interrupted(count, error, Path.replace))
    with pytest.raises((type(error), FileTroubleError)):
        write_files(_new(folder))
    assert _state(folder) == before
    assert sorted(each.name for each in folder.iterdir()) == ["a", "b", "c"], "no folder and no copy stays behind"


def test_all_are_new_once_the_run_is_done(folder: Path) -> None:
    write_files(_new(folder))
    assert {name: content for name, (content, *_) in _state(folder).items()} == {
        path.relative_to(folder).as_posix(): content for path, content in _new(folder).items()
    }


@pytest.mark.parametrize("name", ["e\u0301te\u0301.docx", "x" * 250 + ".docx", "[x].docx", "a\\b.docx", " .docx"])
def test_any_name_that_the_system_takes_can_be_written(tmp_path: Path, name: str) -> None:
    write_files({tmp_path / name: b"x"})
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_name_that_it_does_not_take_is_said_and_nothing_stays(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError, match="File name too long"):
        write_files({tmp_path / "a": b"x", tmp_path / "sub" / ("x" * 300): b"y"})
    assert list(tmp_path.iterdir()) == []


def test_files_without_hard_links_are_put_back_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    before = _state(folder)
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", _interrupted(3, KeyboardInterrupt(), Path.replace))
    with pytest.raises(KeyboardInterrupt):
        write_files(_new(folder))
    assert _state(folder) == before


def test_what_a_killed_run_left_is_tidied(folder: Path) -> None:
    (folder / ".snc_docs-0123456789abcdef.tmp").write_bytes(b"left")
    (folder / ".other.tmp").write_bytes(b"somebody's")
    write_files({folder / "a": b"x"})
    assert sorted(each.name for each in folder.iterdir()) == [".other.tmp", "a", "b", "c"]


@pytest.mark.parametrize("spelling", ["a", "sub/../a", "link", "hard"])
def test_an_input_is_never_written_over(folder: Path, spelling: str) -> None:
    (folder / "sub").mkdir()
    (folder / "link").symlink_to("a")
    os.link(folder / "a", folder / "hard")
    before = _state(folder)
    with pytest.raises(OutputOverInputError, match="reads that file"):
        write_files({folder / "z": b"new", folder / spelling: b"new"}, read=[folder / "a"])
    assert _state(folder) == before


def _writes(folder: Path, content: bytes) -> None:
    for _ in range(30):
        write_files({folder / name: content for name in ("a", "b", "c", "d")})


def test_two_runs_in_one_folder_leave_the_files_of_one(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=_writes, args=(tmp_path, content)) for content in (b"one", b"two" * 100_000)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
    assert [run.exitcode for run in runs] == [0, 0]
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "d"]


def test_signals_wait_until_the_block_is_done() -> None:
    done = []

    def interrupted() -> None:
        with held_signals():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("still here")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
    finally:
        signal.signal(signal.SIGINT, before)
    assert done == ["still here"]


_FOREVER = """
import signal, sys
from pathlib import Path
import click
from snc_docs.cli import main
from snc_docs.cli.files import write_files
signal.signal(int(sys.argv[1]), {handler})
@main.command("forever")
def forever():
    for turn in range({turns}):
        write_files({{Path("out", name): str(turn).encode() for name in "abcdef"}})
        if turn == 3: print("ready", flush=True)
main.get_command = lambda context, name: forever
main(["forever"])
"""


def _asked_to_end(folder: Path, number: int, handler: str, turns: int) -> tuple[int, bytes]:
    """Return the exit code and the errors of a run that writes over and over again and gets a signal."""
    program = _FOREVER.format(handler=handler, turns=turns)
    with subprocess.Popen([sys.executable, "-c", program, str(number)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        try:
            assert run.stdout is not None
            assert run.stdout.readline() == b"ready\n"
            time.sleep(0.05)
            run.send_signal(number)
            _, said = run.communicate(timeout=30)
        finally:
            run.kill()
    return run.returncode, said


def _are_of_one_turn(folder: Path) -> bool:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return sorted(files) == list("abcdef") and len(set(files.values())) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_that_is_asked_to_end_ends_and_leaves_nothing_half_new(tmp_path: Path, number: int) -> None:
    """Whenever the signal comes, the files are of one turn."""
    handler = "signal.default_int_handler" if number == signal.SIGINT else "signal.SIG_DFL"
    code, said = _asked_to_end(tmp_path, number, handler, 10**6)
    assert (code, b"Traceback" in said) == (128 + number, False), said
    assert _are_of_one_turn(tmp_path / "out")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_goes_on_where_signals_are_ignored(tmp_path: Path, number: int) -> None:
    """As nohup and a shell's ``&`` have it."""
    code, said = _asked_to_end(tmp_path, number, "signal.SIG_IGN", 60)
    assert (code, said) == (0, b"")
    assert _are_of_one_turn(tmp_path / "out")


_ONE, _TWO = {Path("fr/changes.docx"): b"x"}, {Path("fr/changes.docx"): b"x", Path("en/changes.docx"): b"y"}


@pytest.mark.parametrize(
    ("output", "files", "expected"),
    [
        ("out", _TWO, ["out/fr/changes.docx", "out/en/changes.docx"]),
        ("r.docx", _ONE, ["r.docx"]),
        ("r.DOCX", _ONE, ["r.DOCX"]),
        ("sub/r.docx", _ONE, ["sub/r.docx"]),
        ("out.v2", _ONE, ["out.v2/fr/changes.docx"]),
    ],
)
def test_one_document_goes_into_the_file_that_is_named(output: str, files: dict[Path, bytes], expected: list[str]) -> None:
    assert [path.as_posix() for path in placed(Path(output), files)] == expected


@pytest.mark.parametrize(
    ("output", "files", "words"),
    [("r.docx", _TWO, "names one file, and 2"), ("r.pdf", _ONE, "the document is .docx"), ("r.html", _TWO, "name a folder")],
)
def test_a_name_that_fits_neither_is_refused_with_what_to_write(output: str, files: dict[Path, bytes], words: str) -> None:
    with pytest.raises(click.UsageError, match=words):
        placed(Path(output), files)


def test_commands_write_one_document_to_the_file_that_is_named(tmp_path: Path) -> None:
    old, new = story(tmp_path)
    result = run_command("diff", old, new, "-l", "fr", "--format", "docx", "-o", tmp_path / "r.docx")
    assert (result.exit_code, (tmp_path / "r.docx").read_bytes()[:2]) == (1, b"PK"), result.output
    result = run_command("diff", old, new, "--format", "docx", "-o", tmp_path / "r2.docx")
    assert (result.exit_code, (tmp_path / "r2.docx").exists()) == (2, False)
    for form, suffix in (("markdown", "md"), ("json", "json"), ("text", "txt")):
        result = run_command("diff", old, new, "--format", form, "-o", tmp_path / f"changes.{suffix}")
        assert (result.exit_code, (tmp_path / f"changes.{suffix}").stat().st_size > 100) == (1, True), result.output
        assert "\x1b" not in (tmp_path / f"changes.{suffix}").read_text(encoding="utf-8")
    result = run_command("build", new, "-l", "en", "--part", "body", "-o", tmp_path / "body.docx")
    assert (result.exit_code, (tmp_path / "body.docx").is_file()) == (0, True), result.output


def test_an_issued_agreement_is_not_lost_to_its_own_amendment(tmp_path: Path) -> None:
    old, new = story(tmp_path)
    out = tmp_path / "out"
    assert run_command("build", old, "-o", out).exit_code == 0
    before = _state(out)
    for command in (
        ("amend", out / "fr" / "agreement.docx", new, "-l", "fr", "-o", out, "--notified-on", "2027-01-15"),
        ("build", new, "-o", out, "--replace", "--reference", out / "fr" / "body.docx"),
    ):
        result = run_command(*command)
        assert (result.exit_code, "reads that file" in result.output) == (2, True), result.output
        assert _state(out) == before


def test_the_certificate_and_the_data_are_inputs_too(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client=client_data())
    target = tmp_path / "fr"
    target.mkdir()
    (target / "agreement.docx").symlink_to(path)
    result = run_command("build", path, "-l", "fr", "-o", tmp_path)
    assert (result.exit_code, "reads that file" in result.output) == (2, True), result.output


@pytest.mark.parametrize(
    "arguments", [("build", ""), ("check", ""), ("build", "c.yaml", "-o", ""), ("diff", "a.yaml", "b.yaml", "--old-baseline", "")]
)
def test_an_empty_path_is_no_folder(arguments: tuple[str, ...]) -> None:
    result = run_command(*arguments)
    assert (result.exit_code, "an empty path" in result.stderr) == (2, True)


def test_a_disk_that_is_not_there_is_where_the_search_for_a_folder_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(Path, "is_dir", lambda _: False)
    monkeypatch.setattr(Path, "mkdir", lambda _, **__: None)
    files._make_folder(Path("/absent/folder"), made)
    assert made == [Path("/"), Path("/absent"), Path("/absent/folder")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks a file instead")
def test_files_are_written_where_no_folder_can_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_: int, __: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    (tmp_path / "left").write_bytes(b"")
    monkeypatch.setattr("fcntl.flock", flock)
    write_files({tmp_path / "a": b"1"})
    assert (tmp_path / "a").read_bytes() == b"1"


def test_an_input_is_never_written_over_by_way_of_a_folder_that_is_not_there(folder: Path) -> None:
    (folder / "a").write_bytes(b"issued")
    with pytest.raises(OutputOverInputError):
        write_files({folder / "absent" / ".." / "a": b"new"}, [folder / "a"])
    assert (folder / "a").read_bytes() == b"issued"
    assert not (folder / "absent").exists()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("example", ["complete", "minimal", "outscale", "seven-services", "software"])
def test_a_new_client_file_is_right_for_the_baseline_beside_it(tmp_path: Path, example: str, language: str) -> None:
    shutil.copytree(EXAMPLES / example, tmp_path / "files")
    client = tmp_path / "files" / "clients" / "new.yaml"
    assert run_command("new", client, "--baseline", tmp_path / "files" / "baseline.yaml", "--ui-lang", language).exit_code == 0
    assert run_command("check", client).exit_code == 0
    text = client.read_text(encoding="utf-8")
    assert ("  kind: specific" in text) is ("\ngeneral_terms:" not in (EXAMPLES / example / "baseline.yaml").read_text(encoding="utf-8"))
    client.write_text(re.sub(r"^# (subscriptions:|  - \{service|incident_level:)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert run_command("check", client).exit_code == 0
