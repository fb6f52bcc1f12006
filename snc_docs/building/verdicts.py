"""What ``make-agreement compliance`` does but for the files: the verdict on each requirement in each language, and the reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from snc_docs.building.inspecting import inspected
from snc_docs.compliance.assessment import Assessment, Verdict, assess, below, worst
from snc_docs.days import this_day
from snc_docs.diagnostics import Diagnostic, FindingsError, has_errors
from snc_docs.document.nodes import Document
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.language import LANGUAGES, Language
from snc_docs.matrices import compliance_report
from snc_docs.model.agreement import Agreement
from snc_docs.model.loading import Loaded
from snc_docs.reporting.statements import statements
from snc_docs.reporting.suggestions import Suggestion, suggestions
from snc_docs.templating.folders import Layers, layered
from snc_docs.writers import Format, file_name, write

# What a binding requirement may be held to, from the best verdict on.
LEVELS: Final = ("met", "partial", "delegated", "missing")
# The formats that are files; the others are printed.
WRITTEN: Final[tuple[Format, ...]] = ("html", "docx")


@dataclass(frozen=True, slots=True)
class Compliance:
    """The verdicts on one agreement.

    ``assessments`` and ``documents`` are by language; ``short`` are the binding requirements below the level asked for; ``suggestions``, where asked
    for, are marks for own words that may say what lacks; ``files`` are the reports, by their paths below the output folder.
    """

    assessments: dict[Language, Assessment]
    documents: dict[Language, Document]
    findings: tuple[Diagnostic, ...]
    short: Assessment = ()
    suggestions: dict[str, tuple[Suggestion, ...]] = field(default_factory=dict)
    files: dict[Path, bytes] = field(default_factory=dict)


def compliance_of(
    agreement: Agreement | Loaded,
    *,
    languages: Sequence[Language] = (),
    form: Literal["text", "json", "html", "docx"] = "text",
    require: str | None = None,
    suggest: bool = False,
    templates: Layers = None,
    today: date | None = None,
) -> Compliance:
    """Return the verdicts as ``make-agreement compliance`` tells them, with its names and defaults; reports where ``form`` is ``html`` or ``docx``.

    FindingsError lists what is wrong with the agreement; UnknownChoiceError names a language or level that there isn't.
    """
    loaded = Loaded.of(agreement)
    least = _level(require)
    documents, findings = inspected(loaded, languages or LANGUAGES, templates)
    if has_errors(findings):
        raise FindingsError(findings)
    day = loaded.agreement.judged_on(this_day(today))
    assessments = {language: assess(loaded.agreement, document, day) for language, document in documents.items()}
    return Compliance(
        assessments,
        documents,
        (*loaded.findings, *findings),
        below(worst(assessments), least) if least is not None else (),
        _suggested(loaded, documents, assessments, templates) if suggest else {},
        _reports(documents, assessments, [each for each in WRITTEN if each == form]),
    )


def _level(require: str | None) -> Verdict | None:
    if require is not None and require not in LEVELS:
        known = ", ".join(LEVELS)
        raise UnknownChoiceError(Wording(f"niveau inconnu « {require} » : prendre {known}.", f"unknown level '{require}': take one of {known}."))
    return Verdict[require.upper()] if require is not None else None


def _suggested(
    loaded: Loaded, documents: Mapping[Language, Document], assessments: Mapping[Language, Assessment], templates: Layers
) -> dict[str, tuple[Suggestion, ...]]:
    folders = layered(loaded.agreement, templates)
    return {language: suggestions(assessments[language], statements(document, folders), folders.own()) for language, document in documents.items()}


def _reports(documents: Mapping[Language, Document], assessments: Mapping[Language, Assessment], formats: Iterable[Format]) -> dict[Path, bytes]:
    return {
        Path(language, file_name("compliance", form)): write(compliance_report(document, assessments[language]), form)
        for language, document in documents.items()
        for form in formats
    }
