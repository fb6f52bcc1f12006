"""Errors of the library go where programs take them: through pickle, between processes, into logs."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages

import pytest

import snc_docs
from snc_docs import Diagnostic, FindingsError, Severity, load_agreement
from snc_docs.errors import SncDocsError, Wording
from tests.tools import changed, client_data, write_pair


def _kinds(kind: type[SncDocsError]) -> Iterator[type[SncDocsError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds(each)


for module in walk_packages(snc_docs.__path__, "snc_docs."):
    if not module.name.endswith("drawing"):
        import_module(module.name)
_FINDING = Diagnostic("a.b", Severity.ERROR, Wording("fr", "en"), Wording("x", "y"), "file", 3, "path", "clause")


@pytest.mark.parametrize("kind", sorted(set(_kinds(SncDocsError)), key=str))
def test_every_error_survives_pickling_and_copying(kind: type[SncDocsError]) -> None:
    error = kind.__new__(kind)
    SncDocsError.__init__(error, Wording("en français", "in English"))
    if issubclass(kind, FindingsError):
        error = kind([_FINDING])
    error.add_note("a note")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301  # our own
        assert type(again) is kind
        assert (str(again), again.wording, again.exit_code, vars(again)) == (str(error), error.wording, error.exit_code, vars(error))


def test_the_findings_of_a_process_arrive_whole(tmp_path: Path) -> None:
    path = write_pair(tmp_path, client=changed(client_data(), "client.siren", "12"))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool, pytest.raises(FindingsError) as error:
        pool.submit(load_agreement, path).result()
    assert [each.rule for each in error.value.diagnostics] == ["data.siren-invalid"]
    assert error.value.diagnostics[0].hint.fr.startswith("il a 2 chiffre(s), et en faut neuf")
