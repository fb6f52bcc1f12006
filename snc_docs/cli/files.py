"""Files written whole or not at all: beside their place first, then renamed into it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from snc_docs.errors import FileTroubleError, Wording


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or none: all are written beside their places before the first is renamed.

    FileTroubleError names the file that can't be written; what was there before is then there again.
    """
    waiting: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path | None, Path]] = []
    try:
        for path, content in files.items():
            with _naming(path):
                waiting.append((_written_beside(path, content), path))
        for temporary, path in waiting:
            with _naming(path):
                replaced.append((_kept(path), path))
                temporary.replace(path)
    except FileTroubleError:
        _put_back(replaced)
        raise
    finally:
        for temporary in [temporary for temporary, _ in waiting] + [old for old, _ in replaced if old is not None]:
            temporary.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into an error that names it."""
    try:
        yield
    except OSError as error:
        raise _trouble(path, error) from error


def _kept(path: Path) -> Path | None:
    """Return a second name for what is at ``path``, None where nothing is; IsADirectoryError for a folder."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    if not path.exists():
        return None
    with tempfile.NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent, delete=False) as file:
        file.write(path.read_bytes())
    return Path(file.name)


def _put_back(replaced: list[tuple[Path | None, Path]]) -> None:
    for old, path in reversed(replaced):
        if old is None:
            path.unlink(missing_ok=True)
        else:
            old.replace(path)


def _written_beside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        os.fchmod(file.fileno(), 0o666 & ~_umask())
    return Path(name)


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
