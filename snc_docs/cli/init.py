"""``make-agreement init``: commented starter files that build as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from snc_docs.cli.commands.init import InitOptions
from snc_docs.cli.files import write_files
from snc_docs.cli.show import Voice
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.templating.folders import shipped_folder
from snc_docs.writers.docx.reference import reference_docx

_STARTER: Final = Path(__file__).parent / "starter"


def init(options: InitOptions, voice: Voice) -> None:
    """Write the starter files; FileTroubleError where one is there already."""
    files = {options.folder / path.name: path.read_bytes() for path in sorted(_STARTER.glob("*.yaml"))}
    files[options.folder / "reference.docx"] = reference_docx()
    if options.templates:
        shipped = shipped_folder()
        files |= {
            options.folder / "templates" / path.relative_to(shipped): path.read_bytes() for path in sorted(shipped.rglob("*.*")) if path.is_file()
        }
    there = [str(path) for path in files if path.exists()]
    if there:
        names = ", ".join(there)
        raise FileTroubleError(Wording(f"{names} : existe déjà ; choisir un autre dossier.", f"{names}: there already; choose another folder."))
    write_files(files)
    voice.files(files)
    voice.result((), list(files))
