"""What ``make-agreement check`` finds in data: all that ``build`` would, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from snc_docs.building.inspecting import findings_in
from snc_docs.diagnostics import Diagnostic, FindingsError, strictly
from snc_docs.errors import FileTroubleError, Wording
from snc_docs.language import LANGUAGES, Language
from snc_docs.model.agreement import Agreement
from snc_docs.model.given import Files, Given
from snc_docs.model.loading import LoadedBaseline, load


@dataclass(frozen=True, slots=True)
class Checked:
    """Every finding on an agreement, in order of file and line; ``agreement`` is None where the data makes none."""

    findings: tuple[Diagnostic, ...]
    agreement: Agreement | None


def check(
    baseline_or_client: Given,
    client: Given | None = None,
    *,
    baseline: Given | LoadedBaseline | None = None,
    files: Files | None = None,
    languages: Sequence[Language] = (),
    templates: Path | Sequence[Path] | None = None,
    strict: bool = False,
    today: date | None = None,
) -> Checked:
    """Return every finding on what ``load_agreement`` takes, and on its documents: what ``make-agreement check`` says, by the same names.

    Nothing that is wrong with them is raised: a file that can't be read is a finding too. UnknownChoiceError names a language that there isn't.
    """
    findings: list[Diagnostic] = []
    agreement = None
    try:
        loaded = load(baseline_or_client, client, baseline=baseline, files=files, today=today, templates=templates)
        findings += loaded.findings
        agreement = loaded.agreement
        findings += findings_in(loaded, languages or LANGUAGES, templates)
    except FindingsError as error:
        findings += error.diagnostics
    except FileTroubleError as error:
        findings.append(unreadable(baseline_or_client, error))
    return Checked(in_order(findings, strict=strict), agreement)


def in_order(findings: Sequence[Diagnostic], *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return findings once each, in order of file and line; warnings as errors where ``strict``."""
    return tuple(sorted(dict.fromkeys(strictly(findings) if strict else findings), key=Diagnostic.in_order))


def unreadable(given: object, error: FileTroubleError) -> Diagnostic:
    """Return the finding for a file that can't be read, so that the other files are still checked."""
    file = str(given) if isinstance(given, Path) else None
    return Diagnostic.error("file.unreadable", error.wording, Wording("vérifier le chemin et les droits", "check path and rights"), file=file)
