"""Small tools for tests: a minimal agreement's files, trees from Markdown, parts of Word files, golden files."""

from __future__ import annotations

import difflib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner, Result
from lxml import etree

from snc_docs import Agreement, assemble, record_of, write
from snc_docs.cli import main
from snc_docs.diff.limits import office_limits
from snc_docs.document.marks import line_mark
from snc_docs.document.nodes import Document, Inline, Paragraph, Redline, Section, SideBySide, Table, Text
from snc_docs.document.numbering import Labels, heading_number, number, resolve
from snc_docs.document.paragraphs import counted_blocks
from snc_docs.document.walk import plain_text, walk
from snc_docs.language import Language
from snc_docs.model.source import Source
from snc_docs.readers.markdown.clause import read_clause

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 23)
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What stands before the words of a paragraph without a style of its own, and of the heading of a part.
_LABEL = re.compile(r"(?:(?<=Standard: )|(?<=Heading [2-9]: ))[^ ]*")
_NO_BRACES = str.maketrans("", "", "{}")
ENGLISH = Labels("Article", "Appendix", "section")


def run_command(*arguments: str | Path, language: str = "en") -> Result:
    """Run ``make-agreement`` with a locale of ``language`` and return what it printed and its exit code."""
    return CliRunner().invoke(main, [str(each) for each in arguments], env={"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{language}_XX.UTF-8"})


# No second compilation for speed, and a first generation of 256 MiB: nothing is collected before it ends.
_SHORT_LIVED = {"DOTNET_TieredPGO": "0", "DOTNET_gcConcurrent": "0", "DOTNET_GCgen0size": "0x10000000"}


def sdk_errors(validator: Path, path: Path) -> list[dict[str, Any]]:
    """Return what the Open XML SDK finds wrong with a file.

    Its program is called without the Node script before it, and .NET told that it won't run long and needn't tidy up: a third of the time.
    """
    programs = sorted(validator.resolve().parents[3].glob("ooxml-validator-*/ooxml-validator*"))
    is_alone = len(programs) == 1
    command = [str(programs[0]), str(path), "Microsoft365"] if is_alone else [str(validator), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env={**os.environ, **_SHORT_LIVED})
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] or is_alone else 1), done.stderr
    assert report["ok"] is not bool(report["errors"])
    return [*report["errors"]]


def starter_data() -> dict[str, Any]:
    """Return the baseline of ``make-agreement init`` as plain data, to be changed and written again."""
    text = (ROOT / "snc_docs" / "cli" / "starter" / "baseline.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def client_data() -> dict[str, Any]:
    """Return a client file as plain data."""
    text = (EXAMPLES / "outscale" / "client.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return {**data, "baseline": "baseline.yaml"}


def write_pair(folder: Path, baseline: dict[str, Any] | None = None, client: dict[str, Any] | None = None) -> Path:
    """Write a baseline and a client file as JSON, which is YAML too, and return the client file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "baseline.yaml").write_text(json.dumps(baseline or starter_data(), indent=1, ensure_ascii=False), encoding="utf-8")
    path = folder / "client.yaml"
    path.write_text(json.dumps(client or client_data(), indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def changed(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy of data with the value at a dotted path replaced; ``None`` as a value removes it, ``*`` as the path has several in a dict."""
    result = deepcopy(data)
    if path == "*":
        for each, inner in value.items():
            result = changed(result, each, inner)
        return result
    *steps, last = path.split(".")
    target: Any = result
    for step in steps:
        target = target[int(step) if step.isdigit() else step]
    if value is None:
        del target[int(last) if last.isdigit() else last]
    elif isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    return result


def read(markdown: str, identifier: str = "test", language: str = "en") -> Section:
    """Return the section of a clause given as Markdown."""
    marked = "\n".join(f"{line_mark(line)}{text}" for line, text in enumerate(markdown.split("\n"), 1))
    return read_clause(marked, identifier, "clause", "test.md.j2", language)


def document_of(*sections: Section, language: str = "en") -> Document:
    """Return a numbered document with its references resolved."""
    return resolve(number(Document(language, sections), ENGLISH))[0]


def section(identifier: str, *blocks: Any, role: Any = "clause", title: str = "") -> Section:
    """Return a section with a plain title."""
    return Section(identifier, role, (Text(title or identifier),), blocks)


def words(*texts: str) -> tuple[Inline, ...]:
    """Return texts as inlines."""
    return tuple(Text(text) for text in texts)


def all_text(node: Any) -> str:
    """Return the words of everything below a node, a line for each piece."""
    pieces = []
    for each in walk(node):
        for name in ("children", "title", "label", "heading"):
            inlines = getattr(each, name, None)
            if isinstance(inlines, tuple) and not hasattr(each, "href"):
                pieces.append(plain_text(inlines))
        if hasattr(each, "forms"):
            pieces.append(each.forms[0])
    return "\n".join(pieces)


def story(folder: Path) -> tuple[Path, Path]:
    """Write an agreement and its next version, and return both client files.

    One network operator replaced, two contacts changed, the notice period changed, one optional clause switched on, the
    certificate renewed.
    """
    shutil.copytree(EXAMPLES / "outscale", folder, dirs_exist_ok=True)
    baseline = (folder / "baseline.yaml").read_text(encoding="utf-8")
    for old, new in (
        ('version: "2026-07"', 'version: "2027-01"'),
        ("{name: COGENT, ", "{name: ARELION, "),
        ("change: {days: 30}", "change: {days: 45}"),
        ("SPECIMEN-2026-01", "SPECIMEN-2027-01"),
        ('"2026-01-15"', '"2027-01-15"'),
        ('"2029-01-14"', '"2030-01-14"'),
        ("file: certificate-specimen.pdf", "file: certificate-2027.pdf"),
    ):
        assert baseline.count(old) == 1, old
        baseline = baseline.replace(old, new)
    baseline += "  operations_notice: {days: 10}\n"  # its last part is "commitments:"
    (folder / "baseline-2027.yaml").write_text(baseline, encoding="utf-8")
    certificate = folder / "certificate-specimen.pdf"
    (folder / "certificate-2027.pdf").write_bytes(certificate.read_bytes() + b"\n% renewed\n")
    client = (folder / "client.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("baseline: baseline.yaml", "baseline: baseline-2027.yaml"),
        ('version: "1.0"', 'version: "2.0"'),
        ('"2026-09-01"', '"2027-03-01"'),
        ("Karim Lefèvre", "Nadia Benali"),
        ("Astreinte sécurité", "Cellule de sécurité"),
    ):
        assert client.count(old) == 1, old
        client = client.replace(old, new)
    (folder / "client-2027.yaml").write_text(client, encoding="utf-8")
    return folder / "client.yaml", folder / "client-2027.yaml"


def run_in_office(script: str, office: str, profile: Path, jobs: Any) -> Any:
    """Return what one of our scripts for LibreOffice's own Python answers to ``jobs``."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    done = subprocess.run(
        ["/usr/bin/python3", str(ROOT / "tests" / script), office, str(profile)],  # python3-uno is a package of the system's Python
        input=json.dumps(jobs).encode(),
        capture_output=True,
        timeout=300,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def given_back(found: list[str], wanted: list[str], merged: Redline) -> bool:
    """Return whether LibreOffice made a version of a redline.

    A control in a row that came or went is words there (``redline.row``), and numbers of paragraphs, and of parts behind them, aren't right where that is said (``redline.number``).
    """
    said = {finding.rule for finding in office_limits(merged)}
    if "redline.row" in said:
        found, wanted = ([line.translate(_NO_BRACES) for line in each] for each in (found, wanted))
    if "redline.number" in said:
        found, wanted = ([_LABEL.sub("", line) for line in each] for each in (found, wanted))
    return found == wanted


def numbered(document: Document) -> list[tuple[str, str]]:
    """Return the number and the words of each heading and paragraph of a tree that has a number, in reading order."""
    return [found for section in document.sections for found in _numbered(section)]


def _numbered(section: Section) -> Iterator[tuple[str, str]]:
    if section.number:
        yield heading_number(section), plain_text(section.title)
    for added, block in counted_blocks(section):
        if isinstance(block, Section):
            yield from _numbered(block)
        elif added:
            paragraph = block.left[0] if isinstance(block, SideBySide) else block
            assert isinstance(paragraph, Paragraph)
            yield f"{section.number}{added}", plain_text(paragraph.children)


def parts(content: bytes) -> dict[str, bytes]:
    """Return the files of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_folder(folder: Path) -> Source:
    """Return data that names files of a folder."""
    return Source("client.yaml", folder, {}, None)


def zipped(files: dict[str, bytes]) -> bytes:
    """Return the Word file that parts make."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def issued_parts(agreement: Agreement) -> dict[str, bytes]:
    """Return the parts of an agreement's English Word file with its record."""
    document = assemble(agreement, "en")
    return parts(write(document, "docx", record=record_of(agreement, document)))


def xml(content: bytes, name: str = "word/document.xml") -> etree._Element:
    """Return the root of one part of a Word file."""
    return etree.fromstring(parts(content)[name])


def paragraph_texts(root: etree._Element) -> list[str]:
    """Return the shown words of each paragraph, breaks and tabs as such."""
    return [_shown(paragraph) for paragraph in root.iter(f"{W}p")]


def _shown(paragraph: etree._Element) -> str:
    marks = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    shown = [node for node in paragraph.iter(*marks) if node not in list(paragraph.iterfind(f".//{W}tabs/{W}tab"))]
    return "".join((node.text or "") if marks[str(node.tag)] is None else str(marks[str(node.tag)]) for node in shown)


def assert_golden(request: pytest.FixtureRequest, name: str, text: str) -> None:
    """Compare text with a golden file and show the lines that differ; ``--refresh-golden`` writes it anew."""
    path = GOLDEN / name
    if request.config.getoption("--refresh-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    difference = list(difflib.unified_diff(expected.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="", n=1))
    assert not difference, "\n".join(difference[:60])


def pretty(content: bytes) -> str:
    """Return XML indented, for golden files."""
    root = etree.fromstring(content)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def plain_cells(table: Table) -> list[list[str]]:
    """Return the words of each cell of a table, row by row."""
    return [[plain_text(cell.children) for cell in row.cells] for row in table.rows]


def updated(agreement: Agreement, **parts: Any) -> Agreement:
    """Return an agreement with other parts."""
    return agreement.model_copy(update=parts)
