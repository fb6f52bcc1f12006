r"""Files from outside: found by the name that was given, and read whole, or refused for what is wrong with them.

A name is looked for as it was written, then with the separators of this system (a client file written on Windows names
``..\baseline.yaml``), then whatever the normal form of its accents: Macs take accents apart, other systems don't.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from glob import escape as glob_escape
from pathlib import Path
from typing import Final

from snc_docs.characters import composed
from snc_docs.errors import FileTroubleError, Wording

_PACKAGE: Final = Path(__file__).parent

# Word files and PDF; data files have caps of their own.
MAX_BYTES: Final = 50 * 1024 * 1024
# What the system says, in French: the reasons that people meet.
_FRENCH: Final = {
    errno.ENOENT: "aucun fichier ni dossier de ce nom",
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération non permise",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ENOSPC: "plus de place sur le disque",
    errno.EROFS: "système de fichiers en lecture seule",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ELOOP: "trop de liens symboliques",
    errno.EDQUOT: "quota de disque dépassé",
}


def system_reason(error: OSError | ValueError) -> Wording:
    """Return why the system refused a file, in both languages."""
    english = getattr(error, "strerror", None) or str(error)
    return Wording(_FRENCH.get(getattr(error, "errno", None) or 0, english), english)


@contextmanager
def trouble_said(path: Path, what: Wording, remedy: Wording | Callable[[Path], Wording]) -> Iterator[None]:
    """Turn what the system says of a file into FileTroubleError: ``what`` couldn't be done, the system's reason, and the remedy.

    A remedy that has to be looked for is a function of the path.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        todo = remedy if isinstance(remedy, Wording) else remedy(path)
        raise FileTroubleError(Wording(f"{path} : {what.fr} ({reason.fr}) ; {todo.fr}.", f"{path}: {what.en} ({reason.en}); {todo.en}.")) from error


def shipped(name: str) -> Path:
    """Return a folder that is shipped with the code: inside an installed package, or beside it in a checkout."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name


def in_language(folder: Path, language: str) -> Path:
    """Return the folder of a language inside another; that itself, which is in English, where the language has none."""
    own = folder / language
    return own if own.is_dir() else folder


def found(folder: Path, name: str) -> Path:
    """Return the path of the file that ``name`` means in ``folder``; where there is none, the path as it was written."""
    written = folder / name
    for path in (written, folder / name.replace("\\", "/")):
        if exists(path):
            return path
        same = _same_but_for_accents(path)
        if same is not None:
            return same
    return written


def exists(path: Path) -> bool:
    """Return whether there is something at a path; a name that no system takes is nowhere."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def folder_of_clauses(named: Path) -> Path:
    """Return the folder of clause files that a path means; FileTroubleError where there is none."""
    folder = found(Path(), str(named))
    if not folder.is_dir():
        raise FileTroubleError(
            Wording(
                f"{folder} : ce dossier de modèles n'existe pas ; vérifier --templates.", f"{folder}: no such templates folder; check --templates."
            )
        )
    return folder


def _same_but_for_accents(path: Path) -> Path | None:
    """Return what is at a path of which some names are written in another normal form; None where there is nothing."""
    if str(path).isascii():
        return None
    there = Path(path.anchor)
    for name in path.parts[1 if path.anchor else 0 :]:
        step = there / name
        if not exists(step) and not name.isascii():
            step = _entry(there, name) or step
        there = step
    return there if exists(there) else None


def _entry(folder: Path, name: str) -> Path | None:
    """Return the entry of a folder that has a name in whatever normal form."""
    try:
        return next((each for each in folder.iterdir() if composed(each.name) == composed(name)), None)
    except (OSError, ValueError):
        return None


def _remedy(path: Path) -> Wording:
    """Return what to do about a file that can't be read: where there is one with an ending more, as editors add it, that was meant."""
    try:
        near = sorted(each.name for each in path.parent.glob(f"{glob_escape(path.name)}.*")) if not path.exists() else []
    except (OSError, ValueError):
        near = []
    if near:
        return Wording(f"il y a « {near[0]} » : le renommer, ou le nommer ainsi", f"there is '{near[0]}': rename it, or name it so")
    return Wording("vérifier le nom et les droits", "check the name and the rights")


def read_file(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file; FileTroubleError where it can't be read, is a folder or is over ``most`` bytes, however long it goes on."""
    with trouble_said(path, Wording("lecture impossible", "can't be read"), _remedy), found(Path(), str(path)).open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size = f"{most / 2**20:g}"
        raise FileTroubleError(
            Wording(f"{path} : plus de {size} Mio ; donner un fichier plus petit.", f"{path}: over {size} MiB; give a smaller file.")
        )
    return content
