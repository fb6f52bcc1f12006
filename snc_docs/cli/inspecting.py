"""What commands share: the styles that a user lends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from snc_docs.inputs import read_file

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument


def reference_at(path: Path | None) -> ReferenceDocument | None:
    """Return what the user's own reference document lends, None without one."""
    if path is None:
        return None
    from snc_docs.writers.docx.reference import read_reference

    return read_reference(read_file(path), str(path))
