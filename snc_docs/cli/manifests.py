"""Manifests beside documents: nobody's files are written over by another's, and OLD is proved to be what was issued."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace as with_changed
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from snc_docs.building.manifests import FILE, Manifest, as_file, doubt_of, manifest_of, read_manifest, same_version, with_former, written_over
from snc_docs.cli.files import OutputOverInputError
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.inputs import read_file
from snc_docs.model.loading import Loaded
from snc_docs.templating.folders import Layers

if TYPE_CHECKING:
    from snc_docs.diff.comparison import Version


class OutputOverOtherError(OutputOverInputError):
    """An output that would take the place of another agreement's, or of another version's."""


def beside(output: Path, manifest: Manifest, day: date, *, replace: bool, is_draft: bool = False) -> tuple[Manifest, list[Diagnostic]]:
    """Return the manifest to write beside documents, and what is to be said of those that the folder holds already.

    Documents of the same words stay listed; what said something else under the same version, and whether that is in force on ``day``, is told. OutputOverOtherError where they are
    another agreement's or another version's, unless they are to be replaced.
    """
    there = read_manifest(output / FILE)
    if there is None:
        return manifest, []
    if not replace:
        _refuse_other(there, manifest, output)
    changed = [same_version(manifest.baseline_version)] if _baseline_changed(there, manifest) else []
    if there.says_as(manifest) and there.version == manifest.version:
        return with_former(manifest, with_changed(there, files=_present(there.files, output))), changed
    same_number = there.is_of_same_agreement(manifest) and there.version == manifest.version
    return manifest, [
        *changed,
        *(written_over(str(output), there.version, there.effective_date, day, is_draft=is_draft) if same_number else ()),
        *_former(there, manifest, output),
    ]


def _present(files: Mapping[str, Any], output: Path) -> dict[str, Any]:
    """Return what a manifest says of the files that are still there."""
    return {name: said for name, said in files.items() if (output / name).is_file()}


def _former(there: Manifest, manifest: Manifest, output: Path) -> Iterator[Diagnostic]:
    """Yield a warning for documents that stay in a folder and say what the agreement doesn't say any more."""
    stay = sorted(name for name in _present(there.files, output) if name not in manifest.files)
    if stay and there.is_of_same_agreement(manifest):
        listed = ", ".join(stay)
        yield Diagnostic(
            "output.former",
            Severity.WARNING,
            Wording(
                f"dans {output}, ces fichiers disent encore ce que disaient les données : {listed}",
                f"in {output}, these files still say what the data said: {listed}",
            ),
            Wording("les construire à nouveau, ou les supprimer", "build them again, or delete them"),
        )


def _refuse_other(there: Manifest, manifest: Manifest, output: Path) -> None:
    if there.is_of_same_agreement(manifest) and there.version == manifest.version:
        return
    shown = f"{there.reference or there.client or '–'} {there.version or ''}".strip()
    raise OutputOverOtherError(
        Wording(
            f"{output} : ce dossier contient {shown} ; choisir un autre dossier avec -o, ou --replace.",
            f"{output}: this folder holds {shown}; choose another folder with -o, or --replace.",
        )
    )


def _baseline_changed(there: Manifest, manifest: Manifest) -> bool:
    """Return whether the file of the baseline, which both have under one name, says something else under the same version."""
    if there.baseline_version != manifest.baseline_version or there.data == manifest.data:
        return False
    baseline, digest = next(iter(manifest.sources.items()))  # the first file that was read, where there were files
    return baseline.endswith((".yaml", ".yml", ".json")) and there.sources.get(baseline, digest) != digest


def with_other_languages(files: dict[Path, bytes], place: Path) -> dict[Path, bytes]:
    """Return the files of a package whose manifest lists what an earlier run wrote of the same amendment in another language too."""
    try:
        there, now = json.loads(read_file(place)) if place.is_file() else {}, json.loads(files[place])
    except (ValueError, KeyError):
        return files
    if not isinstance(there, dict) or not isinstance(there.get("files"), dict) or {**there, "files": None} != {**now, "files": None}:
        return files
    return {**files, place: as_file({**now, "files": dict(sorted({**_present(there["files"], place.parent), **now["files"]}.items()))})}


def doubt(loaded: Loaded, version: Version, templates: Layers, issued: Path | None, file: Path) -> Diagnostic | None:
    """Return why OLD isn't proved to be the version that was issued, by the manifest that is named or that lies near; None where it is."""
    now = manifest_of(loaded, version.documents, templates)
    return doubt_of(_manifest(now, issued, file), now, str(file))


def _manifest(now: Manifest, issued: Path | None, file: Path) -> Manifest | None:
    """Return the manifest of a version: where it is said to be, or beside its client file, or where ``build`` writes by default."""
    if issued is not None:
        return read_manifest(issued / FILE if issued.is_dir() else issued)
    near = (file.parent / FILE, file.parent / "out" / FILE, Path("out") / FILE)
    found = (manifest for path in near if (manifest := read_manifest(path)) is not None)
    return next((each for each in found if each.is_of_same_agreement(now) and each.version == now.version), None)
