"""LibreOffice is found where it is said to be, on the search path, and where installers put it."""

from __future__ import annotations

from pathlib import Path

import pytest

from snc_docs.writers.office import office_program


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a folder that stands for a system on whose search path there is no office."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SNC_OFFICE", raising=False)
    monkeypatch.setattr(
        "snc_docs.writers.office._PLACES", ("{ProgramFiles}/LibreOffice/program/soffice.exe", f"{tmp_path}/opt/libreoffice*/program/soffice")
    )
    return tmp_path


def test_none_is_found_where_there_is_none(nowhere: Path) -> None:
    assert nowhere.is_dir()
    assert office_program() is None


def test_one_of_those_that_installers_put_somewhere_is_found(nowhere: Path) -> None:
    _program(nowhere / "opt" / "libreoffice7.6" / "program" / "soffice")
    other = _program(nowhere / "opt" / "libreoffice25.8" / "program" / "soffice")
    assert office_program() in (str(other), str(nowhere / "opt" / "libreoffice7.6" / "program" / "soffice"))


def test_programs_of_windows_are_looked_for_where_windows_says(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ProgramFiles", str(nowhere / "Program Files"))
    program = _program(nowhere / "Program Files" / "LibreOffice" / "program" / "soffice.exe")
    assert office_program() == str(program)


def test_the_one_that_is_named_is_taken_and_no_other(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(nowhere / "opt" / "libreoffice7.6" / "program" / "soffice")
    named = _program(nowhere / "mine" / "soffice")
    monkeypatch.setenv("SNC_OFFICE", str(named))
    assert office_program() == str(named)
    monkeypatch.setenv("SNC_OFFICE", str(nowhere / "absent"))
    assert office_program() is None
