"""Work kept on disk: the same files with it and without, whatever happens to it; nothing fails for want of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from snc_docs import Agreement, assemble, load_agreement, shelf
from snc_docs.kept import forget
from snc_docs.language import Language
from snc_docs.model.party import OF_A_RECORD
from snc_docs.model.stored import stored, told
from snc_docs.readers import drawn
from snc_docs.readers.markdown.clause import read_clause
from snc_docs.shelf import BYTES, JSON, TEXT, Shelf, answered, shelf_in, shelved
from tests.test_kept import variants
from tests.tools import EXAMPLES, LANGUAGES, TODAY, run_command

CLIENT = EXAMPLES / "outscale" / "client.yaml"
FILE = "work.sqlite"


def _made(value: str, made: list[str]) -> str:
    made.append(value)
    return value


def _asked(folder: Path, *values: str) -> list[str]:
    """Return what had to be made of values, each under a key of its own."""
    made: list[str] = []
    with shelf_in(folder):
        for value in values:
            assert shelved("test", TEXT, lambda value=value: (value,), lambda value=value: _made(value, made)) == value  # type: ignore[misc]  # a default is typed as the loop's
    return made


@pytest.fixture
def anew() -> Iterator[None]:
    """Forget what this process keeps, before and after."""
    forget()
    read_clause.cache_clear()
    drawn._answer.cache_clear()
    yield
    forget()


def test_a_later_run_finds_what_an_earlier_one_made(tmp_path: Path) -> None:
    assert _asked(tmp_path, "a", "b", "a") == ["a", "b"]
    assert _asked(tmp_path, "b", "c") == ["c"]


def test_without_a_shelf_everything_is_made_anew() -> None:
    made: list[str] = []
    for _ in range(2):
        shelved("test", TEXT, lambda: ("a",), lambda: _made("a", made))
    assert made == ["a", "a"]


def test_results_of_other_kinds_and_of_parts_cut_elsewhere_are_others(tmp_path: Path) -> None:
    with shelf_in(tmp_path):
        for kind, depends in (("one", ("ab", "c")), ("one", ("a", "bc")), ("two", ("ab", "c")), ("one", ("abc",))):
            shelved(kind, JSON, lambda depends=depends: depends, lambda kind=kind, depends=depends: [kind, *depends])  # type: ignore[misc]  # as above
        assert shelved("one", JSON, lambda: ("a", "bc"), lambda: None) == ["one", "a", "bc"]
        assert shelved("two", JSON, lambda: ("ab", "c"), lambda: None) == ["two", "ab", "c"]


def test_what_is_raised_is_raised_each_time(tmp_path: Path) -> None:
    def fail() -> str:
        raise ValueError("no")

    for _ in range(2):
        with shelf_in(tmp_path), pytest.raises(ValueError, match="no"):
            shelved("test", TEXT, lambda: ("a",), fail)


def test_what_was_used_last_stays_within_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES", 25)
    now = iter(range(10**6, 10**9, 10**6))
    monkeypatch.setattr("snc_docs.shelf.time.time", lambda: next(now))
    for value in ("first" * 2, "second" * 2):
        _asked(tmp_path, value)
    _asked(tmp_path, "first" * 2)  # used again, a day and more later
    _asked(tmp_path, "third" * 2)
    assert _asked(tmp_path, "first" * 2, "third" * 2) == []
    assert _asked(tmp_path, "second" * 2) == ["second" * 2]


def test_one_large_result_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES_EACH", 4)
    assert _asked(tmp_path, "12345", "1234") == ["12345", "1234"]
    assert _asked(tmp_path, "12345", "1234") == ["12345"]


@pytest.mark.parametrize("damage", [b"", b"garbage", None], ids=["emptied", "overwritten", "a bit turned"])
def test_a_damaged_shelf_is_passed_over_and_begun_anew(tmp_path: Path, damage: bytes | None) -> None:
    _asked(tmp_path, "a" * 5000)
    file = tmp_path / FILE
    content = bytearray(file.read_bytes())
    if damage is None:
        content[content.index(b"aaaa") + 1000] ^= 1
    else:
        content[: len(damage) or len(content)] = damage
    file.write_bytes(content)
    assert _asked(tmp_path, "a" * 5000) == ["a" * 5000]
    _asked(tmp_path, "a" * 5000)
    assert _asked(tmp_path, "a" * 5000) == []


def test_a_shelf_that_another_run_has_locked_is_passed_over(tmp_path: Path) -> None:
    _asked(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert _asked(tmp_path, "a", "b") == ["a", "b"]
    assert _asked(tmp_path, "a", "b") == ["b"]


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _asked(tmp_path / "file" / "folder", "a") == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="rights of the user alone")
def test_the_folder_is_for_this_user_alone(tmp_path: Path) -> None:
    _asked(tmp_path / "cache", "a")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_another_version_of_the_package_or_of_a_library_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _asked(tmp_path, "a")
    package = tmp_path / "package"
    shutil.copytree(Path(shelf.__file__).parent / "cli", package)
    monkeypatch.setattr(shelf, "_PACKAGE", package)
    for change in (
        lambda: None,
        lambda: (package / "show.py").write_text("changed", encoding="utf-8"),
        lambda: monkeypatch.setattr(sys, "version", "4"),
    ):
        change()
        shelf._foundation.cache_clear()
        assert _asked(tmp_path, "a") == ["a"]
        assert _asked(tmp_path, "a") == []
    monkeypatch.undo()
    shelf._foundation.cache_clear()
    assert _asked(tmp_path, "a") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("anew")
def test_whatever_is_on_the_shelf_each_agreement_is_as_made_anew(tmp_path: Path, language: Language) -> None:
    def document_of(agreement: Agreement) -> object:
        forget()
        read_clause.cache_clear()
        return assemble(agreement, language) if agreement.attachments else None

    agreements = variants()
    wanted = [document_of(agreement) for agreement in agreements]
    for _ in range(2):
        with shelf_in(tmp_path):
            assert [document_of(agreement) for agreement in agreements] == wanted


@pytest.mark.usefixtures("anew")
def test_a_run_that_finds_everything_imports_neither_templates_nor_readers(tmp_path: Path) -> None:
    code = (
        f"import sys; from snc_docs.cli import main; main(['check', {str(CLIENT)!r}], standalone_mode=False); "
        "print([m for m in ('jinja2', 'markdown_it', 'num2words', 'phonenumbers', 'email_validator', 'stdnum', 'docx', 'lxml') if m in sys.modules])"
    )
    environment = {**os.environ, "SNC_NO_CACHE": "", "XDG_CACHE_HOME": str(tmp_path)}
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment) for _ in range(2)]
    assert [run.stdout.splitlines()[-1] for run in runs][1] == "[]"
    assert runs[0].stderr == runs[1].stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="caches are elsewhere")
@pytest.mark.usefixtures("anew")
def test_a_build_writes_the_same_files_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    written = []
    for number, arguments in enumerate((["--no-cache"], [], [])):
        monkeypatch.setenv("SNC_NO_CACHE", "")
        forget()
        read_clause.cache_clear()
        result = run_command("build", CLIENT, "-o", tmp_path / str(number), *arguments)
        assert result.exit_code == 0
        assert (tmp_path / "cache").exists() == (number > 0)
        written.append({path.relative_to(tmp_path / str(number)): path.read_bytes() for path in (tmp_path / str(number)).rglob("*.docx")})
    assert written[0] == written[1] == written[2]
    assert len(written[0]) == 10


def test_runs_at_the_same_time_share_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from snc_docs.shelf import shelf_in, shelved, TEXT\n"
        "for _ in range(20):\n"
        "    with shelf_in(Path(sys.argv[1])):\n"
        "        for n in range(20): assert shelved('t', TEXT, lambda: (str(n),), lambda: str(n)) == str(n)\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(4)]
    assert [run.wait(60) for run in runs] == [0, 0, 0, 0]
    assert _asked(tmp_path, "none of theirs") == ["none of theirs"]
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_bytes_are_kept_as_they_are(tmp_path: Path) -> None:
    for _ in range(2):
        with shelf_in(tmp_path):
            assert shelved("bytes", BYTES, lambda: (b"\0",), lambda: b"\xff\0") == b"\xff\0"


def test_nothing_is_opened_that_is_not_needed(tmp_path: Path) -> None:
    with shelf_in(tmp_path / "cache"):
        load_agreement(CLIENT, today=TODAY)
        assert not (tmp_path / "cache").exists()
    assert Shelf(tmp_path / "never").get(b"key") is None
    assert not (tmp_path / "never").exists()


def test_a_drawing_that_met_its_limits_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are of this machine, and this moment: another run may draw what this one couldn't."""
    runs: list[str] = []

    def out_of_memory(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        runs.append(command[-1])
        return subprocess.CompletedProcess(command, 0, b'{"refused": ["limits"]}\n', b"")

    monkeypatch.setattr("snc_docs.readers.drawn.subprocess.run", out_of_memory)
    for _ in range(2):
        drawn._answer.cache_clear()
        with shelf_in(tmp_path):
            assert drawn._answer(b"%PDF", "pdf") == ("limits",)
    drawn._answer.cache_clear()
    assert len(runs) == 2


@pytest.mark.usefixtures("anew")
def test_data_is_written_a_part_after_the_other_as_pydantic_writes_it_whole(tmp_path: Path) -> None:
    first = variants()[0]
    files = tuple(each.model_copy(update={"content": content}) for each in first.attachments for content in (b"1", b"2"))
    agreements = [*variants(), *(first.model_copy(update={"attachments": (file,)}) for file in files)]
    whole = [told(each).model_dump_json(context=OF_A_RECORD) for each in agreements]
    assert [stored(each) for each in agreements] == whole
    for _ in range(2):
        forget()
        with shelf_in(tmp_path):
            assert [stored(each) for each in agreements] == whole


def _answers(folder: Path | None, *texts: str, of: str = "") -> list[str]:
    """Return the texts for which an answer had to be made."""
    made: list[str] = []
    with shelf_in(folder):
        for text in texts:
            assert answered("test", of, text, lambda text=text: [_made(text, made)]) == [text]  # type: ignore[misc]  # a default is typed as the loop's
    return made


def test_answers_to_texts_are_kept_together_for_later_runs(tmp_path: Path) -> None:
    assert _answers(tmp_path, "a", "b", "a") == ["a", "b"]
    assert _answers(tmp_path, "b", "c") == ["c"]
    assert _answers(tmp_path, "a", "b", "c") == []
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        assert database.execute("SELECT COUNT(*) FROM work").fetchone() == (1,)


def test_answers_that_depend_on_something_else_are_others(tmp_path: Path) -> None:
    assert _answers(tmp_path, "a") == ["a"]
    assert _answers(tmp_path, "a", of="another pattern") == ["a"]


def test_an_answer_of_nothing_is_one(tmp_path: Path) -> None:
    for _ in range(2):
        with shelf_in(tmp_path):
            assert answered("test", "", "a", lambda: None) is None
    with shelf_in(tmp_path):
        assert answered("test", "", "a", lambda: "made anew") is None


def test_without_a_shelf_answers_are_made_anew() -> None:
    assert _answers(None, "a", "a") == ["a", "a"]


def test_answers_are_bounded_but_a_run_keeps_all_that_it_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_ANSWERS", 3)
    _answers(tmp_path, "a", "b", "c")
    assert _answers(tmp_path, "c", "d") == ["d"]
    assert _answers(tmp_path, "b", "c", "d") == []  # the one asked for last of what was there before
    assert _answers(tmp_path, "a", "v", "w", "x", "y") == ["a", "v", "w", "x", "y"]
    assert _answers(tmp_path, "a", "v", "w", "x", "y") == []
    assert _answers(tmp_path, "b") == ["b"]


def test_damaged_answers_are_made_anew(tmp_path: Path) -> None:
    _answers(tmp_path, "a")
    with closing(sqlite3.connect(tmp_path / FILE)) as database, database:
        database.execute("UPDATE work SET value = ?", (b'{"a": ["b"]}',))
    assert _answers(tmp_path, "a") == ["a"]
