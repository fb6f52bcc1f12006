"""``make-agreement init``: commented starter files that build as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from snc_docs.cli.files import write_files
from snc_docs.cli.options import PATH, command_frame
from snc_docs.cli.show import Voice
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.templating.folders import shipped_folder
from snc_docs.writers.docx.reference import reference_docx

_STARTER: Final = Path(__file__).parent / "starter"
_EXAMPLES: Final = """\b
Examples:
  make-agreement init my-agreements
  make-agreement init my-agreements --templates
  make-agreement build my-agreements/client.yaml
"""


@click.command(name="init", epilog=_EXAMPLES)
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--templates", is_flag=True, help="Write the shipped clause templates too, into DIR/templates.")
@command_frame
def command(folder: Path, *, templates: bool, voice: Voice) -> None:
    """Write commented starter files into DIR.

    baseline.yaml is the provider's part, client.yaml the client's, and
    reference.docx holds the styles, to be changed in Word and given back with
    --reference. Files that are there already are left alone: init then stops.
    """
    files = {folder / path.name: path.read_bytes() for path in sorted(_STARTER.glob("*.yaml"))}
    files[folder / "reference.docx"] = reference_docx()
    if templates:
        shipped = shipped_folder()
        files |= {folder / "templates" / path.relative_to(shipped): path.read_bytes() for path in sorted(shipped.rglob("*.*")) if path.is_file()}
    there = [str(path) for path in files if path.exists()]
    if there:
        names = ", ".join(there)
        raise FileTroubleError(Wording(f"{names} : existe déjà ; choisir un autre dossier.", f"{names}: there already; choose another folder."))
    write_files(files)
    voice.files(files)
    voice.result((), list(files))
