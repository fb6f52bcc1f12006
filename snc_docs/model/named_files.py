"""What the data names: a file beside its own, or one that a program gives with it."""

from __future__ import annotations

from pathlib import Path

from snc_docs.errors import FileTroubleError, Wording
from snc_docs.inputs import found, read_file
from snc_docs.model.source import Source


def named_path(source: Source, name: str) -> Path:
    """Return the path of what the data names; FileTroubleError where it can't be known, for want of a folder."""
    if source.is_file or Path(name).is_absolute():
        return found(source.folder, name)
    raise FileTroubleError(
        Wording(
            f"« {name} » : des données sans fichier ne sont dans aucun dossier ; donner un chemin absolu.",
            f"'{name}': data without a file is in no folder; give an absolute path.",
        )
    )


def known_as(source: Source, name: str) -> str:
    """Return what people call a file that the data names: its path, or its name among those that were given."""
    return name if source.files is not None else str(found(source.folder, name))


def named_content(source: Source, name: str, most: int) -> bytes:
    """Return the content of a file that the data names, of ``most`` bytes; FileTroubleError where it isn't there or is larger."""
    if source.files is None:
        return read_file(found(source.folder, name), most)
    content = source.files.get(name)
    if content is None:
        known = ", ".join(sorted(source.files)) or "–"
        raise FileTroubleError(
            Wording(f"« {name} » n'est pas parmi les fichiers donnés ({known}).", f"'{name}' isn't among the files given ({known}).")
        )
    if len(content) > most:
        raise FileTroubleError(Wording(f"« {name} » dépasse {most} octets.", f"'{name}' is over {most} bytes."))
    return content
