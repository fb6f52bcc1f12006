"""What ``make-agreement diff`` does but for the files: two versions, what changed between them, and the redlines and reports."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from snc_docs.assembly import side_by_side
from snc_docs.building.inspecting import inspected
from snc_docs.building.letterheads import letterhead
from snc_docs.building.manifests import same_version
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.diff.comparison import Changes, Version, compare
from snc_docs.diff.limits import office_limits
from snc_docs.diff.redline import redline
from snc_docs.diff.showing import as_data
from snc_docs.diff.signed import as_signed
from snc_docs.document.nodes import Document, Redline
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.agreement import Agreement, Baseline
from snc_docs.model.loading import Loaded
from snc_docs.model.stored import told
from snc_docs.paths import DataPath
from snc_docs.reporting.changes_text import changes_text
from snc_docs.reporting.markdown import report_markdown
from snc_docs.reporting.page import report_page
from snc_docs.templating.folders import Layers, layered
from snc_docs.writers import BILINGUAL, ChangesFormat, write

if TYPE_CHECKING:
    from snc_docs.writers.docx.reference import ReferenceDocument

# The formats of which the command makes files; the others it prints.
WRITTEN: Final = ("html", "docx", BILINGUAL)


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two versions, its redlines and reports by their paths below the output folder, and what LibreOffice settles wrong in them."""

    changes: Changes
    files: dict[Path, bytes]
    findings: tuple[Diagnostic, ...]

    def as_data(self) -> dict[str, object]:
        """Return the changes as plain values, for JSON and web pages: paths, labels and values in both languages, weights, duties, what is forbidden."""
        return as_data(self.changes)


def inspected_version(
    agreement: Agreement | Loaded, languages: Sequence[Language] = (), templates: Layers = None
) -> tuple[Version, list[Diagnostic]]:
    """Return the version that an agreement is, to compare with another, and the warnings met on the way; FindingsError lists what is wrong."""
    loaded = Loaded.of(agreement)
    documents, findings = inspected(loaded, languages or LANGUAGES, templates)
    if has_errors(findings):
        raise FindingsError(findings)
    layers = layered(loaded.agreement, templates).own()
    return Version(told(loaded.agreement), documents, loaded.agreement.logo_file, layers), [*loaded.findings, *findings]


def differences(
    old: Version,
    new: Version,
    *,
    formats: Sequence[ChangesFormat] = (),
    author: str = "",
    reference: ReferenceDocument | None = None,
    today: date | None = None,
) -> Compared:
    """Return what changed between two versions, with files in the ``formats`` of ``make-agreement diff``.

    In each common language ``html``, ``docx`` (tracked changes), ``markdown`` and ``text``; ``json`` once, in both (``as_data`` of the result);
    ``bilingual`` with both side by side. ``author`` and ``today`` are those of the tracked changes (the provider, and this day, by default).
    UnknownChoiceError for another format, where the versions have no common language, or lack one for ``bilingual``.
    """
    _require_known(formats)
    old, day = as_signed(old, new), this_day(today)
    changes = compare(old, new, author, day)
    shown = letterhead(new.agreement, reference, new.logo)
    files = {Path(language, name): content for language in changes.redlines for name, content in _files(changes, language, formats, shown)}
    if "json" in formats:
        files[Path("changes.json")] = f"{json.dumps(as_data(changes), ensure_ascii=False, indent=2)}\n".encode()
    tracked: list[Redline] = list(changes.redlines.values()) if "docx" in formats else []
    if BILINGUAL in formats:
        tracked.append(redline(_both_languages(old), _both_languages(new), author, day))
        files[Path(BILINGUAL, "changes.docx")] = write(tracked[-1], "docx", shown)
    limits = dict.fromkeys(finding for each in tracked for finding in office_limits(each))
    return Compared(changes, files, (*old.findings, *new.findings, *baseline_findings(old, new), *limits))


def _require_known(formats: Sequence[str]) -> None:
    known = get_args(ChangesFormat)
    wrong = next((each for each in formats if each not in known), None)
    if wrong is not None:
        listed = ", ".join(known)
        raise UnknownChoiceError(Wording(f"format inconnu « {wrong} » : prendre {listed}.", f"unknown format '{wrong}': take one of {listed}."))


def _files(changes: Changes, language: Language, formats: Sequence[ChangesFormat], shown: ReferenceDocument | None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one language by their names, each once, in the order that was asked for."""
    for form in dict.fromkeys(formats):
        match form:
            case "html":
                yield "changes.html", report_page(changes, language)
            case "docx":
                yield "changes.docx", write(changes.redlines[language], "docx", shown)
            case "markdown":
                yield "changes.md", report_markdown(changes, language).encode()
            case "text":
                yield "changes.txt", "".join(f"{line}\n" for line in changes_text(changes, language)).encode()
            case _:
                continue  # in both languages


def baseline_findings(old: Version, new: Version) -> tuple[Diagnostic, ...]:
    """Return a warning where the baseline says something else in two versions, and its version doesn't."""
    was, now = old.agreement, new.agreement
    if was.baseline.version != now.baseline.version:
        return ()
    own = {*was.deviations, *now.deviations}
    changed = any(getattr(was, name) != getattr(now, name) for name in Baseline.model_fields)
    return (same_version(now.baseline.version),) if changed and (not own or _usual(was, own) != _usual(now, own)) else ()


def _usual(agreement: Agreement, own: Collection[str]) -> dict[str, Any]:
    """Return the baseline's part of an agreement without the terms that are a client's own."""
    data = agreement.model_dump(include=set(Baseline.model_fields))
    for path in own:
        *before, last = DataPath(path).steps
        part: Any = data
        for step in before:
            part = part.get(step) if isinstance(part, dict) else None
        if isinstance(part, dict):
            part.pop(last, None)
    return data


def _both_languages(version: Version) -> Document:
    """Return the document of a version in two languages side by side; UnknownChoiceError where it has one."""
    if set(version.documents) != set(LANGUAGES):
        raise UnknownChoiceError(
            Wording(
                "le format bilingual demande les deux langues dans les deux versions : retirer -l, et prendre les fichiers de données.",
                "the format bilingual needs both languages in both versions: leave out -l, and take the data files.",
            )
        )
    return side_by_side(*(version.documents[language] for language in LANGUAGES))
