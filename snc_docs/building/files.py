"""What the functions behind the commands give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snc_docs.diagnostics import Diagnostic
from snc_docs.document.nodes import Document
from snc_docs.language import Language


@dataclass(frozen=True, slots=True)
class Built:
    """Files as bytes by their paths below the output folder (``fr/agreement.docx``), and the warnings met on the way.

    ``documents`` are the agreement's trees by language, where one was built; ``whole`` are the paths of the files to send: those
    that hold all of it, or all of an amendment's package but what stays with the provider.
    """

    files: dict[Path, bytes]
    findings: tuple[Diagnostic, ...]
    documents: Mapping[Language, Document] = field(default_factory=dict)
    whole: tuple[Path, ...] = ()
