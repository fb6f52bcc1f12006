"""Folders of clause files: those that data files name, and those that are given beside data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.inputs import folder_of_clauses
from snc_docs.model.named_files import named_path
from snc_docs.model.source import Source

# A folder of clause files, or several, each over those before it.
Templates = Path | Sequence[Path] | None
# The field by which a data file names its folders.
LAYERS: Final = "templates"


def given_layers(templates: Templates) -> tuple[Path, ...]:
    """Return layers as the folders that they are; FileTroubleError for one that isn't there."""
    return tuple(map(folder_of_clauses, (templates,) if isinstance(templates, Path) else templates or ()))


def named_layers(source: Source, findings: list[Diagnostic]) -> Iterator[Path]:
    """Yield the folders that a data file names, relative to itself; a finding for each that isn't one, and for data without a file, which names none."""
    named = source.data.get(LAYERS, [])
    if named and not source.is_file:
        findings.append(Diagnostic("data.templates", Severity.ERROR, _NO_FILE, _GIVE, path=LAYERS))
        return
    for index, each in enumerate(named if isinstance(named, list) else [named]):
        folder = named_path(source, each) if isinstance(each, str) and each.strip() else None
        if folder is not None and folder.is_dir():
            yield folder
            continue
        message = Wording(f"« {each} » n'est pas un dossier de modèles", f"'{each}' isn't a folder of templates")
        hint = Wording(
            "donner un dossier, relatif à ce fichier, ou une liste de dossiers", "give a folder, relative to this file, or a list of folders"
        )
        line = source.known_line((LAYERS, index) if isinstance(named, list) else (LAYERS,))
        findings.append(Diagnostic("data.templates", Severity.ERROR, message, hint, source.file, line, LAYERS))


# Whoever fills in a form would choose the wording, or learn which folders there are.
_NO_FILE: Final = Wording(
    "des données qui ne viennent pas d'un fichier ne nomment pas de dossiers de modèles", "data that comes from no file names no folders of templates"
)
_GIVE: Final = Wording(
    "retirer ce champ ; le programme donne les dossiers à part (« templates= » de load et de load_baseline)",
    "remove this field; the program gives the folders apart ('templates=' of load and load_baseline)",
)
