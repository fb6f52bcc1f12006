"""Files written whole or not at all: beside their place first, then renamed into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from snc_docs.errors import FileTroubleError, Wording


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or none: all are written beside their places before the first is renamed.

    FileTroubleError names the file that can't be written; what was there before is then still there.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            try:
                waiting.append((_written_beside(path, content), path))
            except OSError as error:
                raise _trouble(path, error) from error
        for temporary, path in waiting:
            try:
                Path(temporary).replace(path)
            except OSError as error:
                raise _trouble(path, error) from error
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), 0o666 & ~_umask())
    return name


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _trouble(path: Path, error: OSError) -> FileTroubleError:
    reason = error.strerror or str(error)
    return FileTroubleError(
        Wording(
            f"{path} : écriture impossible ({reason}) ; vérifier le dossier et les droits.",
            f"{path}: can't be written ({reason}); check the folder and rights.",
        )
    )
