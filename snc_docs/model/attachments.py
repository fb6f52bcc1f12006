"""Files that the data names: read whole, of a known type, and no larger than a cap."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from snc_docs.errors import Wording
from snc_docs.model.agreement import Attachment

MAX_BYTES: Final = 50 * 1024 * 1024
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# The type goes by what the file begins with, not by what its name ends with.
_SIGNATURES: Final = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"PK\x03\x04", DOCX))
_HINT: Final = Wording("donner un PDF, PNG, JPEG ou DOCX lisible, à côté du socle", "give a readable PDF, PNG, JPEG or DOCX, beside the baseline")


def read_attachment(folder: Path, name: str) -> Attachment | tuple[Wording, Wording]:
    """Return the file ``name`` of ``folder``, or the message and hint of why it can't be used."""
    try:
        with (folder / name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Wording(f"« {name} » ne peut pas être lu ({reason})", f"'{name}' can't be read ({reason})"), _HINT
    if len(content) > MAX_BYTES:
        return Wording(f"« {name} » dépasse {MAX_BYTES // 2**20} Mio", f"'{name}' is over {MAX_BYTES // 2**20} MiB"), _HINT
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return Attachment(name=name, media_type=media_type, content=content)
    return Wording(f"« {name} » n'est ni PDF, ni PNG, ni JPEG, ni DOCX", f"'{name}' isn't PDF, PNG, JPEG or DOCX"), _HINT
