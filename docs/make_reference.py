"""Write docs/reference.md: every public name with its signature and what its docstring says, in groups. ``make reference`` runs it; a test compares."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any, Final

from pydantic import BaseModel

import snc_docs

_FILE: Final = Path(__file__).parent / "reference.md"
# What each group is for, and its names.
_GROUPS: Final = {
    "From data to files, as the commands do it": "build check certificate compliance_of differences amend",
    "Reading data": "load_agreement load_baseline load json_schema",
    "From an agreement to a document, and to bytes": (
        "assemble inspect blanks part_of parts_of side_by_side deletion_certificate write read_reference letterhead encode decode"
    ),
    "Two versions": "version_of compare apply reverse redline accept reject report_page report_markdown record_of issued_version issued_document",
    "Compliance": "assess compliance_report with_compliance_matrix",
    "Values": (
        "Agreement Baseline ClientFile AccountDeletion Loaded LoadedBaseline Document Redline Assembly Version Changes "
        "Blank Built Checked Compared Compliance Verdict ReferenceDocument Wording Diagnostic Severity"
    ),
    "Errors": "SncDocsError FindingsError AmendmentRefusedError FileTroubleError UnknownChoiceError OfficeMissingError OfficeFailedError UnusableReferenceError NotIssuedError ForeignChangeError NotATreeError UnlikeError UnpairedError",
}
# What stands for more in signatures, and where it comes from; Language and Format are public names too.
_WORDS: Final = {
    "Language": "language",
    "Format": "writers",
    "Given": "model.given",
    "Files": "model.given",
    "Layers": "templating.folders",
    "SchemaOf": "model.schema",
    "Declared": "model.facts",
    "Assessment": "compliance.assessment",
    "AskedBy": "amendment.facts",
}
_HEAD: Final = """# Reference

Every public name of `snc_docs`, made of the docstrings by `make reference`. What to do with them: [library](library.md).
"""


def reference() -> str:
    """Return the page; AssertionError where a public name is in no group."""
    grouped = [*(name for names in _GROUPS.values() for name in names.split()), "Language", "Format"]
    assert sorted([*grouped, "__version__"]) == sorted(snc_docs.__all__), set(snc_docs.__all__) ^ set(grouped)  # noqa: S101  # its own list
    return "\n".join([_HEAD, *(line for title, names in _GROUPS.items() for line in _group(title, names)), *_words()])


def _words() -> Iterator[str]:
    """Yield a row for each word that stands for more in signatures, as its module defines it."""
    yield "## Words in signatures\n\n| word | what it stands for | from |\n|---|---|---|"
    for name, module in _WORDS.items():
        source = inspect.getsource(import_module(f"snc_docs.{module}"))
        (definition,) = re.findall(rf"^{name} = (.*)$", source, flags=re.MULTILINE)
        shown = definition.replace("|", "\\|")
        yield f"| `{name}` | `{shown}` | `snc_docs.{module}` |"
    yield ""


def _group(title: str, names: str) -> Iterator[str]:
    yield f"## {title}\n"
    for name in names.split():
        yield from _entry(name, getattr(snc_docs, name))


def _entry(name: str, value: Any) -> Iterator[str]:
    yield f"### {name}\n"
    if isinstance(value, type):
        yield f"{_text(value)}\n"
        members = list(_members(value))
        yield from members
        if members:
            yield ""
    else:
        yield f"```python\n{name}{_signature(value)}\n```\n\n{_text(value)}\n"


def _signature(function: Any) -> str:
    """Return a signature, a parameter a line where there are several."""
    parameters = list(inspect.signature(function).parameters.values())
    keywords = [each for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY]
    others = [each for each in parameters if each not in keywords]
    shown = [*map(_plain, others), *(["*"] if keywords else []), *map(_plain, keywords)]
    returned = str(inspect.signature(function).return_annotation).strip("'\"")
    inside = f"\n    {f',{chr(10)}    '.join(shown)},\n" if len(shown) > 2 else ", ".join(shown)  # noqa: PLR2004  # two fit on a line
    return f"({inside}) -> {returned}"


def _plain(parameter: inspect.Parameter) -> str:
    return re.sub(r": '([^']*)'", r": \1", str(parameter)).replace('"', "'") if "Literal" not in str(parameter) else str(parameter).replace('"', "")


def _text(value: Any) -> str:
    """Return a docstring as Markdown: its paragraphs, literals in single back-quotes."""
    return (inspect.getdoc(value) or "").replace("``", "`")


def _members(kind: type) -> Iterator[str]:
    """Yield a line for each field, choice, and public method or property of a class."""
    if issubclass(kind, Enum):
        yield from (f"- `{each.name}` = `{each.value}`" for each in kind)
        return
    if issubclass(kind, BaseModel):
        yield from (f"- `{name}` ({_shown_type(kind, name)}): {about.title}" for name, about in kind.model_fields.items() if about.title)
        return
    own = {name: each for base in reversed(kind.__mro__) if base.__module__.startswith("snc_docs") for name, each in vars(base).items()}
    fields = [] if issubclass(kind, Exception) else [name for name in inspect.signature(kind).parameters if not name.startswith("_")]
    yield from (f"- `{name}`: `{_shown_type(kind, name)}`" for name in fields)
    for name, each in sorted(own.items()):
        if not name.startswith("_") and isinstance(each, FunctionType | property | classmethod):
            yield f"- `{name}{_of_method(each)}`: {_text(each).partition(chr(10))[0]}"


def _shown_type(kind: type, name: str) -> str:
    """Return the type of a field as its class writes it."""
    return next((written[name] for base in kind.__mro__ if base.__module__.startswith("snc_docs") and name in (written := _written(base))), "object")


@cache
def _written(kind: type) -> dict[str, str]:
    """Return the annotations of a class as its file has them."""
    (body,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind))).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101  # a class has one statement as its source
    return {
        each.target.id: ast.unparse(each.annotation) for each in body.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }


def _of_method(each: Any) -> str:
    """Return the parameters of a method and what it returns; of a property what it is."""
    function = each.fget if isinstance(each, property) else each.__func__ if isinstance(each, classmethod) else each
    returned = str(inspect.signature(function).return_annotation).strip("'\"")
    if isinstance(each, property):
        return f": {returned}"
    shown = [_plain(parameter) for name, parameter in inspect.signature(function).parameters.items() if name not in ("self", "cls")]
    return f"({', '.join(shown)}) -> {returned}"


if __name__ == "__main__":
    _FILE.write_text(reference(), encoding="utf-8")
