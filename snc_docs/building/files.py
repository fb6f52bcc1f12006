"""What the functions behind the commands give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from snc_docs.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Built:
    """Files as bytes by their paths below the output folder (``fr/agreement.docx``), and the warnings met on the way."""

    files: dict[Path, bytes]
    findings: tuple[Diagnostic, ...]
