"""What was made, of what: a small file beside the documents of an agreement, by which a version is proved later to be the one that was issued.

``data`` is the digest of the agreement's data, ``documents`` those of its trees by language: they say whether it is the same agreement, however its files are
written. ``sources`` are the digests of the files that it was made of: they say which of them changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from snc_docs._version import __version__
from snc_docs.diagnostics import Diagnostic, Severity
from snc_docs.document.codec import encode
from snc_docs.document.nodes import Document
from snc_docs.errors import Wording
from snc_docs.inputs import read_file
from snc_docs.language import Language
from snc_docs.model.loading import Loaded
from snc_docs.model.stored import stored
from snc_docs.templating.folders import Layers, folder_digest, layered, shipped_folder

FILE: Final = "agreement.json"
_KIND: Final = "snc_docs agreement"
_MOST_BYTES: Final = 4 * 1024 * 1024
_CLAUSES: Final = "snc_docs"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says; ``reference``, ``version`` and ``client`` are None where the agreement doesn't say them."""

    reference: str | None
    version: str | None
    client: str | None
    baseline_version: str
    data: str
    documents: Mapping[str, str]
    sources: Mapping[str, str]
    made_with: str = f"snc_docs {__version__}"
    files: Mapping[str, str] = field(default_factory=dict)
    # ISO 8601, None where the agreement doesn't say.
    effective_date: str | None = None

    def says_as(self, other: Manifest) -> bool:
        """Return whether both are of the same data, and of the same words in every language that both have."""
        common = self.documents.keys() & other.documents.keys()
        return self.data == other.data and all(self.documents[language] == other.documents[language] for language in common)

    def is_of_same_agreement(self, other: Manifest) -> bool:
        """Return whether both are of one agreement, in whatever version: the same reference, or the same client while there is none."""
        if self.reference is not None or other.reference is not None:
            return self.reference == other.reference
        return self.client == other.client


def manifest_of(
    loaded: Loaded, documents: Mapping[Language, Document], templates: Layers = None, files: Mapping[Path, bytes] | None = None
) -> Manifest:
    """Return the manifest of an agreement and its documents; ``files`` are those that were made, by their paths."""
    agreement = loaded.agreement
    trees: dict[str, str] = {language: hashlib.sha256(encode(document).encode()).hexdigest() for language, document in documents.items()}
    made = {path.as_posix(): hashlib.sha256(content).hexdigest() for path, content in (files or {}).items()}
    return Manifest(
        agreement.document.reference,
        agreement.document.version,
        agreement.client.legal_name,
        agreement.baseline.version,
        hashlib.sha256(stored(agreement).encode()).hexdigest(),
        trees,
        _sources(loaded, templates),
        files=made,
        effective_date=agreement.document.effective_date.isoformat() if agreement.document.effective_date else None,
    )


def with_former(now: Manifest, there: Manifest) -> Manifest:
    """Return a manifest with what one of the same words and data knew besides: other languages, other files."""
    return replace(now, documents={**there.documents, **now.documents}, files={**there.files, **now.files})


def _sources(loaded: Loaded, templates: Layers) -> dict[str, str]:
    """Return the digests of the files that an agreement is made of, by their names, layers by their folders' and the shipped clauses."""
    found = {path.name: hashlib.sha256(read_file(path)).hexdigest() for path in loaded.files}
    layers = layered(loaded.agreement, templates).own()
    return {**found, **{f"{folder.name}/": folder_digest(folder) for folder in layers}, _CLAUSES: folder_digest(shipped_folder())}


def as_json(manifest: Manifest) -> bytes:
    """Return a manifest as its file holds it."""
    data = {
        "kind": _KIND,
        "reference": manifest.reference,
        "version": manifest.version,
        "client": manifest.client,
        "effective_date": manifest.effective_date,
        "baseline_version": manifest.baseline_version,
        "made_with": manifest.made_with,
        "data": manifest.data,
        "documents": dict(manifest.documents),
        "sources": dict(manifest.sources),
        "files": dict(sorted(manifest.files.items())),
    }
    return as_file(data)


def as_file(data: Mapping[str, Any]) -> bytes:
    """Return the data of a manifest, or of another file for programs, as its file holds it."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest in a file; None where there is no file, or one of another kind."""
    if not path.is_file():
        return None
    try:
        data: Any = json.loads(read_file(path, _MOST_BYTES))
        if data["kind"] != _KIND:
            return None
        plain = {
            name: data[name] for name in ("reference", "version", "client", "baseline_version", "data", "documents", "sources", "made_with", "files")
        }
        found = Manifest(**plain, effective_date=data.get("effective_date"))
        return found if _is_sound(found) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_sound(manifest: Manifest) -> bool:
    """Return whether all that a file says is a text, or texts by their names: anybody may have written it."""
    texts = (getattr(manifest, each.name) for each in fields(manifest))
    return all(
        all(isinstance(each, str) for pair in value.items() for each in pair) if isinstance(value, dict) else value is None or isinstance(value, str)
        for value in texts
    ) and all(isinstance(each, dict) for each in (manifest.documents, manifest.sources, manifest.files))


def doubt_of(issued: Manifest | None, now: Manifest, file: str) -> Diagnostic | None:
    """Return why data of today isn't proved to be the version that was issued; None where it is: the same data, and the same words in every language that both have."""
    if issued is None:
        return Diagnostic.error("amendment.unproved", _UNPROVED, _GIVE_WORD, file=file)
    if issued.documents.keys() & now.documents.keys() and issued.says_as(now):
        return None
    changed = [name for name in issued.sources if issued.sources[name] != now.sources.get(name)]
    said = Wording(*(", ".join(shown if each == _CLAUSES else each for each in changed) or "–" for shown in _SHIPPED))
    message = Wording(
        f"l'ancienne version n'est plus celle qui a été émise ; a changé depuis : {said.fr}",
        f"the old version is no longer the one that was issued; changed since: {said.en}",
    )
    hint = Wording(f"{_NAME_FORMER.fr} ; {_GIVE_WORD.fr}", f"{_NAME_FORMER.en}; {_GIVE_WORD.en}")
    return Diagnostic.error("amendment.changed-since", message, hint, file=file)


_SHIPPED: Final = Wording("les clauses du logiciel", "the clauses of this program")
_UNPROVED: Final = Wording(
    "rien ne prouve que ces fichiers sont ceux de la version émise : le socle ou les clauses ont pu changer depuis",
    "nothing proves that these files are those of the version that was issued: the baseline or the clauses may have changed since",
)
_GIVE_WORD: Final = Wording(
    f"donner le fichier Word émis, ou le dossier où il a été construit (--issued DIR, avec {FILE})",
    f"give the Word file that was issued, or the folder that it was built in (--issued DIR, with {FILE})",
)
_NAME_FORMER: Final = Wording(
    "nommer les anciens fichiers avec --old-baseline et --old-templates", "name the former files with --old-baseline and --old-templates"
)


def same_version(version: str) -> Diagnostic:
    """Return the warning on a baseline that changed without its version."""
    return Diagnostic(
        "baseline.same-version",
        Severity.WARNING,
        Wording(f"le socle a changé, et sa version ({version}) non", f"the baseline changed, and its version ({version}) didn't"),
        Wording("changer « baseline.version » avec le socle", "change 'baseline.version' with the baseline"),
        path="baseline.version",
    )


def written_over(place: str, version: str | None, effective_date: str | None, day: date, *, is_draft: bool) -> Iterator[Diagnostic]:
    """Yield what is to be said where something else is written over a version under its number: it may be the one that was sent, or signed."""
    if effective_date is not None and effective_date <= day.isoformat():
        yield Diagnostic(
            "output.in-force",
            Severity.WARNING,
            Wording(
                f"{place} contenait la version {version}, en vigueur depuis le {effective_date} ; sous le même numéro, elle dit maintenant autre chose",
                f"{place} held version {version}, in force since {effective_date}; under the same number it now says something else",
            ),
            Wording(
                "si elle a été signée, relever « document.version », et garder le fichier Word signé",
                "if it was signed, raise 'document.version', and keep the Word file that was signed",
            ),
        )
    elif not is_draft:
        yield Diagnostic(
            "output.same-version",
            Severity.INFO,
            Wording(
                f"{place} contenait déjà la version {version or '–'} ; sous le même numéro, elle dit maintenant autre chose",
                f"{place} held version {version or '–'} already; under the same number it now says something else",
            ),
            Wording("si elle a été envoyée, relever « document.version »", "if it was sent, raise 'document.version'"),
        )
