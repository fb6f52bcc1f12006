"""Files of a layer that no document takes a word from: wording that somebody wrote and nobody would read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Final

from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.errors import Wording
from snc_docs.language import LANGUAGES
from snc_docs.templating.folders import TemplateFolders
from snc_docs.templating.layers import RECORD
from snc_docs.templating.outline import OutlineEntry

_SETTINGS: Final = frozenset(("outline.yaml", "names.yaml", "amendment.yaml", "facts.yaml", RECORD))
# What editors, systems and version control leave beside a user's files, and what is written about them.
_PASSED_OVER: Final = (
    "Thumbs.db",
    "desktop.ini",
    "*~",
    "~$*",
    "#*#",
    "*.swp",
    "*.swo",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.tmp",
    "README*",
    "LICEN[CS]E*",
    "CHANGELOG*",
)
# What is meant as a clause, or as what layers have beside clauses.
_MEANT: Final = ("*.md", "*.j2", "*.jinja", "*.jinja2", "*.yaml", "*.yml")


def unused_files(folders: TemplateFolders, outline: Sequence[OutlineEntry]) -> Iterator[Diagnostic]:
    """Yield an error for each clause, or file of settings, of a user's own folder that no document takes a word from; a warning for any other file there."""
    wanted = {*_SETTINGS, *(f"{language}/{entry.id}.md.j2" for language in LANGUAGES for entry in outline)}
    for folder in folders.own():
        files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_of_the_system(path.relative_to(folder)))
        for path in files or [folder]:
            relative = PurePosixPath(path.relative_to(folder).as_posix())
            if str(relative) not in wanted:
                yield _unused(path, relative, wanted)


def _unused(path: Path, relative: PurePosixPath, wanted: set[str]) -> Diagnostic:
    meant = any(fnmatch(path.name.lower(), pattern) for pattern in _MEANT)
    near = _nearest(relative, wanted) if meant else None
    hint = Wording(
        "lui donner le nom d'une clause du plan, fr/clause.md.j2, ou l'ajouter au plan",
        "give it the name of a clause of the outline, en/clause.md.j2, or add it to the outline",
    )
    if near is not None:
        hint = Wording(f"vouliez-vous dire « {near} » ? sinon : {hint.fr}", f"did you mean '{near}'? If not: {hint.en}")
    return Diagnostic(
        "template.unused",
        Severity.ERROR if meant else Severity.WARNING,
        Wording("aucun document n'utilise ce fichier", "no document uses this file"),
        hint,
        file=str(path),
        line=1,
    )


def _nearest(relative: PurePosixPath, wanted: set[str]) -> str | None:
    """Return the file that one was meant to be: the same clause in a folder of that language, or of either, else a name that is near."""
    clause = relative.name.split(".")[0].lower().replace("_", "-")
    folders = [each for each in LANGUAGES if each in relative.parts] or list(LANGUAGES)
    places = {f"{folder}/{clause}.md.j2" for folder in folders} | {f"{clause}.yaml"}
    same = sorted(places & wanted)
    return same[0] if same else next(iter(get_close_matches(str(relative).lower(), sorted(wanted), n=1, cutoff=0.8)), None)


def _is_of_the_system(path: Path) -> bool:
    """Return whether a file is hidden, or one that no person wrote as a template."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts) or any(fnmatch(path.name, pattern) for pattern in _PASSED_OVER)
