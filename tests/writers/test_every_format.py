"""Whoever adds a format is asked for all that has to know of it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Final, get_args

import pytest
from lxml import html

import snc_docs
from snc_docs import Format, assemble, build, load_agreement, redline, write
from snc_docs.cli.files import SUFFIXES
from snc_docs.document.nodes import Document, Text, Value
from snc_docs.document.walk import walk
from snc_docs.writers import FORMATS, file_name
from tests.tools import EXAMPLES, LANGUAGES, ROOT, TODAY, run_command, xml

# The text of a file; what LibreOffice prints of a Word file has tests of its own (tests/writers/test_pdf.py).
_TEXT_OF: Final[dict[str, Callable[[bytes], str]]] = {
    "docx": lambda content: " ".join(each.text or "" for each in xml(content).iter("{*}t", "{*}delText")),
    "html": lambda content: " ".join(html.fromstring(content).itertext()),
}
_BY_OTHERS: Final = {"pdf"}


def test_the_type_names_the_formats_that_there_are() -> None:
    assert get_args(Format) == tuple(FORMATS)


def test_a_file_is_asked_for_by_the_ending_that_it_has() -> None:
    for form in FORMATS:
        assert f".{FORMATS[form].suffix}" in SUFFIXES
        assert file_name("a", form) == f"a.{FORMATS[form].suffix}"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _words_of(document: Document) -> Counter[str]:
    return _words(" ".join(node.text for node in walk(document) if isinstance(node, (Text, Value))))


@pytest.mark.parametrize("form", sorted({*FORMATS} - _BY_OTHERS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_document_and_of_both_versions_is_in_the_file(form: Format, language: snc_docs.Language) -> None:
    old, new = (assemble(load_agreement(EXAMPLES / f"{name}.yaml", today=TODAY), language) for name in ("outscale/client", "complete/client"))
    assert not _words_of(new) - _words(_TEXT_OF[form](write(new, form)))
    both = redline(old, new)
    found = _words(_TEXT_OF[form](write(both, form)))
    assert not (_words_of(new) | _words_of(old)) - found


@pytest.mark.parametrize("form", FORMATS)
def test_the_guides_the_help_and_the_library_name_it(form: str) -> None:
    for page in ("README.md", "README.fr.md", "docs/library.md"):
        assert re.search(rf"`(?:[^`]*\W)?{form}\b", (ROOT / page).read_text(encoding="utf-8")), page
    for function in (write, build):
        assert f"``{form}``" in (function.__doc__ or "")
    assert form in run_command("build", "--help").output


def test_each_writer_is_kept_from_the_libraries_of_others() -> None:
    """The contracts on what Word's files and PDFs are made of name the writers one by one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    there = {path.stem for path in (ROOT / "snc_docs" / "writers").iterdir() if path.stem not in ("__init__", "__pycache__")}
    exempt = {"lxml": {"docx", "pdf", "pdf_metadata", "layout"}, "pikepdf": {"pdf", "pdf_metadata", "layout"}}
    for library, its_own in exempt.items():
        (contract,) = (
            each for each in contracts if library in each.get("forbidden_modules", ()) and "snc_docs.writers.html" in each["source_modules"]
        )
        kept = {name.removeprefix("snc_docs.writers.") for name in contract["source_modules"]}
        assert there - its_own - kept == set(), library
