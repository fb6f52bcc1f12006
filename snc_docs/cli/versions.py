"""OLD and NEW of the commands that compare: client files, pairs with their baselines, or Word files that carry their data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from snc_docs.building.versions import inspected_version
from snc_docs.cli.show import Voice
from snc_docs.diff.comparison import Version
from snc_docs.errors import SncDocsError, Wording
from snc_docs.inputs import read_file
from snc_docs.language import Language
from snc_docs.model.loading import Loaded, load
from snc_docs.records import issued_version
from snc_docs.templating.folders import Layers


class NoCommonLanguageError(SncDocsError):
    """Two versions that share no language that was asked for."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class VersionAt:
    """A version, and the data it was made of; None where it came from a Word file, which carries its own."""

    version: Version
    loaded: Loaded | None


def version_at(
    path: Path, baseline: Path | None, languages: Sequence[Language], templates: Layers, today: date, read: list[Path], voice: Voice | None = None
) -> VersionAt:
    """Return the version of a file, its warnings said by ``voice`` and the files it was made from added to ``read``.

    FindingsError, FileTroubleError or NotIssuedError say what is wrong with it.
    """
    if path.suffix.lower() == ".docx":
        read.append(path)
        return VersionAt(issued_version(read_file(path), str(path)), None)
    loaded = load(path, today=today, templates=templates) if baseline is None else load(baseline, path, today=today, templates=templates)
    read += loaded.files
    version, findings = inspected_version(loaded, languages, templates)
    if voice is not None:
        voice.findings(findings)
    return VersionAt(version, loaded)


def require_common_language(old: Version, new: Version, languages: Sequence[Language]) -> None:
    """Raise NoCommonLanguageError for versions without a common language, or without one that was asked for by name."""
    common = [language for language in old.documents if language in new.documents]
    lacking = [language for language in languages if language not in common]
    if lacking or not common:
        what = ", ".join(lacking) or "fr, en"
        raise NoCommonLanguageError(
            Wording(
                f"les deux versions n'existent pas toutes deux dans cette langue ({what}) ; donner des fichiers client, ou deux fichiers Word de même langue.",
                f"the two versions aren't both there in this language ({what}); give client files, or two Word files in one language.",
            )
        )
