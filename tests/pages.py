"""Follow a page of the documentation: write and change its files, run its commands, and hold what it shows against what they say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from click.testing import CliRunner

from snc_docs.cli import main
from tests.tools import ROOT

# What the words before a block have done with its file, in English and in French.
_DONE: Final = {
    "In": "write",
    "Dans": "write",
    "At the top of": "prepend",
    "En tête de": "prepend",
    "At the end of": "append",
    "À la fin de": "append",
    "Change in": "change",
    "Changer dans": "change",
}
_STEP: Final = re.compile(
    rf"^(?:[^\n]*?(?P<done>{'|'.join(sorted(_DONE, key=len, reverse=True))}) `(?P<file>[^`]+)`[^\n]*?:\n\n)?```(?P<kind>\w*)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


class Step(NamedTuple):
    """What a page has the reader do: ``write``, ``prepend``, ``append`` or ``change`` a file, ``run`` commands; or what it says is ``shown``."""

    what: str
    file: str
    body: str


class Ended(NamedTuple):
    """A command that was run, its exit code, and what it said."""

    command: str
    code: int
    said: str


def page(name: str, language: str) -> str:
    """Return a page of the documentation in a language."""
    return (ROOT / "docs" / ("fr" if language == "fr" else "") / name).read_text(encoding="utf-8")


def steps(text: str) -> Iterator[Step]:
    """Yield the steps of a page; a change without words before it is of the file that was changed last."""
    changing = ""
    for step in _STEP.finditer(text):
        if step["file"]:
            changing = step["file"]
            yield Step(_DONE[step["done"]], step["file"], step["body"])
        elif step["kind"] == "diff":
            yield Step("change", changing, step["body"])
        else:
            yield Step("run" if step["kind"] == "sh" else "shown", "", step["body"])


def followed(text: str, folder: Path, language: str) -> Iterator[Ended]:
    """Follow a page in the current folder; yield each command once it has run."""
    said = ""
    for step in steps(text):
        if step.what == "run":
            for command in step.body.splitlines():
                result = CliRunner().invoke(main, [*shlex.split(command, comments=True)[1:], "--ui-lang", language])
                said += result.output
                yield Ended(command, result.exit_code, result.output)
        elif step.what == "shown":
            assert step.body in said, step.body
        else:
            _put(folder / step.file, step)


def _put(path: Path, step: Step) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = "" if step.what == "write" else path.read_text(encoding="utf-8")
    path.write_text(
        {"write": step.body, "prepend": step.body + before, "append": before + step.body}.get(step.what) or _changed(before, step.body),
        encoding="utf-8",
    )


def _changed(text: str, change: str) -> str:
    """Return a text with the lines of a change taken out and put in; those to take out are there once, but for a comment behind them."""
    old, new = ([line[1:] for line in change.splitlines() if line.startswith(sign)] for sign in "-+")
    pattern = r"\n".join(rf"{re.escape(line)}(?: +#[^\n]*)?" for line in old)
    changed, count = re.subn(rf"^{pattern}$", lambda _: "\n".join(new), text, flags=re.MULTILINE)
    assert count == 1, (count, change)
    return changed
