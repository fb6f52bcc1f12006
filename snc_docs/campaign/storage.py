"""Where the files of a campaign go: a folder here, or any place that fsspec knows (``s3://bucket/path``). A file is there whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from snc_docs.errors import FileTroubleError, UnknownChoiceError, Wording
from snc_docs.inputs import trouble_said

# A folder of its own for what isn't there for good: files half written, and what workers are handed.
WAITING: Final = ".snc_docs-waiting"
CANT: Final = Wording("écriture impossible", "can't be written")
REMEDY: Final = Wording("vérifier le dossier, la place et les droits", "check the folder, the space and the rights")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or of one that all workers see. Files are written beside their places, then renamed into them."""

    path: Path

    def put(self, name: PurePosixPath, content: bytes) -> None:
        """Write a file whole; FileTroubleError where that can't be."""
        place = self.path / name
        with trouble_said(place, CANT, REMEDY):
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting = self.path / WAITING / secrets.token_hex(8)
            waiting.parent.mkdir(exist_ok=True)
            waiting.write_bytes(content)
            waiting.replace(place)

    def get(self, name: PurePosixPath) -> bytes | None:
        """Return what is written under a name, None where nothing is."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def remove(self, name: PurePosixPath) -> None:
        """Remove a file, where it is there."""
        with trouble_said(self.path / name, CANT, REMEDY):
            (self.path / name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what a run that was killed left half written."""
        shutil.rmtree(self.path / WAITING, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Remote:
    """A place that fsspec knows by its URL: an object is put at once, so whole."""

    url: str

    def put(self, name: PurePosixPath, content: bytes) -> None:
        """Write a file whole; FileTroubleError where that can't be."""
        system, root = self._system()
        with trouble_said(Path(f"{self.url}/{name}"), CANT, REMEDY):
            place = f"{root}/{name}"
            system.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH120  # no path of this system
            system.pipe_file(place, content)

    def get(self, name: PurePosixPath) -> bytes | None:
        """Return what is written under a name, None where nothing is."""
        system, root = self._system()
        try:
            content: bytes = system.cat_file(f"{root}/{name}")
        except (OSError, ValueError):
            return None
        return content

    def remove(self, name: PurePosixPath) -> None:
        """Remove a file, where it is there."""
        system, root = self._system()
        with trouble_said(Path(f"{self.url}/{name}"), CANT, REMEDY):
            if system.exists(f"{root}/{name}"):
                system.rm_file(f"{root}/{name}")

    def tidy(self) -> None:
        """Remove what a run that was killed left for its workers."""
        system, root = self._system()
        if system.exists(f"{root}/{WAITING}"):
            system.rm(f"{root}/{WAITING}", recursive=True)

    def _system(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            system, root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise FileTroubleError(
                Wording(f"{self.url} : {error} ; installer ce que fsspec demande.", f"{self.url}: {error}; install what fsspec asks for.")
            ) from error
        return system, root.rstrip("/")


Store = Folder | Remote


def put_all(store: Store, folder: str, files: Mapping[Path, bytes]) -> tuple[tuple[str, str], ...]:
    """Write files below a folder of a store, and return the name of each there with its SHA-256."""
    for path, content in files.items():
        store.put(PurePosixPath(folder, *path.parts), content)
    return tuple((path.as_posix(), hashlib.sha256(content).hexdigest()) for path, content in files.items())


def store_at(place: str) -> Store:
    """Return the store of a folder or URL; UnknownChoiceError for a URL without fsspec."""
    if "://" not in place:
        return Folder(Path(place))
    try:
        import fsspec  # noqa: F401  # only looked for
    except ImportError as error:
        raise UnknownChoiceError(
            Wording(f"{place} : pour écrire à une URL, installer snc_docs[remote].", f"{place}: to write to a URL, install snc_docs[remote].")
        ) from error
    return Remote(place.rstrip("/"))
