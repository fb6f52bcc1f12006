from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from pydantic import BaseModel

import snc_docs
from snc_docs import SncDocsError, Version, assemble, blanks, build, compare, load, load_agreement, part_of, report_markdown, version_of, write
from snc_docs.cli import SUMMARIES
from snc_docs.errors import UnknownChoiceError
from tests.tools import EXAMPLES, LANGUAGES, ROOT, TODAY, assert_golden

PUBLIC = [
    "AccountDeletion",
    "Agreement",
    "AmendmentRefusedError",
    "Assembly",
    "Baseline",
    "Blank",
    "Built",
    "Changes",
    "Checked",
    "ClientFile",
    "Compared",
    "Compliance",
    "Diagnostic",
    "Document",
    "FileTroubleError",
    "FindingsError",
    "ForeignChangeError",
    "Format",
    "Language",
    "Loaded",
    "LoadedBaseline",
    "NotATreeError",
    "NotIssuedError",
    "OfficeFailedError",
    "OfficeMissingError",
    "Redline",
    "ReferenceDocument",
    "Severity",
    "SncDocsError",
    "UnknownChoiceError",
    "UnlikeError",
    "UnpairedError",
    "UnusableReferenceError",
    "Verdict",
    "Version",
    "Wording",
    "__version__",
    "accept",
    "amend",
    "apply",
    "assemble",
    "assess",
    "blanks",
    "build",
    "certificate",
    "check",
    "compare",
    "compliance_of",
    "compliance_report",
    "decode",
    "deletion_certificate",
    "differences",
    "encode",
    "inspect",
    "issued_document",
    "issued_version",
    "json_schema",
    "letterhead",
    "load",
    "load_agreement",
    "load_baseline",
    "part_of",
    "parts_of",
    "read_reference",
    "record_of",
    "redline",
    "reject",
    "report_markdown",
    "report_page",
    "reverse",
    "side_by_side",
    "version_of",
    "with_compliance_matrix",
    "write",
]


def test_what_one_function_gives_another_takes_as_types_are_checked() -> None:
    """mypy reads this file strictly: languages are of one type, and so are documents by them."""
    loaded = load(EXAMPLES / "minimal" / "client.yaml", today=TODAY)
    built = build(loaded, today=TODAY)
    was, now = version_of(loaded.agreement, built.documents), Version(loaded.agreement, built.documents)
    changes = compare(was, now)
    assert {each.path for each in blanks(built.documents)} == {each.path for each in blanks(was.documents)}
    assert [report_markdown(changes, language) for language in changes.redlines] == [report_markdown(changes, language) for language in now.documents]


def test_the_public_names_are_these() -> None:
    assert sorted(snc_docs.__all__) == PUBLIC
    assert all(getattr(snc_docs, name).__doc__ for name in PUBLIC if name not in ("Format", "Language"))  # literals have none


def _surface(name: str) -> Iterator[str]:
    """Yield what a public name is: its parameters with their defaults, or the fields and methods of a class."""
    value = getattr(snc_docs, name)
    if not isinstance(value, type):
        yield f"{name}{signature(value)}" if callable(value) else f"{name}: {type(value).__name__}"
        return
    yield f"class {name}({', '.join(each.__name__ for each in value.__bases__)})"
    for field, parameter in signature(value).parameters.items() if not issubclass(value, (BaseModel, StrEnum, Exception)) else ():
        yield f"  {field}{'' if parameter.default is parameter.empty else ' = …'}"
    for field, about in value.model_fields.items() if issubclass(value, BaseModel) else ():
        yield f"  {field}{'' if about.is_required() else ' = …'}"
    for member in value.__members__.values() if issubclass(value, StrEnum) else ():
        yield f"  {member.name} = {member.value}"
    own = {attribute: each for base in value.__mro__ if base.__module__.startswith("snc_docs") for attribute, each in vars(base).items()}
    for attribute, each in sorted(own.items()):
        if not attribute.startswith(("_", "model_")) and isinstance(each, (FunctionType, property, classmethod)):
            yield f"  .{attribute}{'' if isinstance(each, property) else signature(getattr(value, attribute))}"


def test_the_public_surface_is_the_one_that_was_written_down(request: pytest.FixtureRequest) -> None:
    """What programs may rely on: a change here is one of the version too (docs/library.md)."""
    lines = (line for name in PUBLIC for line in _surface(name))
    assert_golden(request, "public.txt", "\n".join(lines) + "\n")


def test_three_calls_give_a_word_file() -> None:
    assert write(assemble(load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY), language="fr"), "docx").startswith(b"PK")


def test_choices_that_do_not_exist_say_which_do() -> None:
    agreement = load_agreement(EXAMPLES / "outscale" / "client.yaml", today=TODAY)
    document = assemble(agreement, "en")
    german: Any = "de"
    odt: Any = "odt"
    for call in (lambda: assemble(agreement, german), lambda: write(document, odt), lambda: part_of(document, "appendix-z")):
        with pytest.raises(UnknownChoiceError, match="take one of"):
            call()


def _errors(kind: type[SncDocsError]) -> set[type[SncDocsError]]:
    return {kind}.union(*(_errors(each) for each in kind.__subclasses__()))


def test_every_error_has_a_documented_exit_code() -> None:
    assert {error.exit_code for error in _errors(SncDocsError)} == {2, 3}


def test_the_package_is_typed() -> None:
    assert (Path(snc_docs.__file__).parent / "py.typed").is_file()


def test_the_same_templates_stand_in_both_languages() -> None:
    names = [sorted(path.name for path in (ROOT / "templates" / language).iterdir()) for language in LANGUAGES]
    assert names[0] == names[1]


def test_files_and_functions_stay_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "snc_docs").rglob("*.py")}
    # A tree, or a table of kinds, reads better whole.
    most = {"nodes.py": 600, "blocks.py": 600}
    assert {path.name: length for path, length in lengths.items() if length > most.get(path.name, 400)} == {}
    functions = [
        (node.name, (node.end_lineno or 0) - node.lineno + 1)
        for path in lengths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert [(name, length) for name, length in functions if length > 40] == []
    assert statistics.median(length for _, length in functions) < 10


def test_every_dependency_is_used_and_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = {
        "python-calamine": "python_calamine",
        "python-docx": "docx",
        "pyyaml": "yaml",
        "pillow": "PIL",
        "python-stdnum": "stdnum",
        "markdown-it-py": "markdown_it",
        "email-validator": "email_validator",
    }
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "snc_docs").rglob("*.py"))
    for requirement in tomllib.loads(text)["project"]["dependencies"]:
        name = re.split(r"[<>=]", requirement)[0]
        assert re.search(rf"(?:import|from) {names.get(name, name)}\b", code), name
        assert re.search(rf'"{re.escape(requirement)}",\s+# \w', text), name


@pytest.mark.parametrize("command", ["", *SUMMARIES])
def test_help_does_not_import_the_library(command: str) -> None:
    heavy = ("babel", "docx", "jinja2", "lxml", "markdown_it", "pydantic", "rich", "yaml", "snc_docs.document.nodes")
    arguments = [*filter(None, [command]), "--help"]
    code = f"import sys; from snc_docs.cli import main; main({arguments}, standalone_mode=False); print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_dir_lists_the_public_names_and_no_other() -> None:
    assert sorted(PUBLIC) == [name for name in dir(snc_docs) if name in PUBLIC]
    assert dir(snc_docs) == sorted(snc_docs.__all__)


def test_the_command_runs_as_a_module_too() -> None:
    done = subprocess.run([sys.executable, "-m", "snc_docs", "--version"], capture_output=True, text=True, timeout=60, check=True)
    assert snc_docs.__version__ in done.stdout
