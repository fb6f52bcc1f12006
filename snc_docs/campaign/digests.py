"""What the files of a campaign depend on, as digests: by them a run that is resumed keeps what would be the same again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from snc_docs.campaign.rows import Record
from snc_docs.diagnostics import FindingsError
from snc_docs.errors import FileTroubleError
from snc_docs.model.agreement import Agreement
from snc_docs.model.attachments import files_of
from snc_docs.model.loading import LoadedBaseline
from snc_docs.model.source import read_kept_source
from snc_docs.templating.folders import folder_digest, layered


def baseline_digest(agreement: Agreement, templates: Sequence[Path], baseline: LoadedBaseline | None) -> str:
    """Return the digest of what all clients share: the baseline's data, the files that it names, and the clauses of the layers."""
    digest = hashlib.sha256()
    if baseline is not None:
        digest.update(repr(baseline.source.data).encode())
    for each in files_of(agreement):
        digest.update(f"{each.name}\0{len(each.content)}\0".encode() + hashlib.sha256(each.content).digest())
    for folder in layered(agreement, templates).own():
        digest.update(folder_digest(folder).encode())
    return digest.hexdigest()


def job_digest(record: Record, common: str) -> str:
    """Return the digest of all that the files of a row depend on; ``common`` is that of what all rows share."""
    digest = hashlib.sha256(f"{common}\0".encode())
    if isinstance(record.given, Path):
        digest.update(record.given.read_bytes() if record.given.is_file() else b"")
        digest.update(_named_digest(record.given))
    else:
        digest.update(json.dumps(record.given, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _named_digest(client: Path) -> bytes:
    """Return the digest of what a client file names: its baseline, and its layers."""
    try:
        data = read_kept_source(client).data
    except (FindingsError, FileTroubleError):
        return b""
    digest = hashlib.sha256()
    named = [data.get("baseline"), *(data["templates"] if isinstance(data.get("templates"), list) else [data.get("templates")])]
    for each in (client.parent / name for name in named if isinstance(name, str)):
        if each.is_dir():
            digest.update(folder_digest(each).encode())
        elif each.is_file():
            digest.update(each.read_bytes() + folder_digest(each.parent).encode())
    return digest.digest()
