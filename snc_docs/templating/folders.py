"""Where templates are: the shipped ones, and a user's own laid over them file by file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from snc_docs.characters import composed
from snc_docs.diagnostics import Diagnostic, FindingsError
from snc_docs.errors import Wording
from snc_docs.inputs import folder_of_clauses, read_file, shipped

if TYPE_CHECKING:
    from snc_docs.model.agreement import Agreement

MAX_BYTES: Final = 1024 * 1024
# What clauses, outlines, names and facts end with.
_READ: Final = frozenset((".j2", ".yaml"))


@cache
def shipped_folder() -> Path:
    """Return the folder of the shipped templates."""
    return shipped("templates")


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 of all files of a folder, by their names."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def clauses_digest(folder: Path) -> str:
    """Return the SHA-256 of what a layer says: the names of all its files, and what stands in those that may be clauses or settings.

    Of a file that can't be read its name counts: whoever needs it says so.
    """
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode(errors="surrogatepass"))
        if path.suffix in _READ:
            with suppress(OSError), path.open("rb") as file:
                digest.update(hashlib.sha256(file.read(MAX_BYTES + 1)).digest())
    return digest.hexdigest()


@dataclass(frozen=True)
class TemplateFolders:
    """The folders that a template is looked up in, the user's before the shipped one."""

    folders: tuple[Path, ...]

    def own(self) -> tuple[Path, ...]:
        """Return the user's own folders, the shipped one left out."""
        return tuple(folder for folder in self.folders if folder != shipped_folder())

    def rank(self, file: str | None) -> int:
        """Return which layer a file is of by its name for people: 0 for the uppermost; any other file is a shipped one."""
        ranks = (index for index, folder in enumerate(self.folders[:-1]) if file and Path(file).is_relative_to(folder))
        return next(ranks, len(self.folders) - 1)

    def lowest_first(self) -> tuple[Path, ...]:
        """Return the folders from the shipped one up."""
        return tuple(reversed(self.folders))

    def find(self, relative: str) -> Path | None:
        """Return the first file of that relative path, or None."""
        return next((path for folder in self.folders if (path := folder / relative).is_file()), None)

    def read_all(self, relative: str) -> list[tuple[str, str]]:
        """Return the text and name for people of that file in each folder that has it, the user's first."""
        return [(read_template_text(path), display_name(path)) for folder in self.folders if (path := folder / relative).is_file()]

    def name(self, relative: str) -> str:
        """Return the name for people of the file that is found under a relative path."""
        path = self.find(relative)
        return relative if path is None else display_name(path)

    def read(self, relative: str) -> tuple[str, str] | None:
        """Return the text of a file and its name for people, or None where no folder has it."""
        for folder in self.folders:
            if folder == shipped_folder():
                return _shipped(relative)
            if (path := folder / relative).is_file():
                return read_template_text(path), display_name(path)
        return None


def _shipped(relative: str) -> tuple[str, str] | None:
    """Return a shipped file's text and name: read again where it was written since, as developers do."""
    try:
        found = os.stat(f"{shipped_folder()}/{relative}")  # noqa: PTH116  # asked for each clause of each client
    except (OSError, ValueError):
        return None
    return _shipped_text(relative, found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


@lru_cache(maxsize=256)
def _shipped_text(relative: str, _written: int, _size: int) -> tuple[str, str]:
    path = shipped_folder() / relative
    return read_template_text(path), display_name(path)


# Folders of a user's own clause files, each laid over those before it.
Layers = Path | Sequence[Path] | None


def template_folders(own: Layers = None, *, below: Sequence[Path] = ()) -> TemplateFolders:
    """Return the shipped templates with a user's folders laid over them, the last one uppermost, those of ``below`` under the others.

    A folder that is named twice counts where it was named last. FileTroubleError if there's no such folder.
    """
    named = (own,) if isinstance(own, Path) else (own or ())
    layers = [folder_of_clauses(folder) for folder in (*below, *named)]
    return TemplateFolders((*dict.fromkeys(reversed(layers)), shipped_folder()))


def layered(agreement: Agreement, templates: Layers = None) -> TemplateFolders:
    """Return the layers of an agreement's clause files: shipped, those that it was loaded with, then ``templates``, the last one uppermost."""
    return template_folders(templates, below=agreement.layers)


# The folder beside a baseline in which ``init --templates`` writes clauses to be changed.
OWN_CLAUSES: Final = "templates"


def read_template_text(path: Path) -> str:
    """Return a template's text in Unicode's normal form C; FileTroubleError if it can't be read or is too large, FindingsError if it isn't UTF-8."""
    raw = read_file(path, MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        finding = Diagnostic.error(
            "template.fault",
            Wording("le modèle n'est pas en UTF-8", "the template isn't UTF-8"),
            Wording("l'enregistrer en UTF-8", "save it as UTF-8"),
            file=display_name(path),
            line=raw.count(b"\n", 0, error.start) + 1,
        )
        raise FindingsError([finding]) from error
    return composed(text).replace("\r\n", "\n").replace("\r", "\n")


def display_name(path: Path) -> str:
    """Return a template's name for people: ``templates/fr/third-parties.md.j2`` for a shipped one, else its path."""
    folder = shipped_folder()
    return f"templates/{path.relative_to(folder).as_posix()}" if path.is_relative_to(folder) else str(path)
