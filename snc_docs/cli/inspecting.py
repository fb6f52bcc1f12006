"""What commands share: the styles that a user lends, and where in the data a finding is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from snc_docs.diagnostics import FindingsError
from snc_docs.inputs import read_file
from snc_docs.model.loading import Loaded

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument


@contextmanager
def locating(loaded: Loaded) -> Iterator[None]:
    """Give findings on data paths the file and line of their data."""
    try:
        yield
    except FindingsError as error:
        raise FindingsError(map(loaded.located, error.diagnostics)) from error


def reference_at(path: Path | None) -> ReferenceDocument | None:
    """Return what the user's own reference document lends, None without one."""
    if path is None:
        return None
    from snc_docs.writers.docx.reference import read_reference

    return read_reference(read_file(path), str(path))
