"""Layers of clause files, one over the other: shipped < the provider's < this client's (< those of the command line).

A layer may keep, in its ``layer.yaml``, the digest of each file of a lower layer that one of its own takes the place of: a clause that
changed below since it was replaced is then said, since its replacement may lack what is new.

    replaces:
      fr/purpose.md.j2: 0f9b…
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from snc_docs.diagnostics import Diagnostic, FindingsError, Severity
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.model.source import parse_source
from snc_docs.templating.folders import TemplateFolders, display_name, read_template_text, shipped_folder
from snc_docs.templating.outline import OutlineEntry, read_outline

RECORD: Final = "layer.yaml"
_REPLACES: Final = "replaces"


@dataclass(frozen=True, slots=True)
class LayeredClause:
    """Where one clause comes from: the layer of its file in each language, "" for none; and what it takes the place of."""

    entry: OutlineEntry
    layers: dict[str, str]
    replaces: bool


def layer_name(folder: Path) -> str:
    """Return what people call a layer: ``shipped``, or its folder."""
    return "shipped" if folder == shipped_folder() else str(folder)


def layered_clauses(folders: TemplateFolders) -> tuple[LayeredClause, ...]:
    """Return each clause of the outline with the layer that its file in each language comes from; FindingsError for a faulty outline."""
    return tuple(_layered(entry, folders) for entry in read_outline(folders))


def _layered(entry: OutlineEntry, folders: TemplateFolders) -> LayeredClause:
    holders = {language: _holders(f"{language}/{entry.id}.md.j2", folders.folders) for language in LANGUAGES}
    layers: dict[str, str] = {language: layer_name(found[0]) if found else "" for language, found in holders.items()}
    return LayeredClause(entry, layers, any(len(found) > 1 for found in holders.values()))


def _holders(relative: str, folders: Sequence[Path]) -> list[Path]:
    return [folder for folder in folders if (folder / relative).is_file()]


def replaced_files(folders: TemplateFolders) -> Iterator[tuple[Path, str, str]]:
    """Yield each file of a layer that takes the place of one below: its layer, its path in it, and the digest of the text that it replaces."""
    for index, folder in enumerate(folders.folders):
        below = folders.folders[index + 1 :]
        for path in sorted(folder.glob("*/*.md.j2")) if below else ():
            relative = path.relative_to(folder).as_posix()
            holders = _holders(relative, below)
            if holders:
                yield folder, relative, _digest(read_template_text(holders[0] / relative))


def _digest(text: str) -> str:
    """Return the digest of a text, whatever its ends of lines and the spaces at them."""
    return hashlib.sha256("\n".join(line.rstrip() for line in text.rstrip().split("\n")).encode()).hexdigest()


def changed_below(folders: TemplateFolders, *, unrecorded: bool = False) -> Iterator[Diagnostic]:
    """Yield a finding for each file that changed below its replacement; with ``unrecorded`` also for those of which no digest is kept."""
    records: dict[Path, dict[str, str]] = {}
    for folder, relative, digest in replaced_files(folders):
        record = records.setdefault(folder, _record(folder))
        path = folder / relative
        if relative not in record:
            if unrecorded:
                yield Diagnostic(
                    "layer.unrecorded",
                    Severity.INFO,
                    Wording("on ne sait pas quel texte ce fichier remplace", "what text this file replaces isn't kept"),
                    Wording("le relire, puis « make-agreement layers --accept »", "read it, then 'make-agreement layers --accept'"),
                    file=str(path),
                    line=1,
                )
        elif record[relative] != digest:
            lower = display_name(_holders(relative, folders.folders[folders.folders.index(folder) + 1 :])[0] / relative)
            yield Diagnostic(
                "layer.changed-below",
                Severity.WARNING,
                Wording(f"{lower} a changé depuis que ce fichier le remplace", f"{lower} changed since this file took its place"),
                Wording(
                    "comparer les deux, reprendre ce qui manque, puis « make-agreement layers --accept »",
                    "compare the two, take over what is missing, then 'make-agreement layers --accept'",
                ),
                file=str(path),
                line=1,
            )


def _record(folder: Path) -> dict[str, str]:
    """Return the digests that a layer keeps; FindingsError for a file that holds something else."""
    path = folder / RECORD
    if not path.is_file():
        return {}
    source = parse_source(read_template_text(path), display_name(path), folder)
    kept = source.data.get(_REPLACES, {})
    if not isinstance(kept, dict) or not all(isinstance(digest, str) for digest in kept.values()):
        message = Wording("« replaces » associe un fichier à une empreinte", "'replaces' maps a file to a digest")
        hint = Wording("l'écrire par « make-agreement layers --accept »", "write it with 'make-agreement layers --accept'")
        raise FindingsError([Diagnostic.error("layer.malformed", message, hint, file=source.name, line=source.line((_REPLACES,)))])
    return {str(name): digest for name, digest in kept.items()}


def records(folders: TemplateFolders) -> dict[Path, bytes]:
    """Return the record of each layer that replaces something, by its path: what ``--accept`` writes."""
    lines: dict[Path, list[str]] = {}
    for folder, relative, digest in replaced_files(folders):
        lines.setdefault(folder / RECORD, []).append(f"  {relative}: {digest}")
    head = "# The texts that files of this layer replace, by their digests: make-agreement layers --accept writes it.\nreplaces:\n"
    return {path: (head + "\n".join(each) + "\n").encode() for path, each in lines.items()}
