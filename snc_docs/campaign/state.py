"""The state of a run, beside its output: a line of JSON a row that was made, added as soon as all its files are there.

What is cut short by a killed run is the last line at most; it is passed over, and its row made again, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from snc_docs.campaign.storage import CANT, REMEDY, Store
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import trouble_said
from snc_docs.reporting.campaign import Outcome, as_data

FILE: Final = "campaign.jsonl"


@dataclass(frozen=True, slots=True)
class State:
    """The file of a run's state."""

    path: Path

    def is_begun(self) -> bool:
        """Return whether a run has written it."""
        return self.path.is_file()

    def made(self) -> dict[str, Outcome]:
        """Return the rows that are made, by their keys, the last word on each; FileTroubleError for a file that can't be read."""
        with trouble_said(self.path, Wording("lecture impossible", "can't be read"), REMEDY):
            lines = self.path.read_bytes().split(b"\n") if self.path.is_file() else []
        found: dict[str, Outcome] = {}
        for line in lines:
            outcome = _restored(line)
            if outcome is not None:
                found[outcome.key] = outcome
        return {key: each for key, each in found.items() if each.is_made}

    @contextmanager
    def writing(self) -> Iterator[_Writer]:
        """Give what adds lines; FileTroubleError where they can't be written."""
        with trouble_said(self.path, CANT, REMEDY):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("ab")
        with file:
            if file.tell():
                file.write(b"\n")  # behind a line that was cut short
            yield _Writer(self.path, file)


@dataclass(frozen=True, slots=True)
class _Writer:
    path: Path
    file: Any

    def add(self, outcome: Outcome) -> None:
        """Add a row, at once."""
        with trouble_said(self.path, CANT, REMEDY):
            self.file.write(json.dumps(as_data(outcome), ensure_ascii=False).encode() + b"\n")
            self.file.flush()


def _restored(line: bytes) -> Outcome | None:
    """Return the row of a line; None for a line that was cut short, or isn't one."""
    try:
        data = json.loads(line)
        findings = tuple(_finding(each) for each in data["findings"])
        return Outcome(data["key"], data["client"], data["file"], data["line"], data["digest"], tuple(data["files"].items()), findings, kept=True)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _finding(data: dict[str, Any]) -> Diagnostic:
    plain = {name: data[name] for name in ("rule", "file", "line", "path", "pointer", "source", "clause")}
    return Diagnostic(severity=Severity(data["severity"]), message=Wording(**data["message"]), hint=Wording(**data["hint"]), **plain)


def is_whole(outcome: Outcome, store: Store) -> bool:
    """Return whether all files of a row lie where they were written, with the same bytes."""
    for name, digest in outcome.files:
        content = store.get(PurePosixPath(outcome.key, name))
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return False
    return True


def refuse_second(state: State) -> None:
    """Raise FileTroubleError where another run has been in the same place, which ``resume`` goes on with."""
    if state.is_begun():
        raise FileTroubleError(
            Wording(
                f"{state.path} : une campagne a déjà écrit ici ; --resume la continue, ou choisir un autre dossier avec -o.",
                f"{state.path}: a campaign has written here; --resume goes on with it, or choose another folder with -o.",
            )
        )
