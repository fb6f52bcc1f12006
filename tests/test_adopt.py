"""docs/adopt.md, step by step: its files are written as it gives them, its commands run as it gives them, and what it shows is what they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from snc_docs.cli import main
from tests.tools import ROOT, paragraph_texts, xml

_PAGE = (ROOT / "docs" / "adopt.md").read_text(encoding="utf-8")
_STEP = re.compile(
    r"^(?:[^\n]*?(?P<where>In|At the top of) `(?P<file>[^`]+)`[^\n]*:\n\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)


def _steps() -> Iterator[tuple[str, str, str]]:
    """Yield what the page has the reader do: ``write`` or ``prepend`` with a file, ``run``, and ``shown`` for what comes on the terminal."""
    for step in _STEP.finditer(_PAGE):
        if step["file"]:
            yield ("write" if step["where"] == "In" else "prepend"), step["file"], step["body"]
        else:
            yield ("run" if step["kind"] == "sh" else "shown"), "", step["body"]


def _follow(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Follow the page in a folder; yield each command with its exit code and what it said, and hold what the page shows against it."""
    said = ""
    for what, file, body in _steps():
        if what == "run":
            for command in body.splitlines():
                result = CliRunner().invoke(main, [*shlex.split(command)[1:], "--ui-lang", "en"])
                said += result.output
                yield command, result.exit_code, result.output
        elif what == "shown":
            assert body in said
        else:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body + (path.read_text(encoding="utf-8") if what == "prepend" else ""), encoding="utf-8")


def test_the_page_is_followed_from_the_word_file_to_the_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = list(_follow(tmp_path))
    assert [(command, code) for command, code, _ in ended if code != 0] == []
    assert len(ended) == 14
    _, _, last_check = next(each for each in reversed(ended) if "--accept-names" in each[0])
    assert "error" not in last_check.replace("0 error", "")
    (layers,) = [said for command, _, said in ended if command.startswith("make-agreement layers") and "--accept" not in command]
    assert re.search(r"insurance +clause +2", layers)


def test_what_the_page_makes_says_what_its_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    list(_follow(tmp_path))
    for language, words in (
        ("en", ("for thirty-six (36) months after the end", "given as set out in Article 4.", "for one year after its end", "Insurance")),
        ("fr", ("dure trente-six (36) mois après la fin", "donné comme il est dit à l’Article 4.", "un an après son terme", "Assurance")),
    ):
        text = _words(tmp_path / "out" / language / "agreement.docx")
        assert [each for each in words if each not in text] == []
    assert "Quality" not in _words(tmp_path / "out" / "en" / "agreement.docx")


def _words(file: Path) -> str:
    return "\n".join(paragraph_texts(xml(file.read_bytes()))).replace("\N{NO-BREAK SPACE}", " ")


def test_every_file_and_command_of_the_page_is_a_step() -> None:
    steps = list(_steps())
    assert sum(what == "run" for what, _, _ in steps) == len(re.findall(r"^```sh$", _PAGE, flags=re.MULTILINE))
    assert {file for what, file, _ in steps if what == "prepend"} == {"agreements/baseline.yaml", "agreements/client.yaml"}
