"""Manifests beside documents: nobody's files are written over by another's, and OLD is proved to be what was issued."""

from __future__ import annotations

from pathlib import Path

from snc_docs.building.manifests import FILE, Manifest, doubt_of, manifest_of, read_manifest
from snc_docs.building.versions import same_version
from snc_docs.cli.files import OutputOverInputError
from snc_docs.diagnostics import Diagnostic
from snc_docs.diff.comparison import Version
from snc_docs.errors import Wording
from snc_docs.model.loading import Loaded
from snc_docs.templating.folders import Layers


class OutputOverOtherError(OutputOverInputError):
    """An output that would take the place of another agreement's, or of another version's."""


def beside(output: Path, manifest: Manifest, *, replace: bool) -> list[Diagnostic]:
    """Return what is to be said of the documents that a folder holds already: a baseline that changed without its version.

    OutputOverOtherError where they are another agreement's or another version's, unless they are to be replaced.
    """
    there = read_manifest(output / FILE)
    if there is None:
        return []
    if not replace:
        _refuse_other(there, manifest, output)
    return [same_version(manifest.baseline_version)] if _baseline_changed(there, manifest) else []


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
