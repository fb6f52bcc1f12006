"""The wheel, installed alone in an empty environment, builds the example."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.tools import EXAMPLES, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_templates_starter_files_and_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in (
        "_templates/outline.yaml",
        "_templates/names.yaml",
        "_templates/fr/preamble.md.j2",
        "_templates/en/preamble.md.j2",
        "_examples/outscale/baseline.yaml",
        "compliance/catalogue.yaml",
        "cli/starter/client.yaml",
        "writers/docx/reference/styles.xml",
        "writers/html/page.css",
        "py.typed",
    ):
        assert f"snc_docs/{name}" in names
    assert not any(name.startswith("tests/") for name in names)


def test_the_wheel_alone_builds_the_example(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    command = tmp_path / "venv" / "bin" / "make-agreement"
    done = subprocess.run(
        [str(command), "build", str(EXAMPLES / "outscale" / "client.yaml"), "-o", str(tmp_path / "out")],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert len(done.stdout.split()) - 1 == len(list((tmp_path / "out").rglob("*.docx"))) == 10
    checked = subprocess.run([str(command), "check", "--templates"], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert checked.stdout.endswith("0 error(s), 0 warning(s)\n")
