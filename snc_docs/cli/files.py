"""Files written whole or not at all: beside their places first, then renamed into them, with what was there put back where that fails.

Whatever ends the run on the way (a full disk, a folder without rights, Ctrl-C, SIGTERM), the folder holds the old files or the new
ones, never some of each, and nothing half written. Inputs are never written over.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import click

from snc_docs.cli.locks import locked
from snc_docs.cli.speech import said
from snc_docs.cli.streams import held_signals
from snc_docs.errors import SncDocsError, Wording
from snc_docs.inputs import trouble_said

_PREFIX, _SUFFIX = ".snc_docs-", ".tmp"
# What a file of ours ends with: a name that ends so is meant as a file.
SUFFIXES: Final = frozenset((".docx", ".xlsx", ".html", ".pdf", ".json", ".md", ".txt"))


class OutputOverInputError(SncDocsError):
    """An output that would take the place of a file that the run reads."""

    exit_code = 2


def placed(output: Path, files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return files by where they go: one alone in ``output`` itself where that names a file of its kind, else each below the folder.

    UsageError for a name of a file where there are several, or one of another kind.
    """
    if output.suffix.lower() not in SUFFIXES or output.is_dir():
        return {output / path: content for path, content in files.items()}
    kinds = sorted({path.suffix for path in files})
    if len(files) == 1 and kinds == [output.suffix.lower()]:
        return {output: next(iter(files.values()))}
    if len(files) == 1:
        raise click.UsageError(
            said("-o {output}: the document is {kind}; end the name with it, or name a folder.").format(output=output, kind=kinds[0])
        )
    raise click.UsageError(
        said("-o {output} names one file, and {count} are asked for: name a folder, or choose one with -l, --format and --part.").format(
            output=output, count=len(files)
        )
    )


def write_files(files: Mapping[Path, bytes], read: Iterable[Path] = ()) -> None:
    """Write every file, or none; ``read`` are the files that the run was made from.

    FileTroubleError names the file that can't be written; what was there before is then there again, with its rights and time.
    OutputOverInputError for an output that is one of ``read``.
    """
    _refuse_inputs(files, list(read))
    made: list[Path] = []
    try:
        for path in files:
            with _naming(path):
                _make_folder(path.parent, made)
        with locked({path.parent for path in files}) as alone, held_signals():
            _write(files, alone=alone)
    except BaseException:
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # somebody else put something there
                folder.rmdir()
        raise


def _refuse_inputs(files: Iterable[Path], read: list[Path]) -> None:
    for path in files:
        for each in read:
            if _is_same(path, each):
                raise OutputOverInputError(
                    Wording(
                        f"{path} : ce fichier est lu par cette commande et serait remplacé ; choisir un autre dossier avec -o.",
                        f"{path}: this command reads that file, and would write over it; choose another folder with -o.",
                    )
                )


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:  # one of them isn't there yet, nor may the folders be that its ".." leads out of
        return path.resolve() == other.resolve()


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, noting which weren't there."""
    absent = []
    while not folder.is_dir():
        absent.append(folder)
        if folder.parent == folder:
            break
        folder = folder.parent
    for each in reversed(absent):
        made.append(each)
        each.mkdir(exist_ok=True)


def _write(files: Mapping[Path, bytes], *, alone: bool) -> None:
    waiting: list[tuple[Path, Path]] = []
    replaced: list[tuple[Path | None, Path]] = []
    try:
        for folder in {path.parent for path in files} if alone else ():
            _tidy(folder)
        for path, content in files.items():
            with _naming(path):
                waiting.append((_beside(path), path))
                waiting[-1][0].write_bytes(content)  # with the rights that new files have there
        _rename(waiting, replaced)
    finally:
        for temporary in [temporary for temporary, _ in waiting] + [old for old, _ in replaced if old is not None]:
            temporary.unlink(missing_ok=True)


def _rename(waiting: list[tuple[Path, Path]], replaced: list[tuple[Path | None, Path]]) -> None:
    try:
        for temporary, path in waiting:
            with _naming(path):
                replaced.append((_kept(path), path))
                temporary.replace(path)
    except BaseException:
        for old, path in reversed(replaced):
            if old is None:
                path.unlink(missing_ok=True)
            else:
                old.replace(path)
        raise


def _naming(path: Path) -> AbstractContextManager[None]:
    """Return what turns what the system says of a file to write into an error that names it."""
    remedy = Wording(
        "vérifier le dossier et les droits, et fermer le fichier s'il est ouvert ailleurs",
        "check the folder and rights, and close the file where it is open elsewhere",
    )
    return trouble_said(path, Wording("écriture impossible", "can't be written"), remedy)


def _beside(path: Path) -> Path:
    """Return a name beside a path that nobody has; it is short, whatever the file's."""
    return path.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


def _kept(path: Path) -> Path | None:
    """Return a second name for what is at ``path``, None where nothing is; IsADirectoryError for a folder."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    if not path.exists():
        return None
    copy = _beside(path)
    try:
        os.link(path, copy)  # the file itself under another name: rights, time and owner come back with it
    except OSError:
        shutil.copy2(path, copy)
    return copy


def _tidy(folder: Path) -> None:
    """Remove what a run that was killed left in a folder, which is ours alone now."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):  # not ours to remove
            left.unlink()
